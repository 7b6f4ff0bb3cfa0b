"""How `plan.xlsx` looks: one hand for every sheet, readable on screen, printed in landscape A4."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rosterplan.messages.palette import FONT, GREY, NAVY, WHITE
from rosterplan.messages.palette import MIST as PALE
from rosterplan.sheets.blank import blank_workbook
from rosterplan.sheets.cells.workbook import CellValue

LINE, NEEDED = "#B8C7DA", "#FFF6DD"
DATE: Final = "dd/mm/yyyy"

_CELL: Final[dict[str, Any]] = {
    "font_name": FONT, "font_size": 10, "border": 1, "border_color": LINE, "valign": "vcenter", "text_wrap": True,
}  # fmt: skip
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {"font_name": FONT, "font_size": 16, "bold": True, "font_color": NAVY, "valign": "vcenter"},
    "about": {"font_name": FONT, "font_size": 10, "italic": True, "font_color": GREY, "valign": "vcenter"},
    "step": {"font_name": FONT, "font_size": 11, "text_wrap": True, "valign": "top"},
    "number": {"font_name": FONT, "font_size": 14, "bold": True, "font_color": NAVY, "align": "center", "valign": "top"},
    "part": {"font_name": FONT, "font_size": 11, "bold": True, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY},
    "heading": {**_CELL, "bold": True, "font_color": WHITE, "bg_color": NAVY, "align": "center"},
    "label": {**_CELL, "bold": True, "indent": 1, "bg_color": PALE},
    "help": {"font_name": FONT, "font_size": 9, "font_color": GREY, "valign": "vcenter", "text_wrap": True, "indent": 1},
    "text": {**_CELL, "num_format": "@", "indent": 1},
    "needed": {**_CELL, "num_format": "@", "indent": 1, "bg_color": NEEDED},
    "date": {**_CELL, "num_format": DATE, "align": "center"},
    "neededdate": {**_CELL, "num_format": DATE, "align": "center", "bg_color": NEEDED},
    "figure": {**_CELL, "align": "center"},
    "neededfigure": {**_CELL, "align": "center", "bg_color": NEEDED},
    "idle": {"font_color": "#8C8C8C", "italic": True, "bg_color": "#F2F2F2"},
    "percent": {**_CELL, "num_format": "0.0\\ %", "align": "center"},
}  # fmt: skip


@dataclass(frozen=True)
class Book:
    """A workbook being written in memory; each named format is made once."""

    workbook: Workbook
    buffer: io.BytesIO

    @cached_property
    def styles(self) -> dict[str, Format]:
        """The formats by name."""
        return {name: self.workbook.add_format(about) for name, about in _STYLES.items()}

    def sheet(self, name: str, colour: str) -> Worksheet:
        """A new sheet, set to print on A4 landscape, one page wide."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_tab_color(colour)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&L&8&F – &A&R&8&P / &N")
        return sheet

    def content(self) -> bytes:
        """The bytes of the finished workbook."""
        self.workbook.close()
        return self.buffer.getvalue()


def new_book(title: str, made_on: date) -> Book:
    """An empty workbook; equal contents of the same ``made_on`` give equal bytes."""
    return Book(*blank_workbook(title, made_on))


def write_cell(sheet: Worksheet, row: int, column: int, value: CellValue, style: Format) -> None:
    """The value in its own type; text is always text."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_string(row, column, "oui" if value else "non", style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(
            row, column, datetime(value.year, value.month, value.day, tzinfo=UTC).replace(tzinfo=None), style
        )
    else:
        sheet.write_string(row, column, str(value), style)
