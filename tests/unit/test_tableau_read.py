"""An edited tableau, a table chosen in a meeting, and the corrections of a folder."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from rosterplan.domain.instance import Lock
from rosterplan.domain.tableau_layout import (
    LISTE,
    LISTE_COLUMNS,
    LISTE_HEADER_ROW,
    ORIGINE,
    ORIGINE_CELLS,
    ORIGINE_COLUMNS,
    ORIGINE_HEADER_ROW,
    ORIGINE_SHEETS,
    ORIGINE_SHEETS_COLUMN,
    held_sha256,
    texts_sha256,
)
from rosterplan.sheets.forms.sector import sector_form, sectors_with_duties
from rosterplan.sheets.tableau.corrections import corrections_xlsx, read_corrections, with_corrections
from rosterplan.sheets.tableau.read import read_tableau
from tests.forms_factory import FIXED, MADE_ON, asking, changed, department, the_duty, type_into

PLAIN = department()
DUTIES = [the_duty(PLAIN, FIXED, date(2027, 1, day)) for day in (4, 5, 6, 7)]
ONE, TWO, PAIR, EMPTY = DUTIES
INSTANCE = changed(
    PLAIN,
    duties=tuple(
        duty.model_copy(update={"need_min": 2, "need_max": 2}) if duty.id == PAIR else duty for duty in PLAIN.duties
    ),
    locks=(Lock(duty=TWO, doctor="M002", who="Mme Roux", why="échange"),),
)
POSITIONS = [
    (ONE, "M001", False),
    (TWO, "M002", True),
    (PAIR, "M001", False),
    (PAIR, "M003", False),
    (EMPTY, None, False),
]
WRITTEN = held_sha256((duty, doctor, locked) for duty, doctor, locked in POSITIONS if doctor)
ROW = {duty: LISTE_HEADER_ROW + 1 + number for number, duty in enumerate((ONE, TWO, PAIR))} | {
    EMPTY: LISTE_HEADER_ROW + 5
}
DOCTOR_COLUMN, LOCK_COLUMN = (chr(ord("A") + LISTE_COLUMNS.index(name)) for name in ("Médecin", "Verrou"))


def _tableau(path: Path, *, instance=INSTANCE, edit=None) -> Path:
    """A tableau as the report writes it, with two sheets beside: what is read back of it, no more."""
    book = openpyxl.Workbook()
    liste, other, origin = book.active, book.create_sheet("Janvier"), book.create_sheet(ORIGINE)
    liste.title = LISTE
    liste.append(["Liste des gardes"])
    for column, name in enumerate(LISTE_COLUMNS, 1):
        liste.cell(LISTE_HEADER_ROW, column, name)
    for name, row in ORIGINE_CELLS._asdict().items():
        origin.cell(row, 1, name)
        origin.cell(
            row, 2, {"schema": "1", "instance": instance.id, "input_sha256": "abc", "roster_sha256": WRITTEN}[name]
        )
    for column, name in enumerate(ORIGINE_COLUMNS, 1):
        origin.cell(ORIGINE_HEADER_ROW, column, name)
    for number, (duty, doctor, locked) in enumerate(POSITIONS, 1):
        label = instance.doctor_by_id[doctor].label if doctor else None
        row = {"Médecin": label, "Verrou": "oui" if locked else None, "Garde": duty, "Jour": "lundi"}
        for column, name in enumerate(LISTE_COLUMNS, 1):
            liste.cell(LISTE_HEADER_ROW + number, column, row.get(name))
        for column, value in enumerate((duty, number, doctor or "", "oui" if locked else ""), 1):
            origin.cell(ORIGINE_HEADER_ROW + number, column, value)
    other["A1"], other["B2"], other["C3"] = "Janvier 2027", "LE GALL", 7
    for step, name in enumerate(ORIGINE_SHEETS):
        origin.cell(ORIGINE_HEADER_ROW, ORIGINE_SHEETS_COLUMN + step, name)
    origin.cell(ORIGINE_HEADER_ROW + 1, ORIGINE_SHEETS_COLUMN, "Janvier")
    origin.cell(
        ORIGINE_HEADER_ROW + 1, ORIGINE_SHEETS_COLUMN + 1, texts_sha256([(0, 0, "Janvier 2027"), (1, 1, "LE GALL")])
    )
    origin.sheet_state = "hidden"
    if edit:
        edit(book)
    book.save(path)
    return path


def _edited(folder, cells, **more):
    def edit(book):
        for address, value in cells.items():
            book[LISTE][address] = value

    return read_tableau(_tableau(folder / "tableau.xlsx", edit=edit, **more), INSTANCE, signed_by="Dr Coord")


def test_an_untouched_tableau_changes_nothing_and_keeps_its_locks(tmp_path):
    reading = _edited(tmp_path, {})
    assert (reading.changed, reading.problems, reading.freed) == ((), (), ())
    assert reading.locks == INSTANCE.locks
    assert reading.input_sha256 == "abc"
    assert {(one.duty, one.doctor, one.locked) for one in reading.roster.assignments} == {
        (ONE, "M001", False), (TWO, "M002", True), (PAIR, "M001", False), (PAIR, "M003", False),
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["M003", "MARTIN Paul (M003)", "Dr MARTIN Paul (M003)", "m003"])
def test_a_doctor_changed_by_hand_is_a_signed_lock(tmp_path, typed):
    reading = _edited(tmp_path, {f"{DOCTOR_COLUMN}{ROW[ONE]}": typed})
    (change,) = reading.changed
    assert (change.duty, change.before, change.after) == (ONE, "M001", "M003")
    lock = next(one for one in reading.locks if one.duty == ONE)
    assert (lock.doctor, lock.who) == ("M003", "Dr Coord") and lock.why


@pytest.mark.parametrize("typed", ["Guérin", "GUERIN", "Hélène Guérin", "Dr GUÉRIN Hélène"])
def test_a_last_name_only_one_bears_is_enough(tmp_path, typed):
    assert _edited(tmp_path, {f"{DOCTOR_COLUMN}{ROW[ONE]}": typed}).changed[0].after == "M002"


def test_a_name_two_doctors_bear_is_a_problem_at_its_cell(tmp_path):
    reading = _edited(tmp_path, {f"{DOCTOR_COLUMN}{ROW[ONE]}": "Martin Paul"})
    (problem,) = reading.problems
    assert (problem.code, problem.sheet, problem.cell) == ("reference-in-doubt", LISTE, f"{DOCTOR_COLUMN}{ROW[ONE]}")
    assert reading.changed == ()


@pytest.mark.parametrize("typed", [None, "laissée vide", "—", "Personne"])
def test_a_cell_cleared_is_left_empty(tmp_path, typed):
    reading = _edited(tmp_path, {f"{DOCTOR_COLUMN}{ROW[ONE]}": typed})
    assert [(one.before, one.after) for one in reading.changed] == [("M001", None)]
    assert [one.doctor for one in reading.locks if one.duty == ONE] == [None]
    assert ONE not in reading.roster.doctors_of


def test_clearing_one_place_of_two_keeps_the_doctor_of_the_other(tmp_path):
    reading = _edited(tmp_path, {f"{DOCTOR_COLUMN}{ROW[PAIR]}": None})
    assert {one.doctor for one in reading.locks if one.duty == PAIR} == {None, "M003"}


def test_two_doctors_of_one_duty_exchanged_is_no_change(tmp_path):
    one, two = (INSTANCE.doctor_by_id[doctor].label for doctor in ("M003", "M001"))
    reading = _edited(tmp_path, {f"{DOCTOR_COLUMN}{ROW[PAIR]}": one, f"{DOCTOR_COLUMN}{ROW[PAIR] + 1}": two})
    assert reading.changed == ()


def test_a_cell_marked_stays_even_unchanged_or_empty(tmp_path):
    reading = _edited(tmp_path, {f"{LOCK_COLUMN}{ROW[ONE]}": "oui", f"{LOCK_COLUMN}{ROW[EMPTY]}": "oui"})
    assert {(one.duty, one.doctor) for one in reading.locks} == {(ONE, "M001"), (TWO, "M002"), (EMPTY, None)}
    assert reading.changed == ()


def test_a_mark_erased_gives_the_duty_back(tmp_path):
    reading = _edited(tmp_path, {f"{LOCK_COLUMN}{ROW[TWO]}": None})
    assert reading.locks == () and reading.freed == (TWO,)
    assert with_corrections(INSTANCE.locks, reading.locks, reading.freed) == ()


def test_an_empty_position_filled_by_hand_is_kept(tmp_path):
    reading = _edited(tmp_path, {f"{DOCTOR_COLUMN}{ROW[EMPTY]}": "M001"})
    assert [(one.before, one.after) for one in reading.changed] == [(None, "M001")]


def test_complete_locks_what_a_person_decided_and_nothing_more(tmp_path):
    reading = _edited(tmp_path, {f"{DOCTOR_COLUMN}{ROW[ONE]}": "M003"})
    assert {(one.duty, one.doctor) for one in reading.completing()} == {(ONE, "M003"), (TWO, "M002")}


def test_complete_fills_a_cell_cleared_by_hand_but_not_one_marked_empty(tmp_path):
    cleared = {f"{DOCTOR_COLUMN}{ROW[ONE]}": None}
    reading = _edited(tmp_path, cleared)
    assert [one for one in reading.completing() if one.duty == ONE] == []
    reading = _edited(tmp_path, {**cleared, f"{LOCK_COLUMN}{ROW[ONE]}": "oui"})
    assert [one.doctor for one in reading.completing() if one.duty == ONE] == [None]


def test_complete_fills_a_cell_that_was_locked_then_cleared_with_its_mark(tmp_path):
    reading = _edited(tmp_path, {f"{DOCTOR_COLUMN}{ROW[TWO]}": None, f"{LOCK_COLUMN}{ROW[TWO]}": None})
    locks = with_corrections(INSTANCE.locks, reading.completing(), reading.freed)
    assert [one for one in locks if one.duty == TWO] == []


def test_rows_sorted_by_a_person_are_the_same_rows(tmp_path):
    def reverse(book):
        sheet = book[LISTE]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=LISTE_HEADER_ROW + 1)]
        for number, row in enumerate(reversed(rows), LISTE_HEADER_ROW + 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value

    reading = read_tableau(_tableau(tmp_path / "t.xlsx", edit=reverse), INSTANCE)
    assert (reading.changed, reading.problems) == ((), ())


def test_a_row_deleted_stands_as_it_was_written_and_is_said(tmp_path):
    reading = read_tableau(_tableau(tmp_path / "t.xlsx", edit=lambda book: book[LISTE].delete_rows(ROW[ONE])), INSTANCE)
    assert [one.code for one in reading.problems] == ["rows-removed"]
    assert reading.roster.doctors_of[ONE] == ("M001",) and reading.changed == ()


def test_another_sheet_changed_is_said_and_not_read(tmp_path):
    def edit(book):
        book["Janvier"]["B2"] = "GUÉRIN"

    reading = read_tableau(_tableau(tmp_path / "t.xlsx", edit=edit), INSTANCE)
    assert [(one.code, one.sheet) for one in reading.problems] == [("sheet-touched", "Janvier")]
    assert reading.changed == ()


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({f"{DOCTOR_COLUMN}{ROW[ONE]}": "Inconnu"}, "reference-unknown"),
        ({f"{LOCK_COLUMN}{ROW[ONE]}": "peut-être"}, "yes-no-unreadable"),
        ({f"{DOCTOR_COLUMN}{ROW[PAIR]}": "M003"}, "doctor-twice"),
        ({f"{DOCTOR_COLUMN}{ROW[ONE]}": "=B1"}, "formula-without-value"),
    ],
)
def test_a_cell_that_cannot_be_understood_is_a_problem(tmp_path, cells, code):
    problem = next(one for one in _edited(tmp_path, cells).problems if one.code == code)
    assert problem.sheet == LISTE and problem.cell and problem.remedy


def test_an_id_of_duty_altered_is_a_problem(tmp_path):
    column = chr(ord("A") + LISTE_COLUMNS.index("Garde"))
    reading = _edited(tmp_path, {f"{column}{ROW[ONE]}": "MMG/2027"})
    assert {"duty-unknown"} <= {one.code for one in reading.problems}


def test_the_tableau_of_another_plan_is_refused(tmp_path):
    other = changed(INSTANCE, id="autre")
    assert [one.code for one in read_tableau(_tableau(tmp_path / "t.xlsx", instance=other), INSTANCE).problems] == [
        "tableau-other-plan"
    ]


def test_a_tableau_of_another_version_is_refused(tmp_path):
    def edit(book):
        book[ORIGINE]["B1"] = "99"

    assert [one.code for one in read_tableau(_tableau(tmp_path / "t.xlsx", edit=edit), INSTANCE).problems] == [
        "tableau-schema"
    ]


@pytest.mark.parametrize("cell", ["C7", "D8", "B4"])
def test_a_hidden_sheet_altered_is_refused_since_it_alone_tells_what_was_changed(tmp_path, cell):
    def edit(book):
        book[ORIGINE][cell] = "M003"

    reading = read_tableau(_tableau(tmp_path / "t.xlsx", edit=edit), INSTANCE)
    assert [(one.code, one.sheet) for one in reading.problems] == [("tableau-origin-altered", ORIGINE)]


def test_a_workbook_that_is_no_tableau_is_a_problem(tmp_path):
    openpyxl.Workbook().save(tmp_path / "t.xlsx")
    assert [one.code for one in read_tableau(tmp_path / "t.xlsx", INSTANCE).problems] == ["sheet-missing"]
    (tmp_path / "u.xlsx").write_bytes(b"PK")
    assert [one.severity for one in read_tableau(tmp_path / "u.xlsx", INSTANCE).problems] == ["erreur"]


def test_a_workbook_without_any_duty_is_no_choice(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Médecin", "Ligne", "Date", "Garde"])
    book.save(tmp_path / "plan.xlsx")
    reading = read_tableau(tmp_path / "plan.xlsx", INSTANCE)
    assert [(one.code, one.severity) for one in reading.problems] == [("no-position", "erreur")]


def test_the_choice_of_a_sector_is_kept_and_its_empty_cells_are_free(tmp_path):
    questions = asking(PLAIN)
    content = next(one for one in sectors_with_duties(questions) if one.sector.id == "NORD")
    path = tmp_path / "Nord.xlsx"
    path.write_bytes(sector_form(questions, content, made_on=MADE_ON))
    type_into(path, {"E6": "LE GALL Anne (M001)", "E8": "Guérin"}, "Choix en réunion")
    reading = read_tableau(path, PLAIN, signed_by="Secteur Nord")
    assert reading.choice and not reading.problems
    assert [(one.duty, one.doctor, one.who) for one in reading.locks] == [
        (ONE, "M001", "Secteur Nord"),
        (PAIR, "M002", "Secteur Nord"),
    ]
    assert {one.duty for one in reading.roster.assignments} == {ONE, PAIR}


@pytest.mark.parametrize(
    ("row", "duty"),
    [
        ("04/01/2027;MMG du Nord;;Guérin", ONE),
        ("lundi 4 janvier;MMG-NORD;20h-24h;M002", ONE),
        ("10/1;MMG du Nord;16 h – 24 h;M002", the_duty(PLAIN, FIXED, date(2027, 1, 10), 16)),
        ("10/1;MMG du Nord;8h;M002", the_duty(PLAIN, FIXED, date(2027, 1, 10), 8)),
    ],
)
def test_a_table_of_ones_own_names_duties_by_date_line_and_hours(tmp_path, row, duty):
    (tmp_path / "reunion.csv").write_bytes(f"Date;Ligne;Horaires;Médecin\r\n{row}\r\n".encode("cp1252"))
    reading = read_tableau(tmp_path / "reunion.csv", PLAIN)
    assert not reading.problems
    assert [(one.duty, one.doctor) for one in reading.locks] == [(duty, "M002")]


@pytest.mark.parametrize(
    ("row", "code"),
    [("10/1;MMG du Nord;;M002", "duty-in-doubt"), ("10/1;MMG du Nord;20h;M002", "duty-in-doubt"), ("10/2;MMG du Nord;;M002", "date-outside-period"),
     (";MMG du Nord;;M002", "duty-unsaid"), ("4/1;Ailleurs;;M002", "reference-unknown")],
)  # fmt: skip
def test_a_row_that_names_no_single_duty_is_a_problem(tmp_path, row, code):
    (tmp_path / "reunion.csv").write_bytes(f"Date;Ligne;Horaires;Médecin\r\n{row}\r\n".encode("cp1252"))
    reading = read_tableau(tmp_path / "reunion.csv", PLAIN)
    assert [one.code for one in reading.problems] == [code] and not reading.locks


def test_corrections_written_come_back_equal(tmp_path):
    locks = (
        Lock(duty=ONE, doctor="M001", who="Mme Roux", why="=congrès ; décalé"),
        Lock(duty=EMPTY, doctor=None, who="Dr Coord", why=""),
        Lock(duty=PAIR, doctor="M003"),
    )
    (tmp_path / "corrections.xlsx").write_bytes(corrections_xlsx(INSTANCE, locks, made_on=MADE_ON))
    reading = read_corrections(tmp_path / "corrections.xlsx", INSTANCE)
    assert (reading.locks, reading.problems) == (locks, ())


def test_no_corrections_file_is_no_correction(tmp_path):
    assert read_corrections(tmp_path / "corrections.xlsx", INSTANCE).locks == ()


def test_a_correction_without_doctor_must_say_it_is_left_empty(tmp_path):
    (tmp_path / "corrections.xlsx").write_bytes(
        corrections_xlsx(INSTANCE, [Lock(duty=ONE, doctor="M001")], made_on=MADE_ON)
    )
    type_into(tmp_path / "corrections.xlsx", {"D6": None})
    reading = read_corrections(tmp_path / "corrections.xlsx", INSTANCE)
    assert [(one.code, one.cell) for one in reading.problems] == [("doctor-missing", "D6")] and not reading.locks


def test_later_corrections_replace_earlier_ones_on_the_same_duty():
    earlier = (Lock(duty=ONE, doctor="M001"), Lock(duty=TWO, doctor="M002"))
    later = (Lock(duty=ONE, doctor=None),)
    assert with_corrections(earlier, later) == (earlier[1], later[0])


def test_the_tableau_the_report_writes_is_read_back(tmp_path):
    from rosterplan.report.facts import Facts
    from rosterplan.report.tableau.workbook import tableau_xlsx
    from tests.report_factory import department as reported

    case = reported(sectors=2, doctors=8, start=date(2027, 1, 4), end=date(2027, 1, 17))
    facts = Facts(case.instance, case.rules, case.roster, case.result, case.audit, "abc")
    path = tmp_path / "tableau.xlsx"
    path.write_bytes(tableau_xlsx(facts))
    reading = read_tableau(path, case.instance)
    assert (reading.changed, reading.problems) == ((), ())
    assert reading.roster.doctors_of == case.roster.doctors_of
    first = next(one for one in case.roster.assignments if not one.locked)
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    row = next(row for row in book[LISTE].iter_rows() if row[LISTE_COLUMNS.index("Garde")].value == first.duty)
    row[LISTE_COLUMNS.index("Médecin")].value = None
    book.save(path)
    assert [(one.duty, one.after) for one in read_tableau(path, case.instance).changed] == [(first.duty, None)]
    del book[LISTE]
    book.save(path)
    missing = read_tableau(path, case.instance)
    assert [(one.code, one.found) for one in missing.problems] == [("sheet-missing", "pas de feuille « Liste »")]


def test_a_renamed_list_is_still_found_by_its_duties(tmp_path):
    path = _tableau(tmp_path / "tableau.xlsx", edit=lambda book: setattr(book[LISTE], "title", "Liste de mars"))
    reading = read_tableau(path, INSTANCE)
    assert [one for one in reading.problems if one.severity == "erreur"] == []
    assert reading.roster.doctors_of[ONE] == ("M001",)
