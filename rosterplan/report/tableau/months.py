"""A sheet per month for the whole department: days down, lines across, who holds what; one A3 page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.messages import say
from rosterplan.messages.words import day_name, month_name
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.tableau.book import A3, Book, Column, head, lines_of, put, set_columns
from rosterplan.report.tableau.names import Names
from rosterplan.report.tableau.page import set_page

_LEAST_WIDTH, _MOST_WIDTH, _DATE_WIDTH = 13.0, 26.0, 13.0
_PAGE_WIDTH: Final = 190.0
"""Characters across an A3 page."""

_LINES_ACROSS: Final = 20
"""Beyond so many lines, the month takes another page beside the first."""

_TEXT_LINE: Final = 11.5
"""Height of one line of text of 9 points [points]."""


def write_months(book: Book, facts: Facts, names: Names) -> None:
    """Write the overview of each month."""
    lines = [line for line in facts.instance.lines if facts.seats_of_line[line.id]]
    width = min(_MOST_WIDTH, max(_LEAST_WIDTH, (_PAGE_WIDTH - _DATE_WIDTH) / max(1, len(lines))))
    columns = (Column(say(fr="Date", en="Date"), _DATE_WIDTH), *(Column(line.name, width) for line in lines))
    held: dict[tuple[str, date], list[Seat]] = {}
    for seat in facts.needed_seats:
        held.setdefault((seat.line.id, seat.duty.date), []).append(seat)
    subtitle = say(
        fr="Toutes les lignes du département, jour par jour ; les heures sont données quand un jour a plusieurs gardes.",
        en="Every line of the department, day by day; hours are given where a day has several duties.",
    )
    for days in facts.months:
        month = month_name(days[0], year=True)
        sheet = book.workbook.get_worksheet_by_name(names.month[(days[0].year, days[0].month)])
        row = head(book, sheet, month.capitalize(), subtitle, last_column=max(4, len(columns) - 1))
        set_columns(sheet, columns)
        sheet.set_row(row, 28)
        for number, column in enumerate(columns):
            put(book, sheet, row, number, column.heading, book.pen("head"))
        sheet.freeze_panes(row + 1, 1)
        set_page(book, sheet, month, paper=A3, repeat=row, across=-(-len(lines) // _LINES_ACROSS), one_page=True)
        sheet.repeat_columns(0)
        for day in days:
            row += 1
            _day(book, sheet, row, facts, day, [held.get((line.id, day), []) for line in lines], width)


def _day(
    book: Book, sheet: Worksheet, row: int, facts: Facts, day: date, cells: Sequence[Sequence[Seat]], width: float
) -> None:
    """Write the row of a day; holidays are named beside their date."""
    shade = ("holiday",) if day in facts.holidays else ("weekend",) if day.weekday() >= 5 else ()
    name = f"{day_name(day)[:3]}. {day.day:02}/{day.month:02}"
    holiday = facts.holidays.get(day)
    put(book, sheet, row, 0, f"{name}\n{holiday}" if holiday else name, book.pen("cell", "strong", "wrap", *shade))
    deepest = 2 if holiday else 1
    for column, seats in enumerate(cells, start=1):
        text = _names(facts, seats)
        unfilled = any(seat.unfilled for seat in seats)
        put(book, sheet, row, column, text, book.pen("cell", "wrap", *shade, *(("alert",) if unfilled else ())))
        deepest = max(deepest, lines_of(text, width - 2.5))
    sheet.set_row(row, max(15, _TEXT_LINE * deepest + 4))


def _names(facts: Facts, seats: Sequence[Seat]) -> str:
    """The names of a cell, a line each, with hours where a day has several duties."""
    several = len({seat.duty.id for seat in seats}) > 1
    unfilled = say(fr="NON POURVUE", en="UNFILLED")
    names = [(seat, facts.short_name_of[seat.doctor.id] if seat.doctor else unfilled) for seat in seats]
    return "\n".join(
        f"{_hour(seat.start)}–{_hour(seat.end, last=True)} {name}" if several else name for seat, name in names
    )


def _hour(moment: datetime, *, last: bool = False) -> str:
    """« 8 », « 19h30 », « 24 » for an end at midnight."""
    hour = 24 if last and (moment.hour, moment.minute) == (0, 0) else moment.hour
    return f"{hour}h{moment.minute:02}" if moment.minute else str(hour)
