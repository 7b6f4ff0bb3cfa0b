"""Told to end, the fairness bound ends where it stands: what it says then is safe, and nothing more is begun."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from benchmarks.generate import generate
from benchmarks.sizes import Size
from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.bound import Costs
from rosterplan.domain.fairness import full_dues
from rosterplan.model import kind_bound, tasks
from rosterplan.model import solve as solving
from rosterplan.model.build import canvas_of
from rosterplan.model.coverage_bound import coverage_bound
from rosterplan.model.greedy import greedy
from rosterplan.model.highs import quiet_solver
from rosterplan.model.linear import linear_program, load
from rosterplan.model.patterns import Counting, FairnessBound
from rosterplan.model.progress import Progress
from rosterplan.model.search import Limits
from rosterplan.model.solve import solve
from rosterplan.rules.book import rule_book

SHARED = Size("tiny-shared", 1, 3, 42, 0, 0, 0.5, 0.05)
ONE = Size("tiny-one", 1, 1, 9, 0, 0, 0.0, 0.05)
AT_ONCE = 12
"""Looks at the clock on the way out: one per loop that is left."""


class Clock:
    """A stop that says yes from its ``last`` look on."""

    def __init__(self, last: int | None) -> None:
        self.last, self.looks = last, 0

    def __call__(self) -> bool:
        self.looks += 1
        return self.last is not None and self.looks > self.last


@pytest.fixture(scope="module")
def department() -> tuple[Canvas, Program]:
    instance = generate(SHARED, 1)
    canvas = canvas_of(instance, rule_book(instance), dues=full_dues(instance, 1))
    return canvas, canvas.program()


def bounded(department: tuple[Canvas, Program], stop: Callable[[], bool]) -> FairnessBound:
    canvas, program = department
    missing = tasks.missing_of(program, program.values(greedy(program)))
    counting = Counting(canvas, program, missing, stop=stop)
    for _ in range(5):
        if not counting.tighten(counting.homes):
            break
    return counting.found()


def test_wherever_it_is_stopped_the_bound_is_safe_and_it_ends_at_once(department: tuple[Canvas, Program]):
    whole = Clock(None)
    full = bounded(department, whole)
    plain = bounded(department, lambda: False)
    assert full.counts is not None and plain.counts is not None and whole.looks > 200
    assert full.value == plain.value and np.array_equal(full.counts, plain.counts)
    for last in np.unique(np.geomspace(1, whole.looks - 1, 4).astype(int)).tolist():
        clock = Clock(last)
        found = bounded(department, clock)
        assert found.value <= full.value
        assert found.counts is None
        assert clock.looks - last <= AT_ONCE


def test_highs_itself_is_interrupted(department: tuple[Canvas, Program]):
    program = department[1]
    none = np.zeros(len(program.rows), dtype=np.int64)
    costs = Costs(-np.ones(program.columns, dtype=np.int64), none, none, np.zeros(0, dtype=np.int64))
    steps = []
    for last in (None, 5):
        solver = quiet_solver(stop=Clock(last))
        load(solver, linear_program(program, costs))
        solver.run()
        steps.append(int(solver.getInfo().simplex_iteration_count))
    assert steps[1] <= 6 < steps[0]


def test_a_run_stopped_in_fairness_says_so_and_bounds_no_wishes(monkeypatch: pytest.MonkeyPatch):
    instance = generate(ONE, 1)
    reached: list[str] = []
    clock = Clock(None)

    def listen(progress: Progress) -> None:
        if progress.stage == "fairness" and clock.last is None:
            clock.last = clock.looks

    monkeypatch.setattr(kind_bound, "_task", lambda *_: reached.append("task"))
    _, result = solve(instance, rule_book(instance), workers=0, listener=listen, stop=clock)
    assert clock.last is not None
    assert result.status == "stopped" and not reached


def test_a_timed_run_keeps_some_of_its_time_for_the_bound_of_wishes_and_uses_what_is_left(monkeypatch):
    deadline = time.monotonic() + 1000
    search = SimpleNamespace(limits=Limits(1, 1, lambda: False, deadline), bounds={})
    asked: list[tuple[str, float]] = []
    over = iter((True, False))

    def kinder(search: Any, *_: object) -> None:
        asked.append(("kinder", search.limits.deadline))
        if next(over):
            search.limits = replace(search.limits, stop=lambda: True)

    monkeypatch.setattr(solving, "kinder", kinder)
    monkeypatch.setattr(solving, "kind_bound", lambda search, *_: asked.append(("bound", search.limits.deadline)) or {})
    monkeypatch.setattr(solving, "aimed", lambda *_: {})
    monkeypatch.setattr(solving, "with_least_gaps", lambda _search, known, *_: known)
    monkeypatch.setattr(solving, "bound_seconds", lambda _search: 50.0)
    monkeypatch.setattr(solving, "prove", lambda _search, _stage, known, **_: known)
    monkeypatch.setattr(solving, "small", lambda _search: False)
    monkeypatch.setattr(solving, "proved", lambda *_: False)
    nothing = np.zeros(0, dtype=np.int64)
    solving._kindly(search, {}, 0, (nothing, nothing))
    assert asked == [("kinder", deadline - 50.0), ("bound", deadline), ("kinder", deadline)]


@pytest.mark.parametrize(("seconds", "kept"), [(50.0, 50.0), (900.0, 333.0)])
def test_at_most_a_third_of_what_is_left_is_kept_for_later(seconds: float, kept: float):
    deadline = time.monotonic() + 1000
    spared = Limits(1, 1, lambda: False, deadline).sparing(seconds)
    assert spared.deadline == pytest.approx(deadline - kept, abs=1.0)
    assert Limits(1, 1, lambda: False).sparing(seconds).deadline is None


def test_a_bound_of_holes_that_is_stopped_claims_no_more_than_the_whole_one():
    instance = generate(Size("tiny-short", 1, 1, 5, 0, 0, 0.0, 0.05, short=1.0), 1)
    program = canvas_of(instance, rule_book(instance), dues=full_dues(instance, 1)).program()
    missing = tasks.missing_of(program, program.values(greedy(program)))
    whole = Clock(None)
    full = coverage_bound(program, missing, stop=whole)
    assert full == coverage_bound(program, missing) and full.levels[-1][1] > 0
    for last in np.unique(np.geomspace(1, whole.looks - 1, 5).astype(int)).tolist():
        clock = Clock(last)
        found = coverage_bound(program, missing, stop=clock)
        assert found.unavoidable <= full.unavoidable
        assert all(one <= other for (_, one), (_, other) in zip(found.levels, full.levels, strict=True))
        assert clock.looks - last <= AT_ONCE
