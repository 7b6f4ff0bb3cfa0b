"""A program as a linear program for HiGHS: whole numbers relaxed, soft sides with slack, cost tables by steps.

Deterministic: simplex on one thread, stopped by iterations, never by the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from rosterplan.canvas.arrays import INF, IntArray, ints, ranges
from rosterplan.canvas.bound import Costs, Multipliers, lower_bound
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import Program, Rows
from rosterplan.canvas.strengthen import sums
from rosterplan.model.highs import Stop, never, quiet_solver

if TYPE_CHECKING:
    import highspy

FloatArray = NDArray[np.float64]
SUBTOTAL = 200
"""Entries of a subtotal: a budget over thousands of columns is a sum of such sums."""

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
class _Entries:
    """A sparse matrix as (row, column, value) and its rows' sides, in construction."""

    row: list[IntArray]
    column: list[IntArray]
    value: list[FloatArray]

    def add(self, row: IntArray, column: IntArray, value: IntArray | FloatArray | float) -> None:
        """Add entries."""
        self.row.append(row)
        self.column.append(column)
        self.value.append(np.broadcast_to(np.asarray(value, dtype=np.float64), row.shape))


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
    entries = _Entries([], [], [])
    rows, count = program.rows, len(program.rows)
    entries.add(rows.terms.row_of_entry, rows.terms.items, rows.terms.coefs)
    below, above, over, under, slack = _sides(rows, every)
    first = program.columns
    entries.add(over, first + np.arange(len(over)), -1.0)
    entries.add(under, first + len(over) + np.arange(len(under)), 1.0)
    first += len(over) + len(under)
    counted = np.flatnonzero(np.max([np.abs(one.convex) for one in every], axis=0, initial=0) > 0)
    step_group, step_size, step_cost, start = _steps(program, counted)
    terms = program.convex.terms.take(counted)
    entries.add(count + terms.row_of_entry, terms.items, terms.coefs)
    entries.add(count + step_group, first + np.arange(len(step_group)), -1.0)
    bottom = extremes(terms)[0].astype(np.float64)
    place = count + len(counted)
    member = np.flatnonzero(sums(program).open)
    unions = _derived_rows(program, entries, place, member)
    place += unions
    prices = _Prices(over, under, counted, step_group, step_cost, start)
    cost = prices.of(costs)
    totals = _Totals.of([prices.of(budget.costs) for budget in budgets])
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


@dataclass(frozen=True)
class _Prices:
    """What each column of the relaxation costs: pairs and sums, slack of either side, steps of the convex tables."""

    over: IntArray
    under: IntArray
    counted: IntArray
    step_group: IntArray
    step_cost: IntArray
    start: IntArray

    def of(self, costs: Costs) -> FloatArray:
        times = costs.convex[self.counted][self.step_group]
        parts = (costs.column, costs.over[self.over], costs.under[self.under], times * self.step_cost)
        return np.concatenate(parts).astype(np.float64)

    def constant(self, costs: Costs) -> float:
        """Return what is paid whatever the columns: the costs' own constant, and each table at its start."""
        return float(costs.constant) + float((costs.convex[self.counted] * self.start).sum())


def _sides(rows: Rows, every: Sequence[Costs]) -> tuple[FloatArray, FloatArray, IntArray, IntArray, IntArray]:
    """Return the sides of each row, the rows whose upper and lower sides have slack, and the room of each slack in that order."""
    least, most = extremes(rows.terms)
    charged_over = np.max([one.over for one in every], axis=0, initial=0) > 0
    charged_under = np.max([one.under for one in every], axis=0, initial=0) > 0
    below = np.where((rows.lo <= -INF) | ((rows.under_weight > 0) & ~charged_under), -np.inf, rows.lo)
    above = np.where((rows.hi >= INF) | ((rows.over_weight > 0) & ~charged_over), np.inf, rows.hi)
    over = np.flatnonzero((rows.over_weight > 0) & charged_over & (most > rows.hi))
    under = np.flatnonzero((rows.under_weight > 0) & charged_under & (least < rows.lo))
    return below, above, over, under, np.concatenate((most[over] - rows.hi[over], rows.lo[under] - least[under]))


@dataclass(frozen=True)
class _Totals:
    """Budgets as sums of subtotals: one long row would make every row the neighbour of every other."""

    vectors: tuple[FloatArray, ...]
    used: tuple[IntArray, ...]

    @classmethod
    def of(cls, vectors: list[FloatArray]) -> _Totals:
        """The totals of these costs."""
        return cls(tuple(vectors), tuple(ints(np.flatnonzero(vector)) for vector in vectors))

    @property
    def parts(self) -> int:
        """Number of subtotals."""
        return sum(-(-len(one) // SUBTOTAL) for one in self.used)

    def post(self, entries: _Entries, row: int, column: int) -> None:
        """Add a row and a column per subtotal, then a row per budget."""
        part, total = 0, row + self.parts
        for number, (vector, used) in enumerate(zip(self.vectors, self.used, strict=True)):
            many = -(-len(used) // SUBTOTAL)
            own = part + np.arange(many, dtype=np.int64)
            entries.add(row + part + np.arange(len(used), dtype=np.int64) // SUBTOTAL, used, vector[used])
            entries.add(row + own, column + own, -1.0)
            entries.add(np.full(many, total + number, dtype=np.int64), column + own, 1.0)
            part += many


def _steps(program: Program, counted: IntArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return (table, length, cost per unit) of each run of equal marginals, and each table's cost at its least count."""
    convex = program.convex
    least, most = (side[counted] for side in extremes(convex.terms))
    first = convex.starts[counted] + convex.base[counted] + least - convex.low[counted]
    lengths = most - least
    group = np.repeat(np.arange(len(counted), dtype=np.int64), lengths)
    place = ranges(first, lengths)
    marginal = convex.costs[place + 1] - convex.costs[place] if len(place) else ints([])
    new = np.ones(len(group), dtype=bool)
    new[1:] = (np.diff(group) != 0) | (np.diff(marginal) != 0)
    heads = np.flatnonzero(new)
    sizes = np.diff(np.concatenate((heads, [len(group)])))
    return group[heads], ints(sizes), marginal[heads], convex.costs[first] if len(first) else ints([])


def _derived_rows(program: Program, entries: _Entries, place: int, open_entries: IntArray) -> int:
    """Add derived ≥ member for the entries ``open_entries`` and Σ members ≥ derived; return how many rows."""
    members = program.any_of
    each = place + np.arange(len(open_entries), dtype=np.int64)
    entries.add(each, members.row_of_entry[open_entries] + program.pairs, 1.0)
    entries.add(each, members.items[open_entries], -1.0)
    whole = place + len(open_entries)
    entries.add(whole + members.row_of_entry, members.items, 1.0)
    numbers = np.arange(len(members), dtype=np.int64)
    entries.add(whole + numbers, program.pairs + numbers, -1.0)
    return len(open_entries) + len(members)


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
