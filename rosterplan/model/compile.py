"""A program as a CP-SAT model. Known faults of ortools 9.15 are kept away: no repair_hint, one worker, weights < 2^31."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise, permutations

import numpy as np
from ortools.sat.python import cp_model

from rosterplan.canvas.arrays import INF, BoolArray, IntArray
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.canvas.spread import Spread
from rosterplan.canvas.strengthen import sums
from rosterplan.domain.result import STAGES, Stage
from rosterplan.model.giving import given_anew
from rosterplan.model.mip import Hear, solve_by_highs
from rosterplan.model.task import Outcome, Task

MAX_WEIGHT = 2**31 - 1
"""Above it, 9.15 may claim a wrong optimum (google/or-tools #5293)."""


class _Costs:
    """Linear cost of each stage under construction."""

    def __init__(self, asked: Iterable[int]) -> None:
        self.terms: dict[int, list[tuple[cp_model.IntVar, int]]] = {number: [] for number in range(len(STAGES))}
        self.constant = dict.fromkeys(range(len(STAGES)), 0)
        self.asked = frozenset(asked)

    @classmethod
    def of(cls, task: Task) -> _Costs:
        """The costs of the stages a task minimises or limits: those of others would only burden the solver."""
        named = {stage for stage, _ in (*task.minimise, *task.limits)}
        if "blend" in named:
            named |= {"wishes", "comfort"}
        return cls(STAGE_NUMBER[stage] for stage in named)

    def wanted(self, stage: int, variable: cp_model.IntVar, weight: int) -> None:
        """Charge ``weight`` unless the variable is 1."""
        self.terms[stage].append((variable, -weight))
        self.constant[stage] += weight

    def expression(self, stage: int) -> cp_model.LinearExpr:
        """The cost of one stage."""
        variables = [variable for variable, _ in self.terms[stage]]
        weights = [weight for _, weight in self.terms[stage]]
        total: cp_model.LinearExpr = cp_model.LinearExpr.weighted_sum(variables, weights)
        return total + self.constant[stage]


def solve_task(task: Task, hear: Hear = lambda _bound: None) -> Outcome:
    """Solve one task with one worker and a deterministic limit: the same task gives the same outcome."""
    if task.engine == "giving":
        return given_anew(task)
    if task.engine != "cp-sat":
        return solve_by_highs(task, hear)
    compiled = model_of(task)
    return Outcome("infeasible") if compiled is None else _run(compiled[0], task, compiled[1])


def model_of(task: Task) -> tuple[cp_model.CpModel, list[cp_model.IntVar]] | None:
    """Return the model of a task and the variable of each column; None if a count cannot stay in its bounds."""
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _ in range(task.program.columns)]
    costs = _Costs.of(task)
    known = sums(task.program)
    _derive(model, task.program, columns, known.exclusive)
    _rows(model, task, columns, costs, known.said)
    if not _convex(model, task, columns, costs):
        return None
    _linear(task.program, columns, costs)
    for spread in task.program.spreads:
        if spread.stage not in costs.asked:
            continue
        _spread(model, spread, columns, costs)
    for stage, limit in task.limits:
        model.add(_staged(costs, stage) <= limit)
    if task.minimise:
        objective = sum(weight * _staged(costs, stage) for stage, weight in task.minimise)
        model.minimize(objective)
    if task.hint is not None:
        for column, value in zip(columns, task.hint.tolist(), strict=False):
            model.add_hint(column, value)
    return model, columns


def _staged(costs: _Costs, stage: Stage) -> cp_model.LinearExpr:
    """Return the cost of a stage; `blend` is wishes and comfort, and what is charged to it."""
    total = costs.expression(STAGE_NUMBER[stage])
    if stage == "blend":
        total = total + costs.expression(STAGE_NUMBER["wishes"]) + costs.expression(STAGE_NUMBER["comfort"])
    return total


def _run(model: cp_model.CpModel, task: Task, columns: list[cp_model.IntVar]) -> Outcome:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.linearization_level = 2
    parameters.random_seed = task.seed
    if not task.symmetry:
        parameters.symmetry_level = 0
    parameters.max_deterministic_time = task.effort
    if task.hint is not None:
        parameters.use_lns_only = True
    status = solver.solve(model)
    spent = float(solver.response_proto.deterministic_time)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        held = np.array([solver.boolean_value(column) for column in columns[: task.program.pairs]], dtype=bool)
        bound = int(np.ceil(solver.best_objective_bound - 1e-6)) if task.minimise else 0
        value = round(solver.objective_value) if task.minimise else 0
        return Outcome("optimal" if status == cp_model.OPTIMAL else "feasible", held, value, bound, spent)
    if status == cp_model.INFEASIBLE:
        return Outcome("infeasible", effort=spent)
    reached = float(solver.best_objective_bound) if task.minimise and status == cp_model.UNKNOWN else -math.inf
    least = math.ceil(reached - 1e-6) if abs(reached) < 2**53 else None
    return Outcome("unknown", bound=least, effort=spent, note=solver.status_name(status))


def _derive(model: cp_model.CpModel, program: Program, columns: list[cp_model.IntVar], exclusive: BoolArray) -> None:
    """Each derived column is the OR of its members, their sum where no two of them are ever held together."""
    for number in range(len(program.any_of)):
        derived = columns[program.pairs + number]
        members = [columns[member] for member in program.any_of.row(number)]
        if exclusive[number]:
            model.add_exactly_one([*members, ~derived])
            continue
        for member in members:
            model.add_implication(member, derived)
        model.add_bool_or([*members, ~derived])


def _rows(model: cp_model.CpModel, task: Task, columns: list[cp_model.IntVar], costs: _Costs, said: BoolArray) -> None:
    """Post every row not ``said`` already; a soft side pays for its slack."""
    rows = task.program.rows
    least, most = extremes(rows.terms)
    levels = dict(task.level_weight)
    coverage = STAGE_NUMBER["coverage"]
    for number in np.flatnonzero(~said).tolist():
        terms = rows.terms.row(number)
        coefs = rows.terms.coefs[rows.terms.bounds[number] : rows.terms.bounds[number + 1]]
        lo, hi = int(max(rows.lo[number], least[number])), int(min(rows.hi[number], most[number]))
        over, under = int(rows.over_weight[number]), int(rows.under_weight[number])
        if over and int(rows.over_stage[number]) not in costs.asked:
            over, hi = 0, int(most[number])
        capped = task.missing_cap is not None and int(task.missing_cap[number]) >= 0
        if under and int(rows.under_stage[number]) not in costs.asked and not capped:
            under, lo = 0, int(least[number])
        if lo <= least[number] and hi >= most[number]:
            continue
        taken = [columns[column] for column in terms.tolist()]
        if not over and not under and hi == 1 and lo <= 0 and (coefs == 1).all():
            model.add_at_most_one(taken)
            continue
        if (
            under
            and len(taken) == 1
            and coefs[0] == 1
            and lo == rows.lo[number] == 1
            and not capped
            and rows.under_stage[number] != coverage
        ):
            costs.wanted(int(rows.under_stage[number]), taken[0], under)  # one column wanted: no slack needed
            continue
        activity = cp_model.LinearExpr.weighted_sum(taken, coefs.tolist())
        if over and hi < most[number]:
            slack = model.new_int_var(0, int(most[number]) - hi, "")
            model.add(activity - slack <= hi)
            costs.terms[int(rows.over_stage[number])].append((slack, over))
        elif hi < most[number]:
            model.add(activity <= hi)
        if under and lo > least[number]:
            step = int(coefs[0]) if len(coefs) and (coefs == coefs[0]).all() and coefs[0] > 0 else 1
            step = step if (lo - int(least[number])) % step == 0 else 1
            cap = int(task.missing_cap[number]) // step if capped and task.missing_cap is not None else -1
            room = (lo - int(least[number])) // step
            slack = model.new_int_var(0, room if cap < 0 else min(cap, room), "")
            model.add(activity + step * slack >= lo)
            stage = int(rows.under_stage[number])
            costs.terms[stage].append((slack, step * (levels.get(under, under) if stage == coverage else under)))
        elif lo > least[number]:
            model.add(activity >= lo)


def _convex(model: cp_model.CpModel, task: Task, columns: list[cp_model.IntVar], costs: _Costs) -> bool:
    """Post every cost table by unary marginals; False if a count cannot stay in its bounds."""
    convex = task.program.convex
    least, most = extremes(convex.terms)
    for number in range(len(convex)):
        low, high = int(convex.base[number] + least[number]), int(convex.base[number] + most[number])
        if task.count_low is not None and task.count_high is not None:
            low = max(low, int(task.count_low[number]))
            high = min(high, int(task.count_high[number]))
        if high < low:
            return False
        free = (low, high) == (int(convex.base[number] + least[number]), int(convex.base[number] + most[number]))
        if free and int(convex.stage[number]) not in costs.asked:
            continue
        terms = convex.terms.row(number).tolist()
        coefs = convex.terms.coefs[convex.terms.bounds[number] : convex.terms.bounds[number + 1]].tolist()
        start = int(convex.starts[number] - convex.low[number])
        table = convex.costs[start + low : start + high + 1]
        stage = int(convex.stage[number])
        costs.constant[stage] += int(table[0])
        count = cp_model.LinearExpr.weighted_sum([columns[term] for term in terms], coefs)
        steps = [model.new_bool_var("") for _ in range(high - low)]
        model.add(count - cp_model.LinearExpr.sum(steps) == low - int(convex.base[number]))
        marginals = np.minimum(np.diff(table), MAX_WEIGHT).tolist()
        costs.terms[stage] += [(step, cost) for step, cost in zip(steps, marginals, strict=True) if cost]
        for before, after in pairwise(steps):
            model.add_implication(after, before)
    return True


def _linear(program: Program, columns: list[cp_model.IntVar], costs: _Costs) -> None:
    """Charge columns taken."""
    for stage, column in zip(*np.nonzero(program.linear), strict=True):
        costs.terms[int(stage)].append((columns[int(column)], int(program.linear[stage, column])))


def _spread(model: cp_model.CpModel, spread: Spread, columns: list[cp_model.IntVar], costs: _Costs) -> None:
    """Post the largest gap: one variable no two groups are further apart than."""
    counts = []
    for group in range(len(spread.terms)):
        items = spread.terms.row(group).tolist()
        count = model.new_int_var(int(spread.base[group]), int(spread.base[group]) + len(items), "")
        model.add(cp_model.LinearExpr.sum([columns[item] for item in items]) + int(spread.base[group]) == count)
        counts.append(count)
    most = int((spread.base + spread.terms.lengths).max(initial=0) * spread.scale.max(initial=0))
    gap = model.new_int_var(0, -(-most // spread.unit), "")
    for one, other in permutations(range(len(counts)), 2):
        mine, theirs = int(spread.scale[one]), int(spread.scale[other])
        model.add(mine * counts[other] - theirs * counts[one] <= spread.unit * gap)
    costs.terms[spread.stage].append((gap, spread.weight))


def unlimited(length: int) -> tuple[IntArray, IntArray]:
    """Return count bounds that bind nothing."""
    return np.full(length, -INF, dtype=np.int64), np.full(length, INF, dtype=np.int64)
