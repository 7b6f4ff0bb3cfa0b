"""`forms`: a form per doctor and the sheets for those who answer otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl

from tests.cli.conftest import written_folder


def test_forms_are_written_for_each_doctor_under_the_output_folder(rosterplan, folder):
    said = rosterplan("formulaires", folder, "--today", "2026-12-01")
    assert said.code == 0, said.err
    forms = list(Path("reports/petit/formulaires").rglob("*.xlsx"))
    assert len(forms) == 12
    assert Path("reports/petit/Saisie.xlsx").is_file()
    assert list(Path("reports/petit/papier").glob("*.xlsx"))
    assert "Écriture des formulaires de 12 médecins…" in said.out


def test_json_names_each_file_and_whose_form_it_is(rosterplan, folder):
    said = rosterplan("forms", folder, "--json", "--out", "ailleurs")
    entries = json.loads(said.out)["files"]
    assert all(Path(entry["path"]).is_file() for entry in entries)
    assert sorted(entry["doctor"] for entry in entries if entry["doctor"]) == [f"EX{n:02}" for n in range(1, 13)]


def test_a_missing_answer_does_not_keep_forms_from_being_written(rosterplan, tmp_path):
    said = rosterplan("forms", written_folder(tmp_path / "attend", "a-relancer"), "--out", tmp_path / "out")
    assert said.code == 0, said.err


def test_an_error_of_the_plan_forbids_forms(rosterplan, folder):
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    del book["Médecins"]
    book.save(folder / "plan.xlsx")
    said = rosterplan("forms", folder)
    assert said.code == 3
    assert "Médecins" in said.err
    assert not Path("reports").exists()


def test_where_nobody_may_hold_anything_there_is_nothing_to_ask(rosterplan, folder):
    instance = json.loads(rosterplan("export", folder, "--json").out)
    for doctor in instance["doctors"]:
        doctor["sectors"] = []
    Path("personne.json").write_text(json.dumps({**instance, "shares": []}), encoding="utf-8")
    said = rosterplan("forms", "personne.json", "--out", "out")
    assert said.code == 0
    assert "rien à demander" in said.out
    assert not Path("out").exists()
