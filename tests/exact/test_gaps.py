"""Largest gaps by counts alone: the least is that of every way to share, the bound is safe, and a roster that reaches it is proved."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from rosterplan.canvas.arrays import grouped, ints
from rosterplan.canvas.spread import Spread
from rosterplan.domain.rulebook import RuleRow, Scope, soft
from rosterplan.model import gaps, tasks
from rosterplan.model.compile import solve_by_cp_sat
from rosterplan.model.gaps import least_gap, planned_at_least_gaps, total_held
from rosterplan.model.recheck import trusted
from rosterplan.model.task import Outcome, Task
from rosterplan.model.whole import proved, with_least_gaps
from tests.exact.test_bound_kind import ROWS, beside_every_roster, every_roster, least_with_these_holes

GAPS = (
    RuleRow(code="largest-gap", strength=soft("comfort", 9)),
    RuleRow(code="largest-gap", row="soirées", scope=Scope(bands=("soiree",)), strength=soft("blend", 4)),
)
KEPT = tuple(row for row in ROWS if row.code != "wishes")


def a_spread(draw: np.random.Generator) -> Spread:
    """Three groups of up to four columns, some duties held besides."""
    sizes = draw.integers(0, 5, 3)
    columns = grouped(np.repeat(np.arange(3), sizes), np.arange(sizes.sum()), np.ones(sizes.sum(), dtype=np.int64), 3)
    return Spread(columns, ints(draw.integers(0, 3, 3)), ints(draw.integers(25, 101, 3)), 100, 1, 0, 0)


def test_the_least_gap_is_that_of_every_way_to_share_what_is_held_in_all():
    infeasible = 0
    for seed in range(60):
        draw = np.random.default_rng(seed)
        spread = a_spread(draw)
        most = spread.base + spread.terms.lengths
        low = int(draw.integers(0, most.sum() + 2))
        total = low, low + int(draw.integers(2))
        counts, gap, _ = least_gap(spread, total, 1)
        ways = [
            ints(way)
            for way in product(*(range(first, last + 1) for first, last in zip(spread.base, most, strict=True)))
            if total[0] <= sum(way) <= total[1]
        ]
        gaps = [
            max(0, -(-int(np.abs(np.outer(spread.scale, way) - np.outer(way, spread.scale)).max()) // 100))
            for way in ways
        ]
        if not ways:
            infeasible += 1
            assert counts is None
            continue
        assert gap == min(gaps)
        assert counts is not None and gaps[[way.tolist() for way in ways].index(counts.tolist())] == gap
    assert infeasible


def test_what_all_hold_is_within_what_the_needs_of_their_duties_say():
    exact = 0
    for seed in range(20):
        one = beside_every_roster(seed, (*KEPT, *GAPS))
        program = one.search.program
        cap = tasks.no_more_missing(program, one.search.incumbent.column)
        rosters = [
            column
            for column in every_roster(one.search)
            if (tasks.missing_of(program, column)[cap >= 0] <= cap[cap >= 0]).all()
        ]
        for spread in program.spreads:
            low, high = total_held(program, spread, cap)
            held = {int(spread.base.sum() + spread.terms.dot(column).sum()) for column in rosters}
            assert low <= min(held) and max(held) <= high
            exact += low == high
    assert exact


@pytest.mark.parametrize("spaced", [False, True])
def test_no_roster_costs_less_than_the_bound_and_one_that_reaches_it_is_said_best(spaced):
    best = better = 0
    rows = tuple(row for row in (*KEPT, *GAPS) if spaced or row.code != "spacing")
    for seed in range(25):
        one = beside_every_roster(seed, rows)
        before, least = one.now(), least_with_these_holes(one)
        known = with_least_gaps(one.search, {}, one.ceiling, one.ranges)
        assert known["blend"].value is not None and known["blend"].value <= least <= one.now() <= before
        assert one.search.fairness() <= one.ceiling
        better += one.now() < before
        if proved(one.search, "blend", known):
            best += 1
            assert one.now() == least
    assert better and (best or spaced)


def test_a_department_without_largest_gaps_is_left_alone():
    one = beside_every_roster(1, KEPT)
    held = one.search.incumbent.held.copy()
    assert with_least_gaps(one.search, {}, one.ceiling, one.ranges) == {}
    assert np.array_equal(one.search.incumbent.held, held)


def test_what_is_planned_at_least_gaps_holds_on_the_canvas():
    planned = 0
    for seed in range(15):
        one = beside_every_roster(seed, (*KEPT, *GAPS))
        program = one.search.program
        cap = tasks.no_more_missing(program, one.search.incumbent.column)
        task = Task(program, (("blend", 1),), 2.0, 1, missing_cap=cap, engine="gaps")
        outcome = trusted(task, planned_at_least_gaps(task))
        assert outcome.verdict != "lost"
        if outcome.held is not None:
            planned += 1
            costs = program.costs(program.values(outcome.held))
            value = sum(int(costs[stage]) for stage in tasks.BLEND)
            assert outcome.bound is not None and outcome.bound <= value == outcome.objective
            assert (outcome.verdict == "optimal") == (value == outcome.bound)
    assert planned


def test_where_no_roster_is_at_the_counts_one_is_sought_a_duty_apart_from_them(monkeypatch):
    program = beside_every_roster(0, (*KEPT, *GAPS)).search.program
    asked = []

    def first_is_impossible(task: Task) -> Outcome:
        asked.append(task.group_counts)
        return Outcome("infeasible") if len(asked) == 1 else solve_by_cp_sat(task)

    monkeypatch.setattr(gaps, "solve_by_cp_sat", first_is_impossible)
    outcome = planned_at_least_gaps(Task(program, (("blend", 1),), 2.0, 1, engine="gaps"))
    assert outcome.held is not None and len(asked) == 2
    for (low, high), (lower, higher), spread in zip(*asked, program.spreads, strict=True):
        assert np.array_equal(low, high)
        assert np.array_equal(lower, np.maximum(low - 1, spread.base))
        assert np.array_equal(higher, np.minimum(high + 1, spread.base + spread.terms.lengths))
