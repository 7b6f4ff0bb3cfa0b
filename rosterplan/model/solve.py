"""From an instance and its rules to a roster and what is proved of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.domain.fairness import SCALE, full_dues, positions_held
from rosterplan.domain.fairness import dues as dues_of
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Result, Stage
from rosterplan.domain.roster import Assignment, Due, Roster
from rosterplan.messages import say
from rosterplan.model.build import Kept, canvas_of
from rosterplan.model.crew import Alone, Crew, crew_of
from rosterplan.model.deep import all_in_blend, concerns, deepen, mend
from rosterplan.model.fair import fairly
from rosterplan.model.greedy import greedy, polished, wished
from rosterplan.model.kind import kinder
from rosterplan.model.kind_aim import aimed
from rosterplan.model.kind_bound import bound_seconds, kind_bound
from rosterplan.model.one_sum import improve
from rosterplan.model.pieces import value_of
from rosterplan.model.progress import Listener
from rosterplan.model.proof import CoverageKnown, Known, coverage_known, highest, loads_known, result_of
from rosterplan.model.ranges import count_ranges
from rosterplan.model.rounds import Incumbent
from rosterplan.model.search import Limits, Search
from rosterplan.model.settle import optional, settle
from rosterplan.model.whole import prove, proved, small, with_least_gaps
from rosterplan.rules.base import Rule

TAU = 0.02
"""Squared duties per doctor that wishes may always cost fairness."""

POLISHING_PASSES = 8
"""Passes over all duties; most of the gain comes in the first three (measured)."""

AT_FIRST = 1.0
"""Deterministic time a small whole is tried as one before all else (measured: a month of 85 physicians takes 0.3)."""

FIRST_TRY = 3.0
"""Deterministic time wishes and comfort of a small whole are tried as one: a line of 14 doctors over a quarter takes most of it (measured)."""

POLISHED_PAIRS = 500_000
"""Pairs looked at by all passes together: three passes of two seconds for a region of 168,000 pairs."""


def solve(
    instance: Instance,
    rules: Sequence[Rule],
    *,
    seed: int = 1,
    effort: int = 1,
    time_limit_seconds: float | None = None,
    workers: int = 2,
    kept: Kept | None = None,
    dues: tuple[Due, ...] | None = None,
    listener: Listener = lambda _progress: None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Roster, Result]:
    """Return a roster and its result; same input, seed and effort: same roster, whatever ``workers``.

    ``kept`` lines do not move; ``dues`` are reused where given (a published roster), else made for the positions
    the roster holds. A run cut by time or ``stop`` says `stopped` and returns the best roster found.
    """
    began = time.monotonic()
    deadline = None if time_limit_seconds is None else began + time_limit_seconds
    limits = Limits(seed, effort, stop, deadline)
    with crew_of(workers) as crew:
        search = _first(instance, rules, crew, limits, listener, kept, dues or full_dues(instance, seed), began)
        if concerns(search) and mend(search):
            return _of_one_sum(search, kept is not None)
        search.fill_holes()
        search.thin()
        coverage = coverage_known(search)
        search.thin()
        if dues is None:
            search = _for_its_positions(search, instance, rules, kept, seed)
        if all_in_blend(search.program) and len(search.program.convex):
            return _of_one_large_sum(search, coverage, kept is not None)
        return _of_stages(search, coverage, kept is not None)


def _of_stages(search: Search, coverage: CoverageKnown, rest_kept: bool) -> tuple[Roster, Result]:
    """Return the roster and result of the stages below cover, each improved without harm to those above."""
    light = search.lighten()
    known = loads_known(search) if light else {}
    known = prove(search, "shares", prove(search, "caps", known))
    known = prove(search, "fairness", known | fairly(search))
    best = _cost(search, "fairness")
    ranges = count_ranges(search.program, search.incumbent.column)
    known = _kindly(search, known, _ceiling(search.canvas.instance, best), ranges)
    stopped = search.limits.over()
    roster = roster_of_held(search.canvas, search.program, search.incumbent.held)
    return roster, result_of(search, coverage, known, best, stopped=stopped, rest_kept=rest_kept)


def _ceiling(instance: Instance, best: int) -> int:
    """Return the worst value of fairness that wishes and comfort may go to from the best one found."""
    return best + max(int(instance.plan.fairness_tolerance * best), int(TAU * SCALE * len(instance.doctors)))


def _kindly(
    search: Search, known: dict[Stage, Known], ceiling: int, ranges: tuple[IntArray, IntArray]
) -> dict[Stage, Known]:
    """Improve wishes and comfort until they are proved best or effort is used up; return what is proved.

    A small whole is tried for a short while, then units alone for a bound, which ends the search once it is reached. A
    large one has its bound near the end; where time is limited, some of it is kept for that.
    """
    known = with_least_gaps(search, known, ceiling, ranges)
    known = prove(search, "blend", known, ceiling=ceiling, ranges=ranges, effort=FIRST_TRY)
    if small(search) and not proved(search, "blend", known):
        known = highest(known, kind_bound(search, ceiling, ranges))
    if proved(search, "blend", known) or search.limits.over():
        return known
    if small(search):
        kinder(search, ceiling, ranges)
        return known
    known = highest(known, aimed(search, ceiling, ranges))
    limits = search.limits
    search.limits = limits.sparing(bound_seconds(search))
    kinder(search, ceiling, ranges)
    cut, search.limits = search.limits.over(), limits
    if "blend" not in known:
        known = highest(known, kind_bound(search, ceiling, ranges))
    if cut:
        kinder(search, ceiling, ranges)
    return known


def _of_one_sum(search: Search, rest_kept: bool) -> tuple[Roster, Result]:
    """Return the roster and result where every cost is in the blend: nothing stands above it."""
    known = deepen(search)
    nothing = CoverageKnown(
        (), frozenset(), say(fr="rien à pourvoir avant le reste", en="nothing to fill before the rest")
    )
    roster = roster_of_held(search.canvas, search.program, search.incumbent.held)
    proven = "blend" in known and known["blend"].value == value_of(search.program, search.incumbent.column)
    stopped = search.limits.over() and not proven
    return roster, result_of(search, nothing, known, 0, stopped=stopped, rest_kept=rest_kept)


def _of_one_large_sum(search: Search, coverage: CoverageKnown, rest_kept: bool) -> tuple[Roster, Result]:
    """Return the roster and result where every cost is in the blend: solved as one where it can be, else unit by unit."""
    known = prove(search, "blend", {}, effort=AT_FIRST)
    if not proved(search, "blend", known):
        known = highest(known, improve(search))
        known = prove(search, "blend", known)
    roster = roster_of_held(search.canvas, search.program, search.incumbent.held)
    return roster, result_of(search, coverage, known, 0, stopped=search.limits.over(), rest_kept=rest_kept)


def _first(
    instance: Instance,
    rules: Sequence[Rule],
    crew: Crew | Alone,
    limits: Limits,
    listener: Listener,
    kept: Kept | None,
    dues: tuple[Due, ...],
    began: float,
) -> Search:
    """Return a search that starts from the greedy roster."""
    canvas = canvas_of(instance, rules, dues=dues, kept=kept)
    program = canvas.program()
    first = greedy(program, stop=limits.stop)
    search = Search(canvas, program, crew, limits, listener, Incumbent(program, first), started=began)
    search.tell("coverage")
    one_sum = all_in_blend(program) and search.holes_dear
    if one_sum:
        search.adopt(np.arange(program.pairs), greedy(program, wished(program, limits.over), limits.over))
    _polish(search, passes=1 if one_sum else POLISHING_PASSES)  # in one sum, duties given out anew do better
    search.thin()
    search.tell("coverage")
    return search


def _polish(search: Search, passes: int = POLISHING_PASSES) -> None:
    """Move single duties to whoever holds them better, pass by pass."""
    program, stop = search.program, search.limits.over
    for _ in range(min(passes, _polishing_passes(program))):
        if stop():
            break
        before = search.incumbent.held.copy()
        search.incumbent.take(np.arange(program.pairs), polished(program, before, passes=1, stop=stop))
        if np.array_equal(before, search.incumbent.held):
            break
        search.tell("coverage")


def _polishing_passes(program: Program) -> int:
    """Return how many passes a program is polished: all where it is small, fewer where each takes seconds."""
    return min(POLISHING_PASSES, max(1, POLISHED_PAIRS // max(program.pairs, 1)))


def _for_its_positions(
    search: Search, instance: Instance, rules: Sequence[Rule], kept: Kept | None, seed: int
) -> Search:
    """Return the search under the dues of the positions its roster holds: holes create no debt."""
    roster = roster_of_held(search.canvas, search.program, search.incumbent.held)
    dues = dues_of(instance, positions_held(instance, roster), seed)
    if dues == search.canvas.dues and not optional(search.canvas).any():
        return search
    canvas = canvas_of(instance, rules, dues=dues, kept=kept)
    settle(canvas, roster)
    program = canvas.program()
    held = np.isin(program.pair, search.program.pair[search.incumbent.held])
    settled = Search(
        canvas, program, search.crew, search.limits, search.listener, Incumbent(program, held), started=search.started
    )
    _polish(settled)
    return settled


def _cost(search: Search, stage: Stage) -> int:
    return int(search.program.costs(search.incumbent.column)[STAGE_NUMBER[stage]])


def roster_of_held(canvas: Canvas, program: Program, held: BoolArray) -> Roster:
    """Return the roster of the pairs held and of those fixed, under the canvas's dues."""
    pairs, instance = canvas.pairs, canvas.instance
    locked = {(lock.duty, lock.doctor) for lock in instance.locks}
    fixed = np.flatnonzero((pairs["fixed"] == 1) & (pairs["past"] == 0))
    chosen = np.concatenate((program.pair[held], fixed))
    cells = sorted(
        (
            instance.duties[duty].start_minute,
            instance.duties[duty].line,
            instance.duties[duty].id,
            instance.doctors[doctor].id,
        )
        for duty, doctor in zip(pairs["duty"][chosen].tolist(), pairs["doctor"][chosen].tolist(), strict=True)
    )
    return Roster(
        assignments=tuple(
            Assignment(duty=duty, doctor=doctor, locked=(duty, doctor) in locked) for _, _, duty, doctor in cells
        ),
        dues=canvas.dues or (),
    )
