"""A workbook as plain values with addresses, whatever its format; whatever is wrong with the file is a problem in it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.sheets.cells.dated import saved_on
from rosterplan.sheets.cells.extent import address
from rosterplan.sheets.cells.guard import LARGEST_FILE_BYTES, SafeFile, safe_file
from rosterplan.sheets.cells.text import clean_text, decoded
from rosterplan.sheets.cells.uncomputed import uncomputed_cells
from rosterplan.sheets.cells.xlsx_parts import part_of_sheet

__all__ = ["CellValue", "Sheet", "Workbook", "address", "read_workbook"]

CellValue = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell holds: cleaned text, whole numbers as int, a date without hour as date, nothing as None."""

RowColumn = tuple[int, int]
"""(row, column), both from 0."""

_DATE_1904 = re.compile(rb"<(?:\w+:)?workbookPr[^<>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of values, all of the same length; row 0, column 0 is cell A1.

    ``merged`` ranges are ((top, left), (bottom, right)), both included. ``uncomputed`` holds the cells whose formula
    has no stored result (text "") or an error (its text, such as "#N/A"); their value is None.
    """

    file: str
    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[tuple[RowColumn, RowColumn], ...] = ()
    uncomputed: Mapping[RowColumn, str] = field(default_factory=dict)
    hidden: bool = False
    date1904: bool = False

    def at(self, row: int, column: int) -> CellValue:
        """The value of a cell; a cell under a merged range has the value of its first cell; None outside the sheet."""
        inside = row < len(self.rows) and column < len(self.rows[row])
        value = self.rows[row][column] if inside else None
        if value is None and self.merged:
            for (top, left), (bottom, right) in self.merged:
                if top <= row <= bottom and left <= column <= right:
                    return self.rows[top][left]
        return value

    @property
    def empty(self) -> bool:
        """True if no cell holds anything."""
        return not self.rows


@dataclass(frozen=True)
class Workbook:
    """A file that was read: its sheets in order; or unreadable, with the reason among ``problems``.

    ``saved`` is the day it was last saved, as written inside it.
    """

    file: str
    sha256: str
    sheets: Mapping[str, Sheet]
    problems: tuple[Problem, ...] = ()
    saved: date | None = None

    @property
    def readable(self) -> bool:
        """True if the sheets could be read."""
        return not any(problem.severity == "erreur" for problem in self.problems)


def read_workbook(path: Path, *, largest_bytes: int = LARGEST_FILE_BYTES) -> Workbook:
    """The workbook at ``path`` (.xlsx, .xlsm, .ods, .xls, .csv); user data never raises, the file is never changed."""
    safe = safe_file(path, largest_bytes=largest_bytes)
    if isinstance(safe, Problem):
        return Workbook(path.name, _hash_of(path), {}, (safe,))
    if safe.form == "csv":
        try:
            return Workbook(path.name, safe.sha256, {path.stem: _csv_sheet(safe, path.stem)})
        except csv.Error:
            return Workbook(path.name, safe.sha256, {}, (_quote_left_open(path.name),))
    try:
        return Workbook(path.name, safe.sha256, _sheets_of(safe), saved=saved_on(safe.parts))
    except BaseException as error:
        # The reader is native code: its panics derive from BaseException.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
            raise
        return Workbook(path.name, safe.sha256, {}, (_damaged(path.name, error),))


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _sheets_of(safe: SafeFile) -> dict[str, Sheet]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(safe.content))
    date1904 = bool(_DATE_1904.search(safe.parts.get("xl/workbook.xml", b"")))
    parts = part_of_sheet(safe.parts) if safe.form == "xlsx" else {}
    sheets: dict[str, Sheet] = {}
    for about in book.sheets_metadata:
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        raw = book.get_sheet_by_name(about.name)
        sheets[clean_text(about.name)] = Sheet(
            file=safe.name,
            name=about.name,
            rows=_rows(raw.to_python(skip_empty_area=False)),
            merged=tuple(raw.merged_cell_ranges or ()),
            uncomputed=uncomputed_cells(safe.parts.get(parts.get(about.name, ""), b"")),
            hidden=about.visible != python_calamine.SheetVisibleEnum.Visible,
            date1904=date1904,
        )
    return sheets


def _rows(raw: Sequence[Sequence[CellValue]]) -> tuple[tuple[CellValue, ...], ...]:
    """The rows as plain values, without the empty rows after the last value."""
    rows = [tuple([_CLEANED[value] if type(value) is str else _plain(value) for value in row]) for row in raw]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return tuple(rows)


class _Cleaned(dict[str, str | None]):
    """Text as it is kept, None for nothing: five hundred forms repeat a few thousand short texts a million times."""

    def __missing__(self, text: str) -> str | None:
        cleaned = clean_text(text) or None
        if len(text) <= SHORT_TEXT:
            if len(self) >= MOST_REMEMBERED:
                self.clear()
            self[text] = cleaned
        return cleaned


SHORT_TEXT, MOST_REMEMBERED = 80, 20_000
_CLEANED = _Cleaned()


def _plain(value: CellValue) -> CellValue:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def _csv_sheet(safe: SafeFile, name: str) -> Sheet:
    """A csv as one sheet; « ; », tab or « , » between cells."""
    text = decoded(safe.content)
    sample = text[:20_000].splitlines()
    separator = max(";\t,", key=lambda mark: sum(line.count(mark) for line in sample))
    csv_rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[CellValue, ...]] = [tuple(clean_text(cell) or None for cell in row) for row in csv_rows]
    width = max(map(len, rows), default=0)
    rows = [row + (None,) * (width - len(row)) for row in rows]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return Sheet(file=safe.name, name=name, rows=tuple(rows))


def _quote_left_open(name: str) -> Problem:
    """The one way a text is no csv: a quotation mark that swallows the rest of a long file."""
    return Problem(
        severity="erreur",
        code="file-damaged",
        file=name,
        found=say(fr="une case de plus de 131 000 caractères", en="a cell of more than 131,000 characters"),
        wanted=say(fr="un fichier csv lisible", en="a readable csv file"),
        remedy=say(fr="Un guillemet (\") n’est sans doute pas refermé : ouvrez le fichier dans Excel et enregistrez-le au format .xlsx.",
                   en="A quotation mark (\") is probably not closed: open the file in Excel and save it as .xlsx."),
    )  # fmt: skip


def _damaged(name: str, error: BaseException) -> Problem:
    encrypted = isinstance(error, python_calamine.PasswordError) or "password" in str(error).lower()
    if encrypted:
        found = say(fr="un fichier protégé par un mot de passe", en="a file protected by a password")
        remedy = say(fr="Retirez le mot de passe, puis enregistrez.", en="Remove the password, then save.")
    else:
        found = say(fr="un classeur dont le contenu est abîmé", en="a workbook with damaged contents")
        remedy = say(
            fr="Ouvrez-le dans Excel ou LibreOffice, réparez-le et enregistrez-le au format .xlsx.",
            en="Open it in Excel or LibreOffice, repair it and save it as .xlsx.",
        )
    return Problem(
        severity="erreur",
        code="file-encrypted" if encrypted else "file-damaged",
        file=name,
        found=found,
        wanted=say(fr="un classeur lisible", en="a readable workbook"),
        remedy=remedy,
    )
