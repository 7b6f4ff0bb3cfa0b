"""Fairness at a price: one sum of fairness, wishes and comfort, whose least says what each of them needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rosterplan.canvas.arrays import IntArray, bounds_of, ranges
from rosterplan.canvas.program import STAGE_NUMBER, Program

FAIRNESS = STAGE_NUMBER["fairness"]
KINDNESS = (STAGE_NUMBER["blend"], STAGE_NUMBER["wishes"], STAGE_NUMBER["comfort"])


def priced(program: Program, price: int) -> Program:
    """Return the program where fairness is in the stage `blend`, and a unit of wishes or comfort costs ``price`` of its units.

    Its costs, all in one sum: fairness + price × (blend + wishes + comfort). What stands above fairness is left as it is.

    Raises:
        ValueError: a cost of the program is a largest gap, which no sum holds.
    """
    if program.spreads:
        raise ValueError("a largest gap is no part of one sum")
    rows, convex = program.rows, program.convex
    factor = np.where(np.isin(convex.stage, KINDNESS), price, 1)
    entries = ranges(convex.starts, convex.sizes)
    linear, constant = program.linear.copy(), program.constant.copy()
    for stage in KINDNESS:
        linear[stage] *= price
        constant[stage] *= price
    for totals in (linear, constant):
        totals[KINDNESS[0]] += totals[FAIRNESS]
        totals[FAIRNESS] = 0
    return replace(
        program,
        rows=replace(
            rows,
            over_weight=np.where(np.isin(rows.over_stage, KINDNESS), price, 1) * rows.over_weight,
            under_weight=np.where(np.isin(rows.under_stage, KINDNESS), price, 1) * rows.under_weight,
            over_stage=_joined(rows.over_stage), under_stage=_joined(rows.under_stage),
        ),
        convex=replace(
            convex, costs=convex.costs[entries] * factor.repeat(convex.sizes), starts=bounds_of(convex.sizes)[:-1],
            stage=_joined(convex.stage),
        ),
        linear=linear, constant=constant,
    )  # fmt: skip


def _joined(stage: IntArray) -> IntArray:
    """Return stages with fairness counted in the blend."""
    return np.where(stage == FAIRNESS, KINDNESS[0], stage)
