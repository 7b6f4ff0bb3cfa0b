"""Cells of an xlsx sheet whose formula has no stored result, or whose result is an error: readers give both as blank."""

from __future__ import annotations

import re

from rosterplan.sheets.cells.extent import column_number

_END_OF_CELL = re.compile(rb"</(?:\w+:)?c>")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)([0-9]{1,7})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v[^<>]*>([^<]*)<")
_SUSPECT = re.compile(rb"<(?:\w+:)?f[\s/>]|\bt\s*=\s*[\"']e")
_MARKS = (b"<f", b":f", b'"e', b"'e")
"""What suspect cells hold, one of them at least: looking for bytes is much quicker than the pattern."""
_TYPE = re.compile(rb"\bt\s*=\s*[\"'](\w+)[\"']")


def uncomputed_cells(xml: bytes) -> dict[tuple[int, int], str]:
    """(row, column) from 0 of each such cell: "" where a formula was never computed, else the error, as « #N/A »."""
    end = xml.rfind(b"sheetData>")  # formulas of drop-downs and formats stand after the cells
    xml = xml[:end] if end >= 0 else xml
    if not any(mark in xml for mark in _MARKS) or not _SUSPECT.search(xml):
        return {}
    found: dict[tuple[int, int], str] = {}
    for piece in _END_OF_CELL.split(xml):
        if not _SUSPECT.search(piece):
            continue
        opened = next(reversed(list(_CELL.finditer(piece))), None)
        if opened is None or not (place := _REFERENCE.search(opened[1])):
            continue
        kind = _TYPE.search(opened[1])
        value = _VALUE.search(piece, opened.end())
        stored = value[1].decode("utf-8", "replace") if value else ""
        where = (int(place[2]) - 1, column_number(place[1].decode()) - 1)
        if kind and kind[1] == b"e":
            found[where] = stored or "#ERREUR"
        elif not stored and _FORMULA.search(piece, opened.end()) and not (kind and kind[1] == b"str"):
            found[where] = ""
    return found
