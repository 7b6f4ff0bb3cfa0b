"""The rows of another body's roster, whatever its file: who, when, on which line, as written there.

Three kinds are read: a `tableau.xlsx` of ours (its column « Garde » says all), a `roster.json` beside the `instance.json`
that names its doctors, and any sheet with a day, hours and a doctor in columns of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from rosterplan.domain.calendar.clock import moment
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.domain.tableau_layout import LISTE
from rosterplan.sheets.cells.dates import read_date
from rosterplan.sheets.cells.guard import LARGEST_FILE_BYTES
from rosterplan.sheets.cells.hours import read_hour, read_hours
from rosterplan.sheets.cells.sheets import find_sheet
from rosterplan.sheets.cells.tables import Column, Record, as_text, read_table
from rosterplan.sheets.cells.workbook import CellValue, Sheet, Workbook
from rosterplan.sheets.tableau.duties import POSITION_COLUMNS, sheet_of_positions

PLAIN_COLUMNS: Final = (
    Column("doctor", "Médecin", ("médecins", "régulateur", "régulateurs", "praticien", "nom", "nom du médecin", "doctor")),
    Column("first", "Prénom", ("first name",)),
    Column("day", "Date", ("jour", "date de garde", "day")),
    Column("hours", "Horaires", ("horaire", "heures", "créneau", "vacation", "hours")),
    Column("start", "Début", ("heure de début", "de", "from", "start")),
    Column("end", "Fin", ("heure de fin", "à", "to", "end")),
    Column("line", "Ligne", ("ligne de garde", "poste", "secteur", "line")),
)  # fmt: skip
"""Headings a roster of another program may have; the others are left aside."""

_DUTY: Final = re.compile(r"(?P<line>.+)/(?P<start>\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d)/(?P<minutes>\d{1,5})(/.*)?")
_IDENTIFIER: Final = re.compile(r"\s*\([^()]*\)\s*$")
_TITLE: Final = re.compile(r"^(?:Dr|Docteur|Docteure)\.?\s+", re.IGNORECASE)
_BETWEEN_NAMES: Final = re.compile(r"[\n;]+")


@dataclass(frozen=True)
class Held:
    """A duty as another body writes it: the doctor's name there, the line in its words, when."""

    name: str
    line: str
    start: datetime
    end: datetime


def rows_of_workbook(workbook: Workbook, zone: ZoneInfo, around: Period) -> list[Held]:
    """Every duty of a workbook: by the column « Garde » of a tableau.xlsx, else from each sheet with day, hours and doctor.

    ``around``: the days that matter, for dates typed without a year.
    """
    sheet, _ = sheet_of_positions(workbook)
    by_id = (
        [held for record in read_table(sheet, POSITION_COLUMNS).records for held in _of_duty(record)] if sheet else []
    )
    if by_id:
        return by_id
    whole = find_sheet(workbook, (LISTE,))  # the other sheets of a tableau.xlsx tell it again, or tell who cannot
    sheets = [whole] if whole else list(workbook.sheets.values())
    return [held for one in sheets for held in _of_sheet(one, zone, around)]


def rows_of_roster(path: Path, around_it: Mapping[str, Any]) -> list[Held] | None:
    """Every duty of a roster.json; None where no instance of ``around_it`` (by id) names its doctors."""
    document = read_json(path)
    people = around_it.get(str(document.get("instance"))) if document else None
    if document is None or not isinstance(people, list):
        return None
    try:
        names = {one["id"]: f"{one['last_name']} {one['first_name']}" for one in people}
        return [
            Held(names[one.get("replaced_by") or one["doctor"]], str(one["line"]), _instant(one["start"]), _instant(one["end"]))
            for one in document["assignments"]
        ]  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def read_json(path: Path) -> dict[str, Any] | None:
    """The object a JSON file holds; None for anything else."""
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            return None
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def name_of(text: str) -> str:
    """« NOM Prénom » of « Dr NOM Prénom (M017) »: identifiers of another body mean nothing here."""
    return _TITLE.sub("", _IDENTIFIER.sub("", text.strip()))


def _of_duty(record: Record) -> Iterator[Held]:
    duty, who = record.value("duty"), record.value("doctor")
    found = _DUTY.fullmatch(as_text(duty)) if duty is not None else None
    if found is None or who is None:
        return
    try:
        start = datetime.fromisoformat(found["start"])
    except ValueError:
        return
    yield Held(name_of(as_text(who)), found["line"], start, start + timedelta(minutes=int(found["minutes"])))


def _of_sheet(sheet: Sheet, zone: ZoneInfo, around: Period) -> Iterator[Held]:
    table = read_table(sheet, PLAIN_COLUMNS)
    known = set(table.column_of)
    if "doctor" not in known or not ({"day", "hours"} <= known or {"start", "end"} <= known):
        return
    for record in table.records:
        when = _when(record, zone, around)
        if when is None:
            continue
        names = _BETWEEN_NAMES.split(record.text("doctor"))
        first = record.text("first") if len(names) == 1 else ""
        for name in names:
            if name.strip():
                yield Held(f"{name_of(name)} {first}".strip(), record.text("line"), *when)


def _when(record: Record, zone: ZoneInfo, around: Period) -> tuple[datetime, datetime] | None:
    """Start and end of a row; None where one cannot be read."""
    opening, closing = record.value("start"), record.value("end")
    if _is_moment(opening) and _is_moment(closing):
        start, end = _moment_of(opening, zone), _moment_of(closing, zone)
        return (start, end) if start < end else None
    day = read_date(record.value("day"), around, date1904=record.sheet.date1904)
    if isinstance(day, Problem) and isinstance(opening, datetime):
        day = opening.date()
    both = _hours(record.value("hours"), opening, closing)
    if isinstance(day, Problem) or both is None:
        return None
    first, last = both
    return moment(day, first, zone), moment(day, last + (1440 if last <= first else 0), zone)


def _hours(together: CellValue, opening: CellValue, closing: CellValue) -> tuple[int, int] | None:
    if opening is not None and closing is not None:
        first, last = read_hour(opening), read_hour(closing, end=True)
        return None if isinstance(first, Problem) or isinstance(last, Problem) else (first, last)
    both = read_hours(together)
    return None if isinstance(both, Problem) else both


def _is_moment(value: CellValue) -> bool:
    """True for a cell that holds a day and an hour together."""
    return isinstance(value, datetime) and value.year > 1904


def _moment_of(value: CellValue, zone: ZoneInfo) -> datetime:
    assert isinstance(value, datetime)
    day = date(value.year, value.month, value.day)
    return moment(day, value.hour * 60 + value.minute, zone)
