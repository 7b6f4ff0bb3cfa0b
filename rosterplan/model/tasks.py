"""The tasks of each phase: what a block minimises, and within which limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.block import touched_convex
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.domain.result import Stage
from rosterplan.model.blocks import Block
from rosterplan.model.plan import Plan, coarsest
from rosterplan.model.rounds import Incumbent, TaskMaker
from rosterplan.model.task import Task, Work

FAIRNESS = STAGE_NUMBER["fairness"]
COVERAGE = STAGE_NUMBER["coverage"]
BLEND = tuple(STAGE_NUMBER[stage] for stage in ("blend", "wishes", "comfort"))

_ONE_SUM: tuple[tuple[Stage, int], ...] = (("blend", 1),)


@dataclass(frozen=True)
class Setting:
    """What the makers of tasks share: the incumbent, and how hard to try."""

    incumbent: Incumbent
    seed: int
    effort: float
    best: Incumbent | None = None  # where it is not the incumbent: caps and shares are kept no worse than here
    kept_covered: bool = False  # no duty lacks more than now, in whatever stage its need stands

    def upper(self, block: Block, program: Program) -> tuple[tuple[Stage, int], ...]:
        """Return limits that keep caps and shares no worse than in the best roster, where that is another one too."""
        if self.best is None:
            return limits_of(program, program.values(self.incumbent.held[block.pairs]))
        held, best = self.best.held[block.pairs], cut(self.best.program, block.pairs, self.best.column)
        there = dict(limits_of(best, best.values(held)))
        return tuple(
            (stage, min(most, there.get(stage, most))) for stage, most in limits_of(program, program.values(held))
        )


def missing_of(program: Program, column: IntArray) -> IntArray:
    """Return what each row lacks of its lower side, 0 where it has none."""
    rows = program.rows
    return np.where(rows.under_weight > 0, np.maximum(rows.lo - rows.terms.dot(column), 0), 0)


def no_more_missing(program: Program, column: IntArray, *, every_need: bool = False) -> IntArray:
    """Return what each need of the stage `coverage` may lack: no more than now; −1, free, for all other rows.

    ``every_need`` holds the needs of duties in other stages to it too.
    """
    rows = program.rows
    held_to = rows.under_stage == COVERAGE
    if every_need:
        held_to = held_to | ((rows.key != -1) & (rows.under_weight > 0))
    return np.where(held_to, missing_of(program, column), -1)


def level_weights(program: Program) -> tuple[tuple[int, int], ...]:
    """Return lexicographic weights of the coverage priorities: one position of a level outweighs all lower levels."""
    rows = program.rows
    coverage = (rows.under_weight > 0) & (rows.under_stage == COVERAGE)
    weights, next_weight = [], 1
    for priority in np.unique(rows.under_weight[coverage]).tolist():
        positions = int(rows.lo[coverage & (rows.under_weight == priority)].sum())
        weights.append((int(priority), next_weight))
        next_weight = next_weight * (positions + 1)
    if next_weight >= 2**31:  # a huge block: levels two apart stay in order, neighbours nearly so
        return tuple((priority, min(weight, 4 ** (2 * place))) for place, (priority, weight) in enumerate(weights))
    return tuple(weights)


def held_now(setting: Setting, block: Block) -> BoolArray:
    """Return which pairs of the block the incumbent holds."""
    return setting.incumbent.held[block.pairs]


def cover(setting: Setting) -> TaskMaker:
    """Minimise holes, gravest first; nothing where the block has none."""

    def make(block: Block, program: Program, _column: IntArray) -> Task | None:
        column = program.values(held_now(setting, block))
        if not missing_of(program, column)[program.rows.under_stage == COVERAGE].any():
            return None
        return Task(program, (("coverage", 1),), setting.effort, setting.seed, level_weights(program), name=block.name)

    return make


def lighten(setting: Setting) -> TaskMaker:
    """Minimise caps passed by consent and shares between houses, holes no worse."""

    def make(block: Block, program: Program, _column: IntArray) -> Task | None:
        column = program.values(held_now(setting, block))
        costs = program.costs(column)
        caps, shares = int(costs[STAGE_NUMBER["caps"]]), int(costs[STAGE_NUMBER["shares"]])
        if caps == 0 and shares == 0:
            return None
        return Task(
            program, (("caps", 1000), ("shares", 1)), setting.effort, setting.seed,
            missing_cap=no_more_missing(program, column), name=block.name,
        )  # fmt: skip

    return make


def at_plan(setting: Setting, plan: Plan, missing: IntArray) -> TaskMaker:
    """Find any calendar of a unit at the plan; only holes of ``missing`` (per duty)."""

    def make(block: Block, program: Program, column: IntArray) -> Task | None:
        numbers = touched_convex(setting.incumbent.program, block.pairs, column)
        low, high = plan.of_unit(setting.incumbent.program, block.pairs, numbers, program)
        return Task(
            program, (), setting.effort, setting.seed, limits=setting.upper(block, program), missing_cap=_cap(program, missing), count_low=low,
            count_high=high, name=block.name,
        )  # fmt: skip

    return make


def near_plan(setting: Setting, plan: Plan, missing: IntArray, slack: int) -> TaskMaker:
    """Minimise fairness with counts at most ``slack`` duties from the plan; nothing where the plan is met."""

    def make(block: Block, program: Program, column: IntArray) -> Task | None:
        numbers = touched_convex(setting.incumbent.program, block.pairs, column)
        held = held_now(setting, block)
        now = program.convex.base + program.convex.terms.dot(program.values(held))
        if held.any() and plan.met(numbers, now):
            return None
        low, high = plan.bounds(numbers, slack, coarsest(program))
        return Task(
            program, (("fairness", 1),), setting.effort * 2, setting.seed, limits=setting.upper(block, program), missing_cap=_cap(program, missing),
            count_low=low, count_high=high, name=block.name,
        )  # fmt: skip

    return make


def fairer(setting: Setting) -> TaskMaker:
    """Minimise fairness, holes no worse than now, upper stages no worse than now."""

    def make(block: Block, program: Program, _column: IntArray) -> Task | None:
        column = program.values(held_now(setting, block))
        return Task(
            program, (("fairness", 1),), setting.effort, setting.seed, limits=limits_of(program, column),
            missing_cap=no_more_missing(program, column), name=block.name,
        )  # fmt: skip

    return make


def kinder(setting: Setting, purse: Mapping[int, int], ranges: tuple[IntArray, IntArray]) -> TaskMaker:
    """Minimise wishes and comfort; fairness may worsen by the purse of the unit, counts stay in ``ranges``."""

    def make(block: Block, program: Program, column: IntArray) -> Task | None:
        now = program.values(held_now(setting, block))
        costs = program.costs(now)
        if not any(int(costs[stage]) for stage in BLEND) or not _can_improve(program):
            return None
        numbers = touched_convex(setting.incumbent.program, block.pairs, column)
        limits = (*limits_of(program, now), ("fairness", int(costs[FAIRNESS]) + max(purse.get(block.unit, 0), 0)))
        return Task(
            program, (("blend", 1),), setting.effort, setting.seed, limits=limits,
            missing_cap=no_more_missing(program, now, every_need=setting.kept_covered), count_low=ranges[0][numbers], count_high=ranges[1][numbers],
            name=block.name,
        )  # fmt: skip

    return make


def give_anew(
    setting: Setting,
    work: Work,
    purse: Mapping[int, int] | None = None,
    ranges: tuple[IntArray, IntArray] | None = None,
) -> TaskMaker:
    """Give duties of a block out anew among its doctors where that costs less; the same duties are filled.

    With a ``purse`` per unit, fairness stands above: it may worsen by that, and weighs as much as what is minimised, so
    that the roster stays near what it may be; counts stay in ``ranges``.
    """

    def make(block: Block, program: Program, column: IntArray) -> Task | None:
        held = held_now(setting, block)
        now = program.values(held)
        costs = program.costs(now)
        kind, fair = sum(int(costs[stage]) for stage in BLEND), int(costs[FAIRNESS])
        if not held.any() or not kind or not _can_improve(program):
            return None
        limits, minimise, low, high = limits_of(program, now), _ONE_SUM, None, None
        if purse is not None and ranges is not None:
            limits = (*limits, ("fairness", fair + max(purse.get(block.unit, 0), 0)))
            minimise = (("blend", max(1, fair // kind)), ("fairness", 1))
            numbers = touched_convex(setting.incumbent.program, block.pairs, column)
            low, high = ranges[0][numbers], ranges[1][numbers]
        return Task(
            program, minimise, setting.effort, setting.seed, limits=limits, count_low=low, count_high=high, start=held,
            work=work.of(block.pairs), engine="giving", name=block.name,
        )  # fmt: skip

    return make


def _can_improve(program: Program) -> bool:
    """True if some cost of wishes or comfort depends on the block."""
    rows, convex = program.rows, program.convex
    return bool(
        np.isin(rows.over_stage[rows.over_weight > 0], BLEND).any()
        or np.isin(rows.under_stage[rows.under_weight > 0], BLEND).any()
        or np.isin(convex.stage, BLEND).any()
        or any(program.linear[stage].any() for stage in BLEND)
    )


def limits_of(program: Program, column: IntArray) -> tuple[tuple[Stage, int], ...]:
    """Return limits that keep caps and shares no worse than now, where they cost anything or could."""
    costs = program.costs(column)
    rows, convex = program.rows, program.convex
    found: list[tuple[Stage, int]] = []
    watched: tuple[Stage, ...] = ("caps", "shares")
    for stage in watched:
        number = STAGE_NUMBER[stage]
        charged = (rows.over_weight > 0) & (rows.over_stage == number)
        if charged.any() or (convex.stage == number).any() or program.linear[number].any():
            found.append((stage, int(costs[number])))
    return tuple(found)


def _cap(program: Program, missing: IntArray) -> IntArray:
    """Return what each row of the block may lack: what the duty it is about lacks in the best coverage."""
    key = program.rows.key
    about = (key != -1) & (program.rows.under_stage == COVERAGE)
    return np.where(about, missing[place_of(key)] if len(missing) else -1, -1)


def place_of(key: IntArray) -> IntArray:
    """Return where a duty (key ≥ 0) or a part of a demand (−2 − its number) stands: parts count from the end."""
    return np.where(key >= 0, key, np.minimum(key + 1, -1))
