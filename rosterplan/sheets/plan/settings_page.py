"""The page `Plan` as it is written: settings with their help, then the blocks of categories, feasts and school holidays."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from rosterplan.messages.palette import NAVY
from rosterplan.sheets.cells.tables import Column
from rosterplan.sheets.cells.workbook import CellValue
from rosterplan.sheets.plan.blocks import band_cells, feast_cells, school_cells
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.layout_plan import BANDS, FEASTS, PLAN_NAME, SCHOOL_DATES, SETTINGS
from rosterplan.sheets.plan.people import Cells
from rosterplan.sheets.plan.settings import settings_cells
from rosterplan.sheets.plan.style import Book, write_cell

_PARTS = {
    "id": "Le planning",
    "answer_deadline": "Les réponses des médecins",
    "territory": "Le calendrier (cahier des charges de l’ARS)",
    "schema": "Technique",
}
"""Where a part begins, and its title."""


def write_settings(book: Book, content: PlanContent) -> None:
    """The sheet `Plan`."""
    sheet = book.sheet(PLAN_NAME, NAVY)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 18)
    sheet.set_column(3, 6, 15)
    sheet.fit_to_pages(1, 1)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, f"Plan : {content.id}", book.styles["title"])
    sheet.write_string(1, 0, "Les réglages de la période. La valeur est dans la colonne B.", book.styles["about"])
    row = _write_rows(book, sheet, settings_cells(content))
    feasts = [cells for feast in content.choices.feasts for cells in feast_cells(feast)]
    blocks: list[tuple[str, Sequence[Column], Sequence[Cells]]] = [
        ("Catégories de garde et points", BANDS, [band_cells(band) for band in content.choices.bands]),
        ("Fêtes partagées d’une année sur l’autre", FEASTS, feasts),
    ]
    if content.choices.school_dates:
        dates = [school_cells(holiday) for holiday in content.choices.school_dates]
        blocks.append(("Vacances scolaires", SCHOOL_DATES, dates))
    for title, columns, rows in blocks:
        row = _write_block(book, sheet, row + 1, title, columns, rows)


def _write_rows(book: Book, sheet: Worksheet, values: Cells) -> int:
    """One row per setting; the row after the last one is returned."""
    row = 2
    for column in SETTINGS:
        if title := _PARTS.get(column.key):
            row += 1
            for place in range(7):
                sheet.write_string(row, place, title if place == 0 else "", book.styles["part"])
            row += 1
        value = values.get(column.key)
        sheet.write_string(row, 0, column.heading, book.styles["label"])
        write_cell(sheet, row, 1, value, book.styles[_style(column, value)])
        if column.help:
            sheet.merge_range(row, 2, row, 6, "", book.styles["help"])
            sheet.write_string(row, 2, column.help, book.styles["help"])
        sheet.set_row(row, 30 if len(column.help) > 115 else 18)
        if column.choices:
            options = {
                "validate": "list",
                "source": list(column.choices),
                "show_error": not column.many,
                "error_type": "warning",
            }
            sheet.data_validation(row, 1, row, 1, options)
        row += 1
    return row


def _style(column: Column, value: CellValue) -> str:
    if column.key in ("start", "end"):
        return "neededdate"
    if column.key == "answer_deadline":
        return "date"
    if column.key == "fairness_tolerance":
        return "percent"
    if isinstance(value, int):
        return "figure"
    return "needed" if column.required else "text"


def _write_block(
    book: Book, sheet: Worksheet, row: int, title: str, columns: Sequence[Column], rows: Sequence[Cells]
) -> int:
    """A small table under its title, followed by an empty row; the row after it is returned."""
    for place in range(7):
        sheet.write_string(row, place, title if place == 0 else "", book.styles["part"])
    for place, column in enumerate(columns):
        sheet.write_string(row + 1, place, column.heading, book.styles["heading"])
        if column.help:
            sheet.write_comment(row + 1, place, column.help, {"x_scale": 2, "y_scale": 0.8, "font_size": 9})
    for offset, cells in enumerate(rows):
        for place, column in enumerate(columns):
            look = {"text": "text", "date": "date", "number": "figure"}[column.look]
            write_cell(sheet, row + 2 + offset, place, cells.get(column.key), book.styles[look])
    return row + 2 + len(rows) + 1
