"""The workbook `new` writes: inviting to fill in, impossible to turn against its reader, written whole or not at all."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.instance import Period
from rosterplan.domain.people import DateSpan, Doctor
from rosterplan.rules import BY_CODE, RULES
from rosterplan.rules.caps import Cap
from rosterplan.sheets.plan.layout import TABLES
from rosterplan.sheets.plan.period_remarks import period_remarks
from rosterplan.sheets.plan.read import read_plan
from rosterplan.sheets.plan.template import next_quarter, pdsa_rules, template
from rosterplan.sheets.plan.write import HEADING_ROW, plan_workbook
from tests.sheets_factory import WINTER, example

QUARTERS = [(2026, 4), (2027, 1), (2027, 2), (2027, 3), (2028, 1)]


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize(("year", "quarter"), QUARTERS)
def test_the_template_of_any_quarter_reads_back_without_a_word(tmp_path: Path, year: int, quarter: int) -> None:
    period = next_quarter(date(year - (quarter == 1), (3 * quarter - 6) % 12 + 1, 1))
    assert (period.start.year, period.start.month) == (year, 3 * quarter - 2)
    (tmp_path / "plan.xlsx").write_bytes(plan_workbook(template("pdsa", "44-essai", period)))
    found = read_plan(tmp_path / "plan.xlsx")
    assert found.problems == () and found.sound


@pytest.mark.parametrize(
    ("today", "start"),
    [
        ("2026-09-20", "2027-01-01"),
        ("2026-10-03", "2027-01-01"),
        ("2026-10-04", "2027-04-01"),
        ("2027-12-31", "2028-04-01"),
    ],
)
def test_the_next_quarter_leaves_ninety_days_to_prepare_it(today: str, start: str) -> None:
    period = next_quarter(date.fromisoformat(today))
    assert period.start == date.fromisoformat(start) and (period.start - date.fromisoformat(today)).days >= 90


def test_examples_are_visibly_examples() -> None:
    content = example()
    assert all(doctor.last_name == "EXEMPLE" and doctor.rpps == "" for doctor in content.doctors)
    assert all("xemple" in thing.name for thing in (*content.lines, *content.sites, *content.sectors))
    assert content.plan.missing_answers == "disponible"


def test_a_kind_without_template_is_refused() -> None:
    with pytest.raises(KeyError):
        template("dentiste", "x", WINTER)  # type: ignore[arg-type]


def test_every_rule_of_the_catalogue_is_shown_and_those_not_chosen_are_off() -> None:
    page = opened(plan_workbook(example()))["Règles"]
    shown = {
        page.cell(row, 1).value: page.cell(row, 3).value for row in range(HEADING_ROW + 2, HEADING_ROW + 2 + len(RULES))
    }
    assert set(shown) == {rule.code for rule in RULES}
    assert {code for code, active in shown.items() if active == "oui"} == {row.code for row in example().rules}


def test_user_text_never_becomes_a_formula() -> None:
    doctors = (Doctor(id="=1+1", last_name="=cmd|' /C calc'!A0", first_name="+1", practice="@SUM(A1)", email="-2+3"),)
    content = example().model_copy(update={"doctors": doctors, "reply_to": '=HYPERLINK("http://x")'})
    with zipfile.ZipFile(io.BytesIO(plan_workbook(content))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) > 10 and not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_headings_are_frozen_repeated_in_print_and_noted() -> None:
    book = opened(plan_workbook(example()))
    for layout in TABLES:
        if layout.name not in book.sheetnames:
            continue
        page = book[layout.name]
        assert page.freeze_panes.endswith(str(HEADING_ROW + 2)), layout.name
        assert page.print_title_rows == f"${HEADING_ROW + 1}:${HEADING_ROW + 1}"
        assert (
            page.page_setup.orientation == "landscape"
            and page.page_setup.paperSize == 9
            and page.sheet_properties.pageSetUpPr.fitToPage
        )
        notes = {cell.value: cell.comment.text for cell in page[HEADING_ROW + 1] if cell.comment}
        assert set(notes) == {column.heading for column in layout.columns if column.help}


def test_choices_are_offered_in_drop_downs_that_accept_what_is_typed() -> None:
    page = opened(plan_workbook(example()))["Médecins"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    status, sectors = rules["E5"], rules["G5"]
    assert status.type == "list" and "libéral" in status.formula1 and status.errorStyle == "warning"
    assert sectors.formula1.startswith("'Secteurs'!") and not sectors.showErrorMessage


def test_rare_columns_are_folded_until_they_hold_something() -> None:
    plain = opened(plan_workbook(example()))["Médecins"]
    assert plain.column_dimensions["O"].hidden and not plain.column_dimensions["E"].hidden
    absent = example().doctors[0].model_copy(update={"long_absences": (DateSpan(start=date(2027, 2, 1)),)})
    filled = example().model_copy(update={"doctors": (absent,)})
    assert not opened(plan_workbook(filled))["Médecins"].column_dimensions["O"].hidden


def test_equal_plans_give_equal_bytes() -> None:
    assert plan_workbook(example()) == plan_workbook(example())


def test_sheets_of_no_use_to_a_pdsa_are_absent() -> None:
    names = opened(plan_workbook(example())).sheetnames
    assert not {"Établissements", "Besoins", "Échanges de périodes", "Temps de service"} & set(names)
    assert names[:3] == ["Mode d’emploi", "Plan", "Médecins"]


def test_a_pdsa_shorter_than_three_months_and_an_unknown_school_calendar_are_said() -> None:
    short = example().model_copy(update={"period": Period(start=date(2027, 1, 1), end=date(2027, 3, 30))})
    assert [remark.code for remark in period_remarks(short, "plan.xlsx")] == ["period-short"]
    late = Period(start=date(2028, 10, 1), end=date(2028, 12, 31))
    far = example().model_copy(update={"period": late, "choices": CalendarChoices(school_zone="B")})
    assert [remark.code for remark in period_remarks(far, "plan.xlsx")] == ["school-unpublished"]
    assert period_remarks(example(), "plan.xlsx") == []


def test_the_caps_offered_leave_a_small_sector_no_avoidable_hole() -> None:
    caps = [row for row in pdsa_rules() if issubclass(BY_CODE[row.code], Cap)]
    assert {row.code for row in caps} == {"max-per-window", "max-weekends"}
    assert all(row.params["at_least_share"] is True for row in caps)
