"""`solve`: four files, the exit codes, what a person decided is kept, and Ctrl-C keeps the best."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from rosterplan.domain.calendar.choices import Band
from rosterplan.domain.instance import Availability
from rosterplan.domain.people import Membership
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Line
from rosterplan.sheets.instance_json import instance_json
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook
from tests.cli.conftest import WEEK, edited, written_folder
from tests.exact.harness import a_doctor, a_duty, an_instance

FILES = ["journal.jsonl", "rapport-de-calcul.json", "roster.json", "tableau.xlsx"]


def roster_in(out: Path) -> dict:
    return json.loads((out / "roster.json").read_text(encoding="utf-8"))


def holders(out: Path) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for one in roster_in(out)["assignments"]:
        held.setdefault(one["duty"], []).append(one["doctor"])
    return held


def test_solve_writes_its_four_files_and_says_where_the_workbook_is(solved_once):
    place, said = solved_once
    out = place / "reports" / "petit"
    assert said.code == 0, said.err
    assert sorted(path.name for path in out.iterdir()) == FILES
    assert "9 gardes pourvues sur 9." in said.out
    assert f"Le classeur à ouvrir : {out / 'tableau.xlsx'}" in said.out
    assert said.out.count("(Plus petit = mieux. Juste répartition : carrés des écarts à la part due") == 1
    assert "Un contrôle indépendant du calcul a retrouvé toutes ces valeurs" in said.out


def test_a_pipe_hears_how_far_the_computation_is(solved_once):
    lines = solved_once[1].err.splitlines()
    assert lines
    assert all("9 gardes pourvues sur 9 · " in line for line in lines)


@pytest.mark.parametrize("option", ["--quiet", "--json"])
def test_silence_on_request(rosterplan, folder, option):
    assert rosterplan("solve", folder, "--workers", 1, option).err == ""


def test_the_journal_begins_and_ends_and_holds_hashes_but_no_name(solved_once):
    text = (solved_once[0] / "reports" / "petit" / "journal.jsonl").read_text(encoding="utf-8")
    events = [json.loads(line) for line in text.splitlines()]
    assert events[0]["event"] == "started"
    assert list(events[0]["files"]) == ["plan.xlsx"]
    assert events[-1]["event"] == "finished"
    assert sorted(events[-1]["files"]) == ["rapport-de-calcul.json", "roster.json", "tableau.xlsx"]
    assert "EXEMPLE Anne" not in text


def test_the_folder_and_its_export_give_the_same_roster(rosterplan, solved):
    exported = rosterplan("export", solved, "--json")
    Path("petit.json").write_text(exported.out, encoding="utf-8")
    said = rosterplan("solve", "petit.json", "--out", "autre", "--workers", 1, "--json")
    assert said.code == 0, said.err
    assert Path("autre/roster.json").read_bytes() == Path("reports/petit/roster.json").read_bytes()
    answer = json.loads(said.out)
    assert {key: answer[key] for key in roster_in(Path("autre"))} == roster_in(Path("autre"))
    assert answer["paths"] == {
        name: str(Path("autre") / name) for name in sorted(FILES, key=list(answer["paths"]).index)
    }


def test_cells_changed_locked_or_emptied_by_hand_stay_and_are_said(rosterplan, solved):
    before = holders(Path("reports/petit"))
    first, second, third = sorted(before)[:3]
    other = next(f"EX{n:02}" for n in (8, 2) if [f"EX{n:02}"] != before[first])

    def change(sheet, columns):
        for row in range(5, sheet.max_row + 1):
            duty = sheet.cell(row, columns["Garde"]).value
            if duty == first:
                sheet.cell(row, columns["Médecin"]).value = other
            elif duty == second:
                sheet.cell(row, columns["Verrou"]).value = "oui"
            elif duty == third:
                sheet.cell(row, columns["Médecin"]).value = None

    tableau = edited(Path("reports/petit/tableau.xlsx"), Path("corrige.xlsx"), change)
    said = rosterplan("solve", solved, "--from", tableau, "--workers", 1, "--signed-by", "Mme Test")
    assert said.code == 1, said.out + said.err
    after = holders(Path("reports/petit"))
    assert after[first] == [other]
    assert after[second] == before[second]
    assert third not in after
    assert "corrige.xlsx : 2 cases changées à la main, gardées telles quelles. Les autres peuvent changer" in said.out
    assert "il manque 1 médecin" in said.out
    assert "rouvé" in said.out and "compte tenu de vos 3 cases gardées" in said.out
    report = json.loads(Path("reports/petit/rapport-de-calcul.json").read_text(encoding="utf-8"))
    assert "compte tenu de vos 3 cases gardées" in report["sentence"]


def test_complete_fills_empty_cells_and_moves_nothing_else(rosterplan, solved):
    before = holders(Path("reports/petit"))
    emptied = sorted(before)[4]
    roster = json.loads(Path("reports/petit/roster.json").read_text(encoding="utf-8"))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Liste"
    sheet.append(["Garde", "Médecin"])
    for one in roster["assignments"]:
        sheet.append([one["duty"], None if one["duty"] == emptied else one["doctor"]])
    book.save("choisi.xlsx")
    said = rosterplan("solve", solved, "--from", "choisi.xlsx", "--complete", "--workers", 1, "--out", "autre")
    assert said.code == 0, said.out + said.err
    after = holders(Path("autre"))
    assert after.keys() == before.keys()
    assert {duty: who for duty, who in after.items() if duty != emptied} == {
        duty: who for duty, who in before.items() if duty != emptied
    }


def test_complete_fills_a_cell_cleared_in_our_tableau_and_locks_nothing(rosterplan, solved):
    before = holders(Path("reports/petit"))
    emptied = sorted(before)[4]

    def clear(sheet, columns):
        for row in range(5, sheet.max_row + 1):
            if sheet.cell(row, columns["Garde"]).value == emptied:
                sheet.cell(row, columns["Médecin"]).value = None

    tableau = edited(Path("reports/petit/tableau.xlsx"), Path("incomplet.xlsx"), clear)
    said = rosterplan("solve", solved, "--from", tableau, "--complete", "--workers", 1, "--out", "autre")
    assert said.code == 0, said.out + said.err
    assert "Seules les cases vides seront remplies." in said.out
    after = holders(Path("autre"))
    assert after.keys() == before.keys()
    assert all(after[duty] == before[duty] for duty in before if duty != emptied)
    assert not any(one["locked"] for one in roster_in(Path("autre"))["assignments"])


def test_only_one_sector_is_computed_again_and_every_other_cell_stays_as_it_was(rosterplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    two = two_sectors()
    Path("deux.json").write_bytes(instance_json(two))
    assert rosterplan("solve", "deux.json", "--out", "avant", "--workers", 1).code == 0
    before = roster_in(Path("avant"))["assignments"]
    # whoever holds a duty now refuses it, in both sectors
    refused = tuple(Availability(doctor=one["doctor"], duty=one["duty"], value="impossible") for one in before)
    Path("deux.json").write_bytes(instance_json(two.changed(availability=refused)))
    shutil.copytree("avant", "apres")
    said = rosterplan("solve", "deux.json", "--out", "apres", "--only", "Secteur 1", "--workers", 1)
    assert said.code == 1, said.err
    after = roster_in(Path("apres"))["assignments"]
    assert [one for one in after if one["line"] == "L2"] == [one for one in before if one["line"] == "L2"]
    assert rows_of(Path("apres/tableau.xlsx"), "Ligne L2") == rows_of(Path("avant/tableau.xlsx"), "Ligne L2") != []
    held = {(one["duty"], one["doctor"]) for one in before}
    assert not held & {(one["duty"], one["doctor"]) for one in after if one["line"] == "L1"}


def two_sectors():
    """Four doctors of two sectors, one line in each, six evenings a line."""
    days = [f"2027-01-{day:02} 20:00" for day in (4, 6, 8, 11, 13, 15)]
    duties = [a_duty(day, 4, line=line) for day in days for line in ("L1", "L2")]
    both = (Membership(sector="S1"), Membership(sector="S2"))
    return an_instance(
        duties, [a_doctor(name, sectors=both) for name in "ABCD"],
        lines=(Line(id="L1", name="Ligne L1", sector="S1"), Line(id="L2", name="Ligne L2", sector="S2")),
        rules=tuple(RuleRow(code=code) for code in ("coverage", "eligible", "availability", "no-overlap", "juste-repartition")),
    )  # fmt: skip


def rows_of(tableau: Path, line: str) -> list[tuple[object, ...]]:
    """The rows of a line in sheet `Liste`, every cell of them; the remarks alone may tell of today."""
    sheet = openpyxl.load_workbook(tableau)["Liste"]
    heads = [cell.value for cell in sheet[4]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=5, values_only=True)]
    return [tuple(value for head, value in row.items() if head != "Remarque") for row in rows if row["Ligne"] == line]


def test_only_one_sector_needs_a_roster_to_keep_and_a_sector_that_exists(rosterplan, folder):
    said = rosterplan("solve", folder, "--only", "SECTEUR-EXEMPLE")
    assert said.code == 2
    assert "Aucun tableau dans reports/petit" in said.err
    said = rosterplan("solve", folder, "--only", "Clisson")
    assert said.code == 2
    assert "Pas de secteur « Clisson ». Secteurs : Secteur exemple (SECTEUR-EXEMPLE)." in said.err


def test_complete_without_a_workbook_is_wrong_usage(rosterplan, folder):
    said = rosterplan("solve", folder, "--complete")
    assert said.code == 2
    assert "--complete demande --from" in said.err


def test_a_workbook_that_is_none_is_refused_with_its_reasons(rosterplan, folder):
    Path("faux.xlsx").write_bytes(b"PK nothing")
    said = rosterplan("solve", folder, "--from", "faux.xlsx")
    assert said.code == 3
    assert "faux.xlsx" in said.err
    assert not Path("reports").exists()


def test_errors_of_the_input_exit_3_write_nothing_and_answer_programs(rosterplan, tmp_path):
    waiting = written_folder(tmp_path / "attend", "a-relancer")
    said = rosterplan("solve", waiting, "--out", tmp_path / "out", "--json")
    assert said.code == 3
    assert len(json.loads(said.out)["unanswered"]) == 12
    assert not (tmp_path / "out").exists()


def test_a_time_limit_however_short_leaves_a_first_full_roster(rosterplan, folder):
    said = rosterplan("solve", folder, "--time-limit", "0.0001", "--workers", 1, "--json")
    assert said.code == 0
    roster = json.loads(said.out)
    assert roster["status"] == "stopped"
    assert roster["holes"] == []


def test_a_run_stopped_before_its_first_full_roster_exits_5_and_writes_nothing(rosterplan, folder, monkeypatch):
    from rosterplan.model import solve as solve_module

    canvas_of = solve_module.canvas_of

    def before_the_first_roster(*given, **named):
        Path("assez").touch()
        return canvas_of(*given, **named)

    monkeypatch.setattr(solve_module, "canvas_of", before_the_first_roster)
    said = rosterplan("solve", folder, "--stop-file", "assez", "--workers", 1)
    assert said.code == 5
    assert "Arrêté avant un premier tableau complet. Rien n’a été écrit." in said.err
    assert not Path("reports").exists()


def test_ctrl_c_keeps_the_best_roster_and_says_stopped(tmp_path):
    from rosterplan.cli.main import run

    assert run(["new", str(tmp_path / "garde"), "--quarter", "2027T2", "--quiet"]) == 0
    out = tmp_path / "out"
    program = subprocess.Popen(
        [sys.executable, "-m", "rosterplan.cli", "solve", str(tmp_path / "garde"), "--out", str(out), "--effort", "50",
         "--workers", "1", "--progress"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    first = json.loads(program.stderr.readline())
    assert first["event"] == "progress"
    assert first["covered"] == first["positions"] == 119
    program.send_signal(signal.SIGINT)
    said, errors = program.communicate(timeout=60)
    assert program.returncode == 0, errors
    assert roster_in(out)["status"] == "stopped"
    assert "Calcul interrompu : le meilleur tableau trouvé a été gardé." in said
    assert all(json.loads(line)["event"] == "progress" for line in errors.splitlines())


def test_imposed_assignments_that_a_hard_rule_forbids_together_exit_4_with_the_reason(rosterplan, folder):
    instance = json.loads(rosterplan("export", folder, "--json").out)
    saturday = next(duty["id"] for duty in instance["duties"] if "2027-04-10T12:00" in duty["id"])
    night = next(duty["id"] for duty in instance["duties"] if "2027-04-11T00:00" in duty["id"])
    instance["fixed"] = [{"doctor": "EX02", "duty": saturday}, {"doctor": "EX02", "duty": night}]
    Path("impose.json").write_text(json.dumps(instance), encoding="utf-8")
    said = rosterplan("solve", "impose.json", "--out", "out")
    assert said.code == 4
    assert "Dr EXEMPLE Bruno" in said.err
    assert "aucun tableau ne peut respecter tout cela à la fois" in said.err
    assert not Path("out").exists()
    answer = json.loads(rosterplan("solve", "impose.json", "--out", "out", "--json").out)
    assert all(len(one["imposed"]) == 2 for one in answer["contradictions"])


def test_the_number_of_workers_does_not_change_a_byte_of_the_roster(rosterplan, solved):
    said = rosterplan("solve", solved, "--workers", 2, "--out", "autre", "--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert Path("autre/roster.json").read_bytes() == Path("reports/petit/roster.json").read_bytes()


def test_a_roster_its_own_check_contradicts_is_our_fault_and_says_so(rosterplan, folder, monkeypatch):
    from rosterplan import audit as audit_module

    honest = audit_module.audit

    def blind_to_fairness(instance, rules, roster):
        return honest(instance, [rule for rule in rules if rule.code != "juste-repartition"], roster)

    monkeypatch.setattr(audit_module, "audit", blind_to_fairness)
    said = rosterplan("solve", folder, "--workers", 1)
    assert said.code == 101
    assert "ERREUR DU PROGRAMME" in said.err
    assert "Traceback" not in said.err


def test_a_stop_file_that_appears_keeps_the_best_roster_and_says_stopped(rosterplan, folder, monkeypatch):
    file = Path("assez")
    from rosterplan.model import solve as solve_module

    fairly = solve_module.fairly

    def after_the_first_roster(search):
        file.touch()
        return fairly(search)

    monkeypatch.setattr(solve_module, "fairly", after_the_first_roster)
    said = rosterplan("solve", folder, "--stop-file", file, "--workers", 1, "--json", "--out", "out")
    assert said.code in (0, 1)
    roster = json.loads(said.out)
    assert roster["status"] == "stopped"
    assert roster["assignments"]
    assert file.exists()


def test_a_stop_file_that_is_there_before_is_refused_in_words(rosterplan, folder):
    Path("assez").touch()
    said = rosterplan("solve", folder, "--stop-file", "assez", "--workers", 1)
    assert said.code == 2
    assert "Le fichier d’arrêt assez existe déjà" in said.err
    assert not Path("reports").exists()


def _one_cell_changed(name: str) -> tuple[str, str, Path]:
    """A copy of the roster's workbook with one duty given to another doctor: duty, doctor, file."""
    before = holders(Path("reports/petit"))
    duty = min(before)
    other = next(f"EX{number:02}" for number in (8, 2) if [f"EX{number:02}"] != before[duty])

    def change(sheet, columns):
        row = next(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, columns["Garde"]).value == duty)
        sheet.cell(row, columns["Médecin"]).value = other

    return duty, other, edited(Path("reports/petit/tableau.xlsx"), Path(name), change)


@pytest.mark.parametrize("written_at_once", [True, False])
def test_decisions_by_hand_are_written_for_the_next_computations_and_said_where_one_lets_them_go(
    rosterplan, solved, written_at_once
):
    duty, other, tableau = _one_cell_changed("corrige.xlsx")
    said = rosterplan("solve", solved, "--from", tableau, "--workers", 1, "--signed-by", "Mme Test")
    assert "Vos décisions sont aussi dans reports/petit/corrections.xlsx : rangez ce fichier dans petit" in said.out
    if not written_at_once:
        Path("reports/petit/corrections.xlsx").unlink()  # as a version before this one left it
    free = rosterplan("solve", solved, "--workers", 1)
    assert "Le tableau précédent gardait 1 case décidée à la main, que ce calcul peut changer." in free.err
    assert "rangez reports/petit/corrections.xlsx dans petit" in free.err
    shutil.copy("reports/petit/corrections.xlsx", solved)
    kept = rosterplan("solve", solved, "--workers", 1)
    assert "gardait" not in kept.err and holders(Path("reports/petit"))[duty] == [other]
    cells = [cell.value for row in openpyxl.load_workbook("petit/corrections.xlsx").active.iter_rows() for cell in row]
    assert duty in cells and ("Mme Test" in cells) == written_at_once


def test_a_workbook_saved_by_hand_is_kept_by_a_computation_that_does_not_start_from_it(rosterplan, solved):
    _, _, tableau = _one_cell_changed("reports/petit/tableau.xlsx")
    later = Path("reports/petit/roster.json").stat().st_mtime + 60
    os.utime(tableau, (later, later))
    corrected = tableau.read_bytes()
    said = rosterplan("solve", solved, "--workers", 1)
    assert Path("reports/petit/tableau-corrige.xlsx").read_bytes() == corrected
    assert "il est gardé sous reports/petit/tableau-corrige.xlsx" in said.out
    assert tableau.read_bytes() != corrected


def test_a_workbook_nobody_touched_leaves_nothing_beside_the_next(rosterplan, solved):
    before = {path.name for path in Path("reports/petit").iterdir()}
    said = rosterplan("solve", solved, "--workers", 1)
    assert {path.name for path in Path("reports/petit").iterdir()} == before
    assert "gardé sous" not in said.out and "gardait" not in said.err


def test_a_category_of_the_coordinators_own_is_read_by_its_label_never_by_its_code(rosterplan, tmp_path):
    content = template("pdsa", "petit", WEEK)
    bands = (*content.choices.bands, Band(id="r-plage", name="Renfort de plage", points=3))
    hours = tuple(row.model_copy(update={"band": "r-plage"}) if row.start == 12 * 60 else row for row in content.hours)
    content = content.model_copy(
        update={"hours": hours, "choices": content.choices.model_copy(update={"bands": bands})}
    )
    (tmp_path / "petit").mkdir()
    (tmp_path / "petit" / "plan.xlsx").write_bytes(plan_workbook(content))
    said = rosterplan("solve", tmp_path / "petit", "--workers", 1, "--out", tmp_path / "out")
    assert said.code in (0, 1), said.err
    assert "r-plage" in {one["band"] for one in roster_in(tmp_path / "out")["assignments"]}
    book = openpyxl.load_workbook(tmp_path / "out" / "tableau.xlsx")
    shown = [
        str(cell.value)
        for sheet in book
        if not sheet.title.startswith("_")
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert "Renfort de plage" in shown
    assert not [text for text in shown if "r-plage" in text]
