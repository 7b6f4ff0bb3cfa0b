"""Which duty a row of a table speaks of: its id, else its date, line and hours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Instance
from rosterplan.domain.tableau_layout import DOCTOR, DUTY, LISTE, LOCK, ORIGINE
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import hours, listed
from rosterplan.sheets.cells.dates import read_day_in
from rosterplan.sheets.cells.hours import read_hour, read_hours
from rosterplan.sheets.cells.names import Names, names_of
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.sheets import find_sheet
from rosterplan.sheets.cells.tables import Column, Record, read_table
from rosterplan.sheets.cells.text import clipped
from rosterplan.sheets.cells.workbook import Sheet, Workbook
from rosterplan.sheets.forms.words import LISTS_SHEET

POSITION_COLUMNS: Final = (
    Column("duty", DUTY, ("identifiant de garde", "duty")),
    Column("doctor", DOCTOR, ("nom du médecin", "nom", "doctor"), required=True),
    Column("lock", LOCK, ("verrouillé", "lock")),
    Column("date", "Date", ("date de garde",)),
    Column("hours", "Horaires", ("horaire", "heures", "début", "hours")),
    Column("line", "Ligne", ("ligne de garde", "line")),
    Column("weekday", "Jour", ("day",)),
    Column("sector", "Secteur", ("sector",)),
    Column("place", "Lieu", ("place",)),
    Column("band", "Catégorie", ("band",)),
    Column("points", "Points"),
    Column("remark", "Remarque", ("remark",)),
    Column("number", "N°", ("numéro", "no")),
    Column("who", "Décidé par", ("par", "signé", "who")),
    Column("why", "Motif", ("raison", "pourquoi", "why")),
    Column("sheet", "Feuille"),
)
"""Columns a table of positions may have, in any order; the people's columns are known but not read back."""


def sheet_of_positions(workbook: Workbook) -> tuple[Sheet | None, list[Problem]]:
    """Sheet `Liste`, or the first with a column of doctors beside duties or dates.

    In a workbook of ours other sheets show doctors beside dates too, for reading alone: there only duties count.
    """
    named = find_sheet(workbook, (LISTE,))
    if named is not None:
        return named, []
    telling = {"duty"} if ORIGINE in workbook.sheets else {"duty", "date"}
    for name, sheet in workbook.sheets.items():
        columns = set() if name in (ORIGINE, LISTS_SHEET) else set(read_table(sheet, POSITION_COLUMNS).column_of)
        if "doctor" in columns and telling & columns:
            return sheet, []
    return None, [
        problem_at(
            Place(workbook.file, ""), "sheet-missing", found=say(fr=f"pas de feuille « {LISTE} »", en=f"no sheet “{LISTE}”"),
            wanted=say(fr="une feuille avec « Garde » (ou « Date » et « Ligne ») et « Médecin »", en="a sheet with “Garde” (or “Date” and “Ligne”) and “Médecin”"),
            remedy=say(fr="Redonnez son nom à la feuille, ou ses titres aux colonnes.", en="Give the sheet its name back, or the columns their headings."),
        )
    ]  # fmt: skip


def no_position(sheet: Sheet) -> Problem:
    """A table of another kind, or an empty one: taken for a tableau, it would empty every duty."""
    return problem_at(
        Place(sheet.file, sheet.name), "no-position", found=say(fr="aucune garde dans cette feuille", en="no duty on this sheet"),
        wanted=say(fr="une garde par ligne", en="a duty per row"),
        remedy=say(fr="Donnez un tableau.xlsx, ou la feuille « Choix en réunion » d’un secteur.",
                   en="Give a tableau.xlsx, or the sheet “Choice in a meeting” of a sector."),
    )  # fmt: skip


@dataclass(frozen=True)
class Duties:
    """The duties of an instance, by what a row may call them."""

    instance: Instance

    @cached_property
    def lines(self) -> Names:
        """Lines by id and name."""
        return names_of("une ligne de garde", "a line", [(line.id, line.name) for line in self.instance.lines])

    @cached_property
    def of_line_and_day(self) -> dict[tuple[str, str], list[Duty]]:
        """Duties by line id and ISO date."""
        found: dict[tuple[str, str], list[Duty]] = {}
        for duty in self.instance.duties:
            found.setdefault((duty.line, duty.date.isoformat()), []).append(duty)
        return found

    def of(self, record: Record) -> Duty | Problem:
        """The duty a row speaks of; else a problem at its cell."""
        named = record.text("duty")
        if named:
            duty = self.instance.duty_by_id.get(named)
            return duty if duty is not None else record.place("duty", _unknown(named))
        line = self._line(record)
        if isinstance(line, Problem):
            return record.place("line", line)
        if record.value("date") is None:
            return record.place("date", _date_missing())
        day = read_day_in(record.value("date"), self.instance.period, date1904=record.sheet.date1904)
        if isinstance(day, Problem):
            return record.place("date", day)
        same_day = self.of_line_and_day.get((line, day.isoformat()), [])
        return self._by_hours(record, same_day)

    def _line(self, record: Record) -> str | Problem:
        if record.value("line") is None and len(self.instance.lines) == 1:
            return self.instance.lines[0].id
        return self.lines.find(record.value("line"))

    def _by_hours(self, record: Record, same_day: list[Duty]) -> Duty | Problem:
        wanted = _start_minute(record)
        fitting = [duty for duty in same_day if wanted is None or duty.start.hour * 60 + duty.start.minute == wanted]
        if len(fitting) == 1:
            return fitting[0]
        return record.place("hours" if same_day else "date", _not_one(record, same_day))


def _start_minute(record: Record) -> int | None:
    """The beginning written in « Horaires » [minutes after midnight]; None if nothing readable is there."""
    raw = record.value("hours")
    if raw is None:
        return None
    if isinstance(raw, str):
        raw = raw.partition(",")[0]
    both = read_hours(raw)
    if not isinstance(both, Problem):
        return both[0]
    start = read_hour(raw)
    return None if isinstance(start, Problem) else start


def _unknown(named: str) -> Problem:
    return Problem(
        severity="erreur",
        code="duty-unknown",
        found=f"« {clipped(named)} »",
        wanted=say(fr="une garde de ce planning", en="a duty of this plan"),
        remedy=say(
            fr="Ne modifiez pas la colonne « Garde ». Si le planning a changé depuis, recalculez un tableau.",
            en="Do not change column “Garde”. If the plan has changed since, compute a new tableau.",
        ),
    )


def _date_missing() -> Problem:
    return Problem(
        severity="erreur",
        code="duty-unsaid",
        found=say(fr="un médecin sans garde", en="a doctor without a duty"),
        wanted=say(fr="un identifiant de garde, ou une date et une ligne", en="a duty id, or a date and a line"),
        remedy=say(fr="Complétez la ligne, ou effacez-la.", en="Complete the row, or erase it."),
    )


def _not_one(record: Record, same_day: list[Duty]) -> Problem:
    if not same_day:
        return Problem(
            severity="erreur",
            code="duty-unknown",
            found=f"{record.text('line')} {record.text('date')}".strip(),
            wanted=say(fr="un jour où cette ligne a une garde", en="a day on which this line has a duty"),
            remedy=say(fr="Vérifiez la date et la ligne.", en="Check the date and the line."),
        )
    known = listed([hours(duty.start, duty.end) for duty in same_day])
    return Problem(
        severity="erreur",
        code="duty-in-doubt",
        found=record.text("hours") or say(fr="une date sans horaire", en="a date without hours"),
        wanted=say(fr=f"l’un de ces horaires : {known}", en=f"one of these hours: {known}"),
        remedy=say(fr="Écrivez l’horaire de la garde.", en="Write the hours of the duty."),
    )
