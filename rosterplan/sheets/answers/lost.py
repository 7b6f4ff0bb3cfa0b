"""A form that lost its hidden sheet: recognised by what is printed on it, read if everything printed still fits."""

from __future__ import annotations

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import of_person
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.answers.origin import Origin, Row, cell_of
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import fold
from rosterplan.sheets.cells.workbook import Sheet, Workbook
from rosterplan.sheets.forms.doctor import origin_rows
from rosterplan.sheets.forms.doctor_head import subtitle_of
from rosterplan.sheets.forms.questionnaire import Asked

_TOP_ROWS = 4


def rebuilt_origin(workbook: Workbook, known: Known) -> tuple[Origin, Problem] | None:
    """The hidden sheet as it was sent, and a warning; None unless doctor, period and every number are still printed."""
    for name, sheet in workbook.sheets.items():
        asked = _printed_doctor(workbook, sheet, known)
        if asked is None or not _printed(sheet, subtitle_of(known.questions, asked)):
            continue
        origin = _origin(known, asked, name)
        if all(_number_stands(sheet, row) for row in origin.of("duty")):
            return origin, _rebuilt(Place(workbook.file, sheet.name), asked)
    return None


def _printed_doctor(workbook: Workbook, sheet: Sheet, known: Known) -> Asked | None:
    """The one doctor named at the top of the sheet; between namesakes, the one whose id is in the file's name."""
    texts = [value for row in sheet.rows[:_TOP_ROWS] for value in row if isinstance(value, str)]
    candidates = [asked for asked in known.questions.asked if asked.doctor.name in texts]
    named = [asked for asked in candidates if f"({asked.doctor.id})" in workbook.file]
    chosen = named if len(candidates) > 1 else candidates
    return chosen[0] if len(chosen) == 1 else None


def _printed(sheet: Sheet, text: str) -> bool:
    wanted = fold(text)
    return any(fold(as_text(value)) == wanted for row in sheet.rows[:_TOP_ROWS] for value in row)


def _origin(known: Known, asked: Asked, sheet_name: str) -> Origin:
    about: dict[str, str] = {}
    rows: list[Row] = []
    for kind, name, cell, text in origin_rows(known.questions, asked):
        if cell:
            rows.append(Row(kind, name, cell, text))
        else:
            about[kind] = name
    return Origin({**about, "sheet": sheet_name}, tuple(rows))


def _number_stands(sheet: Sheet, row: Row) -> bool:
    """True if the number of a duty is printed above its answer."""
    where = cell_of(row.cell)
    return where is not None and as_text(sheet.at(where[0] - 1, where[1])).partition(" ")[0] == row.text


def _rebuilt(place: Place, asked: Asked) -> Problem:
    return problem_at(
        place, "origin-rebuilt", severity="avertissement",
        found=say(fr=f"le formulaire {of_person(asked.doctor.name)} sans sa feuille cachée « _origine »", en=f"the form of {asked.doctor.name} without its hidden sheet “_origine”"),
        wanted=say(fr="le fichier tel qu’il a été envoyé", en="the file as it was sent"),
        remedy=say(fr="Il a été reconnu par le nom, la période et les numéros imprimés ; relisez ce qui a été compris.",
                   en="It was recognised by the name, the period and the numbers printed; read again what was understood."),
    )  # fmt: skip
