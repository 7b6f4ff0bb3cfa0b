"""Bounds against every choice of hundreds of tiny programs."""

import numpy as np
import pytest

from rosterplan.canvas.arrays import ints
from rosterplan.canvas.bound import Costs, Multipliers, lower_bound, stage_costs
from rosterplan.domain.result import STAGES
from rosterplan.model.linear import Budget, safe_bound, solve_linear
from tests.exact.tiny_programs import a_program, cost_of, every_choice

SEEDS = range(250)


def stages_drawn(rng):
    return {stage: int(rng.integers(1, 4)) for stage in STAGES if rng.random() < 0.6}


def test_no_multipliers_whatever_pass_the_least_cost():
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        program = a_program(rng)
        costs = stage_costs(program, stages_drawn(rng))
        found = [cost_of(program, costs, column) for column in every_choice(program)]
        for _ in range(5):
            sizes = (len(program.rows), len(program.convex), len(program.any_of.items), len(program.any_of))
            drawn = Multipliers(*(ints(rng.integers(-12, 13, size=size)) for size in sizes))
            assert lower_bound(program, costs, drawn) <= min(found, default=10**9)


def test_the_costs_of_stages_are_those_the_program_counts():
    rng = np.random.default_rng(1)
    program = a_program(rng)
    weights = {stage: 1 + number for number, stage in enumerate(STAGES)}
    costs = stage_costs(program, weights)
    for column in every_choice(program):
        assert cost_of(program, costs, column) == sum(
            weights[stage] * int(value) for stage, value in zip(STAGES, program.costs(column), strict=True)
        )


def test_prices_of_the_relaxation_give_a_safe_bound_that_is_its_value_rounded_up():
    reached = feasible = 0
    for seed in SEEDS:
        rng = np.random.default_rng(1000 + seed)
        program = a_program(rng)
        costs = stage_costs(program, stages_drawn(rng))
        found = [cost_of(program, costs, column) for column in every_choice(program)]
        answer = solve_linear(program, costs)
        if not found or answer.status != "optimal":
            assert answer.status == "optimal" or not found
            continue
        bound = safe_bound(program, costs, answer)
        assert bound <= min(found)
        assert bound >= answer.value - 0.5
        reached, feasible = reached + (bound == min(found)), feasible + 1
    assert feasible > 100
    assert reached > feasible // 2


def test_a_budget_raises_the_bound_and_never_above_the_best_within_it():
    raised = 0
    for seed in SEEDS:
        rng = np.random.default_rng(2000 + seed)
        program = a_program(rng)
        first, second = stage_costs(program, {"fairness": 1}), stage_costs(program, {"wishes": 1, "comfort": 1})
        choices = [(cost_of(program, first, one), cost_of(program, second, one)) for one in every_choice(program)]
        if not choices:
            continue
        most = min(choices)[0]
        best = min(later for before, later in choices if before <= most)
        budgets = (Budget(first, most),)
        answer = solve_linear(program, second, budgets)
        assert answer.status == "optimal"
        bound = safe_bound(program, second, answer, budgets)
        assert bound <= best
        raised += bound > safe_bound(program, second, solve_linear(program, second))
    assert raised > 20


def test_sums_that_leave_64_bits_are_refused():
    rng = np.random.default_rng(3)
    program = a_program(rng)
    costs = stage_costs(program, {})
    sizes = (len(program.rows), len(program.convex), len(program.any_of.items), len(program.any_of))
    huge = Multipliers(*(np.full(size, 2**60, dtype=np.int64) for size in sizes))
    free = Costs(costs.column, costs.over + 2**61, costs.under + 2**61, costs.convex)
    with pytest.raises(OverflowError):
        lower_bound(program, free, huge)
