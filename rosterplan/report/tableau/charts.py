"""Sheet `Graphiques`: for each fairness group, points held against points due, doctor by doctor; two charts a page."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.fairness import band_points
from rosterplan.messages import say
from rosterplan.messages.palette import FONT, GRID, NAVY, RED_INK, SKY, SLATE
from rosterplan.report.facts import Facts
from rosterplan.report.share_lines import ONE_DUTY, ShareTable
from rosterplan.report.tableau.book import Book, head, put
from rosterplan.report.tableau.names import CHARTS
from rosterplan.report.tableau.page import set_cut_pages

_ROWS: Final = 24
_ROW_POINTS: Final = 13.5
_WIDTHS: Final = (9.0,) * 20
_DATA_COLUMN: Final = 30
"""The figures behind the charts stand far to the right, outside what is printed."""


def write_charts(book: Book, facts: Facts, shares: ShareTable) -> None:
    """Write one chart per group that shares anything."""
    sheet = book.workbook.get_worksheet_by_name(CHARTS)
    title = say(fr="Part et gardes tenues, en points", en="Share and duties held, in points")
    subtitle = say(
        fr="Barres : points des gardes tenues dans le groupe. Losanges : points de la cible, solde d’avance ou de retard compris.",
        en="Bars: points of duties held in the group. Diamonds: points of the target, balance included.",
    )
    row = head(book, sheet, title, subtitle, last_column=len(_WIDTHS) - 1)
    sheet.set_column(0, len(_WIDTHS) - 1, _WIDTHS[0])
    sheet.set_default_row(_ROW_POINTS)
    breaks = []
    top = row
    for number, group in enumerate(group.id for group in facts.instance.groups):
        if number and number % 2 == 0:
            breaks.append(row)
        if _chart(book, sheet, row, facts, shares, group, _DATA_COLUMN + 3 * number):
            row += _ROWS
    sheet.print_area(0, 0, max(row, top + 1) - 1, len(_WIDTHS) - 1)
    set_cut_pages(book, sheet, title, widths=_WIDTHS, height=top * 20 + 2 * _ROWS * _ROW_POINTS, breaks=breaks)


def _chart(book: Book, sheet: Worksheet, row: int, facts: Facts, shares: ShareTable, group: str, column: int) -> bool:
    """Write one group's figures and its chart; False where nobody owes anything."""
    points = _points(facts, shares, group)
    if not points:
        return False
    title = facts.group_name.get(group, group)
    small = book.pen("small")
    for offset, heading in enumerate((title, say(fr="tenus", en="held"), say(fr="cible", en="target"))):
        put(book, sheet, 0, column + offset, heading, small)
    for line, (name, held, target) in enumerate(points, start=1):
        put(book, sheet, line, column, name, small)
        put(book, sheet, line, column + 1, held, small)
        put(book, sheet, line, column + 2, target, small)
    names = [CHARTS, 1, column, len(points), column]
    bars = book.workbook.add_chart({"type": "column"})
    bars.add_series(
        {
            "name": [CHARTS, 0, column + 1], "categories": names,
            "values": [CHARTS, 1, column + 1, len(points), column + 1], "fill": {"color": SKY}, "gap": 50,
        }
    )  # fmt: skip
    aims = book.workbook.add_chart({"type": "line"})
    aims.add_series(
        {
            "name": [CHARTS, 0, column + 2], "categories": names,
            "values": [CHARTS, 1, column + 2, len(points), column + 2], "line": {"none": True},
            "marker": {"type": "diamond", "size": 7, "fill": {"color": RED_INK}, "border": {"color": RED_INK}},
        }
    )  # fmt: skip
    bars.combine(aims)
    font = {"name": FONT, "size": 8, "bold": False, "color": SLATE}
    bars.set_title({"name": title, "name_font": {**font, "size": 11, "bold": True, "color": NAVY}})
    bars.set_x_axis({"num_font": {**font, "rotation": -45}})
    bars.set_y_axis({"num_font": font, "min": 0, "major_gridlines": {"visible": True, "line": {"color": GRID}}})
    bars.set_legend({"position": "bottom", "font": font})
    bars.set_size({"width": 68 * len(_WIDTHS), "height": int(_ROWS * _ROW_POINTS * 96 / 72) - 20})
    sheet.insert_chart(row, 0, bars, {"object_position": 2, "y_offset": 5})
    return True


def _points(facts: Facts, shares: ShareTable, group: str) -> list[tuple[str, int, float]]:
    """(short name, points held, points of the target) of each doctor who owes something in the group, by name."""
    weight = band_points(facts.instance)
    held: dict[str, int] = defaultdict(int)
    target: dict[str, float] = defaultdict(float)
    for line in shares.lines:
        if line.group == group and not line.renfort:
            target[line.doctor] += line.target / ONE_DUTY * weight.get((group, line.band), 0.0)
    for seat in facts.needed_seats:
        if seat.doctor and facts.instance.group_of_line.get(seat.line.id) == group:
            held[seat.doctor.id] += seat.duty.points
    doctors = sorted(target, key=lambda doctor: facts.rank_of.get(doctor, -1))
    return [(facts.short_name_of.get(doctor, doctor), held[doctor], round(target[doctor], 2)) for doctor in doctors]
