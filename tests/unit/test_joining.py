"""Units planned apart and joined: a unit takes doctors from its neighbours where it must, and the plan is met in the end."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.generate import generate
from benchmarks.sizes import Size
from rosterplan.audit import audit
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.domain.fairness import full_dues
from rosterplan.model import tasks
from rosterplan.model.blocks import units_of
from rosterplan.model.build import canvas_of
from rosterplan.model.crew import Alone
from rosterplan.model.greedy import greedy
from rosterplan.model.joining import Joining
from rosterplan.model.patterns import Counting
from rosterplan.model.rounds import Incumbent
from rosterplan.model.solve import roster_of_held
from rosterplan.rules.book import rule_book

FAIRNESS = STAGE_NUMBER["fairness"]
SHARED = Size("tiny-shared", 1, 3, 42, 0, 0, 0.5, 0.05)


@pytest.mark.parametrize("seed", [1])
def test_units_that_share_half_their_doctors_meet_a_plan_that_costs_the_bound(seed: int, monkeypatch):
    monkeypatch.setattr("rosterplan.model.blocks.MERGE_OVERLAP", 2.0)
    instance = generate(SHARED, seed)
    rules = rule_book(instance)
    canvas = canvas_of(instance, rules, dues=full_dues(instance, 1))
    program = canvas.program()
    best = Incumbent(program, greedy(program))
    units = units_of(canvas, program)
    assert len(units) == 3
    missing = tasks.missing_of(program, best.column)
    assert not missing.any()
    joining = Joining(best, units, np.zeros(len(canvas.duties), dtype=np.int64), Alone(), 1, 3.0, lambda: False)
    bound, plan = joining.agreed(Counting(canvas, program, missing))
    assert plan is not None and bound.planned is not None and bound.value <= bound.planned
    whole = joining.joined(plan)
    assert whole.left == () and whole.at_odds == ()
    joined = whole.roster
    assert not len(program.broken(joined.column))
    assert not tasks.missing_of(program, joined.column).any()
    assert int(program.costs(joined.column)[FAIRNESS]) == bound.planned
    assert audit(instance, rules, roster_of_held(canvas, program, joined.held)).clean
    again = joining.joined(plan, joined)
    assert (again.roster.held == joined.held).all()
