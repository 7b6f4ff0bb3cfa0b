"""Tables of 0/1 columns that rules select from: pairs, and what is derived from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.domain.result import Stage


@dataclass(frozen=True)
class Soft:
    """A bound that may be passed in ``stage`` at ``weight`` per unit, or, ``squared``, at weight × units²."""

    stage: Stage
    weight: int
    squared: bool = False


class _Taken(Mapping[str, IntArray]):
    """Attributes of some rows of a table, or all, each taken when it is first asked for: rules look at a few of many."""

    def __init__(
        self, of: Mapping[str, IntArray], rows: IntArray | None, more: Mapping[str, IntArray] | None = None
    ) -> None:
        self._of, self._rows = of, rows
        self._known = dict(more or {})
        self._names = of.keys() | self._known.keys()

    def __getitem__(self, name: str) -> IntArray:
        if name not in self._known:
            values = self._of[name]
            self._known[name] = values if self._rows is None else values[self._rows]
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True)
class Cols:
    """A table of 0/1 columns: their numbers on the canvas and integer attributes of equal length.

    Pairs have: doctor, credit (the doctor it counts for in fairness), duty (-1 in the past), line, sector, group, band, start, end [minutes UTC], minutes,
    day [ordinal], week [ordinal of its Monday], weekend [ordinal of its Saturday, -1 otherwise], month (year × 12 +
    month − 1), quarter, year, points, site, establishment (of the doctor), status, practice, feast (-1: none),
    past (1: history), fixed (1: history, lock or imposed).
    """

    id: IntArray
    at: Mapping[str, IntArray]

    def __len__(self) -> int:
        return len(self.id)

    def __getitem__(self, attribute: str) -> IntArray:
        return self.at[attribute]

    def where(self, kept: BoolArray) -> Cols:
        """The columns for which ``kept`` is True."""
        rows = np.flatnonzero(kept)
        return Cols(self.id[rows], _Taken(self.at, rows))

    def take(self, rows: IntArray, **attributes: IntArray) -> Cols:
        """Columns repeated or reordered, with attributes added or replaced (one value per row taken)."""
        return Cols(self.id[rows], _Taken(self.at, rows, attributes))

    def having(self, **attributes: IntArray) -> Cols:
        """The same columns with attributes added or replaced."""
        return Cols(self.id, _Taken(self.at, None, attributes))
