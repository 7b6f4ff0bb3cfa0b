"""A whole sector answering on one sheet."""

from datetime import date

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from rosterplan.domain.people import DateSpan
from rosterplan.sheets.forms.questionnaire import questionnaire
from rosterplan.sheets.forms.sector import sector_form, sectors_with_duties
from tests.forms_factory import (
    FIXED,
    MADE_ON,
    RULES,
    asking,
    cells_of,
    changed,
    codes,
    department,
    field_cells,
    reading_of,
    said_by,
    the_duty,
    type_into,
    write_form,
)

INSTANCE = department()
QUESTIONS = asking(INSTANCE)
MONDAY, TUESDAY = (the_duty(INSTANCE, FIXED, date(2027, 1, day)) for day in (4, 5))


def _sheet(folder, filled, questions=QUESTIONS):
    content = next(one for one in sectors_with_duties(questions) if one.sector.id == "NORD")
    path = folder / "Nord.xlsx"
    path.write_bytes(sector_form(questions, content, made_on=MADE_ON))
    return type_into(path, filled) if filled else path


def test_each_column_is_the_answer_of_its_doctor(tmp_path):
    _sheet(tmp_path, {"E8": "impossible", "F9": "souhaité", "E6": None})
    reading = reading_of(tmp_path, INSTANCE)
    assert said_by(reading, "M001") == {MONDAY: ["impossible"]}
    assert said_by(reading, "M002") == {TUESDAY: ["wish"]}
    assert not reading.problems


def test_an_empty_column_is_no_answer(tmp_path):
    _sheet(tmp_path, {"E8": "impossible"})
    assert reading_of(tmp_path, INSTANCE).answered == ("M001",)


def test_no_constraint_and_maximum_are_answers(tmp_path):
    _sheet(tmp_path, {"E6": "oui", "F7": 3})
    reading = reading_of(tmp_path, INSTANCE)
    assert reading.answered == ("M001", "M002")
    assert {answer.doctor.id: answer.maximum for answer in reading.doctors if answer.maximum} == {"M002": 3}


def test_rows_sorted_and_columns_moved_are_still_understood(tmp_path):
    path = _sheet(tmp_path, {"E8": "impossible", "F9": "souhaité"})
    book = openpyxl.load_workbook(path)
    page = book["Réponses"]
    for row in (5, 8, 9):
        page.cell(row, 5).value, page.cell(row, 6).value = page.cell(row, 6).value, page.cell(row, 5).value
    for column in range(1, 8):
        page.cell(8, column).value, page.cell(9, column).value = page.cell(9, column).value, page.cell(8, column).value
    book.save(path)
    reading = reading_of(tmp_path, INSTANCE)
    assert said_by(reading, "M001") == {MONDAY: ["impossible"]}
    assert said_by(reading, "M002") == {TUESDAY: ["wish"]}


@pytest.mark.parametrize(
    ("filled", "code", "cell", "severity"),
    [
        ({"E8": "x"}, "answer-unknown", "E8", "erreur"),
        ({"E8": "impossible", "A9": "?"}, "rows-lost", "", "erreur"),
        ({"E7": "plein"}, "integer-unreadable", "E7", "erreur"),
        ({"E6": "bof"}, "yes-no-unreadable", "E6", "erreur"),
        ({"E8": "impossible", "H5": "Dr Nouveau"}, "reference-unknown", "H", "erreur"),
        ({"E8": "=B2"}, "formula-without-value", "E8", "erreur"),
    ],
)
def test_what_cannot_be_understood_is_named_at_its_cell(tmp_path, filled, code, cell, severity):
    _sheet(tmp_path, filled)
    problem = next(one for one in reading_of(tmp_path, INSTANCE).problems if one.code == code)
    assert (problem.cell, problem.severity, problem.file) == (cell, severity, "Nord.xlsx")


def test_an_answer_in_a_grey_cell_is_said_and_dropped(tmp_path):
    leaving = INSTANCE.doctors[2].model_copy(update={"on_list": DateSpan(end=date(2027, 1, 4))})
    fewer = changed(INSTANCE, doctors=(*INSTANCE.doctors[:2], leaving, *INSTANCE.doctors[3:]))
    _sheet(tmp_path, {"G8": "impossible", "G9": "impossible"}, questionnaire(fewer, RULES))
    reading = reading_of(tmp_path, fewer)
    assert list(said_by(reading, "M003")) == [MONDAY]
    assert [(one.code, one.cell) for one in reading.problems] == [("duty-not-held", "G9")]


def test_a_sheet_filled_with_colours_only_is_refused(tmp_path):
    path = _sheet(tmp_path, {})
    book = openpyxl.load_workbook(path)
    book["Réponses"]["E8"].fill = PatternFill("solid", fgColor="FF00FF00")
    book.save(path)
    assert codes(reading_of(tmp_path, INSTANCE)) == ["colour-only"]


def test_a_doctor_who_answered_twice_is_read_from_the_latest(tmp_path):
    cell, dated = cells_of(QUESTIONS, "M001")[MONDAY], field_cells(QUESTIONS, "M001")["filled_on"]
    write_form(QUESTIONS, "M001", tmp_path / "a.xlsx", {cell: "souhaité", dated: "01/12/2099"})
    _sheet(tmp_path, {"E8": "impossible"})
    reading = reading_of(tmp_path, INSTANCE)
    assert said_by(reading, "M001") == {MONDAY: ["wish"]}
    assert codes(reading) == ["answer-outdated"]


def test_a_choice_made_in_a_meeting_is_said_where_only_availabilities_are_read(tmp_path):
    path = _sheet(tmp_path, {})
    type_into(path, {"E6": "LE GALL Anne (M001)", "E8": "Guérin"}, "Choix en réunion")
    found = [one for one in reading_of(tmp_path, INSTANCE).problems if one.code == "choice-not-read"]
    assert [(one.severity, one.sheet, one.found) for one in found] == [
        ("avertissement", "Choix en réunion", "2 gardes choisies en réunion")
    ]
