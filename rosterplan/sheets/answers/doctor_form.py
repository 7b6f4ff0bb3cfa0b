"""The answer of one doctor, read from his or her own form: grid, periods, weekdays and single questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import of_person, plural
from rosterplan.sheets.answers.colour import colour_problem, coloured_answers
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.answers.grid import GridCell, located, read_grid, stray_answers
from rosterplan.sheets.answers.origin import Origin, Row, answers_sheet, cell_of, foreign
from rosterplan.sheets.answers.overwritten import overwritten
from rosterplan.sheets.answers.said import Answer, FileReading, Statement
from rosterplan.sheets.answers.values import (
    at,
    months_before,
    reached,
    read_limit,
    read_span,
    read_value,
    read_weekdays,
)
from rosterplan.sheets.cells.dates import read_date
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import as_text, uncomputed_problems
from rosterplan.sheets.cells.values import read_integer, read_yes_no
from rosterplan.sheets.cells.workbook import CellValue, Sheet, Workbook, address
from rosterplan.sheets.forms.doctor_head import RANGE_COLUMNS, WEEKDAY_COLUMNS
from rosterplan.sheets.forms.questionnaire import Asked
from rosterplan.sheets.forms.words import Value

MOST_DUTIES = 400
"""A declared maximum beyond this is a slip of the keyboard."""


@dataclass(frozen=True)
class _Form:
    """A form being read: whose it is, its sheet, and when the file was saved."""

    known: Known
    asked: Asked
    sheet: Sheet
    received: date | None

    def place(self, row: int, column: int) -> Place:
        """A cell of the form."""
        return Place(self.sheet.file, self.sheet.name, address(row, column))


def read_doctor_form(
    workbook: Workbook, path: Path, origin: Origin, known: Known, saved_on: date | None
) -> FileReading:
    """The answer a doctor's form holds; problems alone where it is not of this period or this department."""
    place = Place(workbook.file, "")
    problems: list[Problem] = []
    if (other := foreign(origin, known, place)) is not None:
        return FileReading(workbook.file, "doctor", problems=(other,), sha256=workbook.sha256)
    sheet, sheet_problems = answers_sheet(workbook, origin)
    problems += sheet_problems
    asked = known.asked(origin.about.get("doctor", ""))
    if asked is None:
        problems.append(_nobody(origin, known, place))
    if sheet is None or asked is None:
        return FileReading(workbook.file, "doctor", problems=tuple(problems), sha256=workbook.sha256)
    answer = _answer(_Form(known, asked, sheet, saved_on), origin, problems)
    if answer.empty:
        answers = [where for row in origin.of("duty") if (where := cell_of(row.cell))]
        if coloured := coloured_answers(path, sheet.name, answers, _cell_sent_alike(origin)):
            problems.append(colour_problem(answer.place, coloured))
            return FileReading(workbook.file, "doctor", problems=tuple(problems), sha256=workbook.sha256)
    return FileReading(workbook.file, "doctor", (answer,), tuple(problems), workbook.sha256)


def _cell_sent_alike(origin: Origin) -> tuple[int, int] | None:
    """The answer of the first period, which is sent with the look of the cells of the calendar."""
    starts = _starts(origin.of("range"))
    return (starts[0][0], starts[0][1] + RANGE_COLUMNS["value"] - RANGE_COLUMNS["start"]) if starts else None


def _nobody(origin: Origin, known: Known, place: Place) -> Problem:
    doctor = origin.about.get("doctor", "")
    if doctor in known.instance.doctor_by_id:
        name = known.instance.doctor_by_id[doctor].name
        return problem_at(
            place, "doctor-without-duty", severity="avertissement", found=say(fr=f"un formulaire {of_person(name)}", en=f"a form of {name}"),
            wanted=say(fr="un médecin qui peut tenir au moins une garde", en="a doctor who may hold at least one duty"),
            remedy=say(fr="Vérifiez ses secteurs, dates et dispenses ; sa réponse n’est pas utilisée.",
                       en="Check sectors, dates and exemptions; the answer is not used."),
        )  # fmt: skip
    return problem_at(
        place, "doctor-unknown", found=say(fr=f"un formulaire au nom de « {doctor} »", en=f"a form in the name of “{doctor}”"),
        wanted=say(fr="un médecin de la feuille Médecins", en="a doctor of sheet Médecins"),
        remedy=say(fr="Ajoutez ce médecin à plan.xlsx, ou écartez ce fichier avec --sans.",
                   en="Add this doctor to plan.xlsx, or set this file aside with --sans."),
    )  # fmt: skip


def _answer(form: _Form, origin: Origin, problems: list[Problem]) -> Answer:
    problems += uncomputed_problems(form.sheet)
    fields = {row.name: row for row in origin.of("field")}
    filled_on = _filled_on(form, fields.get("filled_on"), problems)
    form = _Form(form.known, form.asked, form.sheet, filled_on or form.received)
    cells, moved = located(form.sheet, origin.of("duty"), form.place(0, 0))
    problems += moved
    problems += stray_answers(form.sheet, cells)
    if not any(problem.code == "cells-moved" for problem in moved):
        problems += overwritten(form.sheet, cells, set(form.known.questions.holidays.values()))
    statements = [
        *_said_of_duties(form, cells, problems),
        *_periods(form, origin, problems),
        *_habits(form, origin, problems),
    ]
    return Answer(
        doctor=form.asked.doctor.id,
        place=Place(form.sheet.file, form.sheet.name),
        source="form",
        received=form.received,
        statements=tuple(statements),
        maximum=_maximum(form, fields.get("maximum"), problems),
        phone=_changed(form, fields.get("phone")),
        no_constraint=_no_constraint(form, fields.get("none"), problems),
        full=True,
        unclear=any(problem.severity == "erreur" for problem in problems),
    )


def _said_of_duties(form: _Form, cells: list[GridCell], problems: list[Problem]) -> list[Statement]:
    """What the calendar says, duty by duty; answers about duties that no longer exist are named."""
    said: list[Statement] = []
    gone: list[str] = []
    for cell, raw in read_grid(form.sheet, cells, problems):
        place = form.place(cell.row, cell.column)
        value = read_value(raw, place)
        if isinstance(value, Problem):
            problems.append(value)
        elif cell.duty in form.asked.duty_ids:
            day = form.known.instance.duty_by_id[cell.duty].date
            said.append(_statement(form, value, "duty", (cell.duty,), place, start=day, end=day))
        else:
            gone.append(place.cell)
    if gone:
        problems.append(problem_at(
            Place(form.sheet.file, form.sheet.name, gone[0]), "duty-gone", severity="avertissement",
            found=plural(len(gone), say(fr="réponse sur une garde", en="answer on a duty")) + say(
                fr=" que ce médecin ne peut plus tenir", en=" this doctor may no longer hold"),
            wanted=say(fr="une garde du planning actuel", en="a duty of the present plan"),
            remedy=say(fr="Le planning a changé depuis l’envoi du formulaire : ces réponses sont sans effet.",
                       en="The plan has changed since the form was sent: these answers have no effect."),
        ))  # fmt: skip
    return said


def _statement(
    form: _Form, value: Value, reach: str, duties: tuple[str, ...], place: Place, **days: object
) -> Statement:
    return Statement(form.asked.doctor.id, value, reach, duties, place, "form", form.received, **days)  # type: ignore[arg-type]


def _periods(form: _Form, origin: Origin, problems: list[Problem]) -> list[Statement]:
    said: list[Statement] = []
    for row, column in _starts(origin.of("range")):
        first, last, raw, which = (_raw(form.sheet, row, column + step) for step in range(len(RANGE_COLUMNS)))
        if first is None and last is None and raw is None:
            continue
        place = form.place(row, column)
        span = read_span(form.sheet, first, last, form.known.period, place)
        value = _value_or_refusal(raw, form.place(row, column + 2), problems)
        limit = read_limit(which, form.known, form.asked, form.place(row, column + 3))
        wrong = [one for one in (span, limit) if isinstance(one, Problem)]
        problems += wrong
        if wrong or value is None or isinstance(span, Problem) or isinstance(limit, Problem):
            continue
        duties = reached(form.asked.duties, limit, span)
        said.append(_statement(form, value, "period", duties, place, start=span[0], end=span[1], which=as_text(which)))
    return said


def _habits(form: _Form, origin: Origin, problems: list[Problem]) -> list[Statement]:
    said: list[Statement] = []
    for row, column in _starts(origin.of("weekday")):
        day, raw, which = (_raw(form.sheet, row, column + step) for step in range(len(WEEKDAY_COLUMNS)))
        if day is None and raw is None:
            continue
        place = form.place(row, column)
        weekdays = _missing_weekday(place) if day is None else read_weekdays(day, place)
        value = _value_or_refusal(raw, form.place(row, column + 1), problems)
        limit = read_limit(which, form.known, form.asked, form.place(row, column + 2))
        problems += [one for one in (weekdays, limit) if isinstance(one, Problem)]
        if value is None or isinstance(weekdays, Problem) or isinstance(limit, Problem):
            continue
        duties = reached(form.asked.duties, limit, None, weekdays)
        said.append(_statement(form, value, "weekday", duties, place, weekdays=weekdays, which=as_text(which)))
    return said


def _starts(rows: list[Row]) -> list[tuple[int, int]]:
    return [place for row in rows if (place := cell_of(row.cell)) is not None]


def _raw(sheet: Sheet, row: int, column: int) -> CellValue:
    return sheet.rows[row][column] if row < len(sheet.rows) and column < len(sheet.rows[row]) else None


def _value_or_refusal(raw: CellValue, place: Place, problems: list[Problem]) -> Value | None:
    """The value of a period or weekday; days written without an answer are taken as refused, and it is said."""
    if raw is None:
        problems.append(problem_at(
            place, "answer-assumed", severity="avertissement", found=say(fr="des jours sans réponse", en="days without an answer"),
            wanted=say(fr="impossible, à éviter, souhaité ou seulement", en="unavailable, avoid, wished or only"),
            remedy=say(fr="Compris comme « impossible » ; confirmez auprès du médecin.", en="Taken as “unavailable”; confirm with the doctor."),
        ))  # fmt: skip
        return "impossible"
    value = read_value(raw, place)
    if isinstance(value, Problem):
        problems.append(value)
        return None
    return value


def _missing_weekday(place: Place) -> Problem:
    return problem_at(
        place, "weekday-missing", found=say(fr="une réponse sans jour", en="an answer without a day"),
        wanted=say(fr="un jour de la semaine", en="a day of the week"), remedy=say(fr="Choisissez le jour.", en="Choose the day."),
    )  # fmt: skip


def _filled(form: _Form, field: Row | None) -> tuple[CellValue, Place] | None:
    """What a single question was answered, if it differs from what was printed there."""
    where = cell_of(field.cell) if field else None
    if field is None or where is None:
        return None
    raw = _raw(form.sheet, *where)
    return None if raw is None or as_text(raw) == field.text else (raw, form.place(*where))


def _filled_on(form: _Form, field: Row | None, problems: list[Problem]) -> date | None:
    filled = _filled(form, field)
    if filled is None:
        return None
    day = read_date(filled[0], months_before(form.known.period), date1904=form.sheet.date1904)
    if not isinstance(day, Problem):
        return day
    problems.append(at(filled[1], day).model_copy(update={"severity": "avertissement"}))
    return None


def _maximum(form: _Form, field: Row | None, problems: list[Problem]) -> int | None:
    filled = _filled(form, field)
    if filled is None:
        return None
    number = read_integer(filled[0], 0, MOST_DUTIES)
    if not isinstance(number, Problem):
        return number
    problems.append(at(filled[1], number))
    return None


def _no_constraint(form: _Form, field: Row | None, problems: list[Problem]) -> bool:
    filled = _filled(form, field)
    if filled is None:
        return False
    said = read_yes_no(filled[0])
    if not isinstance(said, Problem):
        return said
    problems.append(at(filled[1], said))
    return False


def _changed(form: _Form, field: Row | None) -> str:
    filled = _filled(form, field)
    return "" if filled is None else " ".join(as_text(filled[0]).split())
