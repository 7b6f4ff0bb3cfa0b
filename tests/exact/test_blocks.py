"""A block solved by CP-SAT, the rest held, against every roster: rules of every family keep their meaning at its borders."""

from __future__ import annotations

import numpy as np
import pytest

from rosterplan.audit import audit
from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.block import block
from rosterplan.domain.result import STAGES
from rosterplan.model.build import canvas_of
from rosterplan.model.engines import solve_task
from rosterplan.model.recheck import trusted
from rosterplan.model.solve import roster_of_held
from rosterplan.model.task import Task
from rosterplan.rules.base import Rule
from rosterplan.rules.coverage import Coverage
from tests.exact.example import Example
from tests.exact.test_every_rule import EXAMPLES, name_of

BLOCKS = 3
"""Blocks tried per example, each from a roster drawn by lot."""

EVERYTHING = tuple((stage, 1) for stage in STAGES if stage not in ("blend", "wishes", "comfort"))


def every_choice(program: Program) -> tuple[BoolArray, IntArray]:
    """Return all choices of pairs that break nothing, and what each costs in all stages together."""
    found, costs = [], []
    for number in range(2**program.pairs):
        held = np.array([number >> bit & 1 for bit in range(program.pairs)], dtype=bool)
        column = program.values(held)
        if not len(program.broken(column)):
            found.append(held)
            costs.append(int(program.costs(column).sum()))
    return np.array(found), np.array(costs)


def with_cover(example: Example) -> tuple[Canvas, tuple[Rule, ...]]:
    """The rule beside coverage, unless it is coverage: something must pull towards full duties."""
    rules = (example.rule,) if example.rule.code == "coverage" else (example.rule, Coverage())
    return canvas_of(example.instance, rules), rules


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_a_block_gives_the_best_roster_that_leaves_the_rest_alone(example: Example):
    canvas, rules = with_cover(example)
    program = canvas.program()
    choices, costs = every_choice(program)
    rng = np.random.default_rng(len(choices))
    for _ in range(BLOCKS if len(choices) and program.pairs > 1 else 0):
        before = choices[rng.integers(len(choices))]
        free = np.sort(rng.choice(program.pairs, rng.integers(1, program.pairs + 1), replace=False))
        rest = np.setdiff1d(np.arange(program.pairs), free)
        beside = (choices[:, rest] == before[rest]).all(axis=1)
        part = block(program, free, program.values(before))
        task = Task(part, (*EVERYTHING, ("blend", 1)), 20.0, 1)
        outcome = trusted(task, solve_task(task))
        assert outcome.verdict == "optimal", outcome.note
        after = before.copy()
        after[free] = outcome.held
        assert not len(program.broken(program.values(after)))
        assert int(program.costs(program.values(after)).sum()) == int(costs[beside].min())
        report = audit(example.instance, rules, roster_of_held(canvas, program, after))
        for number, stage in enumerate(STAGES):
            if stage != "blend":
                assert int(program.costs(program.values(after))[number]) == report.value(stage), stage


def test_hundreds_of_blocks_are_compared():
    assert len(EXAMPLES) * BLOCKS >= 300, len(EXAMPLES)
