"""The largest gap between two groups, each group's count weighed against the other's scale: a cost that is one maximum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, Ragged


@dataclass(frozen=True)
class Spread:
    """Costs ``weight`` × the largest ⌈|scale_i · count_j − scale_j · count_i| / unit⌉ over any two groups i, j.

    ``terms`` hold the columns of each group, ``base`` what is held besides.
    """

    terms: Ragged
    base: IntArray
    scale: IntArray
    unit: int
    weight: int
    stage: int
    rule: int

    def cost(self, column: IntArray) -> int:
        """The cost at the given columns."""
        counts = self.base + self.terms.dot(column)
        gaps = np.abs(np.outer(self.scale, counts) - np.outer(counts, self.scale))
        return self.weight * -(-int(gaps.max(initial=0)) // self.unit)

    def over(self, renumber: IntArray, held: IntArray | None = None) -> Spread:
        """The same cost over columns numbered anew (−1: gone); ``held`` are values of those that are fixed."""
        inside = self.terms.keep_entries(renumber[self.terms.items] >= 0)
        base = self.base if held is None else self.base + self.terms.dot(held)
        return replace(self, terms=Ragged(inside.bounds, renumber[inside.items], inside.coefs), base=base)


Posted = tuple[Spread, ...]


def folded(posted: list[Spread], fixed: BoolArray, renumber: IntArray) -> Posted:
    """Return what was posted on canvas columns over the free ones; fixed columns count."""
    return tuple(one.over(renumber, fixed.astype(np.int64)) for one in posted)


def cut(spreads: Posted, renumber: IntArray, rest: IntArray) -> Posted:
    """Return the costs some free column stands in, the rest folded into their counts."""
    moved = [one.over(renumber, rest) for one in spreads]
    return tuple(one for one in moved if len(one.terms.items))


def touched(spreads: Posted, among: Callable[[IntArray], bool]) -> list[int]:
    """Return the numbers of the costs of which some column is ``among`` those asked for."""
    return [number for number, one in enumerate(spreads) if among(one.terms.items)]
