"""The answers of a whole sector, read from one sheet with doctors in columns and duties in rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.sheets.answers.colour import colour_problem, coloured_answers
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.answers.grid import GridCell, read_grid
from rosterplan.sheets.answers.origin import Origin, answers_sheet, foreign
from rosterplan.sheets.answers.said import Answer, FileReading, Statement
from rosterplan.sheets.answers.values import at, read_value
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import as_text, read_table, uncomputed_problems
from rosterplan.sheets.cells.text import fold
from rosterplan.sheets.cells.values import read_integer, read_yes_no
from rosterplan.sheets.cells.workbook import CellValue, Sheet, Workbook, address
from rosterplan.sheets.forms.questionnaire import Asked
from rosterplan.sheets.tableau.duties import POSITION_COLUMNS, sheet_of_positions


def read_sector_form(
    workbook: Workbook, path: Path, origin: Origin, known: Known, saved_on: date | None
) -> FileReading:
    """One answer per doctor who wrote something in his or her column."""
    if (other := foreign(origin, known, Place(workbook.file, ""))) is not None:
        return FileReading(workbook.file, "sector", problems=(other,), sha256=workbook.sha256)
    sheet, problems = answers_sheet(workbook, origin)
    if sheet is None:
        return FileReading(workbook.file, "sector", problems=tuple(problems), sha256=workbook.sha256)
    problems += uncomputed_problems(sheet)
    rows = _rows_of_duties(sheet, origin, problems)
    columns = _columns_of_doctors(sheet, origin, known, problems)
    fields = {row.name: _row_of_text(sheet, row.text) for row in origin.of("field")}
    answers = [
        _column(sheet, known, asked, column, rows, fields, saved_on, problems) for column, asked in columns.items()
    ]
    kept = tuple(answer for answer in answers if not answer.empty)
    if not kept and not problems:
        grid = [(row, column) for row in rows for column, asked in columns.items() if rows[row] in asked.duty_ids]
        if coloured := coloured_answers(path, sheet.name, grid):
            problems.append(colour_problem(Place(sheet.file, sheet.name), coloured))
    problems += _choice_in_a_meeting(workbook)
    return FileReading(workbook.file, "sector", kept, tuple(problems), workbook.sha256)


def _choice_in_a_meeting(workbook: Workbook) -> list[Problem]:
    """Duties already shared out on the other sheet are no availability: said, with where they are read."""
    sheet, _ = sheet_of_positions(workbook)
    records = read_table(sheet, POSITION_COLUMNS).records if sheet is not None else ()
    count = sum(record.value("doctor") is not None for record in records)
    if sheet is None or not count:
        return []
    return [problem_at(
        Place(sheet.file, sheet.name), "choice-not-read", severity="avertissement",
        found=plural(count, say(fr="garde choisie en réunion", en="duty chosen in a meeting"), say(fr="gardes choisies en réunion", en="duties chosen in a meeting")),
        wanted=say(fr="des disponibilités", en="availabilities"),
        remedy=say(fr="Un choix ne se lit pas ici : pour le garder, donnez ce fichier à rosterplan solve avec --from.",
                   en="A choice is not read here: to keep it, give this file to rosterplan solve with --from."),
    )]  # fmt: skip


def _rows_of_duties(sheet: Sheet, origin: Origin, problems: list[Problem]) -> dict[int, str]:
    """The duty of each row, by the number in its first column: rows may have been sorted or filtered."""
    duty_of = {row.text: row.name for row in origin.of("duty")}
    found = {
        number: duty_of.pop(as_text(values[0]))
        for number, values in enumerate(sheet.rows)
        if values and as_text(values[0]) in duty_of
    }
    if duty_of:
        problems.append(problem_at(
            Place(sheet.file, sheet.name), "rows-lost", found=plural(len(duty_of), say(fr="garde", en="duty")) + say(fr=" sans ligne", en=" without a row"),
            wanted=say(fr="une ligne par garde", en="a row per duty"),
            remedy=say(fr="Remettez les numéros effacés de la première colonne, ou redemandez la feuille.",
                       en="Put back the numbers erased in the first column, or ask for the sheet again."),
        ))  # fmt: skip
    return found


def _columns_of_doctors(sheet: Sheet, origin: Origin, known: Known, problems: list[Problem]) -> dict[int, Asked]:
    """The doctor of each column, by the name at its top: columns may have been moved or removed."""
    headings: dict[str, int] = {}
    texts = {row.text for row in origin.of("column")}
    for values in sheet.rows[:20]:
        if texts & {as_text(value) for value in values}:
            headings = {as_text(value): column for column, value in enumerate(values) if value is not None}
            break
    columns: dict[int, Asked] = {}
    for row in origin.of("column"):
        asked = known.asked(row.name)
        if row.text in headings and asked is not None:
            columns[headings.pop(row.text)] = asked
    problems += [
        _unknown_column(sheet, heading, column, known)
        for heading, column in headings.items()
        if column > max(columns, default=0) and heading not in texts
    ]
    return columns


def _unknown_column(sheet: Sheet, heading: str, column: int, known: Known) -> Problem:
    found = known.names.find(heading)
    place = Place(sheet.file, sheet.name, address(0, column).rstrip("1"))
    if isinstance(found, Problem):
        return at(place, found)
    return problem_at(
        place, "column-unknown", found=f"« {heading} »", wanted=say(fr="une colonne de la feuille d’origine", en="a column of the original sheet"),
        remedy=say(fr="Recopiez ses réponses dans la grille Saisie.", en="Copy these answers into the grid Saisie."),
    )  # fmt: skip


def _row_of_text(sheet: Sheet, text: str) -> int | None:
    wanted = fold(text)
    return next(
        (row for row, values in enumerate(sheet.rows[:20]) if any(fold(as_text(value)) == wanted for value in values)),
        None,
    )


def _column(
    sheet: Sheet, known: Known, asked: Asked, column: int, rows: Mapping[int, str], fields: Mapping[str, int | None],
    saved_on: date | None, problems: list[Problem],
) -> Answer:  # fmt: skip
    """The answer in one column; values in cells that do not concern the doctor are named and dropped."""
    cells = [GridCell(row, column, duty) for row, duty in rows.items()]
    said: list[Statement] = []
    for cell, raw in read_grid(sheet, cells, problems):
        place = Place(sheet.file, sheet.name, address(cell.row, column))
        value = read_value(raw, place)
        if isinstance(value, Problem):
            problems.append(value)
        elif cell.duty not in asked.duty_ids:
            problems.append(_closed(place, asked))
        else:
            day = known.instance.duty_by_id[cell.duty].date
            said.append(Statement(asked.doctor.id, value, "duty", (cell.duty,), place, "sector", saved_on, day, day))
    return Answer(
        doctor=asked.doctor.id,
        place=Place(sheet.file, sheet.name, address(0, column).rstrip("1")),
        source="sector",
        received=saved_on,
        statements=tuple(said),
        maximum=_maximum(sheet, fields.get("maximum"), column, problems),
        no_constraint=_yes(sheet, fields.get("none"), column, problems),
    )


def _closed(place: Place, asked: Asked) -> Problem:
    return problem_at(
        place, "duty-not-held", severity="avertissement", found=say(fr="une réponse dans une case grise", en="an answer in a grey cell"),
        wanted=say(fr=f"une garde que {asked.doctor.name} peut tenir", en=f"a duty {asked.doctor.name} may hold"),
        remedy=say(fr="Réponse sans effet. Vérifiez les secteurs et lignes de ce médecin.", en="No effect. Check the sectors and lines of this doctor."),
    )  # fmt: skip


def _at(sheet: Sheet, row: int | None, column: int) -> CellValue:
    return None if row is None or column >= len(sheet.rows[row]) else sheet.rows[row][column]


def _maximum(sheet: Sheet, row: int | None, column: int, problems: list[Problem]) -> int | None:
    raw = _at(sheet, row, column)
    if raw is None or row is None:
        return None
    number = read_integer(raw, 0, 400)
    if not isinstance(number, Problem):
        return number
    problems.append(at(Place(sheet.file, sheet.name, address(row, column)), number))
    return None


def _yes(sheet: Sheet, row: int | None, column: int, problems: list[Problem]) -> bool:
    raw = _at(sheet, row, column)
    if raw is None or row is None:
        return False
    said = read_yes_no(raw)
    if not isinstance(said, Problem):
        return said
    problems.append(at(Place(sheet.file, sheet.name, address(row, column)), said))
    return False
