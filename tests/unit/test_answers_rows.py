"""The grid `Saisie` and free tables: numbers, dates, periods and weekdays typed by hand."""

from datetime import date, datetime

import pytest

from rosterplan.sheets.forms.entry import ENTRY_COLUMNS, ENTRY_HEADING_ROW, ENTRY_SHEET, entry_form
from tests.forms_factory import (
    FIXED,
    MADE_ON,
    MOBILE,
    asking,
    cells_of,
    changed,
    codes,
    department,
    reading_of,
    said_by,
    the_duty,
    type_into_first_sheet,
    write_form,
)

INSTANCE = department()
QUESTIONS = asking(INSTANCE)
GRID = entry_form(QUESTIONS, made_on=MADE_ON)
COLUMNS = {column.key: chr(ord("A") + number) for number, column in enumerate(ENTRY_COLUMNS)}
TYPED_ON = datetime(2026, 10, 20)


def _read(folder, *rows, instance=INSTANCE):
    path = folder / "Saisie.xlsx"
    path.write_bytes(GRID)
    filled = {
        f"{COLUMNS[key]}{ENTRY_HEADING_ROW + 2 + number}": value
        for number, row in enumerate(rows)
        for key, value in {"received": TYPED_ON, **row}.items()
    }
    assert type_into_first_sheet(path, filled)
    return reading_of(folder, instance)


def _days(reading, doctor="M001"):
    return sorted({INSTANCE.duty_by_id[duty].date.day for duty in said_by(reading, doctor)})


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("A1", [4]), ("a1", [4]), ("A 1", [4]), ("A-1", [4]), ("A1, A3 ; A5", [4, 6, 8]), ("A1 et A3", [4, 6]), ("A1 à A3", [4, 5, 6]), ("A1-A3", [4, 5, 6]),
        ("3", [6]), ("1, 3", [4, 6]), ("14/01", [14]), ("14/1/27", [14]), ("jeudi 14 janvier", [14]), ("11/1 ; 13/1", [11, 13]),
        ("du 11 au 13 janvier", [11, 12, 13]),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_understood_as_people_type_them(tmp_path, when, days):
    reading = _read(tmp_path, {"doctor": "LE GALL Anne (M001)", "when": when, "value": "impossible"})
    assert _days(reading) == days
    assert not reading.problems


def test_a_period_and_a_weekday_together_mean_those_days_of_the_period(tmp_path):
    row = {"doctor": "M001", "when": "4/1", "until": "17/1", "weekday": "mercredi", "value": "impossible"}
    assert _days(_read(tmp_path, row)) == [6, 13]


def test_a_line_limits_the_row(tmp_path):
    reading = _read(tmp_path, {"doctor": "Guérin", "when": "9/1", "which": "Nuits mobiles", "value": "non"})
    assert list(said_by(reading, "M002")) == [the_duty(INSTANCE, MOBILE, date(2027, 1, 9))]


def test_a_row_may_close_a_whole_line(tmp_path):
    reading = _read(tmp_path, {"doctor": "Guérin", "which": "nuit", "value": "impossible"})
    assert {INSTANCE.duty_by_id[duty].line for duty in said_by(reading, "M002")} == {MOBILE}
    assert len(said_by(reading, "M002")) == 28


@pytest.mark.parametrize(
    "name",
    ["M001", "m001", "Le Gall", "LE GALL Anne", "Anne Le Gall", "Dr Le Gall", "le gall anne", "LE GALL Anne (M001)"],
)
def test_a_doctor_is_found_by_id_and_name(tmp_path, name):
    reading = _read(tmp_path, {"doctor": name, "when": "A1", "value": "impossible"})
    assert reading.answered == ("M001",)


def test_source_and_date_of_reception_are_kept_with_each_row(tmp_path):
    reading = _read(
        tmp_path,
        {"doctor": "M001", "when": "A1", "value": "impossible", "source": "téléphone", "received": "12/10"},
        {"doctor": "M001", "when": "A2", "value": "souhaité", "source": "papier", "received": "13/10/2026"},
    )
    said = [(one.source, one.received) for one in reading.of_doctor["M001"].statements]
    assert said == [("phone", date(2026, 10, 12)), ("paper", date(2026, 10, 13))]


def test_no_constraint_without_a_date_is_an_answer(tmp_path):
    reading = _read(tmp_path, {"doctor": "M001", "value": "aucune contrainte"})
    assert reading.answered == ("M001",) and not reading.empty and not said_by(reading, "M001")


def test_a_maximum_alone_is_an_answer(tmp_path):
    assert _read(tmp_path, {"doctor": "M001", "maximum": 4}).of_doctor["M001"].maximum == 4


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"doctor": "Martin Paul", "when": "A1", "value": "non"}, "reference-in-doubt", "doctor"),
        ({"doctor": "Inconnue", "when": "A1", "value": "non"}, "reference-unknown", "doctor"),
        ({"when": "A1", "value": "non"}, "value-missing", "doctor"),
        ({"doctor": "M007", "when": "A1", "value": "non"}, "doctor-without-duty", "doctor"),
        ({"doctor": "M001", "when": "B1", "value": "non"}, "number-not-held", "when"),
        ({"doctor": "M001", "when": "A99", "value": "non"}, "number-not-held", "when"),
        ({"doctor": "M001", "when": "14/01/2026", "value": "non"}, "date-outside-period", "when"),
        ({"doctor": "M001", "when": "20/1", "until": "10/1", "value": "non"}, "dates-out-of-order", "when"),
        ({"doctor": "M001", "when": "A1"}, "answer-missing", "value"),
        ({"doctor": "M001"}, "answer-missing", "value"),
        ({"doctor": "M001", "when": "A1", "value": "x"}, "answer-unknown", "value"),
        ({"doctor": "M001", "value": "impossible"}, "dates-missing", "when"),
        ({"doctor": "M001", "maximum": "quelques"}, "integer-unreadable", "maximum"),
    ],
)
def test_a_row_that_cannot_be_understood_is_named_at_its_cell(tmp_path, row, code, column):
    reading = _read(tmp_path, row)
    problem = next(one for one in reading.problems if one.code == code)
    assert (problem.file, problem.sheet, problem.cell) == (
        "Saisie.xlsx",
        ENTRY_SHEET,
        f"{COLUMNS[column]}{ENTRY_HEADING_ROW + 2}",
    )
    assert problem.found and problem.wanted and problem.remedy
    assert not reading.availability


def test_an_unreadable_date_of_reception_is_a_problem_and_the_answer_is_kept(tmp_path):
    reading = _read(tmp_path, {"doctor": "M001", "when": "A1", "value": "non", "received": "hier"})
    assert [(one.code, one.cell) for one in reading.problems] == [("date-unreadable", f"{COLUMNS['received']}7")]
    assert _days(reading) == [4]


def test_a_plain_number_needs_its_letter_for_a_doctor_of_two_lines(tmp_path):
    reading = _read(tmp_path, {"doctor": "M002", "when": "3", "value": "non"})
    assert codes(reading) == ["date-unreadable"]


def test_numbers_mean_what_they_meant_when_the_sheets_were_printed(tmp_path):
    fewer = changed(INSTANCE, duties=INSTANCE.duties[1:])
    reading = _read(tmp_path, {"doctor": "M001", "when": "A3", "value": "non"}, instance=fewer)
    assert _days(reading) == [6]


def test_a_number_of_a_duty_gone_since_is_a_problem(tmp_path):
    fewer = changed(INSTANCE, duties=INSTANCE.duties[1:])
    assert codes(_read(tmp_path, {"doctor": "M001", "when": "A1", "value": "non"}, instance=fewer)) == [
        "number-not-held"
    ]


def test_rows_without_a_date_of_reception_are_said_once(tmp_path):
    reading = _read(tmp_path, {"doctor": "M001", "when": "A1", "value": "non", "received": None},
                    {"doctor": "M002", "when": "A1", "value": "non", "received": None})  # fmt: skip
    assert codes(reading) == ["rows-undated"]
    assert "2 lignes" in reading.problems[0].found


def test_a_row_on_days_without_duty_is_noted_without_effect(tmp_path):
    reading = _read(tmp_path, {"doctor": "M005", "when": "9/1", "which": "Samedi", "value": "non"},
                    {"doctor": "M005", "when": "11/1", "which": "Samedi", "value": "non"})  # fmt: skip
    assert codes(reading) == ["no-duty-reached"]
    assert len(said_by(reading, "M005")) == 1


def test_the_phone_call_after_the_form_wins_and_the_form_is_kept(tmp_path):
    monday = the_duty(INSTANCE, FIXED, date(2027, 1, 4))
    cells = cells_of(QUESTIONS, "M001")
    write_form(QUESTIONS, "M001", tmp_path / "a.xlsx", {cells[monday]: "souhaité", "H13": "01/10/2026"})
    reading = _read(tmp_path, {"doctor": "M001", "when": "A1", "value": "impossible", "source": "tél."})
    assert said_by(reading, "M001") == {monday: ["impossible"]}
    problem = next(one for one in reading.problems if one.code == "answer-outdated")
    assert (problem.severity, problem.file, problem.cell) == ("information", "a.xlsx", cells[monday])


def test_the_form_after_the_phone_call_wins(tmp_path):
    monday = the_duty(INSTANCE, FIXED, date(2027, 1, 4))
    cells = cells_of(QUESTIONS, "M001")
    write_form(QUESTIONS, "M001", tmp_path / "a.xlsx", {cells[monday]: "souhaité", "H13": "25/10/2026"})
    reading = _read(tmp_path, {"doctor": "M001", "when": "A1", "value": "impossible"})
    assert said_by(reading, "M001") == {monday: ["wish"]}


def test_an_empty_cell_of_a_later_form_takes_back_nothing_said_by_phone(tmp_path):
    write_form(QUESTIONS, "M001", tmp_path / "a.xlsx", {"H13": "25/10/2026", "D12": "oui"})
    reading = _read(tmp_path, {"doctor": "M001", "when": "A1", "value": "impossible"})
    assert len(said_by(reading, "M001")) == 1


def _csv(folder, text, encoding="cp1252", name="libre.csv"):
    (folder / name).write_bytes(text.encode(encoding))
    return reading_of(folder, INSTANCE)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_csv_of_french_excel_is_read(tmp_path, encoding):
    text = "Médecin;Date ou du;Au;Garde/ligne;Valeur\r\nCœur Zoé;9 janv. 27;11/01/2027;MMG du Sud;indisponible\r\nGuérin;12/1;;;à éviter\r\n"
    reading = _csv(tmp_path, text, encoding)
    assert not reading.problems
    assert _days(reading, "M005") == [9, 10, 11]
    assert {value for values in said_by(reading, "M002").values() for value in values} == {"avoid"}


def test_columns_may_stand_in_any_order_beside_unknown_ones(tmp_path):
    reading = _csv(tmp_path, "valeur;ville;nom;date\nnon;Nantes;Le Gall;5/1\n")
    assert _days(reading) == [5]
    assert codes(reading) == ["column-unknown"]


def test_a_table_may_name_the_duty_by_its_id(tmp_path):
    duty = the_duty(INSTANCE, FIXED, date(2027, 1, 9))
    assert list(said_by(_csv(tmp_path, f"médecin;garde;valeur\nM001;{duty};souhaité\n"), "M001")) == [duty]


def test_a_table_without_doctors_is_not_taken_for_answers(tmp_path):
    assert codes(_csv(tmp_path, "ville;jour\nNantes;5/1\n")) == ["file-unrecognised"]


def test_a_grid_of_another_quarter_is_refused(tmp_path):
    other = asking(department(start=date(2026, 10, 1), end=date(2026, 12, 31)))
    (tmp_path / "Saisie.xlsx").write_bytes(entry_form(other, made_on=MADE_ON))
    assert codes(reading_of(tmp_path, INSTANCE)) == ["form-other-period"]
