"""A copy of a noun never remembers what its original had worked out from other fields."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rosterplan.domain.fairness import full_dues, full_parts, shares_of
from rosterplan.domain.instance import Availability
from rosterplan.domain.roster import Assignment, roster_of
from tests.exact.harness import a_doctor, a_duty, an_instance

DUTIES = (a_duty("2027-03-01 20:00", 4), a_duty("2027-03-02 20:00", 4), a_duty("2027-03-03 20:00", 4))


def test_a_copy_of_an_instance_looks_up_its_own_doctors_duties_and_answers():
    instance = an_instance(DUTIES, (a_doctor("A"), a_doctor("B")))
    assert list(instance.doctor_by_id) == ["A", "B"]
    assert instance.availability_of == {}
    assert len(instance.duty_by_id) == 3
    refused = Availability(doctor="C", duty=DUTIES[0].id, value="impossible")
    changes = {"doctors": (a_doctor("C"),), "availability": (refused,), "duties": DUTIES[:1]}
    copied = instance.model_copy(update=changes)
    assert list(copied.doctor_by_id) == ["C"]
    assert copied.availability_of == {"C": (refused,)}
    assert list(copied.duty_by_id) == [DUTIES[0].id]
    assert list(instance.doctor_by_id) == ["A", "B"]


def test_shares_and_dues_are_worked_out_once_and_again_for_a_copy():
    instance = an_instance(DUTIES, (a_doctor("A"), a_doctor("B"), a_doctor("C")))
    assert shares_of(instance) is shares_of(instance)
    assert full_parts(instance) is full_parts(instance)
    assert [due.due_hundredths for due in full_dues(instance)] == [100, 100, 100]
    assert full_dues(instance, 1) is full_dues(instance, 1)
    assert full_dues(instance, 2) is not full_dues(instance, 1)
    copied = instance.model_copy(update={"doctors": instance.doctors[:1]})
    assert [(due.doctor, due.due_hundredths) for due in full_dues(copied)] == [("A", 300)]
    assert [share.doctor for share in shares_of(copied)] == ["A"]


def test_what_was_worked_out_changes_neither_equality_nor_the_file():
    one, other = (an_instance(DUTIES, (a_doctor("A"),)) for _ in range(2))
    full_dues(one)
    assert one == other
    assert one.model_dump_json() == other.model_dump_json()


def test_a_duty_or_a_roster_moved_is_timed_anew():
    duty = DUTIES[0]
    assert duty.end_minute - duty.start_minute == 240
    assert duty.model_copy(update={"end": duty.end + timedelta(hours=1)}).minutes == 300
    roster = roster_of({duty.id: ("A",)})
    assert roster.doctors_of == {duty.id: ("A",)}
    given = roster.model_copy(update={"assignments": (Assignment(duty=duty.id, doctor="B"),)})
    assert given.doctors_of == {duty.id: ("B",)}


def test_a_field_misspelt_in_a_copy_is_refused():
    with pytest.raises(TypeError, match="Doctor has no field maximun"):
        a_doctor("A").model_copy(update={"maximun": 3})
