"""All costs in one sum, too large to be solved as one: exchanges, then a roster where a linear program wants it.

The program says what counts each doctor should hold, and nearly which pairs: those its optimum holds nothing of are set
aside, and what is left of a unit at given counts is proved in a second (measured: 250 doctors 0.3 % above the bound, 800
doctors 1 %). Units go to the plan one after the other whatever that costs at first, since doctors they share cost too much
until all stand there. What is left to gain goes to windows and circles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import INF, BoolArray, IntArray, Ragged, ints
from rosterplan.canvas.block import touched_convex
from rosterplan.domain.result import Stage
from rosterplan.model import tasks
from rosterplan.model.blend_counts import Ahead
from rosterplan.model.blend_process import bound_meanwhile
from rosterplan.model.blocks import Block, clusters_of, side_by_side
from rosterplan.model.change_columns import with_rows
from rosterplan.model.kind import GIVING_EFFORT, kinder
from rosterplan.model.pieces import value_of
from rosterplan.model.proof import Known
from rosterplan.model.ranges import count_ranges
from rosterplan.model.rounds import Incumbent, Judge, TaskMaker, run_round
from rosterplan.model.search import Search
from rosterplan.model.task import Task

PLANNED_PAIRS = 9_000
"""Units above this size are left to windows."""

PLANNED_EFFORT = 2.0
"""Deterministic time of the likely pairs of a unit at planned counts (measured: 0.1 to 1.9 where a sector has 15 to 35 doctors)."""

CLUSTER_PAIRS = 2_500
"""Likely pairs of units planned together."""

WIDE_EFFORT = 4.0
"""The same of all its pairs, where the likely ones have no calendar."""


def improve(search: Search) -> dict[Stage, Known]:
    """Improve the one sum until nothing more is gained or the effort is used up; return what is proved of it."""
    with bound_meanwhile(search) as beside:
        setting = tasks.Setting(search.incumbent, search.limits.seed, GIVING_EFFORT / 2, kept_covered=True)
        _round(search, search.incumbent, search.units, [tasks.give_anew(setting, search.work)], _better)
        plan = beside.plan()
        if plan is not None and not search.limits.over():
            aim(search, plan)
        if search.bounds.get("blend", -INF) < value_of(search.program, search.incumbent.column):
            kinder(search, 0, count_ranges(search.program, search.incumbent.column), one_sum=True)
        return beside.known()


def aim(search: Search, plan: Ahead) -> None:
    """Bring every unit to the plan in a roster of its own, taken once it is better as a whole; then improve it there.

    A unit may have no calendar beside neighbours that are not at the plan yet: those left are planned with the units they share
    doctors with (measured: four hospitals of five lines each, 0.5 % above the bound, 13 % without), then alone once more.
    """
    units = [unit for unit in search.units if len(unit.pairs) <= PLANNED_PAIRS]
    aim = _Aim(Incumbent(search.program, search.incumbent.held), plan, search.limits.seed)
    exactly, nearly = aim.likely(0, unmet=0), aim.likely(1, unmet=0)
    _round(search, aim.roster, aim.narrow(units), [exactly], _whatever)
    _round(search, aim.roster, _clusters(search, aim.narrow(units)), [aim.likely(0, WIDE_EFFORT, unmet=0)], _whatever)
    _round(search, aim.roster, aim.narrow(units), [exactly, nearly], _whatever)
    _round(search, aim.roster, units, [aim.task(slack, WIDE_EFFORT, unmet=1) for slack in (0, 1)], _whatever)
    search.adopt(np.arange(search.program.pairs), aim.roster.held)
    there = _Aim(search.incumbent, plan, search.limits.seed)
    _round(search, search.incumbent, there.narrow(units), [there.likely(0)], _better)


@dataclass(frozen=True)
class _Aim:
    """Tasks that bring a unit of a roster to a plan, or near it."""

    roster: Incumbent
    plan: Ahead
    seed: int

    def narrow(self, units: Sequence[Block]) -> list[Block]:
        """Return the units without pairs that are neither held nor likely."""
        kept = self.plan.likely | self.roster.held
        return [Block(unit.name, unit.unit, unit.pairs[kept[unit.pairs]]) for unit in units]

    def likely(self, slack: int, effort: float = PLANNED_EFFORT, *, unmet: int = -1) -> TaskMaker:
        """The same as `task`, with no pair held that is not likely."""
        wide = self.task(slack, effort, unmet=unmet)

        def make(block: Block, program: Program, column: IntArray) -> Task | None:
            return wide(block, _without(program, np.flatnonzero(~self.plan.likely[block.pairs])), column)

        return make

    def task(self, slack: int, effort: float, *, unmet: int = -1) -> TaskMaker:
        """Minimise the sum of a block with each count at most ``slack`` from the plan; no duty lacks more than now, nor caps or shares cost more.

        Nothing where no count is further than ``unmet`` from it.
        """

        def make(block: Block, program: Program, column: IntArray) -> Task | None:
            wanted = self.plan.planned[touched_convex(self.roster.program, block.pairs, column)]
            now, known = program.values(self.roster.held[block.pairs]), wanted >= 0
            counts = program.convex.base + program.convex.terms.dot(now)
            if int(np.abs(counts - wanted)[known].max(initial=0)) <= unmet:
                return None
            return Task(
                program, (("blend", 1),), effort, self.seed, limits=tasks.limits_of(program, now),
                missing_cap=tasks.no_more_missing(program, now, every_need=True),
                count_low=np.where(known, wanted - slack, -INF),
                count_high=np.where(known, wanted + slack, INF), name=block.name,
            )  # fmt: skip

        return make


def _clusters(search: Search, units: Sequence[Block]) -> tuple[Block, ...]:
    """Return units joined where they share doctors: alone they may leave each other no calendar."""
    return clusters_of(search.canvas, search.program, units, CLUSTER_PAIRS)


def _whatever(_block: Block, _program: Program, _before: BoolArray, _after: BoolArray) -> bool:
    """Take what was found."""
    return True


def _without(program: Program, pairs: IntArray) -> Program:
    """Return the program in which none of these pairs may be held."""
    terms = Ragged(ints([0, len(pairs)]), pairs, np.ones(len(pairs), dtype=np.int64))
    return with_rows(program, terms, None, ints([0])) if len(pairs) else program


def _better(_block: Block, program: Program, before: BoolArray, after: BoolArray) -> bool:
    return value_of(program, program.values(after)) < value_of(program, program.values(before))


def _round(
    search: Search, roster: Incumbent, blocks: Sequence[Block], attempts: Sequence[TaskMaker], judge: Judge
) -> None:
    run_round(
        roster, side_by_side(blocks, search.colours), attempts, judge, search.crew, stop=search.limits.over,
        watch=lambda _incumbent, done, every, _block: search.tell("blend", done, every, "towards"),
    )  # fmt: skip
