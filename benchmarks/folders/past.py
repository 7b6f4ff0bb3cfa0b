"""What lies before the period: every duty of the former quarter, the feasts of three winters, opening balances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from rosterplan.domain.instance import Balance, PastDuty, Period
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty, Line
from rosterplan.sheets.plan.assemble import work_of
from rosterplan.sheets.plan.content import PlanContent

WINTERS = 3
REST_DAYS = 4
"""Days between two past duties of a doctor, where there are doctors enough."""

BALANCED = ("soiree", "samedi", "dimanche", "nuit")


def history_of(content: PlanContent, random: Random) -> tuple[PastDuty, ...]:
    """Duties held before the period of ``content``, in order of time."""
    start = content.period.start
    quarter = _work(content, _three_months_before(start), start - timedelta(days=1))
    feasts: list[Duty] = []
    for winter in range(2, WINTERS + 1):
        year = start.year - winter
        feasts += [duty for duty in _work(content, date(year, 12, 20), date(year + 1, 1, 5)) if duty.feast]
    last_new_year = date(start.year - 1, 1, 1)
    feasts += [duty for duty in _work(content, last_new_year, last_new_year) if duty.feast]
    held = [*_held(content, sorted(feasts, key=_when), random), *_held(content, sorted(quarter, key=_when), random)]
    return tuple(sorted(held, key=lambda past: (past.start, past.line, past.doctor)))


def _work(content: PlanContent, first: date, last: date) -> tuple[Duty, ...]:
    """The duties the same opening hours made between two days; special days belong to the period."""
    then = content.model_copy(update={"period": Period(start=first, end=last), "special_days": ()})
    return work_of(then).duties


def _three_months_before(first: date) -> date:
    return date(first.year - (first.month <= 3), (first.month - 4) % 12 + 1, 1)


def _when(duty: Duty) -> tuple[int, str]:
    return duty.start_minute, duty.line


def _held(content: PlanContent, duties: Sequence[Duty], random: Random) -> list[PastDuty]:
    """Each duty given to the doctor who has held least for his or her quota, rested, drawn among equals."""
    line_of = {line.id: line for line in content.lines}
    points: dict[str, float] = defaultdict(float)
    free_from: dict[str, int] = defaultdict(int)
    found: list[PastDuty] = []
    for duty in duties:
        line = line_of[duty.line]
        able = [doctor for doctor in content.doctors if _may_hold(doctor, line, duty)]
        rested = [doctor for doctor in able if free_from[doctor.id] + REST_DAYS * 1440 <= duty.start_minute]
        awake = [doctor for doctor in able if free_from[doctor.id] + 660 <= duty.start_minute]
        pool = rested or awake
        for doctor in sorted(pool, key=lambda one: (points[one.id], random.random()))[: duty.need_min]:
            points[doctor.id] += duty.points / doctor.quota
            free_from[doctor.id] = duty.end_minute
            found.append(PastDuty(
                doctor=doctor.id, line=duty.line, start=duty.start, end=duty.end, band=duty.band, points=duty.points,
                site=duty.site or line.site, feast=duty.feast,
            ))  # fmt: skip
    return found


def _may_hold(doctor: Doctor, line: Line, duty: Duty) -> bool:
    """True for a volunteer of the line's sector who was there: help from a neighbour and arrivals come later."""
    return (
        doctor.volunteer
        and any(member.sector == line.sector and member.participation > 0 for member in doctor.sectors)
        and line.modality in doctor.modalities
        and doctor.on_list.start is None
        and not doctor.exempt(duty.band, duty.date)
    )


def balances_of(content: PlanContent, random: Random) -> tuple[Balance, ...]:
    """Opening balances of the doctors who have a part in a group; they sum to zero per group and band."""
    bands = {group.id: _bands(content, group.lines) for group in content.groups}
    found: list[Balance] = []
    for group in content.groups:
        mine = [
            doctor.id for doctor in content.doctors
            if doctor.volunteer and doctor.on_list.start is None
            and any(member.sector == group.id and member.participation > 0 for member in doctor.sectors)
        ]  # fmt: skip
        for band in bands[group.id]:
            values = [round(random.gauss(0, 55)) for _ in mine]
            surplus = sum(values)
            shift, rest = divmod(surplus, len(values))
            values = [value - shift - (rank < rest) for rank, value in enumerate(values)]
            found += [
                Balance(doctor=doctor, group=group.id, band=band, balance_hundredths=value)
                for doctor, value in zip(mine, values, strict=True)
                if value
            ]
    return tuple(found)


def _bands(content: PlanContent, lines: tuple[str, ...]) -> list[str]:
    """The ordinary bands of some lines in the period."""
    there = {duty.band for duty in work_of(content).duties if duty.line in lines}
    return [band for band in BALANCED if band in there]
