"""The bound of all costs in one sum against every roster of tiny departments."""

import numpy as np

from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.model.blend_bound import relaxation
from rosterplan.model.blend_counts import ahead_of
from tests.exact.test_bound_fairness import COVERAGE, FAIRNESS, a_department

BLEND = (STAGE_NUMBER["wishes"], STAGE_NUMBER["comfort"])
BELOW_ALL = 10**9


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
        model = relaxation(canvas, program, incumbent, weights, "fairness")
        none_held = np.zeros(len(model.data.cell_doctor), dtype=np.int64)
        bounds = [ahead.value for ahead in ahead_of(model, none_held, -BELOW_ALL)]
        assert bounds == sorted(bounds) and bounds[-1] <= least
        tight += bounds[-1] >= least * 0.98 - 10
    assert tight >= 12
