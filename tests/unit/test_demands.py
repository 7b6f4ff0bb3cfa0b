"""Needs by the half-hour: cut at the shifts, filled as far as asked and no further, shared as what they are."""

from collections import Counter
from datetime import date

import pytest

from rosterplan.audit import audit
from rosterplan.domain.calendar.days import EVERY_DAY, WORKING_DAYS
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Instance, Period
from rosterplan.domain.people import Doctor
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line
from rosterplan.model.exchange import exchange
from rosterplan.model.search import Search
from rosterplan.model.solve import solve
from rosterplan.report.holes import holes_of
from rosterplan.rules import BY_CODE
from rosterplan.rules.base import read_rule
from rosterplan.sheets.plan.assemble import instance_of, work_of
from rosterplan.sheets.plan.content import DemandHours, PlanContent

USED = ("coverage", "no-surplus", "eligible", "no-overlap", "min-rest", "juste-repartition")


def shift(start: int, end: int, most: int, days: frozenset[str] = EVERY_DAY, line: str = "REG") -> OpeningHours:
    return OpeningHours(line=line, days=days, start=start * 60, end=end * 60, need_min=0, need_max=most)


def wanted(start: int, end: int, need: int, days: frozenset[str] = EVERY_DAY) -> DemandHours:
    return DemandHours(line="REG", days=days, start=start * 60, end=end * 60, need=need, step_minutes=30)


def a_week(doctors: int, demands: tuple[DemandHours, ...], days: int = 7) -> PlanContent:
    return PlanContent(
        id="semaine",
        kinds=("regulation",),
        period=Period(start=date(2027, 1, 4), end=date(2027, 1, 3 + days)),
        lines=(Line(id="REG", name="Régulation", modality="regulation"),),
        groups=(Group(id="REG", lines=("REG",)),),
        doctors=tuple(
            Doctor(id=f"D{number}", last_name=f"Nom{number}", modalities=("regulation",), lines=("REG",))
            for number in range(doctors)
        ),
        hours=(shift(8, 14, 3), shift(8, 12, 3), shift(12, 18, 3), shift(14, 18, 3), shift(10, 16, 3)),
        demands=demands,
        rules=tuple(RuleRow(code=code) for code in USED),
    )


def solved(instance: Instance):
    rules = [read_rule(row, BY_CODE) for row in instance.rules]
    roster, result = solve(instance, rules, workers=0)
    return roster, result, audit(instance, rules, roster)


def test_every_half_hour_is_covered_and_nobody_is_called_in_for_nothing():
    instance = instance_of(a_week(12, (wanted(8, 10, 1), wanted(10, 16, 2), wanted(16, 18, 1))))
    roster, result, report = solved(instance)
    assert result.stages[0].value == 0 == report.value("coverage")
    # 1 from 8 h, 2 from 10 h to 16 h, 1 to 18 h: 16 h of presence, and three shifts of 4 to 6 h at the least
    held = [instance.duty_by_id[one.duty] for one in roster.assignments]
    hours = Counter(duty.date for duty in held)
    assert set(hours.values()) == {3}
    assert all(sum(duty.minutes for duty in held if duty.date == day) == 16 * 60 for day in hours)


def test_the_result_and_the_audit_agree_and_the_shares_are_those_of_the_shifts_held():
    instance = instance_of(a_week(12, (wanted(8, 10, 1), wanted(10, 16, 2), wanted(16, 18, 1))))
    roster, result, report = solved(instance)
    assert [stage.value for stage in result.stages if stage.name != "blend"] == [
        report.value(stage.name) for stage in result.stages if stage.name != "blend"
    ]
    assert sum(due.due_hundredths for due in roster.dues) == 100 * len(roster.assignments) == 2100


def test_a_need_nobody_can_meet_is_a_hole_named_by_its_interval_and_proven():
    instance = instance_of(a_week(1, (wanted(8, 10, 1), wanted(16, 18, 1)), days=1))
    roster, result, report = solved(instance)
    holes = holes_of(instance, roster, result, report)
    assert [hole.of.id for hole in holes] in (
        [f"REG/2027-01-04T{hour}+01:00/30/besoin" for hour in ("08:00", "08:30", "09:00", "09:30")],
        [f"REG/2027-01-04T{hour}+01:00/30/besoin" for hour in ("16:00", "16:30", "17:00", "17:30")],
    )
    assert result.stages[0].proven and result.stages[0].value == sum(hole.missing * hole.priority for hole in holes)


def test_what_is_asked_on_a_holiday_stands_in_place_of_its_weekday():
    content = a_week(2, (wanted(8, 18, 2, WORKING_DAYS), wanted(8, 18, 1, frozenset({"ferie"}))))
    christmas = content.model_copy(update={"period": Period(start=date(2026, 12, 24), end=date(2026, 12, 25))})
    needs = {(demand.start.date(), demand.need) for demand in work_of(christmas).demands}
    assert needs == {(date(2026, 12, 24), 2), (date(2026, 12, 25), 1)}


def test_a_demand_is_cut_where_a_shift_begins_or_ends_so_that_relays_count():
    whole = DemandHours(line="REG", days=EVERY_DAY, start=8 * 60, end=18 * 60, need=1)
    instance = instance_of(a_week(2, (whole,), days=1))
    assert [part.start.hour for part in instance.wanted] == [8, 10, 12, 14, 16]
    roster, result, _ = solved(instance)
    assert result.stages[0].value == 0 and len(roster.assignments) == 2


def test_two_are_called_at_once_where_nobody_may_be_alone():
    content = a_week(4, (wanted(1, 5, 2), wanted(20, 24, 1)), days=2).model_copy(
        update={
            "hours": (shift(1, 5, 2), shift(20, 24, 1)),
            "rules": tuple(RuleRow(code=code) for code in (*USED, "never-alone")),
        }
    )
    _, result, report = solved(instance_of(content))
    assert result.stages[0].value == 0 and report.clean


def test_nobody_is_left_alone_where_a_second_one_is_missing():
    content = a_week(1, (wanted(1, 5, 2),), days=1).model_copy(
        update={"hours": (shift(1, 5, 2),), "rules": tuple(RuleRow(code=code) for code in (*USED, "never-alone"))}
    )
    roster, result, _ = solved(instance_of(content))
    assert roster.assignments == () and result.stages[0].proven


def test_a_unit_too_large_for_one_program_is_shared_fairly_by_exchanges(monkeypatch: pytest.MonkeyPatch):
    content = a_week(9, (wanted(8, 10, 1), wanted(10, 16, 2), wanted(16, 18, 1)), days=14)
    halves = tuple(
        doctor.model_copy(update={"quota": 1.0 if number % 3 else 0.5}) for number, doctor in enumerate(content.doctors)
    )
    for place in ("rosterplan.model.fair.too_large", "rosterplan.model.patterns_cuts.too_large"):
        monkeypatch.setattr(place, lambda *_: True)
    monkeypatch.setattr("rosterplan.model.solve._polish", lambda _search, **_how: None)
    asked: list[int] = []

    def watched(search: Search, goal: int) -> None:
        asked.append(search.fairness())
        exchange(search, goal)
        asked.append(search.fairness())

    monkeypatch.setattr("rosterplan.model.fair.exchange", watched)
    _, result, report = solved(instance_of(content.model_copy(update={"doctors": halves})))
    assert asked[1] < asked[0]
    fairness = next(stage for stage in result.stages if stage.name == "fairness")
    assert fairness.proven and fairness.best == asked[1]
    assert report.clean
