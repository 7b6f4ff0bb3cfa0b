"""What sets of moves break and cost, many sets at once; numpy over the rows they touch, never the whole program."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import INF, IntArray, Ragged, ints, ranges
from rosterplan.canvas.program import Program
from rosterplan.domain.result import STAGES

_MANY = np.int64(2**32)
"""More than there are rows, tables or derived columns."""


@dataclass(frozen=True)
class Standing:
    """A program at given columns: the value of every column, sum of every row and count of every cost table."""

    program: Program
    column: IntArray
    activity: IntArray
    counts: IntArray

    @classmethod
    def at(cls, program: Program, column: IntArray) -> Standing:
        """The program at these columns, derived ones included."""
        convex = program.convex
        return cls(program, column, program.rows.terms.dot(column), convex.base + convex.terms.dot(column))


@dataclass(frozen=True)
class Reckoned:
    """What each case changes. ``worse``: (case, row, growth) of the hard rows it breaks more than before, by case.

    ``costs``: change of each stage (cases × STAGES), what follows in derived columns included.
    """

    worse_case: IntArray
    worse_row: IntArray
    worse_by: IntArray
    costs: IntArray


def reckoned(standing: Standing, case: IntArray, column: IntArray, change: IntArray, cases: int) -> Reckoned:
    """Return what ``cases`` sets of pair changes (+1 or −1 at ``column`` of ``case``) break and cost, each alone."""
    case, column, change = _with_derived(standing, case, column, change)
    program, rows, convex = standing.program, standing.program.rows, standing.program.convex
    costs = np.zeros((cases, len(STAGES)), dtype=np.int64)
    for stage in range(len(STAGES)):
        np.add.at(costs[:, stage], case, program.linear[stage, column] * change)
    row_case, row, by = _touched(program.rows_of, case, column, change)
    before, after = standing.activity[row], standing.activity[row] + by
    growth = _beyond(rows.hi[row], rows.lo[row], after) - _beyond(rows.hi[row], rows.lo[row], before)
    over, under = growth[0], growth[1]
    np.add.at(costs, (row_case, rows.over_stage[row]), over * rows.over_weight[row])
    np.add.at(costs, (row_case, rows.under_stage[row]), under * rows.under_weight[row])
    hard = np.where(rows.over_weight[row] == 0, over, 0) + np.where(rows.under_weight[row] == 0, under, 0)
    worse = np.flatnonzero(hard > 0)
    table_case, table, by = _touched(program.convex_of, case, column, change)
    place = convex.starts[table] + standing.counts[table] - convex.low[table]
    np.add.at(costs, (table_case, convex.stage[table]), convex.costs[place + by] - convex.costs[place])
    _add_spreads(standing, case, column, change, costs)
    return Reckoned(row_case[worse], row[worse], hard[worse], costs)


def _add_spreads(standing: Standing, case: IntArray, column: IntArray, change: IntArray, costs: IntArray) -> None:
    """Add what each case changes of the largest gaps: a maximum is seen only with all its groups at once."""
    for spread in standing.program.spreads:
        before = spread.cost(standing.column)
        for number in np.unique(case[np.isin(column, spread.terms.items)]).tolist():
            after = standing.column.copy()
            np.add.at(after, column[case == number], change[case == number])
            costs[number, spread.stage] += spread.cost(after) - before


def _beyond(hi: IntArray, lo: IntArray, activity: IntArray) -> IntArray:
    """Return (units above hi, units below lo) of each row, shape (2, rows); 0 on a side without bound."""
    above = np.where(hi >= INF, 0, np.maximum(activity - hi, 0))
    below = np.where(lo <= -INF, 0, np.maximum(lo - activity, 0))
    return np.stack((above, below))


def _with_derived(
    standing: Standing, case: IntArray, column: IntArray, change: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Return the changes of pairs and of the derived columns that follow, derived ones of derived ones among them."""
    program = standing.program
    pairs = case, column, change
    if not len(program.any_of):
        return pairs
    held = program.any_of.dot(standing.column)
    every, known = pairs, (ints([]), ints([]))
    while True:
        of_case, derived, by = _touched(program.derived_of, *every)
        now = (held[derived] + by > 0).astype(np.int64) - standing.column[program.pairs + derived]
        flipped = np.flatnonzero(now)
        every = (
            np.concatenate((case, of_case[flipped])),
            np.concatenate((column, derived[flipped] + program.pairs)),
            np.concatenate((change, now[flipped])),
        )
        found = derived[flipped] * 2 + now[flipped], of_case[flipped]
        if all(np.array_equal(one, other) for one, other in zip(found, known, strict=True)):
            return every  # each pass settles one more level; the last one changes nothing
        known = found


def _touched(of: Ragged, case: IntArray, column: IntArray, change: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return (case, what a column stands in, Σ coefficient × change), one entry each; sums of 0 are left out."""
    starts, lengths = of.bounds[column], of.bounds[column + 1] - of.bounds[column]
    entry = ranges(starts, lengths)
    key = np.repeat(case, lengths) * _MANY + of.items[entry]
    value = of.coefs[entry] * np.repeat(change, lengths)
    keys, place = np.unique(key, return_inverse=True)
    total = np.zeros(len(keys), dtype=np.int64)
    np.add.at(total, place, value)
    some = total != 0
    return ints(keys[some] // _MANY), ints(keys[some] % _MANY), total[some]
