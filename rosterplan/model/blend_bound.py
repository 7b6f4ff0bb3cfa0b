"""A bound of wishes and comfort (or of all costs in one sum) that knows fairness as whole counts of each doctor.

One linear program holds the calendar with its soft rules and, per doctor, fractions of patterns (counts per group and
band at their exact cost). Its rounded prices split the problem again: exact minima over patterns by dynamic
programming, and over columns one by one. Interior point without crossover: near-optimal prices are enough.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rosterplan.canvas import Canvas
from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.canvas.bound import Costs, lower_bound, stage_costs
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.domain.result import Stage
from rosterplan.model.linear import (
    Budget,
    LinearAnswer,
    LinearProgram,
    answer_of,
    linear_program,
    load,
    quiet_solver,
    rounded,
)
from rosterplan.model.patterns import generated_patterns
from rosterplan.model.patterns_data import Counts, counts_of
from rosterplan.model.patterns_master import UNIT
from rosterplan.model.patterns_pricing import FloatArray, Patterns, crowds_of, distinct, priced

if TYPE_CHECKING:
    import highspy

ROUNDS = 0
INTERIOR_ITERATIONS = 300
SCALE = 2**16
"""Prices are whole numbers of 1/65,536: fairness counts in ten-thousandths of a duty, wishes and comfort in units."""

LARGEST = 2.0**52
COVERAGE = STAGE_NUMBER["coverage"]


@dataclass(frozen=True)
class BlendBound:
    """``value``: no roster costs less that misses no more per priority and is as fair as asked."""

    value: int
    seconds: float


def blend_bound(
    canvas: Canvas,
    program: Program,
    missing: IntArray,
    *,
    weights: Mapping[Stage, int],
    fair: Stage = "fairness",
    fairness_most: int | None = None,
    rounds: int = ROUNDS,
) -> BlendBound:
    """Return a bound of Σ weight × stage; ``missing``: positions the incumbent lacks in each row.

    ``fair`` names the stage whose tables are joined per doctor; with ``fairness_most`` it may not pass it, else it
    counts by its weight. Deterministic: limited by iterations and rounds, not by the clock.

    Raises:
        OverflowError: costs too large for an exact bound.
    """
    started = time.perf_counter()
    data = counts_of(canvas, program, STAGE_NUMBER[fair], missing)
    covered = _covered(program, missing)
    calendar = _apart(covered, data)
    model = _Model(
        calendar, stage_costs(calendar, weights), _level_budgets(calendar, missing), data, weights.get(fair, 0),
        None if fairness_most is None else fairness_most - data.constant,
    )  # fmt: skip
    best, found = model.relaxed(covered)
    patterns = generated_patterns(data) if rounds else found
    for _ in range(rounds):
        patterns = distinct([patterns, found])
        value, found = model.solved(patterns)
        best = max(best, value)
    return BlendBound(best, time.perf_counter() - started)


def _covered(program: Program, missing: IntArray) -> Program:
    """Return the program where needs are hard in the priorities of which the incumbent misses nothing."""
    rows = program.rows
    weights = rows.under_weight.copy()
    for weight in np.unique(weights[rows.under_stage == COVERAGE]).tolist():
        level = (rows.under_stage == COVERAGE) & (rows.under_weight == weight)
        if not missing[level].any():
            weights[level] = 0
    return replace(program, rows=replace(rows, under_weight=weights))


def _level_budgets(program: Program, missing: IntArray) -> tuple[Budget, ...]:
    """Return what may be missed of each priority of which the incumbent misses some."""
    rows = program.rows
    needs = (rows.under_stage == COVERAGE) & (rows.under_weight > 0)
    column, none = np.zeros(program.columns, dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    tables = np.zeros(len(program.convex), dtype=np.int64)
    levels = [needs & (rows.under_weight == weight) for weight in np.unique(rows.under_weight[needs]).tolist()]
    return tuple(Budget(Costs(column, none, ints(level), tables), int(missing[level].sum())) for level in levels)


def _apart(program: Program, data: Counts) -> Program:
    """Return the program without the tables that patterns hold."""
    rest = _others(program, data)
    convex = program.convex.take(rest, program.convex.terms.take(rest), program.convex.base[rest])
    return replace(program, convex=convex)


def _others(program: Program, data: Counts) -> IntArray:
    """Return the tables that patterns do not hold."""
    kept = np.ones(len(program.convex), dtype=bool)
    kept[data.total_table] = False
    kept[data.item_table[data.item_table >= 0]] = False
    return np.flatnonzero(kept)


def _interior(linear: LinearProgram) -> highspy.Highs:
    """Return HiGHS with the program solved by interior point, without crossover."""
    solver = quiet_solver()
    for name, value in (("solver", "ipm"), ("run_crossover", "off"), ("ipm_iteration_limit", INTERIOR_ITERATIONS)):
        solver.setOptionValue(name, value)
    load(solver, linear)
    solver.run()
    return solver


@dataclass(frozen=True)
class _Model:
    """The calendar with its costs, and doctors' patterns that cost ``weight`` each unit or stay within ``most`` in all."""

    program: Program
    costs: Costs
    budgets: tuple[Budget, ...]
    data: Counts
    weight: int
    most: int | None

    def relaxed(self, covered: Program) -> tuple[int, Patterns]:
        """Return the bound at the prices of the plain relaxation, each table by itself, and the best patterns there."""
        data, used = self.data, np.ones(len(covered.convex), dtype=bool)
        used[_others(covered, data)] = False
        tables = np.zeros(len(covered.convex), dtype=np.int64)
        tables[~used] = self.costs.convex
        zero = ints(used)
        budgets = [Budget(replace(one.costs, convex=np.zeros_like(tables)), one.most) for one in self.budgets]
        if self.most is not None:
            none = np.zeros(len(covered.rows), dtype=np.int64)
            budgets.append(Budget(Costs(np.zeros(covered.columns, dtype=np.int64), none, none, zero), self.most))
        else:
            tables = tables + self.weight * zero
        linear = linear_program(covered, replace(self.costs, convex=tables), budgets)
        answer = answer_of(_interior(linear), linear, len(budgets))
        whole = rounded(answer.convex, SCALE)
        item = data.item_table[data.cell_item]
        price = np.where(item >= 0, whole[item], 0) + data.cell_points * whole[data.total_table[data.cell_doctor]]
        times = self.weight * SCALE
        if self.most is not None:
            times = max(1, int(rounded(answer.budgets[-1:], SCALE)[0]))
        own = replace(answer, convex=answer.convex[~used], budgets=answer.budgets[: len(self.budgets)])
        return self._proved(own, price.astype(np.float64), times)

    def solved(self, patterns: Patterns) -> tuple[int, Patterns]:
        """Return the bound proved with these patterns at hand, and the best patterns at its prices."""
        base = linear_program(self.program, self.costs, self.budgets)
        solver = _interior(self._with_patterns(base, patterns))
        answer = answer_of(solver, base, len(self.budgets))
        dual = np.asarray(solver.getSolution().row_dual, dtype=np.float64)
        first = len(base.below) + len(self.data.doctor)
        cells = len(self.data.cell_doctor)
        price = -rounded(dual[first : first + cells], SCALE).astype(np.float64)
        times = self.weight * SCALE
        if self.most is not None:
            times = max(1, int(rounded(-dual[first + cells :] / UNIT, SCALE)[0]))
        return self._proved(answer, price, times)

    def _with_patterns(self, base: LinearProgram, patterns: Patterns) -> LinearProgram:
        """Return the arrays with one column per pattern, one row per doctor and per cell, and one for all costs."""
        doctors, cells = len(self.data.doctor), len(self.data.cell_doctor)
        column = len(base.cost) + np.arange(len(patterns), dtype=np.int64)
        row = len(base.below)
        pairs = np.flatnonzero(self.data.cell_of_pair >= 0)
        entry = np.repeat(column, np.diff(patterns.bounds))
        rows = [row + patterns.doctor, row + doctors + patterns.cells, row + doctors + self.data.cell_of_pair[pairs]]
        columns, values = [column, entry, pairs], [np.ones(len(column)), -patterns.counts, np.ones(len(pairs))]
        below, above = [np.ones(doctors), np.zeros(cells)], [np.ones(doctors), np.zeros(cells)]
        if self.most is not None:
            rows.append(np.full(len(column), row + doctors + cells))
            columns.append(column)
            values.append(patterns.cost / UNIT)
            below.append(np.full(1, -np.inf))
            above.append(np.full(1, self.most / UNIT))
        return replace(
            base,
            cost=np.concatenate((base.cost, patterns.cost * float(self.weight if self.most is None else 0))),
            low=np.concatenate((base.low, np.zeros(len(column)))),
            high=np.concatenate((base.high, np.full(len(column), np.inf))),
            below=np.concatenate([base.below, *below]), above=np.concatenate([base.above, *above]),
            row=np.concatenate([base.row, *rows]), column=np.concatenate([base.column, *columns]),
            value=np.concatenate([base.value, *values]),
        )  # fmt: skip

    def _proved(self, answer: LinearAnswer, price: FloatArray, times: int) -> tuple[int, Patterns]:
        """Return the bound of rounded prices: exact minima over patterns, then over columns one by one."""
        data, costs = self.data, self.costs
        dearest = float(np.abs(data.costs).max(initial=0)) * times + float(np.abs(price).max(initial=0.0))
        if dearest * int(data.doctor_most.max(initial=1) + 2) >= LARGEST:
            raise OverflowError("the blend bound is too large to be exact")
        found = priced(data, crowds_of(data, times), price)
        column = costs.column * SCALE
        pairs = np.flatnonzero(data.cell_of_pair >= 0)
        column[pairs] += ints(price[data.cell_of_pair[pairs]])
        whole = Costs(column, costs.over * SCALE, costs.under * SCALE, costs.convex * SCALE, costs.constant * SCALE)
        spent = 0 if self.most is None else times * self.most
        for budget, one in zip(self.budgets, np.maximum(rounded(answer.budgets, SCALE), 0).tolist(), strict=True):
            whole, spent = whole.plus(budget.costs, one), spent + one * budget.most
        patterns = sum(int(one) for one in found.least.tolist())
        value = lower_bound(self.program, whole, answer.multipliers(SCALE)) + patterns - spent
        return -(-value // SCALE), found.patterns
