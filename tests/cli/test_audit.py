"""`audit`: ours is clean, a corrected one is told what it breaks, without a solver."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from tests.cli.conftest import edited


def twice_in_a_row(sheet, columns):
    """Give the second evening to the doctor of the first, and the third too."""
    doctor = sheet.cell(5, columns["Médecin"]).value
    for row in (6, 7):
        sheet.cell(row, columns["Médecin"]).value = doctor


def test_a_roster_of_ours_is_clean_and_exits_0(rosterplan, solved):
    said = rosterplan("contrôler", solved)
    assert said.code == 0, said.err
    assert "Toutes les gardes sont pourvues et toutes les règles sont respectées." in said.out
    assert "Contrôle de reports/petit/roster.json" in said.out
    assert "Plafonds dépassés par accord : 0" in said.out and "Parts des établissements" not in said.out
    assert said.out.count("Plus petit = mieux.") == 1


def test_the_stage_values_are_those_the_solve_claimed(rosterplan, solved):
    answer = json.loads(rosterplan("audit", solved, "--json").out)
    assert list(answer) == ["schema", "clean", "stages", "findings"]
    assert answer["clean"] is True
    claimed = json.loads(Path("reports/petit/roster.json").read_text(encoding="utf-8"))["stages"]
    assert {stage["name"]: stage["value"] for stage in answer["stages"]} == {
        stage["name"]: stage["value"] for stage in claimed
    }


def test_a_corrected_workbook_is_told_the_rule_it_breaks_and_stays_clean_since_signed(rosterplan, solved):
    edited(Path("reports/petit/tableau.xlsx"), Path("corrige.xlsx"), twice_in_a_row)
    said = rosterplan("audit", solved, "--roster", "corrige.xlsx")
    assert said.code == 1
    assert "non respectée" in said.out
    assert re.search(
        r"\n1 règle non respectée, sur une case décidée à la main|règles non respectées, toutes sur", said.out
    )
    answer = json.loads(rosterplan("audit", solved, "--roster", "corrige.xlsx", "--json").out)
    assert answer["clean"] is True
    assert any(finding["severity"] == "erreur" for finding in answer["findings"])
    assert set(answer["findings"][0]) == {
        "rule",
        "row",
        "severity",
        "doctors",
        "duties",
        "amount",
        "stage",
        "cost",
        "text",
    }


def test_a_broken_rule_nobody_signed_is_not_clean(rosterplan, solved):
    path = Path("reports/petit/roster.json")
    roster = json.loads(path.read_text(encoding="utf-8"))
    for one in roster["assignments"]:
        one["doctor"] = "EX02"
    path.write_text(json.dumps(roster), encoding="utf-8")
    said = rosterplan("audit", solved, "--json")
    assert said.code == 1
    assert json.loads(said.out)["clean"] is False


def test_the_workbook_is_checked_where_a_person_saved_it_after_the_run(rosterplan, solved):
    workbook = Path("reports/petit/tableau.xlsx")
    edited(workbook, workbook, twice_in_a_row)
    later = Path("reports/petit/roster.json").stat().st_mtime + 60
    os.utime(workbook, (later, later))
    said = rosterplan("audit", solved)
    assert "Contrôle de reports/petit/tableau.xlsx" in said.out
    assert said.code == 1


def test_once_published_the_roster_in_force_is_audited_by_name_and_a_newer_one_says_so(rosterplan, solved):
    before = rosterplan("audit", solved)
    assert "Contrôle de reports/petit/roster.json, règle par règle." in before.out
    assert rosterplan("audit", solved, "--roster", "en-vigueur").code == 2
    assert rosterplan("publish", solved, "--today", "2027-02-01").code == 0
    assert (
        "Contrôle du tableau publié en vigueur (version 1, projet), règle par règle." in rosterplan("audit", solved).out
    )
    one = json.loads(Path("reports/petit/roster.json").read_text(encoding="utf-8"))["assignments"][0]
    call = json.loads(rosterplan("replace", solved, one["duty"], "--json").out)["calls"][0]
    assert rosterplan("replace", solved, one["duty"], "--by", call["doctor"], "--who", "Dr Roux").code == 0
    said = rosterplan("audit", solved)
    assert "(version 1, projet, 1 changement noté depuis), règle par règle." in said.out
    assert "ne sont plus ceux de ce tableau" not in said.out
    answer = json.loads(rosterplan("audit", solved, "--json").out)
    assert (answer["published"]["in_force"], answer["published"]["version"], answer["published"]["positions"]) == (
        True,
        1,
        0,
    )
    path = Path("reports/petit/roster.json")
    newer = json.loads(path.read_text(encoding="utf-8"))
    newer["assignments"] = newer["assignments"][1:]
    path.write_text(json.dumps(newer), encoding="utf-8")
    said = rosterplan("audit", solved)
    assert "Contrôle de reports/petit/roster.json, règle par règle." in said.out
    assert "n’est pas celui qui est publié (version 1). Pour regarder celui-ci : --roster en-vigueur" in said.out
    assert "1 changement noté depuis" in rosterplan("audit", solved, "--roster", "en-vigueur").out


def test_without_any_roster_audit_says_what_to_do(rosterplan, folder):
    said = rosterplan("audit", folder)
    assert said.code == 2
    assert "Aucun tableau dans reports/petit. Calculez d’abord (rosterplan solve)" in said.err


def test_a_version_or_file_that_does_not_exist_is_2(rosterplan, solved):
    assert rosterplan("audit", solved, "--roster", "v3").code == 2
    assert rosterplan("audit", solved, "--roster", "rien.xlsx").code == 2


def test_a_roster_of_another_folder_is_refused_with_what_is_unknown(rosterplan, solved):
    path = Path("reports/petit/roster.json")
    path.write_text(path.read_text(encoding="utf-8").replace("EX01", "M999"), encoding="utf-8")
    said = rosterplan("audit", solved)
    assert said.code == 3
    assert "M999" in said.err


def test_a_json_that_is_no_roster_is_refused(rosterplan, solved):
    Path("autre.json").write_text('{"schema": 1}', encoding="utf-8")
    said = rosterplan("audit", solved, "--roster", "autre.json")
    assert said.code == 3
    assert "Rien n’a été fait." in said.err


def test_quiet_says_nothing_of_a_clean_roster_and_the_verdict_of_another(rosterplan, solved):
    quiet = rosterplan("audit", solved, "--quiet")
    assert (quiet.out, quiet.err) == ("", "")
    edited(Path("reports/petit/tableau.xlsx"), Path("corrige.xlsx"), twice_in_a_row)
    assert "non respectée" in rosterplan("audit", solved, "--roster", "corrige.xlsx", "--quiet").err


def test_the_parts_of_establishments_are_told_only_where_a_rule_shares_between_them():
    from rosterplan.cli.reached import told
    from rosterplan.rules.house_quota import HouseQuota

    assert told("shares", [HouseQuota()])
    assert not told("shares", []) and told("caps", [])
