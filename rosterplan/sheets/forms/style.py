"""How every form looks: colours, formats by name, drop-downs, page set-up; the same hand for all of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from rosterplan.messages import say
from rosterplan.messages.palette import AMBER, BLUE, FONT, GREY, NAVY, RED, WHITE
from rosterplan.messages.palette import MIST as PALE
from rosterplan.sheets.blank import blank_workbook
from rosterplan.sheets.forms.words import Value, offered, offered_values

LINE, WORKDAY, WEEKEND, HOLIDAY = "#8FA9C4", "#F3F6FA", "#DDE6F0", "#FBE2B4"

VALUE_COLOURS: Final[dict[Value, tuple[str, str]]] = {
    "impossible": (RED, "#8A1C12"),
    "avoid": (AMBER, "#7A4B00"),
    "wish": ("#CFE8CB", "#1E5B24"),
    "only": ("#CFE0F5", "#173F73"),
    "neutral": (WHITE, "#404040"),
}
"""Fill and ink of each value; the word is always there too, for a page printed in black."""

_BOX: Final[dict[str, Any]] = {"border": 1, "border_color": LINE}
_MIDDLE: Final[dict[str, Any]] = {"align": "center", "valign": "vcenter"}
_LEFT: Final[dict[str, Any]] = {"align": "left", "valign": "vcenter", "text_wrap": True}
_OPEN: Final[dict[str, Any]] = {**_BOX, **_MIDDLE, "locked": False, "bg_color": WHITE, "font_size": 9}

STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {
        "bold": True,
        "font_size": 17,
        "font_color": WHITE,
        "bg_color": NAVY,
        "valign": "vcenter",
        "indent": 1,
    },
    "subtitle": {"font_size": 11, "font_color": WHITE, "bg_color": NAVY, "valign": "vcenter", "indent": 1},
    "name": {"bold": True, "font_size": 14, "font_color": NAVY, "valign": "vcenter"},
    "deadline": {"bold": True, "font_size": 11, "font_color": "#8A1C12", "align": "right", "valign": "vcenter"},
    "text": {**_LEFT, "font_size": 9},
    "beside": {**_MIDDLE, "font_size": 7.5, "font_color": GREY, "text_wrap": True},
    "small": {**_LEFT, "font_size": 8, "font_color": GREY},
    "section": {
        "bold": True,
        "font_size": 11,
        "font_color": NAVY,
        "bottom": 2,
        "bottom_color": NAVY,
        "valign": "vcenter",
    },
    "label": {"font_size": 9, "valign": "vcenter", "align": "right", "indent": 1},
    "head": {**_BOX, **_MIDDLE, "bold": True, "font_size": 9, "bg_color": PALE, "font_color": NAVY, "text_wrap": True},
    "number": {**_MIDDLE, "font_size": 8, "font_color": GREY},
    "month": {
        "bold": True,
        "font_size": 11,
        "font_color": WHITE,
        "bg_color": BLUE,
        "valign": "vcenter",
        "indent": 1,
    },
    "weekday": {**_BOX, **_MIDDLE, "bold": True, "font_size": 8, "bg_color": PALE, "font_color": NAVY},
    "day": {**_MIDDLE, "font_size": 9, "bold": True, "left": 1, "right": 1, "top": 1, "border_color": LINE},
    "hours": {
        **_MIDDLE,
        "font_size": 7.5,
        "font_color": GREY,
        "left": 1,
        "right": 1,
        "border_color": LINE,
        "text_wrap": True,
    },
    "blank": {"left": 1, "right": 1, "border_color": LINE},
    "answer": _OPEN,
    "text_answer": {**_OPEN, "num_format": "@"},
    "date_answer": {**_OPEN, "num_format": "dd/mm/yyyy"},
    "number_answer": {**_OPEN, "num_format": "0"},
    "left_answer": {**_OPEN, "align": "left", "text_wrap": True},
    "closed": {**_BOX, "bg_color": "#D9D9D9"},
    "cell": {**_BOX, "valign": "vcenter", "font_size": 9, "indent": 1},
    "wrapped": {**_BOX, "valign": "top", "font_size": 9, "text_wrap": True, "indent": 1},
    "centred": {**_BOX, **_MIDDLE, "font_size": 9},
    "date": {**_BOX, **_MIDDLE, "font_size": 9, "num_format": "ddd dd/mm/yyyy"},
}


@dataclass(frozen=True)
class Book:
    """A workbook being written, with its named formats; ``style(name, **more)`` makes each format once."""

    workbook: Workbook
    style: Callable[..., Format]


def new_book(*, title: str, made_on: date) -> tuple[Book, io.BytesIO]:
    """An empty workbook in memory, and where its bytes go; dated ``made_on``, so equal inputs give equal bytes."""
    workbook, buffer = blank_workbook(title, made_on, default_format={"font_name": FONT, "font_size": 10})
    made: dict[tuple[str, tuple[tuple[str, Any], ...]], Format] = {}

    def style(name: str, **more: Any) -> Format:
        key = (name, tuple(sorted(more.items())))
        if key not in made:
            made[key] = workbook.add_format({"font_name": FONT, **STYLES[name], **more})
        return made[key]

    return Book(workbook, style), buffer


def finished(book: Book, buffer: io.BytesIO) -> bytes:
    """The bytes of the workbook, complete."""
    book.workbook.close()
    return buffer.getvalue()


def write_row(sheet: Worksheet, row: int, first_column: int, texts: Sequence[str], style: Format) -> None:
    """Texts side by side; never a formula."""
    for offset, text in enumerate(texts):
        sheet.write_string(row, first_column + offset, text, style)


def banner(sheet: Worksheet, book: Book, last_column: int, title: str, subtitle: str) -> None:
    """The two rows every form begins with: what it is, and the period."""
    sheet.set_row(0, 28)
    sheet.merge_range(0, 0, 0, last_column, "", book.style("title"))
    sheet.write_string(0, 0, title, book.style("title"))
    sheet.set_row(1, 18)
    sheet.merge_range(1, 0, 1, last_column, "", book.style("subtitle"))
    sheet.write_string(1, 0, subtitle, book.style("subtitle"))


def ask_value(sheet: Worksheet, areas: Sequence[tuple[int, int, int, int]]) -> None:
    """The drop-down of values on these areas (first row, first column, last row, last column)."""
    ask_choice(
        sheet,
        areas,
        offered_values(),
        say(
            fr="Choisissez une réponse dans la liste, ou laissez la case vide.",
            en="Choose an answer in the list, or leave the cell empty.",
        ),
    )


def ask_choice(
    sheet: Worksheet,
    areas: Sequence[tuple[int, int, int, int]],
    source: Sequence[str] | str,
    error: str,
    *,
    strict: bool = True,
) -> None:
    """A drop-down on these areas; ``source`` is the words, or the address of the cells that hold them."""
    if not areas:
        return
    first, *others = areas
    sheet.data_validation(
        *first,
        {
            "validate": "list",
            "source": source if isinstance(source, str) else list(source),
            "error_title": say(fr="Réponse non prévue", en="Not in the list"),
            "error_message": error[:255],
            "error_type": "stop" if strict else "warning",
            "other_cells": [list(area) for area in others],
        },
    )


def colour_values(sheet: Worksheet, book: Book, areas: Sequence[tuple[int, int, int, int]]) -> None:
    """The colour of its value on each answered cell of these areas, shown as it is chosen."""
    if not areas:
        return
    reach = " ".join(xlsxwriter.utility.xl_range(*area) for area in areas)
    for value, (fill, ink) in VALUE_COLOURS.items():
        if value == "neutral":
            continue
        look = book.workbook.add_format({"bg_color": fill, "font_color": ink, "bold": True})
        sheet.conditional_format(
            *areas[0],
            {"type": "cell", "criteria": "==", "value": f'"{offered(value)}"', "format": look, "multi_range": reach},
        )


def protect(sheet: Worksheet) -> None:
    """Only the answers can be typed in; widths may be changed, nothing else. There is no password."""
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})


def hidden_rows(book: Book, name: str, rows: Sequence[Sequence[str]]) -> None:
    """A hidden, protected sheet of texts: what makes a form come back without ambiguity."""
    sheet = book.workbook.add_worksheet(name)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
    sheet.hide()
    sheet.protect()


def print_on_a4(sheet: Worksheet, *, landscape: bool = False, footer: str = "") -> None:
    """A4, narrow margins, centred, with the page number and ``footer`` below."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.55)
    sheet.center_horizontally()
    safe = footer.replace("&", "&&")[:180]
    sheet.set_footer(f"&L&8{safe}&R&8&P / &N")
