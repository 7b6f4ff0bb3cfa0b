"""Every cost in one sum, too large to be solved as one: counts first, windows after, bounded meanwhile; audited."""

from __future__ import annotations

import numpy as np

from benchmarks.generate import generate
from benchmarks.rulebook import blended
from benchmarks.sizes import Size
from rosterplan.audit import audit
from rosterplan.domain.fairness import full_dues
from rosterplan.model import deep, kind, one_sum, whole
from rosterplan.model.blend_counts import Ahead
from rosterplan.model.blocks import Block, clusters_of, colours_of, side_by_side, units_of, waits_for
from rosterplan.model.build import canvas_of
from rosterplan.model.crew import Alone
from rosterplan.model.greedy import greedy, wished
from rosterplan.model.pieces import value_of
from rosterplan.model.rounds import Incumbent
from rosterplan.model.search import Limits, Search
from rosterplan.model.solve import solve
from rosterplan.rules.book import rule_book

LITTLE = Size("little", 1, 1, 20, 0, 0, 0.0, 0.6)


def test_units_that_share_doctors_are_never_side_by_side():
    canvas = canvas_of(instance := generate(Size("row", 1, 6, 72, 1, 0, 0.15, 0.5), 1), rule_book(instance))
    program = canvas.program()
    units = units_of(canvas, program)
    colour = colours_of(program, units)
    halves = [Block(f"{unit.name}, half", unit.unit, unit.pairs[place::2]) for unit in units for place in (0, 1)]
    ordered = side_by_side(halves, colour)
    waiting = waits_for(program, ordered)
    assert sorted(block.name for block in ordered) == sorted(block.name for block in halves)
    first = [place for place, block in enumerate(ordered) if colour[block.unit] == 0]
    assert len({ordered[place].unit for place in first}) >= 2
    assert all({ordered[other].unit for other in waiting[place]} <= {ordered[place].unit} for place in first)


def test_units_that_share_doctors_are_joined_up_to_a_size():
    canvas = canvas_of(instance := generate(Size("row", 1, 6, 72, 1, 0, 0.15, 0.5), 1), rule_book(instance))
    program = canvas.program()
    units = units_of(canvas, program)
    doctor = canvas.pairs["doctor"][program.pair]
    largest = max(len(unit.pairs) for unit in units)
    assert [len(block.pairs) for block in clusters_of(canvas, program, units, 0)] == [len(one.pairs) for one in units]
    joined = clusters_of(canvas, program, units, 2 * largest)
    assert len(joined) < len(units)
    assert sorted(np.concatenate([block.pairs for block in joined]).tolist()) == list(range(program.pairs))
    for block in joined:
        parts = [unit for unit in units if np.isin(unit.pairs, block.pairs).all()]
        assert len(block.pairs) == sum(len(part.pairs) for part in parts) <= 2 * largest
        for part in parts if len(parts) > 1 else ():
            others = block.pairs[~np.isin(block.pairs, part.pairs)]
            assert np.isin(doctor[part.pairs], doctor[others]).any()


def test_a_roster_goes_to_the_plan_with_likely_pairs_alone():
    canvas = canvas_of(instance := blended(generate(LITTLE, 1)), rule_book(instance), dues=full_dues(instance, 1))
    program = canvas.program()
    start, wanted = greedy(program), greedy(program, wished(program))
    counts = program.convex.base + program.convex.terms.dot(program.values(wanted))
    plan = Ahead(0, counts, wanted | (np.arange(program.pairs) % 3 == 0), close=True)
    assert (start & ~plan.likely).any()
    limits = Limits(1, 1, lambda: False)
    search = Search(canvas, program, Alone(), limits, lambda _event: None, Incumbent(program, start))
    one_sum.aim(search, plan)
    after = search.incumbent
    assert value_of(program, after.column) <= value_of(program, program.values(wanted))
    assert len(program.broken(after.column)) == 0
    assert not (after.held & ~plan.likely).any()
    assert (program.convex.base + program.convex.terms.dot(after.column) == counts).all()


def test_the_bound_is_below_the_value_the_audit_finds(monkeypatch):
    monkeypatch.setattr(deep, "PAIRS_PROVED_WHOLE", 0)
    monkeypatch.setattr(kind, "KIND_EFFORT", 1.0)
    monkeypatch.setattr(kind, "GIVING_EFFORT", 0.2)
    monkeypatch.setattr(one_sum, "GIVING_EFFORT", 0.2)
    monkeypatch.setattr(one_sum, "PLANNED_EFFORT", 0.2)
    monkeypatch.setattr(one_sum, "WIDE_EFFORT", 0.1)
    monkeypatch.setattr(kind, "UNIT_PAIRS", 0)
    monkeypatch.setattr(whole, "PAIRS", 0)
    instance = blended(generate(LITTLE, 1))
    rules = rule_book(instance)
    roster, result = solve(instance, rules, workers=0)
    report, blend = audit(instance, rules, roster), result.stage("blend")
    assert report.clean
    assert blend.value == report.value("blend")
    assert blend.bound is not None and 0 < blend.bound <= blend.value
    assert blend.bound >= 0.95 * blend.value
