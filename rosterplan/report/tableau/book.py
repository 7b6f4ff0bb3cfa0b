"""One workbook being written: its formats, its tables, its pages. User text is always written as text."""

from __future__ import annotations

import io
import textwrap
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rosterplan.messages import say
from rosterplan.messages.palette import FONT
from rosterplan.report.tableau.look import Ink, Pen, make_ink, make_pen

CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's clock has no zone
"""Creation date of every workbook: equal rosters give equal bytes."""

SUMMARY: Final = "Sommaire"
A4, A3 = 9, 8

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Link:
    """A cell that leads to a cell of another sheet."""

    text: str
    sheet: str
    cell: str = "A1"

    @property
    def target(self) -> str:
        """« internal:'MMG L''Île'!A1 »: a quote in a sheet's name is doubled."""
        quoted = self.sheet.replace("'", "''")
        return f"internal:'{quoted}'!{self.cell}"


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, width [characters], and the words of its look."""

    heading: str
    width: float
    look: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """The cells of one row, and the words of its look, which win over those of the columns."""

    cells: tuple[Cell | Link, ...]
    look: tuple[str, ...] = ()
    height: float | None = None


@dataclass(frozen=True)
class Book:
    """A workbook with its pens; ``footer`` says on every page what it belongs to."""

    workbook: Workbook
    pen: Pen
    ink: Ink
    title: str
    footer: str
    texts: dict[str, dict[tuple[int, int], str]]
    """Texts written on each sheet by (row, column) [0-based], for ``_origine``."""


def open_book(title: str, footer: str) -> tuple[Book, io.BytesIO]:
    """An empty workbook in memory, and where its bytes will be."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        },
    )  # fmt: skip
    workbook.set_properties({"title": title, "author": "rosterplan", "created": CREATED})
    workbook.set_size(2400, 1500)
    return Book(workbook, make_pen(workbook), make_ink(workbook), title, footer, defaultdict(dict)), buffer


def put(book: Book, sheet: Worksheet, row: int, column: int, value: Cell | Link, look: Format) -> None:
    """Write one value as what it is; text is never a formula, a number or an address."""
    if isinstance(value, Link):
        sheet.write_url(row, column, value.target, look, string=value.text)
        book.texts[sheet.name][row, column] = value.text
    elif value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
        book.texts[sheet.name][row, column] = value
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001
    else:
        sheet.write_number(row, column, value, look)


def put_pieces(
    book: Book, sheet: Worksheet, row: int, column: int, pieces: Sequence[tuple[Format, str]], look: Format
) -> None:
    """Write a text of several formats; no piece is empty."""
    sheet.write_rich_string(row, column, *(part for piece in pieces for part in piece), look)
    book.texts[sheet.name][row, column] = "".join(text for _, text in pieces)


def head(
    book: Book, sheet: Worksheet, title: str, subtitle: str, *, last_column: int, lines: int = 1, back: bool = True
) -> int:
    """Write the title, ``lines`` lines of subtitle and, with ``back``, the way to the summary; return the next free row."""
    sheet.set_row(0, 24)
    put(book, sheet, 0, 0, title, book.pen("title"))
    sheet.set_row(1, 12.5 * lines)
    sheet.merge_range(1, 0, 1, last_column, "", book.pen("subtitle"))
    put(book, sheet, 1, 0, subtitle, book.pen("subtitle"))
    if back:
        put(book, sheet, 2, 0, Link(say(fr="← Sommaire", en="← Summary"), SUMMARY), book.pen("link"))
    return 3


def set_columns(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Give each column its width."""
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)


def table(
    book: Book, sheet: Worksheet, row: int, columns: Sequence[Column], rows: Sequence[Row], *, left: int = 0
) -> int:
    """Write headings and rows from ``row``; return the next free row."""
    sheet.set_row(row, 15 * max(column.heading.count("\n") + 1 for column in columns) + 5)
    for number, column in enumerate(columns):
        put(book, sheet, row, left + number, column.heading, book.pen("head"))
    for line in rows:
        row += 1
        if line.height is not None:
            sheet.set_row(row, line.height)
        for number, (column, cell) in enumerate(zip(columns, line.cells, strict=True)):
            words = ("link",) if isinstance(cell, Link) else ()
            put(book, sheet, row, left + number, cell, book.pen("cell", *words, *column.look, *line.look))
    return row + 1


def section(book: Book, sheet: Worksheet, row: int, text: str, *, last_column: int) -> int:
    """Write the heading of a part, ruled across; return the next free row."""
    sheet.set_row(row, 18)
    for column in range(last_column + 1):
        put(book, sheet, row, column, text if column == 0 else None, book.pen("section"))
    return row + 1


def lines_of(text: str, width: float) -> int:
    """Lines a wrapped text of 9 points takes in a column of ``width`` characters; the column's are digits of 10 points."""
    room = max(4, int(width * 1.1))
    return sum(max(1, len(textwrap.wrap(part, room))) for part in text.split("\n"))


def paragraph(
    book: Book, sheet: Worksheet, row: int, text: str, *, last_column: int, width: float, look: str = "body"
) -> int:
    """Write a wrapped text across columns of ``width`` characters in all; return the next free row."""
    sheet.set_row(row, 13 * lines_of(text, 0.9 * width) + 3)
    sheet.merge_range(row, 0, row, last_column, "", book.pen(look))
    put(book, sheet, row, 0, text, book.pen(look))
    return row + 1
