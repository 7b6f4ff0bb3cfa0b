"""The smallest pool is foreseen: the month, the rule, who is there, and how many accepted overruns would do."""

from datetime import date, timedelta

import pytest

from rosterplan.audit import audit
from rosterplan.domain.instance import Period
from rosterplan.domain.people import Establishment
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Scope
from rosterplan.domain.work import Demand, Line
from rosterplan.report.facts import Facts
from rosterplan.report.too_few import too_few
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.pool import fewest_shifts
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


def a_room(doctors: int, need: int):
    """Three days of a room that wants ``need`` regulators around the clock, in shifts of six hours."""
    days = [date(2026, 5, day) for day in (4, 5, 6)]
    shifts = [a_duty(f"{day} {hour:02}:00", 6, need_min=0, need_max=9) for day in days for hour in (0, 6, 12, 18)]
    needs = tuple(Demand(id=f"{one.id}/besoin", line="L1", start=one.start, end=one.end, need=need) for one in shifts)
    people = [a_doctor(f"M{number}", modalities=("fixe",)) for number in range(doctors)]
    return an_instance(
        shifts, people, lines=(Line(id="L1", name="Salle"),), demands=needs,
        period=Period(start=date(2026, 5, 4), end=date(2026, 5, 6)),
    )  # fmt: skip


def test_needs_by_interval_count_as_the_fewest_shifts_that_may_meet_them():
    cap = MaxPerPeriod(most=2, period="month")
    room = a_room(doctors=5, need=1)
    assert fewest_shifts(room, room.lines[0], room.duties) == 11  # the first six hours may be an earlier shift's
    (note,) = cap.foresee(room)
    assert (note.line, note.month, note.need, note.supply) == ("L1", "2026-05", 11, 10)
    assert "Salle, mai 2026 : au moins 11 gardes" in note.text
    assert not list(cap.foresee(a_room(doctors=6, need=1)))


def test_holes_of_needs_are_told_with_the_month_and_the_overruns():
    room, cap = a_room(doctors=5, need=1), MaxPerPeriod(most=2, period="month")
    result = Result(status="feasible", seed=1, effort=1, stages=())
    facts = Facts(room, (cap,), Roster(), result, audit(room, (cap,), Roster()), input_sha256="0" * 64)
    assert [text for text in too_few(facts) if "au moins 11 gardes" in text]


def test_each_status_carries_its_rules_and_a_liberal_no_working_time_of_public_hospitals():
    told = {(row.code, row.params.get("most"), row.params.get("period")) for row in rules_of(["PH"])}
    assert {("max-per-period", 3, "week"), ("max-per-period", 2, "month")} <= told
    assert {row.code for row in rules_of(["liberal"])} == {"rest-after-night", "max-stretch"}
    months = {row.params["months"] for row in rules_of(["interne"]) if row.code == "average-hours"}
    assert months == {3}
    assert all(row.source for row in STATUS_RULES)
