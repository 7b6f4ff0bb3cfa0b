"""A recipient's workbook: a first page that says what it is, for whom and which version, then its sheets."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from rosterplan.messages import say
from rosterplan.messages.palette import NAVY
from rosterplan.messages.words import long_date
from rosterplan.report.publication.edition import Edition
from rosterplan.report.tableau.book import (
    SUMMARY,
    Book,
    Column,
    Link,
    Row,
    head,
    open_book,
    paragraph,
    put,
    set_columns,
    table,
)
from rosterplan.report.tableau.names import sheet_names
from rosterplan.report.tableau.page import set_page
from rosterplan.report.trade import days_word, period_word

_COLUMNS = (Column("", 44), Column("", 52))
_WIDTH = sum(column.width for column in _COLUMNS)


@dataclass(frozen=True)
class Page:
    """A sheet to come: the name wanted, and what it holds in a few words."""

    name: str
    holds: str = ""


@dataclass(frozen=True)
class Booklet:
    """A workbook being written; ``sheets`` are in the order of the pages asked for."""

    book: Book
    edition: Edition
    sheets: tuple[Worksheet, ...]
    buffer: io.BytesIO

    def content(self) -> bytes:
        """The bytes of the finished workbook."""
        self.book.workbook.close()
        return self.buffer.getvalue()


def open_booklet(edition: Edition, title: str, said: Sequence[str], pages: Iterable[Page]) -> Booklet:
    """A workbook with its first page written: ``title``, what the recipient must know, and a link to each sheet."""
    facts = edition.facts
    period = period_word(facts.instance.period)
    book, buffer = open_book(f"{title} – {facts.instance.id}", f"{period} – {edition.label}")
    wanted = list(pages)
    first = book.workbook.add_worksheet(SUMMARY)
    first.set_tab_color(NAVY)
    names = sheet_names((page.name for page in wanted), {SUMMARY.casefold(), "history"})
    sheets = tuple(book.workbook.add_worksheet(name) for name in names)
    _write_first(book, first, edition, title, said, list(zip(names, wanted, strict=True)))
    return Booklet(book, edition, sheets, buffer)


def write_table(
    booklet: Booklet, sheet: Worksheet, title: str, subtitle: str, columns: Sequence[Column], rows: Sequence[Row],
    *, nothing: str = "", landscape: bool = True, lines: int = 1,
) -> None:  # fmt: skip
    """Write a sheet that is one table, its headings repeated on each printed page; ``nothing`` stands for no rows."""
    book = booklet.book
    row = head(book, sheet, title, subtitle, last_column=len(columns) - 1, lines=lines)
    set_columns(sheet, columns)
    if not rows:
        paragraph(
            book, sheet, row, nothing, last_column=len(columns) - 1, width=sum(column.width for column in columns)
        )
        set_page(book, sheet, title, landscape=landscape)
        return
    end = table(book, sheet, row, columns, rows)
    sheet.autofilter(row, 0, max(end - 1, row + 1), len(columns) - 1)
    sheet.freeze_panes(row + 1, 0)
    set_page(book, sheet, title, repeat=row, landscape=landscape)


def _write_first(
    book: Book, sheet: Worksheet, edition: Edition, title: str, said: Sequence[str], pages: Sequence[tuple[str, Page]]
) -> None:
    set_columns(sheet, _COLUMNS)
    sheet.set_row(0, 26)
    put(book, sheet, 0, 0, title, book.pen("title"))
    period = edition.facts.instance.period
    known = (
        (say(fr="Planning", en="Plan"), edition.facts.instance.id),
        (say(fr="Période", en="Period"), _once(period_word(period), days_word(period))),
        (say(fr="État", en="State"), edition.label),
        (say(fr="Publié le", en="Published on"), long_date(edition.published_on)),
    )
    row = 2
    for label, value in known:
        put(book, sheet, row, 0, label, book.pen("label"))
        put(book, sheet, row, 1, value, book.pen("value"))
        row += 1
    row += 1
    for text in said:
        row = paragraph(book, sheet, row, text, last_column=1, width=_WIDTH)
    row += 1
    put(book, sheet, row, 0, say(fr="Feuilles", en="Sheets"), book.pen("section"))
    put(book, sheet, row, 1, None, book.pen("section"))
    for name, page in pages:
        row += 1
        put(book, sheet, row, 0, Link(name, name), book.pen("link"))
        put(book, sheet, row, 1, page.holds, book.pen("body-line"))
    set_page(book, sheet, title, landscape=False)


def _once(first: str, second: str) -> str:
    """« 1er trimestre 2027, du 1er janvier au 31 mars 2027 », or the days alone where both are the same words."""
    return first if first == second else f"{first}, {second}"
