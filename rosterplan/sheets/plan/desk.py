"""A workbook being read, sheet by sheet: rows become nouns, problems are collected, absent sheets are said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.messages import say
from rosterplan.sheets.cells.sheets import find_sheet, unknown_sheets
from rosterplan.sheets.cells.tables import Record, SheetLayout, read_table
from rosterplan.sheets.cells.text import close_to
from rosterplan.sheets.cells.workbook import Workbook
from rosterplan.sheets.plan.building import twice
from rosterplan.sheets.plan.layout import README_NAME, TABLES
from rosterplan.sheets.plan.layout_plan import PLAN_NAME, PLAN_NAMES
from rosterplan.sheets.plan.settings import Settings

T = TypeVar("T")


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_HasId)


@dataclass(frozen=True)
class Desk:
    """A workbook being read: its settings, and the problems met so far."""

    workbook: Workbook
    settings: Settings
    period: Period
    problems: list[Problem]

    def records(self, layout: SheetLayout) -> tuple[Record, ...]:
        """The rows of a sheet; an absent sheet has none, which is a problem if the plan needs it."""
        sheet = find_sheet(self.workbook, layout.names)
        if sheet is None:
            if layout.required:
                self.problems.append(missing_sheet(self.workbook, layout.name))
            return ()
        if sheet.empty:
            return ()
        table = read_table(sheet, layout.columns)
        self.problems.extend(table.problems)
        return table.records

    def read(self, layout: SheetLayout, reader: Callable[[Record, list[Problem]], T | None]) -> list[tuple[Record, T]]:
        """The nouns of a sheet beside their rows; rows that cannot be kept are left out."""
        read = [(record, reader(record, self.problems)) for record in self.records(layout)]
        return [(record, noun) for record, noun in read if noun is not None]

    def nouns(self, layout: SheetLayout, reader: Callable[[Record, list[Problem]], T | None]) -> tuple[T, ...]:
        """The nouns of a sheet."""
        return tuple(noun for _, noun in self.read(layout, reader))

    def unique(
        self, layout: SheetLayout, reader: Callable[[Record, list[Problem]], Named | None], noun_fr: str, noun_en: str
    ) -> list[tuple[Record, Named]]:
        """The nouns of a sheet, the first of each identifier; a second one is a problem."""
        read = self.read(layout, reader)
        self.problems.extend(twice([(record, noun.id) for record, noun in read], noun_fr, noun_en))
        first: dict[str, tuple[Record, Named]] = {}
        for record, noun in read:
            first.setdefault(noun.id, (record, noun))
        return list(first.values())


def unread_sheets(workbook: Workbook) -> list[Problem]:
    """A word for each sheet of the workbook that is not read."""
    known = [*PLAN_NAMES, *(name for layout in TABLES for name in layout.names), README_NAME]
    absent = [layout.name for layout in TABLES if find_sheet(workbook, layout.names) is None]
    return unknown_sheets(workbook, known, absent)


def missing_sheet(workbook: Workbook, name: str) -> Problem:
    """The absence of a sheet the plan needs; the nearest name is offered."""
    near = close_to(name, workbook.sheets)
    return Problem(
        severity="erreur",
        code="sheet-missing",
        file=workbook.file,
        sheet=name,
        found=say(fr="feuille absente", en="sheet missing"),
        wanted=say(fr=f"une feuille « {name} »", en=f"a sheet “{name}”"),
        remedy=say(fr=f"Est-ce la feuille « {near} » ? Renommez-la.", en=f"Is it the sheet “{near}”? Rename it.")
        if near
        else say(
            fr="Ajoutez-la, ou repartez d’un modèle (rosterplan nouveau).",
            en="Add it, or start from a template (rosterplan new).",
        ),
    )


def rest_unread(workbook: Workbook) -> Problem:
    """Without the days of the plan no other sheet can be read: problems there are not said yet."""
    return Problem(
        severity="avertissement",
        code="rest-unread",
        file=workbook.file,
        found=say(fr="les autres feuilles ne sont pas encore lues", en="the other sheets are not read yet"),
        wanted=say(fr="le premier et le dernier jour du planning", en="the first and the last day of the plan"),
        remedy=say(
            fr=f"Corrigez d’abord la feuille « {PLAN_NAME} », puis vérifiez de nouveau : d’autres points peuvent apparaître.",
            en=f"Mend sheet “{PLAN_NAME}” first, then check again: more may be found.",
        ),
    )
