"""A bound of all costs in one sum that knows fairness as whole counts of each doctor.

One linear program holds the calendar with its soft rules and, per doctor, fractions of patterns (counts per group and
band at their exact cost). Its rounded prices split the problem again: exact minima over patterns by dynamic
programming, and over columns one by one. Interior point without crossover: near-optimal prices are enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rosterplan.canvas import Canvas
from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.canvas.bound import Costs, lower_bound, stage_costs
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.domain.result import Stage
from rosterplan.model.highs import quiet_solver
from rosterplan.model.linear import Budget, LinearAnswer, LinearProgram, answer_of, linear_program, load, rounded
from rosterplan.model.patterns_data import Counts, counts_of
from rosterplan.model.patterns_pricing import FloatArray, Patterns, crowds_of, priced

if TYPE_CHECKING:
    import highspy

INTERIOR_ITERATIONS = 300
SCALE = 256
"""Prices are whole numbers of 1/256."""

TOLERANCE = 1e-6
"""Relative gap of the interior point where its prices are rounded anyway."""

LARGEST = 2.0**52
COVERAGE = STAGE_NUMBER["coverage"]


def relaxation(
    canvas: Canvas, program: Program, missing: IntArray, weights: Mapping[Stage, int], fair: Stage
) -> Relaxation:
    """Return the calendar and the counts of these costs; ``missing``: positions the incumbent lacks in each row.

    ``fair`` names the stage whose tables are joined per doctor.
    """
    data, covered = counts_of(canvas, program, STAGE_NUMBER[fair], missing), _covered(program, missing)
    calendar = _apart(covered, data)
    costs, budgets = stage_costs(calendar, weights), _level_budgets(calendar, missing)
    return Relaxation(covered, calendar, costs, budgets, data, weights.get(fair, 0))


def _covered(program: Program, missing: IntArray) -> Program:
    """Return the program where needs are hard in the priorities of which the incumbent misses nothing."""
    rows = program.rows
    weights = rows.under_weight.copy()
    needs = (rows.under_stage == COVERAGE) | (rows.key != -1)
    for weight in np.unique(weights[needs]).tolist():
        level = needs & (rows.under_weight == weight)
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


def _interior(linear: LinearProgram) -> tuple[highspy.Highs, float]:
    """Return HiGHS with the program solved by interior point, without crossover, and the unit it counts costs in.

    Costs near 1 spare it a third of its iterations (measured).
    """
    charged = np.abs(linear.cost[linear.cost != 0])
    unit = float(np.median(charged)) if len(charged) else 1.0
    solver = quiet_solver()
    for name, value in (("solver", "ipm"), ("run_crossover", "off"), ("ipm_iteration_limit", INTERIOR_ITERATIONS)):
        solver.setOptionValue(name, value)
    solver.setOptionValue("ipm_optimality_tolerance", TOLERANCE)
    load(solver, replace(linear, cost=linear.cost / unit, constant=linear.constant / unit))
    solver.run()
    return solver, unit


def _with_rows(program: Program, kept: IntArray) -> Program:
    """Return the program with some of its rows."""
    rows = program.rows
    return replace(program, rows=rows.take(kept, rows.terms.take(kept), rows.lo[kept], rows.hi[kept]))


def _times(answer: LinearAnswer, unit: float) -> LinearAnswer:
    """Return the answer of a program whose costs were divided by ``unit``, in the unit of the costs."""
    return replace(
        answer, value=answer.value * unit, rows=answer.rows * unit, convex=answer.convex * unit, member=answer.member * unit,
        union=answer.union * unit, budgets=answer.budgets * unit,
    )  # fmt: skip


@dataclass(frozen=True)
class Prices:
    """Prices of a calendar's rows, tables, members, unions and budgets, and of each cell of counts."""

    answer: LinearAnswer
    cells: FloatArray


@dataclass(frozen=True)
class Joined:
    """The bound at the rounded prices of a program with patterns, its own optimum, the best patterns there, and its answer.

    ``counts``: duties per cell, in fractions; ``columns``: the calendar. ``prices``: what the bound is made of.
    """

    value: int
    optimum: float
    patterns: Patterns
    counts: FloatArray
    columns: FloatArray
    prices: Prices


@dataclass(frozen=True)
class Relaxation:
    """The calendar with its costs, and doctors' tables or patterns that cost ``weight`` each unit."""

    covered: Program  # with the doctors' tables
    program: Program  # without
    costs: Costs
    budgets: tuple[Budget, ...]
    data: Counts
    weight: int
    scale: int = SCALE  # prices are rounded to its inverse

    def solved(self, patterns: Patterns, rows: IntArray | None = None) -> Joined:
        """Return what these patterns give; of the program's ``rows`` (all by default) those left out have no price."""
        kept = np.arange(len(self.program.rows)) if rows is None else rows
        base = linear_program(*self._of_rows(kept))
        solver, unit = _interior(self._with_patterns(base, patterns))
        answer = self._of_all_rows(_times(answer_of(solver, base, len(self.budgets)), unit), kept)
        solution, first = solver.getSolution(), len(base.below) + len(self.data.doctor)
        dual = np.asarray(solution.row_dual, dtype=np.float64)[first:] * unit
        prices = Prices(answer, -dual)
        value, found = self.proved(prices)
        share = np.asarray(solution.col_value, dtype=np.float64)[len(base.cost) :]
        held = np.repeat(share, np.diff(patterns.bounds)) * patterns.counts
        counts = np.asarray(np.bincount(patterns.cells, held, len(self.data.cell_doctor)), dtype=np.float64)
        return Joined(value, answer.value, found, counts, answer.columns, prices)

    def _of_rows(self, kept: IntArray) -> tuple[Program, Costs, tuple[Budget, ...]]:
        """Return the calendar with some of its rows only, and what it costs."""

        def of_rows(costs: Costs) -> Costs:
            return replace(costs, over=costs.over[kept], under=costs.under[kept])

        budgets = tuple(Budget(of_rows(one.costs), one.most) for one in self.budgets)
        return _with_rows(self.program, kept), of_rows(self.costs), budgets

    def _of_all_rows(self, answer: LinearAnswer, kept: IntArray) -> LinearAnswer:
        """Return the answer with a price for every row, none for those left out."""
        price = np.zeros(len(self.program.rows))
        price[kept] = answer.rows
        return replace(answer, rows=price)

    def _with_patterns(self, base: LinearProgram, patterns: Patterns) -> LinearProgram:
        """Return the arrays with one column per pattern, one row per doctor and one per cell."""
        doctors, cells = len(self.data.doctor), len(self.data.cell_doctor)
        column = len(base.cost) + np.arange(len(patterns), dtype=np.int64)
        row = len(base.below)
        pairs = np.flatnonzero(self.data.cell_of_pair >= 0)
        entry = np.repeat(column, np.diff(patterns.bounds))
        rows = [row + patterns.doctor, row + doctors + patterns.cells, row + doctors + self.data.cell_of_pair[pairs]]
        side = np.concatenate((np.ones(doctors), np.zeros(cells)))
        return replace(
            base,
            cost=np.concatenate((base.cost, patterns.cost * float(self.weight))),
            low=np.concatenate((base.low, np.zeros(len(column)))),
            high=np.concatenate((base.high, np.full(len(column), np.inf))),
            below=np.concatenate((base.below, side)), above=np.concatenate((base.above, side)),
            row=np.concatenate([base.row, *rows]), column=np.concatenate((base.column, column, entry, pairs)),
            value=np.concatenate((base.value, np.ones(len(column)), -patterns.counts, np.ones(len(pairs)))),
        )  # fmt: skip

    def scaled(self, prices: Prices) -> tuple[Costs, int]:
        """Return ``scale`` times the costs with those of budgets at their prices, and what the budgets give back."""
        costs, spent = self.costs, 0
        whole = Costs(
            costs.column * self.scale,
            costs.over * self.scale,
            costs.under * self.scale,
            costs.convex * self.scale,
            costs.constant * self.scale,
        )
        said = np.maximum(rounded(prices.answer.budgets, self.scale), 0).tolist()
        for budget, one in zip(self.budgets, said, strict=True):
            whole, spent = whole.plus(budget.costs, one), spent + one * budget.most
        return whole, spent

    def proved(self, prices: Prices) -> tuple[int, Patterns]:
        """Return the bound of prices, whatever they are: rounded, exact minima over patterns, then over columns one by one."""
        data, times = self.data, self.weight * self.scale
        answer, price = prices.answer, rounded(prices.cells, self.scale).astype(np.float64)
        dearest = float(np.abs(data.costs).max(initial=0)) * times + float(np.abs(price).max(initial=0.0))
        if dearest * int(data.doctor_most.max(initial=1) + 2) >= LARGEST:
            raise OverflowError("the blend bound is too large to be exact")
        found = priced(data, crowds_of(data, times), price)
        whole, spent = self.scaled(prices)
        pairs = np.flatnonzero(data.cell_of_pair >= 0)
        whole.column[pairs] += ints(price[data.cell_of_pair[pairs]])
        patterns = sum(int(one) for one in found.least.tolist())
        value = lower_bound(self.program, whole, answer.multipliers(self.scale)) + patterns - spent
        return -(-value // self.scale), found.patterns
