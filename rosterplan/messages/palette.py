"""The colours and the font people see in every workbook, each named once; a colour never speaks alone, a word says it too."""

from __future__ import annotations

from typing import Final

FONT: Final = "Arial"
"""Same widths in Excel and, as Liberation Sans, in LibreOffice: pages break at the same place, never for want of a font."""

NAVY: Final = "#1F3A5F"
BLUE: Final = "#3B6EA5"
SKY: Final = "#9DB4CF"
WHITE: Final = "#FFFFFF"
SLATE: Final = "#5B6470"
"""Grey of what is read beside: in rosters and charts."""

GREY: Final = "#595959"
"""Grey of what is read beside: on forms and plans, often printed in black."""

GRID: Final = "#D9DEE5"
MIST: Final = "#DCE6F1"
"""Ground of headings on forms and plans."""

PALE: Final = "#E3EBF4"
"""Ground of headings in rosters, under smaller letters."""

RED_INK, GREEN_INK = "#9B1C12", "#1E5B2B"
RED, AMBER = "#F6C7C3", "#FCE2BD"
"""Grounds of what is refused or wrong, and of what is to avoid or to check."""
