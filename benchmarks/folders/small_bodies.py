"""What the smaller folders share: a plan of an invented body, its doctors, and duties handed out in the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from benchmarks.folders.past import REST_DAYS
from benchmarks.folders.people import names, phone, rpps
from rosterplan.domain.instance import PastDuty, Period, Plan
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty
from rosterplan.sheets.plan.content import PlanContent

WINTER: Final = Period(start=date(2027, 1, 1), end=date(2027, 3, 31))


def a_plan(period: Period) -> Plan:
    return Plan(answer_deadline=period.start - timedelta(days=70), missing_answers="disponible")


def people(count: int, random: Random, **same: object) -> list[Doctor]:
    """So many invented doctors, numbered from M001."""
    return [
        Doctor.model_validate({
            "id": f"M{number:03}", "last_name": last, "first_name": first, "phone": phone(random, mobile=True),
            "email": f"m{number:03}@medecins-exemple.invalid", "rpps": rpps(random), **same,
        })
        for number, (last, first) in enumerate(names(count, random), 1)
    ]  # fmt: skip


def handed_out(content: PlanContent, duties: Sequence[Duty], random: Random) -> list[PastDuty]:
    """Each duty to whoever had held least, rested, of those who may hold its line; to nobody where all are tired."""
    count: dict[str, int] = {}
    free_from: dict[str, int] = {}
    line_of = {line.id: line for line in content.lines}
    found: list[PastDuty] = []
    for duty in sorted(duties, key=lambda one: one.start_minute):
        line = line_of[duty.line]
        able = [
            doctor for doctor in content.doctors
            if doctor.on_list.start is None
            and (duty.line in doctor.lines or line.sector in {member.sector for member in doctor.sectors})
            and free_from.get(doctor.id, 0) + REST_DAYS * 1440 <= duty.start_minute
        ]  # fmt: skip
        if not able:
            continue
        doctor = min(able, key=lambda one: (count.get(one.id, 0), random.random()))
        count[doctor.id] = count.get(doctor.id, 0) + 1
        free_from[doctor.id] = duty.end_minute
        found.append(PastDuty(
            doctor=doctor.id, line=duty.line, start=duty.start, end=duty.end, band=duty.band, points=duty.points,
            site=duty.site, feast=duty.feast,
        ))  # fmt: skip
    return found
