"""Wishes and comfort with fairness at a price: the sum is what it says, its bound is safe, and what is taken is as fair as asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from time import monotonic
from types import SimpleNamespace

import numpy as np
import pytest

from rosterplan.canvas.priced import priced
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.canvas.spread import Spread
from rosterplan.model import blend_process, blocks, kind_aim, tasks
from rosterplan.model.deep import all_in_blend
from rosterplan.model.progress import Progress
from rosterplan.model.search import Search
from tests.exact.test_bound_kind import FAIRNESS, beside_every_roster, every_roster


@contextmanager
def bounded_here(search: Search, *, as_covered: bool, groups: Sequence[blocks.Block]) -> Iterator[object]:
    """The linear program of one sum, without a process."""
    assert as_covered
    rounds = list(blend_process.rounds_of(search, groups)())
    yield SimpleNamespace(
        plan=lambda: next((one for one in rounds if one.close), None), last_value=lambda: rounds[-1].value
    )


@pytest.fixture(autouse=True)
def two_units(monkeypatch):
    monkeypatch.setattr(blocks, "MERGE_OVERLAP", 2.0)


def test_a_priced_sum_costs_fairness_and_so_many_times_wishes_and_comfort_of_every_roster():
    for seed in range(6):
        one = beside_every_roster(seed)
        price = Random(seed).randint(1, 900)
        program = one.search.program
        sum_of_all = priced(program, price)
        for column in every_roster(one.search)[::7]:
            costs, joined = program.costs(column), sum_of_all.costs(column)
            wanted = int(costs[FAIRNESS]) + price * sum(int(costs[stage]) for stage in tasks.BLEND)
            assert sum(int(joined[stage]) for stage in tasks.BLEND) == wanted
            assert joined[FAIRNESS] == 0
            assert joined[STAGE_NUMBER["coverage"]] == costs[STAGE_NUMBER["coverage"]]


def test_a_largest_gap_is_no_part_of_a_priced_sum():
    program = beside_every_roster(1).search.program
    gap = Spread(program.rows.terms, np.zeros(1), np.ones(1), 1, 1, FAIRNESS, 0)
    with pytest.raises(ValueError, match="largest gap"):
        priced(replace(program, spreads=(gap,)), 3)


def test_what_is_planned_at_a_price_is_as_fair_as_asked_and_no_roster_is_kinder_than_its_bound(monkeypatch):
    monkeypatch.setattr(kind_aim, "bound_meanwhile", bounded_here)
    bounds = leasts = lowered = 0
    for seed in range(30):
        one = beside_every_roster(seed)
        before, missing = one.now(), one.search.missing_by_duty().sum()
        known = kind_aim.aimed(one.search, one.ceiling, one.ranges)
        counts = one.search.program.convex.base + one.search.program.convex.terms.dot(one.search.incumbent.column)
        low, high = one.ranges
        assert one.search.fairness() <= one.ceiling
        assert ((low <= counts) & (counts <= high)).all()
        assert one.search.missing_by_duty().sum() <= missing
        assert one.least <= one.now() <= before
        assert not len(one.search.program.broken(one.search.incumbent.column))
        value = known["blend"].value if known else None
        assert value is None or value <= one.least, seed
        bounds, leasts, lowered = bounds + (value or 0), leasts + one.least, lowered + (one.now() < before)
    assert lowered >= 8
    assert bounds >= 0.7 * leasts, (bounds, leasts)


def test_who_waits_hears_each_step_with_the_value_and_a_bound_no_roster_is_below(monkeypatch):
    monkeypatch.setattr(blend_process, "HEARD_EVERY_SECONDS", 0.0)
    one = beside_every_roster(4)
    one.search.limits = replace(one.search.limits, deadline=monotonic() + 1_000)
    events: list[Progress] = []
    one.search.listener = events.append
    before = one.now()
    known = kind_aim.aimed(one.search, one.ceiling, one.ranges)
    assert events[0].step == "program"
    assert {"program", "towards"} <= {event.step for event in events}
    assert {event.stage for event in events} == {"blend"}
    assert events[0].value == before and events[-1].value == one.now()
    bounds = [event.bound for event in events if event.bound is not None]
    assert bounds == sorted(bounds) and bounds[-1] == known["blend"].value <= one.least
    left = [event.remaining for event in events]
    assert None not in left and left == sorted(left, reverse=True) and left[-1] > 900  # of the whole run, not of this


def test_a_department_too_large_for_one_program_is_planned_by_groups_of_sectors(monkeypatch):
    monkeypatch.setattr(kind_aim, "WHOLE_PAIRS", 3)
    monkeypatch.setattr(kind_aim, "GROUP_PAIRS", 0)
    monkeypatch.setattr(kind_aim, "bound_meanwhile", bounded_here)
    bounds = leasts = lowered = 0
    for seed in range(20):
        one = beside_every_roster(seed)
        before = one.now()
        known = kind_aim.aimed(one.search, one.ceiling, one.ranges)
        assert one.search.fairness() <= one.ceiling
        assert one.least <= one.now() <= before
        assert not len(one.search.program.broken(one.search.incumbent.column))
        value = known["blend"].value if known else None
        assert value is None or value <= one.least, seed
        bounds, leasts, lowered = bounds + (value or 0), leasts + one.least, lowered + (one.now() < before)
    assert lowered >= 5
    assert bounds >= 0.6 * leasts, (bounds, leasts)


def test_a_large_department_is_left_to_windows_where_time_is_too_short_for_its_groups(monkeypatch):
    monkeypatch.setattr(kind_aim, "WHOLE_PAIRS", 3)
    monkeypatch.setattr(kind_aim, "SECONDS_PER_PAIR", 50.0)
    monkeypatch.setattr(kind_aim, "bound_meanwhile", lambda *_, **__: pytest.fail("nothing is begun"))
    one = beside_every_roster(2)
    one.search.limits = replace(one.search.limits, deadline=monotonic() + 60)
    assert kind_aim.aimed(one.search, one.ceiling, one.ranges) == {}


def test_no_bound_is_claimed_where_the_program_says_nothing(monkeypatch):
    @contextmanager
    def nothing_heard(_search: Search, **_more: object) -> Iterator[object]:
        yield SimpleNamespace(plan=lambda: None, last_value=lambda: None)

    monkeypatch.setattr(kind_aim, "bound_meanwhile", nothing_heard)
    one = beside_every_roster(2)
    held = one.search.incumbent.held.copy()
    assert kind_aim.aimed(one.search, one.ceiling, one.ranges) == {}
    assert (one.search.incumbent.held == held).all()
    assert not all_in_blend(one.search.program)
