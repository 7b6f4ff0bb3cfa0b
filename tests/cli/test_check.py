"""`check`: every problem at once, lists to work from, and the exit code of the contract."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from rosterplan.domain.instance import FixedAssignment
from rosterplan.sheets.folder import read_folder
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook
from tests.cli.conftest import WEEK, returned_form, written_folder

LISTS = ["ce-que-nous-avons-compris.xlsx", "points-a-corriger.xlsx", "relances.xlsx"]


def test_a_sound_folder_exits_0_and_gets_its_three_lists(rosterplan, folder):
    said = rosterplan("vérifier", folder)
    assert said.code == 0, said.err
    assert sorted(path.name for path in Path("reports/petit").iterdir()) == LISTS
    assert "Rien n’empêche de calculer : rosterplan solve petit" in said.out


def test_missing_answers_that_are_waited_for_exit_3_and_name_the_reminders(rosterplan, tmp_path):
    said = rosterplan("check", written_folder(tmp_path / "attend", "a-relancer"), "--out", tmp_path / "out")
    assert said.code == 3
    assert "Dr EXEMPLE Anne (EX01) n’a pas répondu" in said.out
    assert "Il ne manque que des réponses." in said.out
    assert (tmp_path / "out" / "relances.xlsx").is_file()


def test_json_holds_problems_unanswered_and_notes_and_nothing_else(rosterplan, tmp_path):
    said = rosterplan("check", written_folder(tmp_path / "attend", "a-relancer"), "--out", tmp_path / "out", "--json")
    assert said.code == 3
    answer = json.loads(said.out)
    assert list(answer) == ["schema", "problems", "unanswered", "notes"]
    assert set(answer["problems"][0]) == {"severity", "code", "file", "sheet", "cell", "found", "wanted", "remedy"}
    assert [one["doctor"] for one in answer["unanswered"]] == [f"EX{n:02}" for n in range(1, 13)]


def test_several_errors_of_several_files_are_told_together(rosterplan, folder):
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    lines = book["Lignes"]
    lines.cell(5, 1).value = lines.cell(6, 1).value
    book["Horaires"].cell(5, 3).value = "vers le soir"
    book.save(folder / "plan.xlsx")
    (folder / "disponibilites" / "casse.xlsx").write_bytes(b"PK not a workbook")
    said = rosterplan("check", folder, "--json")
    assert said.code == 3
    errors = [problem for problem in json.loads(said.out)["problems"] if problem["severity"] == "erreur"]
    assert {problem["file"] for problem in errors} == {"plan.xlsx", "casse.xlsx"}
    assert len({problem["sheet"] for problem in errors if problem["file"] == "plan.xlsx"}) >= 2


def test_a_file_set_aside_is_no_longer_an_error_and_is_named(rosterplan, folder):
    (folder / "disponibilites" / "casse.xlsx").write_bytes(b"PK not a workbook")
    assert rosterplan("check", folder).code == 3
    said = rosterplan("check", folder, "--sans", "casse.xlsx")
    assert said.code == 0
    assert "Mis de côté : casse.xlsx." in said.out


def test_a_returned_form_is_counted_and_warnings_alone_exit_0(rosterplan, folder):
    returned_form(folder, "EX03")
    said = rosterplan("check", folder)
    assert said.code == 0
    assert "Réponses : 1 sur 12 médecins." in said.out
    assert "revenu vide" in said.out


def test_quiet_tells_errors_alone(rosterplan, folder):
    assert rosterplan("check", folder, "--quiet").out == ""
    (folder / "disponibilites" / "casse.xlsx").write_bytes(b"PK not a workbook")
    said = rosterplan("check", folder, "--quiet")
    assert said.out == ""
    assert "casse.xlsx" in said.err
    assert "Écrit" not in said.err


def test_inputs_are_never_modified(rosterplan, folder):
    form = returned_form(folder, "EX03")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (folder / "plan.xlsx", form)}
    rosterplan("check", folder)
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before}


@pytest.mark.parametrize(("name", "code", "words"), [
    ("nulle-part", 2, "Le dossier nulle-part n’existe pas."),
    ("vide", 3, "plan.xlsx"),
])  # fmt: skip
def test_a_folder_that_does_not_exist_is_2_and_one_without_a_plan_is_3(rosterplan, folder, name, code, words):
    Path("vide").mkdir()
    said = rosterplan("check", name)
    assert said.code == code
    assert words in said.out + said.err


def test_without_a_folder_the_current_one_is_meant_if_it_holds_a_plan(rosterplan, folder, monkeypatch):
    assert rosterplan("check").code == 2
    monkeypatch.chdir(folder)
    assert rosterplan("check").code == 0


def test_english_is_spoken_on_request(rosterplan, folder):
    said = rosterplan("check", folder, "--lang", "en")
    assert "Nothing forbids to compute: rosterplan solve petit" in said.out


def test_imposed_assignments_solve_will_refuse_are_told_before_solving(rosterplan, folder):
    instance = json.loads(rosterplan("export", folder, "--json").out)
    both = [
        duty["id"]
        for duty in instance["duties"]
        if "2027-04-10T12:00" in duty["id"] or "2027-04-11T00:00" in duty["id"]
    ]
    instance["fixed"] = [{"doctor": "EX02", "duty": duty} for duty in both]
    Path("impose.json").write_text(json.dumps(instance), encoding="utf-8")
    said = rosterplan("check", "impose.json", "--out", "out")
    assert said.code == 4
    assert "Dr EXEMPLE Bruno" in said.out and "Le calcul sera refusé" in said.out
    assert "Rien n’empêche" not in said.out
    notes = json.loads(rosterplan("check", "impose.json", "--out", "out", "--json").out)["notes"]
    assert {"contradiction"} <= {note["code"] for note in notes}


def test_an_imposed_duty_outside_the_only_dates_of_a_doctor_is_told_by_check_and_refused_by_solve(rosterplan, tmp_path):
    folder = tmp_path / "petit"
    content = template("pdsa", "petit", WEEK)
    draft = read_folder(written_folder(tmp_path / "modele")).draft
    duty = next(one for one in draft.duties if one.date == date(2027, 4, 8))
    imposed = FixedAssignment(doctor="EX02", duty=duty.id)
    (folder / "disponibilites").mkdir(parents=True)
    plan = content.plan.model_copy(update={"missing_answers": "disponible"})
    (folder / "plan.xlsx").write_bytes(plan_workbook(content.model_copy(update={"plan": plan, "fixed": (imposed,)})))
    (folder / "disponibilites" / "reponses.csv").write_text(
        "Médecin;Date;Réponse\nEX02;05/04/2027;seulement\nEX02;10/04/2027;seulement\n", encoding="utf-8"
    )
    said = rosterplan("check", folder, "--out", tmp_path / "out")
    assert said.code == 4, said.out + said.err
    assert "hors des seules dates proposées" in said.out
    assert "jeudi 8 avril 2027" in said.out
    refused = rosterplan("solve", folder, "--out", tmp_path / "out", "--workers", 1)
    assert refused.code == 4
    assert "hors des seules dates proposées" in refused.err
    # told beside an error of another file, too
    (folder / "disponibilites" / "casse.xlsx").write_bytes(b"PK nothing")
    both = rosterplan("check", folder, "--out", tmp_path / "out")
    assert both.code == 3
    assert "hors des seules dates proposées" in both.out
    assert "Le calcul sera refusé" in both.out


def test_one_error_alone_is_counted_once_and_blank_lines_stand_alone(rosterplan, folder):
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    doctors = book["Médecins"]
    column = next(cell.column for cell in doctors[4] if cell.value == "Nom")
    doctors.cell(6, column).value = None
    book.save(folder / "plan.xlsx")
    said = rosterplan("check", folder)
    assert said.code == 3
    assert "une cellule vide dans la colonne « Nom »" in said.out
    assert said.out.endswith("\n\n1 erreur à corriger avant de calculer.\n")
    Path("vide").mkdir()
    alone = rosterplan("check", "vide").out
    assert alone.count("1 erreur") == 1
    assert alone.endswith("\n\n1 erreur à corriger avant de calculer.\n")
    assert "\n\n\n" not in said.out + alone
