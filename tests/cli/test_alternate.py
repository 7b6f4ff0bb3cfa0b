"""`alternate`: a calendar of houses proposed, written beside, never over anything."""

from __future__ import annotations

import json
from datetime import date

import openpyxl
import pytest

from rosterplan.domain.instance import Period
from rosterplan.domain.work import Alternation
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook

QUARTER = Period(start=date(2027, 4, 5), end=date(2027, 5, 2))


def hospital_folder(path, mode="alternee", cycle=None, period=QUARTER):
    content = template("pdses", "lignes", period)
    lines = tuple(line.model_copy(update={"mode": mode, "alternation": cycle}) for line in content.lines)
    (path / "disponibilites").mkdir(parents=True)
    (path / "plan.xlsx").write_bytes(plan_workbook(content.model_copy(update={"lines": lines})))
    return path


def test_the_proposal_is_written_under_a_free_name_and_the_plan_is_left_alone(rosterplan, tmp_path):
    folder = hospital_folder(tmp_path / "lignes")
    before = (folder / "plan.xlsx").read_bytes()
    for name in ("alternance.xlsx", "alternance-2.xlsx"):
        said = rosterplan("alternate", folder, "--out", tmp_path / "out")
        assert said.code == 0, said.err
        assert "recopiez-y la feuille « Échanges de périodes »" in said.out
        assert (tmp_path / "out" / name).exists()
    assert (folder / "plan.xlsx").read_bytes() == before
    book = openpyxl.load_workbook(tmp_path / "out" / "alternance.xlsx")
    assert book.sheetnames == ["Échanges de périodes", "ASTREINTE-EXEMPLE"]
    assert [cell.value for cell in book.worksheets[0][4]] == ["Ligne", "Du", "Au", "Fête", "Année", "Établissement"]


def test_the_rows_proposed_are_read_back_by_the_plan_and_make_the_balance_told(rosterplan, tmp_path):
    from rosterplan.domain.calendar.turns import HouseTurn
    from rosterplan.sheets.plan.read import read_plan

    cycle = Alternation(rhythm="week", anchor=date(2027, 4, 5))
    folder = hospital_folder(tmp_path / "lignes", cycle=cycle)
    said = rosterplan("alterner", folder, "--json", "--out", tmp_path / "out")
    (line,) = json.loads(said.out)["lines"]
    content = read_plan(folder / "plan.xlsx").content
    turns = tuple(HouseTurn.model_validate(turn) for turn in line["turns"])
    (folder / "plan.xlsx").write_bytes(plan_workbook(content.model_copy(update={"turns": turns})))
    reading = read_plan(folder / "plan.xlsx")
    assert reading.content.turns == turns and reading.sound
    assert all(len(duty.establishments) == 1 for duty in reading.draft.duties)


def test_an_alternated_line_without_a_calendar_is_told_by_check(rosterplan, tmp_path):
    said = rosterplan("check", hospital_folder(tmp_path / "lignes"), "--out", tmp_path / "out")
    assert said.code == 0
    assert "sans tour d’établissement" in said.out and "rosterplan alterner DOSSIER" in said.out


@pytest.mark.parametrize(("mode", "options", "words"), [
    ("mutualisee", (), "Aucune ligne alternée"),
    ("alternee", ("--line", "CARDIO"), "Pas de ligne partagée « CARDIO ». Lignes partagées : ASTREINTE-EXEMPLE."),
    ("alternee", ("--years", "0"), "« 0 » n’est pas un nombre entier d’au moins 1."),
])  # fmt: skip
def test_what_cannot_be_proposed_is_refused_in_words(rosterplan, tmp_path, mode, options, words):
    said = rosterplan("alternate", hospital_folder(tmp_path / "lignes", mode), *options, "--out", tmp_path / "out")
    assert said.code == 2
    assert words in said.err
    assert not (tmp_path / "out").exists()


def test_an_incomplete_alternation_is_an_error_with_its_cell(rosterplan, tmp_path):
    folder = hospital_folder(tmp_path / "lignes", cycle=Alternation(anchor=date(2027, 4, 5)))
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    sheet = book["Lignes"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    sheet.cell(5, columns["Alternance depuis"]).value = None
    book.save(folder / "plan.xlsx")
    said = rosterplan("check", folder, "--json", "--out", tmp_path / "out")
    assert said.code == 3
    (problem,) = [one for one in json.loads(said.out)["problems"] if one["code"] == "alternation-incomplete"]
    assert problem["sheet"] == "Lignes" and problem["cell"]
