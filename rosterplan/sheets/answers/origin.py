"""The hidden sheet of a returned form: what it is, of which period, and where each answer was to be written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.cells.extent import column_number
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import clipped, fold
from rosterplan.sheets.cells.workbook import Sheet, Workbook
from rosterplan.sheets.forms.words import FORM_SCHEMA, LISTS_SHEET, ORIGIN_SHEET

_ADDRESS = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")


class Row(NamedTuple):
    """One row of the hidden sheet: what it places, its name (a duty id…), its cell, and the text printed beside it."""

    kind: str
    name: str
    cell: str
    text: str


@dataclass(frozen=True)
class Origin:
    """The hidden sheet of a form, read."""

    about: Mapping[str, str]
    rows: tuple[Row, ...]

    @property
    def form(self) -> str:
        """`doctor`, `sector` or `entry`."""
        return self.about.get("form", "")

    def of(self, kind: str) -> list[Row]:
        """The rows of one kind, in order."""
        return [row for row in self.rows if row.kind == kind]


_PLACED = frozenset({"field", "range", "weekday", "duty", "column"})


def origin_of(workbook: Workbook) -> Origin | None:
    """The hidden sheet of a form; None for a workbook that is not one of ours, or lost it."""
    sheet = next((sheet for name, sheet in workbook.sheets.items() if fold(name) == ORIGIN_SHEET), None)
    if sheet is None or sheet.empty:
        return None
    about: dict[str, str] = {}
    rows: list[Row] = []
    for cells in sheet.rows:
        texts = [value if type(value) is str else as_text(value) for value in cells[:4]]
        if len(texts) < len(Row._fields):
            texts += [""] * (len(Row._fields) - len(texts))
        kind, name = texts[:2]
        if kind in _PLACED:
            rows.append(Row(*texts))
        elif kind:
            about[kind] = name
    return Origin(about, tuple(rows)) if about.get("form") else None


@lru_cache(maxsize=4096)
def cell_of(address: str) -> tuple[int, int] | None:
    """(row, column) from 0 of « B7 »; None if it is no address."""
    found = _ADDRESS.match(address)
    return (int(found[2]) - 1, column_number(found[1]) - 1) if found else None


def foreign(origin: Origin, known: Known, place: Place) -> Problem | None:
    """A problem where the form is of another period, another plan, or a version that cannot be read."""
    if origin.about.get("schema") != FORM_SCHEMA:
        return problem_at(
            place, "form-schema", found=say(fr="un formulaire d’une autre version du logiciel", en="a form of another version of the software"),
            wanted=say(fr=f"un formulaire de version {FORM_SCHEMA}", en=f"a form of version {FORM_SCHEMA}"),
            remedy=say(fr="Renvoyez un formulaire neuf au médecin, ou recopiez ses réponses dans la grille Saisie.",
                       en="Send the doctor a new form, or copy the answers into the grid Saisie."),
        )  # fmt: skip
    start, end = _day(origin.about.get("start")), _day(origin.about.get("end"))
    if (start, end) == (known.period.start, known.period.end):
        return None
    shown = f"{start:%d/%m/%Y} – {end:%d/%m/%Y}" if start and end else "?"
    return problem_at(
        place, "form-other-period",
        found=say(fr=f"un formulaire pour une autre période ({shown})", en=f"a form for another period ({shown})"),
        wanted=say(fr=f"la période du {known.period.start:%d/%m/%Y} au {known.period.end:%d/%m/%Y}",
                   en=f"the period from {known.period.start:%d/%m/%Y} to {known.period.end:%d/%m/%Y}"),
        remedy=say(fr="Demandez le formulaire du bon trimestre, ou écartez ce fichier avec --sans.",
                   en="Ask for the form of the right quarter, or set this file aside with --sans."),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def answers_sheet(workbook: Workbook, origin: Origin) -> tuple[Sheet | None, list[Problem]]:
    """The sheet the answers stand on, even if it was renamed, with a word on renamed, added or missing sheets."""
    wanted = origin.about.get("sheet", "")
    expected = {fold(wanted), fold(origin.about.get("choice", "")), ORIGIN_SHEET, LISTS_SHEET}
    others = [sheet for name, sheet in workbook.sheets.items() if fold(name) not in expected and not sheet.empty]
    named = next((sheet for name, sheet in workbook.sheets.items() if fold(name) == fold(wanted)), None)
    if named is not None:
        return named, [_sheet_problem(workbook, sheet, "sheet-unknown", wanted, "information") for sheet in others]
    likely = max(others, key=lambda sheet: _likeness(sheet, origin), default=None)
    if likely is None or not _likeness(likely, origin):
        return None, [_sheet_problem(workbook, None, "sheet-missing", wanted, "erreur")]
    rest = [sheet for sheet in others if sheet is not likely]
    return likely, [
        _sheet_problem(workbook, likely, "sheet-renamed", wanted, "avertissement"),
        *(_sheet_problem(workbook, sheet, "sheet-unknown", wanted, "information") for sheet in rest),
    ]


def _likeness(sheet: Sheet, origin: Origin) -> int:
    """How many of the texts printed beside the answers this sheet holds, whole or as the first word of a label."""
    cells = [value for row in sheet.rows for value in row if isinstance(value, str)]
    texts = {*cells, *(value.partition(" ")[0] for value in cells)}
    return sum(1 for row in origin.rows if row.text and row.text in texts)


def _sheet_problem(
    workbook: Workbook,
    sheet: Sheet | None,
    code: str,
    wanted: str,
    severity: Literal["erreur", "avertissement", "information"],
) -> Problem:
    name = "" if sheet is None else clipped(sheet.name)
    remedies = {
        "sheet-unknown": say(fr="Cette feuille n’est pas lue. Recopiez ce qu’elle contient d’utile dans la feuille d’origine.",
                             en="This sheet is not read. Copy what matters in it to the original sheet."),
        "sheet-renamed": say(fr=f"Elle est lue comme « {wanted} ».", en=f"It is read as “{wanted}”."),
        "sheet-missing": say(fr="Redemandez le formulaire, ou recopiez la réponse dans la grille Saisie.",
                             en="Ask for the form again, or copy the answer into the grid Saisie."),
    }  # fmt: skip
    found = (
        say(fr=f"une feuille « {name} »", en=f"a sheet “{name}”")
        if name
        else say(fr="feuille absente", en="sheet missing")
    )
    return problem_at(
        Place(workbook.file, name), code, found=found, wanted=say(fr=f"la feuille « {wanted} »", en=f"sheet “{wanted}”"),
        remedy=remedies[code], severity=severity,
    )  # fmt: skip
