"""A page of a hospital workbook: title, subtitle, then whatever follows."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from rosterplan.report.tableau.book import A4, Book, Column, lines_of, put, set_columns
from rosterplan.report.tableau.page import set_page

_MOST_OF_A_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def new_page(
    book: Book,
    name: str,
    title: str,
    subtitle: str,
    columns: Sequence[Column],
    *,
    landscape: bool = True,
    one_page: bool = False,
    paper: int = A4,
) -> tuple[Worksheet, int]:
    """Add a sheet with its title and the widths of its columns; return it and the next free row."""
    sheet = book.workbook.add_worksheet(sheet_name(book, name))
    width = sum(column.width for column in columns)
    sheet.set_row(0, 24)
    put(book, sheet, 0, 0, title, book.pen("title"))
    sheet.set_row(1, 13 * lines_of(subtitle, width) + 2)
    sheet.merge_range(1, 0, 1, len(columns) - 1, "", book.pen("subtitle"))
    put(book, sheet, 1, 0, subtitle, book.pen("subtitle"))
    set_columns(sheet, columns)
    set_page(book, sheet, name, landscape=landscape, one_page=one_page, paper=paper)
    return sheet, 3


def sheet_name(book: Book, wanted: str) -> str:
    """A name Excel takes, unlike those the workbook has: 31 characters at most, without [ ] : * ? / \\."""
    taken = {sheet.name.casefold() for sheet in book.workbook.worksheets()}
    plain = wanted.translate(_FORBIDDEN).strip("' ") or "-"
    name, number = plain[:_MOST_OF_A_NAME], 2
    while name.casefold() in taken:
        tail = f" {number}"
        name, number = plain[: _MOST_OF_A_NAME - len(tail)] + tail, number + 1
    return name
