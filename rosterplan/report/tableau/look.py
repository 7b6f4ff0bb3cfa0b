"""How the workbook looks: few colours, named formats, each made once. Colour never stands alone: a word says it too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from rosterplan.messages.palette import BLUE, FONT, GREEN_INK, NAVY, PALE, RED_INK, WHITE
from rosterplan.messages.palette import SLATE as GREY

RULE, WEEKEND, HOLIDAY, FAINT = "#B8C4D2", "#EFF2F6", "#FBEFD5", "#F7F8FA"
ALERT, HELD, HELD_INK, GOOD = "#FBE3E0", "#E9E4F2", "#4A3573", "#E3F1E5"

FRAGMENTS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16, "font_color": NAVY, "valign": "vcenter"},
    "subtitle": {"font_size": 9, "font_color": GREY, "valign": "top", "text_wrap": True},
    "section": {"bold": True, "font_size": 11, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY},
    "head": {
        "bold": True, "font_size": 9, "font_color": WHITE, "bg_color": NAVY, "text_wrap": True,
        "valign": "vcenter", "align": "center", "border": 1, "border_color": NAVY,
    },
    "poster": {"font_size": 11},
    "head-left": {"bold": True, "font_size": 9, "font_color": NAVY, "bg_color": PALE, "valign": "vcenter"},
    "under": {"font_size": 9, "valign": "vcenter", "bottom": 4, "bottom_color": RULE},
    "cell": {"font_size": 9, "valign": "vcenter", "border": 1, "border_color": RULE, "align": "left", "indent": 1},
    "text": {"font_size": 9, "valign": "top", "text_wrap": True},
    "body": {"font_size": 10, "valign": "top", "text_wrap": True},
    "body-line": {"font_size": 10, "valign": "vcenter"},
    "label": {"font_size": 9, "font_color": GREY, "valign": "vcenter"},
    "beside": {"font_size": 9, "font_color": GREY, "valign": "vcenter", "indent": 1},
    "value": {"font_size": 10, "bold": True, "valign": "vcenter"},
    "link": {"font_size": 9, "font_color": BLUE, "underline": 1, "valign": "vcenter"},
    "small": {"font_size": 8, "font_color": GREY},
    "strong": {"bold": True},
    "wrap": {"text_wrap": True},
    "top": {"valign": "top"},
    "centre": {"align": "center", "indent": 0},
    "left": {"align": "left"},
    "shrink": {"shrink": True},
    "right": {"align": "right"},
    "weekend": {"bg_color": WEEKEND},
    "holiday": {"bg_color": HOLIDAY},
    "outside": {"bg_color": FAINT, "font_color": FAINT},
    "alert": {"bg_color": ALERT, "font_color": RED_INK, "bold": True},
    "held": {"bg_color": HELD, "font_color": HELD_INK},
    "good": {"bg_color": GOOD, "font_color": GREEN_INK},
    "total": {"bold": True, "bg_color": PALE, "top": 1, "top_color": NAVY},
    "date": {"num_format": "dd/mm/yyyy", "align": "center", "indent": 0},
    "long-date": {"num_format": "[$-40C]ddd dd/mm/yyyy", "align": "left"},
    "long-date-en": {"num_format": "[$-809]ddd dd/mm/yyyy", "align": "left"},
    "whole": {"num_format": "0", "align": "center", "indent": 0},
    "two-places": {"num_format": "0.00"},
    "hundredths": {"num_format": "0.00", "align": "right"},
    "money": {"num_format": "#,##0.00", "align": "right"},
    "thousandths": {"num_format": "0.000", "align": "right"},
    "signed": {"num_format": "+0.00;-0.00;0.00", "align": "right"},
    "tenths": {"num_format": "0.0", "align": "right"},
    "percent": {"num_format": "0 %", "align": "center", "indent": 0},
    "id": {"font_size": 8, "font_color": "#8A929C"},
    "day": {"bold": True, "font_size": 11, "font_color": NAVY, "indent": 1, "left": 1, "right": 1, "top": 1, "border_color": RULE},
    "slot": {"font_size": 10, "indent": 1, "left": 1, "right": 1, "border_color": RULE, "align": "left", "text_wrap": True, "valign": "top"},
    "last": {"bottom": 1, "border_color": RULE},
    "weekday": {
        "bold": True, "font_size": 10, "font_color": WHITE, "bg_color": NAVY, "align": "center", "valign": "vcenter",
        "border": 1, "border_color": NAVY,
    },
}  # fmt: skip
"""What each word of a look adds; a format is several words, the last one wins."""

Pen = Callable[..., Format]
"""``pen("cell", "weekend", "centre")`` is the format with these fragments."""


@dataclass(frozen=True)
class Ink:
    """Formats inside one cell: hours small and grey beside a name in bold."""

    grey: Format
    bold: Format
    alert: Format


def make_pen(workbook: Workbook) -> Pen:
    """A pen for one workbook: the same words give the same format, made once."""
    made: dict[tuple[str, ...], Format] = {}

    def pen(*words: str) -> Format:
        if words not in made:
            look: dict[str, Any] = {"font_name": FONT}
            for word in words:
                look.update(FRAGMENTS[word])
            made[words] = workbook.add_format(look)
        return made[words]

    return pen


def make_ink(workbook: Workbook) -> Ink:
    """The formats of the pieces of a rich cell."""
    base = {"font_name": FONT}
    return Ink(
        grey=workbook.add_format({**base, "font_size": 8, "font_color": GREY}),
        bold=workbook.add_format({**base, "font_size": 10, "bold": True}),
        alert=workbook.add_format({**base, "font_size": 10, "bold": True, "font_color": RED_INK}),
    )
