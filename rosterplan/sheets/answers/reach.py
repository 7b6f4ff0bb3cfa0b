"""What a row typed by hand reaches: numbers of the paper sheet, days, periods and weekdays, maybe of one line only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.answers.said import Reach
from rosterplan.sheets.answers.values import reached, read_limit, read_span, read_weekdays
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import Record, as_text
from rosterplan.sheets.cells.text import clipped
from rosterplan.sheets.cells.workbook import CellValue, Sheet
from rosterplan.sheets.forms.questionnaire import Asked

_SEPARATORS: Final = re.compile(r"[,;\n]|\bet\b|\band\b", re.IGNORECASE)
_CODE: Final = re.compile(r"([A-Z]{0,3})[ -]?([0-9]{1,4})", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"(?<=[0-9]) ?(?:→|->|-|à|au?|to|\.\.) ?(?=[A-Z0-9])", re.IGNORECASE)


@dataclass(frozen=True)
class Reached:
    """Duties reached, and the words they were reached by."""

    reach: Reach
    duties: tuple[str, ...]
    start: date | None = None
    end: date | None = None
    weekdays: tuple[int, ...] = ()
    which: str = ""


def reach_of(record: Record, known: Known, asked: Asked, codes: Mapping[str, str]) -> list[Reached] | Problem:
    """What a row reaches, in one piece or several (« C41, C45 », « 3/2 ; 10/2 »); empty if it names no day at all.

    ``codes`` gives the duty id of each number as it was printed on the paper sheet.
    """
    when, which = record.value("when"), record.value("which")
    place = _place(record, "when")
    if when is None and which is not None and record.value("weekday") is None:
        by_number = _duties_of_numbers(as_text(which), asked, codes, _place(record, "which"))
        if by_number is not None:
            return by_number if isinstance(by_number, Problem) else [Reached("duty", by_number)]
    if when is not None and record.value("until") is None:
        by_number = _duties_of_numbers(as_text(when), asked, codes, place)
        if by_number is not None:
            return by_number if isinstance(by_number, Problem) else [Reached("duty", by_number)]
    limit = read_limit(which, known, asked, _place(record, "which"))
    if isinstance(limit, Problem):
        return limit
    day = record.value("weekday")
    weekdays = () if day is None else read_weekdays(day, _place(record, "weekday"))
    if isinstance(weekdays, Problem):
        return weekdays
    return _days_of(record, known, asked, limit, weekdays)


def _days_of(
    record: Record, known: Known, asked: Asked, limit: frozenset[str], weekdays: tuple[int, ...]
) -> list[Reached] | Problem:
    """What a row without numbers reaches: weekdays, periods, or every duty of a line."""
    words = record.text("which")
    if record.value("when") is None and record.value("until") is None:
        if not weekdays:
            return [Reached("all", reached(asked.duties, limit), which=words)] if words else []
        return [Reached("weekday", reached(asked.duties, limit, None, weekdays), weekdays=weekdays, which=words)]
    spans = _spans(record, known, _place(record, "when"))
    if isinstance(spans, Problem):
        return spans
    kind: Reach = "weekday" if weekdays else "period"
    return [Reached(kind, reached(asked.duties, limit, span, weekdays), *span, weekdays, words) for span in spans]


def _spans(record: Record, known: Known, place: Place) -> list[tuple[date, date]] | Problem:
    """The periods of a row: one from « du » to « au », or each date of a list."""
    when, until = record.value("when"), record.value("until")
    whole = read_span(record.sheet, when, until, known.period, place)
    if not isinstance(whole, Problem):
        return [whole]
    items = _items(when) if until is None else []
    if len(items) < 2:
        return whole
    spans: list[tuple[date, date]] = []
    for item in items:
        span = read_span(record.sheet, item, None, known.period, place)
        if isinstance(span, Problem):
            return span
        spans.append(span)
    return spans


def _duties_of_numbers(
    text: str, asked: Asked, codes: Mapping[str, str], place: Place
) -> tuple[str, ...] | Problem | None:
    """Duties of « C41 », « C41, C45 », « A3 à A7 »; None if the text holds no number of a paper sheet at all.

    The letter may be left out for a doctor of a single line. A number of a duty the doctor may not hold is a problem:
    it was misread, or typed beside the wrong name.
    """
    letters = {re.sub(r"\d", "", code) for code, duty in codes.items() if duty in asked.duty_ids}
    alone = next(iter(letters)) if len(letters) == 1 else ""
    duties: list[str] = []
    for item in _items(text):
        numbers = _numbers(item, alone, codes)
        if numbers is None:
            return None
        for number in numbers:
            duty = codes.get(number)
            if duty is None or duty not in asked.duty_ids:
                return _not_held(text, number, asked, place)
            duties.append(duty)
    return tuple(dict.fromkeys(duties)) or None


def _numbers(item: str, alone: str, codes: Mapping[str, str]) -> list[str] | None:
    """The numbers of « C41 » or « A3 à A7 », with their letter; None if the item is something else, a date for one."""
    if item in codes.values():
        return [next(code for code, duty in codes.items() if duty == item)]
    ends = [_CODE.fullmatch(end.strip()) for end in _BETWEEN.split(item)]
    first, last = ends[0], ends[-1]
    if first is None or last is None or len(ends) > 2:
        return None
    letter = (first[1] or alone).upper()
    if not letter or (not first[1] and len(ends) == 2) or (last[1] or letter).upper() != letter:
        return None
    return [f"{letter}{number}" for number in range(int(first[2]), int(last[2]) + 1)]


def _items(value: CellValue) -> list[str]:
    return [item.strip() for item in _SEPARATORS.split(as_text(value)) if item.strip()]


def _not_held(text: str, number: str, asked: Asked, place: Place) -> Problem:
    return problem_at(
        place, "number-not-held", found=f"« {clipped(text)} »",
        wanted=say(fr=f"des numéros de gardes que {asked.doctor.name} peut tenir", en=f"numbers of duties {asked.doctor.name} may hold"),
        remedy=say(fr=f"Vérifiez « {number} » sur la feuille papier, et le nom du médecin.",
                   en=f"Check “{number}” on the paper sheet, and the doctor's name."),
    )  # fmt: skip


def _place(record: Record, key: str) -> Place:
    sheet: Sheet = record.sheet
    return Place(sheet.file, sheet.name, record.cell(key))
