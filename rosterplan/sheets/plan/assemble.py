"""From what the workbook says to an instance: duties are materialised, coefficients computed, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from rosterplan.domain.base import MINUTES_PER_DAY, minute_of
from rosterplan.domain.calendar.bands import band_of
from rosterplan.domain.calendar.clock import moment
from rosterplan.domain.calendar.days import Day
from rosterplan.domain.calendar.duties import days_for, duties_of
from rosterplan.domain.calendar.holidays import TIMEZONES
from rosterplan.domain.calendar.hours import HoursRemark, OpeningHours
from rosterplan.domain.calendar.openings import Opening, Remarks, openings_on
from rosterplan.domain.calendar.turns import with_turns
from rosterplan.domain.demands import lines_for
from rosterplan.domain.fairness.coefficients import coefficients
from rosterplan.domain.fairness.houses import between_houses
from rosterplan.domain.instance import Instance
from rosterplan.domain.work import Demand, Duty, Line, duty_id
from rosterplan.sheets.plan.content import DemandHours, PlanContent


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
        overlaps_allowed=frozenset().union(*(lines_for(demand.line, content.lines) for demand in content.demands)),
    )
    site_of_house = {house.id: house.site for house in content.establishments}
    given = with_turns(duties, content.lines, content.turns, site_of_house)
    return Made(given, _demands(content, timezone_name), tuple(remarks))


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
        shares=between_houses(
            coefficients(content.doctors, content.lines, content.groups, work.duties),
            content.doctors,
            content.establishments,
            content.lines,
            content.groups,
            work.duties,
            content.rules,
        ),
        fixed=content.fixed,
        history=content.history,
        service_hours=content.service_hours,
        plan=content.plan,
        balances=content.balances,
        rules=content.rules,
    )


def _demands(content: PlanContent, timezone_name: str) -> tuple[Demand, ...]:
    """The demands of the period by line then start; rows that ask at the same moment add up.

    As with opening hours, what a row says of a holiday stands in place of the hours of its weekday that it overlaps.
    """
    zone = ZoneInfo(timezone_name)
    wanted: dict[tuple[str, datetime, datetime], int] = {}
    in_all: set[tuple[str, datetime, datetime]] = set()
    bands: dict[tuple[str, datetime, datetime], str] = {}
    for line in content.lines:
        for day, opening, row in _asked(content, line):
            for start, end in _steps(_interval(day, opening, zone), row.step_minutes, zone):
                key = (line.id, start, end)
                wanted[key] = wanted.get(key, 0) + row.need
                in_all |= {key} if row.in_all else set()
                bands[key] = _band(content, day, start, end)
    rank = {line.id: number for number, line in enumerate(content.lines)}
    ordered = sorted(wanted, key=lambda key: (rank[key[0]], minute_of(key[1]), minute_of(key[2])))
    return tuple(
        Demand(
            id=f"{duty_id(*key)}/besoin", line=key[0], start=key[1], end=key[2], need=wanted[key],
            band=bands[key], in_all=key in in_all,
        )
        for key in ordered
    )  # fmt: skip


def _asked(content: PlanContent, line: Line) -> Iterator[tuple[Day, Opening, DemandHours]]:
    """Yield each day, its hours and the row of `Besoins` that asks for doctors of the line then."""
    asking = [row for row in content.demands if row.line == line.id]
    if not asking:
        return
    hours = [_as_hours(row, str(number)) for number, row in enumerate(asking)]
    closures = [
        day for day in content.special_days if day.kind != "ouverture" and (not day.lines or line.id in day.lines)
    ]
    days = days_for(line.id, content.special_days, content.period, content.choices)
    for day in days.values():
        today = [special for special in closures if special.covers(day.date)]
        for opening in openings_on(day, hours, today, Remarks(line.id)):
            yield day, opening, asking[int(opening.shift.row)]


def _as_hours(row: DemandHours, name: str) -> OpeningHours:
    return OpeningHours(
        row=name, line=row.line, days=row.days, start=row.start, end=row.end, need_min=row.need, valid=row.valid
    )


def _interval(day: Day, opening: Opening, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return moment(day.date, opening.start, zone), moment(day.date, opening.end, zone)


def _band(content: PlanContent, day: Day, start: datetime, end: datetime) -> str:
    """What the hours of a demand count as: the same as a duty of these hours."""
    begins = start.hour * 60 + start.minute + MINUTES_PER_DAY * (start.date() - day.date).days
    length = int((end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds()) // 60
    return band_of(day, begins, begins + max(length, 1), content.choices).band


def _steps(
    interval: tuple[datetime, datetime], step_minutes: int | None, zone: ZoneInfo
) -> list[tuple[datetime, datetime]]:
    """The interval cut every ``step_minutes`` of true time; the last piece may be shorter."""
    minutes = minute_of(interval[1]) - minute_of(interval[0])
    if minutes <= 0:
        return []
    cuts = [*range(0, minutes, step_minutes or minutes), minutes]
    moments = [_local(interval[0] + timedelta(minutes=cut), zone) for cut in cuts]
    return list(pairwise(moments))


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    local = instant.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)
