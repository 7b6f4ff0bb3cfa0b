"""Shortages, fragile sectors, thin forms and impossible decisions are told before any solving."""

from datetime import date

from rosterplan.domain.instance import Availability, FixedAssignment, Lock
from rosterplan.domain.people import Membership
from rosterplan.domain.rulebook import HARD, UNLESS_ACCEPTED, Scope, soft
from rosterplan.domain.work import Line
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.declared_maximum import DeclaredMaximum
from rosterplan.rules.dispo_min import DispoMin
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.fixed_assignments import FixedAssignments
from rosterplan.rules.foresight import foreseen
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.volunteers_only import VolunteersOnly
from tests.exact.harness import a_doctor, a_duty, an_instance

WHO = (VolunteersOnly(), Eligible(), DeclaredDates())
MARCH = tuple(a_duty(f"2027-03-{day:02} 20:00", 4) for day in range(1, 11))
APRIL = tuple(a_duty(f"2027-04-{day:02} 20:00", 4) for day in range(1, 4))
TEN = [a_doctor(f"M{number:02}") for number in range(10)]


def shortages(instance, *rules):
    return [(one.month, one.need, one.supply) for one in foreseen(instance, rules) if one.code == "shortage"]


def refuses(doctor, first, last):
    return Availability(doctor=doctor, start=first, end=last, value="impossible")


def test_two_doctors_capped_at_four_a_month_fill_eight_of_ten():
    instance = an_instance(MARCH + APRIL, (a_doctor("A"), a_doctor("B")))
    cap = MaxPerPeriod(most=4, strength=HARD)
    assert shortages(instance, *WHO, cap) == [("2027-03", 10, 8)]
    assert shortages(instance, *WHO, cap.model_copy(update={"strength": soft("comfort", 1)})) == []
    assert shortages(instance, *WHO, cap.model_copy(update={"scope": Scope(bands=("nuit",))})) == []


def test_who_accepts_more_is_not_counted_as_capped():
    doctors = (a_doctor("A"), a_doctor("B", accepts_beyond_cap=True))
    assert shortages(an_instance(MARCH, doctors), *WHO, MaxPerPeriod(most=2, strength=UNLESS_ACCEPTED)) == []


def test_the_least_of_several_caps_counts():
    instance = an_instance(MARCH, (a_doctor("A", maximum=1), a_doctor("B")))
    caps = (MaxPerWindow(most=1, days=5, strength=HARD), MaxPerPeriod(most=9, strength=HARD), DeclaredMaximum())
    assert shortages(instance, *WHO, *caps) == [("2027-03", 10, 3)]


def test_dates_refused_by_all_are_named_and_moving_doctors_between_dates_is_tried():
    said = (
        refuses("A", date(2027, 3, 6), date(2027, 3, 10)),
        refuses("B", date(2027, 3, 1), date(2027, 3, 5)),
        refuses("B", date(2027, 3, 10), date(2027, 3, 10)),
    )
    instance = an_instance(MARCH, (a_doctor("A"), a_doctor("B")), availability=said)
    notes = [one for one in foreseen(instance, (*WHO, MaxPerPeriod(most=5, strength=HARD))) if one.code == "shortage"]
    assert [(one.need, one.supply) for one in notes] == [(10, 9)]
    assert "mer. 10/03" in notes[0].text
    assert notes[0].line == "L1"
    whole = an_instance(MARCH, (a_doctor("A"), a_doctor("B")), availability=said[:2])
    assert shortages(whole, *WHO, MaxPerPeriod(most=5, strength=HARD)) == []


def test_what_is_decided_counts_as_filled_and_uses_room():
    decided = (Lock(duty=MARCH[0].id, doctor="Z"), Lock(duty=MARCH[1].id, doctor="A"))
    doctors = (a_doctor("A"), a_doctor("Z", sectors=(Membership(sector="S2"),)))
    instance = an_instance(MARCH[:4], doctors, locks=decided)
    assert shortages(instance, *WHO, MaxPerPeriod(most=2, strength=HARD)) == [("2027-03", 4, 3)]


def test_a_place_for_two_needs_two_different_doctors():
    instance = an_instance((a_duty("2027-03-01 20:00", 4, need_min=2, need_max=2),), (a_doctor("A"),))
    assert shortages(instance, *WHO) == [("2027-03", 2, 1)]


def test_sectors_below_ten_and_five_doctors_are_fragile():
    def fragile(count):
        notes = foreseen(an_instance(MARCH, TEN[:count]), WHO)
        return [(one.severity, one.supply) for one in notes if one.code == "fragile-sector"]

    assert fragile(10) == []
    assert fragile(9) == [("information", 9)]
    assert fragile(5) == [("information", 5)]
    assert fragile(4) == [("avertissement", 4)]


def test_a_form_that_leaves_less_than_twice_the_share_is_named():
    said = (
        refuses("A", date(2027, 3, 1), date(2027, 3, 1)),
        refuses("B", date(2027, 3, 1), date(2027, 3, 5)),
        refuses("C", date(2027, 3, 1), date(2027, 3, 10)),
    )
    doctors = (a_doctor("A"), a_doctor("B", quota=0.5), a_doctor("D", quota=0.5), a_doctor("C", volunteer=False))
    instance = an_instance(MARCH, doctors, availability=said, answered=("D",))
    notes = list(DispoMin().foresee(instance))
    # A owes 5 of 10 and leaves 9; B owes 2.5 and leaves 5, just enough; D leaves all; C owes nothing
    assert [(one.doctor, one.need, one.supply) for one in notes] == [("A", 10, 9)]
    assert "5,00" in notes[0].text
    assert [one.doctor for one in DispoMin(times=3).foresee(instance)] == ["A", "B"]
    silent = an_instance(MARCH, doctors)
    assert list(DispoMin(times=3).foresee(silent)) == []


def test_imposed_duties_that_cannot_all_hold_are_named():
    night = a_duty("2027-03-01 20:00", 12, line="L2", band="nuit")
    fixed = (
        FixedAssignment(doctor="A", duty=MARCH[0].id),
        FixedAssignment(doctor="B", duty=MARCH[0].id),
        FixedAssignment(doctor="A", duty=night.id),
        FixedAssignment(doctor="A", duty=night.id),
    )
    instance = an_instance((*MARCH, night), (a_doctor("A"), a_doctor("B")), fixed=fixed)
    notes = list(FixedAssignments().foresee(instance))
    assert [(one.line, one.need, one.supply) for one in notes[:1]] == [("L1", 1, 2)]
    assert [one.doctor for one in notes[1:]] == ["A"]


def test_a_line_without_sector_that_someone_names_is_said_to_be_held_by_name():
    line = Line(id="R", name="Régulation", modality="regulation")
    duty = a_duty("2027-03-01 20:00", 4, line="R", modality="regulation")
    regulators = {"modalities": ("regulation",)}
    named = an_instance(
        (duty,), (a_doctor("A", **regulators), a_doctor("B", lines=("R",), **regulators)), lines=(line,)
    )
    assert [(one.line, one.supply) for one in Eligible().foresee(named)] == [("R", 1)]
    nobody = an_instance((duty,), (a_doctor("A", **regulators),), lines=(line,))
    assert list(Eligible().foresee(nobody)) == []
