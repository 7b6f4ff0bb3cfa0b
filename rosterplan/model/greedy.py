"""A first roster without a solver: duties in order of priority and scarcity, each to the doctor it costs least."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, ints
from rosterplan.canvas.program import STAGE_NUMBER, Program

Stop = Callable[[], bool]
_NEVER: Stop = lambda: False  # noqa: E731


def coverage_rows(program: Program) -> IntArray:
    """Return the rows of duties, in the order a greedy planner fills them: gravest first, then scarcest."""
    rows = program.rows
    about = np.flatnonzero((rows.key >= 0) & (rows.under_weight > 0))
    order = np.lexsort((rows.key[about], rows.terms.lengths[about], -rows.under_weight[about]))
    return about[order]


def greedy(program: Program, held: BoolArray | None = None, stop: Stop = _NEVER) -> BoolArray:
    """Return the pairs held after filling every duty that can be filled without breaking a hard row.

    Starts from ``held`` (nothing by default) and never takes a pair back; always ends with a full answer.
    """
    state = _State(program, np.zeros(program.pairs, dtype=bool) if held is None else held)
    for number, row in enumerate(coverage_rows(program)):
        if number % 64 == 0 and stop():
            break
        state.fill(int(row))
    return state.held


class _State:
    """What is held so far, with the activity of every row and the count of every cost table."""

    def __init__(self, program: Program, held: BoolArray) -> None:
        self.program = program
        self.held = held.copy()
        column = program.values(held)
        self.derived = column[program.pairs :]
        self.activity = program.rows.terms.dot(column)
        self.counts = program.convex.base + program.convex.terms.dot(column)
        weight = ints([0, 10**9, 10**9, 1, 1, 1, 1])
        self.stage_weight = weight
        self.linear = weight @ program.linear
        rows = program.rows
        self.ceiling = np.where(rows.over_weight > 0, np.iinfo(np.int64).max // 4, rows.hi)
        self.over_charge = np.where(rows.over_weight > 0, rows.over_weight * weight[rows.over_stage], 0)
        self.coverage = STAGE_NUMBER["coverage"]

    def fill(self, row: int) -> None:
        """Give the duty of ``row`` to the cheapest doctors who may take it, until its need is met."""
        program = self.program
        missing = int(program.rows.lo[row] - self.activity[row])
        if missing <= 0:
            return
        candidates = program.rows.terms.row(row)
        candidates = candidates[~self.held[candidates]]
        while missing > 0 and len(candidates):
            possible, score = self._scores(candidates)
            if not possible.any():
                return
            score = np.where(possible, score, np.iinfo(np.int64).max)
            best = int(np.argmin(score))
            self._take(int(candidates[best]))
            candidates = np.delete(candidates, best)
            missing -= 1

    def _scores(self, candidates: IntArray) -> tuple[BoolArray, IntArray]:
        """Return which candidates break no hard row, and what each would cost."""
        program = self.program
        columns, owner = self._with_derived(candidates)
        rows_of = program.rows_of.take(columns)
        who = np.repeat(owner, rows_of.lengths)
        after = self.activity[rows_of.items] + rows_of.coefs
        breaks = (after > self.ceiling[rows_of.items]) & (rows_of.coefs > 0)
        possible = np.bincount(who, weights=breaks, minlength=len(candidates)) == 0
        excess = np.maximum(after - program.rows.hi[rows_of.items], 0)
        before = np.maximum(self.activity[rows_of.items] - program.rows.hi[rows_of.items], 0)
        charge = (excess - before) * self.over_charge[rows_of.items]
        groups = program.convex_of.take(columns)
        convex, place = program.convex, groups.items
        now = self.counts[place]
        start = convex.starts[place] - convex.low[place]
        marginal = (convex.costs[start + now + groups.coefs] - convex.costs[start + now]) * self.stage_weight[
            convex.stage[place]
        ]
        score = self.linear[candidates].astype(np.float64)
        score += np.bincount(who, weights=charge, minlength=len(candidates))
        score += np.bincount(np.repeat(owner, groups.lengths), weights=marginal, minlength=len(candidates))
        return possible, score.astype(np.int64)

    def _with_derived(self, candidates: IntArray) -> tuple[IntArray, IntArray]:
        """Return candidates and the derived columns each would switch on, with the candidate each belongs to."""
        owner = np.arange(len(candidates), dtype=np.int64)
        if len(self.program.any_of) == 0:
            return candidates, owner
        memberships = self.program.derived_of.take(candidates)
        off = self.derived[memberships.items] == 0
        switched = memberships.items[off] + self.program.pairs
        return np.concatenate((candidates, switched)), np.concatenate((owner, memberships.row_of_entry[off]))

    def _take(self, pair: int) -> None:
        """Hold one more pair."""
        program = self.program
        columns, _ = self._with_derived(ints([pair]))
        self.held[pair] = True
        self.derived[columns[1:] - program.pairs] = 1
        rows_of = program.rows_of.take(columns)
        np.add.at(self.activity, rows_of.items, rows_of.coefs)
        groups = program.convex_of.take(columns)
        np.add.at(self.counts, groups.items, groups.coefs)
