"""Soft sides made hard where no roster that costs no more than now, in the stages above, could pass them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, ints, ranges
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import STAGE_NUMBER, Program

UPPER = (STAGE_NUMBER["caps"], STAGE_NUMBER["shares"])
"""Stages that fairness, wishes and comfort are not bought with."""


def hardened(program: Program, column: IntArray, stages: Sequence[int], lower: BoolArray | None = None) -> Program:
    """Return the program for rosters that cost at most what ``column`` costs in each of ``stages``.

    A soft side of such a stage may be passed by what its stage has to spend; beyond that it is hard. No roster that
    costs no more is lost; what a side costs within its room is no longer charged. ``lower``: rows whose lower side
    may be made hard, by default all.
    """
    rows, costs = program.rows, program.costs(column)
    low, high = rows.lo.copy(), rows.hi.copy()
    over, under = rows.over_weight.copy(), rows.under_weight.copy()
    for stage in stages:
        spare = int(costs[stage]) - least_without_rows(program, stage)
        above = (over > 0) & (rows.over_stage == stage) & (high < INF)
        below = (under > 0) & (rows.under_stage == stage) & (low > -INF) & (True if lower is None else lower)
        high[above] += spare // over[above]
        low[below] -= spare // under[below]
        over[above], under[below] = 0, 0
    return replace(program, rows=replace(rows, lo=low, hi=high, over_weight=over, under_weight=under))


def unspent(program: Program, column: IntArray, stages: Sequence[int]) -> tuple[int, ...]:
    """Return the stages that cost ``column`` nothing beyond their least: there, hard sides say all that a limit would."""
    costs = program.costs(column)
    return tuple(stage for stage in stages if int(costs[stage]) == least_without_rows(program, stage))


def least_without_rows(program: Program, stage: int) -> int:
    """Return the least that tables and columns cost in a stage, whatever is held; rows cost nothing or more."""
    convex = program.convex
    chosen = np.flatnonzero(convex.stage == stage)
    least, most = (side[chosen] for side in extremes(convex.terms))
    lengths = most - least + 1
    values = convex.costs[ranges(convex.starts[chosen] + convex.base[chosen] + least - convex.low[chosen], lengths)]
    heads = np.concatenate((ints([0]), np.cumsum(lengths)))[:-1]
    tables = int(np.minimum.reduceat(values, heads).sum()) if len(heads) else 0
    return int(program.constant[stage]) + tables + int(np.minimum(program.linear[stage], 0).sum())
