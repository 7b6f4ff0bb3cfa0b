"""From what the workbook says to an instance: duties are materialised, coefficients computed, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from rosterplan.domain.base import minute_of
from rosterplan.domain.calendar.duties import duties_of
from rosterplan.domain.calendar.holidays import TIMEZONES
from rosterplan.domain.calendar.hours import HoursRemark, OpeningHours
from rosterplan.domain.fairness.coefficients import coefficients
from rosterplan.domain.instance import Instance
from rosterplan.domain.work import Demand, Duty, duty_id
from rosterplan.sheets.plan.content import DemandHours, HouseTurn, PlanContent


@dataclass(frozen=True)
class Made:
    """The dated work of a plan, and what was odd in the hours it was made from."""

    duties: tuple[Duty, ...]
    demands: tuple[Demand, ...]
    remarks: tuple[HoursRemark, ...]


def work_of(content: PlanContent) -> Made:
    """The duties and demands of the period, in the order of the lines, then by start."""
    timezone_name = TIMEZONES[content.choices.territory]
    duties, remarks = duties_of(
        content.lines,
        content.hours,
        content.special_days,
        content.period,
        content.choices,
        timezone=timezone_name,
        overlaps_allowed=frozenset(demand.line for demand in content.demands),
    )
    return Made(_with_turns(duties, content.turns), _demands(content, timezone_name), tuple(remarks))


def instance_of(content: PlanContent, made: Made | None = None) -> Instance:
    """The instance of a plan before any answer.

    Raises:
        pydantic.ValidationError: ids given twice, or references that lead nowhere.
    """
    work = made or work_of(content)
    return Instance(
        id=content.id,
        kinds=content.kinds,
        timezone=TIMEZONES[content.choices.territory],
        period=content.period,
        establishments=content.establishments,
        sites=content.sites,
        sectors=content.sectors,
        lines=content.lines,
        doctors=content.doctors,
        duties=work.duties,
        demands=work.demands,
        groups=content.groups,
        shares=coefficients(content.doctors, content.lines, content.groups, work.duties),
        fixed=content.fixed,
        history=content.history,
        service_hours=content.service_hours,
        plan=content.plan,
        balances=content.balances,
        rules=content.rules,
    )


def _with_turns(duties: Sequence[Duty], turns: Sequence[HouseTurn]) -> tuple[Duty, ...]:
    """The duties, those of an exchanged period given to the house whose turn it becomes; the last row wins."""
    if not turns:
        return tuple(duties)
    changed = []
    for duty in duties:
        houses = [
            turn.establishment for turn in turns if turn.line == duty.line and turn.first <= duty.date <= turn.last
        ]
        changed.append(duty.model_copy(update={"establishments": (houses[-1],)}) if houses else duty)
    return tuple(changed)


def _demands(content: PlanContent, timezone_name: str) -> tuple[Demand, ...]:
    """The demands of the period by line then start; rows that ask at the same moment add up."""
    zone = ZoneInfo(timezone_name)
    wanted: dict[tuple[str, datetime, datetime], int] = {}
    for row in content.demands:
        lines = [line for line in content.lines if line.id == row.line]
        whole, _ = duties_of(
            lines, [_as_hours(row)], content.special_days, content.period, content.choices, timezone=timezone_name
        )
        for duty in whole:
            for start, end in _steps(duty, row.step_minutes, zone):
                wanted[row.line, start, end] = wanted.get((row.line, start, end), 0) + row.need
    rank = {line.id: number for number, line in enumerate(content.lines)}
    ordered = sorted(wanted, key=lambda key: (rank[key[0]], minute_of(key[1]), minute_of(key[2])))
    return tuple(
        Demand(id=f"{duty_id(*key)}/besoin", line=key[0], start=key[1], end=key[2], need=wanted[key]) for key in ordered
    )


def _as_hours(row: DemandHours) -> OpeningHours:
    return OpeningHours(
        row=row.row, line=row.line, days=row.days, start=row.start, end=row.end, need_min=row.need, valid=row.valid
    )


def _steps(duty: Duty, step_minutes: int | None, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """The interval cut every ``step_minutes`` of true time; the last piece may be shorter."""
    step = step_minutes or duty.minutes
    cuts = [*range(0, duty.minutes, step), duty.minutes]
    moments = [_local(duty.start + timedelta(minutes=cut), zone) for cut in cuts]
    return list(pairwise(moments))


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    local = instant.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)
