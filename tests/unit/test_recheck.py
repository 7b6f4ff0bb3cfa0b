"""An answer of a solver is looked at again: what breaks a rule, a limit or its own claim is no answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rosterplan.audit import audit
from rosterplan.canvas.arrays import ints
from rosterplan.model import engines
from rosterplan.model.engines import solve_task
from rosterplan.model.recheck import trusted
from rosterplan.model.solve import solve
from rosterplan.model.task import Outcome, Task
from rosterplan.rules.book import rule_book
from tests.property.test_canvas import a_canvas
from tests.property.test_solve import a_tiny_instance


def a_task() -> Task:
    return Task(a_canvas(3).program(), (("coverage", 1),), 5.0, 1)


def test_a_right_answer_passes_unchanged():
    outcome = solve_task(a_task())
    assert outcome.verdict == "optimal" and trusted(a_task(), outcome) is outcome


def test_every_pair_held_breaks_a_rule():
    task = a_task()
    wrong = replace(solve_task(task), held=np.ones(task.program.pairs, dtype=bool))
    assert trusted(task, wrong).verdict == "lost" and "breaks a rule" in trusted(task, wrong).note


def test_an_answer_to_another_block_is_refused():
    assert trusted(a_task(), replace(solve_task(a_task()), held=np.zeros(1, dtype=bool))).note.endswith("another block")


@pytest.mark.parametrize("changes", [{"objective": -1}, {"bound": 10**6}])
def test_a_value_or_a_proof_the_roster_disproves_is_refused(changes: dict[str, int]):
    wrong = replace(solve_task(a_task()), **changes)
    assert trusted(a_task(), wrong).verdict == "lost"


def test_counts_holes_and_limits_are_looked_at():
    task, outcome = a_task(), solve_task(a_task())
    tables = len(task.program.convex)
    high = np.full(tables, -1, dtype=np.int64)
    assert not tables or trusted(replace(task, count_low=high - 1, count_high=high), outcome).verdict == "lost"
    assert trusted(replace(task, limits=(("coverage", -1),)), outcome).verdict == "lost"
    empty = replace(outcome, held=np.zeros(task.program.pairs, dtype=bool), objective=None, bound=None)
    full = ints(np.zeros(len(task.program.rows)))
    assert trusted(replace(task, missing_cap=full), empty).verdict == "lost"
    assert trusted(replace(task, missing_cap=full - 1), empty).verdict != "lost"


def _liar(seed: int):
    rng = np.random.default_rng(seed)

    def answer(task: Task) -> Outcome:
        held = rng.random(task.program.pairs) < rng.random()
        return Outcome("optimal", held, int(rng.integers(-5, 5)), int(rng.integers(-5, 5)), 0.1)

    return answer


@pytest.mark.parametrize("seed", range(20))
def test_a_solver_that_lies_each_time_costs_quality_never_a_rule(seed: int, monkeypatch):
    monkeypatch.setattr(engines, "solve_task", _liar(seed))
    instance = a_tiny_instance(seed)
    roster, result = solve(instance, rule_book(instance), workers=0)
    report = audit(instance, rule_book(instance), roster)
    assert report.clean
    for stage in result.stages:
        assert stage.value == report.value(stage.name), stage.name
        assert stage.bound is None or stage.best is not None or stage.bound <= stage.value
