"""Which hours are PDSA hours, by article R.6315-1 of the Code de la santé publique; apart from fairness bands.

Every day 20 h to 8 h; Sundays and public holidays 8 h to 20 h; by decision of the ARS Saturday from noon, the
Monday before a holiday, the Friday and the Saturday after one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from rosterplan.domain.base import MINUTES_PER_DAY, minute_of
from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.clock import moment
from rosterplan.domain.calendar.days import SATURDAY, Day, days_between

LegalKind = Literal["nuit", "dimanche-ferie", "samedi", "pont", "hors-pdsa"]

NIGHT_ENDS = 480
NOON = 720
NIGHT_BEGINS = 1200


@dataclass(frozen=True, slots=True)
class LegalSlice:
    """A stretch ``[start, end)`` of one legal kind."""

    start: datetime
    end: datetime
    kind: LegalKind

    @property
    def minutes(self) -> int:
        """True length, clock changes included [minutes]."""
        return minute_of(self.end) - minute_of(self.start)


def legal_slices(
    start: datetime, end: datetime, choices: CalendarChoices, timezone: str = "Europe/Paris"
) -> tuple[LegalSlice, ...]:
    """The interval ``[start, end)`` cut by legal kind, without gaps; neighbours differ in kind."""
    zone = ZoneInfo(timezone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    slices: list[LegalSlice] = []
    for day in days_between(first, last, choices).values():
        for begins, ends, kind in _hours_of_day(day, choices):
            low = max(start, moment(day.date, begins, zone))
            high = min(end, moment(day.date, ends, zone))
            if low >= high:
                continue
            if slices and slices[-1].kind == kind:
                slices[-1] = LegalSlice(slices[-1].start, high, kind)
            else:
                slices.append(LegalSlice(low, high, kind))
    return tuple(slices)


def legal_kind(start: datetime, end: datetime, choices: CalendarChoices, timezone: str = "Europe/Paris") -> LegalKind:
    """The legal kind most of the PDSA hours of an interval have, the earlier on a tie; `hors-pdsa` without any."""
    minutes: dict[LegalKind, int] = defaultdict(int)
    for part in legal_slices(start, end, choices, timezone):
        if part.kind != "hors-pdsa":
            minutes[part.kind] += part.minutes
    return max(minutes, key=lambda kind: minutes[kind], default="hors-pdsa")


def _hours_of_day(day: Day, choices: CalendarChoices) -> tuple[tuple[int, int, LegalKind], ...]:
    """The day from 0 h to 24 h as (start, end, kind) [minutes since midnight], in order and without gaps."""
    daytime: list[tuple[int, int, LegalKind]] = [(NIGHT_ENDS, NIGHT_BEGINS, "hors-pdsa")]
    if day.sunday_or_holiday:
        daytime = [(NIGHT_ENDS, NIGHT_BEGINS, "dimanche-ferie")]
    else:
        if day.weekday == SATURDAY and choices.saturday_from_noon:
            daytime = _painted(daytime, NOON, NIGHT_BEGINS, "samedi", over="hors-pdsa")
        if day.pont:
            daytime = _painted(daytime, choices.pont_start, choices.pont_end, "pont", over="hors-pdsa")
    return ((0, NIGHT_ENDS, "nuit"), *daytime, (NIGHT_BEGINS, MINUTES_PER_DAY, "nuit"))


def _painted(
    parts: list[tuple[int, int, LegalKind]], start: int, end: int, kind: LegalKind, *, over: LegalKind
) -> list[tuple[int, int, LegalKind]]:
    """The parts with ``kind`` laid over what is of kind ``over`` between ``start`` and ``end``."""
    painted: list[tuple[int, int, LegalKind]] = []
    for begins, ends, found in parts:
        low, high = max(begins, start), min(ends, end)
        if found != over or low >= high:
            painted.append((begins, ends, found))
            continue
        pieces = ((begins, low, found), (low, high, kind), (high, ends, found))
        painted += [piece for piece in pieces if piece[0] < piece[1]]
    return painted
