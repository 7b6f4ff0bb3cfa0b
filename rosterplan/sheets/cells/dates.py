"""Dates in all the ways people type them; the year is taken from the period where it is not written."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.messages import say
from rosterplan.messages.words import DAYS_EN, DAYS_FR, MONTHS_EN, MONTHS_FR, day_name, long_date
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import clipped, fold
from rosterplan.sheets.cells.workbook import CellValue

_SERIALS = range(20_000, 80_000)
"""Excel day numbers of 1954 to 2119."""
HALF_YEAR_DAYS = 183
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)

_MONTHS = {fold(name): number for number, name in enumerate(MONTHS_FR, 1)} | {
    fold(name): number for number, name in enumerate(MONTHS_EN, 1)
}
_SHORT_MONTHS = {
    "janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "jui": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
}  # fmt: skip
_DAYS = {fold(name)[:3]: number for number, name in enumerate(DAYS_FR)} | {
    fold(name)[:3]: number for number, name in enumerate(DAYS_EN)
}
_DAY_NAMES = tuple(map(fold, (*DAYS_FR, *DAYS_EN)))

_WEEKDAY = re.compile(r"^(?:le )?([a-z]{2,9})\.? +(?=(?:le )?[0-9])")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?$")
_NUMERIC = re.compile(r"^(\d{1,2}) ?[-/. ] ?(\d{1,2})(?: ?[-/. ] ?(\d{2}|\d{4}))?(?: \d{1,2}:\d{2}(?::\d{2})?)?$")
_NAMED = re.compile(r"^(\d{1,2})(?:er|re|e|eme|st|nd|rd|th)? ?[-/. ]? ?([a-z]{3,9})\.?(?: ?[-/. ,]? ?(\d{2}|\d{4}))?$")
_NAMED_ENGLISH = re.compile(r"^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$")
_SERIAL = re.compile(r"^[2-7][0-9]{4}$")
_UNTIL = re.compile(r" (?:jusqu'au|au|to|until) | ?(?:→|->) ?")
_COMPACT = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
_COMPACT_ISO = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})$")

Parts = tuple[int, int, int | None]
"""Day, month, year or None."""


def read_date(value: CellValue, period: Period | None = None, *, date1904: bool = False) -> date | Problem:
    """The day a cell means: date cells, Excel day numbers, « 3 mars 27 », « 03/03/2027 », « 3-mars », « lundi 1er mars »."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or value is None:
        return _unreadable(value)
    if isinstance(value, int | float):
        return _date_of_number(value, period, date1904=date1904)
    if isinstance(value, str):
        return (
            _date_of_number(int(value), period, date1904=date1904)
            if _SERIAL.match(value)
            else _date_of_text(value, period)
        )
    return _unreadable(value)


def outside_period(day: date, period: Period) -> Problem | None:
    """A problem where ``day`` is not one of the days planned; the remedy names the same day in the period if there is one."""
    if period.start <= day <= period.end:
        return None
    same = _in_period(day.day, day.month, period)
    if same is not None:
        remedy = say(
            fr=f"L’année est sans doute fausse : {long_date(same)} ?",
            en=f"The year is probably wrong: {long_date(same)}?",
        )
    else:
        remedy = say(
            fr="Corrigez la date, ou la période de la feuille Plan.",
            en="Correct the date, or the period on sheet Plan.",
        )
    return Problem(
        severity="erreur",
        code="date-outside-period",
        found=long_date(day),
        wanted=say(
            fr=f"une date du {period.start:%d/%m/%Y} au {period.end:%d/%m/%Y}",
            en=f"a date from {period.start:%d/%m/%Y} to {period.end:%d/%m/%Y}",
        ),
        remedy=remedy,
    )


def read_day_in(value: CellValue, period: Period, *, date1904: bool = False) -> date | Problem:
    """The day a cell means, if it is one of the period; else the problem."""
    day = read_date(value, period, date1904=date1904)
    return day if isinstance(day, Problem) else outside_period(day, period) or day


def read_days(value: CellValue, period: Period | None = None, *, date1904: bool = False) -> tuple[date, date] | Problem:
    """First and last day of « du 3 au 10 mars 27 », « 3-10 mars », « 03/03 → 10/03/2027 »; one date is that day alone."""
    single = read_date(value, period, date1904=date1904)
    if not isinstance(single, Problem):
        return single, single
    if not isinstance(value, str):
        return single
    for first, last in _halves(fold(value)):
        end = read_date(last, period)
        start = end if isinstance(end, Problem) else _start_of_range(first, end, period)
        if not isinstance(end, Problem) and not isinstance(start, Problem):
            return out_of_order(start, end) or (start, end)
    return single


def out_of_order(start: date, end: date) -> Problem | None:
    """A problem where the last day comes before the first; the remedy tells an exchange of days from a wrong year."""
    if start <= end:
        return None
    return Problem(
        severity="erreur",
        code="dates-out-of-order",
        found=say(fr=f"du {start:%d/%m/%Y} au {end:%d/%m/%Y}", en=f"from {start:%d/%m/%Y} to {end:%d/%m/%Y}"),
        wanted=say(fr="une fin qui ne précède pas le début", en="an end that is not before the start"),
        remedy=say(fr="Vérifiez l’année, ou échangez les deux dates.", en="Check the year, or exchange the two dates."),
    )


def _halves(said: str) -> list[tuple[str, str]]:
    """The ways to cut a text in two dates: at « au », at an arrow, else at each hyphen."""
    cut = _UNTIL.split(said, maxsplit=1)
    if len(cut) == 2:
        return [(cut[0], cut[1])]
    return [(said[: mark.start()].strip(), said[mark.end() :].strip()) for mark in re.finditer("-", said)]


def _start_of_range(first: str, end: date, period: Period | None) -> date | Problem:
    """The first day of a range that may leave its month and year to the last day."""
    plain = re.sub(r"^du ", "", first.strip())
    written = _parts(plain)
    if written is not None and written[2] is None:
        return _year_before(plain, end) or read_date(f"{plain} {end.year}", period)
    if written is None and (number := re.search(r"(\d{1,2})(?:er)?$", plain)):
        month = end.month if int(number[1]) <= end.day else (end.month - 2) % 12 + 1
        year = end.year - (month > end.month)
        return read_date(f"{plain.removesuffix('er')}/{month:02}/{year}", period)
    return read_date(plain, period)


def _date_of_number(value: float, period: Period | None, *, date1904: bool) -> date | Problem:
    if not abs(value) < 1e9:
        return _unreadable(value)
    whole = int(value)
    if whole in _SERIALS:
        return (_EPOCH_1904 if date1904 else _EPOCH) + timedelta(days=whole)
    digits = str(whole)
    if len(digits) in (7, 8):
        return _date_of_text(digits.zfill(8), period)
    return _unreadable(value)


def _date_of_text(text: str, period: Period | None) -> date | Problem:
    said = re.sub(r"^(?:le|du|au|a partir du|jusqu'au) ", "", fold(text).strip(" .,;"))
    weekday = None
    if (named := _WEEKDAY.match(said)) and (weekday := _weekday(named[1])) is not None:
        said = re.sub(r"^le ", "", said[named.end() :])
    parts = _parts(said)
    if parts is None:
        return _unreadable(text)
    day, month, year = parts
    if year is None and period is None:
        return _unreadable(text)
    if month > 12 >= day >= 1 and month <= 31:
        return _wrong_day(
            text,
            say(
                fr=f"Le mois vient après le jour : {month:02}/{day:02} ?",
                en=f"The day comes first: {month:02}/{day:02}?",
            ),
        )
    found = _dated(day, month, year, period)
    if found is None:
        return _wrong_day(
            text, say(fr="Ce jour n’existe pas dans le calendrier.", en="This day does not exist in the calendar.")
        )
    if weekday is not None and found.weekday() != weekday:
        return _wrong_day(
            text,
            say(
                fr=f"Le {found:%d/%m/%Y} est un {day_name(found)} : corrigez le jour ou la date.",
                en=f"{found:%d/%m/%Y} is a {day_name(found)}: correct the day or the date.",
            ),
        )
    return found


def _parts(said: str) -> Parts | None:
    if match := _ISO.match(said) or _COMPACT_ISO.match(said):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _NUMERIC.match(said) or _COMPACT.match(said):
        return int(match[1]), int(match[2]), _year(match[3])
    if (match := _NAMED.match(said)) and (month := _month(match[2])):
        return int(match[1]), month, _year(match[3])
    if (match := _NAMED_ENGLISH.match(said)) and (month := _month(match[1])):
        return int(match[2]), month, _year(match[3])
    return None


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _month(name: str) -> int | None:
    return _MONTHS.get(name) or _SHORT_MONTHS.get(name)


def _weekday(name: str) -> int | None:
    """0 for « lundi », « lun », « lu » or “Monday”; None for another word."""
    if not any(full.startswith(name) for full in _DAY_NAMES):
        return None
    return next((number for short, number in _DAYS.items() if short.startswith(name[:3])), None)


def _dated(day: int, month: int, year: int | None, period: Period | None) -> date | None:
    if year is None and period is not None:
        return _in_period(day, month, period) or _valid(day, month, period.start.year)
    return _valid(day, month, year) if year is not None else None


def _year_before(said: str, end: date) -> date | None:
    """The day a year earlier where that makes a range across the new year; None where the days are out of order."""
    this_year, last_year = read_date(f"{said} {end.year}"), read_date(f"{said} {end.year - 1}")
    if isinstance(this_year, Problem) or isinstance(last_year, Problem) or this_year <= end:
        return None
    return last_year if (end - last_year).days <= HALF_YEAR_DAYS else None


def _in_period(day: int, month: int, period: Period) -> date | None:
    years = range(period.start.year, period.end.year + 1)
    days = (_valid(day, month, year) for year in years)
    return next((found for found in days if found and period.start <= found <= period.end), None)


def _valid(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _wrong_day(text: str, remedy: str) -> Problem:
    return Problem(
        severity="erreur",
        code="date-wrong",
        found=f"« {clipped(text)} »",
        wanted=say(fr="une date qui existe", en="a date that exists"),
        remedy=remedy,
    )


def _unreadable(value: CellValue) -> Problem:
    return Problem(
        severity="erreur",
        code="date-unreadable",
        found=f"« {clipped(as_text(value))} »",
        wanted=say(fr="une date", en="a date"),
        remedy=say(fr="Écrivez-la ainsi : 03/03/2027.", en="Write it like this: 03/03/2027."),
    )
