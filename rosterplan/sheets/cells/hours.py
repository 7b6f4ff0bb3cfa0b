"""Hours in all the ways people type them, in minutes after midnight; « 24h » is the end of the day, « 0h » its beginning."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from rosterplan.domain.base import MINUTES_PER_DAY
from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import clipped, fold
from rosterplan.sheets.cells.workbook import CellValue

_CLOCK = re.compile(
    r"^(?:a |de |vers )?(\d{1,2}) ?(?:h|:|\.|heures?|hrs?|hours?)? ?(\d{2})?(?: ?(?:min|mn|m))?(?::\d{2})?"
    r" ?(du matin|du soir|de l'apres-midi|am|pm)?$"
)
_FOUR_DIGITS = re.compile(r"^(\d{2})(\d{2})$")
_DURATION = re.compile(r"^pt(\d+)h(\d+)m(?:(\d+)(?:[.,]\d+)?s)?$")
_BETWEEN = re.compile(r" ?(?:-+>?|→|\ba\b|\bto\b|/|jusqu'a) ?")


def read_hour(value: CellValue, *, end: bool = False) -> int | Problem:
    """Minutes after midnight, 0 to 1440: « 20h », « 20 h 30 », « 20:00 », time cells, « midi », « minuit », « 24h ».

    Midnight is 0, or 1440 where the hour is an ``end``.
    """
    minutes = _minutes(value)
    if minutes is None or not 0 <= minutes <= MINUTES_PER_DAY:
        return _unreadable(value)
    return MINUTES_PER_DAY if end and minutes == 0 else minutes


def read_hours(value: CellValue) -> tuple[int, int] | Problem:
    """Start and end of « 20h-8h », « de 12h à 24h », « midi–minuit », in minutes; an end not after the start is the next day."""
    sides = _BETWEEN.split(re.sub(r"^de ", "", fold(as_text(value)))) if isinstance(value, str) else []
    if len(sides) != 2:
        return _unreadable(value, say(fr="deux heures, comme « 20h-24h »", en="two hours, such as “20:00-24:00”"))
    start, end = read_hour(sides[0]), read_hour(sides[1], end=True)
    if isinstance(start, Problem) or isinstance(end, Problem):
        return _unreadable(value, say(fr="deux heures, comme « 20h-24h »", en="two hours, such as “20:00-24:00”"))
    return start, end


def _minutes(value: CellValue) -> int | None:
    if isinstance(value, str):
        return _minutes_of_text(fold(value))
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        # A fraction of a day where the cell lost its hour format, else hours: 20.5 is 20 h 30.
        return round(value * (MINUTES_PER_DAY if 0 < value < 1 else 60)) if abs(value) < 1e6 else None
    return _minutes_of_clock(value)


def _minutes_of_clock(value: date | time | timedelta) -> int | None:
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    if isinstance(value, datetime | time):
        return value.hour * 60 + round(value.minute + (value.second + value.microsecond / 1e6) / 60)
    # A time cell that holds one whole day (« 24:00 ») is read as the first day of the calendar.
    return MINUTES_PER_DAY if value.year <= 1904 else None


def _minutes_of_text(said: str) -> int | None:
    words = {"midi": 720, "minuit": 0, "noon": 720, "midnight": 0, "midi et demi": 750, "midi et demie": 750}
    if said in words:
        return words[said]
    if match := _DURATION.match(said):
        return int(match[1]) * 60 + int(match[2])
    match = _FOUR_DIGITS.match(said) or _CLOCK.match(said)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    half = match[3] if match.re is _CLOCK else None
    if half in ("du soir", "de l'apres-midi", "pm") and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return hour * 60 + minute if minute < 60 else None


def _unreadable(value: CellValue, wanted: str = "") -> Problem:
    return Problem(
        severity="erreur",
        code="hour-unreadable",
        found=f"« {clipped(as_text(value))} »",
        wanted=wanted or say(fr="une heure de 0h à 24h", en="an hour from 0:00 to 24:00"),
        remedy=say(fr="Écrivez-la ainsi : 20h, 20h30 ou 24h.", en="Write it like this: 20:00, 20:30 or 24:00."),
    )
