"""The contestants: by turns, greedy, ours, monolithic CP-SAT with and without a hint, HiGHS as a MIP, Timefold."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from benchmarks.peers.problem import Answer, Problem
from benchmarks.peers.timefold import balanced, same_cost
from benchmarks.round_robin import round_robin
from rosterplan.canvas import Program
from rosterplan.canvas.arrays import BoolArray
from rosterplan.canvas.bound import stage_costs
from rosterplan.model.greedy import greedy

WORKERS = 2
UNIT = 1_000
"""Costs of the blend per unit of the benchmark's table."""

Contestant = Callable[[Problem, float, int], Answer]
"""(problem, seconds, seed) → what was found within the time, counted from the instance in memory."""


def by_turns(problem: Problem, _seconds: float, _seed: int) -> Answer:
    """The roster a spreadsheet makes."""
    clock = time.perf_counter()
    roster = round_robin(problem.instance, problem.rules)
    return Answer(roster.model_copy(update={"dues": problem.dues}), time.perf_counter() - clock)


def greedily(problem: Problem, _seconds: float, _seed: int) -> Answer:
    """Our own first roster, before anything moves."""
    clock = time.perf_counter()
    held = greedy(problem.program)
    return Answer(problem.roster(held), time.perf_counter() - clock)


def ours(problem: Problem, seconds: float, seed: int) -> Answer:
    """`solve`, stopped by the clock."""
    from rosterplan.model.solve import solve

    clock = time.perf_counter()
    roster, result = solve(
        problem.instance, problem.rules, seed=seed, effort=1000, workers=WORKERS, dues=problem.dues,
        time_limit_seconds=seconds,
    )  # fmt: skip
    bound = result.stage("blend").bound
    return Answer(roster, time.perf_counter() - clock, None if bound is None else bound / UNIT, result.status)


def monolithic(problem: Problem, seconds: float, seed: int) -> Answer:
    """The whole program as one CP-SAT model."""
    return _cp_sat(problem, seconds, seed, hinted=False)


def hinted(problem: Problem, seconds: float, seed: int) -> Answer:
    """The same with the greedy roster as a hint."""
    return _cp_sat(problem, seconds, seed, hinted=True)


def _cp_sat(problem: Problem, seconds: float, seed: int, *, hinted: bool) -> Answer:
    from ortools.sat.python import cp_model

    from rosterplan.model.compile import model_of
    from rosterplan.model.task import Task

    clock = time.perf_counter()
    program = problem.program
    compiled = model_of(Task(program, (("blend", 1),), effort=0.0, seed=seed))
    if compiled is None:
        return Answer(
            problem.roster(np.zeros(program.pairs, dtype=bool)), time.perf_counter() - clock, None, "infeasible"
        )
    model, columns = compiled
    start = np.zeros(program.pairs, dtype=bool)
    if hinted:
        start = greedy(program)
        for column, value in zip(columns, program.values(start).tolist(), strict=True):
            model.add_hint(column, value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(1.0, seconds - (time.perf_counter() - clock))
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(problem.roster(start), time.perf_counter() - clock, None, solver.status_name(status))
    held = np.array([solver.boolean_value(column) for column in columns[: program.pairs]], dtype=bool)
    if hinted and _blend(program, held) > _blend(program, start):
        held = start  # whoever gives a hint has it already
    spent, bound = time.perf_counter() - clock, solver.best_objective_bound / UNIT
    return Answer(problem.roster(held), spent, bound, solver.status_name(status))


def _blend(program: Program, held: BoolArray) -> int:
    """What the pairs held cost, all stages in one sum."""
    return int(program.costs(program.values(held)).sum())


def highs(problem: Problem, seconds: float, seed: int) -> Answer:
    """The whole program as one mixed-integer program for HiGHS."""
    import highspy

    from rosterplan.model.linear import linear_program, load

    clock = time.perf_counter()
    program = problem.program
    linear = linear_program(program, stage_costs(program, {"blend": 1, "wishes": 1, "comfort": 1}))
    highspy.Highs.resetGlobalScheduler(True)  # threads are one number for the whole process, until this
    solver = highspy.Highs()
    options: dict[str, Any] = {"output_flag": False, "threads": WORKERS, "random_seed": seed}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    load(solver, linear)
    whole = np.arange(program.columns, dtype=np.int32)
    kinds = np.full(len(whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    solver.changeColsIntegrality(len(whole), whole, kinds)
    solver.setOptionValue("time_limit", max(1.0, seconds - (time.perf_counter() - clock)))
    solver.run()
    information = solver.getInfo()
    held = _held(problem, np.asarray(solver.getSolution().col_value, dtype=np.float64), information)
    spent, bound = time.perf_counter() - clock, float(information.mip_dual_bound)
    note = solver.modelStatusToString(solver.getModelStatus())
    highspy.Highs.resetGlobalScheduler(True)
    return Answer(problem.roster(held), spent, bound / UNIT if np.isfinite(bound) else None, note)


def _held(problem: Problem, values: Any, information: Any) -> BoolArray:
    """The pairs of the best whole solution; none where HiGHS found none."""
    import highspy

    found = information.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
    pairs = problem.program.pairs
    return values[:pairs] > 0.5 if found and len(values) >= pairs else np.zeros(pairs, dtype=bool)


CONTESTANTS: Mapping[str, Contestant] = MappingProxyType({
    "round robin": by_turns, "greedy": greedily, "rosterplan": ours, "CP-SAT": monolithic, "CP-SAT, hinted": hinted,
    "HiGHS MIP": highs, "Timefold": same_cost, "Timefold, load balance": balanced,
})  # fmt: skip
"""In the order of the table."""

INSTANT = ("round robin", "greedy")
"""Contestants that take no time limit."""
