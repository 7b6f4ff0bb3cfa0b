"""A sheet per line, as pinned on the wall of the place: a page per month, weeks from Monday to Sunday."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.work import Line, monday_of
from rosterplan.messages import say
from rosterplan.messages.words import DAYS_EN, DAYS_FR, month_name
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.tableau.book import SUMMARY, Book, Link, lines_of, put, put_pieces
from rosterplan.report.tableau.names import Names
from rosterplan.report.tableau.page import page_points, set_cut_pages
from rosterplan.report.trade import modality_word

_DAY_WIDTH: Final = 21.5
_WIDTHS: Final = (_DAY_WIDTH,) * 7
_TITLE, _PLACE, _HEAD, _DAY, _SLOT, _LINE, _GAP = 24.0, 15.0, 18.0, 17.0, 29.0, 13.0, 12.0
_MOST_STRETCH: Final = 20.0
"""A slot grows by at most this to fill the page [points]."""

_NAME_WIDTH: Final = 17.0
"""What a name of 10 points in bold may take of the width of a day [characters of 9 points]."""


@dataclass(frozen=True)
class _Slots:
    """The rows of one page that hold positions, and those that hold anything else, with their heights [points]."""

    positions: dict[int, float] = field(default_factory=dict)
    others: dict[int, float] = field(default_factory=dict)

    @property
    def height(self) -> float:
        """Height of the page."""
        return sum(self.positions.values()) + sum(self.others.values())


def write_walls(book: Book, facts: Facts, names: Names) -> None:
    """Write the pages of every line, in the sheet ``names`` gives it."""
    full = page_points(_WIDTHS)
    for sheet_name in dict.fromkeys(names.line.values()):
        sheet = book.workbook.get_worksheet_by_name(sheet_name)
        lines = [line for line in facts.instance.lines if names.line[line.id] == sheet_name]
        row, breaks, tallest = 0, [], full
        for line in lines:
            for days in facts.months:
                if row:
                    breaks.append(row)
                row, slots = _month(book, sheet, row, facts, line, days)
                _set_heights(sheet, slots, full)
                tallest = max(tallest, slots.height)
        sheet.set_column(0, 6, _DAY_WIDTH)
        label = lines[0].name if len(lines) == 1 else sheet_name
        set_cut_pages(book, sheet, label, widths=_WIDTHS, height=tallest, breaks=breaks)


def _set_heights(sheet: Worksheet, slots: _Slots, full: float) -> None:
    """Give every row its height; positions share what is left of the page."""
    spare = max(0.0, full - slots.height - _GAP) / max(1, len(slots.positions))
    for row, height in slots.others.items():
        sheet.set_row(row, height)
    for row, height in slots.positions.items():
        sheet.set_row(row, height + min(_MOST_STRETCH, spare))


def _month(
    book: Book, sheet: Worksheet, row: int, facts: Facts, line: Line, days: Sequence[date]
) -> tuple[int, _Slots]:
    """Write one page; return the next free row and the rows of the page."""
    slots = _Slots(others={row: _TITLE, row + 1: _PLACE, row + 2: _HEAD})
    month = month_name(days[0], year=True)
    put(book, sheet, row, 0, f"{line.name} – {month}", book.pen("title"))
    put(book, sheet, row + 1, 0, _where(facts, line), book.pen("label"))
    put(book, sheet, row + 1, 6, Link(say(fr="← Sommaire", en="← Summary"), SUMMARY), book.pen("link", "right"))
    for column, name in enumerate(say(fr=" ".join(DAYS_FR), en=" ".join(DAYS_EN)).split()):
        put(book, sheet, row + 2, column, name.capitalize(), book.pen("weekday"))
    seats = _by_day(facts.seats_of_line[line.id])
    at = row + 3
    for monday in _mondays(days):
        week = [monday + timedelta(days=n) for n in range(7)]
        at = _week(book, sheet, at, facts, week, days, seats, slots)
    slots.others[at] = _GAP
    return at + 1, slots


def _week(
    book: Book, sheet: Worksheet, row: int, facts: Facts, week: Sequence[date], days: Sequence[date],
    seats: Mapping[date, Sequence[Seat]], slots: _Slots,
) -> int:  # fmt: skip
    """Write the day numbers of a week and its positions below; return the next free row."""
    inside = set(days)
    deepest = max([1, *(len(seats.get(day, ())) for day in week if day in inside)])
    slots.others[row] = _DAY
    for column, day in enumerate(week):
        shade = _shade(facts, day) if day in inside else ("outside",)
        put(book, sheet, row, column, _number(facts, day) if day in inside else None, book.pen("day", *shade))
        held = seats.get(day, ()) if day in inside else ()
        for depth in range(deepest):
            at = row + 1 + depth
            look = ("slot", *shade, *(("last",) if depth == deepest - 1 else ()))
            height = _position(book, sheet, at, column, facts, held[depth] if depth < len(held) else None, look)
            slots.positions[at] = max(slots.positions.get(at, 0), height)
    return row + 1 + deepest


def _position(
    book: Book, sheet: Worksheet, row: int, column: int, facts: Facts, seat: Seat | None, look: tuple[str, ...]
) -> float:
    """Write hours and name of a position; return the height the cell needs [points]."""
    if seat is None:
        put(book, sheet, row, column, None, book.pen(*look))
        return _SLOT
    hours = f"{seat.hours}\n"
    if seat.doctor is None:
        unfilled = say(fr="NON POURVUE", en="UNFILLED")
        pieces = [(book.ink.grey, hours), (book.ink.alert, unfilled)]
        put_pieces(book, sheet, row, column, pieces, book.pen(*look, "alert"))
        return _SLOT
    name = facts.name_of[seat.doctor.id]
    put_pieces(book, sheet, row, column, [(book.ink.grey, hours), (book.ink.bold, name)], book.pen(*look))
    return _SLOT + _LINE * (lines_of(name, _NAME_WIDTH) - 1)


def _number(facts: Facts, day: date) -> str:
    """« 29 · Lundi de Pâques »."""
    number = say(fr="1er" if day.day == 1 else str(day.day), en=str(day.day))
    return f"{number} · {facts.holidays[day]}" if day in facts.holidays else number


def _shade(facts: Facts, day: date) -> tuple[str, ...]:
    if day in facts.holidays:
        return ("holiday",)
    return ("weekend",) if day.weekday() >= 5 else ()


def _where(facts: Facts, line: Line) -> str:
    """Modality, place and address of the line."""
    site = facts.instance.site_by_id.get(line.site or "")
    parts = [modality_word(line.modality).capitalize(), site.name if site else "", site.address if site else ""]
    return " · ".join(part for part in parts if part)


def _by_day(seats: Sequence[Seat]) -> dict[date, list[Seat]]:
    found: dict[date, list[Seat]] = {}
    for seat in seats:
        found.setdefault(seat.duty.date, []).append(seat)
    return found


def _mondays(days: Sequence[date]) -> list[date]:
    first, last = monday_of(days[0]), monday_of(days[-1])
    return [first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)]
