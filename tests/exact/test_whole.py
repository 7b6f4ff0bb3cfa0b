"""Small programs: what is solved as one is the best of every roster there is, stage after stage, and says so."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from rosterplan.canvas import Program
from rosterplan.canvas.bound import stage_costs
from rosterplan.canvas.strengthen import strengthened
from rosterplan.domain.instance import Availability, Instance
from rosterplan.domain.result import STAGES
from rosterplan.domain.rulebook import HARD, UNLESS_ACCEPTED, soft
from rosterplan.model.build import canvas_of
from rosterplan.model.linear import linear_program
from rosterplan.model.mip import completed, relaxed
from rosterplan.model.solve import solve
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.base import Rule
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.hours_window import HoursWindow
from rosterplan.rules.largest_gap import LargestGap
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.min_days_off import MinDaysOff
from rosterplan.rules.min_run import MinRun
from rosterplan.rules.requests import Requests
from rosterplan.rules.staffing import Staffing
from rosterplan.rules.succession import Succession
from tests.exact.harness import a_doctor, a_duty, an_instance

MONDAY = date(2027, 1, 4)


def an_example(seed: int, *, need: int = 1) -> Instance:
    draw = np.random.default_rng(seed)
    days = [MONDAY + timedelta(days=int(day)) for day in range(6)]
    duties = [
        a_duty(f"{day} 08:00", 8, band="samedi" if draw.random() < 0.3 else "jour", need_min=need, need_max=2)
        for day in days
    ]
    doctors = (a_doctor("A"), a_doctor("B", accepts_beyond_cap=True, quota=0.5))
    away = tuple(
        Availability(doctor=str(draw.choice(["A", "B"])), duty=duties[int(draw.integers(6))].id, value="impossible")
        for _ in range(2)
    )
    return an_instance(duties, doctors, availability=away)


def asked(instance: Instance, seed: int) -> Requests:
    draw = np.random.default_rng(seed)
    cells = [
        f"{doctor.id} = {duty.id}" for duty in instance.duties for doctor in instance.doctors if draw.random() < 0.4
    ]
    half = len(cells) // 2
    return Requests(wanted=tuple(cells[:half]), unwanted=tuple(cells[half:]), strength=soft("wishes", 4))


def every_column(program: Program) -> list[np.ndarray]:
    """The columns of each roster that breaks nothing."""
    all_of = (program.values(np.array(held, dtype=bool)) for held in product((False, True), repeat=program.pairs))
    return [column for column in all_of if not len(program.broken(column))]


def best_of(program: Program, stages: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    costs = [program.costs(column) for column in every_column(program)]
    return min(tuple(int(sum(cost[number] for number in stage)) for stage in stages) for cost in costs)


def numbers(*names: str) -> tuple[int, ...]:
    return tuple(STAGES.index(name) for name in names)


LAYERS = (numbers("coverage"), numbers("caps"), numbers("shares"), numbers("blend", "wishes", "comfort"))


@pytest.mark.parametrize("seed", range(12))
def test_the_stages_of_a_small_roster_are_the_best_there_are_and_proved(seed: int):
    instance = an_example(seed)
    rules: tuple[Rule, ...] = (
        Coverage(), DeclaredDates(), asked(instance, seed), MinRun(days=2, strength=soft("comfort", 3)),
        MaxPerWindow(most=1, days=3, strength=UNLESS_ACCEPTED), LargestGap(strength=soft("comfort", 2)),
    )  # fmt: skip
    roster, result = solve(instance, rules, workers=0)
    best = best_of(canvas_of(instance, rules).program(), LAYERS)
    assert tuple(result.stage(name).value for name in ("coverage", "caps", "shares", "blend")) == best
    assert result.status == "optimal"
    assert result.stage("blend").bound == result.stage("blend").value
    assert roster.assignments or best[0]


@pytest.mark.parametrize("seed", range(12))
def test_a_roster_of_one_sum_reaches_what_must_be_reached_and_is_proved_best(seed: int):
    instance = an_example(seed)
    rules: tuple[Rule, ...] = (
        Staffing(under=20, over=2, strength=soft("blend", 1)), DeclaredDates(), asked(instance, seed),
        MinRun(days=2, strength=HARD), MinDaysOff(days=2), HoursWindow(least=16, most=32),
    )  # fmt: skip
    program = canvas_of(instance, rules).program()
    possible = every_column(program)
    roster, result = solve(instance, rules, workers=0)
    if possible:
        assert (result.stage("blend").value,) == best_of(program, (numbers("blend", "wishes", "comfort"),))
        assert result.status == "optimal"
        again, _ = solve(instance, rules, workers=0)
        assert again == roster


@pytest.mark.parametrize("seed", range(6))
def test_rows_that_tighten_a_program_lose_no_roster_and_never_lower_its_bound(seed: int):
    instance = an_example(seed, need=2)
    rules: tuple[Rule, ...] = (
        Staffing(under=20, over=2, strength=soft("blend", 1)), MaxPerWindow(most=1, days=2, strength=HARD),
        Succession(first=("jour", "samedi"), then=("samedi",), after=2), MinRun(days=2, strength=HARD), HoursWindow(least=8),
    )  # fmt: skip
    program = canvas_of(instance, rules).program()
    tight = strengthened(program)
    costs, tight_costs = (stage_costs(one, {"blend": 1}) for one in (program, tight))
    best = best_of(program, (numbers("blend"),))[0]
    for column in every_column(program):
        assert not len(tight.broken(tight.values(column[: program.pairs] == 1)))
        linear = linear_program(tight, tight_costs)
        again = tight.values(column[: program.pairs] == 1)
        assert float(linear.cost @ completed(linear, again)) == float(program.costs(column)[STAGES.index("blend")])
    bounds = [relaxed(one, cost).bound for one, cost in ((program, costs), (tight, tight_costs))]
    assert bounds[0] is not None and bounds[1] is not None
    assert bounds[0] <= bounds[1] <= best
