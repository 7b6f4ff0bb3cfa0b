"""A first roster without a solver: duties in order of priority and scarcity, each to the doctor it costs least.

Then duties move one at a time to whoever they cost less, until none does: the floor every search stands on.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, ints
from rosterplan.canvas.program import STAGE_NUMBER, Program

Stop = Callable[[], bool]
_NEVER: Stop = lambda: False  # noqa: E731

_WEIGHTS = {"coverage": 0, "caps": 10**12, "shares": 10**11, "fairness": 100, "blend": 1, "wishes": 1, "comfort": 1}
"""What a unit of each stage counts in one choice; holes are decided by the order, not by weight."""

_FAR = np.iinfo(np.int64).max // 4


TRIED_TOGETHER = 12
"""Candidates tried two at a time where nobody may be alone."""

COVER_GAIN = 10**13
"""What a position of need counts for a pair that meets several (a shift over many half-hours): before all else."""


def coverage_rows(program: Program, *, demands: bool = True) -> IntArray:
    """Return the rows of need, in the order a greedy planner fills them: gravest first, then scarcest.

    ``demands`` = False leaves out those that several duties meet together.
    """
    rows = program.rows
    named = (rows.key != -1) if demands else (rows.key >= 0)
    about = np.flatnonzero(named & (rows.under_weight > 0))
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


def wished(program: Program, stop: Stop = _NEVER) -> BoolArray:
    """Return pairs held that doctors ask for (a table counts them down), where a duty lacks somebody and nothing breaks.

    A start where wishes and fairness are one sum: the duties nobody asked for then make up for what these weigh.
    """
    state = _State(program, np.zeros(program.pairs, dtype=bool))
    groups = program.convex.terms
    asked = np.unique(groups.items[(groups.coefs < 0) & (groups.items < program.pairs)])
    needs = coverage_rows(program, demands=False)
    needed = np.zeros(len(program.rows), dtype=bool)
    needed[needs] = True
    for number, pair in enumerate(asked.tolist()):
        if number % 64 == 0 and stop():
            break
        rows = program.rows_of.row(pair)
        rows = rows[needed[rows]]
        if (state.activity[rows] < program.rows.lo[rows]).any() and state._scores(ints([pair]))[0][0]:
            state._change(pair, 1)
    return state.held


def polished(program: Program, held: BoolArray, *, passes: int, stop: Stop = _NEVER) -> BoolArray:
    """Return ``held`` after moving duties one at a time to a doctor they cost less; coverage never changes."""
    state = _State(program, held)
    order = coverage_rows(program, demands=False)
    for _ in range(passes):
        moved = 0
        for number, row in enumerate(order):
            if number % 64 == 0 and stop():
                return state.held
            moved += state.move(int(row))
        if not moved:
            break
    return state.held


def thinned(program: Program, held: BoolArray, optional: BoolArray, minutes: IntArray) -> BoolArray:
    """Return ``held`` without the ``optional`` pairs that cover nothing by themselves, the shortest shifts first."""
    state = _State(program, held)
    chosen = np.flatnonzero(held & optional)
    for pair in chosen[np.argsort(minutes[chosen], kind="stable")].tolist():
        if state.spare(pair):
            state.give_up(pair)
    return state.held


class _State:
    """What is held so far, with the activity of every row and the count of every cost table."""

    def __init__(self, program: Program, held: BoolArray) -> None:
        self.program = program
        self.held = held.copy()
        column = program.values(held)
        self.members_held = program.any_of.dot(column)
        self.activity = program.rows.terms.dot(column)
        self.counts = program.convex.base + program.convex.terms.dot(column)
        weight = ints([_WEIGHTS[stage] for stage in STAGE_NUMBER])
        self.stage_weight = weight
        self.linear = weight @ program.linear
        rows = program.rows
        self.ceiling = np.where(rows.over_weight > 0, _FAR, rows.hi)
        self.floor = np.where(rows.under_weight > 0, -_FAR, rows.lo)
        self.over_charge = rows.over_weight * weight[rows.over_stage]
        self.covering = (rows.under_weight > 0) & (rows.under_stage == STAGE_NUMBER["coverage"])
        self.demands = bool((rows.key < -1).any())
        floored = (rows.under_weight == 0) & (rows.lo > -INF)
        self.company = bool(floored[rows.terms.row_of_entry][rows.terms.coefs < 0].any())

    def fill(self, row: int) -> None:
        """Give the duty of ``row`` to the cheapest doctors who may take it, until its need is met."""
        missing = int(self.program.rows.lo[row] - self.activity[row])
        while missing > 0:
            candidates = self._open(row)
            possible, score = self._scores(candidates)
            if not possible.any():
                if not self._fill_together(row, candidates):
                    return
                missing = int(self.program.rows.lo[row] - self.activity[row])
                continue
            self._change(int(candidates[np.argmin(np.where(possible, score, _FAR))]), 1)
            missing = int(self.program.rows.lo[row] - self.activity[row])

    def _fill_together(self, row: int, candidates: IntArray) -> bool:
        """Take two candidates at once where each alone breaks a row that wants company; True if two were found."""
        if not len(candidates) or not self.company:
            return False
        for first in self._least_dear(candidates):
            self._change(first, 1)
            if not self._over(first):
                others = candidates[candidates != first]
                for second in self._least_dear(others):
                    possible, _ = self._scores(ints([second]))
                    if not possible[0]:
                        continue
                    self._change(second, 1)
                    if not self._short(first) and not self._short(second):
                        return True
                    self._change(second, -1)
            self._change(first, -1)
        return False

    def _least_dear(self, candidates: IntArray) -> list[int]:
        """Return a few candidates that pass no upper side, the best first."""
        if not len(candidates):
            return []
        possible, score = self._scores(candidates, alone=True)
        candidates, score = candidates[possible], score[possible]
        return [int(one) for one in candidates[np.argsort(score, kind="stable")[:TRIED_TOGETHER]]]

    def _over(self, pair: int) -> bool:
        """True if some hard upper side is passed in the rows of ``pair``."""
        rows = self._rows_of(pair)
        return bool((self.activity[rows] > self.ceiling[rows]).any())

    def _rows_of(self, pair: int) -> IntArray:
        """Return the rows a pair, or a derived column it belongs to, stands in."""
        columns = np.concatenate((ints([pair]), self.program.derived_of.row(pair) + self.program.pairs))
        return self.program.rows_of.take(columns).items

    def move(self, row: int) -> int:
        """Move each holder of the duty of ``row`` to a cheaper one; return how many moved."""
        moved = 0
        terms = self.program.rows.terms.row(row)
        for pair in terms[(terms < self.program.pairs)][self.held[terms[terms < self.program.pairs]]].tolist():
            candidates = self._open(row)
            if not len(candidates):
                break
            self._change(pair, -1)
            tried = np.concatenate((ints([pair]), candidates))
            possible, score = self._scores(tried)
            best = int(np.argmin(np.where(possible, score, _FAR)))
            if best == 0 or score[best] >= score[0] or not possible[best]:
                self._change(pair, 1)
                continue
            self._change(int(tried[best]), 1)
            if self._short(pair):
                self._change(int(tried[best]), -1)
                self._change(pair, 1)
                continue
            moved += 1
        return moved

    def _open(self, row: int) -> IntArray:
        """Return the pairs of a row that nobody holds."""
        terms = self.program.rows.terms.row(row)
        return terms[~self.held[terms]]

    def _short(self, pair: int) -> bool:
        """True if giving up ``pair`` left a hard lower side unmet."""
        rows = self._rows_of(pair)
        return bool(((self.activity[rows] < self.floor[rows]) | (self.activity[rows] > self.ceiling[rows])).any())

    def spare(self, pair: int) -> bool:
        """True if no need and no hard row suffers from giving up ``pair``."""
        columns = np.concatenate((ints([pair]), self.program.derived_of.row(pair) + self.program.pairs))
        rows = self.program.rows_of.take(columns)
        needed = self.covering[rows.items] & (self.activity[rows.items] - rows.coefs < self.program.rows.lo[rows.items])
        if needed.any():
            return False
        self._change(pair, -1)
        short = self._short(pair)
        self._change(pair, 1)
        return not short

    def give_up(self, pair: int) -> None:
        """Hold one pair less."""
        self._change(pair, -1)

    def _scores(self, candidates: IntArray, *, alone: bool = False) -> tuple[BoolArray, IntArray]:
        """Return which candidates break no hard row, and what each would cost; ``alone`` forgives want of company."""
        program, many = self.program, len(candidates)
        columns, owner = self._switched_on(candidates)
        rows_of = program.rows_of.take(columns)
        who = owner.repeat(rows_of.lengths)
        now = self.activity[rows_of.items]
        after = now + rows_of.coefs
        breaks = (after > self.ceiling[rows_of.items]) & (rows_of.coefs > 0)
        if not alone:
            breaks |= (after < self.floor[rows_of.items]) & (rows_of.coefs < 0)
        hi = program.rows.hi[rows_of.items]
        charge = (np.maximum(after - hi, 0) - np.maximum(now - hi, 0)) * self.over_charge[rows_of.items]
        groups = program.convex_of.take(columns)
        convex, place = program.convex, groups.items
        start = convex.starts[place] - convex.low[place] + self.counts[place]
        marginal = (convex.costs[start + groups.coefs] - convex.costs[start]) * self.stage_weight[convex.stage[place]]
        score = self.linear[columns].astype(np.float64)
        total = np.bincount(owner, weights=score, minlength=many)
        total += np.bincount(who, weights=charge, minlength=many)
        total += np.bincount(owner.repeat(groups.lengths), weights=marginal, minlength=many)
        if self.demands:
            lacking = self.covering[rows_of.items] * (program.rows.lo[rows_of.items] - now)
            gain = (
                np.where(lacking > 0, np.minimum(lacking, rows_of.coefs) * 2, -rows_of.coefs)
                * self.covering[rows_of.items]
            )
            total -= COVER_GAIN * np.bincount(who, weights=gain, minlength=many)
        return np.bincount(who, weights=breaks, minlength=many) == 0, total.astype(np.int64)

    def _switched_on(self, candidates: IntArray) -> tuple[IntArray, IntArray]:
        """Return candidates and the derived columns each would switch on, with the candidate each belongs to."""
        owner = np.arange(len(candidates), dtype=np.int64)
        if len(self.program.any_of) == 0:
            return candidates, owner
        memberships = self.program.derived_of.take(candidates)
        off = self.members_held[memberships.items] == 0
        switched = memberships.items[off] + self.program.pairs
        return np.concatenate((candidates, switched)), np.concatenate((owner, memberships.row_of_entry[off]))

    def _change(self, pair: int, step: int) -> None:
        """Hold one more pair (step 1), or one less (step −1)."""
        program = self.program
        derived = program.derived_of.row(pair)
        if step < 0:
            self.members_held[derived] -= 1
        switched = derived[self.members_held[derived] == 0]
        if step > 0:
            self.members_held[derived] += 1
        self.held[pair] = step > 0
        columns = np.concatenate((ints([pair]), switched + program.pairs))
        rows_of = program.rows_of.take(columns)
        np.add.at(self.activity, rows_of.items, step * rows_of.coefs)
        groups = program.convex_of.take(columns)
        np.add.at(self.counts, groups.items, step * groups.coefs)
