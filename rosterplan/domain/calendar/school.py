"""School holidays by zone, from a table of published decrees; "not published" is an answer of its own.

A span runs from the first day without class to the last day before classes resume, both included. The table in
`school_holidays.csv` was compared with two libraries (see its tests) and reviewed where they differ: the pont de
l'Ascension is Thursday to Sunday of every year, classes resume on 2 September 2027 (a Thursday), and end on 4 July
2028. After 31 August 2028 nothing is published; overseas and Corsica have calendars of their own.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from importlib.resources import files

from pydantic import model_validator

from rosterplan.domain.base import Frozen

PUBLISHED_FROM = date(2023, 9, 4)
PUBLISHED_UNTIL = date(2028, 8, 31)
ZONES = ("A", "B", "C")


class SchoolTime(Enum):
    """Whether a day is a school holiday; it has no truth value, so that "unknown" is never read as "no"."""

    HOLIDAY = "vacances"
    TERM = "classe"
    UNPUBLISHED = "non publié"

    def __bool__(self) -> bool:
        """Refused: compare with a member.

        Raises:
            TypeError: always.
        """
        raise TypeError("compare a SchoolTime with HOLIDAY, TERM or UNPUBLISHED")


class SchoolHoliday(Frozen):
    """A school holiday of a zone, from ``start`` to ``end``, both included."""

    zone: str
    start: date
    end: date
    name: str
    school_year: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> SchoolHoliday:
        if self.end < self.start:
            raise ValueError("school holiday ends before it starts")
        return self


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The school holidays that meet a period, and the days of it for which nothing is known."""

    holidays: tuple[SchoolHoliday, ...]
    unpublished: tuple[tuple[date, date], ...]
    """Spans of days nobody has published, both ends included."""


@cache
def published_school_holidays() -> tuple[SchoolHoliday, ...]:
    """Every school holiday of zones A, B and C that a decree has fixed, by zone then date."""
    table = files("rosterplan.domain.calendar").joinpath("school_holidays.csv")
    with table.open(encoding="utf-8") as rows:
        return tuple(SchoolHoliday.model_validate(row) for row in csv.DictReader(rows))


def school_time(day: date, zone: str, given: Sequence[SchoolHoliday] = ()) -> SchoolTime:
    """Whether ``day`` is a school holiday in ``zone``.

    ``given`` are dates the coordinator adds, for a zone or years without published dates: between the first and the
    last of them the other days are taken as term.
    """
    added = [holiday for holiday in given if holiday.zone == zone]
    published = [holiday for holiday in published_school_holidays() if holiday.zone == zone]
    if any(holiday.start <= day <= holiday.end for holiday in (*added, *published)):
        return SchoolTime.HOLIDAY
    if zone in ZONES and PUBLISHED_FROM <= day <= PUBLISHED_UNTIL:
        return SchoolTime.TERM
    inside = added and min(holiday.start for holiday in added) <= day <= max(holiday.end for holiday in added)
    return SchoolTime.TERM if inside else SchoolTime.UNPUBLISHED


def school_calendar(start: date, end: date, zone: str, given: Sequence[SchoolHoliday] = ()) -> SchoolCalendar:
    """What is known of the school calendar of ``zone`` from ``start`` to ``end``, both included."""
    known = [holiday for holiday in (*published_school_holidays(), *given) if holiday.zone == zone]
    meeting = sorted((h for h in known if h.start <= end and start <= h.end), key=lambda holiday: holiday.start)
    unknown: list[tuple[date, date]] = []
    for offset in range((end - start).days + 1):
        day = start + timedelta(days=offset)
        if school_time(day, zone, given) is not SchoolTime.UNPUBLISHED:
            continue
        if unknown and unknown[-1][1] == day - timedelta(days=1):
            unknown[-1] = (unknown[-1][0], day)
        else:
            unknown.append((day, day))
    return SchoolCalendar(tuple(meeting), tuple(unknown))
