"""Rows of the sheets `Horaires`, `Besoins` and `Jours particuliers`, both ways."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from rosterplan.domain.base import MINUTES_PER_DAY
from rosterplan.domain.calendar.hours import OpeningHours, SpecialDay, YearlySeason
from rosterplan.domain.findings import Problem
from rosterplan.domain.people import DateSpan
from rosterplan.messages import say
from rosterplan.messages.words import MONTHS_FR
from rosterplan.sheets.cells.dates import out_of_order, read_date, read_days
from rosterplan.sheets.cells.hours import read_hour
from rosterplan.sheets.cells.names import Names
from rosterplan.sheets.cells.tables import Record, as_text
from rosterplan.sheets.cells.text import fold
from rosterplan.sheets.cells.values import read_choice, read_integer, read_text, wrong
from rosterplan.sheets.cells.vocabulary import SPECIAL_KINDS, WAYS_TO_COUNT, days_in_words, read_days_of_week, word_of
from rosterplan.sheets.cells.workbook import CellValue
from rosterplan.sheets.plan.building import build
from rosterplan.sheets.plan.content import DemandHours
from rosterplan.sheets.plan.people import Cells, Known

_LEAP_YEAR = 2024


def read_opening_hours(record: Record, known: Known, doctors: Names, problems: list[Problem]) -> OpeningHours | None:
    """The opening hours of a row of `Horaires`."""
    fields = {
        "row": record.name,
        "line": record.read("line", known.lines.find, problems, required=True),
        "days": record.read("days", read_days_of_week, problems, required=True),
        **_shift(record, known, problems, required=True),
        "valid": _valid(record, known, problems),
        "season": record.read("season", _read_season, problems),
        "doctor": record.read("doctor", doctors.find, problems),
    }
    if record.value("doctor") is not None and fields["doctor"] is None:
        return None
    needed = ("line", "days", "start", "end")
    return build(OpeningHours, record, fields, problems) if all(fields[key] is not None for key in needed) else None


def hours_cells(hours: OpeningHours) -> Cells:
    """The row of opening hours."""
    return {
        "line": hours.line,
        "days": days_in_words(hours.days),
        **_shift_cells(hours),
        "valid_from": hours.valid.start,
        "valid_to": hours.valid.end,
        "season": _season_in_words(hours.season) if hours.season else None,
        "doctor": hours.doctor,
    }


def read_demand_hours(record: Record, known: Known, problems: list[Problem]) -> DemandHours | None:
    """The need of a row of `Besoins`."""
    fields = {
        "row": record.name,
        "line": record.read("line", known.lines.find, problems, required=True),
        "days": record.read("days", read_days_of_week, problems, required=True),
        "start": record.read("start", read_hour, problems, required=True),
        "end": record.read("end", partial(read_hour, end=True), problems, required=True),
        "need": record.read("need", partial(read_integer, lowest=0), problems, required=True),
        "step_minutes": record.read("step_minutes", partial(read_integer, lowest=5, highest=MINUTES_PER_DAY), problems),
        "in_all": record.read("in_all", partial(read_choice, choices=WAYS_TO_COUNT), problems) == "in-all",
        "valid": _valid(record, known, problems),
    }
    needed = ("line", "days", "start", "end", "need")
    return build(DemandHours, record, fields, problems) if all(fields[key] is not None for key in needed) else None


def demand_cells(demand: DemandHours) -> Cells:
    """The row of a need."""
    return {
        "line": demand.line,
        "days": days_in_words(demand.days),
        "start": hour_in_words(demand.start),
        "end": hour_in_words(demand.end),
        "need": demand.need,
        "in_all": word_of("in-all", WAYS_TO_COUNT) if demand.in_all else None,
        "step_minutes": demand.step_minutes,
        "valid_from": demand.valid.start,
        "valid_to": demand.valid.end,
    }


def read_special_day(record: Record, known: Known, problems: list[Problem]) -> SpecialDay | None:
    """The row of `Jours particuliers`; without hours, a whole day."""
    fields = {
        "row": record.name,
        "kind": record.read("kind", partial(read_choice, choices=SPECIAL_KINDS), problems, required=True),
        **read_first_and_last(record, known, problems),
        "lines": record.read("lines", known.lines.find_all, problems),
        **_shift(record, known, problems, required=False),
        "name": record.read("name", read_text, problems),
    }
    unreadable_lines = record.value("lines") is not None and fields["lines"] is None
    if fields["kind"] is None or fields["first"] is None or unreadable_lines:
        return None
    return build(SpecialDay, record, fields, problems)


def special_day_cells(special: SpecialDay) -> Cells:
    """The row of a special day; hours are written unless they are the whole day."""
    shift = _shift_cells(special)
    if special.kind != "ouverture" and special.whole_day and special.days_later is None:
        shift = {**shift, "start": None, "end": None}
    return {
        "kind": word_of(special.kind, SPECIAL_KINDS),
        "first": special.first,
        "last": special.last,
        "lines": " ; ".join(special.lines),
        **shift,
        "name": special.name,
    }


def read_first_and_last(record: Record, known: Known, problems: list[Problem]) -> dict[str, date | None]:
    """The days of the columns « Du » and « Au »; an end before its start is a problem."""
    day = partial(read_date, period=known.period, date1904=record.sheet.date1904)
    first, last = record.read("first", day, problems, required=True), record.read("last", day, problems)
    if first and last and (wrong_order := out_of_order(first, last)):
        problems.append(record.place("last", wrong_order))
        return {"first": None, "last": None}
    return {"first": first, "last": last}


def _read_season(value: CellValue) -> YearlySeason | Problem:
    """Days of every year: « 1er juillet au 31 août », « du 26/10 au 23/03 »."""
    sides = re.split(r" au |-|→", re.sub(r"^du ", "", fold(as_text(value))))
    if len(sides) == 2:
        days = read_days(f"{sides[0]} {_LEAP_YEAR}"), read_days(f"{sides[1]} {_LEAP_YEAR}")
        if not isinstance(days[0], Problem) and not isinstance(days[1], Problem):
            first, last = days[0][0], days[1][0]
            return YearlySeason(start_month=first.month, start_day=first.day, end_month=last.month, end_day=last.day)
    return wrong(
        value,
        "season-unreadable",
        say(
            fr="des jours de l’année, comme « 1er juillet au 31 août »",
            en="days of the year, such as “1 July to 31 August”",
        ),
    )


def _season_in_words(season: YearlySeason) -> str:
    """What ``_read_season`` reads back."""
    return f"{_day_in_words(season.start_day, season.start_month)} au {_day_in_words(season.end_day, season.end_month)}"


def _day_in_words(day: int, month: int) -> str:
    return f"{'1er' if day == 1 else day} {MONTHS_FR[month - 1]}"


def hour_in_words(minutes: int) -> str:
    """« 20h », « 20h30 », « 24h »."""
    hour, minute = divmod(minutes, 60)
    return f"{hour}h{minute:02}" if minute else f"{hour}h"


def _shift(record: Record, known: Known, problems: list[Problem], *, required: bool) -> dict[str, object]:
    days_later = record.read("days_later", partial(read_integer, lowest=0, highest=7), problems)
    # With a number of days after, « 0h » is the midnight that day begins with; else the midnight that follows.
    end = partial(read_hour, end=not days_later)
    return {
        "start": record.read("start", read_hour, problems, required=required),
        "end": record.read("end", end, problems, required=required),
        "days_later": days_later,
        "need_min": record.read("need_min", partial(read_integer, lowest=0), problems),
        "need_max": record.read("need_max", partial(read_integer, lowest=0), problems),
        "band": record.read("band", known.bands.find, problems),
        "points": record.read("points", partial(read_integer, lowest=0, highest=100), problems),
        "site": record.read("site", known.sites.find, problems),
        "establishments": record.read("establishments", known.establishments.find_all, problems),
    }


def _shift_cells(shift: OpeningHours | SpecialDay) -> Cells:
    return {
        "start": hour_in_words(shift.start),
        "end": hour_in_words(shift.end),
        "days_later": shift.days_later,
        "need_min": shift.need_min,
        "need_max": shift.need_max,
        "band": shift.band,
        "points": shift.points,
        "site": shift.site,
        "establishments": " ; ".join(shift.establishments),
    }


def _valid(record: Record, known: Known, problems: list[Problem]) -> DateSpan:
    day = partial(read_date, period=known.period, date1904=record.sheet.date1904)
    start, end = record.read("valid_from", day, problems), record.read("valid_to", day, problems)
    if start and end and (wrong_order := out_of_order(start, end)):
        problems.append(record.place("valid_to", wrong_order))
        return DateSpan()
    return DateSpan(start=start, end=end)
