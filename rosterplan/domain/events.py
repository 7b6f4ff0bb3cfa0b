"""What happens to a roster after it is published: an absence, an arrival, a departure; and the instance as it is then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from pydantic import model_validator

from rosterplan.domain.base import Frozen, Id
from rosterplan.domain.fairness.coefficients import coefficients, shares_of
from rosterplan.domain.fairness.dues import dues as new_dues
from rosterplan.domain.fairness.dues import positions_of_dues
from rosterplan.domain.instance import Availability, Instance
from rosterplan.domain.people import DateSpan, Doctor
from rosterplan.domain.roster import Assignment, Due, Roster
from rosterplan.domain.work import Duty

LONG_ABSENCE_DAYS = 30
"""From this length an absence lowers a doctor's due; a shorter one only closes dates."""

EventKind = Literal["absence", "arrivee", "depart"]


class Event(Frozen):
    """A doctor is away from ``start`` to ``end`` (both included), arrives on ``start``, or is gone from ``start`` on."""

    kind: EventKind
    doctor: Id
    start: date
    end: date | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> Event:
        if (self.kind == "absence") != (self.end is not None):
            raise ValueError("an absence has an end, nothing else has")
        if self.end is not None and self.end < self.start:
            raise ValueError("absence ends before it starts")
        return self

    @property
    def long(self) -> bool:
        """True for an absence long enough to change what the doctor owes."""
        return self.end is not None and (self.end - self.start).days + 1 >= LONG_ABSENCE_DAYS

    @property
    def changes_dues(self) -> bool:
        """True if the event opens a new computation of dues: an arrival, a departure, a long absence."""
        return self.kind != "absence" or self.long

    def takes(self, duty: Duty, doctor: str) -> bool:
        """True if the doctor cannot hold the duty any more, whatever was decided of it."""
        if doctor != self.doctor or self.kind == "arrivee":
            return False
        return self.start <= duty.date and (self.end is None or duty.date <= self.end)


def instance_after(instance: Instance, events: Sequence[Event]) -> Instance:
    """Return the instance with the events in it: answers, lists and long absences; locks they make void are dropped.

    Raises:
        ValueError: a doctor would leave the list before being on it.
    """
    doctors = {doctor.id: doctor for doctor in instance.doctors}
    said: list[Availability] = []
    for event in events:
        doctor = doctors[event.doctor]
        doctors[event.doctor] = _doctor_after(doctor, event)
        if event.kind == "absence":
            said.append(Availability(doctor=event.doctor, start=event.start, end=event.end, value="impossible"))
    duty, people = instance.duty_by_id, tuple(doctors.values())
    renewed = instance.shares and any(event.changes_dues for event in events)
    return instance.changed(
        doctors=people,
        shares=coefficients(people, instance.lines, instance.groups, instance.duties) if renewed else instance.shares,
        availability=(*instance.availability, *said),
        locks=tuple(
            lock for lock in instance.locks if not (lock.doctor and _taken(events, duty[lock.duty], lock.doctor))
        ),
        fixed=tuple(one for one in instance.fixed if not _taken(events, duty[one.duty], one.doctor)),
    )


def dues_after(
    before: Instance, after: Instance, dues: Sequence[Due], events: Sequence[Event], seed: int
) -> tuple[Due, ...]:
    """Return the published dues, new ones in the groups of who arrives, leaves or is long away; positions are the same."""
    named = {event.doctor for event in events if event.changes_dues}
    groups = {one.group for instance in (before, after) for one in shares_of(instance) if one.doctor in named}
    if not groups:
        return tuple(dues)
    found = [one for one in dues if one.group not in groups]
    found += [one for one in new_dues(after, positions_of_dues(dues), seed) if one.group in groups]
    return tuple(sorted(found, key=lambda one: (one.doctor, one.group, one.band)))


def void_decisions(instance: Instance, roster: Roster, events: Sequence[Event]) -> tuple[Assignment, ...]:
    """Return the assignments a person locked or imposed that the events make impossible: they are said by name."""
    decided = {(lock.duty, lock.doctor) for lock in instance.locks} | {(one.duty, one.doctor) for one in instance.fixed}
    return tuple(
        one
        for one in roster.assignments
        if (one.locked or (one.duty, one.doctor) in decided)
        and _taken(events, instance.duty_by_id[one.duty], one.doctor)
    )


def taken_away(instance: Instance, events: Sequence[Event], duty: str, doctor: str) -> bool:
    """True if an event takes the duty from the doctor."""
    return _taken(events, instance.duty_by_id[duty], doctor)


def _taken(events: Sequence[Event], duty: Duty, doctor: str) -> bool:
    return any(event.takes(duty, doctor) for event in events)


def _doctor_after(doctor: Doctor, event: Event) -> Doctor:
    """Return the doctor as the plan knows him or her after the event."""
    if event.kind == "arrivee":
        start = max(event.start, doctor.on_list.start) if doctor.on_list.start else event.start
        return doctor.model_copy(update={"on_list": DateSpan(start=start, end=doctor.on_list.end)})
    if event.kind == "depart":
        last = event.start - timedelta(days=1)
        end = min(last, doctor.on_list.end) if doctor.on_list.end else last
        return doctor.model_copy(update={"on_list": DateSpan(start=doctor.on_list.start, end=end)})
    if event.long:
        away = DateSpan(start=event.start, end=event.end)
        return doctor.model_copy(update={"long_absences": (*doctor.long_absences, away)})
    return doctor
