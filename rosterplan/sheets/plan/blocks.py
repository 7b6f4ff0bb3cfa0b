"""Blocks of the sheet `Plan`, both ways: categories of duty, feasts, school holidays added by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from rosterplan.domain.base import MINUTES_PER_DAY
from rosterplan.domain.calendar.choices import DEFAULT_BANDS, DEFAULT_FEASTS, Band, Feast, FeastDay
from rosterplan.domain.calendar.school import SchoolHoliday
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.messages import say
from rosterplan.messages.words import MONTHS_FR
from rosterplan.sheets.cells.dates import read_date
from rosterplan.sheets.cells.hours import read_hour
from rosterplan.sheets.cells.names import Names, names_of
from rosterplan.sheets.cells.tables import Column, Table, as_text, read_table
from rosterplan.sheets.cells.text import bare, clipped, fold
from rosterplan.sheets.cells.values import read_integer, read_text, wrong
from rosterplan.sheets.cells.workbook import CellValue, Sheet
from rosterplan.sheets.plan.building import build
from rosterplan.sheets.plan.opening_hours import hour_in_words
from rosterplan.sheets.plan.people import Cells

_LEAP_YEAR = 2024
_EASTER = re.compile(r"^(?:dimanche de )?paques(?: ?([+-]) ?(\d{1,3}))?(?: jours?)?$")


def names_of_bands(bands: Iterable[Band]) -> Names:
    """Categories by id and name."""
    return names_of("une catégorie de garde", "a category of duty", ((band.id, band.name) for band in bands))


def find_block(sheet: Sheet, columns: Sequence[Column]) -> Table | None:
    """The block of the sheet under a row that holds every required heading of ``columns``, up to an empty row."""
    needed = [column.names for column in columns if column.required]
    for number, row in enumerate(sheet.rows):
        heads = {bare(cell) for cell in row if isinstance(cell, str)}
        if all(names & heads for names in needed):
            end = number + 1
            while end < len(sheet.rows) and any(cell is not None for cell in sheet.rows[end]):
                end += 1
            rows = ((),) * number + sheet.rows[number:end]
            return read_table(
                Sheet(sheet.file, sheet.name, rows, sheet.merged, date1904=sheet.date1904), columns, searched_rows=end
            )
    return None


def read_bands(table: Table | None, problems: list[Problem]) -> tuple[Band, ...]:
    """The categories of a block; the usual ones where it is absent or empty."""
    found: dict[str, Band] = {}
    for record in table.records if table else ():
        fields = {
            "id": record.read("id", read_text, problems, required=True),
            "name": record.read("name", read_text, problems) or record.text("id"),
            "points": record.read("points", partial(read_integer, lowest=0, highest=100), problems, required=True),
        }
        band = build(Band, record, fields, problems) if fields["id"] and fields["points"] is not None else None
        if band and found.setdefault(band.id, band) is not band:
            problems.append(record.place("id", _band_twice(band.id)))
    return tuple(found.values()) or DEFAULT_BANDS


def read_feasts(table: Table | None, bands: Names, problems: list[Problem]) -> tuple[Feast, ...]:
    """The feasts of a block, one row per day; the usual ones where the block is absent, none where it is empty."""
    if table is None:
        return DEFAULT_FEASTS
    found: dict[str, tuple[str, str | None, list[FeastDay]]] = {}
    for record in table.records:
        identifier = record.read("id", read_text, problems, required=True)
        when = record.read("day", _read_feast_day, problems, required=True)
        fields = {
            **(when or {}),
            "start": record.read("start", read_hour, problems),
            "end": record.read("end", partial(read_hour, end=True), problems),
            "points": record.read("points", partial(read_integer, lowest=0, highest=100), problems),
        }
        day = build(FeastDay, record, fields, problems) if identifier and when else None
        if identifier and day:
            name = record.text("name") or identifier
            found.setdefault(identifier, (name, record.read("band", bands.find, problems), []))[2].append(day)
    return tuple(Feast(id=key, name=name, band=band, days=tuple(days)) for key, (name, band, days) in found.items())


def _read_feast_day(value: CellValue) -> dict[str, int] | Problem:
    """« 24 décembre », « 01/05 », « Pâques », « Pâques + 39 », as the fields of a ``FeastDay``."""
    said = fold(as_text(value))
    if match := _EASTER.match(said):
        return {"after_easter": int(f"{match[1] or '+'}{match[2] or 0}")}
    day = value if isinstance(value, date) else read_date(f"{said} {_LEAP_YEAR}")
    if isinstance(day, Problem):
        return wrong(
            value,
            "feast-day-unreadable",
            say(fr="un jour comme « 24 décembre » ou « Pâques + 1 »", en="a day such as “24 December” or “Pâques + 1”"),
        )
    return {"month": day.month, "day": day.day}


def read_school_dates(
    table: Table | None, zone: str | None, period: Period | None, problems: list[Problem]
) -> tuple[SchoolHoliday, ...]:
    """The school holidays of a block, for the zone chosen."""
    found = []
    for record in table.records if table else ():
        day = partial(read_date, period=period, date1904=record.sheet.date1904)
        fields = {
            "zone": zone or "",
            "name": record.read("name", read_text, problems, required=True),
            "start": record.read("start", day, problems, required=True),
            "end": record.read("end", day, problems, required=True),
        }
        holiday = (
            build(SchoolHoliday, record, fields, problems)
            if all(fields[key] for key in ("name", "start", "end"))
            else None
        )
        found += [holiday] if holiday else []
    return tuple(found)


def band_cells(band: Band) -> Cells:
    """The row of a category."""
    return {"id": band.id, "name": band.name, "points": band.points}


def feast_cells(feast: Feast) -> list[Cells]:
    """The rows of a feast, one per day."""
    return [
        {
            "id": feast.id,
            "name": feast.name,
            "day": _feast_day_in_words(day),
            "start": hour_in_words(day.start) if day.start else None,
            "end": hour_in_words(day.end) if day.end != MINUTES_PER_DAY else None,
            "points": day.points,
            "band": feast.band,
        }
        for day in feast.days
    ]


def school_cells(holiday: SchoolHoliday) -> Cells:
    """The row of a school holiday."""
    return {"name": holiday.name, "start": holiday.start, "end": holiday.end}


def _feast_day_in_words(day: FeastDay) -> str:
    if day.after_easter is not None:
        sign = "+" if day.after_easter > 0 else "-"
        return f"Pâques {sign} {abs(day.after_easter)}" if day.after_easter else "Pâques"
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS_FR[(day.month or 1) - 1]}"


def _band_twice(identifier: str) -> Problem:
    return Problem(
        severity="erreur",
        code="id-twice",
        found=f"« {clipped(identifier)} »",
        wanted=say(fr="une ligne par catégorie", en="one row per category"),
        remedy=say(fr="Supprimez l’une des deux lignes.", en="Delete one of the two rows."),
    )
