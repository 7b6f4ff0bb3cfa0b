"""Programs small enough to be solved as one: each stage in turn, with what the stages before it reached kept.

One worker and no hint (measured: a hint keeps CP-SAT beside it, two workers give another roster each time). What is not
proved within the effort is left to the search by blocks; a better roster found on the way is taken. Doctors differ by their
wishes: looking for symmetries costs more than it brings there (measured: 230 proved in 6 s in place of not in 12).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import IntArray
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.block import touched_convex
from rosterplan.canvas.harden import UPPER, hardened, unspent
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.canvas.strengthen import strengthened
from rosterplan.domain.result import Stage
from rosterplan.messages import say
from rosterplan.model import tasks
from rosterplan.model.proof import Known
from rosterplan.model.search import Search
from rosterplan.model.task import Outcome, Task

PAIRS = 4_500
"""Up to it a whole is tried (measured: 3,946 pairs proved in 4 s; the sector of 54 doctors not within a minute)."""

EFFORT: Mapping[Stage, float] = {"caps": 2.0, "shares": 2.0, "fairness": 4.0, "blend": 6.0}
"""Deterministic time of each stage; a unit is one to three seconds."""


def small(search: Search) -> bool:
    """True if the program may be solved as one."""
    return 0 < search.program.pairs <= PAIRS


def prove(
    search: Search,
    stage: Stage,
    known: Mapping[Stage, Known],
    *,
    ceiling: int | None = None,
    ranges: tuple[IntArray, IntArray] | None = None,
    effort: float | None = None,
) -> dict[Stage, Known]:
    """Solve the whole for a stage, upper ones no worse than now; return ``known`` with what is proved now.

    ``effort``: deterministic time, that of the stage by default. ``ceiling`` limits fairness and ``ranges`` the counts of each table, for the stages after it.
    """
    found = dict(known)
    value = _value(search.program, stage, search.incumbent.column)
    before = known.get(stage)
    if (
        not small(search)
        or search.limits.over()
        or value == 0
        or (before and before.value is not None and before.value >= value)
    ):
        return found
    whole = _Whole(search, stage)
    outcome = whole.solved(stage, ceiling, ranges, EFFORT[stage] if effort is None else effort)
    if outcome.held is not None:
        search.adopt(np.arange(search.program.pairs), outcome.held)
    if outcome.bound is not None and outcome.verdict in ("optimal", "feasible"):
        bound = outcome.bound + whole.apart(stage)
        if before is None or before.value is None or bound > before.value:
            found[stage] = Known(bound, _how(search))
            search.bounds[stage] = bound
    return found


def proved(search: Search, stage: Stage, known: Mapping[Stage, Known]) -> bool:
    """True if the roster of now is proved best in a stage."""
    bound = known[stage].value if stage in known else None
    value = _value(search.program, stage, search.incumbent.column)
    return value == 0 or (bound is not None and bound >= value)


class _Whole:
    """The program over all its pairs, tightened for a stage; costs that no pair can change are apart."""

    def __init__(self, search: Search, stage: Stage) -> None:
        self.search = search
        self.column = search.incumbent.column
        self.every = np.arange(search.program.pairs)
        part = cut(search.program, self.every, self.column)
        now = part.values(search.incumbent.held)
        above = [one for one in UPPER if one < min(_numbers(stage))]
        self.part = strengthened(hardened(part, now, unspent(part, now, above)))
        self.now = self.part.values(search.incumbent.held)

    def apart(self, stage: Stage) -> int:
        """Return what the stage costs whatever is held."""
        return _value(self.search.program, stage, self.column) - _value(self.part, stage, self.now)

    def solved(
        self, stage: Stage, ceiling: int | None, ranges: tuple[IntArray, IntArray] | None, effort: float
    ) -> Outcome:
        """Return what CP-SAT says, on one process."""
        search, low, high = self.search, None, None
        if ranges is not None:
            numbers = touched_convex(search.program, self.every, self.column)
            low, high = ranges[0][numbers], ranges[1][numbers]
        task = Task(
            self.part, ((stage, 1),), effort, search.limits.seed, limits=self._kept(stage, ceiling),
            missing_cap=tasks.no_more_missing(self.part, self.now), count_low=low, count_high=high, name="whole",
            symmetry=stage != "blend",
        )  # fmt: skip
        ticket = search.crew.submit(task)
        while ticket not in search.arrived and not search.limits.over():
            search.arrived.update(search.crew.outcomes())
        return search.arrived.pop(ticket, Outcome("lost"))

    def _kept(self, stage: Stage, ceiling: int | None) -> tuple[tuple[Stage, int], ...]:
        """Return the limits of the stages above: no worse than now, fairness within its ceiling."""
        upper: tuple[Stage, ...] = ("caps", "shares", "fairness")
        limits = []
        for one in upper[: upper.index(stage)] if stage in upper else upper:
            most = _value(self.part, one, self.now)
            if one == "fairness" and ceiling is not None:
                most = max(most, ceiling - self.apart(one))
            limits.append((one, most))
        return tuple(limits)


def _numbers(stage: Stage) -> tuple[int, ...]:
    return tasks.BLEND if stage == "blend" else (STAGE_NUMBER[stage],)


def _value(program: Program, stage: Stage, column: IntArray) -> int:
    costs = program.costs(column)
    return sum(int(costs[number]) for number in _numbers(stage))


def _how(search: Search) -> str:
    """Say how it is known, and under which holes."""
    if tasks.missing_of(search.program, search.incumbent.column)[
        search.program.rows.under_stage == tasks.COVERAGE
    ].any():
        return say(
            fr="résolution exacte du tableau entier, à gardes non pourvues données",
            en="exact solution of the whole roster, its unfilled duties given",
        )
    return say(fr="résolution exacte du tableau entier", en="exact solution of the whole roster")
