"""The straightforward model of a shift scheduling file, for CP-SAT and HiGHS as anybody would write it: the yardstick."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.shift_scheduling.read import Employee, Problem

Terms = list[tuple[int, int]]
"""(column, coefficient)."""


@dataclass
class Model:
    """Columns 0..high with a cost, rows low ≤ Σ coef·column ≤ high; ``works`` numbers (employee, day, shift)."""

    cost: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    rows: list[tuple[int, Terms, int]] = field(default_factory=list)
    constant: int = 0
    works: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def column(self, cost: int = 0, high: int = 1) -> int:
        """Add a column and return its number."""
        self.cost.append(cost)
        self.high.append(high)
        return len(self.cost) - 1

    def row(self, low: int, terms: Terms, high: int) -> None:
        """Add a row."""
        self.rows.append((low, terms, high))


FAR = 10**9
"""No side of a row is as far."""


def model_of(problem: Problem) -> Model:
    """Return the model: a column per employee, day and shift, one per day worked, one per weekend, two per need."""
    model = Model(constant=sum(one.weight for one in problem.wanted))
    price: dict[tuple[str, int, str], int] = {}
    for sign, requests in ((-1, problem.wanted), (1, problem.unwanted)):
        for one in requests:
            key = one.employee, one.day, one.shift
            price[key] = price.get(key, 0) + sign * one.weight
    for employee in problem.staff:
        _of(model, problem, employee, price)
    for want in problem.cover:
        missing, extra = model.column(want.under, want.need), model.column(want.over, len(problem.staff))
        who = [(model.works[key], 1) for one in problem.staff if (key := (one.id, want.day, want.shift)) in model.works]
        model.row(want.need, [*who, (missing, 1), (extra, -1)], want.need)
    return model


def _of(model: Model, problem: Problem, one: Employee, price: dict[tuple[str, int, str], int]) -> None:
    """Add the columns and limits of one employee."""
    off = set(problem.days_off.get(one.id, ()))
    mine: dict[tuple[int, str], int] = {}
    for day in range(problem.days):
        for shift in problem.shifts:
            if day not in off and one.most_of.get(shift.id, 0):
                mine[day, shift.id] = model.column(price.get((one.id, day, shift.id), 0))
    model.works |= {(one.id, day, shift): column for (day, shift), column in mine.items()}
    works = [model.column() for _ in range(problem.days)]
    for day in range(problem.days):
        model.row(0, [*((column, 1) for (when, _), column in mine.items() if when == day), (works[day], -1)], 0)
    for shift in problem.shifts:
        model.row(
            0, [(column, 1) for (_, name), column in mine.items() if name == shift.id], one.most_of.get(shift.id, 0)
        )
        for (day, name), column in mine.items() if shift.never_before else ():
            then = [(mine[day + 1, other], 1) for other in shift.never_before if (day + 1, other) in mine]
            if name == shift.id and then:
                model.row(0, [(column, 1), *then], 1)
    minutes = {shift.id: shift.minutes for shift in problem.shifts}
    model.row(one.least_minutes, [(column, minutes[shift]) for (_, shift), column in mine.items()], one.most_minutes)
    weekends = []
    for saturday in range(5, problem.days, 7):
        weekends.append((model.column(), 1))
        for day in range(saturday, min(saturday + 2, problem.days)):
            model.row(0, [(weekends[-1][0], 1), (works[day], -1)], 1)
    model.row(0, weekends, one.most_weekends)
    for low, terms, high in _runs(works, one):
        model.row(low, terms, high)


def _runs(works: list[int], one: Employee) -> Iterator[tuple[int, Terms, int]]:
    """Yield the rows of runs: none too long, none too short unless it touches a border, nor a break."""
    days = len(works)
    for first in range(days - one.longest_run):
        yield 0, [(works[first + step], 1) for step in range(one.longest_run + 1)], one.longest_run
    for length in range(1, one.shortest_run):
        for day in range(1, days - length):
            yield -FAR, [(works[day], 1), (works[day - 1], -1), (works[day + length], -1)], 0
    for length in range(1, one.shortest_break):
        for day in range(1, days - length):
            yield -FAR, [(works[day - 1], 1), (works[day], -1), (works[day + length], 1)], 1


@dataclass(frozen=True)
class Found:
    """What a solver found: its cost and bound, None where it found none, the roster, and how long it took [s]."""

    cost: int | None
    bound: float | None
    work: dict[tuple[str, int], str]
    seconds: float


def by_cp_sat(problem: Problem, seconds: float, workers: int) -> Found:
    """Solve with CP-SAT, its parameters as they come."""
    from ortools.sat.python import cp_model

    began, model = time.perf_counter(), model_of(problem)
    program = cp_model.CpModel()
    columns = [program.new_int_var(0, high, "") for high in model.high]
    for low, terms, high in model.rows:
        total = cp_model.LinearExpr.weighted_sum([columns[one] for one, _ in terms], [coef for _, coef in terms])
        program.add_linear_constraint(total, low, high)
    program.minimize(cp_model.LinearExpr.weighted_sum(columns, model.cost) + model.constant)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(1.0, seconds - (time.perf_counter() - began))
    status = solver.solve(program)
    spent = time.perf_counter() - began
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(None, None, {}, spent)
    work = {key[:2]: key[2] for key, one in model.works.items() if solver.boolean_value(columns[one])}
    return Found(round(solver.objective_value), solver.best_objective_bound, work, spent)


def by_highs(problem: Problem, seconds: float, workers: int) -> Found:
    """Solve with HiGHS, its options as they come."""
    import highspy
    import numpy as np

    began, model = time.perf_counter(), model_of(problem)
    linear = highspy.HighsLp()
    linear.num_col_, linear.num_row_ = len(model.cost), len(model.rows)
    linear.col_cost_, linear.col_upper_ = np.array(model.cost, float), np.array(model.high, float)
    linear.col_lower_ = np.zeros(len(model.cost))
    linear.row_lower_ = np.array([low if low > -FAR else -np.inf for low, _, _ in model.rows], float)
    linear.row_upper_ = np.array([high for _, _, high in model.rows], float)
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_ = np.cumsum([0, *(len(terms) for _, terms, _ in model.rows)]).astype(np.int32)
    linear.a_matrix_.index_ = np.array([one for _, terms, _ in model.rows for one, _ in terms], np.int32)
    linear.a_matrix_.value_ = np.array([coef for _, terms, _ in model.rows for _, coef in terms], float)
    linear.integrality_ = [highspy.HighsVarType.kInteger] * len(model.cost)
    linear.offset_ = float(model.constant)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", workers)
    solver.setOptionValue("time_limit", max(1.0, seconds - (time.perf_counter() - began)))
    solver.passModel(linear)
    solver.run()
    info, spent = solver.getInfo(), time.perf_counter() - began
    if info.primal_solution_status != 2:  # 2: feasible
        return Found(None, info.mip_dual_bound, {}, spent)
    value = solver.getSolution().col_value
    work = {key[:2]: key[2] for key, one in model.works.items() if value[one] > 0.5}
    return Found(round(info.objective_function_value), info.mip_dual_bound, work, spent)
