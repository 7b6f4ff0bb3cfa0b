"""A program as a linear program for HiGHS: whole numbers relaxed, soft sides with slack, cost tables by steps.

Deterministic: simplex on one thread, stopped by iterations, never by the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.canvas.bound import Costs, Multipliers, lower_bound
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import Program
from rosterplan.canvas.strengthen import sums
from rosterplan.model.highs import Stop, never, quiet_solver
from rosterplan.model.linear_rows import Entries, FloatArray, Prices, Totals, derived_rows, sides, steps

if TYPE_CHECKING:
    import highspy

__all__ = [
    "Budget", "FloatArray", "LinearAnswer", "LinearProgram", "answer_of", "linear_program", "load", "rounded",
    "safe_bound", "solve_linear",
]  # fmt: skip

SCALE = 64
"""Multipliers are rounded to 1/64: a power of two, so costs times it stay exact."""


@dataclass(frozen=True)
class Budget:
    """Costs that may not pass ``most``: what earlier stages reached."""

    costs: Costs
    most: int


@dataclass(frozen=True)
class LinearAnswer:
    """A relaxed optimum (or where it stopped): its value, columns, and the prices of rows."""

    status: Literal["optimal", "infeasible", "stopped"]
    value: float
    columns: FloatArray
    rows: FloatArray
    convex: FloatArray
    member: FloatArray
    union: FloatArray
    budgets: FloatArray

    def multipliers(self, scale: int = SCALE) -> Multipliers:
        """The prices rounded to 1/scale, in that unit."""
        return Multipliers(*(rounded(part, scale) for part in (self.rows, self.convex, self.member, self.union)))


def rounded(prices: FloatArray, scale: int) -> IntArray:
    """Return prices in units of 1/scale; what is not a number counts 0."""
    return ints(np.rint(np.clip(np.nan_to_num(prices * scale), -(2.0**40), 2.0**40)))


@dataclass(frozen=True)
class LinearProgram:
    """Arrays of min cost·x, low ≤ x ≤ high, below ≤ A x ≤ above; rows: program, tables, members, unions, subtotals, budgets."""

    program: Program
    cost: FloatArray
    low: FloatArray
    high: FloatArray
    below: FloatArray
    above: FloatArray
    row: IntArray
    column: IntArray
    value: FloatArray
    under: IntArray  # the rows whose lower side has slack, in the order of its columns
    first_under: int  # the first of these columns
    counted: IntArray  # the tables that have a row
    member: IntArray  # the entries of `any_of` that have a row; a sum says it of the others
    constant: float


def linear_program(program: Program, costs: Costs, budgets: Sequence[Budget] = ()) -> LinearProgram:
    """Return the relaxation of a program; sides that cost nothing to pass are left out."""
    every = [costs, *(budget.costs for budget in budgets)]
    entries = Entries([], [], [])
    rows, count = program.rows, len(program.rows)
    entries.add(rows.terms.row_of_entry, rows.terms.items, rows.terms.coefs)
    below, above, over, under, slack = sides(rows, every)
    first = program.columns
    entries.add(over, first + np.arange(len(over)), -1.0)
    entries.add(under, first + len(over) + np.arange(len(under)), 1.0)
    first += len(over) + len(under)
    counted = np.flatnonzero(np.max([np.abs(one.convex) for one in every], axis=0, initial=0) > 0)
    step_group, step_size, step_cost, start = steps(program, counted)
    terms = program.convex.terms.take(counted)
    entries.add(count + terms.row_of_entry, terms.items, terms.coefs)
    entries.add(count + step_group, first + np.arange(len(step_group)), -1.0)
    bottom = extremes(terms)[0].astype(np.float64)
    place = count + len(counted)
    member = np.flatnonzero(sums(program).open)
    unions = derived_rows(program, entries, place, member)
    place += unions
    prices = Prices(over, under, counted, step_group, step_cost, start)
    cost = prices.of(costs)
    totals = Totals.of([prices.of(budget.costs) for budget in budgets])
    totals.post(entries, place, len(cost))
    budget_top = [budget.most - prices.constant(budget.costs) for budget in budgets]
    zeros, none = np.zeros(unions), np.zeros(totals.parts)
    room = np.concatenate((slack, step_size)).astype(np.float64)
    return LinearProgram(
        program, np.concatenate((cost, none)), np.concatenate((np.zeros(len(cost)), none - np.inf)),
        np.concatenate((np.ones(program.columns), room, none + np.inf)),
        np.concatenate((below, bottom, zeros, none, np.full(len(budgets), -np.inf))),
        np.concatenate((above, bottom, zeros + np.inf, none, budget_top)),
        np.concatenate(entries.row), np.concatenate(entries.column), np.concatenate(entries.value),
        under, program.columns + len(over), counted, member, prices.constant(costs),
    )  # fmt: skip


def load(solver: highspy.Highs, linear: LinearProgram) -> None:
    """Give HiGHS the arrays, by columns."""
    import highspy

    model = highspy.HighsLp()
    order = np.lexsort((linear.row, linear.column))
    model.num_col_, model.num_row_ = len(linear.cost), len(linear.below)
    model.col_cost_, model.col_lower_, model.col_upper_ = linear.cost, linear.low, linear.high
    model.row_lower_, model.row_upper_ = linear.below, linear.above
    model.offset_ = linear.constant
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    counts = np.bincount(linear.column, minlength=len(linear.cost))
    model.a_matrix_.start_ = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    model.a_matrix_.index_ = linear.row[order].astype(np.int32)
    model.a_matrix_.value_ = linear.value[order]
    solver.passModel(model)


def solve_linear(
    program: Program,
    costs: Costs,
    budgets: Sequence[Budget] = (),
    *,
    iterations: int | None = None,
    stop: Stop = never,
) -> LinearAnswer:
    """Return the relaxed optimum of the costs under the hard rows and the budgets, or where it was stopped."""
    linear = linear_program(program, costs, budgets)
    solver = quiet_solver(iterations, stop)
    load(solver, linear)
    solver.run()
    return answer_of(solver, linear, len(budgets))


def answer_of(solver: highspy.Highs, linear: LinearProgram, budgets: int) -> LinearAnswer:
    """Return what HiGHS found, its row prices sorted by what they price; rows added after ``linear``'s are left out."""
    import highspy

    program = linear.program
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        word: Any = "infeasible"
    else:
        word = "optimal" if status == highspy.HighsModelStatus.kOptimal else "stopped"
    found = solver.getSolution()
    value = np.asarray(found.col_value, dtype=np.float64)[: program.columns]
    price = np.asarray(found.row_dual, dtype=np.float64)
    if len(value) < program.columns or len(price) < len(linear.below):
        value, price = np.zeros(program.columns), np.zeros(len(linear.below))
    price = price[: len(linear.below)]
    rows, tables, members = len(program.rows), len(linear.counted), len(linear.member)
    convex = np.zeros(len(program.convex))
    convex[linear.counted] = -price[rows : rows + tables]
    member = np.zeros(len(program.any_of.items))
    rest = price[rows + tables :]
    member[linear.member] = rest[:members]
    return LinearAnswer(
        word, float(solver.getInfo().objective_function_value), value, price[:rows], convex,
        member, rest[members : members + len(program.any_of)], -rest[len(rest) - budgets :],
    )  # fmt: skip


def safe_bound(
    program: Program, costs: Costs, answer: LinearAnswer, budgets: Sequence[Budget] = (), *, scale: int = SCALE
) -> int:
    """Return the least whole number the costs can be under the budgets, proved from the answer's rounded prices."""
    prices = np.maximum(rounded(answer.budgets, scale), 0)
    whole, spent = (
        Costs(
            costs.column * scale, costs.over * scale, costs.under * scale, costs.convex * scale, costs.constant * scale
        ),
        0,
    )
    for budget, price in zip(budgets, prices.tolist(), strict=True):
        whole, spent = whole.plus(budget.costs, price), spent + price * budget.most
    return -((spent - lower_bound(program, whole, answer.multipliers(scale))) // scale)
