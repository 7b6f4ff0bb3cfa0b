"""Rows of the sheets `Historique`, `Temps de service` and `Échanges de périodes`, both ways."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from rosterplan.domain.base import MINUTES_PER_DAY
from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.clock import moment
from rosterplan.domain.calendar.turns import HouseTurn
from rosterplan.domain.fairness import WISHES
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Balance, PastDuty, Period, ServiceHours
from rosterplan.messages import say
from rosterplan.sheets.cells.dates import out_of_order, read_date
from rosterplan.sheets.cells.hours import read_hour
from rosterplan.sheets.cells.names import Names
from rosterplan.sheets.cells.tables import Record
from rosterplan.sheets.cells.values import read_choice, read_integer, read_number, read_text, wrong
from rosterplan.sheets.cells.vocabulary import HISTORY_KINDS
from rosterplan.sheets.cells.workbook import CellValue
from rosterplan.sheets.plan.building import build
from rosterplan.sheets.plan.opening_hours import hour_in_words, read_first_and_last
from rosterplan.sheets.plan.people import Cells, Known

OLDEST: Final = timedelta(days=4 * 366)
"""How far back a past duty may lie: feasts are shared over four years; beyond, a year was mistyped."""


def is_balance(record: Record, problems: list[Problem]) -> bool:
    """True for a row that gives an opening balance, by its « Nature » or, without it, by its « Solde »."""
    kind = record.read("kind", partial(read_choice, choices=HISTORY_KINDS), problems)
    return kind == "balance" if kind else record.value("balance") is not None


def read_past_duty(
    record: Record, known: Known, doctors: Names, choices: CalendarChoices, zone: ZoneInfo, problems: list[Problem]
) -> PastDuty | None:
    """The duty held that a row tells; its line may have disappeared since."""
    before = len(problems)
    doctor = record.read("doctor", doctors.find, problems, required=True)
    line = record.read("line", partial(_line_of_old, lines=known.lines), problems, required=True)
    day = record.read("date", partial(_past_day, record=record, period=known.period), problems, required=True)
    start = record.read("start", read_hour, problems, required=True)
    days_later = record.read("days_later", partial(read_integer, lowest=0, highest=7), problems)
    end = record.read("end", partial(read_hour, end=not days_later), problems, required=True)
    band = record.read("band", known.bands.find, problems, required=True)
    points = record.read("points", partial(read_integer, lowest=0, highest=100), problems)
    if len(problems) > before or day is None or start is None or end is None or band is None:
        return None
    length = end + (days_later or 0) * MINUTES_PER_DAY
    fields = {
        "doctor": doctor,
        "line": line,
        "start": moment(day, start, zone),
        "end": moment(day, length if days_later is not None or length > start else length + MINUTES_PER_DAY, zone),
        "band": band,
        "points": points if points is not None else choices.points_of(band),
        "site": record.read("site", partial(_line_of_old, lines=known.sites), problems),
        "feast": record.read("feast", known.feasts.find, problems),
    }
    return build(PastDuty, record, fields, problems)


def _past_day(value: CellValue, record: Record, period: Period) -> date | Problem:
    """A day before the period; without its year, the last one before it."""
    year_before = Period(start=period.start - timedelta(days=365), end=period.start - timedelta(days=1))
    day = read_date(value, year_before, date1904=record.sheet.date1904)
    if isinstance(day, Problem) or period.start - OLDEST <= day < period.start:
        return day
    return wrong(
        value,
        "history-date",
        say(
            fr=f"une date avant le {period.start:%d/%m/%Y}, de moins de quatre ans",
            en=f"a date before {period.start:%d/%m/%Y}, within four years",
        ),
        say(fr="Vérifiez l’année.", en="Check the year."),
    )


def _line_of_old(value: CellValue, lines: Names) -> str | Problem:
    """A line or place by id or name, or as written where it no longer exists."""
    found = lines.find(value)
    return read_text(value) if isinstance(found, Problem) and found.code == "reference-unknown" else found


def past_duty_cells(duty: PastDuty, zone: ZoneInfo) -> Cells:
    """The row of a past duty, in local time."""
    start, end = duty.start.astimezone(zone), duty.end.astimezone(zone)
    begins, ends = _minutes(start), _minutes(end)
    days_later = (end.date() - start.date()).days
    if days_later == 1 and ends == 0:
        days_later, ends = 0, MINUTES_PER_DAY
    usual = (days_later == 0 and ends > begins) or (days_later == 1 and ends <= begins)
    return {
        "kind": "garde",
        "doctor": duty.doctor,
        "line": duty.line,
        "date": start.date(),
        "start": hour_in_words(begins),
        "end": hour_in_words(ends),
        "days_later": None if usual else days_later,
        "band": duty.band,
        "points": duty.points,
        "site": duty.site,
        "feast": duty.feast,
    }


def _minutes(clock: datetime) -> int:
    return clock.hour * 60 + clock.minute


def read_balance(
    record: Record, known: Known, doctors: Names, groups: Names, problems: list[Problem]
) -> Balance | None:
    """The opening balance of a row, in duties on the sheet, in hundredths here."""
    fields = {
        "doctor": record.read("doctor", doctors.find, problems, required=True),
        "group": (group := record.read("group", groups.find, problems, required=True)),
        "band": WISHES if group == WISHES else record.read("band", known.bands.find, problems, required=True),
    }
    duties = record.read("balance", partial(read_number, lowest=-1000, highest=1000), problems, required=True)
    if duties is None or not all(fields.values()):
        return None
    return build(Balance, record, {**fields, "balance_hundredths": round(duties * 100)}, problems)


def balance_cells(balance: Balance) -> Cells:
    """The row of a balance."""
    return {
        "kind": "solde",
        "doctor": balance.doctor,
        "band": balance.band,
        "group": balance.group,
        "balance": balance.balance_hundredths / 100,
    }


def read_service_hours(record: Record, known: Known, doctors: Names, problems: list[Problem]) -> ServiceHours | None:
    """The hours of ordinary service of a row."""
    day = partial(read_date, period=known.period, date1904=record.sheet.date1904)
    fields = {
        "doctor": record.read("doctor", doctors.find, problems, required=True),
        "start": record.read("start", day, problems, required=True),
        "end": record.read("end", day, problems, required=True),
        "hours": record.read("hours", partial(read_number, lowest=0), problems, required=True),
    }
    start, end = fields["start"], fields["end"]
    if isinstance(start, date) and isinstance(end, date) and (wrong_order := out_of_order(start, end)):
        problems.append(record.place("end", wrong_order))
        return None
    return (
        build(ServiceHours, record, fields, problems) if all(value is not None for value in fields.values()) else None
    )


def service_hours_cells(service: ServiceHours) -> Cells:
    """The row of service hours."""
    return {"doctor": service.doctor, "start": service.start, "end": service.end, "hours": service.hours}


def read_turn(record: Record, known: Known, problems: list[Problem]) -> HouseTurn | None:
    """The period of a row in which a line is the turn of one house."""
    feast = record.read("feast", known.feasts.find, problems)
    days: dict[str, object] = {
        "feast": feast,
        "year": record.read("year", partial(read_integer, lowest=1900), problems),
    }
    if feast is None:
        dates = read_first_and_last(record, known, problems)
        days = {"first": dates["first"], "last": dates["last"] or dates["first"]}
    named = {
        "line": record.read("line", known.lines.find, problems, required=True),
        "establishment": record.read("establishment", known.establishments.find, problems, required=True),
    }
    if not all(named.values()) or not (feast or days.get("first")):
        return None
    return build(HouseTurn, record, {**named, **days}, problems)


def turn_cells(turn: HouseTurn) -> Cells:
    """The row of a turn."""
    return {
        "line": turn.line,
        "first": turn.first,
        "last": turn.last,
        "feast": turn.feast,
        "year": turn.year,
        "establishment": turn.establishment,
    }
