"""Workbooks become values with addresses, headings are matched as people write them, and what is odd is said."""

import datetime as dt
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from rosterplan.sheets.cells.sheets import find_sheet, unknown_sheets
from rosterplan.sheets.cells.tables import Column, read_table
from rosterplan.sheets.cells.values import read_integer
from rosterplan.sheets.cells.workbook import Sheet, address, read_workbook

COLUMNS = (
    Column("name", "Médecin", synonyms=("nom",), required=True),
    Column("start", "Du"),
    Column("count", "Nombre de gardes"),
)


def book(path: Path, rows: list[list[object]], **options: object) -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    for merged in options.get("merge", ()):
        workbook.active.merge_cells(merged)
    if options.get("mac"):
        workbook.epoch = CALENDAR_MAC_1904
    workbook.save(path)
    return path


def sheet_of(path: Path) -> Sheet:
    return next(iter(read_workbook(path).sheets.values()))


def test_values_are_cleaned_and_keep_their_address(tmp_path: Path) -> None:
    rows = [
        ["e\u0301te\u0301", 3.0, 2.5],
        [None, " OUI\u00a0", True],
        [dt.date(2027, 3, 3), dt.datetime(2027, 3, 3, 20, 30), dt.time(8, 30)],
    ]
    sheet = sheet_of(book(tmp_path / "a.xlsx", rows))
    assert sheet.rows == (
        ("été", 3, 2.5),
        (None, "OUI", True),
        (dt.date(2027, 3, 3), dt.datetime(2027, 3, 3, 20, 30), dt.time(8, 30)),
    )
    assert type(sheet.at(0, 1)) is int
    assert address(0, 0) == "A1" and address(6, 1) == "B7" and address(0, 26) == "AA1" and address(0, 16383) == "XFD1"


def test_rows_keep_their_number_when_the_sheet_does_not_begin_at_a1(tmp_path: Path) -> None:
    assert sheet_of(book(tmp_path / "a.xlsx", [[], [None, "x"]])).at(1, 1) == "x"


def test_both_date_systems_give_the_same_day(tmp_path: Path) -> None:
    ordinary = sheet_of(book(tmp_path / "a.xlsx", [[dt.date(2027, 3, 3)]]))
    mac = sheet_of(book(tmp_path / "b.xlsx", [[dt.date(2027, 3, 3)]], mac=True))
    assert ordinary.rows == mac.rows == ((dt.date(2027, 3, 3),),)
    assert mac.date1904 and not ordinary.date1904


def test_a_merged_range_has_its_first_value_everywhere(tmp_path: Path) -> None:
    sheet = sheet_of(book(tmp_path / "a.xlsx", [["congés", None, 1], [None, None, 2]], merge=["A1:B2"]))
    assert [sheet.at(row, column) for row in (0, 1) for column in (0, 1)] == ["congés"] * 4
    assert sheet.at(1, 2) == 2 and sheet.at(9, 9) is None


def test_a_formula_never_computed_or_in_error_is_seen(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["Médecin", "Du"], ["A", "=1+1"], ["B", "#N/A"]])
    sheet = sheet_of(path)
    assert sheet.uncomputed == {(1, 1): "", (2, 1): "#N/A"} and sheet.at(1, 1) is None
    problems = read_table(sheet, COLUMNS).problems
    assert [(problem.code, problem.cell) for problem in problems] == [
        ("formula-without-value", "B2"),
        ("formula-error", "B3"),
    ]
    assert "enregistrez" in problems[0].remedy


def test_a_computed_formula_is_its_value_and_an_empty_text_is_blank(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", '=""', None, "")
        sheet.write_formula("A3", '="x"', None, "x")
    read = sheet_of(tmp_path / "a.xlsx")
    assert (read.at(0, 0), read.at(1, 0), read.at(2, 0)) == (2, None, "x")
    assert (0, 0) not in read.uncomputed and (2, 0) not in read.uncomputed


def test_many_formulas_without_value_are_counted_not_listed(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Médecin"], *[["=1+1"] for _ in range(30)]]
    problems = read_table(sheet_of(book(tmp_path / "a.xlsx", rows)), COLUMNS).problems
    assert len(problems) == 11 and problems[-1].found.startswith("20 ")


def test_csv_of_french_excel_utf8_and_unicode_text_are_read_alike(tmp_path: Path) -> None:
    text = "Médecin;Du\nLe Guén;3 mars\n"
    (tmp_path / "a.csv").write_bytes(text.encode("cp1252"))
    (tmp_path / "b.csv").write_bytes(text.encode("utf-8-sig"))
    (tmp_path / "c.csv").write_text(text.replace(";", ","), encoding="utf-8")
    (tmp_path / "d.csv").write_bytes(text.replace(";", "\t").encode("utf-16"))
    (tmp_path / "e.csv").write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))
    expected = (("Médecin", "Du"), ("Le Guén", "3 mars"))
    assert {sheet_of(path).rows for path in tmp_path.glob("*.csv")} == {expected}


def test_a_quotation_mark_left_open_over_a_long_csv_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('Médecin;Du\nLe Guén;"3 mars\n' + "Cœur;4 mars\n" * 20_000, encoding="utf-8")
    read = read_workbook(tmp_path / "a.csv")
    assert [(one.code, one.file) for one in read.problems] == [("file-damaged", "a.csv")]
    assert "guillemet" in read.problems[0].remedy and not read.readable


def test_rows_of_a_csv_have_one_length(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('a;b;c\n1;"x\ny"\n\n;;\n', encoding="utf-8")
    assert sheet_of(tmp_path / "a.csv").rows == (("a", "b", "c"), ("1", "x\ny", None))


def test_headings_are_found_under_a_title_in_any_order_case_and_accents(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Liste des absences"],
        [],
        ["NOMBRE  DE GARDES", "me\u0301decin ", "du"],
        [2, "A", "3 mars"],
        [],
        [None, "B"],
    ]
    table = read_table(sheet_of(book(tmp_path / "a.xlsx", rows)), COLUMNS)
    assert table.heading_row == 2 and not table.problems
    assert [(record.text("name"), record.value("count"), record.name) for record in table.records] == [
        ("A", 2, "Sheet!4"),
        ("B", None, "Sheet!6"),
    ]
    assert table.records[0].cell("start") == "C4"


def test_renamed_missing_and_extra_columns_are_reported(tmp_path: Path) -> None:
    table = read_table(
        sheet_of(book(tmp_path / "a.xlsx", [["Médecins", "Du", "Remarque", "Du"], ["A", "x", "y", "z"]])), COLUMNS
    )
    found = {(problem.code, problem.severity, problem.cell) for problem in table.problems}
    assert found == {
        ("column-unknown", "avertissement", "A1"),
        ("column-unknown", "information", "C1"),
        ("column-twice", "avertissement", "D1"),
        ("column-missing", "erreur", ""),
    }
    assert any("« Médecin »" in problem.remedy for problem in table.problems)


def test_a_problem_in_a_cell_bears_its_address(tmp_path: Path) -> None:
    table = read_table(
        sheet_of(book(tmp_path / "a.xlsx", [["Médecin", "Nombre de gardes"], ["A", "beaucoup"], [None, 2]])), COLUMNS
    )
    problems: list = []
    assert [record.read("count", read_integer, problems) for record in table.records] == [None, 2]
    assert [record.read("name", str, problems, required=True) for record in table.records] == [
        "A",
        None,
    ]
    assert [(problem.code, problem.file, problem.sheet, problem.cell) for problem in problems] == [
        ("integer-unreadable", "a.xlsx", "Sheet", "B2"),
        ("value-missing", "a.xlsx", "Sheet", "A3"),
    ]
    assert problems[1].found == "une cellule vide dans la colonne « Médecin »"


def test_sheets_are_found_whatever_their_accents_and_the_others_named(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for name in ("MEDECINS ", "Lgines", "Brouillon", "_cache"):
        workbook.create_sheet(name)
    workbook.remove(workbook["Sheet"])
    workbook.save(tmp_path / "a.xlsx")
    read = read_workbook(tmp_path / "a.xlsx")
    found = find_sheet(read, ("Médecins",))
    assert found is not None and found.empty
    problems = unknown_sheets(read, ("Médecins", "Lignes"), ("Lignes",))
    assert [(problem.sheet, problem.severity) for problem in problems] == [
        ("Lgines", "avertissement"),
        ("Brouillon", "information"),
    ]
    assert "« Lignes »" in problems[0].remedy
