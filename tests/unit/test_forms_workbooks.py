"""The forms as workbooks: what can be typed where, how they print, and that names never become formulas."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl

from rosterplan.domain.people import DateSpan
from rosterplan.messages import speaking
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import read_input
from rosterplan.sheets.forms.all_forms import all_forms
from rosterplan.sheets.forms.doctor import doctor_form
from rosterplan.sheets.forms.entry import ENTRY_SHEET, entry_form
from rosterplan.sheets.forms.paper import paper_sheets
from rosterplan.sheets.forms.questionnaire import questionnaire
from rosterplan.sheets.forms.sector import sector_form, sectors_with_duties
from tests.forms_factory import MADE_ON, RULES, asking, cells_of, changed, department, field_cells


def _book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _form(doctor: str = "M002") -> openpyxl.Workbook:
    questions = asking()
    return _book(doctor_form(questions, questions.asked_of[doctor], made_on=MADE_ON))


def test_every_duty_has_an_open_cell_with_a_list_and_nothing_else_can_be_typed_in():
    questions = asking()
    sheet = _form()["Disponibilités"]
    answers = set(cells_of(questions, "M002").values())
    fields = set(field_cells(questions, "M002").values())
    listed = {
        cell.coordinate
        for rule in sheet.data_validations.dataValidation
        if rule.formula1 and "impossible" in rule.formula1
        for area in rule.sqref.ranges
        for row in sheet.iter_rows(area.min_row, area.max_row, area.min_col, area.max_col)
        for cell in row
    }
    ranges = {cell.coordinate for row in sheet["B18:H23"] for cell in row}
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert sheet.protection.sheet
    assert answers <= listed
    assert unlocked == answers | fields | ranges


def test_the_list_offers_the_five_answers():
    rule = next(
        one for one in _form()["Disponibilités"].data_validations.dataValidation if "impossible" in one.formula1
    )
    assert rule.formula1 == '"impossible,à éviter,souhaité,seulement,disponible"'


def test_deadline_period_and_name_are_printed():
    texts = [str(cell.value) for row in _form()["Disponibilités"].iter_rows(max_row=3) for cell in row if cell.value]
    assert texts == [
        "Mes disponibilités",
        "Gardes du lundi 4 janvier au dimanche 31 janvier 2027 – MMG du Nord et Nuits mobiles",
        "Dr GUÉRIN Hélène",
        "Réponse au plus tard le vendredi 23 octobre 2026",
    ]


def test_where_to_send_it_back_is_printed():
    questions = questionnaire(department(), RULES, reply_to="gardes@exemple.invalid")
    sheet = _book(doctor_form(questions, questions.asked[0], made_on=MADE_ON)).worksheets[0]
    assert "gardes@exemple.invalid" in sheet["A4"].value


def test_labels_stand_above_their_cell_and_days_above_labels():
    questions = asking()
    sheet = _form("M001")["Disponibilités"]
    _duty, address = next(iter(cells_of(questions, "M001").items()))
    cell = sheet[address]
    assert sheet.cell(cell.row - 1, cell.column).value == "A1 · 20 h – 24 h"
    assert sheet.cell(cell.row - 2, cell.column).value == "4"


def test_phone_and_maximum_known_already_are_there_to_be_confirmed():
    cells = field_cells(asking(), "M006")
    sheet = _form("M006")["Disponibilités"]
    assert sheet[cells["phone"]].value == "02 40 00 00 06"
    assert sheet[cells["maximum"]].value == 9


def test_a_holiday_is_named_in_its_day():
    questions = questionnaire(department(start=date(2027, 1, 1), end=date(2027, 1, 31)), RULES)
    sheet = _book(doctor_form(questions, questions.asked[0], made_on=MADE_ON)).worksheets[0]
    assert any(cell.value == "1 Jour de l’an" for row in sheet.iter_rows() for cell in row)


def test_a_form_prints_on_a4_portrait_within_its_area():
    sheet = _form()["Disponibilités"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.print_area.startswith("'Disponibilités'!$A$1:$H$")
    assert len(sheet.row_breaks.brk) <= 1


def test_hidden_sheets_are_hidden():
    book = _form()
    assert {sheet.title: sheet.sheet_state for sheet in book} == {
        "Disponibilités": "visible", "_listes": "hidden", "_origine": "hidden",
    }  # fmt: skip


def test_a_name_never_becomes_a_formula():
    instance = department()
    names = ("=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2", "{=A1}", "=1", "=2")
    doctors = tuple(
        one.model_copy(update={"last_name": name}) for one, name in zip(instance.doctors, names, strict=True)
    )
    questions = questionnaire(changed(instance, doctors=doctors), RULES)
    for file in all_forms(questions, made_on=MADE_ON):
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            for part in archive.namelist():
                if part.startswith("xl/worksheets/sheet"):
                    assert b"<f>" not in archive.read(part), (file.path, part)


def test_every_doctor_sector_and_paper_has_its_file_and_the_grid_comes_last():
    paths = [file.path for file in all_forms(asking(), made_on=MADE_ON)]
    assert paths == [
        "formulaires/Nord/LE GALL Anne (M001).xlsx",
        "formulaires/Nord/GUÉRIN Hélène (M002).xlsx",
        "formulaires/Nord/MARTIN Paul (M003).xlsx",
        "formulaires/Sud/MARTIN Paul (M004).xlsx",
        "formulaires/Sud/CŒUR Zoé (M005).xlsx",
        "formulaires/Mobile/DUPRÉ Noé (M006).xlsx",
        "papier/Nord.xlsx",
        "papier/Sud.xlsx",
        "papier/Mobile.xlsx",
        "secteurs/Nord.xlsx",
        "secteurs/Sud.xlsx",
        "secteurs/Mobile.xlsx",
        "Saisie.xlsx",
    ]


def test_equal_inputs_give_equal_bytes():
    first = {file.path: file.content for file in all_forms(asking(), made_on=MADE_ON)}
    second = {file.path: file.content for file in all_forms(asking(), made_on=MADE_ON)}
    assert first == second


def test_names_unfit_for_files_are_made_fit():
    instance = department()
    doctors = (instance.doctors[0].model_copy(update={"last_name": 'A/B:C*?"<>|', "first_name": "."}),)
    questions = questionnaire(changed(instance, doctors=doctors), RULES)
    path = next(all_forms(questions, made_on=MADE_ON)).path
    assert path == "formulaires/Nord/A-B-C------ (M001).xlsx"


def test_paper_sheets_of_namesakes_have_different_names():
    instance = department()
    twins = tuple(
        one.model_copy(update={"last_name": "Martin", "first_name": "Paul"})
        for one in instance.doctors
        if one.volunteer
    )
    questions = questionnaire(changed(instance, doctors=twins), RULES)
    book = _book(paper_sheets(questions, questions.asked, made_on=MADE_ON))
    assert book.sheetnames[:3] == ["Martin Paul", "Martin Paul 2", "Martin Paul 3"]


def test_a_paper_sheet_shows_the_number_and_hours_of_every_duty_on_one_page():
    questions = asking()
    asked = questions.asked_of["M001"]
    sheet = _book(paper_sheets(questions, [asked], made_on=MADE_ON)).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    for duty in asked.duties:
        assert any(text.startswith(f"{questions.codes[duty.id]}  ") for text in texts)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_sector_sheet_closes_the_cells_of_duties_a_doctor_may_not_hold():
    instance = department()
    leaving = instance.doctors[2].model_copy(update={"on_list": DateSpan(end=date(2027, 1, 10))})
    doctors = (*instance.doctors[:2], leaving, *instance.doctors[3:])
    questions = questionnaire(changed(instance, doctors=doctors), RULES)
    content = next(one for one in sectors_with_duties(questions) if one.sector.id == "NORD")
    sheet = _book(sector_form(questions, content, made_on=MADE_ON))["Réponses"]
    assert [sheet.cell(5, column).value for column in (5, 6, 7)] == [
        "LE GALL Anne (M001)", "GUÉRIN Hélène (M002)", "MARTIN Paul (M003)",
    ]  # fmt: skip
    open_rows = [row for row in range(8, 40) if not sheet.cell(row, 7).protection.locked]
    assert open_rows == list(range(8, 16))
    assert all(not sheet.cell(row, 5).protection.locked for row in range(8, 40))
    assert sheet.cell(8, 1).protection.locked
    assert sheet.freeze_panes == "E8"


def test_the_choice_of_a_sector_has_a_row_per_position():
    instance = department()
    doubled = tuple(
        one.model_copy(update={"need_min": 2, "need_max": 2}) if one.band == "samedi" else one
        for one in instance.duties
    )
    questions = questionnaire(changed(instance, duties=doubled), RULES)
    content = next(one for one in sectors_with_duties(questions) if one.sector.id == "NORD")
    sheet = _book(sector_form(questions, content, made_on=MADE_ON))["Choix en réunion"]
    ids = [sheet.cell(row, 6).value for row in range(6, sheet.max_row + 1)]
    assert len(ids) == 32 + 4
    assert sum(ids.count(name) == 2 for name in set(ids)) == 4


def test_the_grid_offers_doctors_days_values_and_sources():
    book = _book(entry_form(asking(), made_on=MADE_ON))
    lists = {book["_listes"].cell(1, column).value for column in range(1, 6)}
    assert lists == {"CŒUR Zoé (M005)", "lundi", "toutes", "impossible", "téléphone"}
    assert [cell.value for cell in book[ENTRY_SHEET][6]] == [
        "Médecin", "Date, « du » ou n°", "Au (inclus)", "Tous les", "Gardes (toutes si vide)", "Réponse",
        "Maximum de gardes", "Reçu par", "Reçu le", "Noté par",
    ]  # fmt: skip


def test_forms_may_be_in_english():
    with speaking("en"):
        sheet = _form().worksheets[0]
    assert sheet.title == "Availability"
    assert sheet["A1"].value == "My availability"


def test_the_title_of_the_calendar_is_never_left_alone_at_the_foot_of_a_page():
    folder = Path(__file__).parents[2] / "instances" / "secteur-4-volontaires"
    instance = read_input(folder, without=(), today=MADE_ON).instance
    assert instance is not None
    questions = questionnaire(instance, rule_book(instance))
    sheet = _book(doctor_form(questions, questions.asked_of["M004"], made_on=MADE_ON))["Disponibilités"]
    titles = [row[0].row for row in sheet.iter_rows(max_col=1) if str(row[0].value).startswith("3. Calendrier")]
    breaks = [one.id for one in sheet.row_breaks.brk]
    assert len(breaks) == 1
    assert not titles[0] <= breaks[0] <= titles[0] + 5
