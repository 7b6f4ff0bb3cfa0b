"""The tables of a ledger read back from its workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rosterplan.domain.findings import Problem
from rosterplan.domain.ledger_layout import ALWAYS_THERE, TABLE_PREFIX, Value, values_of_cells
from rosterplan.messages import say
from rosterplan.sheets.cells.guard import MEGABYTE
from rosterplan.sheets.cells.workbook import CellValue, read_workbook

_LARGEST: Final = 100 * MEGABYTE


def read_ledger_book(path: Path) -> tuple[dict[str, list[list[Value]]], tuple[Problem, ...]]:
    """Rows of each table, the first bearing the names of its columns; or every reason why they cannot be read."""
    workbook = read_workbook(path, largest_bytes=_LARGEST)
    if not workbook.readable:
        return {}, workbook.problems
    found: dict[str, list[list[Value]]] = {}
    problems: list[Problem] = []
    for name, sheet in workbook.sheets.items():
        if not name.startswith(TABLE_PREFIX):
            continue
        try:
            found[name.removeprefix(TABLE_PREFIX)] = _rows(sheet.rows)
        except ValueError:
            problems.append(_strange(path, name))
    if ALWAYS_THERE not in found and not problems:
        problems.append(_strange(path, ""))
    return found, tuple(problems)


def _rows(rows: Sequence[Sequence[CellValue]]) -> list[list[Value]]:
    """Rows as wide as the heading; a cell of another kind than those written raises ValueError."""
    read: list[list[Value]] = []
    for row in rows:
        if any(cell is not None and (isinstance(cell, bool) or not isinstance(cell, str | int)) for cell in row):
            raise ValueError("not a cell of ours")
        values = values_of_cells([cell for cell in row if cell is None or isinstance(cell, str | int)])
        read.append(values)
    width = len([value for value in read[0] if value is not None]) if read else 0
    return [(row + [None] * width)[:width] for row in read]


def _strange(path: Path, sheet: str) -> Problem:
    return Problem(
        severity="erreur",
        code="ledger-book",
        file=path.name,
        sheet=sheet,
        found=say(fr="un classeur qui n’est pas un registre exporté", en="a workbook that is no exported ledger"),
        wanted=say(fr="le classeur écrit par « rosterplan ledger export »", en="the workbook written by `rosterplan ledger export`"),
        remedy=say(fr="Reprenez le classeur exporté, sans le modifier.", en="Take the exported workbook, unchanged."),
    )  # fmt: skip
