"""The bound of wishes and comfort against every roster of tiny departments."""

import numpy as np

from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.model.blend_bound import blend_bound, blend_bound_within
from tests.exact.test_bound_fairness import COVERAGE, FAIRNESS, a_department

BLEND = (STAGE_NUMBER["wishes"], STAGE_NUMBER["comfort"])
WEIGHTS = {"wishes": 1, "comfort": 1, "blend": 1}


def a_canvas(seed: int, *, holes: bool):
    """A tiny department with duties to avoid, duties wished for and close duties, and the costs of all its rosters."""
    rng = np.random.default_rng(seed)
    canvas = a_department(seed, rest=30, cap=3, holes=holes).canvas
    canvas.prefer("avoid", canvas.pairs, rng.integers(-3, 9, size=len(canvas.pairs)), "wishes")
    from rosterplan.canvas import Soft

    canvas.window("close", canvas.pairs, ("doctor",), "day", 5, 1, over=Soft("comfort", 4))
    program = canvas.program()
    choices = (np.arange(2**program.pairs)[:, None] >> np.arange(program.pairs)) & 1
    columns = [program.values(choice.astype(bool)) for choice in choices[:: max(len(choices) // 2048, 1)]]
    found = [(column, program.costs(column)) for column in columns if len(program.broken(column)) == 0]
    return canvas, program, found


def missing_of(program, column):
    rows = program.rows
    return np.where(rows.under_stage == COVERAGE, np.maximum(rows.lo - rows.terms.dot(column), 0), 0) * (
        rows.under_weight > 0
    )


def no_more(program, column, incumbent):
    """True if a roster misses no more than the incumbent in any priority."""
    weights, missing = program.rows.under_weight, missing_of(program, column)
    return all(missing[weights == one].sum() <= incumbent[weights == one].sum() for one in set(weights.tolist()) - {0})


def test_no_roster_as_complete_and_as_fair_costs_less():
    tight = 0
    for seed in range(25):
        canvas, program, found = a_canvas(5000 + seed, holes=seed % 3 == 0)
        column, costs = min(found, key=lambda one: (one[1][COVERAGE], one[1][FAIRNESS]))
        incumbent, most = missing_of(program, column), int(costs[FAIRNESS] * 1.3)
        least = min(
            int(one[list(BLEND)].sum())
            for other, one in found
            if one[FAIRNESS] <= most and no_more(program, other, incumbent)
        )
        bound = blend_bound_within(
            canvas, program, incumbent, weights=WEIGHTS, fairness_most=most, value=int(costs[list(BLEND)].sum())
        )
        assert bound.value <= least
        tight += bound.value >= least - 3
    assert tight >= 12


def test_no_roster_costs_less_in_one_sum_with_fairness():
    weights = {"fairness": 1, "wishes": 500, "comfort": 500}
    tight = 0
    for seed in range(25):
        canvas, program, found = a_canvas(6000 + seed, holes=seed % 3 == 0)
        incumbent = missing_of(program, min(found, key=lambda one: one[1][COVERAGE])[0])
        least = min(
            int(one[FAIRNESS]) + 500 * int(one[list(BLEND)].sum())
            for other, one in found
            if no_more(program, other, incumbent)
        )
        plain, better = (
            blend_bound(canvas, program, incumbent, weights=weights, rounds=rounds).value for rounds in (0, 3)
        )
        assert plain <= better <= least
        tight += better >= least * 0.98 - 10
    assert tight >= 12
