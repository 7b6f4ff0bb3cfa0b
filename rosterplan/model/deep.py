"""Costs all in one sum, with limits that must be reached: a roster that breaks nothing first, then wide neighbourhoods.

Greedy cannot start where doctors owe hours or long runs: each doctor's whole period is planned in turn. Then pieces of
the roster (some doctors over some days) are planned again, two at a time from one roster whatever the number of
processes, so that the outcome is the same; beside them HiGHS works on the whole, from the best roster known.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import BoolArray, IntArray, ints
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.bound import stage_costs
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.canvas.strengthen import strengthened
from rosterplan.domain.result import Stage
from rosterplan.messages import say
from rosterplan.model import tasks
from rosterplan.model.mip import fits
from rosterplan.model.proof import Known
from rosterplan.model.search import Search
from rosterplan.model.task import Outcome, Task

BLEND: tuple[tuple[Stage, int], ...] = (("blend", 1),)
PAIRS_AT_ONCE = 1_500
"""Up to it CP-SAT proves most wholes in seconds, so they are tried first."""

PAIRS_PROVED_WHOLE = 12_000
"""Up to it the whole is given to HiGHS beside the pieces (measured: 36 doctors × 28 days × 4 shifts)."""

WHOLE_EFFORT = 3.0
WHOLE_EFFORT_OF_COUNTS = 8.0
"""Costs by counts of duties are proved whole (measured: a month of 85 physicians in 0.3), and are no business of HiGHS."""

AT_ONCE = 2
"""Pieces planned from one roster before any is taken: fixed, so that the number of processes changes nothing."""

PIECE_EFFORT = 2.0
SMALLEST, FIRST_SIZE, LARGEST = 150, 500, 6_000
PIECES_PER_EFFORT = 150
STALE_PIECES = 60
"""Pieces without a gain before the search ends where the effort has no time limit of its own."""

LAST_SECONDS = 4.0
"""What the end of a run needs for itself: rendering and audit are not counted here."""


def all_in_blend(program: Program) -> bool:
    """True if every cost is in `blend`, wishes or comfort, and nothing is lexicographic."""
    rows, convex = program.rows, program.convex
    upper = [STAGE_NUMBER[stage] for stage in ("coverage", "caps", "shares", "fairness")]
    charged = (
        np.isin(rows.over_stage[rows.over_weight > 0], upper).any()
        or np.isin(rows.under_stage[rows.under_weight > 0], upper).any()
        or np.isin(convex.stage, upper).any()
    )
    return not charged and not any(program.linear[stage].any() for stage in upper)


def concerns(search: Search) -> bool:
    """True for a roster of one sum that is small, breaks something at first, or has no cost by counts of duties."""
    program = search.program
    if not all_in_blend(program):
        return False
    broken = bool(len(program.broken(search.incumbent.column)))
    return broken or program.pairs <= PAIRS_PROVED_WHOLE or not len(program.convex)


def mend(search: Search) -> bool:
    """Plan each doctor who breaks something anew over the whole period; True if nothing is broken in the end."""
    program, incumbent = search.program, search.incumbent
    doctor = search.canvas.pairs["doctor"][program.pair]
    for _ in range(3):
        broken = program.rows.terms.take(program.broken(incumbent.column))
        if not len(broken):
            return True
        who = np.unique(doctor[_pairs_of(program, np.unique(broken.items))])
        order = who[np.random.default_rng(search.limits.seed).permutation(len(who))].tolist()
        for start in range(0, len(order), AT_ONCE):
            if search.limits.over():
                return False
            pieces = [np.flatnonzero(doctor == one) for one in order[start : start + AT_ONCE]]
            for piece, outcome in zip(pieces, _solved(search, pieces, PIECE_EFFORT * 2, better=False), strict=True):
                _take(search, piece, outcome)
            search.tell("blend", start, len(order))
    return not len(program.broken(incumbent.column))


def _pairs_of(program: Program, columns: IntArray) -> IntArray:
    """Return the pairs among columns, and those their derived columns are made of."""
    derived = columns[columns >= program.pairs] - program.pairs
    inside = program.any_of.take(ints(derived)).items
    return np.unique(np.concatenate((columns[columns < program.pairs], inside[inside < program.pairs])))


def _solved(search: Search, pieces: Sequence[IntArray], effort: float, *, better: bool) -> list[Outcome]:
    """Return the outcome of each piece planned anew from the roster of now."""
    program, column = search.program, search.incumbent.column
    tickets = []
    for piece in pieces:
        part = strengthened(cut(program, piece, column))
        limits: tuple[tuple[Stage, int], ...] = ()
        if better:
            costs = part.costs(part.values(search.incumbent.held[piece]))
            limits = (("blend", int(sum(costs[stage] for stage in tasks.BLEND))),)
        tickets.append(search.crew.submit(Task(part, BLEND, effort, search.limits.seed, limits=limits, name="piece")))
    return _awaited(search, tickets)


def _awaited(search: Search, tickets: Sequence[int]) -> list[Outcome]:
    """Return the outcomes in the order of the tickets; what comes of other tasks is kept for those who wait for it."""
    found = search.arrived
    while not set(tickets) <= found.keys() and not search.limits.over():
        found.update(search.crew.outcomes())
    return [found.pop(ticket, Outcome("lost")) for ticket in tickets]


def _take(search: Search, piece: IntArray, outcome: Outcome) -> bool:
    """Hold what was found if it breaks less, or breaks nothing more and costs no more; True if it costs less."""
    incumbent, program = search.incumbent, search.program
    if outcome.held is None or np.array_equal(outcome.held, incumbent.held[piece]):
        return False
    held = incumbent.held.copy()
    held[piece] = outcome.held
    column = program.values(held)
    before, after = len(program.broken(incumbent.column)), len(program.broken(column))
    old, new = value_of(program, incumbent.column), value_of(program, column)
    if after > before or (after == before and new > old):
        return False
    incumbent.take(piece, outcome.held)
    return after < before or new < old


def value_of(program: Program, column: IntArray) -> int:
    """Return the cost of `blend`, wishes and comfort."""
    costs = program.costs(column)
    return int(sum(costs[stage] for stage in tasks.BLEND))


@dataclass
class _Sizes:
    """How many pairs a piece of each shape has: more while they are proved quickly, fewer while they are not."""

    of: dict[int, float] = field(default_factory=dict)

    def size(self, shape: int) -> int:
        """Pairs wanted of a shape."""
        return round(self.of.setdefault(shape, FIRST_SIZE))

    def learn(self, shape: int, outcome: Outcome) -> None:
        """Grow or shrink by what came back."""
        done = outcome.verdict in ("optimal", "infeasible")
        factor = 1.25 if done and outcome.effort < PIECE_EFFORT / 3 else 1.0 if done else 0.8
        self.of[shape] = min(max(self.of[shape] * factor, SMALLEST), LARGEST)


SHAPES = (3, 5, 7, 10, 14, 21, 28, 10_000)
"""Days of a piece; the last is the whole period."""


def deepen(search: Search) -> dict[Stage, Known]:
    """Improve the roster piece by piece; return what is proved of the blend."""
    draw, sizes, stale, number = np.random.default_rng([search.limits.seed, 7]), _Sizes(), 0, 0
    proof = _Proof(search)
    proof.first()
    pieces_left = PIECES_PER_EFFORT * search.limits.effort
    timed = search.limits.deadline is not None
    while not search.limits.over() and not proof.done() and number < pieces_left and (timed or stale < STALE_PIECES):
        shapes = [int(draw.integers(len(SHAPES))) for _ in range(AT_ONCE)]
        pieces: list[IntArray] = []
        for shape in shapes:
            pieces.append(_piece(search, SHAPES[shape], sizes.size(shape), draw, pieces))
        for piece, shape, outcome in zip(
            pieces, shapes, _solved(search, pieces, PIECE_EFFORT, better=True), strict=True
        ):
            sizes.learn(shape, outcome)
            stale = 0 if _take(search, piece, outcome) else stale + 1
        number += AT_ONCE
        proof.listen(stale)
        search.tell("blend", number, number)
    proof.end()
    return {"blend": proof.known} if proof.known.value is not None else {}


def _piece(search: Search, days: int, size: int, draw: np.random.Generator, others: Sequence[IntArray]) -> IntArray:
    """Return about ``size`` pairs of some doctors over some days, more often than not where something costs.

    Doctors of ``others`` stay out while enough are left: limits of one doctor then bind one piece alone.
    """
    program, pairs = search.program, search.canvas.pairs
    day, doctor = pairs["day"][program.pair], pairs["doctor"][program.pair]
    first, last = int(day.min()), int(day.max())
    days = min(days, last - first + 1)
    centre = _costly_day(program, search.incumbent.column, day, draw) if draw.random() < 0.6 else None
    if centre is None:
        centre = int(draw.integers(first, last + 1))
    begin = min(max(centre - int(draw.integers(days)), first), last - days + 1)
    inside = (day >= begin) & (day < begin + days)
    busy = np.unique(np.concatenate([ints([]), *(doctor[piece] for piece in others)]))
    if len(np.unique(doctor)) - len(busy) >= 2 * len(busy):
        inside &= ~np.isin(doctor, busy)
    who, many = np.unique(doctor[inside], return_counts=True)
    order = draw.permutation(len(who))
    count = max(2, int(np.searchsorted(np.cumsum(many[order]), size)))
    return np.flatnonzero(inside & np.isin(doctor, who[order[:count]]))


def _costly_day(program: Program, column: IntArray, day: IntArray, draw: np.random.Generator) -> int | None:
    """Return the day of a need that is not met as it should, drawn by what it costs."""
    rows = program.rows
    activity = rows.terms.dot(column)
    lack = np.maximum(rows.lo - activity, 0) * rows.under_weight * (rows.under_weight > 0)
    above = np.where(rows.over_weight > 0, np.maximum(activity - rows.hi, 0) * rows.over_weight, 0)
    price = (np.where(rows.under_weight > 0, lack, 0) + above).astype(np.float64)
    price[rows.terms.lengths == 0] = 0
    if price.sum() <= 0:
        return None
    row = int(draw.choice(len(price), p=price / price.sum()))
    column_of = int(rows.terms.row(row)[0])
    return int(day[column_of]) if column_of < program.pairs else None


class _Proof:
    """What is proved meanwhile: CP-SAT on a small whole first, then HiGHS from the best roster, or a relaxation."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.whole = strengthened(cut(search.program, np.arange(search.program.pairs), search.incumbent.column))
        now = self.whole.values(search.incumbent.held)
        self.apart = value_of(search.program, search.incumbent.column) - value_of(self.whole, now)
        self.known = Known(None, "")
        self.ticket: int | None = None
        self.stage = 0

    @property
    def small(self) -> bool:
        """True if the whole may be solved as one."""
        return self.whole.pairs <= PAIRS_PROVED_WHOLE

    def done(self) -> bool:
        """True if the roster is proved best."""
        return self.known.value is not None and self.known.value >= value_of(
            self.search.program, self.search.incumbent.column
        )

    def first(self) -> None:
        """The whole by CP-SAT for a short while, where it is small."""
        if not self.small:
            self._submit("relax", 20.0)
        counts = bool(len(self.whole.convex)) or bool(self.whole.spreads)
        if self.whole.pairs > (PAIRS_PROVED_WHOLE if counts else PAIRS_AT_ONCE):
            return
        effort = WHOLE_EFFORT_OF_COUNTS if counts else WHOLE_EFFORT
        task = Task(self.whole, BLEND, effort, self.search.limits.seed, name="whole")
        outcome = _awaited(self.search, [self.search.crew.submit(task)])[0]
        _take(self.search, np.arange(self.whole.pairs), outcome)
        self._learn(outcome, say(fr="résolution exacte du tableau entier", en="exact solution of the whole roster"))

    def listen(self, stale: int) -> None:
        """Take what came; start HiGHS on the whole once pieces bring nothing, or a quarter of the time is gone."""
        if self.ticket is not None and self.ticket in self.search.arrived:
            self._arrived(self.search.arrived.pop(self.ticket))
        alone = self.search.crew.idle < AT_ONCE  # one process: pieces come first
        due = stale >= STALE_PIECES if alone else stale >= STALE_PIECES // 3 or self._late()
        if self.small and self.ticket is None and self.stage == 0 and due:
            self.stage = 1
            self._submit("mip", 100.0)

    def end(self) -> None:
        """Wait for what is about to come before the time is over."""
        limits = self.search.limits
        while self.ticket is not None and not self.done() and not limits.over():
            self.search.arrived.update(self.search.crew.outcomes())
            self.listen(0)

    def _late(self) -> bool:
        deadline = self.search.limits.deadline
        if deadline is None:
            return False
        return time.monotonic() - self.search.started > 0.2 * (deadline - self.search.started)

    def _submit(self, engine: str, effort: float) -> None:
        deadline = self.search.limits.deadline
        seconds = None if deadline is None else max(deadline - time.monotonic() - LAST_SECONDS, 1.0)
        start: BoolArray | None = self.search.incumbent.held.copy() if engine == "mip" and fits(self.whole) else None
        task = Task(self.whole, BLEND, effort, self.search.limits.seed, name=engine, start=start, seconds=seconds)
        self.ticket = self.search.crew.submit(replace(task, engine=engine))  # type: ignore[arg-type]

    def _arrived(self, outcome: Outcome) -> None:
        self.ticket = None
        how = say(
            fr="programme en nombres entiers du tableau entier"
            if outcome.held is not None
            else "programme linéaire, multiplicateurs entiers",
            en="integer program of the whole roster"
            if outcome.held is not None
            else "linear program, integer multipliers",
        )
        _take(self.search, np.arange(self.whole.pairs), outcome)
        self._learn(outcome, how)

    def _learn(self, outcome: Outcome, how: str) -> None:
        if outcome.bound is None:
            return
        bound = outcome.bound + self.apart
        if self.known.value is None or bound > self.known.value:
            self.known = Known(bound, how)
            self.search.bounds["blend"] = bound


def least_cost(program: Program) -> int:
    """Return the bound every roster has: what columns and tables cost at their least."""
    from rosterplan.canvas.bound import Multipliers, lower_bound

    def zeros(count: int) -> IntArray:
        return np.zeros(count, dtype=np.int64)

    none = Multipliers(
        zeros(len(program.rows)),
        zeros(len(program.convex)),
        zeros(len(program.any_of.items)),
        zeros(len(program.any_of)),
    )
    return lower_bound(program, stage_costs(program, dict.fromkeys(("blend", "wishes", "comfort"), 1)), none)
