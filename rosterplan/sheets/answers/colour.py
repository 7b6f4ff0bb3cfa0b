"""Answers given by colour alone: looked for only where the grid of a returned form holds no word, and refused in words."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.workbook import address

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

_WHITE: Final = frozenset({"00000000", "FFFFFFFF", "00FFFFFF"})
_WHITE_INDEXES: Final = frozenset({9, 64, 65})
_WHITE_THEME: Final = 0
_FIRST_SHEET: Final = "xl/worksheets/sheet1.xml"
_STYLED_CELL: Final = re.compile(rb"<c r=\"([A-Z]+[0-9]+)\" s=\"([0-9]+)\"")


def coloured_answers(
    path: Path, sheet_name: str, cells: Sequence[tuple[int, int]], alike: tuple[int, int] | None = None
) -> list[tuple[int, int]]:
    """The cells, among (row, column) from 0, filled with a colour; only an .xlsx or .xlsm shows it, others give none.

    ``alike`` is a cell sent with the same look as these: where all still look alike, nothing was coloured.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm") or (alike is not None and _all_alike(path, [*cells, alike])):
        return []
    import openpyxl  # a tenth of a second that forms filled in as asked need not wait for

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = openpyxl.load_workbook(path)[sheet_name]
            return [place for place in cells if _coloured(sheet.cell(place[0] + 1, place[1] + 1))]
    except Exception:
        # Styles no program of ours wrote: values were read already, so the form stays merely empty.
        return []


def _all_alike(path: Path, cells: Sequence[tuple[int, int]]) -> bool:
    """True if these cells bear one style in the first sheet of the file: fifty times quicker than reading the styles."""
    try:
        with zipfile.ZipFile(path) as archive:
            styles = dict(_STYLED_CELL.findall(archive.read(_FIRST_SHEET)))
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return False
    found = {styles.get(address(*cell).encode()) for cell in cells}
    return len(found) == 1 and None not in found


def _coloured(cell: Cell | MergedCell) -> bool:
    fill = getattr(cell, "fill", None)  # a merged cell bears none
    if fill is None or fill.fill_type is None:
        return False
    colour = fill.fgColor
    if colour.type == "rgb":
        return str(colour.rgb) not in _WHITE
    if colour.type == "indexed":
        return colour.indexed not in _WHITE_INDEXES
    return bool(colour.theme != _WHITE_THEME or colour.tint)


def colour_problem(place: Place, cells: Sequence[tuple[int, int]]) -> Problem:
    """The refusal of a form filled with colours only, at its first coloured cell."""
    first = Place(place.file, place.sheet, address(*cells[0]))
    count = plural(len(cells), say(fr="case", en="cell"))
    return problem_at(
        first, "colour-only",
        found=say(fr=f"{count} en couleur, et aucun mot", en=f"{count} coloured, and no word"),
        wanted=say(fr="une réponse écrite dans chaque case", en="an answer written in each cell"),
        remedy=say(fr="Une couleur ne dit pas si la garde est refusée ou souhaitée : demandez au médecin, puis choisissez le mot dans la liste.",
                   en="A colour does not say whether a duty is refused or wished: ask the doctor, then choose the word in the list."),
    )  # fmt: skip
