"""`rosterplan` alone: what is done, late and next, in plain French."""

from __future__ import annotations

import json
import os
from pathlib import Path

from rosterplan.cli.main import run
from tests.cli.conftest import returned_form


def states(said):
    return {step["code"]: step["state"] for step in json.loads(said.out)["steps"]}


def test_a_fresh_folder_is_asked_for_its_forms(rosterplan, folder, monkeypatch):
    monkeypatch.chdir(folder)
    said = rosterplan("--today", "2027-01-04")
    assert said.code == 0
    assert said.out.splitlines()[0] == "petit, du 5 avril au 11 avril 2027"
    assert "→ mardi 5 janvier 2027 : formulaires envoyés aux médecins — à faire, dans 1 jour" in said.out
    assert said.out.rstrip().endswith("À faire maintenant : rosterplan forms")


def test_forms_written_from_beside_the_folder_are_seen_from_inside(rosterplan, folder, monkeypatch):
    assert run(["forms", str(folder), "--quiet"]) == 0
    monkeypatch.chdir(folder)
    said = rosterplan("--json", "--today", "2027-01-10")
    assert states(said)["formulaires"] == "done"
    assert states(said)["reponses"] == "next"


def test_a_late_step_is_said_late_and_one_outside_the_files_is_left_to_the_person(rosterplan, folder, monkeypatch):
    monkeypatch.chdir(folder)
    said = rosterplan("--today", "2027-03-01")
    assert "! mardi 5 janvier 2027 : formulaires envoyés aux médecins — en retard de 55 jours" in said.out
    assert "(CSP R.6315-2) — date passée de 10 jours : à vous de vérifier" in said.out


def test_a_full_roster_makes_the_draft_and_the_last_duties_done_only_once_published(rosterplan, solved, monkeypatch):
    monkeypatch.chdir(solved)
    said = rosterplan("--json", "--today", "2027-01-10")
    assert states(said)["derniers-trous"] != "done"
    assert states(said)["projet"] != "done"
    assert run(["publish", ".", "--quiet", "--today", "2027-01-10"]) in (0, 1)
    after = states(rosterplan("--json", "--today", "2027-01-10"))
    assert after["projet"] == after["derniers-trous"] == "done"
    assert "0 garde non pourvue" in rosterplan("--today", "2027-01-10").out


def test_files_changed_since_the_roster_ask_for_a_new_one(rosterplan, solved, monkeypatch):
    returned_form(solved, "EX02")
    assert run(["forms", str(solved), "--quiet"]) == 0
    later = Path("reports/petit/roster.json").stat().st_mtime + 60
    os.utime(solved / "plan.xlsx", (later, later))
    monkeypatch.chdir(solved)
    said = rosterplan()
    assert "Des fichiers ont changé depuis ce tableau." in said.out
    assert "À faire maintenant : rosterplan solve" in said.out


def test_an_unreadable_plan_is_to_be_checked_first(rosterplan, folder, monkeypatch):
    (folder / "plan.xlsx").write_bytes(b"nothing")
    monkeypatch.chdir(folder)
    said = rosterplan()
    assert said.code == 0
    assert "À faire maintenant : rosterplan check" in said.out


def test_elsewhere_one_is_told_how_to_begin_and_which_folders_are_near(rosterplan, folder, tmp_path, monkeypatch):
    assert "  cd petit" in rosterplan().out
    (tmp_path / "loin").mkdir()
    monkeypatch.chdir(tmp_path / "loin")
    said = rosterplan()
    assert said.code == 0
    assert "Pour commencer : rosterplan new garde-2027T2" in said.out


def test_steps_speak_english_on_request(rosterplan, folder, monkeypatch):
    monkeypatch.chdir(folder)
    said = rosterplan("--lang", "en", "--today", "2027-01-04")
    assert "→ Tuesday 5 January 2027: forms sent to doctors — next, in 1 day" in said.out.replace(" : ", ": ")


def test_the_version_is_told(rosterplan):
    from rosterplan import __version__

    assert rosterplan("--version").out == f"rosterplan {__version__}\n"


def test_publications_show_the_steps_that_happen_in_letters(rosterplan, definitive, monkeypatch):
    monkeypatch.chdir(definitive)
    said = rosterplan("--json", "--today", "2027-02-02")
    assert states(said)["cdom"] == states(said)["ars"] == "done"
    assert states(said)["liste-effectuee"] != "done"
    assert "Publié : version 3 – définitif." in rosterplan("--today", "2027-02-02").out


def test_what_comes_next_follows_the_life_of_the_roster(rosterplan, definitive, monkeypatch):
    monkeypatch.chdir(definitive)

    def command(today: str) -> str | None:
        return json.loads(rosterplan("--json", "--today", today).out)["next"]

    assert command("2027-01-02") is None
    assert "Rien à faire pour l’instant." in rosterplan("--today", "2027-01-02").out
    assert command("2027-02-02") == "rosterplan next"
    assert command("2027-04-12") == "rosterplan close"
    assert rosterplan("close", "--today", "2027-04-12").code == 0
    assert command("2027-04-12") == "rosterplan next"
    assert "Le trimestre est clos." in rosterplan("--today", "2027-04-12").out


def test_a_roster_that_rests_on_no_answer_is_said_and_asks_for_the_answers_first(rosterplan, solved, monkeypatch):
    monkeypatch.chdir(solved)
    said = rosterplan("--today", "2027-01-10")
    assert "Aucune réponse reçue : le tableau suppose tout le monde disponible." in said.out
    assert said.out.rstrip().endswith("À faire maintenant : rosterplan forms")
    assert run(["forms", ".", "--quiet"]) == 0
    assert json.loads(rosterplan("--json", "--today", "2027-01-10").out)["next"] == "rosterplan check"


def test_a_roster_not_published_yet_is_to_be_published(rosterplan, solved, monkeypatch):
    form = returned_form(solved, "EX02")
    os.utime(form, (0, 0))
    monkeypatch.chdir(solved)
    assert "Aucune réponse reçue" not in rosterplan("--today", "2027-01-10").out
    assert json.loads(rosterplan("--json", "--today", "2027-01-10").out)["next"] == "rosterplan publish"


def test_a_spoiled_ledger_is_said_and_stops_nothing(rosterplan, definitive, monkeypatch):
    Path("registre.sqlite").write_bytes(b"spoiled")
    monkeypatch.chdir(definitive)
    said = rosterplan("--today", "2027-02-02")
    assert said.code == 0 and "n’est pas un registre" in said.out
