"""Words typed in the calendar of a form over what it printed, or where it printed nothing: never taken, always said."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import DAYS_EN, DAYS_FR
from rosterplan.sheets.answers.grid import GridCell
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.text import clipped
from rosterplan.sheets.cells.workbook import Sheet, address
from rosterplan.sheets.forms.words import offered_values

_CLOCK = r"\d{1,2}(?: h(?: \d\d)?|:\d\d)"
_LABEL = re.compile(rf"\S+ · {_CLOCK} – {_CLOCK}(?:, (?:nuit du|night) \d+ (?:au|to) \d+)?")
_DAY = re.compile(r"\d{1,2}(?: (.+))?")
_WEEKDAYS = frozenset((*DAYS_FR, *DAYS_EN))


def overwritten(sheet: Sheet, cells: Sequence[GridCell], holidays: Collection[str]) -> list[Problem]:
    """A word for each text of the calendar that the form did not print and that answers no duty.

    Only within the days of ``cells``, the answers; texts printed are known by their shape, and a day off by its name in
    ``holidays``. An answer in so many words is told by `stray_answers`.
    """
    if not cells:
        return []
    answers = {(cell.row, cell.column) for cell in cells}
    rows, columns = {cell.row for cell in cells}, {cell.column for cell in cells}
    first, last = min(columns), max(columns) + 1
    names = frozenset(" ".join(name.split()) for name in holidays)
    return [
        _overwritten(Place(sheet.file, sheet.name, address(row, column)), typed)
        for row in range(max(min(rows) - 2, 0), min(max(rows) + 1, len(sheet.rows)))
        for column, value in enumerate(sheet.rows[row][first:last], first)
        if type(value) is str and (row, column) not in answers and (typed := _typed(value, names))
    ]


@lru_cache(maxsize=8192)
def _typed(text: str, holidays: frozenset[str]) -> str:
    """What a person wrote in a cell: all of it, or what follows the printed day or label; "" where all is printed."""
    words = " ".join(text.split())
    if words in _WEEKDAYS or words.casefold() in {word.casefold() for word in offered_values()}:
        return ""
    label = _LABEL.match(words)
    if label is not None:
        return words[label.end() :].strip()
    if "·" in words:
        return ""
    day = _DAY.fullmatch(words)
    if day is None:
        return words
    return "" if day[1] is None or day[1] in holidays else day[1]


def _overwritten(place: Place, typed: str) -> Problem:
    return problem_at(
        place, "text-not-read", severity="avertissement", found=f"« {clipped(typed)} »",
        wanted=say(fr="une réponse dans la case d’une garde", en="an answer in the cell of a duty"),
        remedy=say(fr="Ce texte est écrit à côté des réponses : il n’est pas lu. Demandez au médecin ce qu’il veut dire.",
                   en="This text stands beside the answers: it is not read. Ask the doctor what is meant."),
    )  # fmt: skip
