"""The sheet `Tarifs`: read back as written, beside the instance; dated rates, the closest one pays."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from rosterplan.domain.people import DateSpan
from rosterplan.domain.rates import Rate, rate_of
from rosterplan.sheets.cells.workbook import read_workbook
from rosterplan.sheets.instance_json import input_sha256
from rosterplan.sheets.plan.read import plan_of
from rosterplan.sheets.plan.write import plan_workbook
from tests.sheets_factory import example

RATES = (
    Rate(name="Forfait MMG", cents=15000, bands=("soiree",), source="Cahier des charges"),
    Rate(name="Nuit", cents=11050, per="heure", modalities=("mobile",), valid=DateSpan(start=date(2027, 2, 1))),
)


def read(tmp_path, content, change=lambda sheet: None):
    path = tmp_path / "plan.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(content)))
    if "Tarifs" in book.sheetnames:
        change(book["Tarifs"])
    book.save(path)
    return plan_of(read_workbook(path), "plan")


def test_rates_are_read_back_as_written(tmp_path) -> None:
    found = read(tmp_path, example().model_copy(update={"rates": RATES}))
    assert [rate.model_copy(update={"row": ""}) for rate in found.content.rates] == list(RATES)
    assert not [problem for problem in found.problems if problem.severity == "erreur"]


def test_amounts_never_change_the_hash_of_the_input(tmp_path) -> None:
    without = read(tmp_path, example())
    with_rates = read(tmp_path, example().model_copy(update={"rates": RATES}))
    assert input_sha256(without.draft) == input_sha256(with_rates.draft)


def test_a_wrong_amount_is_said_with_its_cell(tmp_path) -> None:
    def spoil(sheet) -> None:
        sheet["B5"] = "cent cinquante"

    found = read(tmp_path, example().model_copy(update={"rates": RATES}), spoil)
    (problem,) = [problem for problem in found.problems if problem.severity == "erreur"]
    assert (problem.sheet, problem.cell) == ("Tarifs", "B5")


@pytest.fixture
def duty():
    from tests.report_factory import department

    return next(one for one in department(sectors=1, doctors=6).instance.duties if one.band == "soiree")


def test_the_rate_that_makes_most_choices_pays_then_the_latest(duty) -> None:
    all_duties = Rate(cents=1)
    evening = Rate(cents=2, bands=("soiree",))
    later = Rate(cents=3, bands=("soiree",), valid=DateSpan(start=duty.date))
    other = Rate(cents=9, bands=("nuit",))
    assert rate_of((all_duties, other), duty) == all_duties
    assert rate_of((all_duties, evening), duty) == evening
    assert rate_of((later, evening, all_duties), duty) == later
    assert rate_of((other,), duty) is None


def test_a_rate_past_its_last_day_pays_nothing(duty) -> None:
    assert rate_of((Rate(cents=1, valid=DateSpan(end=date(2026, 1, 1))),), duty) is None


def test_hours_are_true_hours(duty) -> None:
    assert Rate(cents=6000, per="heure").amount(duty) == 6000 * duty.minutes // 60
    assert Rate(cents=6000).amount(duty) == 6000
