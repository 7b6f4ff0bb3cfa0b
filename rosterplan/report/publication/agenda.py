"""iCalendar files, per doctor and per line: importing a later version updates and cancels what an earlier one put there.

An event is named by plan, duty and owner, so its UID never changes; SEQUENCE is the number of the version that last
changed it; what is no longer held is sent as cancelled, for ever. Times are UTC, which every program shows in local time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from icalendar import Calendar, Event

from rosterplan.domain.instance import Instance
from rosterplan.domain.versions import State, serving
from rosterplan.messages import say
from rosterplan.report.places import place_of
from rosterplan.report.publication.edition import Earlier, Edition

_TENTATIVE: Final = frozenset[State](("projet", "cdom"))


@dataclass(frozen=True)
class Entry:
    """What an event says; two versions with equal entries leave the event as it is."""

    start: datetime
    end: datetime
    summary: str
    place: str
    status: str


EntriesOf = Callable[[Earlier], Mapping[tuple[str, str], Entry]]
"""What a version holds, by owner and duty."""


@dataclass(frozen=True)
class Planned:
    """An event of a calendar: who it belongs to, the version that last changed it; ``held`` is False once cancelled."""

    owner: str
    duty: str
    sequence: int
    entry: Entry
    held: bool


def doctor_calendars(edition: Edition) -> dict[str, bytes]:
    """The calendar of each doctor who serves, or served in an earlier version, by doctor id."""
    names = {doctor.id: doctor.name for _, instance in _instances(edition) for doctor in instance.doctors}
    return {
        owner: _calendar(edition, say(fr=f"Gardes – {names[owner]}", en=f"Duties – {names[owner]}"), events)
        for owner, events in _by_owner(planned(_versions(edition), _of_doctors)).items()
    }


def line_calendars(edition: Edition) -> dict[str, bytes]:
    """The calendar of each line, by line id: who serves each duty, unfilled ones included."""
    names = {line.id: line.name for _, instance in _instances(edition) for line in instance.lines}
    return {
        owner: _calendar(edition, names[owner], events)
        for owner, events in _by_owner(planned(_versions(edition), _of_lines)).items()
    }


def planned(versions: Sequence[Earlier], entries_of: EntriesOf) -> tuple[Planned, ...]:
    """Every event any of the versions (oldest first) ever held, as the last of them leaves it."""
    found: dict[tuple[str, str], Planned] = {}
    for version in versions:
        entries = entries_of(version)
        for key, entry in entries.items():
            before = found.get(key)
            if before is None or not before.held or before.entry != entry:
                found[key] = Planned(*key, version.number, entry, held=True)
        for key, before in found.items():
            if before.held and key not in entries:
                found[key] = Planned(*key, version.number, before.entry, held=False)
    return tuple(sorted(found.values(), key=lambda one: (one.entry.start, one.owner, one.duty)))


def _of_doctors(version: Earlier) -> dict[tuple[str, str], Entry]:
    instance, found = version.instance, {}
    for one in version.roster.assignments:
        duty, owner = instance.duty_by_id[one.duty], serving(one)
        line = instance.line_by_id[duty.line]
        place = place_of(instance, duty, instance.doctor_by_id.get(owner))
        found[owner, duty.id] = Entry(
            duty.start.astimezone(UTC), duty.end.astimezone(UTC), say(fr=f"Garde – {line.name}", en=f"Duty – {line.name}"),
            place, _status(version.state),
        )  # fmt: skip
    return found


def _of_lines(version: Earlier) -> dict[tuple[str, str], Entry]:
    instance = version.instance
    held: dict[str, list[str]] = {}
    for one in version.roster.assignments:
        held.setdefault(one.duty, []).append(instance.doctor_by_id[serving(one)].name)
    found = {}
    for duty in instance.duties:
        names = [*sorted(held.get(duty.id, ())), *[_unfilled()] * max(0, duty.need_min - len(held.get(duty.id, ())))]
        if names:
            found[duty.line, duty.id] = Entry(
                duty.start.astimezone(UTC), duty.end.astimezone(UTC), ", ".join(names),
                place_of(instance, duty, None), _status(version.state),
            )  # fmt: skip
    return found


def _unfilled() -> str:
    return say(fr="NON POURVUE", en="UNFILLED")


def _status(state: State) -> str:
    return "TENTATIVE" if state in _TENTATIVE else "CONFIRMED"


def _versions(edition: Edition) -> tuple[Earlier, ...]:
    facts = edition.facts
    return (*edition.earlier, Earlier(edition.number, edition.state, facts.instance, facts.roster))


def _instances(edition: Edition) -> list[tuple[int, Instance]]:
    return [(version.number, version.instance) for version in _versions(edition)]


def _by_owner(events: Sequence[Planned]) -> dict[str, list[Planned]]:
    found: dict[str, list[Planned]] = {}
    for event in events:
        found.setdefault(event.owner, []).append(event)
    return dict(sorted(found.items()))


def _calendar(edition: Edition, name: str, events: Sequence[Planned]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//rosterplan//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    stamp = edition.when.astimezone(UTC).replace(microsecond=0)
    for one in events:
        calendar.add_component(_event(edition.facts.instance.id, one, stamp))
    return bytes(calendar.to_ical())


def _event(plan: str, one: Planned, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(plan, one.owner, one.duty))
    event.add("dtstamp", stamp)
    event.add("sequence", one.sequence)
    event.add("dtstart", one.entry.start)
    event.add("dtend", one.entry.end)
    cancelled = say(fr="ANNULÉE : ", en="CANCELLED: ") if not one.held else ""
    event.add("summary", cancelled + one.entry.summary)
    if one.entry.place:
        event.add("location", one.entry.place)
    event.add("status", one.entry.status if one.held else "CANCELLED")
    event.add("transp", "OPAQUE" if one.held else "TRANSPARENT")
    return event


def uid_of(plan: str, owner: str, duty: str) -> str:
    """The UID of an event: the same for ever, and another for any other plan, owner or duty."""
    return f"{hashlib.sha256(f'{plan}|{owner}|{duty}'.encode()).hexdigest()[:32]}@rosterplan"
