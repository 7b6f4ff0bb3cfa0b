"""What a linear program is made of: entries, sides with slack, cost tables by steps, derived columns, budgets as subtotals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rosterplan.canvas.arrays import INF, IntArray, ints, ranges
from rosterplan.canvas.bound import Costs
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import Program, Rows

FloatArray = NDArray[np.float64]

SUBTOTAL = 200
"""Entries of a subtotal: a budget over thousands of columns is a sum of such sums."""


@dataclass(frozen=True)
class Entries:
    """A sparse matrix as (row, column, value) and its rows' sides, in construction."""

    row: list[IntArray]
    column: list[IntArray]
    value: list[FloatArray]

    def add(self, row: IntArray, column: IntArray, value: IntArray | FloatArray | float) -> None:
        """Add entries."""
        self.row.append(row)
        self.column.append(column)
        self.value.append(np.broadcast_to(np.asarray(value, dtype=np.float64), row.shape))


@dataclass(frozen=True)
class Prices:
    """What each column of the relaxation costs: pairs and sums, slack of either side, steps of the convex tables."""

    over: IntArray
    under: IntArray
    counted: IntArray
    step_group: IntArray
    step_cost: IntArray
    start: IntArray

    def of(self, costs: Costs) -> FloatArray:
        """Return the cost of each column under these costs."""
        times = costs.convex[self.counted][self.step_group]
        parts = (costs.column, costs.over[self.over], costs.under[self.under], times * self.step_cost)
        return np.concatenate(parts).astype(np.float64)

    def constant(self, costs: Costs) -> float:
        """Return what is paid whatever the columns: the costs' own constant, and each table at its start."""
        return float(costs.constant) + float((costs.convex[self.counted] * self.start).sum())


def sides(rows: Rows, every: Sequence[Costs]) -> tuple[FloatArray, FloatArray, IntArray, IntArray, IntArray]:
    """Return the sides of each row, the rows whose upper and lower sides have slack, and the room of each slack in that order."""
    least, most = extremes(rows.terms)
    charged_over = np.max([one.over for one in every], axis=0, initial=0) > 0
    charged_under = np.max([one.under for one in every], axis=0, initial=0) > 0
    below = np.where((rows.lo <= -INF) | ((rows.under_weight > 0) & ~charged_under), -np.inf, rows.lo)
    above = np.where((rows.hi >= INF) | ((rows.over_weight > 0) & ~charged_over), np.inf, rows.hi)
    over = np.flatnonzero((rows.over_weight > 0) & charged_over & (most > rows.hi))
    under = np.flatnonzero((rows.under_weight > 0) & charged_under & (least < rows.lo))
    return below, above, over, under, np.concatenate((most[over] - rows.hi[over], rows.lo[under] - least[under]))


@dataclass(frozen=True)
class Totals:
    """Budgets as sums of subtotals: one long row would make every row the neighbour of every other."""

    vectors: tuple[FloatArray, ...]
    used: tuple[IntArray, ...]

    @classmethod
    def of(cls, vectors: list[FloatArray]) -> Totals:
        """The totals of these costs."""
        return cls(tuple(vectors), tuple(ints(np.flatnonzero(vector)) for vector in vectors))

    @property
    def parts(self) -> int:
        """Number of subtotals."""
        return sum(-(-len(one) // SUBTOTAL) for one in self.used)

    def post(self, entries: Entries, row: int, column: int) -> None:
        """Add a row and a column per subtotal, then a row per budget."""
        part, total = 0, row + self.parts
        for number, (vector, used) in enumerate(zip(self.vectors, self.used, strict=True)):
            many = -(-len(used) // SUBTOTAL)
            own = part + np.arange(many, dtype=np.int64)
            entries.add(row + part + np.arange(len(used), dtype=np.int64) // SUBTOTAL, used, vector[used])
            entries.add(row + own, column + own, -1.0)
            entries.add(np.full(many, total + number, dtype=np.int64), column + own, 1.0)
            part += many


def steps(program: Program, counted: IntArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return (table, length, cost per unit) of each run of equal marginals, and each table's cost at its least count."""
    convex = program.convex
    least, most = (side[counted] for side in extremes(convex.terms))
    first = convex.starts[counted] + convex.base[counted] + least - convex.low[counted]
    lengths = most - least
    group = np.repeat(np.arange(len(counted), dtype=np.int64), lengths)
    place = ranges(first, lengths)
    marginal = convex.costs[place + 1] - convex.costs[place] if len(place) else ints([])
    new = np.ones(len(group), dtype=bool)
    new[1:] = (np.diff(group) != 0) | (np.diff(marginal) != 0)
    heads = np.flatnonzero(new)
    sizes = np.diff(np.concatenate((heads, [len(group)])))
    return group[heads], ints(sizes), marginal[heads], convex.costs[first] if len(first) else ints([])


def derived_rows(program: Program, entries: Entries, place: int, open_entries: IntArray) -> int:
    """Add derived ≥ member for the entries ``open_entries`` and Σ members ≥ derived; return how many rows."""
    members = program.any_of
    each = place + np.arange(len(open_entries), dtype=np.int64)
    entries.add(each, members.row_of_entry[open_entries] + program.pairs, 1.0)
    entries.add(each, members.items[open_entries], -1.0)
    whole = place + len(open_entries)
    entries.add(whole + members.row_of_entry, members.items, 1.0)
    numbers = np.arange(len(members), dtype=np.int64)
    entries.add(whole + numbers, program.pairs + numbers, -1.0)
    return len(open_entries) + len(members)
