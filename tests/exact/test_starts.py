"""Columns of starts and sums in place of unions: no roster is lost or gained, and relaxations say more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from rosterplan.canvas import Program
from rosterplan.canvas.bound import stage_costs
from rosterplan.canvas.strengthen import strengthened, sums
from rosterplan.domain.result import STAGES
from rosterplan.domain.rulebook import HARD, soft
from rosterplan.model.build import canvas_of
from rosterplan.model.deep import was_better
from rosterplan.model.engines import solve_task
from rosterplan.model.highs import quiet_solver
from rosterplan.model.linear import LinearProgram, linear_program, load
from rosterplan.model.mip import _end_where_far, completed, relaxed
from rosterplan.model.starts import with_starts
from rosterplan.model.task import Outcome, Task
from rosterplan.model.written_out import written_out
from rosterplan.rules.base import Rule
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.min_days_off import MinDaysOff
from rosterplan.rules.min_run import MinRun
from rosterplan.rules.requests import Requests
from rosterplan.rules.staffing import Staffing
from tests.exact.harness import a_doctor, a_duty, an_instance
from tests.exact.test_whole import best_of, every_column, numbers

MONDAY = date(2027, 1, 4)
DAYS = 6


def a_week(seed: int) -> Program:
    """Six days of two shifts for one doctor: one shift a day, two days at most and at least, two days off at least."""
    draw = np.random.default_rng(seed)
    shifts = ((day, hour) for day in range(DAYS) for hour in (8, 16) if hour == 8 or draw.random() < 0.7)
    duties = [
        a_duty(
            f"{MONDAY + timedelta(days=day)} {hour:02}:00", 4, band="jour", need_min=int(draw.integers(2)), need_max=1
        )
        for day, hour in shifts
    ]
    wishes = [f"A = {duty.id}" for duty in duties if draw.random() < 0.5]
    rules: tuple[Rule, ...] = (
        Staffing(under=7, over=2, strength=soft("blend", 1)), Requests(unwanted=tuple(wishes), strength=soft("blend", 3)),
        MaxPerWindow(most=1, days=1, strength=HARD), MaxPerWindow(most=2, days=3, unit="days", strength=HARD),
        MinRun(days=2, strength=HARD), MinDaysOff(days=2),
    )  # fmt: skip
    return canvas_of(an_instance(duties, (a_doctor("A"),)), rules).program()


def relaxed_value(linear: LinearProgram) -> float:
    solver = quiet_solver()
    load(solver, linear)
    solver.run()
    return float(solver.getInfo().objective_function_value)


@pytest.mark.parametrize("seed", range(3))
def test_every_roster_and_no_other_has_its_starts_and_the_relaxation_is_never_looser(seed: int):
    program = strengthened(a_week(seed))
    plain = linear_program(program, stage_costs(program, {"blend": 1}))
    linear, starts = with_starts(plain)
    assert len(starts.at)
    for column in every_column(program):
        values = np.concatenate((completed(plain, column), starts.values(column)))
        activity = np.bincount(linear.row, linear.value * values[linear.column], minlength=len(linear.below))
        assert (activity >= linear.below - 1e-9).all() and (activity <= linear.above + 1e-9).all()
    best = best_of(program, (numbers("blend"),))[0]
    assert relaxed_value(plain) - 1e-6 <= relaxed_value(linear) <= best + 1e-6


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("few", [2, 99])
def test_sums_written_out_allow_every_roster_and_relax_no_more(monkeypatch: pytest.MonkeyPatch, seed: int, few: int):
    monkeypatch.setattr("rosterplan.model.written_out.FEW_ROWS", few)
    program = strengthened(a_week(seed))
    plain = linear_program(program, stage_costs(program, {"blend": 1}))
    linear, starts = with_starts(plain)
    short = written_out(linear)
    derived = (short.column >= program.pairs) & (short.column < program.columns)
    assert derived.any() == (few == 2) and len(short.below) < len(linear.below)
    for column in every_column(program):
        values = np.concatenate((completed(plain, column), starts.values(column)))
        activity = np.bincount(short.row, short.value * values[short.column], minlength=len(short.below))
        assert (activity >= short.below - 1e-9).all() and (activity <= short.above + 1e-9).all()
    assert relaxed_value(short) == pytest.approx(relaxed_value(linear))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("engine", ["cp-sat", "mip"])
def test_both_engines_reach_the_best_of_all_rosters_on_the_tight_program(seed: int, engine: str):
    program = a_week(seed)
    tight = strengthened(program)
    told: list[object] = []
    outcome = solve_task(Task(tight, (("blend", 1),), 5.0, 1, engine=engine), told.append)  # type: ignore[arg-type]
    best = best_of(program, (numbers("blend"),))[0]
    assert (outcome.verdict, outcome.objective, outcome.bound) == ("optimal", best, best)
    assert all(isinstance(bound, int) and bound <= best for bound in told)


def test_a_day_asked_for_by_several_rules_is_one_column_and_the_sum_of_its_shifts():
    program = a_week(0)
    tight = strengthened(program)
    rows = {tuple(sorted(tight.any_of.row(number).tolist())) for number in range(len(tight.any_of))}
    assert len(rows) == len(tight.any_of)
    assert sums(tight).exclusive.all() and not sums(tight).open.any()
    costs, tight_costs = (stage_costs(one, {"blend": 1}) for one in (program, tight))
    loose, close = relaxed(program, costs).bound, relaxed(tight, tight_costs).bound
    assert loose is not None and close is not None and loose <= close <= best_of(program, (numbers("blend"),))[0]


def test_the_bound_of_the_relaxation_is_told_before_any_of_branch_and_bound(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("rosterplan.model.mip.INTERIOR_COLUMNS", 0)
    program = strengthened(a_week(1))
    told: list[object] = []
    outcome = solve_task(Task(program, (("blend", 1),), 5.0, 1, engine="mip", seconds=60.0), told.append)
    assert told[0] == relaxed(program, stage_costs(program, {"blend": 1})).bound
    assert outcome.objective == best_of(program, (numbers("blend"),))[0]


def test_where_time_counts_each_better_roster_is_shown_while_highs_works():
    program = strengthened(a_week(2))
    told: list[object] = []
    outcome = solve_task(Task(program, (("blend", 1),), 5.0, 1, engine="mip", seconds=60.0), told.append)
    shown = [program.values(held) for held in told if isinstance(held, np.ndarray)]
    assert shown and not any(len(program.broken(column)) for column in shown)
    worth = [int(program.costs(column)[STAGES.index("blend")]) for column in shown]
    assert worth == sorted(worth, reverse=True) and worth[-1] == outcome.objective


class Asked:
    """What HiGHS calls, kept in place of HiGHS."""

    def __init__(self) -> None:
        self.calls: list[Callable[[object], None]] = []

    def __iadd__(self, call: Callable[[object], None]) -> Asked:
        self.calls.append(call)
        return self


@pytest.mark.parametrize(
    ("none", "far", "best", "ends"),
    [
        (0.0, 0.0, 1000, True), (0.0, 0.0, 800, False), (0.0, np.inf, 1000, False),
        (0.0, np.inf, np.inf, True), (np.inf, 0.0, np.inf, False),
    ],
)  # fmt: skip
def test_highs_ends_where_its_roster_is_far_from_its_bound_or_it_has_none_and_not_before_its_time(
    none: float, far: float, best: float, ends: bool
):
    solver, ended = SimpleNamespace(cbMipInterrupt=Asked()), []
    _end_where_far(solver, none, far)  # type: ignore[arg-type]
    event = SimpleNamespace(
        data_out=SimpleNamespace(mip_primal_bound=best, mip_dual_bound=600), interrupt=lambda: ended.append(True)
    )
    for call in solver.cbMipInterrupt.calls:
        call(event)
    assert bool(ended) == ends


@pytest.mark.parametrize("seed", range(8))
def test_a_piece_begun_with_what_is_held_is_proved_best_and_never_worse_where_it_is_cut(seed: int):
    program = strengthened(a_week(seed))
    every = every_column(program)
    sound = [column for column in every if not len(program.broken(column))]
    best = best_of(program, (numbers("blend", "wishes", "comfort"),))[0]
    worst = max(sound, key=lambda column: int(program.costs(column)[STAGES.index("blend")]))
    task = Task(program, (("blend", 1),), 1.0, 1, engine="mip", start=worst[: program.pairs] == 1, seconds=20.0)
    outcome = solve_task(task)
    assert outcome.verdict == "optimal"
    assert outcome.objective == outcome.bound == best
    cut = solve_task(replace(task, effort=0.0))
    assert cut.held is not None
    assert not len(program.broken(program.values(cut.held)))
    assert cut.objective is not None
    assert best <= cut.objective <= int(program.costs(worst)[STAGES.index("blend")])


@pytest.mark.parametrize("seed", range(4))
def test_a_piece_is_worth_another_turn_only_where_it_was_better_than_the_roster_it_was_found_for(seed: int):
    program = strengthened(a_week(seed))
    stage = STAGES.index("blend")
    rosters = sorted(every_column(program), key=lambda column: int(program.costs(column)[stage]))
    best, worst = rosters[0], rosters[-1]
    every, worse = np.arange(program.pairs), int(program.costs(worst)[stage])
    found = Outcome("optimal", best[: program.pairs] == 1)
    assert was_better(program, worst[: program.pairs] == 1, every, found, worse)
    assert not was_better(program, best[: program.pairs] == 1, every, found, int(program.costs(best)[stage]))
    assert not was_better(program, worst[: program.pairs] == 1, every, Outcome("unknown"), worse)
