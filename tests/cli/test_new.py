"""`new`: a folder that can be filled in, and planned as it stands."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from rosterplan.sheets.plan.read import read_plan


def test_new_writes_a_plan_that_reads_without_errors_and_a_folder_for_answers(rosterplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = rosterplan("new", "garde", "--quarter", "2027T2", "--today", "2026-12-01")
    assert said.code == 0, said.err
    reading = read_plan(Path("garde/plan.xlsx"))
    assert reading.sound
    assert reading.content.period.start == date(2027, 4, 1)
    assert reading.content.period.end == date(2027, 6, 30)
    assert reading.content.id == "garde"
    assert sorted(path.name for path in Path("garde").iterdir()) == ["LISEZMOI.txt", "disponibilites", "plan.xlsx"]


@pytest.mark.parametrize("kind", ["pdsa", "pdses", "pediatrie", "regulation", "snp"])
def test_each_kind_is_computed_as_it_stands_and_says_how_to_make_it_ones_own(rosterplan, tmp_path, kind):
    assert rosterplan("new", tmp_path / "essai", "--kind", kind, "--quarter", "2027T2").code == 0
    told = (tmp_path / "essai" / "LISEZMOI.txt").read_text(encoding="utf-8").splitlines()
    assert 8 <= len(told) <= 12 and "« Sans réponse » : « disponible »" in "\n".join(told)
    checked = rosterplan("check", tmp_path / "essai", "--json")
    assert checked.code == 0, checked.out
    assert {one["severity"] for one in json.loads(checked.out)["problems"]} <= {"information"}
    _end_after_a_fortnight(tmp_path / "essai" / "plan.xlsx")
    solved = rosterplan("solve", tmp_path / "essai", "--workers", 1, "--json", "--out", tmp_path / "out")
    roster = json.loads(solved.out)
    assert solved.code == 0 and roster["status"] == "optimal" and not roster["holes"]
    assert not [level for level in roster["stages"] if level["name"] == "caps" and level["value"]]


def _end_after_a_fortnight(plan: Path) -> None:
    """Cut the period short, so that effort alone, not the clock, ends the computation within seconds."""
    book = openpyxl.load_workbook(plan)
    cells = {row[0].value: row[1] for row in book["Plan"].iter_rows(max_col=2)}
    cells["Dernier jour"].value = cells["Premier jour"].value + timedelta(days=14)
    book.save(plan)


def test_new_tells_the_deadlines_of_the_law_with_their_source(rosterplan, tmp_path):
    said = rosterplan("nouveau", tmp_path / "garde", "--quarter", "2027T2", "--today", "2027-01-02")
    assert "lundi 15 février 2027 : tableau transmis au conseil de l’Ordre (CSP R.6315-2)" in said.out
    assert "samedi 31 juillet 2027 : liste des gardes effectuées à l’Ordre (CSP R.6315-2)" in said.out
    assert "vendredi 1er janvier 2027 (déjà passé) : formulaires envoyés aux médecins" in said.out


def test_hospital_lines_have_no_deadline_of_the_pdsa_law(rosterplan, tmp_path):
    said = rosterplan("new", tmp_path / "lignes", "--kind", "pdses", "--quarter", "2027T2", "--today", "2027-01-02")
    assert "CSP R.6315-2" not in said.out
    assert "mardi 2 mars 2027 : tableau de service prévisionnel signé par le directeur" in said.out


@pytest.mark.parametrize("typed", ["2027T4", "2027-t4", "T4 2027", "2027Q4"])
def test_a_quarter_may_be_typed_in_several_ways(rosterplan, tmp_path, typed):
    said = rosterplan("new", tmp_path / "garde", "--quarter", typed, "--json")
    assert json.loads(said.out)["period"] == {"start": "2027-10-01", "end": "2027-12-31"}


def test_without_a_quarter_the_first_that_leaves_ninety_days_is_planned(rosterplan, tmp_path):
    said = rosterplan("new", tmp_path / "garde", "--today", "2026-12-01", "--json")
    assert json.loads(said.out)["period"]["start"] == "2027-04-01"


def test_a_folder_that_holds_a_plan_is_left_alone(rosterplan, folder):
    before = (folder / "plan.xlsx").read_bytes()
    said = rosterplan("new", folder)
    assert said.code == 2
    assert "petit contient déjà un plan" in said.err
    assert (folder / "plan.xlsx").read_bytes() == before


@pytest.mark.parametrize(("option", "value", "words"), [
    ("--kind", "dentiste", "Pas de modèle « dentiste ». Modèles : pdsa, pdses, pediatrie, regulation, snp"),
    ("--quarter", "2027T5", "« 2027T5 » n’est pas un trimestre."),
])  # fmt: skip
def test_an_unknown_kind_or_quarter_is_refused_and_nothing_is_created(rosterplan, tmp_path, option, value, words):
    said = rosterplan("new", tmp_path / "garde", option, value)
    assert said.code == 2
    assert words in said.err
    assert not (tmp_path / "garde").exists()


def test_new_without_a_folder_names_what_is_missing(rosterplan):
    said = rosterplan("new")
    assert said.code == 2
    assert "Il manque DOSSIER." in said.err
