"""What the next quarter carries of the past is all its rules need: the audit finds the same with the rest left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from rosterplan.audit import audit
from rosterplan.domain.instance import Instance, PastDuty, Period
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Line
from rosterplan.rules.average_hours import AverageHours
from rosterplan.rules.base import USUAL_DAYS, Rule
from rosterplan.rules.consecutive_weekends import ConsecutiveWeekends
from rosterplan.rules.feast_rotation import FeastRotation
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.remote_after_on_site import RemoteAfterOnSite
from tests.exact.example import Example
from tests.exact.harness import a_doctor, a_duty, an_instance, every_roster
from tests.exact.test_every_rule import EXAMPLES, name_of

DAYS_BEFORE = (7, 35, 77, 98, 140, 203, 294, 364, 399, 729, 1092, 1500)
MOST_ROSTERS = 8


def old_duties(instance: Instance, days_before: tuple[int, ...]) -> tuple[PastDuty, ...]:
    """Duties like those of the instance, held by everyone weeks, months and years before."""
    start, line_of = instance.period.start, instance.line_by_id
    return tuple(
        PastDuty(
            doctor=doctor.id, line=duty.line, start=duty.start - timedelta(days=back), end=duty.end - timedelta(days=back),
            band=duty.band, points=duty.points, site=duty.site or line_of[duty.line].site, feast=duty.feast,
        )
        for back in days_before
        for duty in instance.duties[:3]
        for doctor in instance.doctors
        if (duty.start - timedelta(days=back)).date() < start
    )  # fmt: skip


def said(instance: Instance, rule: Rule, rosters: Iterable[Roster]) -> list[set[tuple[object, ...]]]:
    return [
        {(one.severity, one.doctors, one.duties, one.cost) for one in audit(instance, (rule,), roster).findings}
        for roster in rosters
    ]


def same_with_what_is_remembered(
    instance: Instance, rule: Rule, memory: Rule, days_before: tuple[int, ...] = DAYS_BEFORE
) -> bool:
    every = list(every_roster(instance))
    rosters = [*every[:MOST_ROSTERS], *every[-MOST_ROSTERS:]]
    whole = instance.changed(history=(*instance.history, *old_duties(instance, days_before)))
    kept = dict.fromkeys(memory.remembers(whole.history, instance.period.start, instance.lines))
    return said(whole, rule, rosters) == said(whole.changed(history=tuple(kept)), rule, rosters)


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_no_rule_says_anything_else_without_what_it_does_not_remember(example: Example):
    assert same_with_what_is_remembered(example.instance, example.rule, example.rule)


LONG = (
    MaxPerWindow(most=1, days=150),
    MaxPerPeriod(most=1, period="year"),
    ConsecutiveWeekends(most=1, among=30),
    FeastRotation(years=10),
)


@pytest.mark.parametrize("rule", LONG, ids=lambda rule: rule.code)
def test_a_rule_that_looks_far_back_remembers_so_far_and_a_quarter_alone_would_be_too_little(rule):
    duties = [a_duty("2027-12-25 20:00", 4, band="fete", feast="noel"), a_duty("2027-12-26 20:00", 4, band="samedi")]
    period = Period(start=date(2027, 12, 20), end=date(2027, 12, 31))
    instance = an_instance(duties, [a_doctor("A"), a_doctor("B")]).changed(period=period)
    far = tuple(days for days in DAYS_BEFORE if days > USUAL_DAYS + 30)
    assert same_with_what_is_remembered(instance, rule, rule, far)
    assert not same_with_what_is_remembered(instance, rule, MaxPerWindow(most=1, days=7), far)


def test_the_48_hours_need_the_months_of_their_window():
    start = date(2027, 7, 1)
    assert AverageHours(months=6).looks_back_to(start) == date(2027, 2, 1)
    assert AverageHours(months=12).looks_back_to(start) == date(2026, 8, 1)


def test_who_earned_the_right_to_regulate_from_home_years_ago_keeps_it():
    past = [
        PastDuty.model_validate(
            {"doctor": "A", "line": "SALLE", "start": f"{year}-01-09T20:00+01:00", "end": f"{year}-01-10T00:00+01:00",
             "band": "samedi", "points": 3}
        )
        for year in range(2015, 2027)
    ]  # fmt: skip
    lines = (Line(id="SALLE", name="Salle"), Line(id="DISTANCE", name="À distance", counts_for="SALLE"))
    kept = set(RemoteAfterOnSite(shifts=4, weekends=1).remembers(past, date(2030, 1, 1), lines))
    assert {one.start.year for one in kept} == {2023, 2024, 2025, 2026}
