"""A sheet per month for the whole department: days down, lines across, who holds what; one A3 page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.work import Line
from rosterplan.messages import say
from rosterplan.messages.words import day_name, month_name
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.tableau.book import A3, Book, Column, head, lines_of, put, set_columns
from rosterplan.report.tableau.names import Names
from rosterplan.report.tableau.page import page_points, page_room, set_page

_DATE_WIDTH: Final = 13.0
_WIDTHS: Final = (13.0, 14.5, 16.0, 18.0, 20.0, 23.0, 26.0)
_UNSET_WIDTH: Final = 8.43  # of a column no width is given to
"""Widths tried for the lines: narrow columns fold names on more lines, wide ones shrink the page [characters]."""

_LINES_ACROSS: Final = 24
"""Beyond so many lines, the month takes another page beside the first."""

_PADDING: Final = 1.5
"""Part of a column no text uses [characters]."""

_TEXT_LINE, _LEAST_ROW, _HEAD_ROWS = 11.5, 15.0, 90.0
"""Height of a line of text of 9 points, of a row, and of what stands above the days [points]."""

_MOST_STRETCH: Final = 9.0
"""A day grows by at most this to fill the page [points]."""


@dataclass(frozen=True)
class _Month:
    """The texts of one month: a row per day, a cell per line."""

    days: Sequence[date]
    heads: Sequence[str]
    cells: Sequence[Sequence[str]]
    unfilled: Sequence[Sequence[bool]]

    def heights(self, width: float) -> list[float]:
        """Height of each day when the lines have this width [points]."""
        tallest = (
            max(2 if "\n" in name else 1, *(lines_of(text, width - _PADDING) for text in row), 1)
            for name, row in zip(self.heads, self.cells, strict=True)
        )
        return [max(_LEAST_ROW, _TEXT_LINE * lines + 4) for lines in tallest]


def write_months(book: Book, facts: Facts, names: Names) -> None:
    """Write the overview of each month."""
    lines = [line for line in facts.instance.lines if facts.seats_of_line[line.id]]
    held: dict[tuple[str, date], list[Seat]] = {}
    for seat in facts.needed_seats:
        held.setdefault((seat.line.id, seat.duty.date), []).append(seat)
    for days in facts.months:
        seats = [[held.get((line.id, day), []) for line in lines] for day in days]
        month = _Month(
            days,
            [_day_name(facts, day) for day in days],
            [[_names(facts, found) for found in row] for row in seats],
            [[any(seat.unfilled for seat in found) for found in row] for row in seats],
        )
        sheet = book.workbook.get_worksheet_by_name(names.month[(days[0].year, days[0].month)])
        _write(book, sheet, facts, month, lines)


def _write(book: Book, sheet: Worksheet, facts: Facts, month: _Month, lines: Sequence[Line]) -> None:
    """Write one month at the width that reads best."""
    across = max(1, -(-len(lines) // _LINES_ACROSS))
    width = max(_WIDTHS, key=lambda width: _legible(month, width, len(lines) / across))
    columns = (Column(say(fr="Date", en="Date"), _DATE_WIDTH), *(Column(line.name, width) for line in lines))
    title = month_name(month.days[0], year=True)
    subtitle = say(
        fr="Toutes les lignes du département, jour par jour ; les heures sont données quand un jour a plusieurs gardes.",
        en="Every line of the department, day by day; hours are given where a day has several duties.",
    )
    last = max(4, len(lines))
    merged = sum([_DATE_WIDTH, *[width] * len(lines), *[_UNSET_WIDTH] * (last - len(lines))])
    row = head(book, sheet, title.capitalize(), subtitle, last_column=last, lines=lines_of(subtitle, merged))
    set_columns(sheet, columns)
    sheet.set_row(row, 14.0 * max(2, *(lines_of(column.heading, column.width - 4) for column in columns)))
    for number, column in enumerate(columns):
        put(book, sheet, row, number, column.heading, book.pen("head"))
    sheet.freeze_panes(row + 1, 1)
    set_page(book, sheet, title, paper=A3, repeat=row, across=across, one_page=True)
    sheet.repeat_columns(0)
    heights = month.heights(width)
    full = page_points([_DATE_WIDTH, *[width] * round(len(lines) / across)], paper=A3)
    spare = min(_MOST_STRETCH, max(0.0, full - _HEAD_ROWS - sum(heights)) / len(heights))
    _write_days(book, sheet, row + 1, facts, month, [height + spare for height in heights])


def _write_days(
    book: Book, sheet: Worksheet, first: int, facts: Facts, month: _Month, heights: Sequence[float]
) -> None:
    """Write the row of each day from row ``first``."""
    for number, (day, name) in enumerate(zip(month.days, month.heads, strict=True)):
        row = first + number
        shade = ("holiday",) if day in facts.holidays else ("weekend",) if day.weekday() >= 5 else ()
        put(book, sheet, row, 0, name, book.pen("cell", "strong", "wrap", *shade))
        cells = zip(month.cells[number], month.unfilled[number], strict=True)
        for column, (text, missing) in enumerate(cells, start=1):
            put(book, sheet, row, column, text, book.pen("cell", "wrap", *shade, *(("alert",) if missing else ())))
        sheet.set_row(row, heights[number])


def _legible(month: _Month, width: float, lines: float) -> float:
    """How large a page of so many lines prints at this width, at most 1, times the part of its texts that do not fold."""
    room = page_room([_DATE_WIDTH, *[width] * round(lines)], _HEAD_ROWS + sum(month.heights(width)), paper=A3)
    texts = [text for row in month.cells for cell in row for text in cell.split("\n") if text]
    whole = sum(lines_of(text, width - _PADDING) == 1 for text in texts)
    return min(1.0, room) * (whole + 1) / (len(texts) + 1) + width / 10_000


def _day_name(facts: Facts, day: date) -> str:
    """« ven. 01/01 », and below it the name of a holiday."""
    name = f"{day_name(day)[:3]}. {day.day:02}/{day.month:02}"
    return f"{name}\n{facts.holidays[day]}" if day in facts.holidays else name


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
