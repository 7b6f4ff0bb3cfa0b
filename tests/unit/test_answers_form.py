"""A doctor's form, as it comes back: filled well, filled badly, renamed, moved, merged, coloured."""

from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from rosterplan.messages import speaking
from rosterplan.sheets.answers.read import with_answers
from rosterplan.sheets.forms.words import offered
from tests.forms_factory import (
    FIXED,
    MOBILE,
    asking,
    cells_of,
    changed,
    codes,
    department,
    field_cells,
    reading_of,
    said_by,
    the_duty,
    write_form,
)

INSTANCE = department()
QUESTIONS = asking(INSTANCE)
CELLS = cells_of(QUESTIONS, "M001")
FIELDS = field_cells(QUESTIONS, "M001")
MONDAY = the_duty(INSTANCE, FIXED, date(2027, 1, 4))
WEDNESDAY = the_duty(INSTANCE, FIXED, date(2027, 1, 6))
SUNDAY_EVENING = the_duty(INSTANCE, FIXED, date(2027, 1, 10), 16)
FIRST_RANGE, FIRST_WEEKDAY = ("B18", "C18", "D18", "E18"), ("F18", "G18", "H18")


def _read(folder, filled, doctor="M001"):
    write_form(QUESTIONS, doctor, folder / "disponibilites" / "retour.xlsx", filled)
    return reading_of(folder, INSTANCE)


def _problem(reading, code):
    return next(problem for problem in reading.problems if problem.code == code)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("impossible", "impossible"), ("à éviter", "avoid"), ("souhaité", "wish"), ("seulement", "only"), ("Indispo", "impossible"),
     ("A EVITER ", "avoid"), ("non", "impossible"), ("Souhaitée", "wish"), ("unavailable", "impossible"), ("conge\u0301s", "impossible"),
     ("\u00a0impossible", "impossible")],
)  # fmt: skip
def test_an_answer_is_understood_however_it_is_spelt(tmp_path, typed, value):
    reading = _read(tmp_path, {CELLS[MONDAY]: typed})
    assert said_by(reading, "M001") == {MONDAY: [value]}
    assert not reading.problems


def test_an_empty_cell_and_disponible_are_neutral(tmp_path):
    reading = _read(tmp_path, {CELLS[MONDAY]: "disponible", CELLS[WEDNESDAY]: "impossible"})
    assert said_by(reading, "M001") == {WEDNESDAY: ["impossible"]}
    assert len(reading.of_doctor["M001"].open_duties()) == 31


@pytest.mark.parametrize("typed", ["x", "X", "✓", 1, True, "?", "peut-être", "Dr Martin"])
def test_a_mark_that_may_mean_two_things_is_a_problem_at_its_cell(tmp_path, typed):
    problem = _problem(_read(tmp_path, {CELLS[MONDAY]: typed}), "answer-unknown")
    assert (problem.severity, problem.file, problem.sheet, problem.cell) == ("erreur", "retour.xlsx", "Disponibilités", CELLS[MONDAY])  # fmt: skip
    assert problem.found and problem.wanted and problem.remedy


def test_a_period_closes_the_duties_dated_in_it_both_days_included(tmp_path):
    reading = _read(tmp_path, {"B18": datetime(2027, 1, 9), "C18": datetime(2027, 1, 11), "D18": "impossible"})
    days = {INSTANCE.duty_by_id[duty].date.day for duty in said_by(reading, "M001")}
    assert days == {9, 10, 11}


@pytest.mark.parametrize(
    ("first", "last"),
    [("9 janvier", "11 janv. 27"), ("09/01/2027", "11/1"), ("9-janv", "lundi 11 janvier 2027"), (46396, 46398)],
)
def test_dates_typed_as_text_are_understood(tmp_path, first, last):
    filled = {"B18": first, "C18": last, "D18": "impossible"}
    reading = _read(tmp_path, filled)
    days = {INSTANCE.duty_by_id[duty].date.day for duty in said_by(reading, "M001")}
    assert (days, codes(reading)) == ({9, 10, 11}, [])


def test_one_cell_may_hold_the_whole_period(tmp_path):
    reading = _read(tmp_path, {"B18": "du 9 au 11 janvier", "D18": "impossible"})
    assert len(said_by(reading, "M001")) == 4


def test_a_single_day_is_a_period_of_one_day(tmp_path):
    reading = _read(tmp_path, {"B18": "10/01/2027", "D18": "à éviter"})
    assert list(said_by(reading, "M001").values()) == [["avoid"], ["avoid"]]


def test_a_weekday_is_refused_every_week(tmp_path):
    reading = _read(tmp_path, {"F18": "mercredi", "G18": "impossible"})
    assert {INSTANCE.duty_by_id[duty].date.weekday() for duty in said_by(reading, "M001")} == {2}
    assert len(said_by(reading, "M001")) == 4


def test_never_on_wednesday_typed_in_words_is_a_refusal_to_confirm(tmp_path):
    reading = _read(tmp_path, {"F18": "jamais le mercredi"})
    assert len(said_by(reading, "M001")) == 4
    assert _problem(reading, "answer-assumed").cell == "G18"


def test_a_period_may_concern_one_line_only(tmp_path):
    write_form(
        QUESTIONS,
        "M002",
        tmp_path / "a.xlsx",
        {"B18": "9/1", "C18": "11/1", "D18": "impossible", "E18": "Nuits mobiles"},
    )
    lines = {INSTANCE.duty_by_id[duty].line for duty in said_by(reading_of(tmp_path, INSTANCE), "M002")}
    assert lines == {MOBILE}


@pytest.mark.parametrize(
    ("filled", "code", "cell", "severity"),
    [
        ({"B18": "10/01/2026", "C18": "12/01/2026", "D18": "impossible"}, "date-outside-period", "B18", "erreur"),
        ({"B18": "10/01/2026", "C18": "12/01/2027", "D18": "impossible"}, "dates-wrong-year", "B18", "erreur"),
        ({"B18": "12/01/2027", "C18": "10/01/2027", "D18": "impossible"}, "dates-out-of-order", "B18", "erreur"),
        ({"B18": "le 31 février", "D18": "impossible"}, "date-wrong", "B18", "erreur"),
        ({"B18": "la semaine prochaine", "D18": "impossible"}, "date-unreadable", "B18", "erreur"),
        ({"C18": "10/01/2027", "D18": "impossible"}, "dates-missing", "B18", "erreur"),
        ({"B18": "1/6/2027", "C18": "3/6/2027", "D18": "impossible"}, "date-outside-period", "B18", "avertissement"),
        ({"B18": "10/01/2027"}, "answer-assumed", "D18", "avertissement"),
        ({"G18": "impossible"}, "weekday-missing", "F18", "erreur"),
        ({"F18": "un jour sur deux", "G18": "impossible"}, "days-unreadable", "F18", "erreur"),
        ({"F18": "férié", "G18": "impossible"}, "days-unreadable", "F18", "erreur"),
        ({"B18": "9/1", "D18": "impossible", "E18": "la mer"}, "duties-unknown", "E18", "erreur"),
        ({FIELDS["maximum"]: "beaucoup"}, "integer-unreadable", FIELDS["maximum"], "erreur"),
        ({FIELDS["none"]: "peut-être"}, "yes-no-unreadable", FIELDS["none"], "erreur"),
        ({FIELDS["filled_on"]: "hier"}, "date-unreadable", FIELDS["filled_on"], "avertissement"),
    ],
)
def test_what_cannot_be_understood_is_named_at_its_cell(tmp_path, filled, code, cell, severity):
    problem = _problem(_read(tmp_path, filled), code)
    assert (problem.cell, problem.severity, problem.sheet) == (cell, severity, "Disponibilités")
    assert problem.found and problem.wanted and problem.remedy


def test_the_day_a_form_was_filled_needs_no_year(tmp_path):
    reading = _read(tmp_path, {FIELDS["filled_on"]: "16-octobre", CELLS[MONDAY]: "souhaité"})
    assert reading.of_doctor["M001"].received == date(2026, 10, 16)
    assert not reading.problems


def test_every_problem_is_found_at_once(tmp_path):
    reading = _read(tmp_path, {CELLS[MONDAY]: "x", "B18": "12/1", "C18": "10/1", "F18": "mars", FIELDS["maximum"]: -1})
    assert {"answer-unknown", "dates-out-of-order", "days-unreadable", "integer-unreadable"} <= set(codes(reading))


def test_a_leave_that_begins_before_the_period_is_kept_for_the_days_inside(tmp_path):
    reading = _read(tmp_path, {"B18": "20/12/2026", "C18": "05/01/2027", "D18": "impossible"})
    assert len(said_by(reading, "M001")) == 2 and not reading.problems


def test_only_some_dates_closes_all_the_others(tmp_path):
    reading = _read(tmp_path, {CELLS[MONDAY]: "seulement", CELLS[WEDNESDAY]: "à éviter"})
    assert said_by(reading, "M001") == {MONDAY: ["only"]}
    assert reading.of_doctor["M001"].open_duties() == (MONDAY,)


def test_a_date_wished_beside_only_some_dates_is_added_and_said(tmp_path):
    reading = _read(tmp_path, {CELLS[MONDAY]: "seulement", CELLS[WEDNESDAY]: "souhaité"})
    assert said_by(reading, "M001") == {MONDAY: ["only"], WEDNESDAY: ["only", "wish"]}
    assert _problem(reading, "only-and-others").severity == "avertissement"


def test_maximum_and_phone_declared_on_the_form_reach_the_instance(tmp_path):
    reading = _read(tmp_path, {FIELDS["maximum"]: 5, FIELDS["phone"]: "06 00 00 00 00"})
    answered = with_answers(INSTANCE, reading)
    assert (answered.doctor_by_id["M001"].maximum, answered.doctor_by_id["M001"].phone) == (5, "06 00 00 00 00")
    assert answered.doctor_by_id["M002"] == INSTANCE.doctor_by_id["M002"]
    assert answered.answered == ("M001",)


def test_a_form_back_without_a_word_is_empty_and_answered(tmp_path):
    reading = _read(tmp_path, None)
    assert [answer.doctor.id for answer in reading.empty] == ["M001"]
    assert reading.answered == ("M001",)
    problem = _problem(reading, "form-empty")
    assert problem.severity == "avertissement" and "28 jours-médecin" in problem.remedy


def test_a_maximum_printed_before_sending_does_not_make_an_answer(tmp_path):
    assert [answer.doctor.id for answer in _read(tmp_path, None, "M006").empty] == ["M006"]


def test_no_constraint_said_in_words_is_an_answer(tmp_path):
    reading = _read(tmp_path, {FIELDS["none"]: "oui"})
    assert not reading.empty and not reading.problems and reading.answered == ("M001",)


def test_no_constraint_beside_a_refusal_keeps_the_refusal(tmp_path):
    reading = _read(tmp_path, {FIELDS["none"]: "oui", CELLS[MONDAY]: "impossible"})
    assert said_by(reading, "M001") == {MONDAY: ["impossible"]}
    assert codes(reading) == ["constraint-doubt"]


def test_a_form_that_could_not_be_understood_is_not_empty(tmp_path):
    assert "form-empty" not in codes(_read(tmp_path, {CELLS[MONDAY]: "x"}))


def test_leave_marked_by_colour_alone_is_refused_in_words(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "couleur.xlsx")
    book = openpyxl.load_workbook(path)
    for cell in (CELLS[MONDAY], CELLS[WEDNESDAY]):
        book.worksheets[0][cell].fill = PatternFill("solid", fgColor="FFFF0000")
    book.save(path)
    reading = reading_of(tmp_path, INSTANCE)
    assert codes(reading) == ["colour-only"]
    assert _problem(reading, "colour-only").cell == CELLS[MONDAY]
    assert next(asked.doctor.id for asked in reading.missing) == "M001"


def test_colours_are_not_looked_for_where_words_are(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "couleur.xlsx", {CELLS[WEDNESDAY]: "souhaité"})
    book = openpyxl.load_workbook(path)
    book.worksheets[0][CELLS[MONDAY]].fill = PatternFill("solid", fgColor="FFFF0000")
    book.save(path)
    assert codes(reading_of(tmp_path, INSTANCE)) == []


def test_a_renamed_sheet_is_read_and_said(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "f.xlsx", {CELLS[MONDAY]: "impossible"})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].title = "Feuil1"
    book.create_sheet("Mes notes", 0)["A1"] = "absente en février"
    book.save(path)
    reading = reading_of(tmp_path, INSTANCE)
    assert said_by(reading, "M001") == {MONDAY: ["impossible"]}
    assert codes(reading) == ["sheet-renamed", "sheet-unknown"]


def test_a_form_without_its_sheet_is_a_problem(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(path)
    book.remove(book.worksheets[0])
    book.create_sheet("Bonjour", 0)["A1"] = "bonjour"
    book.save(path)
    assert codes(reading_of(tmp_path, INSTANCE)) == ["sheet-missing"]


def test_rows_moved_are_found_again_by_their_number(tmp_path):
    path = write_form(
        QUESTIONS, "M001", tmp_path / "f.xlsx", {CELLS[MONDAY]: "impossible", CELLS[SUNDAY_EVENING]: "souhaité"}
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0].move_range("A26:H60", rows=3)
    book.save(path)
    reading = reading_of(tmp_path, INSTANCE)
    assert said_by(reading, "M001") == {MONDAY: ["impossible"], SUNDAY_EVENING: ["wish"]}
    assert codes(reading) == ["cells-moved"]


def test_numbers_erased_are_a_problem(tmp_path):
    row = int(CELLS[MONDAY][1:]) - 1
    assert _problem(_read(tmp_path, {f"B{row}": "effacé"}), "cells-lost").severity == "erreur"


def test_an_answer_outside_the_cells_of_duties_is_said(tmp_path):
    row = int(CELLS[MONDAY][1:])
    problem = _problem(_read(tmp_path, {f"A{row}": "impossible"}), "answer-astray")
    assert problem.cell == f"A{row}"


def test_words_over_a_day_or_a_label_are_not_read_and_that_is_said_cell_by_cell(tmp_path):
    row = int(CELLS[MONDAY][1:])
    book = openpyxl.load_workbook(write_form(QUESTIONS, "M001", tmp_path / "vide.xlsx"))
    label = book.worksheets[0][f"B{row - 1}"].value
    typed = {f"B{row - 2}": "4 absente", f"B{row - 1}": f"{label} pas ce soir", f"C{row - 2}": "au ski"}
    reading = _read(tmp_path, {**typed, CELLS[MONDAY]: "souhaité"})
    found = {problem.cell: problem.found for problem in reading.problems if problem.code == "text-not-read"}
    assert found == {f"B{row - 2}": "« absente »", f"B{row - 1}": "« pas ce soir »", f"C{row - 2}": "« au ski »"}
    assert said_by(reading, "M001") == {MONDAY: ["wish"]}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_a_form_prints_is_taken_for_words_of_a_doctor(tmp_path, language):
    with speaking(language):
        for doctor in QUESTIONS.asked_of:
            write_form(QUESTIONS, doctor, tmp_path / "disponibilites" / f"{doctor}.xlsx")
    assert "text-not-read" not in codes(reading_of(tmp_path, INSTANCE))


def test_a_local_day_off_printed_on_a_form_is_known_by_its_name(tmp_path):
    row = int(CELLS[MONDAY][1:])
    write_form(QUESTIONS, "M001", tmp_path / "f.xlsx", {f"B{row - 2}": "4 Fête du pays"})
    assert "text-not-read" in codes(reading_of(tmp_path, INSTANCE))
    assert "text-not-read" not in codes(reading_of(tmp_path, INSTANCE, holidays={date(2027, 1, 4): "Fête du pays"}))


def test_merged_cells_speak_for_all_the_duties_they_cover(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(path)
    row = CELLS[MONDAY][1:]
    book.worksheets[0].merge_cells(f"B{row}:D{row}")
    book.worksheets[0][f"B{row}"] = "impossible"
    book.save(path)
    reading = reading_of(tmp_path, INSTANCE)
    assert [INSTANCE.duty_by_id[duty].date.day for duty in said_by(reading, "M001")] == [4, 5, 6]
    assert _problem(reading, "cells-merged").cell == f"B{row}:D{row}"


def test_cells_merged_with_printed_ones_are_an_error(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(path)
    row = int(CELLS[MONDAY][1:])
    book.worksheets[0].merge_cells(f"C{row - 1}:C{row}")
    book.save(path)
    assert _problem(reading_of(tmp_path, INSTANCE), "cells-merged").severity == "erreur"


def test_a_formula_never_computed_is_a_problem(tmp_path):
    reading = _read(tmp_path, {CELLS[MONDAY]: "=A1"})
    assert _problem(reading, "formula-without-value").cell == CELLS[MONDAY]
    assert not reading.empty


def test_a_form_of_another_quarter_is_refused_whole(tmp_path):
    other = asking(department(start=date(2026, 10, 1), end=date(2026, 12, 31)))
    write_form(other, "M001", tmp_path / "vieux.xlsx", {next(iter(cells_of(other, "M001").values())): "impossible"})
    reading = reading_of(tmp_path, INSTANCE)
    assert codes(reading) == ["form-other-period"]
    assert not reading.answered


def test_a_form_of_another_version_is_refused_in_words(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(path)
    origin = book["_origine"]
    next(row for row in origin.iter_rows() if row[0].value == "schema")[1].value = "99"
    book.save(path)
    assert codes(reading_of(tmp_path, INSTANCE)) == ["form-schema"]


def test_a_form_of_a_doctor_unknown_to_the_plan_is_a_problem(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "f.xlsx")
    rest = changed(INSTANCE, doctors=INSTANCE.doctors[1:])
    assert codes(reading_of(path.parent, rest)) == ["doctor-unknown"]


def test_answers_about_duties_gone_since_are_said_and_dropped(tmp_path):
    write_form(QUESTIONS, "M001", tmp_path / "f.xlsx", {CELLS[MONDAY]: "impossible", CELLS[WEDNESDAY]: "impossible"})
    fewer = tuple(duty for duty in INSTANCE.duties if duty.id != MONDAY)
    reading = reading_of(tmp_path, changed(INSTANCE, duties=fewer))
    assert list(said_by(reading, "M001")) == [WEDNESDAY]
    assert codes(reading) == ["duty-gone"]


def test_a_form_without_its_hidden_sheet_is_recognised_by_what_is_printed(tmp_path):
    path = write_form(QUESTIONS, "M001", tmp_path / "f.xlsx", {CELLS[MONDAY]: "impossible"})
    book = openpyxl.load_workbook(path)
    del book["_origine"]
    book.save(path)
    reading = reading_of(tmp_path, INSTANCE)
    assert said_by(reading, "M001") == {MONDAY: ["impossible"]}
    assert codes(reading) == ["origin-rebuilt"]


@pytest.mark.parametrize("sheets", [("Liste", "Vœux", "_origine"), ("Plan", "Médecins", "Horaires", "Règles")])
def test_a_roster_or_a_plan_among_the_answers_is_said_to_be_none(tmp_path, sheets):
    book = openpyxl.Workbook()
    for name in sheets:
        book.create_sheet(name).append(["Médecin", "Date", "Réponse"])
    book.save(tmp_path / "tableau.xlsx")
    assert codes(reading_of(tmp_path, INSTANCE)) == ["file-misplaced"]


def test_a_form_of_another_quarter_without_its_hidden_sheet_is_not_taken_for_ours(tmp_path):
    other = asking(department(start=date(2027, 2, 1), end=date(2027, 2, 28)))
    path = write_form(other, "M001", tmp_path / "f.xlsx", {next(iter(cells_of(other, "M001").values())): "impossible"})
    book = openpyxl.load_workbook(path)
    del book["_origine"]
    book.save(path)
    assert codes(reading_of(tmp_path, INSTANCE)) == ["file-unrecognised"]


def test_namesakes_without_hidden_sheet_are_told_apart_by_the_file_name_or_not_at_all(tmp_path):
    cells = cells_of(QUESTIONS, "M003")
    for name in ("MARTIN Paul (M003).xlsx", "MARTIN Paul.xlsx"):
        path = write_form(QUESTIONS, "M003", tmp_path / name, {next(iter(cells.values())): "impossible"})
        book = openpyxl.load_workbook(path)
        del book["_origine"]
        book.save(path)
    reading = reading_of(tmp_path, INSTANCE)
    assert reading.answered == ("M003",)
    assert sorted(codes(reading)) == ["file-unrecognised", "origin-rebuilt"]


def test_a_form_made_in_english_is_read_in_french(tmp_path):
    from rosterplan.messages import speaking

    with speaking("en"):
        write_form(
            QUESTIONS, "M001", tmp_path / "f.xlsx", {CELLS[MONDAY]: "unavailable", "F18": "Wednesday", "G18": "avoid"}
        )
    reading = reading_of(tmp_path, INSTANCE)
    assert said_by(reading, "M001")[MONDAY] == ["impossible"]
    assert len(said_by(reading, "M001")) == 5


@given(
    st.dictionaries(
        st.sampled_from(sorted(CELLS)), st.sampled_from(["impossible", "avoid", "wish", "neutral"]), max_size=12
    )
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_chosen_in_the_lists_comes_back_unchanged(tmp_path, chosen):
    reading = _read(tmp_path, {CELLS[duty]: offered(value) for duty, value in chosen.items()})
    assert said_by(reading, "M001") == {duty: [value] for duty, value in chosen.items() if value != "neutral"}
    assert reading.availability == with_answers(INSTANCE, reading).availability[: len(reading.availability)]
