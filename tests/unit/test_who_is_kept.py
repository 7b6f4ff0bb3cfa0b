"""The reason given for a hole is the true one: caps as they stand for this doctor in the whole plan, dates as answered."""

from __future__ import annotations

from datetime import date

import pytest

from rosterplan.domain.explanations import Candidate, free_of
from rosterplan.domain.instance import Availability, Instance, Period
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster, roster_of
from rosterplan.explain.holes import who_is_kept
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.base import Rule
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.max_weekends import MaxWeekends
from tests.exact.harness import a_doctor, a_duty, an_instance

FORTNIGHT = tuple(a_duty(f"2027-03-{day:02} 20:00", 4) for day in range(1, 15))
"""Fourteen evenings from a Monday: 3.5 a week, or 3 weekend days out of 4, for each of two doctors."""

TWO, FOUR = (tuple(a_doctor(name) for name in names) for names in ("AB", "ABCD"))


def an_evening_each_day(doctors: tuple[Doctor, ...], **more: object) -> Instance:
    return an_instance(FORTNIGHT, doctors, **more)


def evenings(held: str) -> Roster:
    """Who holds each evening of March from the 1st; « . » is a hole."""
    return roster_of({duty.id: (name,) for duty, name in zip(FORTNIGHT, held, strict=True) if name != "."})


def reasons(instance: Instance, rules: tuple[Rule, ...], roster: Roster) -> dict[int, tuple[Candidate, ...]]:
    """What keeps each doctor from each evening nobody holds, by its day of March."""
    empty = [duty for duty in FORTNIGHT if duty.id not in roster.doctors_of]
    kept = who_is_kept(instance, rules, roster, [duty.id for duty in empty])
    return {duty.date.day: kept[duty.id] for duty in empty}


def ruled_out(found: tuple[Candidate, ...]) -> dict[str, str]:
    return {one.doctor: one.obstacles[0].title if one.obstacles else "" for one in found}


def test_a_cap_raised_to_the_share_keeps_nobody_below_it():
    cap = MaxPerWindow(most=1, days=7, at_least_share=True, row="Règles!16")
    found = reasons(an_evening_each_day(FOUR), (Eligible(row="e"), cap), evenings("AABBCCDAABBCC."))
    assert cap.allowed(FOUR[0], 1.75) == 3
    assert ruled_out(found[14]) == {"A": "", "B": "", "C": "", "D": ""}
    assert set(free_of(found[14])) == {"A", "B", "C", "D"}


def test_a_cap_raised_to_the_share_keeps_who_passes_it_and_says_the_raised_number():
    cap = MaxPerWindow(most=1, days=7, at_least_share=True, row="Règles!16")
    found = reasons(an_evening_each_day(FOUR), (Eligible(row="e"), cap), evenings("AABBCCDAAABBC."))
    assert ruled_out(found[14]) == {"A": "Maximum sur quelques jours de suite", "B": "", "C": "", "D": ""}
    (obstacle,) = next(one.obstacles for one in found[14] if one.obstacles)
    assert obstacle.text == (
        "Maximum sur quelques jours de suite : avec ses 3 gardes : lun. 08/03, mar. 09/03 et mer. 10/03 (jusqu’à 4, pour 3 au plus)."
    )


def test_a_slot_of_a_doctor_s_own_is_nobody_else_s_to_fill():
    slot = FORTNIGHT[0].model_copy(update={"doctor": "B", "id": f"{FORTNIGHT[0].id}/B"})
    instance = an_instance((slot,), FOUR)
    assert ruled_out(who_is_kept(instance, (Eligible(row="e"),), Roster(), [slot.id])[slot.id]) == {"B": ""}


@pytest.mark.parametrize(
    ("cap", "held"),
    [
        (MaxPerPeriod(most=1, period="month", at_least_share=True, row="1"), "ABABABABABABA."),
        (MaxWeekends(most=0, period="month", at_least_share=True, row="1"), "ABABABABABABA."),
    ],
    ids=lambda one: getattr(one, "code", ""),
)
def test_caps_of_a_month_are_those_of_the_whole_month_though_a_few_days_are_tried(cap: Rule, held: str):
    found = reasons(an_evening_each_day(TWO), (Eligible(row="e"), cap), evenings(held))
    assert ruled_out(found[14]) == {"A": "", "B": ""}


def test_the_only_dates_are_those_of_the_whole_form_and_not_of_the_days_tried():
    period = Period(start=date(2027, 3, 1), end=date(2027, 3, 14))
    said = (
        Availability(doctor="A", duty=FORTNIGHT[0].id, value="only"),
        Availability(doctor="A", start=date(2027, 3, 3), end=date(2027, 3, 4), value="only"),
        Availability(doctor="B", start=date(2027, 3, 2), end=date(2027, 3, 2), value="impossible"),
    )
    instance = an_evening_each_day(FOUR, availability=said, period=period)
    found = reasons(instance, (Eligible(row="e"), DeclaredDates(row="d")), evenings("....CCCCCCCCCC"))
    assert ruled_out(found[1]) == {"A": "", "B": "", "C": "", "D": ""}
    assert ruled_out(found[2]) == {"A": "Dates impossibles", "B": "Dates impossibles", "C": "", "D": ""}
    assert ruled_out(found[3]) == ruled_out(found[4]) == {"A": "", "B": "", "C": "", "D": ""}
