"""Every day of a period as the law and the department see it: holiday, pont, eve, weekday."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rosterplan.domain.calendar.choices import CalendarChoices, Pont
from rosterplan.domain.calendar.holidays import holidays_between

DayKind = Literal["semaine", "samedi", "dimanche", "ferie", "pont"]
DayName = Literal[
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "ferie", "veille-de-ferie", "pont", "pont-lundi", "pont-vendredi", "pont-samedi",
]  # fmt: skip
"""What opening hours may name a day by."""

WEEKDAY_NAMES: tuple[DayName, ...] = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WORKING_DAYS: frozenset[DayName] = frozenset(WEEKDAY_NAMES[:5])
EVERY_DAY: frozenset[DayName] = frozenset(WEEKDAY_NAMES)
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Day:
    """A date and what it is. ``weekday`` is 0..6, and 6 for a day the coordinator treats as a Sunday."""

    date: date
    weekday: int
    holiday: str | None = None
    pont: Pont | None = None
    eve_of_holiday: bool = False

    @property
    def kind(self) -> DayKind:
        """The one word for the day; a Saturday stays `samedi` when it is also a pont."""
        if self.holiday is not None:
            return "ferie"
        if self.weekday == SUNDAY:
            return "dimanche"
        if self.weekday == SATURDAY:
            return "samedi"
        return "pont" if self.pont else "semaine"

    @property
    def sunday_or_holiday(self) -> bool:
        """True for a Sunday, a public holiday, or both (once)."""
        return self.weekday == SUNDAY or self.holiday is not None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many days of each sort a period has; no day is counted in two of the last three."""

    days: int
    saturdays: int
    sundays_and_holidays: int
    ponts: int
    """Ponts that are not a Saturday: a Saturday pont is counted among the Saturdays."""


def days_between(
    start: date,
    end: date,
    choices: CalendarChoices,
    *,
    more_holidays: Mapping[date, str] | None = None,
    as_sundays: Iterable[date] = (),
) -> dict[date, Day]:
    """Every day from ``start`` to ``end``, both included; holidays beyond the edges still make eves and ponts."""
    local = {extra.date: extra.name for extra in choices.local_holidays} | dict(more_holidays or {})
    around = timedelta(days=2)
    holidays = holidays_between(start - around, end + around, choices.territory, local)
    sundays = frozenset(as_sundays)
    days: dict[date, Day] = {}
    for offset in range((end - start).days + 1):
        day = start + timedelta(days=offset)
        days[day] = Day(
            date=day,
            weekday=SUNDAY if day in sundays else day.weekday(),
            holiday=holidays.get(day),
            pont=None if day in sundays else _pont(day, holidays, choices),
            eve_of_holiday=day + timedelta(days=1) in holidays,
        )
    return days


def day_kind(day: date, choices: CalendarChoices) -> DayKind:
    """What a date is under R.6315-1 and the department's choices."""
    return days_between(day, day, choices)[day].kind


def pont_of(day: date, choices: CalendarChoices) -> Pont | None:
    """Which open pont a date is, Saturdays included; None if it is none."""
    return days_between(day, day, choices)[day].pont


def count_days(start: date, end: date, choices: CalendarChoices) -> DayCounts:
    """Days, Saturdays that are no holiday, Sundays and holidays, weekday ponts, from ``start`` to ``end`` included."""
    kinds = [day.kind for day in days_between(start, end, choices).values()]
    return DayCounts(
        days=len(kinds),
        saturdays=kinds.count("samedi"),
        sundays_and_holidays=kinds.count("dimanche") + kinds.count("ferie"),
        ponts=kinds.count("pont"),
    )


def _pont(day: date, holidays: Mapping[date, str], choices: CalendarChoices) -> Pont | None:
    """The pont a day is by R.6315-1 (Monday before a holiday, Friday and Saturday after one), if its switch is on."""
    if day in holidays:
        return None
    one_day = timedelta(days=1)
    weekday = day.weekday()
    if weekday == 0 and day + one_day in holidays:
        return "lundi-avant-ferie" if choices.pont_monday_before else None
    if weekday == 4 and day - one_day in holidays:
        return "vendredi-apres-ferie" if choices.pont_friday_after else None
    if weekday == SATURDAY and day - one_day in holidays:
        return "samedi-apres-ferie" if choices.pont_saturday_after else None
    if weekday == SATURDAY and day - 2 * one_day in holidays:
        return "samedi-apres-jeudi-ferie" if choices.pont_saturday_after_thursday else None
    return None
