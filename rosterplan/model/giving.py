"""Duties given out anew many at a time: one of each doctor is taken back, then all of them are given in the cheapest way.

While nobody gets two of them, what they cost their doctors adds up and the cheapest way is an assignment problem, solved
exactly: every chain and round of exchanges at once. Thousands of draws later few of them are left (measured: a sector of
20 doctors in five seconds, half the cost that moves one at a time leave).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import linear_sum_assignment

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, Ragged, ints
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.domain.result import Stage
from rosterplan.model.task import Outcome, Task

STEPS_PER_EFFORT = 1_500
ENTRIES_PER_STEP = 12_000
"""Entries of rows and tables a step may look at before it counts for more than one."""

STALE_STEPS, STALE_STEPS_PER_DUTY = 20, 3
"""Steps without a gain before a roster is left as it is."""

TIES = 16
"""A draw below it is added to each cost, and costs count so many times per duty given: of equal ways any may be taken, so
the roster drifts on a level and never up."""

FORBIDDEN = 10**15
WHOLE_BLEND: tuple[Stage, ...] = ("blend", "wishes", "comfort")


def given_anew(task: Task) -> Outcome:
    """Return the best roster met from ``task.start``; `feasible` at best: nothing is proved.

    Deterministic: ``effort`` counts steps by what they look at. Limits and ranges of counts hold for every roster kept.

    Raises:
        ValueError: the task has no start, or does not say whose its pairs are.
    """
    if task.start is None or task.work is None:
        raise ValueError("duties are given out anew from a roster only, and it must be said whose each pair is")
    if task.program.nested:  # a column of columns: what a pair switches on is not looked for that deep
        return Outcome("feasible", task.start)
    giving, draw = _Giving(task, task.start), np.random.default_rng([task.seed, task.program.pairs])
    best, value = giving.held.copy(), giving.value()
    giving.reckoned = value
    steps, stale, number = task.effort * STEPS_PER_EFFORT, 0, 0
    patience = STALE_STEPS + STALE_STEPS_PER_DUTY * int(best.sum())
    while steps > 0 and stale < patience and best.any():
        steps -= giving.step(draw, alike=number % 3 == 2)
        number, stale = number + 1, stale + 1
        if giving.reckoned < value:
            giving.reckoned = giving.value()
            if giving.reckoned < value:
                value, best, stale = giving.reckoned, giving.held.copy(), 0
    return Outcome("feasible", best, effort=task.effort - max(steps, 0) / STEPS_PER_EFFORT)


@dataclass(frozen=True)
class _Offer:
    """Pairs that may be given: the position each fills, its doctor, and what it costs."""

    pair: IntArray
    position: IntArray
    doctor: IntArray
    cost: IntArray
    before: int  # what the pairs taken back cost


class _Giving:
    """What is held, with the activity of every row and the count of every table, and what all of it costs."""

    def __init__(self, task: Task, held: BoolArray) -> None:
        assert task.work is not None
        program, rows, convex = task.program, task.program.rows, task.program.convex
        self.task, self.program, self.held = task, program, held.copy()
        column = program.values(held)
        self.members = program.any_of.dot(column)
        self.activity = rows.terms.dot(column)
        self.counts = convex.base + convex.terms.dot(column)
        weight = np.zeros(len(STAGE_NUMBER), dtype=np.int64)
        for stage, times in task.minimise:
            for one in WHOLE_BLEND if stage == "blend" else (stage,):
                weight[STAGE_NUMBER[one]] = times
        self.weight, self.linear = weight, weight @ program.linear
        self.over = rows.over_weight * weight[rows.over_stage]
        self.under = rows.under_weight * weight[rows.under_stage]
        self.ceiling = np.where(rows.over_weight > 0, INF, rows.hi)
        self.floor = np.where(rows.under_weight > 0, -INF, rows.lo)
        self.least = np.full(len(convex), -INF) if task.count_low is None else task.count_low
        self.most = np.full(len(convex), INF) if task.count_high is None else task.count_high
        self.place = convex.starts - convex.low
        self.times = weight[convex.stage]
        _, self.doctor = np.unique(task.work.doctor, return_inverse=True)
        self.doctors = int(self.doctor.max(initial=-1)) + 1
        self.pairs_of = _grouped(task.work.duty)
        self.entries, self.reckoned = 0, 0
        self.faults = self._faults()

    def value(self) -> int:
        """What the task minimises."""
        return int(self.weight @ self.program.costs(self._column()))

    def step(self, draw: np.random.Generator, *, alike: bool) -> float:
        """Take one duty of each doctor back (of one kind if ``alike``), give all out; return how many steps it counts for."""
        taken = self._drawn(draw, alike)
        if not len(taken):
            return 1.0
        self.entries = 0
        self._change(taken, -1)
        idle = self._wanting(taken)
        offer = self._offer(taken)
        chosen = self._assigned(offer, len(taken), idle, draw)
        if chosen is None:
            self._change(taken, 1)
            return max(1.0, self.entries / ENTRIES_PER_STEP)
        given = offer.pair[chosen]
        self._change(given, 1)
        if self._worse(given, taken):
            self._change(given, -1)
            self._change(taken, 1)
        else:
            self.reckoned += int(offer.cost[chosen].sum()) - offer.before
        return max(1.0, self.entries / ENTRIES_PER_STEP)

    def _drawn(self, draw: np.random.Generator, alike: bool) -> IntArray:
        """Return one pair held of each doctor; of one kind, drawn by how many are held, if ``alike``."""
        assert self.task.work is not None
        held = np.flatnonzero(self.held)
        held = held[draw.permutation(len(held))]
        if alike and len(held):
            kind = self.task.work.kind[held]
            held = held[kind == kind[0]]
        _, first = np.unique(self.doctor[held], return_index=True)
        return ints(held[first])

    def _offer(self, taken: IntArray) -> _Offer:
        """Return what may be given for the duties taken back, by doctors it breaks nothing for."""
        assert self.task.work is not None
        of_duty = self.pairs_of.take(self.task.work.duty[taken])
        free = ~self.held[of_duty.items]
        pair, position = of_duty.items[free], of_duty.row_of_entry[free]
        each, place = np.unique(pair, return_inverse=True)
        possible, cost = self._scores(each)
        kept = possible[place]
        pair, position = pair[kept], position[kept]
        again = int(cost[np.searchsorted(each, taken)].sum())
        return _Offer(pair, position, self.doctor[pair], cost[place][kept], again)

    def _assigned(self, offer: _Offer, many: int, idle: IntArray, draw: np.random.Generator) -> IntArray | None:
        """Return which offers give every duty at the least cost, None if none do; ``idle``: what nothing costs a doctor."""
        doctors = self.doctors
        if not np.bincount(offer.position, minlength=many).all():
            return (
                None  # a duty nobody may take: the solver of assignments is not asked, for it falls over without arcs
            )
        cost = offer.cost * (TIES * many) + draw.integers(0, TIES, len(offer.cost))
        rest = np.arange(many, doctors)
        problem = linear_sum_assignment.SimpleLinearSumAssignment()
        problem.add_arcs_with_cost(
            np.concatenate((offer.position, np.repeat(rest, doctors))),
            np.concatenate((offer.doctor, np.tile(np.arange(doctors), len(rest)))),
            np.concatenate((cost, np.tile(idle, len(rest)))),
        )
        if problem.solve() != problem.OPTIMAL:
            return None
        doctor = ints([problem.right_mate(position) for position in range(many)])
        key = offer.position * doctors + offer.doctor
        order = np.argsort(key, kind="stable")
        return ints(order[np.searchsorted(key[order], np.arange(many) * doctors + doctor)])

    def _wanting(self, taken: IntArray) -> IntArray:
        """Return, per doctor, what having nothing costs: much where a lower side is left unmet."""
        rows, tables = self.program.rows_of.take(taken), self.program.convex_of.take(taken)
        short = self.activity[rows.items] < self.floor[rows.items]
        low = self.counts[tables.items] < self.least[tables.items]
        idle = np.zeros(self.doctors, dtype=np.int64)
        idle[self.doctor[taken[rows.row_of_entry[short]]]] = FORBIDDEN
        idle[self.doctor[taken[tables.row_of_entry[low]]]] = FORBIDDEN
        return idle

    def _worse(self, given: IntArray, taken: IntArray) -> bool:
        """True if a hard side is left that the duties touch, a range of counts or a limit is."""
        rows = self.program.rows_of.take(np.concatenate((given, taken))).items
        if ((self.activity[rows] < self.floor[rows]) | (self.activity[rows] > self.ceiling[rows])).any():
            return True
        faults = self._faults()
        if faults - self.faults:
            return True
        self.faults = faults
        return False

    def _faults(self) -> set[int]:
        """Return the tables out of range, and −1 − the number of each limit passed."""
        found = set[int]()
        if self.task.count_low is not None or self.task.count_high is not None:
            found.update(np.flatnonzero((self.counts < self.least) | (self.counts > self.most)).tolist())
        if self.task.limits:
            costs = self.program.costs(self._column())
            passed = [costs[STAGE_NUMBER[stage]] > most for stage, most in self.task.limits]
            found.update(-1 - number for number in np.flatnonzero(passed).tolist())
        return found

    def _scores(self, pairs: IntArray) -> tuple[BoolArray, IntArray]:
        """Return which pairs break no hard row, and what each adds to the cost."""
        program, many = self.program, len(pairs)
        columns, owner = self._switched_on(pairs)
        rows, tables = program.rows_of.take(columns), program.convex_of.take(columns)
        self.entries += len(rows.items) + len(tables.items)
        row, table = rows.items, tables.items
        of_row, of_table = np.repeat(owner, rows.lengths), np.repeat(owner, tables.lengths)
        now = self.activity[row]
        after = now + rows.coefs
        breaks = ((after > self.ceiling[row]) & (rows.coefs > 0)) | ((after < self.floor[row]) & (rows.coefs < 0))
        hi, lo = program.rows.hi[row], program.rows.lo[row]
        charge = (np.maximum(after - hi, 0) - np.maximum(now - hi, 0)) * self.over[row]
        charge += (np.maximum(lo - after, 0) - np.maximum(lo - now, 0)) * self.under[row]
        start = self.place[table] + self.counts[table]
        step = (program.convex.costs[start + tables.coefs] - program.convex.costs[start]) * self.times[table]
        total = np.bincount(owner, weights=self.linear[columns], minlength=many)
        total += np.bincount(of_row, weights=charge, minlength=many)
        total += np.bincount(of_table, weights=step, minlength=many)
        beyond = (tables.coefs > 0) & (self.counts[table] + tables.coefs > self.most[table])
        broken = np.bincount(of_row, weights=breaks, minlength=many)
        broken += np.bincount(of_table, weights=beyond, minlength=many)
        return broken == 0, ints(total)

    def _switched_on(self, pairs: IntArray) -> tuple[IntArray, IntArray]:
        """Return pairs and the derived columns each would switch on, with the pair each belongs to."""
        owner = np.arange(len(pairs), dtype=np.int64)
        if not len(self.program.any_of):
            return pairs, owner
        memberships = self.program.derived_of.take(pairs)
        off = self.members[memberships.items] == 0
        switched = memberships.items[off] + self.program.pairs
        return np.concatenate((pairs, switched)), np.concatenate((owner, memberships.row_of_entry[off]))

    def _change(self, pairs: IntArray, step: int) -> None:
        """Hold these pairs (step 1), or hold them no longer (step −1)."""
        program, columns = self.program, pairs
        if len(program.any_of):
            derived = program.derived_of.take(pairs).items
            each = np.unique(derived)
            before = self.members[each] > 0
            np.add.at(self.members, derived, step)
            switched = each[before != (self.members[each] > 0)]
            columns = np.concatenate((pairs, switched + program.pairs))
        self.held[pairs] = step > 0
        rows, tables = program.rows_of.take(columns), program.convex_of.take(columns)
        np.add.at(self.activity, rows.items, step * rows.coefs)
        np.add.at(self.counts, tables.items, step * tables.coefs)

    def _column(self) -> IntArray:
        column = np.zeros(self.program.columns, dtype=np.int64)
        column[: self.program.pairs] = self.held
        column[self.program.pairs :] = self.members > 0
        return column


def _grouped(number: IntArray) -> Ragged:
    """Return the places of each number 0, 1, …, in their order."""
    order = np.argsort(number, kind="stable")
    bounds = np.searchsorted(number[order], np.arange(int(number.max(initial=-1)) + 2))
    return Ragged(ints(bounds), ints(order), np.ones(len(order), dtype=np.int64))
