"""The workbook of a ledger as it is written and read: names of sheets, and how cells say what a row holds.

A whole number is a number, nothing is an empty cell, a plain text is that text. Any other text is written as JSON with
every unusual sign escaped, cut over as many cells as it needs: « …2|"first part », then « …second part" ». What
programs and people do to spaces and accents in cells so cannot change what is read back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

Value: TypeAlias = str | int | None

BALANCES: Final = "Soldes"
"""The sheet for people; never read back."""

TABLE_PREFIX: Final = "_"
"""Sheets of tables are named after them with this before: what an import reads."""

ALWAYS_THERE: Final = "plans"
"""A table every ledger has: a workbook without it is none."""

_MOST_CHARACTERS: Final = 30_000
"""Excel's own limit of a cell is 32,767."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./:+\-]{0,300}")
_MARK: Final = "…"


def cells_of_values(values: Sequence[Value]) -> list[Value]:
    """The cells of a row."""
    return [cell for value in values for cell in _cells_of(value)]


def values_of_cells(cells: Sequence[Value]) -> list[Value]:
    """The row that cells hold, empty cells at its end included.

    Raises:
        ValueError: cells that ``cells_of_values`` never writes.
    """
    found: list[Value] = []
    left = iter(cells)
    for cell in left:
        found.append(_text_of(cell, left) if isinstance(cell, str) and cell.startswith(_MARK) else cell)
    return found


def _cells_of(value: Value) -> list[Value]:
    if not isinstance(value, str) or _PLAIN.fullmatch(value):
        return [value]
    text = json.dumps(value).replace(" ", "\\u0020")
    parts = [text[at : at + _MOST_CHARACTERS] for at in range(0, len(text), _MOST_CHARACTERS)]
    return [f"{_MARK}{len(parts)}|{parts[0]}", *(_MARK + part for part in parts[1:])]


def _text_of(first: str, left: Iterator[Value]) -> str:
    count, _, text = first.removeprefix(_MARK).partition("|")
    for _ in range(int(count) - 1):
        text += str(next(left, "")).removeprefix(_MARK)
    read = json.loads(text)
    if not isinstance(read, str):
        raise ValueError("not a text")
    return read
