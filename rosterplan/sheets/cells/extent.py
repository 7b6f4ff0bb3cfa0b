"""How far the cells of a sheet reach, counted on its XML, before a dense reader allocates rows × columns.

One cell in the last corner of a 5 kB workbook makes such a reader ask for 550 GB and abort the process. The patterns
run in linear time whatever the bytes: no unbounded run is tried twice from the same place.
"""

from __future__ import annotations

import re

LARGEST_AREA_CELLS = 3_000_000
"""Rows × columns of one sheet; 400 doctors × 1,900 duties is 760,000."""

_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"']")
_USUAL_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"')
_CELL_OPENED = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(\s[^<>]*)?>")
_ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"']([0-9]+)[\"']")
_REPEATED = re.compile(rb"number-(?:columns|rows)-repeated\s*=\s*[\"']([0-9]+)[\"']")
_ODS_VALUE = b":value-type"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


Corner = tuple[int, int]
"""Row and column of the last cell, from 1; (0, 0) for an empty sheet."""


def too_far(corner: Corner) -> bool:
    """True if rows × columns are more than a dense reader may allocate."""
    return corner[0] * corner[1] > LARGEST_AREA_CELLS


def last_cell_of_xlsx(xml: bytes) -> Corner:
    """The furthest row and column of any cell; formatted empty cells count only if that is not too far."""
    usual = _usual_references(xml)
    references = _REFERENCE.findall(xml) if usual is None else usual
    if usual is not None or len(references) == len(_CELL_OPENED.findall(xml)):
        row = _row_number(max({row for _, row in references}, key=_digits, default=b"0"))
        column = max((column_number(letters.decode()) for letters in {letters for letters, _ in references}), default=0)
        if not too_far((row, column)):
            return row, column
    return _last_filled_cell(xml)


def _usual_references(xml: bytes) -> list[tuple[bytes, bytes]] | None:
    """Where every cell stands, if all are written as Excel and LibreOffice write them; None otherwise."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"sheetData>")
    if start < 0 or end < start:
        return None
    cells = xml[start:end]
    found: list[tuple[bytes, bytes]] = _USUAL_CELL.findall(cells)
    return found if len(found) == cells.count(b"<c") and b":c" not in cells else None


def _last_filled_cell(xml: bytes) -> Corner:
    """The furthest row and column of cells that are not just formatted; cells may not say where they stand."""
    row = column = last_row = last_column = 0
    for tag in _ROW_OR_CELL.finditer(xml):
        kind, attributes = tag[1], tag[2] or b""
        if kind == b"row":
            number = _ROW_NUMBER.search(attributes)
            row, column = (_row_number(number[1]) if number else row + 1), 0
            continue
        reference = _REFERENCE.search(attributes)
        column = column_number(reference[1].decode()) if reference else column + 1
        if not attributes.endswith(b"/"):
            last_row = max(last_row, _row_number(reference[2]) if reference else row)
            last_column = max(last_column, column)
    return last_row, last_column


def _digits(number: bytes) -> tuple[int, bytes]:
    return len(number), number


def _row_number(digits: bytes) -> int:
    return int(digits) if len(digits) <= 7 else _LAST_ROW


def last_cells_of_ods(xml: bytes) -> list[Corner]:
    """The last cell that holds a value on each sheet, repetitions unrolled."""
    return [_last_cell_of_table(table) for table in xml.split(b"<table:table ")[1:]]


def _last_cell_of_table(table: bytes) -> Corner:
    rows = last_row = last_column = 0
    for row in table.split(b"<table:table-row")[1:]:
        rows += _repetition(row)
        if _ODS_VALUE not in row:
            continue
        last_row, column = rows, 0
        for cell in row.replace(b"<table:covered-table-cell", b"<table:table-cell").split(b"<table:table-cell")[1:]:
            column += _repetition(cell)
            if _ODS_VALUE in cell:
                last_column = max(last_column, column)
    return min(last_row, _LAST_ROW), min(last_column, _LAST_COLUMN)


def _repetition(tag: bytes) -> int:
    found = _REPEATED.search(tag.split(b">", 1)[0])
    return _row_number(found[1]) if found else 1


def column_number(letters: str) -> int:
    """1 for A, 27 for AA, 16384 for XFD, the last; more letters count as that."""
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - 64
    return min(number, _LAST_COLUMN)


def address(row: int, column: int) -> str:
    """« B7 » for row 6, column 1 (both from 0)."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
