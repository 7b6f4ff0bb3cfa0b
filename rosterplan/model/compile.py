"""A program as a CP-SAT model. Known faults of ortools 9.15 are kept away: no repair_hint, one worker, weights < 2^31."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise, permutations
from typing import NamedTuple

import numpy as np
from ortools.sat.python import cp_model

from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.canvas.spread import Spread
from rosterplan.canvas.strengthen import sums
from rosterplan.domain.result import STAGES, Stage
from rosterplan.model.task import Outcome, Task

COVERAGE = STAGE_NUMBER["coverage"]
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


def solve_by_cp_sat(task: Task) -> Outcome:
    """Solve one task with one worker and a deterministic limit: the same task gives the same outcome."""
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
    for number, spread in enumerate(task.program.spreads):
        kept = None if task.group_counts is None else task.group_counts[number]
        if spread.stage in costs.asked or kept is not None:
            _spread(model, spread, kept, columns, costs)
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
    least, most = extremes(task.program.rows.terms)
    levels = dict(task.level_weight)
    for number in np.flatnonzero(~said).tolist():
        row = _Row.of(task, number, int(least[number]), int(most[number]), costs)
        if row.lo <= row.least and row.hi >= row.most:
            continue
        taken = [columns[column] for column in task.program.rows.terms.row(number).tolist()]
        if not row.over and not row.under and row.hi == 1 and row.lo <= 0 and (row.coefs == 1).all():
            model.add_at_most_one(taken)
        elif row.wants_one_column:
            costs.wanted(row.under_stage, taken[0], row.under)  # one column wanted: no slack needed
        else:
            activity = cp_model.LinearExpr.weighted_sum(taken, row.coefs.tolist())
            _post_most(model, activity, row, costs)
            _post_least(model, activity, row, costs, levels)


class _Row(NamedTuple):
    """A row as a task asks for it: lo ≤ Σ coef·column ≤ hi within [least, most]; ``over``, ``under`` are 0 where hard or not asked.

    ``wanted``: its lower side before anything else; ``cap``: how much it may lack, −1 where any amount.
    """

    coefs: IntArray
    least: int
    most: int
    lo: int
    hi: int
    over: int
    over_stage: int
    under: int
    under_stage: int
    wanted: int
    cap: int

    @classmethod
    def of(cls, task: Task, number: int, least: int, most: int, costs: _Costs) -> _Row:
        """Return a row, without the sides whose cost the task does not ask for."""
        rows = task.program.rows
        lo, hi = max(int(rows.lo[number]), least), min(int(rows.hi[number]), most)
        over, over_stage = int(rows.over_weight[number]), int(rows.over_stage[number])
        under, under_stage = int(rows.under_weight[number]), int(rows.under_stage[number])
        if over and over_stage not in costs.asked:
            over, hi = 0, most
        cap = -1 if task.missing_cap is None else max(int(task.missing_cap[number]), -1)
        if under and under_stage not in costs.asked and cap < 0:
            under, lo = 0, least
        coefs = rows.terms.coefs[rows.terms.bounds[number] : rows.terms.bounds[number + 1]]
        return cls(coefs, least, most, lo, hi, over, over_stage, under, under_stage, int(rows.lo[number]), cap)

    @property
    def wants_one_column(self) -> bool:
        """True if the row does nothing but charge a column that is not taken."""
        one = len(self.coefs) == 1 and self.coefs[0] == 1 and self.lo == self.wanted == 1
        return bool(self.under and one and self.cap < 0 and self.under_stage != COVERAGE)


def _post_most(model: cp_model.CpModel, activity: cp_model.LinearExpr, row: _Row, costs: _Costs) -> None:
    """Post activity ≤ hi, with a slack that is paid for where the side is soft."""
    if row.hi >= row.most:
        return
    if not row.over:
        model.add(activity <= row.hi)
        return
    slack = model.new_int_var(0, row.most - row.hi, "")
    model.add(activity - slack <= row.hi)
    costs.terms[row.over_stage].append((slack, row.over))


def _post_least(
    model: cp_model.CpModel, activity: cp_model.LinearExpr, row: _Row, costs: _Costs, levels: dict[int, int]
) -> None:
    """Post activity ≥ lo, with a slack that is paid for where the side is soft; it counts in steps of equal coefficients."""
    if row.lo <= row.least:
        return
    if not row.under:
        model.add(activity >= row.lo)
        return
    coefs = row.coefs
    step = int(coefs[0]) if len(coefs) and (coefs == coefs[0]).all() and coefs[0] > 0 else 1
    step = step if (row.lo - row.least) % step == 0 else 1
    room = (row.lo - row.least) // step
    slack = model.new_int_var(0, room if row.cap < 0 else min(row.cap // step, room), "")
    model.add(activity + step * slack >= row.lo)
    weight = levels.get(row.under, row.under) if row.under_stage == COVERAGE else row.under
    costs.terms[row.under_stage].append((slack, step * weight))


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


def _spread(
    model: cp_model.CpModel,
    spread: Spread,
    kept: tuple[IntArray, IntArray] | None,
    columns: list[cp_model.IntVar],
    costs: _Costs,
) -> None:
    """Post the largest gap: one variable no two groups are further apart than; counts within ``kept`` where given."""
    low, high = (spread.base, spread.base + spread.terms.lengths) if kept is None else kept
    counts = []
    for group in range(len(spread.terms)):
        items = spread.terms.row(group).tolist()
        count = model.new_int_var(int(low[group]), int(high[group]), "")
        model.add(cp_model.LinearExpr.sum([columns[item] for item in items]) + int(spread.base[group]) == count)
        counts.append(count)
    most = int((spread.base + spread.terms.lengths).max(initial=0) * spread.scale.max(initial=0))
    gap = model.new_int_var(0, -(-most // spread.unit), "")
    for one, other in permutations(range(len(counts)), 2):
        mine, theirs = int(spread.scale[one]), int(spread.scale[other])
        model.add(mine * counts[other] - theirs * counts[one] <= spread.unit * gap)
    costs.terms[spread.stage].append((gap, spread.weight))
