"""`tableau.xlsx`: all its sheets, what is read back, and nothing a name or a strange folder can break."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from rosterplan.audit import audit
from rosterplan.domain.explanations import Candidate, Obstacle
from rosterplan.domain.fairness import with_dues
from rosterplan.domain.findings import AuditReport
from rosterplan.domain.instance import Instance, Period
from rosterplan.domain.people import Membership
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Roster, roster_of
from rosterplan.domain.tableau_layout import (
    DOCTOR,
    DUTY,
    LISTE,
    LISTE_COLUMNS,
    LISTE_HEADER_ROW,
    LOCK,
    LOCKED,
    ORIGINE,
    ORIGINE_CELLS,
    ORIGINE_COLUMNS,
    ORIGINE_HEADER_ROW,
    roster_sha256,
)
from rosterplan.messages import speaking
from rosterplan.report.facts import Facts
from rosterplan.report.tableau import tableau_xlsx
from rosterplan.report.tableau.names import sheet_names
from rosterplan.sheets.tableau.read import read_tableau
from tests.report_factory import Case, department

SHA = "ef" * 32
FAMILIES = {
    "Sommaire", LISTE, "Janvier 2027", "MMG Clairval", "Ordre (CDOM)", "Gardes non pourvues", "Médecins",
    "Juste répartition", "Graphiques", "Vœux", "Indicateurs", "Règles", "Calcul", "Dr ABGRALL Anne",
}  # fmt: skip


def facts_of(case: Case, **changes: object) -> Facts:
    given = {
        "instance": case.instance, "rules": case.rules, "roster": case.roster, "result": case.result,
        "audit": case.audit, "input_sha256": SHA,
    }  # fmt: skip
    return Facts(**{**given, **changes})


def with_fields(instance: Instance, **changes: object) -> Instance:
    return Instance.model_validate({**{name: getattr(instance, name) for name in Instance.model_fields}, **changes})


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def liste_rows(data: bytes) -> list[dict[str, object]]:
    sheet = opened(data)[LISTE]
    rows = sheet.iter_rows(min_row=LISTE_HEADER_ROW, values_only=True)
    headings = next(rows)
    return [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def case() -> Case:
    return department(sectors=2, doctors=12, end=date(2027, 1, 17), nights=1)


@pytest.fixture(scope="module")
def data(case: Case) -> bytes:
    return tableau_xlsx(facts_of(case))


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return opened(data)


def test_every_family_of_sheets_is_there(book: Workbook) -> None:
    assert set(book.sheetnames) >= FAMILIES
    assert book.active.title == "Sommaire"
    assert {sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"} == {"_listes", ORIGINE}


def test_the_summary_never_counts_nought_proved_unavoidable(case: Case) -> None:
    shortest = case.instance.duties[0].id
    emptied = case.roster.model_copy(
        update={"assignments": tuple(one for one in case.roster.assignments if one.duty != shortest)}
    )
    report = audit(case.instance, case.rules, emptied)
    for proven in ((), (shortest,)):
        result = case.result.model_copy(update={"proven_holes": proven})
        facts = facts_of(case, roster=emptied, audit=report, result=result)
        told = " ".join(
            str(cell) for row in opened(tableau_xlsx(facts))["Sommaire"].iter_rows(values_only=True) for cell in row
        )
        assert ("(dont 1 prouvée inévitable)" in told) is bool(proven)
        assert "dont 0" not in told


def test_every_visible_sheet_prints_with_paper_margins_and_page_numbers(book: Workbook) -> None:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            assert sheet.page_setup.paperSize in (8, 9), sheet.title
            assert "&P / &N" in sheet.HeaderFooter.oddFooter.right.text, sheet.title
            assert sheet.HeaderFooter.oddFooter.left.text


def test_the_list_has_a_row_per_position_with_the_headings_of_the_contract(case: Case, data: bytes) -> None:
    rows = liste_rows(data)
    assert tuple(rows[0]) == LISTE_COLUMNS
    assert sorted(str(row[DUTY]) for row in rows) == sorted(duty.id for duty in case.instance.duties)
    held = {(str(row[DUTY]), row[DOCTOR]) for row in rows if row[DOCTOR]}
    assert held == {(one.duty, case.instance.doctor_by_id[one.doctor].label) for one in case.roster.assignments}


def test_an_unfilled_position_is_an_empty_cell_that_says_so_beside(case: Case, data: bytes) -> None:
    empty = [row for row in liste_rows(data) if row[DOCTOR] is None]
    assert len(empty) == len(facts_of(case).holes)
    assert all("non pourvue" in str(row["Remarque"]) for row in empty)


def test_a_lock_is_shown_with_who_and_why(case: Case, data: bytes) -> None:
    locked = {str(row[DUTY]): row for row in liste_rows(data) if row[LOCK] == LOCKED}
    assert set(locked) == {lock.duty for lock in case.instance.locks}
    assert "décidé par Mme Lorient : échange convenu en réunion" in str(locked[case.instance.locks[0].duty]["Remarque"])


def test_the_drop_down_of_a_line_offers_its_doctors_and_warns_for_others(case: Case, book: Workbook) -> None:
    sheet, lists = book[LISTE], book["_listes"]
    column = LISTE_COLUMNS.index(DOCTOR) + 1
    offered = {cell.value: cell.column_letter for cell in lists[1]}
    for validation in sheet.data_validations.dataValidation:
        first = next(iter(validation.sqref.ranges))
        if first.min_col != column:
            continue
        row = {heading: sheet.cell(first.min_row, number + 1).value for number, heading in enumerate(LISTE_COLUMNS)}
        line = case.instance.duty_by_id[str(row[DUTY])].line
        assert f"!${offered[line]}$2:" in validation.formula1
        assert validation.errorStyle == "warning"
    names = [cell.value for cell in lists[offered["MMG-S01"]][1:] if cell.value]
    serving = [doctor for doctor in case.instance.doctors if any(member.sector == "S01" for member in doctor.sectors)]
    assert sorted(names) == sorted(doctor.label for doctor in serving)


def test_every_row_of_the_list_has_its_drop_downs(case: Case, book: Workbook) -> None:
    sheet = book[LISTE]
    covered: dict[int, set[int]] = {}
    for validation in sheet.data_validations.dataValidation:
        for area in validation.sqref.ranges:
            covered.setdefault(area.min_col, set()).update(range(area.min_row, area.max_row + 1))
    rows = set(range(LISTE_HEADER_ROW + 1, LISTE_HEADER_ROW + 1 + len(facts_of(case).seats)))
    assert covered == {LISTE_COLUMNS.index(DOCTOR) + 1: rows, LISTE_COLUMNS.index(LOCK) + 1: rows}


def test_the_hidden_sheet_holds_what_was_written_and_its_hash(case: Case, book: Workbook) -> None:
    sheet = book[ORIGINE]
    assert sheet.cell(ORIGINE_CELLS.roster_sha256, 2).value == roster_sha256(case.roster)
    assert sheet.cell(ORIGINE_CELLS.input_sha256, 2).value == SHA
    rows = list(sheet.iter_rows(min_row=ORIGINE_HEADER_ROW, max_col=4, values_only=True))
    assert rows[0] == ORIGINE_COLUMNS
    assert {(duty, doctor) for duty, _, doctor, _ in rows[1:] if doctor} == {
        (one.duty, one.doctor) for one in case.roster.assignments
    }


def test_it_reads_back_as_the_same_roster_with_nothing_changed(case: Case, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "tableau.xlsx"
    path.write_bytes(data)
    reading = read_tableau(path, case.instance)
    assert (reading.changed, reading.problems, reading.choice) == ((), (), False)
    held = {(one.duty, one.doctor) for one in reading.roster.assignments}
    assert held == {(one.duty, one.doctor) for one in case.roster.assignments}
    assert {(lock.duty, lock.doctor) for lock in reading.locks} == {
        (lock.duty, lock.doctor) for lock in case.instance.locks
    }


def test_a_cell_corrected_by_hand_and_a_note_on_another_sheet_are_both_seen(
    case: Case, data: bytes, tmp_path: Path
) -> None:
    book = opened(data)
    sheet = book[LISTE]
    cell = next(
        row[LISTE_COLUMNS.index(DOCTOR)]
        for row in sheet.iter_rows(min_row=LISTE_HEADER_ROW + 1)
        if row[LISTE_COLUMNS.index(DOCTOR)].value and row[LISTE_COLUMNS.index(LOCK)].value is None
    )
    duty = sheet.cell(cell.row, LISTE_COLUMNS.index(DUTY) + 1).value
    cell.value = case.instance.doctors[11].label
    book["MMG Clairval"]["A5"] = "Dr X"
    path = tmp_path / "tableau.xlsx"
    book.save(path)
    reading = read_tableau(path, case.instance)
    assert [(change.duty, change.after) for change in reading.changed] == [(duty, case.instance.doctors[11].id)]
    assert [(problem.code, problem.sheet) for problem in reading.problems] == [("sheet-touched", "MMG Clairval")]


def test_the_same_facts_give_the_same_bytes(case: Case, data: bytes) -> None:
    assert tableau_xlsx(facts_of(case)) == data


HOSTILE = '=HYPERLINK("http://x")'


@pytest.fixture(scope="module")
def hostile() -> tuple[Case, bytes]:
    """A folder where every name is a formula, a path, markup, or longer than Excel allows."""
    case = department(sectors=2, doctors=6, end=date(2027, 1, 10), nights=0)
    doctors = list(case.instance.doctors)
    doctors[0] = doctors[0].model_copy(update={"last_name": HOSTILE, "first_name": "+1"})
    doctors[1] = doctors[1].model_copy(update={"last_name": "D'Arc & <Fils>", "first_name": "a/b:c?*[d]\\" * 3})
    doctors[2] = doctors[2].model_copy(update={"last_name": "'quote'", "first_name": "-2"})
    lines = [line.model_copy(update={"name": "@L'île & fille / Loire : été"}) for line in case.instance.lines]
    sites = [site.model_copy(update={"name": "http://lieu", "address": "{=1}"}) for site in case.instance.sites]
    locks = [lock.model_copy(update={"who": HOSTILE, "why": "=1+1"}) for lock in case.instance.locks]
    instance = with_fields(case.instance, doctors=doctors, lines=lines, sites=sites, locks=locks, id="a & b")
    changed = Case(instance, case.rules, case.roster, case.result, case.audit)
    return changed, tableau_xlsx(facts_of(changed))


def test_no_text_of_a_person_becomes_a_formula(hostile: tuple[Case, bytes]) -> None:
    for sheet in opened(hostile[1]).worksheets:
        for row in sheet.iter_rows():
            assert [cell.coordinate for cell in row if cell.data_type == "f"] == []
    names = [str(row[DOCTOR]) for row in liste_rows(hostile[1])]
    assert f"{HOSTILE.upper()} +1 (M001)" in names


def test_every_part_is_well_formed_and_every_link_leads_somewhere(hostile: tuple[Case, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(hostile[1])) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
    book = opened(hostile[1])
    targets = [
        cell.hyperlink.location
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert targets
    for target in targets:
        sheet, _, _ = target.rpartition("!")
        assert sheet[1:-1].replace("''", "'") in book.sheetnames


def test_two_lines_of_one_name_have_two_sheets_with_names_excel_accepts(hostile: tuple[Case, bytes]) -> None:
    names = opened(hostile[1]).sheetnames
    assert "@L'île & fille - Loire - été" in names
    assert "@L'île & fille - Loire - ét (2)" in names
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_sheet_names_differ_whatever_their_case() -> None:
    taken = {"liste"}
    assert sheet_names(["Liste", "LISTE", "é" * 40, "é" * 40, "''", "History"], taken | {"history"}) == [
        "Liste (2)", "LISTE (3)", "é" * 31, "é" * 27 + " (2)", "-", "History (2)",
    ]  # fmt: skip


def test_an_ampersand_in_a_header_is_printed_as_it_is(hostile: tuple[Case, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(hostile[1])) as parts:
        assert "a &amp;&amp; b" in parts.read("xl/worksheets/sheet1.xml").decode()


def test_a_folder_without_doctors_or_duties_still_gives_a_workbook() -> None:
    empty = Instance(id="vide", period=Period(start=date(2027, 1, 1), end=date(2027, 1, 31)))
    result = Result(status="optimal", seed=1, effort=1, stages=())
    facts = Facts(empty, (), Roster(), result, AuditReport(clean=True, stages=(), findings=()), input_sha256=SHA)
    book = opened(tableau_xlsx(facts))
    assert "Toutes les gardes sont pourvues." in texts(book["Gardes non pourvues"])


def test_the_subtitle_of_a_month_is_given_its_two_lines_where_few_lines_leave_it_narrow() -> None:
    few = opened(tableau_xlsx(facts_of(department(sectors=1, doctors=4, end=date(2027, 1, 10)))))
    assert few["Janvier 2027"].row_dimensions[2].height > 20


def test_a_hole_nobody_was_tried_in_sends_to_the_command_that_tries_and_offers_nobody(case: Case) -> None:
    sheet = opened(tableau_xlsx(facts_of(case)))["Gardes non pourvues"]
    assert "non examinée ici : voyez « expliquer »" in texts(sheet)
    assert not any("À proposer" in text for text in texts(sheet))


def test_the_sheet_of_holes_says_of_each_doctor_what_the_board_found(case: Case) -> None:
    facts = facts_of(case)
    duties = [duty.id for duties in facts.hole_duties.values() for duty in duties]
    refusal = Obstacle(
        rule="availability",
        row="Règles!5",
        title="Dates impossibles",
        source="formulaire",
        text="Date déclarée impossible.",
    )
    kept = {duty: (Candidate(doctor="M001"), Candidate(doctor="M002", obstacles=(refusal,))) for duty in duties}
    said = texts(opened(tableau_xlsx(replace(facts, kept=kept)))["Gardes non pourvues"])
    assert said.count("Date déclarée impossible.") == len(facts.shown_holes)
    assert f"À proposer à : {facts.name_of['M001']}. Empêchés : Dates impossibles (1)." in said
    assert "libre, à qui proposer la garde" in said


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def test_beyond_sixty_doctors_their_pages_follow_each_other_in_one_sheet() -> None:
    case = department(sectors=3, doctors=61, end=date(2027, 1, 10), nights=0)
    book = opened(tableau_xlsx(facts_of(case)))
    pages = book["Par médecin"]
    assert len(pages.row_breaks.brk) == 60
    for row in book["Médecins"].iter_rows(min_row=5, max_col=1):
        [cell] = row
        at = re.fullmatch(r"'Par médecin'!(A\d+)", cell.hyperlink.location)
        assert at is not None
        assert pages[at.group(1)].value == cell.value


def test_a_page_per_doctor_begins_after_each_cut() -> None:
    case = department(sectors=3, doctors=61, end=date(2027, 1, 10), nights=0)
    pages = opened(tableau_xlsx(facts_of(case)))["Par médecin"]
    names = set(facts_of(case).name_of.values())
    assert all(pages.cell(cut.id + 1, 1).value in names for cut in pages.row_breaks.brk)


def test_the_wall_grid_of_a_line_shows_each_duty_in_the_cell_of_its_day(case: Case, book: Workbook) -> None:
    sheet = book["MMG Clairval"]
    facts = facts_of(case)
    shown = texts(sheet)
    for seat in facts.seats_of_line["MMG-S01"]:
        who = facts.name_of[seat.doctor.id] if seat.doctor else "NON POURVUE"
        assert f"{seat.hours}\n{who}" in shown
    holiday = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "1er · Jour de l’an")
    assert sheet.cell(3, holiday.column).value == "Vendredi"


def test_the_list_for_the_ordre_has_the_legal_content_sector_by_sector(case: Case, book: Workbook) -> None:
    rows = list(book["Ordre (CDOM)"].iter_rows(min_row=4, values_only=True))
    assert rows[0] == ("Période", "Secteur", "Date", "Jour", "Horaires", "Médecin", "N° RPPS", "Modalité", "Lieu")
    sectors = [str(row[1]) for row in rows[1:]]
    assert sectors == sorted(sectors, key=["Secteur de Clairval", "Secteur de Bois-Hardi", "Nuits, zone 1"].index)
    assert len(rows) - 1 == len(facts_of(case).needed_seats)
    assert sum(row[5] == "NON POURVUE" for row in rows) == len(facts_of(case).holes)


def test_a_broken_rule_is_flagged_where_it_is_broken(case: Case) -> None:
    sunday, monday = (
        f"MMG-S01/2027-01-{day}+01:00/{minutes}" for day, minutes in (("03T16:00", 480), ("04T20:00", 240))
    )
    roster = with_dues(case.instance, roster_of({sunday: ("M003",), monday: ("M003",)}))
    findings = tuple(finding for rule in case.rules for finding in rule.audit(case.instance, roster))
    audit = AuditReport(clean=False, stages=(), findings=findings)
    rows = {row[DUTY]: row for row in liste_rows(tableau_xlsx(facts_of(case, roster=roster, audit=audit)))}
    assert str(rows[monday]["Remarque"]).startswith("Règle non respectée : déjà de garde le 03/01 et le 04/01")


def test_doctors_who_owe_nothing_appear_as_renfort_without_balance(case: Case) -> None:
    helper = case.instance.doctors[2].model_copy(update={"sectors": (Membership(sector="S01", participation=0),)})
    doctors = [helper if doctor.id == helper.id else doctor for doctor in case.instance.doctors]
    instance = with_fields(case.instance, doctors=doctors, shares=(), balances=())
    roster = with_dues(
        instance, Roster(assignments=roster_of({"MMG-S01/2027-01-03T16:00+01:00/480": ("M003",)}).assignments)
    )
    book = opened(tableau_xlsx(facts_of(case, instance=instance, roster=roster)))
    rows = [row for row in book["Juste répartition"].iter_rows(values_only=True) if row[10] == "renfort"]
    assert [(row[2], row[7], row[9]) for row in rows] == [("Dr COQUELIN Karine", 1, None)]


def test_it_is_written_in_english_on_request_with_the_same_sheets(case: Case, book: Workbook) -> None:
    with speaking("en"):
        english = opened(tableau_xlsx(facts_of(case)))
    assert english.sheetnames == book.sheetnames
    assert "duties filled" in texts(english["Sommaire"])
    assert [cell.value for cell in english[LISTE][LISTE_HEADER_ROW]] == list(LISTE_COLUMNS)
