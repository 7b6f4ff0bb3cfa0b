"""The smallest pool is foreseen: the month, the rule, who is there, and how many accepted overruns would do."""

from datetime import date, timedelta

import pytest

from rosterplan.domain.instance import Period
from rosterplan.domain.people import Establishment
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Scope
from rosterplan.domain.work import Line
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.statuses import STATUS_RULES, rules_of
from tests.exact.harness import a_doctor, a_duty, an_instance

SUNDAYS_AND_HOLIDAYS_OF_MAY = (1, 3, 8, 10, 14, 17, 24, 25, 31)
CAP = MaxPerPeriod(
    most=2,
    period="month",
    strength=UNLESS_ACCEPTED,
    scope=Scope(statuses=("PH",), bands=("dimanche",), modalities=("astreinte",)),
)


def may_2026(*doctors):
    days = [date(2026, 5, day) for day in SUNDAYS_AND_HOLIDAYS_OF_MAY]
    duties = [a_duty(f"{day} 08:00", 12, band="dimanche", modality="astreinte") for day in days]
    week = [a_duty(f"{date(2026, 5, 4) + timedelta(days=step)} 20:00", 12, modality="astreinte") for step in range(4)]
    return an_instance(
        (*duties, *week), doctors, groups=(),
        lines=(Line(id="L1", name="Astreinte de cardiologie", modality="astreinte", establishments=("CH",)),),
        establishments=(Establishment(id="CH", name="Hôpital"),), period=Period(start=date(2026, 5, 1), end=date(2026, 5, 31)),
    )  # fmt: skip


def a_ph(name, status="PH", **more):
    return a_doctor(name, status=status, establishment="CH", sectors=(), modalities=("astreinte",), **more)


def test_four_ph_are_one_too_few_for_may_2026():
    (note,) = CAP.foresee(may_2026(*(a_ph(name) for name in "ABCD")))
    assert (note.line, note.month, note.need, note.supply) == ("L1", "2026-05", 9, 8)
    assert note.text == (
        "Astreinte de cardiologie, mai 2026 : 9 gardes (« Dimanche et férié ») ; il faut 5 PH sans volontaire au-delà du "
        "plafond, vous en avez 4 ; 1 garde restera vide, ou 1 dépassement accepté par les médecins."
    )


def test_a_volunteer_makes_it_feasible_and_the_overruns_are_counted():
    (note,) = CAP.foresee(may_2026(a_ph("A"), a_ph("B"), a_ph("C", accepts_beyond_cap=True)))
    assert note.severity == "information" and "il faudra au moins 3 dépassements acceptés" in note.text


@pytest.mark.parametrize("doctors", [
    [a_ph(name) for name in "ABCDE"],
    [a_ph("A"), a_ph("B", status="liberal")],
], ids=["five are enough", "a libéral is not capped"])  # fmt: skip
def test_nothing_is_said_of_a_pool_large_enough(doctors):
    assert not list(CAP.foresee(may_2026(*doctors)))


def test_each_status_carries_its_rules_and_a_liberal_no_working_time_of_public_hospitals():
    told = {(row.code, row.params.get("most"), row.params.get("period")) for row in rules_of(["PH"])}
    assert {("max-per-period", 3, "week"), ("max-per-period", 2, "month")} <= told
    assert {row.code for row in rules_of(["liberal"])} == {"rest-after-night", "max-stretch"}
    months = {row.params["months"] for row in rules_of(["interne"]) if row.code == "average-hours"}
    assert months == {3}
    assert all(row.source for row in STATUS_RULES)
