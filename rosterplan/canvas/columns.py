"""Tables of 0/1 columns that rules select from: pairs, and what is derived from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.domain.result import Stage


@dataclass(frozen=True)
class Soft:
    """A bound that may be passed in ``stage`` at ``weight`` per unit, or, ``squared``, at weight × units²."""

    stage: Stage
    weight: int
    squared: bool = False


@dataclass(frozen=True)
class Cols:
    """A table of 0/1 columns: their numbers on the canvas and integer attributes of equal length.

    Pairs have: doctor, duty (-1 in the past), line, sector, group, band, start, end [minutes UTC], minutes,
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
        return Cols(self.id[kept], {name: values[kept] for name, values in self.at.items()})

    def take(self, rows: IntArray, **attributes: IntArray) -> Cols:
        """Columns repeated or reordered, with attributes added or replaced (one value per row taken)."""
        return Cols(self.id[rows], {name: values[rows] for name, values in self.at.items()} | attributes)

    def having(self, **attributes: IntArray) -> Cols:
        """The same columns with attributes added or replaced."""
        return Cols(self.id, dict(self.at) | attributes)
