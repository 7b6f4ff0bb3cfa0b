"""The cells of a grid of answers: found again where they were moved, understood together where they were merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.sheets.answers.origin import Row, cell_of
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.workbook import CellValue, Sheet, address
from rosterplan.sheets.forms.words import offered_values


class GridCell(NamedTuple):
    """Where the answer about a duty stands."""

    row: int
    column: int
    duty: str


def located(sheet: Sheet, rows: Sequence[Row], place: Place) -> tuple[list[GridCell], list[Problem]]:
    """Where each duty's answer stands now: the number printed above it is looked for if rows or columns were moved."""
    cells: list[GridCell] = []
    astray: list[Row] = []
    for row in rows:
        where = cell_of(row.cell)
        if where is not None and _text_at(sheet, where[0] - 1, where[1]).partition(" ")[0] == row.text:
            cells.append(GridCell(where[0], where[1], row.name))
        else:
            astray.append(row)
    if not astray:
        return cells, []
    labels = {
        _number(value): (r, c)
        for r, values in enumerate(sheet.rows)
        for c, value in enumerate(values)
        if isinstance(value, str) and "·" in value
    }
    lost = 0
    for row in astray:
        if row.text in labels:
            above = labels[row.text]
            cells.append(GridCell(above[0] + 1, above[1], row.name))
        else:
            lost += 1
    return cells, [_moved(place, len(astray) - lost)] * (lost < len(astray)) + [_lost(place, lost)] * bool(lost)


def _number(label: str) -> str:
    """« C41 » of « C41 · 20 h – 24 h »."""
    return label.partition(" ")[0]


def read_grid(sheet: Sheet, cells: Sequence[GridCell], problems: list[Problem]) -> Iterator[tuple[GridCell, CellValue]]:
    """The filled cells and what they hold; merged cells all hold what the first one shows, and it is said."""
    first_of = _merged_answers(sheet, cells, problems)
    for cell in cells:
        row, column = first_of.get((cell.row, cell.column), (cell.row, cell.column))
        raw = sheet.rows[row][column] if row < len(sheet.rows) and column < len(sheet.rows[row]) else None
        if raw is not None:
            yield cell, raw


def stray_answers(sheet: Sheet, cells: Sequence[GridCell]) -> list[Problem]:
    """A word for each answer typed in the calendar outside the cells made for it: nothing says which duty it is about."""
    answers = {(cell.row, cell.column) for cell in cells}
    words = {word.casefold() for word in offered_values()}
    longest = max(map(len, words)) + 1  # a letter may fold into two
    first = min((cell.row for cell in cells), default=len(sheet.rows))
    return [
        problem_at(
            Place(sheet.file, sheet.name, address(row, column)), "answer-astray", severity="avertissement",
            found=f"« {value} »", wanted=say(fr="une réponse sous le numéro d’une garde", en="an answer under the number of a duty"),
            remedy=say(fr="Cette case n’est celle d’aucune garde : la réponse n’est pas retenue. Demandez au médecin.",
                       en="This cell is that of no duty: the answer is not kept. Ask the doctor."),
        )
        for row in range(first, len(sheet.rows))
        for column, value in enumerate(sheet.rows[row])
        if type(value) is str and len(value) <= longest and value.casefold() in words and (row, column) not in answers
    ]  # fmt: skip


def _merged_answers(
    sheet: Sheet, cells: Sequence[GridCell], problems: list[Problem]
) -> dict[tuple[int, int], tuple[int, int]]:
    """The first cell of the merged range each answer lies in; a range that swallows printed text is a problem."""
    if not sheet.merged:
        return {}
    answers = {(cell.row, cell.column) for cell in cells}
    first_of: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged:
        inside = [
            (row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) in answers
        ]
        if not inside:
            continue
        place = Place(sheet.file, sheet.name, f"{address(top, left)}:{address(bottom, right)}")
        if (top, left) not in answers:
            problems.append(_merged(place, len(inside), readable=False))
        elif len(inside) > 1:
            first_of |= dict.fromkeys(inside, (top, left))
            if _text_at(sheet, top, left):
                problems.append(_merged(place, len(inside), readable=True))
    return first_of


def _text_at(sheet: Sheet, row: int, column: int) -> str:
    if not 0 <= row < len(sheet.rows) or column >= len(sheet.rows[row]):
        return ""
    value = sheet.rows[row][column]
    return value if type(value) is str else as_text(value)


def _merged(place: Place, count: int, *, readable: bool) -> Problem:
    return problem_at(
        place, "cells-merged", severity="avertissement" if readable else "erreur",
        found=say(fr="des cases fusionnées", en="merged cells"), wanted=say(fr="une réponse par case", en="one answer per cell"),
        remedy=say(fr=f"La réponse est comprise pour les {plural(count, 'garde')} ; confirmez auprès du médecin.",
                   en=f"The answer is taken for the {count} duties; confirm with the doctor.")
        if readable else say(fr="Défusionnez ces cases et écrivez une réponse dans chacune.", en="Unmerge these cells and write an answer in each."),
    )  # fmt: skip


def _moved(place: Place, count: int) -> Problem:
    return problem_at(
        place, "cells-moved", severity="avertissement",
        found=say(fr=f"{plural(count, 'case')} déplacée{'s' if count > 1 else ''}", en=f"{plural(count, 'cell')} moved"),
        wanted=say(fr="le formulaire tel qu’il a été envoyé", en="the form as it was sent"),
        remedy=say(fr="Chaque garde a été retrouvée par son numéro.", en="Each duty was found again by its number."),
    )  # fmt: skip


def _lost(place: Place, count: int) -> Problem:
    return problem_at(
        place, "cells-lost",
        found=say(fr=f"{plural(count, 'garde')} absente{'s' if count > 1 else ''} du formulaire", en=f"{plural(count, 'duty', 'duties')} no longer on the form"),
        wanted=say(fr="le formulaire tel qu’il a été envoyé", en="the form as it was sent"),
        remedy=say(fr="Redemandez le formulaire, ou recopiez la réponse dans la grille Saisie.",
                   en="Ask for the form again, or copy the answer into the grid Saisie."),
    )  # fmt: skip
