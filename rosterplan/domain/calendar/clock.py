"""Wall-clock hours as opening hours give them, and the exact moments they stand for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from rosterplan.domain.base import MINUTES_PER_DAY

_HOUR_AND_MINUTE = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")


def _minute_of_clock(clock: object) -> object:
    """Minutes since midnight of ``"20:00"``, ``"24:00"``, a ``time``, or minutes already; others pass unchanged."""
    if isinstance(clock, time):
        return clock.hour * 60 + clock.minute
    if isinstance(clock, str) and (match := _HOUR_AND_MINUTE.fullmatch(clock.strip())):
        hours, minutes = int(match[1]), int(match[2])
        if minutes < 60:
            return hours * 60 + minutes
    return clock


Start = Annotated[int, BeforeValidator(_minute_of_clock), Field(ge=0, lt=MINUTES_PER_DAY)]
"""A beginning [minutes since midnight, 0..1439]; ``"20:00"`` is understood."""

End = Annotated[int, BeforeValidator(_minute_of_clock), Field(ge=0, le=MINUTES_PER_DAY)]
"""An end [minutes since midnight, 0..1440]; ``"24:00"`` is understood."""


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant of wall-clock ``minute`` counted from midnight of ``day``, with a fixed offset.

    ``minute`` may reach into the following days. Of an hour lived twice in autumn the first is meant; an hour that
    does not exist in spring is the moment of the change. So shifts that touch on the wall still touch in truth. The
    offset is fixed because Python subtracts two times of one zone by the wall clock, one hour wrong on those nights.
    """
    days, minute_of_day = divmod(minute, MINUTES_PER_DAY)
    wall = datetime.combine(day + timedelta(days=days), time(*divmod(minute_of_day, 60)), tzinfo=zone)
    exact = wall.astimezone(UTC)
    if exact.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        exact = _change_in_place_of(wall)
    local = exact.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)


def _change_in_place_of(skipped: datetime) -> datetime:
    """The minute (UTC) at which the clocks jump over the ``skipped`` wall time."""
    early = skipped.replace(fold=1).astimezone(UTC)
    late = skipped.replace(fold=0).astimezone(UTC)
    jumped = late.astimezone(skipped.tzinfo).utcoffset()
    while late - early > timedelta(minutes=1):
        middle = early + timedelta(minutes=int((late - early).total_seconds()) // 120)
        if middle.astimezone(skipped.tzinfo).utcoffset() == jumped:
            late = middle
        else:
            early = middle
    return late
