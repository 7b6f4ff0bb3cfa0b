"""A task solved by HiGHS: as a program in whole numbers, or as its relaxation alone for a bound.

Where a linear relaxation is tight HiGHS proves what CP-SAT does not; its branch and bound, like CP-SAT's, is taken at
its word to one part in a million. The relaxation's bound is safe whatever HiGHS says (`canvas/bound.py`).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.bound import Costs, stage_costs
from rosterplan.canvas.program import Program
from rosterplan.domain.result import Stage
from rosterplan.model.highs import quiet_solver
from rosterplan.model.linear import LinearProgram, answer_of, linear_program, load, safe_bound
from rosterplan.model.starts import with_starts
from rosterplan.model.task import Outcome, Task
from rosterplan.model.written_out import written_out

if TYPE_CHECKING:
    import highspy

FINE = 2**20
"""Prices of a relaxation are rounded to 1/FINE: thousands of reduced costs near nil cost the bound little."""

INTERIOR_COLUMNS = 5_000
"""Above it the interior point is tried in place of the simplex, without crossover: near-optimal prices are enough.

Measured on three public rosters of 30 to 50 people: 1.7, 4.5 and 8.4 s, where the simplex took 7, 44 and 35.
"""

COLUMNS_WITH_STARTS = 6_000
"""Above it columns of starts cost HiGHS more time than they tell it (measured after 40 s on a month of 50 people: bound
3443 and a roster at 3648 without; 3442, none with them; 16 people: proved in 24 s with them, 26 % apart after 30 without;
36 people, 5,245 columns: bound 372 after a minute with them)."""

FAR, FAR_SECONDS = 0.3, 90.0
"""Gap of HiGHS's own roster with which the rest is left to pieces, after half its time and so many seconds at least [s]; without
any roster, after a quarter.

Measured: 0.16 or less where it was closed in the end or nearly, 0.4 and more on a roster of 36 people that pieces did better.
"""

INTERIOR_ITERATIONS = 200
NODES_PER_EFFORT = 2_000
SECONDS_PER_EFFORT = 2.0
"""What CP-SAT takes for a unit of effort (measured: one to three)."""

TOLERANCE = 1e-6
PARTS: tuple[Stage, ...] = ("blend", "wishes", "comfort")


Hear = Callable[["int | BoolArray"], None]
"""Told of each better bound of a task while it is worked on, and where time counts of each better roster (pairs held)."""


def solve_by_highs(task: Task, hear: Hear) -> Outcome:
    """Return what HiGHS finds; only tasks without lexicographic weights, caps on misses, limits and count bounds."""
    costs = stage_costs(task.program, weights_of(task))
    return relaxed(task.program, costs, task.seconds) if task.engine == "relax" else _whole(task, costs, hear)


def weights_of(task: Task) -> dict[Stage, int]:
    """Return the weight of each stage charged; `blend` is wishes and comfort, and what is charged to it."""
    weights: dict[Stage, int] = {}
    for stage, weight in task.minimise:
        weights.update(dict.fromkeys(PARTS, weight) if stage == "blend" else {stage: weight})
    return weights


def relaxed(program: Program, costs: Costs, seconds: float | None = None) -> Outcome:
    """Return the safe bound of the relaxation, prices rounded; where it is cut, of the prices it had reached."""
    linear = linear_program(program, costs)
    solver = quiet_solver()
    if seconds is not None:
        solver.setOptionValue("time_limit", seconds)
    if len(linear.cost) > INTERIOR_COLUMNS:
        for name, value in (("solver", "ipm"), ("run_crossover", "off"), ("ipm_iteration_limit", INTERIOR_ITERATIONS)):
            solver.setOptionValue(name, value)
    load(solver, linear)
    solver.run()
    answer = answer_of(solver, linear, 0)
    for scale in (FINE, 2**12, 64):
        try:
            return Outcome("unknown", bound=safe_bound(program, costs, answer, scale=scale))
        except OverflowError:
            continue
    return Outcome("unknown")


def _whole(task: Task, costs: Costs, hear: Hear) -> Outcome:
    """Branch and bound, from no roster on a whole; a piece begins with what is held there."""
    if task.start is not None:
        return _piece(task, costs, task.start)
    program = task.program
    plain = linear_program(program, costs)
    began = time.monotonic()
    known = None  # HiGHS would begin with the simplex, and have no bound till long after
    if task.seconds is not None and len(plain.cost) > INTERIOR_COLUMNS:
        known = relaxed(program, costs, task.seconds).bound
    linear = written_out(with_starts(plain)[0] if len(plain.cost) <= COLUMNS_WITH_STARTS else plain)
    solver = _loaded(task, linear)
    if task.seconds is not None:
        solver.setOptionValue("time_limit", max(task.seconds - (time.monotonic() - began), 1.0))
    _report(solver, hear, known)
    if task.seconds is not None:
        _show(solver, hear, program.pairs)
        _end_where_far(solver, began + max(task.seconds / 4, FAR_SECONDS), began + max(task.seconds / 2, FAR_SECONDS))
    solver.run()
    outcome = _outcome(solver, program)
    if known is None or outcome.verdict == "infeasible":
        return outcome
    return replace(outcome, bound=known if outcome.bound is None else max(known, outcome.bound))


def _piece(task: Task, costs: Costs, start: BoolArray) -> Outcome:
    """Branch and bound from what is held: HiGHS drops at once what can be no better, and looks near it.

    Its effort is time: HiGHS has no other measure of what it spends at the root.
    """
    import highspy

    began = time.monotonic()
    program = task.program
    plain, column = linear_program(program, costs), program.values(start)
    linear, starts = with_starts(plain)
    solver = _loaded(task, written_out(linear))
    if task.seconds is not None:
        solver.setOptionValue("time_limit", task.seconds)
    known = highspy.HighsSolution()
    known.col_value = np.concatenate((completed(plain, column), starts.values(column))).tolist()
    solver.setSolution(known)
    solver.run()
    return replace(_outcome(solver, program), effort=(time.monotonic() - began) / SECONDS_PER_EFFORT)


def _loaded(task: Task, linear: LinearProgram) -> highspy.Highs:
    """Return HiGHS with a program in whole numbers and the limits of a task, those of time apart."""
    import highspy

    solver = quiet_solver()
    solver.setOptionValue("solver", "choose")
    solver.setOptionValue("mip_max_nodes", round(task.effort * NODES_PER_EFFORT))
    solver.setOptionValue("mip_rel_gap", task.gap)
    solver.setOptionValue("mip_abs_gap", 1.0 - TOLERANCE)  # costs are whole
    load(solver, linear)
    # Slack, steps and starts are whole where columns are: HiGHS's cuts are far stronger once told (a public month of
    # 16 people after 35 s: bound 1078, not 843).
    columns = np.arange(len(linear.cost), dtype=np.int32)
    solver.changeColsIntegrality(len(columns), columns, np.array([highspy.HighsVarType.kInteger] * len(columns)))
    return solver


def _report(solver: highspy.Highs, hear: Hear, known: int | None) -> None:
    """Let ``hear`` know the bound there is, then each better one while HiGHS runs."""
    best = -math.inf if known is None else float(known)
    if known is not None:
        hear(known)

    def interrupted(event: object) -> None:
        nonlocal best
        bound = float(event.data_out.mip_dual_bound)  # type: ignore[attr-defined]
        if math.isfinite(bound) and bound > best + TOLERANCE:
            best = bound
            hear(_rounded(bound))

    solver.cbMipInterrupt += interrupted


def _show(solver: highspy.Highs, hear: Hear, pairs: int) -> None:
    """Let ``hear`` have each better roster while HiGHS runs."""

    def improved(event: object) -> None:
        hear(np.asarray(event.data_out.mip_solution, dtype=np.float64)[:pairs] > 0.5)  # type: ignore[attr-defined]

    solver.cbMipImprovingSolution += improved


def _end_where_far(solver: highspy.Highs, none: float, far: float) -> None:
    """Let HiGHS end where it has no roster after ``none``, or one far from its bound after ``far`` [s, monotonic clock]."""

    def interrupted(event: object) -> None:
        out, now = event.data_out, time.monotonic()  # type: ignore[attr-defined]
        found = math.isfinite(out.mip_primal_bound)
        apart = found and out.mip_primal_bound - out.mip_dual_bound > FAR * abs(out.mip_primal_bound)
        if (now > none and not found) or (now > far and apart):
            event.interrupt()  # type: ignore[attr-defined]

    solver.cbMipInterrupt += interrupted


def _rounded(bound: float) -> int:
    """Return HiGHS's bound rounded up, since costs are whole."""
    return math.ceil(bound - TOLERANCE * max(1.0, abs(bound)))


def completed(linear: LinearProgram, column: IntArray) -> np.ndarray:
    """Return whole columns followed by the least slack and steps that go with them."""
    program = linear.program
    activity = program.rows.terms.dot(column)
    many = len(linear.cost) - program.columns
    values = np.zeros(program.columns + many)
    values[: program.columns] = column
    over = linear.row[linear.column >= program.columns]
    place = linear.column[linear.column >= program.columns]
    soft = over < len(program.rows)
    sign = linear.value[linear.column >= program.columns][soft]
    row, place = over[soft], place[soft]
    lack = np.where(sign > 0, program.rows.lo[row] - activity[row], activity[row] - program.rows.hi[row])
    values[place] = np.maximum(lack, 0)
    return values


def _outcome(solver: highspy.Highs, program: Program) -> Outcome:
    """Return HiGHS's answer; its bound rounded up, since costs are whole."""
    import highspy

    info, status = solver.getInfo(), solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Outcome("infeasible")
    bound = None
    if math.isfinite(info.mip_dual_bound):
        bound = _rounded(info.mip_dual_bound)
    value = np.asarray(solver.getSolution().col_value, dtype=np.float64)
    if info.primal_solution_status != 2 or len(value) < program.columns:  # 2: feasible
        return Outcome("unknown", bound=bound)
    held = value[: program.pairs] > 0.5
    objective = round(info.objective_function_value)
    done = status == highspy.HighsModelStatus.kOptimal and bound is not None and bound >= objective
    return Outcome("optimal" if done else "feasible", held, objective, objective if done else bound)
