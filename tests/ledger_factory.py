"""Published rosters of a fabricated department, for the tests of the ledger; no solver involved."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rosterplan.domain.fairness import default_groups, with_dues
from rosterplan.domain.instance import Balance, Instance, Period
from rosterplan.domain.people import Doctor, Membership
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.versions import Change, State, Version
from rosterplan.domain.work import Duty, Line, Sector, duty_id
from rosterplan.ledger.folder import sha256, write_version
from rosterplan.sheets.instance_json import instance_json

WHEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def roster_bytes(roster: Roster, number: int = 1) -> bytes:
    """What the ledger reads of a roster.json."""
    plain = roster.model_dump(mode="json")
    return json.dumps({"schema": 1, "version": number, **plain}).encode()


def publish(
    out: Path, instance: Instance, roster: Roster, *, number: int = 1, state: State = "projet", last_change: int = 0
) -> Path:
    """Write a version as `publish` does."""
    content, document = instance_json(instance), roster_bytes(roster, number)
    version = Version(
        plan=instance.id, number=number, state=state, when=WHEN, input_sha256=sha256(content),
        roster_sha256=sha256(document), last_change=last_change, rosterplan="0",
    )  # fmt: skip
    return write_version(out, version, {"instance.json": content, "roster.json": document})[0]


def change(kind: str, duty: str, titular: str | None, doctor: str | None, why: str = "") -> Change:
    """A change agreed by the coordinator."""
    return Change(kind=kind, duty=duty, titular=titular, doctor=doctor, who="coordination", when=WHEN, why=why)


BANDS = {"soiree": 2, "dimanche": 5, "fete": 6}
GROUPS = ("NORD", "SUD")


def quarter(number: int, doctors: Sequence[Doctor], balances: Sequence[Balance] = ()) -> Instance:
    """A short « quarter »: two weeks of two lines, an evening a day, Sundays, and a feast on its first day."""
    start = date(2027, 1, 1) + timedelta(days=91 * number)
    days = [start + timedelta(days=n) for n in range(14)]
    lines = tuple(Line(id=f"L-{group}", name=f"Ligne {group}", sector=group) for group in GROUPS)
    duties = []
    for line in lines:
        for day in days:
            band = "fete" if day == start else "dimanche" if day.weekday() == 6 else "soiree"
            begins = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
            ends = begins + timedelta(hours=4)
            duties.append(Duty(id=duty_id(line.id, begins, ends), line=line.id, start=begins, end=ends, date=day, band=band,
                               points=BANDS[band], feast="noel" if band == "fete" else None))  # fmt: skip
    return Instance(
        id=f"plan-{number:02}", period=Period(start=start, end=days[-1]), lines=lines, doctors=tuple(doctors),
        sectors=tuple(Sector(id=group, name=group.capitalize()) for group in GROUPS), groups=default_groups(lines),
        duties=tuple(duties), balances=tuple(balances), timezone="UTC",
    )  # fmt: skip


def doctor(number: int, group: str, **fields: object) -> Doctor:
    """A doctor of one sector."""
    return Doctor(id=f"D{number:02}", last_name=f"Nom{number:02}", sectors=(Membership(sector=group),), **fields)


def random_roster(draw: random.Random, instance: Instance) -> Roster:
    """Duties held by anyone present of the sector or, sometimes, of the other; a few are held by nobody."""
    held = []
    for duty in instance.duties:
        group = instance.group_of_line[duty.line]
        there = [one for one in instance.doctors if one.present(duty.date)]
        own = [one for one in there if one.sectors[0].sector == group]
        pool = there if draw.random() < 0.1 else own
        if pool and draw.random() < 0.95:
            held.append(Assignment(duty=duty.id, doctor=draw.choice(pool).id))
    return with_dues(instance, Roster(assignments=tuple(held)))


def published_quarter(out: Path, instance: Instance, roster: Roster) -> None:
    """Publish a quarter up to its definitive version."""
    for number, state in enumerate(("projet", "cdom", "definitif"), 1):
        publish(out, instance, roster, number=number, state=state)
