"""Duties given out anew, against every roster: nothing breaks, the same duties stay filled, and nearly always none is better."""

from __future__ import annotations

import numpy as np
import pytest

from rosterplan.model.engines import solve_task
from rosterplan.model.recheck import trusted
from rosterplan.model.task import Task, Work
from tests.exact.example import Example
from tests.exact.test_blocks import EVERYTHING, every_choice, with_cover
from tests.exact.test_every_rule import EXAMPLES, name_of

STARTS = 2


def outcomes_of(example: Example):
    """Yield per start: the costs of all rosters that fill the same duties, the cost before, the task and its outcome."""
    canvas, _ = with_cover(example)
    program, pairs = canvas.program(), canvas.pairs
    choices, costs = every_choice(program)
    rng = np.random.default_rng(len(choices))
    work = Work(pairs["doctor"][program.pair], pairs["duty"][program.pair], pairs["band"][program.pair])
    for _ in range(STARTS if len(choices) and program.pairs > 1 else 0):
        number = rng.integers(len(choices))
        before = choices[number]
        filled = np.stack([choices[:, work.duty == one].sum(axis=1) for one in np.unique(work.duty)])
        alike = (filled == filled[:, [number]]).all(axis=0)
        task = Task(program, (*EVERYTHING, ("blend", 1)), 0.02, 1, start=before, work=work, engine="giving")
        yield costs[alike], int(costs[number]), task, trusted(task, solve_task(task))


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_nothing_breaks_the_same_duties_stay_filled_and_it_costs_no_more(example: Example):
    for costs, before, task, outcome in outcomes_of(example):
        assert outcome.verdict == "feasible", outcome.note
        held = outcome.held
        assert not len(task.program.broken(task.program.values(held)))
        assert (
            np.bincount(task.work.duty[held], minlength=99) == np.bincount(task.work.duty[task.start], minlength=99)
        ).all()
        after = int(task.program.costs(task.program.values(held)).sum())
        assert costs.min() <= after <= before


def test_nearly_always_no_roster_that_fills_the_same_duties_is_better():
    found = [
        int(task.program.costs(task.program.values(outcome.held)).sum()) == costs.min()
        for example in EXAMPLES[::3]
        for costs, _, task, outcome in outcomes_of(example)
    ]
    assert np.mean(found) > 0.9
