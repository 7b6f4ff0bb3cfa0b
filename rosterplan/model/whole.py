"""Programs small enough to be solved as one: each stage in turn, with what the stages before it reached kept.

One worker and no hint (measured: a hint keeps CP-SAT beside it, two workers give another roster each time). What is not
proved within the effort is left to the search by blocks; a better roster found on the way is taken. Doctors differ by their
wishes: looking for symmetries costs more than it brings there (measured: 230 proved in 6 s in place of not in 12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.block import touched_convex
from rosterplan.canvas.harden import UPPER, hardened, unspent
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.canvas.strengthen import strengthened
from rosterplan.domain.result import Stage
from rosterplan.messages import say
from rosterplan.model import tasks
from rosterplan.model.proof import Known, highest
from rosterplan.model.search import Search
from rosterplan.model.task import Outcome, Task

PAIRS_OF_GAPS = 40_000
"""Up to it a roster is planned at the counts of the least largest gaps (measured: 11,100 pairs in 3 s)."""

GAPS_EFFORT = 6.0

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
        _adopt(search, outcome.held, ceiling)
    if outcome.bound is not None and outcome.verdict in ("optimal", "feasible"):
        bound = outcome.bound + whole.apart(stage)
        if before is None or before.value is None or bound > before.value:
            found[stage] = Known(bound, _how(search))
            search.bounds[stage] = bound
    return found


def with_least_gaps(
    search: Search, known: Mapping[Stage, Known], ceiling: int, ranges: tuple[IntArray, IntArray]
) -> dict[Stage, Known]:
    """Plan at counts whose largest gaps are least, where such gaps cost; return ``known`` with what they prove of the blend."""
    found = dict(known)
    charged = any(one.stage in tasks.BLEND for one in search.program.spreads)
    if not charged or not 0 < search.program.pairs <= PAIRS_OF_GAPS or search.limits.over():
        return found
    whole = _Whole(search, "blend")
    outcome = whole.at_least_gaps(ceiling, ranges)
    if outcome.held is not None:
        _adopt(search, outcome.held, ceiling)
    if outcome.bound is None:
        return found
    found = highest(found, {"blend": Known(outcome.bound + whole.apart("blend"), _by_counts(search))})
    search.bounds["blend"] = found["blend"].value or 0
    return found


def _adopt(search: Search, held: BoolArray, ceiling: int | None) -> None:
    """Hold a roster that is better: below fairness, as fair as ``ceiling`` asks is fair enough."""
    if ceiling is None:
        search.adopt(np.arange(search.program.pairs), held)
    else:
        search.adopt_kinder(held, ceiling)


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

    def at_least_gaps(self, ceiling: int, ranges: tuple[IntArray, IntArray]) -> Outcome:
        """Return a roster at counts whose largest gaps are least, if there is one, and the bound these gaps prove."""
        return self._planned(replace(self._task("blend", ceiling, ranges, GAPS_EFFORT), engine="gaps", name="gaps"))

    def apart(self, stage: Stage) -> int:
        """Return what the stage costs whatever is held."""
        return _value(self.search.program, stage, self.column) - _value(self.part, stage, self.now)

    def solved(
        self, stage: Stage, ceiling: int | None, ranges: tuple[IntArray, IntArray] | None, effort: float
    ) -> Outcome:
        """Return what CP-SAT says, on one process."""
        return self._planned(self._task(stage, ceiling, ranges, effort))

    def _task(self, stage: Stage, ceiling: int | None, ranges: tuple[IntArray, IntArray] | None, effort: float) -> Task:
        search, low, high = self.search, None, None
        if ranges is not None:
            numbers = touched_convex(search.program, self.every, self.column)
            low, high = ranges[0][numbers], ranges[1][numbers]
        return Task(
            self.part, ((stage, 1),), effort, search.limits.seed, limits=self._kept(stage, ceiling),
            missing_cap=tasks.no_more_missing(self.part, self.now), count_low=low, count_high=high, name="whole",
            symmetry=stage != "blend",
        )  # fmt: skip

    def _planned(self, task: Task) -> Outcome:
        """Return what one process answers."""
        search = self.search
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
    if _has_holes(search):
        return say(
            fr="résolution exacte du tableau entier, à gardes non pourvues données",
            en="exact solution of the whole roster, its unfilled duties given",
        )
    return say(fr="résolution exacte du tableau entier", en="exact solution of the whole roster")


def _by_counts(search: Search) -> str:
    """Say that largest gaps are known from how many duties there are, and under which holes."""
    if _has_holes(search):
        return say(
            fr="nombre de gardes à répartir, celles qui ne sont pas pourvues étant données",
            en="how many duties there are to share, the unfilled ones given",
        )
    return say(fr="nombre de gardes à répartir", en="how many duties there are to share")


def _has_holes(search: Search) -> bool:
    missing = tasks.missing_of(search.program, search.incumbent.column)
    return bool(missing[search.program.rows.under_stage == tasks.COVERAGE].any())
