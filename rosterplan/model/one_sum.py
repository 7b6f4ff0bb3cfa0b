"""All costs in one sum, too large to be solved as one: exchanges, then each unit at the counts a linear program wants.

The counts decide nearly all of the sum, and a unit at given counts is often proved in seconds (measured: 9 of 12 sectors of 15 to 35
doctors in 2 to 9 s each, up to 19 % below what duties given out anew reach). What is left goes to windows and circles.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import INF, BoolArray, IntArray
from rosterplan.canvas.block import touched_convex
from rosterplan.domain.result import Stage
from rosterplan.model import tasks
from rosterplan.model.blend_process import bound_meanwhile
from rosterplan.model.blocks import Block, side_by_side
from rosterplan.model.kind import GIVING_EFFORT, kinder
from rosterplan.model.pieces import value_of
from rosterplan.model.proof import Known
from rosterplan.model.ranges import count_ranges
from rosterplan.model.rounds import TaskMaker, run_round
from rosterplan.model.search import Search
from rosterplan.model.task import Task

PLANNED_PAIRS = 9_000
"""Units above this size are left to windows."""

PLANNED_EFFORT = 4.0
"""Deterministic time of a unit at planned counts (measured: 0.4 to 2.3 where a sector has 15 to 32 doctors)."""

NEAR_EFFORT = 2.0
"""Deterministic time of a unit near planned counts: more ways, and seldom proved."""


def improve(search: Search) -> dict[Stage, Known]:
    """Improve the one sum until nothing more is gained or the effort is used up; return what is proved of it."""
    with bound_meanwhile(search) as beside:
        setting = tasks.Setting(search.incumbent, search.limits.seed, GIVING_EFFORT / 2, kept_covered=True)
        _round(search, search.units, [tasks.give_anew(setting, search.work)])
        planned = beside.planned()
        if planned is not None and not search.limits.over():
            _aim(search, planned)
        if search.bounds.get("blend", -INF) < value_of(search.program, search.incumbent.column):
            kinder(search, 0, count_ranges(search.program, search.incumbent.column), one_sum=True)
        return beside.known()


def _aim(search: Search, planned: IntArray) -> None:
    """Plan each unit at the planned counts, then all of them near these; what is better is taken."""
    units = [unit for unit in search.units if len(unit.pairs) <= PLANNED_PAIRS]
    near = _at_counts(search, planned, 1, NEAR_EFFORT)
    _round(search, units, [_at_counts(search, planned, 0, PLANNED_EFFORT), near])
    if not search.limits.over():
        _round(search, units, [near])


def _at_counts(search: Search, planned: IntArray, slack: int, effort: float) -> TaskMaker:
    """Minimise the sum of a block with each count at most ``slack`` from what is planned; no duty lacks more than now."""

    def make(block: Block, program: Program, column: IntArray) -> Task | None:
        wanted = planned[touched_convex(search.program, block.pairs, column)]
        now = program.values(search.incumbent.held[block.pairs])
        return Task(
            program, (("blend", 1),), effort, search.limits.seed,
            missing_cap=tasks.no_more_missing(program, now, every_need=True),
            count_low=np.where(wanted >= 0, wanted - slack, -INF),
            count_high=np.where(wanted >= 0, wanted + slack, INF), name=block.name,
        )  # fmt: skip

    return make


def _round(search: Search, blocks: Sequence[Block], attempts: Sequence[TaskMaker]) -> None:
    def better(_block: Block, program: Program, before: BoolArray, after: BoolArray) -> bool:
        return value_of(program, program.values(after)) < value_of(program, program.values(before))

    run_round(
        search.incumbent, side_by_side(blocks, search.colours), attempts, better, search.crew, stop=search.limits.over,
        watch=lambda _incumbent, done, every, _block: search.tell("blend", done, every),
    )  # fmt: skip
