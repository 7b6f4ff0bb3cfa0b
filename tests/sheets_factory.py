"""A planning workbook to spoil on purpose: the template of a PDSA as read, edited by sheet, row and heading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.sheets.cells.workbook import CellValue, Sheet, Workbook, address, read_workbook
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.read import PlanReading, plan_of
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import HEADING_ROW, plan_workbook

WINTER = Period(start=date(2027, 1, 1), end=date(2027, 3, 31))


def example() -> PlanContent:
    return template("pdsa", "44-essai-2027T1", WINTER)


@cache
def written() -> Workbook:
    """The template's workbook, written to a file and read back once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(plan_workbook(example()))
        return read_workbook(path)


class Editor:
    """The template's workbook, changed as a person would: by sheet, number of the row, heading."""

    def __init__(self) -> None:
        book = written()
        self.sheets: dict[str, Sheet] = dict(book.sheets)
        self.rows: dict[str, list[list[CellValue]]] = {
            name: [list(row) for row in sheet.rows] for name, sheet in book.sheets.items()
        }

    def put(self, sheet: str, row: int, column: int, value: object) -> str:
        """Put a value in a cell (row and column from 0); text that begins with « = » is a formula never computed."""
        rows = self.rows[sheet]
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        formula = isinstance(value, str) and value.startswith(("=", "#"))
        if formula:
            error = "" if str(value).startswith("=") else str(value)
            uncomputed = {**self.sheets[sheet].uncomputed, (row, column): error}
            self.sheets[sheet] = replace(self.sheets[sheet], uncomputed=uncomputed)
        rows[row][column] = None if formula else value  # type: ignore[assignment]
        return address(row, column)

    def set(self, sheet: str, row: int, heading: str, value: object) -> str:
        """Put a value in the ``row``-th row of a table (from 1) and return its address."""
        return self.put(sheet, HEADING_ROW + row, self.rows[sheet][HEADING_ROW].index(heading), value)

    def setting(self, label: str, value: object) -> str:
        """Put the value of a setting of the sheet Plan."""
        row = next(number for number, cells in enumerate(self.rows["Plan"]) if cells and cells[0] == label)
        return self.put("Plan", row, 1, value)

    def replace_text(self, sheet: str, old: str, new: str) -> None:
        """Change every cell that holds exactly ``old``."""
        self.rows[sheet] = [[new if cell == old else cell for cell in row] for row in self.rows[sheet]]

    def rename(self, sheet: str, name: str) -> None:
        self.sheets[name] = replace(self.sheets.pop(sheet), name=name)
        self.rows[name] = self.rows.pop(sheet)

    def remove(self, sheet: str) -> None:
        del self.sheets[sheet], self.rows[sheet]

    def merge(self, sheet: str, top: int, left: int, bottom: int, right: int) -> None:
        self.sheets[sheet] = replace(self.sheets[sheet], merged=(((top, left), (bottom, right)),))

    def read(self) -> PlanReading:
        sheets = {name: replace(sheet, rows=tuple(map(tuple, self.rows[name]))) for name, sheet in self.sheets.items()}
        return plan_of(Workbook("plan.xlsx", "", sheets), "plan")


def reading(*edits: Callable[[Editor], object]) -> PlanReading:
    """What the template says once edited."""
    editor = Editor()
    for edit in edits:
        edit(editor)
    return editor.read()


def errors(found: PlanReading) -> list[Problem]:
    return [problem for problem in found.problems if problem.severity == "erreur"]


def only(found: PlanReading, severity: str = "erreur") -> Problem:
    """The only problem of that severity, or a failure that shows them all."""
    chosen = [problem for problem in found.problems if problem.severity == severity]
    assert len(chosen) == 1, found.problems
    problem = chosen[0]
    assert problem.file == "plan.xlsx" and problem.found and problem.wanted and problem.remedy, problem
    return problem
