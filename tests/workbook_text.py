"""A workbook as text: cells with their looks, and what surrounds them, so that two can be compared line by line."""

from __future__ import annotations

import io
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet


def workbook_text(data: bytes) -> str:
    """Every sheet: state, print settings, widths, rules of input and colour; then each cell that holds something."""
    book = load_workbook(io.BytesIO(data), rich_text=True)
    lines: list[str] = [f"classeur : {book.properties.title} ; créé {book.properties.created:%Y-%m-%d}"]
    for sheet in book.worksheets:
        lines += ["", f"== {sheet.title} ({sheet.sheet_state})", *_around(sheet)]
        lines += [_cell(cell) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return "\n".join(lines) + "\n"


def _around(sheet: Worksheet) -> Iterator[str]:
    setup, margins = sheet.page_setup, sheet.page_margins
    fit = sheet.sheet_properties.pageSetUpPr
    fitted = f"{setup.fitToWidth}×{setup.fitToHeight}" if fit and fit.fitToPage else f"{setup.scale} %"
    yield f"page : papier {setup.paperSize} {setup.orientation}, ajusté {fitted}, marges {margins.left} {margins.right} {margins.top} {margins.bottom}"
    yield f"titres répétés : {sheet.print_title_rows} {sheet.print_title_cols} ; zone : {sheet.print_area or '-'}"
    yield f"en-tête : {sheet.HeaderFooter.oddHeader.left.text} | {sheet.HeaderFooter.oddHeader.right.text}"
    yield f"pied : {sheet.HeaderFooter.oddFooter.left.text} | {sheet.HeaderFooter.oddFooter.right.text}"
    yield f"coupures : {[brk.id for brk in sheet.row_breaks.brk]} ; volets : {sheet.freeze_panes} ; filtre : {sheet.auto_filter.ref}"
    yield "largeurs : " + " ".join(f"{key}={size.width:.1f}" for key, size in sorted(sheet.column_dimensions.items()))
    yield f"fusions : {sorted(str(area) for area in sheet.merged_cells.ranges)}"
    for validation in sheet.data_validations.dataValidation:
        yield f"choix : {validation.sqref} {validation.type} {validation.formula1} {validation.errorStyle}"
    for area, rules in sheet.conditional_formatting._cf_rules.items():
        yield from (f"couleur si : {area.sqref} {rule.formula}" for rule in rules)
    for chart in sheet._charts:
        anchor = chart.anchor._from
        yield f"graphique : {type(chart).__name__} en ligne {anchor.row + 1}, {len(chart.series)} séries"


def _rgb(colour: Color | None) -> str:
    return colour.rgb[2:] if colour is not None and isinstance(colour.rgb, str) else ""


def _cell(cell: Cell) -> str:
    font, fill = cell.font, cell.fill
    look = [f"{font.sz:g}", "gras" if font.b else "", _rgb(font.color)]
    look.append(f"fond {_rgb(fill.fgColor)}" if fill.fill_type == "solid" else "")
    look.append("" if cell.number_format == "General" else cell.number_format)
    look.append(cell.alignment.horizontal or "")
    height = cell.parent.row_dimensions[cell.row].height
    look.append(f"h{height:g}" if height and cell.column == 1 else "")
    link = f" → {cell.hyperlink.location or cell.hyperlink.target}" if cell.hyperlink else ""
    value = str(cell.value).replace("\n", "⏎")
    return f"{cell.coordinate} {value} [{' '.join(part for part in look if part)}]{link}"
