"""A topic explained: paragraphs and tables, laid on a sheet of the workbook of a question or told on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rosterplan.messages import say
from rosterplan.messages.words import short_date
from rosterplan.report.tableau.book import (
    SUMMARY,
    Book,
    Cell,
    Column,
    Link,
    Row,
    head,
    lines_of,
    open_book,
    paragraph,
    put,
    section,
    set_columns,
    table,
)
from rosterplan.report.tableau.page import set_page

MOST_ON_SCREEN = 30
"""Rows of one table shown in a terminal; the workbook and ``--json`` hold all."""


@dataclass(frozen=True)
class Part:
    """A heading, sentences, and a table whose rows have one cell per column."""

    heading: str = ""
    lines: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Page:
    """One topic: the name of its sheet (31 characters at most), its title and what stands under it."""

    sheet: str
    title: str
    subtitle: str
    parts: tuple[Part, ...]


def screen_lines(page: Page, most: int = MOST_ON_SCREEN) -> Iterator[str]:
    """Yield a page as lines of a terminal: a table row is one line, its cells apart by « · »."""
    yield page.title
    if page.subtitle:
        yield page.subtitle
    for part in page.parts:
        yield ""
        if part.heading:
            yield part.heading
        yield from part.lines
        yield from _table_lines(part, most)
        if len(part.rows) > most:
            left = len(part.rows) - most
            yield say(
                fr=f"  – … et {left} autres lignes dans le classeur", en=f"  – … and {left} more rows in the workbook"
            )


def _table_lines(part: Part, most: int) -> Iterator[str]:
    """Yield the names of the columns that hold something, then the rows: each cell stands where its name does."""
    rows = [[_told(cell) for cell in row] for row in part.rows[:most]]
    shown = [number for number in range(len(part.columns)) if any(row[number] for row in rows)]
    if rows:
        yield "  [" + " · ".join(part.columns[number].heading for number in shown) + "]"
    for row in rows:
        yield "  – " + " · ".join(row[number] or "–" for number in shown)


def explanations_xlsx(title: str, footer: str, pages: Sequence[Page]) -> bytes:
    """The workbook of some topics: a summary that leads to each, then a sheet per topic."""
    book, buffer = open_book(title, footer)
    front = book.workbook.add_worksheet(SUMMARY)
    front.set_column(0, 0, 62)
    front.set_column(1, 1, 70)
    front.set_row(0, 24)
    put(book, front, 0, 0, title, book.pen("title"))
    put(book, front, 1, 0, footer, book.pen("label"))
    for number, page in enumerate(pages):
        put(book, front, 3 + number, 0, Link(page.title, page.sheet), book.pen("link"))
        put(book, front, 3 + number, 1, page.subtitle, book.pen("text"))
        front.set_row(3 + number, 13 * lines_of(page.subtitle, 62) + 3)
    set_page(book, front, title, landscape=False)
    for page in pages:
        _write(book, page)
    book.workbook.close()
    return buffer.getvalue()


def _write(book: Book, page: Page) -> None:
    sheet = book.workbook.add_worksheet(page.sheet)
    widest: Sequence[Column] = max((part.columns for part in page.parts), key=len, default=()) or (Column("", 110),)
    last, width = max(len(widest) - 1, 1), sum(column.width for column in widest)
    row = head(book, sheet, page.title, page.subtitle, last_column=last, lines=lines_of(page.subtitle, width) or 1)
    set_columns(sheet, widest)
    repeat: int | None = None
    for part in page.parts:
        if part.heading:
            row = section(book, sheet, row, part.heading, last_column=last)
        for line in part.lines:
            row = paragraph(book, sheet, row, line, last_column=last, width=width)
        if part.columns:
            repeat = row if len(page.parts) == 1 else None
            row = table(book, sheet, row, part.columns, [_row(part.columns, cells) for cells in part.rows])
        row += 1
    set_page(book, sheet, page.title, repeat=repeat)


def _row(columns: Sequence[Column], cells: tuple[Cell, ...]) -> Row:
    """A row as high as its longest wrapped text."""
    heights = [
        lines_of(cell, column.width - 2)
        for column, cell in zip(columns, cells, strict=True)
        if isinstance(cell, str) and "wrap" in column.look
    ]
    return Row(cells, height=12.5 * max(heights, default=1) + 4)


def _told(cell: Cell) -> str:
    if isinstance(cell, date):
        return short_date(cell)
    return "" if cell is None else str(cell)
