"""What a solver answers is looked at again on the canvas: an answer that does not hold is no answer.

Known faults of ortools 9.15 include wrong proofs; a proof that the roster beside it disproves is caught here.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.domain.result import Stage
from rosterplan.model.task import Outcome, Task

BLEND_STAGES: tuple[Stage, ...] = ("blend", "wishes", "comfort")
BLENDED = tuple(STAGE_NUMBER[stage] for stage in BLEND_STAGES)


def trusted(task: Task, outcome: Outcome) -> Outcome:
    """Return the outcome, or a lost one saying what is wrong with it."""
    if outcome.held is None:
        return outcome
    fault = _fault(task, outcome, outcome.held)
    return replace(Outcome("lost", note=f"wrong answer: {fault}"), effort=outcome.effort) if fault else outcome


def _fault(task: Task, outcome: Outcome, held: BoolArray) -> str:
    """Return what an answer gets wrong, nothing where it holds."""
    program = task.program
    if held.shape != (program.pairs,):
        return "of another block"
    column = program.values(held)
    missing, costs = _missing(program, column), program.costs(column)
    counts = program.convex.base + program.convex.terms.dot(column)
    broken = {
        "breaks a rule": len(program.broken(column)) > 0,
        "more holes than allowed": _beyond(missing, None, task.missing_cap),
        "a count out of its range": _beyond(counts, task.count_low, task.count_high),
        "a stage above its limit": any(_stage(costs, stage) > most for stage, most in task.limits),
    }
    found = [fault for fault, holds in broken.items() if holds]
    if found or not task.minimise or outcome.objective is None or outcome.bound is None:
        return ", ".join(found)
    value = sum(weight * _worth(task, stage, costs, missing) for stage, weight in task.minimise)
    said = f"worth {value}, said to be worth {outcome.objective} and proved above {outcome.bound}"
    return "" if outcome.bound <= value <= outcome.objective else said


def _beyond(values: IntArray, low: IntArray | None, high: IntArray | None) -> bool:
    """True if some value is out of its range; a negative cap of holes is none."""
    below = low is not None and bool((values < low).any())
    if high is None:
        return below
    return below or bool((values > np.where((high < 0) & (low is None), values, high)).any())


def _missing(program: Program, column: IntArray) -> IntArray:
    rows = program.rows
    return np.where(rows.under_weight > 0, np.maximum(rows.lo - rows.terms.dot(column), 0), 0)


def _stage(costs: IntArray, stage: Stage) -> int:
    if stage == "blend":
        return sum(int(costs[one]) for one in BLENDED)
    return int(costs[STAGE_NUMBER[stage]])


def _worth(task: Task, stage: Stage, costs: IntArray, missing: IntArray) -> int:
    """Return what the task minimises of a stage: holes at the weights of their level where these are given."""
    if stage != "coverage" or not task.level_weight:
        return _stage(costs, stage)
    rows, total = task.program.rows, _stage(costs, stage)
    for priority, weight in task.level_weight:
        level = (rows.under_stage == STAGE_NUMBER["coverage"]) & (rows.under_weight == priority)
        total += (weight - priority) * int(missing[level].sum())
    return total
