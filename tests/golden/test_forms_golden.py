"""The forms of a small department, cell by cell, as text: values, looks, drop-downs, protection, printing.

After a wanted change: ``python -m tests.golden.test_forms_golden`` writes the texts again; read the difference.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from rosterplan.sheets.forms.all_forms import all_forms
from rosterplan.sheets.forms.questionnaire import questionnaire
from tests.forms_factory import MADE_ON, RULES, department

TEXTS = Path(__file__).parent / "forms"
FILES = {
    "formulaires/Nord/GUÉRIN Hélène (M002).xlsx": "formulaire.txt",
    "papier/Nord.xlsx": "papier.txt",
    "secteurs/Nord.xlsx": "secteur.txt",
    "Saisie.xlsx": "saisie.txt",
}
MOST_ROWS = 60


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """The text of each golden file, made now: from New Year's Day to 17 January 2027."""
    questions = questionnaire(
        department(start=date(2027, 1, 1), end=date(2027, 1, 17)), RULES, reply_to="gardes@exemple.invalid"
    )
    made = {file.path: file.content for file in all_forms(questions, made_on=MADE_ON)}
    return {name: "\n".join(_workbook(made[path])) + "\n" for path, name in FILES.items()}


def _workbook(content: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        yield f"== {sheet.title} ({sheet.sheet_state}, {'protégée' if sheet.protection.sheet else 'libre'})"
        if sheet.sheet_state == "visible":
            yield from _page(sheet)
        yield from _cells(sheet)
        yield from _choices(sheet)


def _page(sheet: Worksheet) -> Iterator[str]:
    setup = sheet.page_setup
    fit = f"{setup.fitToWidth}x{setup.fitToHeight}" if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage else f"{setup.scale or 100} %"  # fmt: skip
    breaks = [one.id for one in sheet.row_breaks.brk]
    yield f"page: papier {setup.paperSize}, {setup.orientation}, {fit}, zone {sheet.print_area or '-'}, titres {sheet.print_title_rows or '-'}, coupures {breaks}"
    yield f"pied: {sheet.oddFooter.left.text} | {sheet.oddFooter.right.text}; volets {sheet.freeze_panes}"
    yield "colonnes: " + ", ".join(f"{name} {about.width:.1f}" for name, about in sheet.column_dimensions.items())
    yield "fusions: " + " ".join(sorted(str(one) for one in sheet.merged_cells.ranges))


def _cells(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows(max_row=MOST_ROWS):
        for cell in row:
            if isinstance(cell, Cell) and (
                cell.value is not None or (sheet.protection.sheet and not cell.protection.locked)
            ):
                shown = "" if cell.value is None else repr(cell.value)
                yield f"{cell.coordinate}: {shown} {_look(cell)}".rstrip()


def _look(cell: Cell) -> str:
    signs = [
        f"fond {cell.fill.fgColor.rgb[2:]}" if cell.fill.fill_type else "",
        f"encre {cell.font.color.rgb[2:]}" if cell.font.color and isinstance(cell.font.color.rgb, str) else "",
        f"{cell.font.size:g} pt" if cell.font.size != 10 else "",
        "gras" if cell.font.bold else "",
        cell.number_format if cell.number_format != "General" else "",
        "" if cell.protection.locked else "ouverte",
    ]
    return " ".join(f"[{sign}]" for sign in signs if sign)


def _choices(sheet: Worksheet) -> Iterator[str]:
    for rule in sheet.data_validations.dataValidation:
        yield f"choix {rule.type} {rule.formula1} {rule.formula2 or ''} ({rule.errorStyle or 'stop'}): {rule.sqref}".replace(
            "  ", " "
        )
    for area, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            yield f"couleur {rule.operator or rule.type} {rule.formula}: {area.sqref}"


@pytest.mark.parametrize("name", FILES.values())
def test_the_form_is_the_one_that_was_looked_at(name):
    assert texts()[name] == (TEXTS / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    TEXTS.mkdir(exist_ok=True)
    for name, text in texts().items():
        (TEXTS / name).write_text(text, encoding="utf-8")
