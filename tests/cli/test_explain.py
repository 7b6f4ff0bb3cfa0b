"""`explain`: each topic on screen, in its sheet and as JSON; refusals in words."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

ROSTER = Path("reports/petit/roster.json")


@pytest.fixture
def with_a_hole(solved: Path) -> tuple[Path, str]:
    """The folder with its roster, one duty of which nobody holds any more."""
    document = json.loads(ROSTER.read_text(encoding="utf-8"))
    taken = document["assignments"].pop(3)
    ROSTER.write_text(json.dumps(document), encoding="utf-8")
    return solved, taken["duty"]


def sheets(path: str) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(Path(path).read_bytes()))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_a_hole_is_told_doctor_by_doctor_with_ways_to_fill_it(rosterplan, with_a_hole):
    folder, duty = with_a_hole
    said = rosterplan("expliquer", folder, "--hole", duty)
    assert said.code == 1, said.err
    assert "il manque 1 médecin" in said.out
    assert "  1. Le Dr " in said.out
    assert "À écrire au Dr " in said.out
    assert "Écrit : reports/petit/explications.xlsx" in said.out


def test_all_holes_are_told_in_short_and_whole_in_the_workbook(rosterplan, with_a_hole):
    folder, _ = with_a_hole
    said = rosterplan("explain", folder, "--hole", "all")
    assert said.code == 1
    book = sheets("reports/petit/explications.xlsx")
    assert list(book) == ["Sommaire", "Gardes non pourvues", "Solutions", "Médecin par médecin"]
    assert any("aucune règle ne s’y oppose" in str(cell) for row in book["Solutions"] for cell in row)


def test_the_json_holds_candidates_and_remedies_and_stdout_nothing_else(rosterplan, with_a_hole):
    folder, duty = with_a_hole
    answer = json.loads(rosterplan("explain", folder, "--hole", "all", "--json").out)
    assert answer["schema"] == 1
    [hole] = answer["holes"]
    assert hole["duty"] == duty
    assert hole["remedies"][0]["checked"] is True
    assert set(hole["remedies"][0]) == {"steps", "concessions", "price", "change", "text", "requests", "checked"}
    assert [Path(path).name for path in answer["paths"]] == ["explications.xlsx"]


def test_the_remedy_offered_fills_the_hole_and_breaks_nothing(rosterplan, with_a_hole):
    folder, duty = with_a_hole
    answer = json.loads(rosterplan("explain", folder, "--hole", duty, "--json").out)
    step = answer["holes"][0]["remedies"][0]["steps"][0]
    document = json.loads(ROSTER.read_text(encoding="utf-8"))
    model = next(one for one in document["assignments"])
    document["assignments"].append({**model, "duty": step["duty"], "doctor": step["doctor"]})
    ROSTER.write_text(json.dumps(document), encoding="utf-8")
    assert rosterplan("audit", folder).code == 0


def test_without_holes_nothing_is_written(rosterplan, solved):
    said = rosterplan("explain", solved, "--hole", "all")
    assert (said.code, said.out) == (0, "Toutes les gardes sont pourvues.\n")
    assert not Path("reports/petit/explications.xlsx").exists()


def test_a_duty_that_is_held_is_no_hole(rosterplan, solved):
    duty = json.loads(ROSTER.read_text(encoding="utf-8"))["assignments"][0]["duty"]
    said = rosterplan("explain", solved, "--hole", duty)
    assert said.code == 2
    assert "Cette garde n’est pas vacante : Dr " in said.err


def test_a_duty_nobody_knows_is_refused_with_an_example(rosterplan, solved):
    said = rosterplan("explain", solved, "--hole", "NULLE-PART")
    assert said.code == 2
    assert "Aucune garde « NULLE-PART »" in said.err


def test_without_a_roster_explain_says_what_to_do(rosterplan, folder):
    said = rosterplan("explain", folder, "--hole", "all")
    assert said.code == 2
    assert "Calculez d’abord" in said.err


def test_a_folder_that_does_not_exist_is_2(rosterplan, tmp_path):
    assert rosterplan("explain", tmp_path / "rien").code == 2


def test_in_english_the_answer_is_english(rosterplan, with_a_hole):
    folder, duty = with_a_hole
    said = rosterplan("explain", folder, "--hole", duty, "--lang", "en")
    assert "takes the duty of" in said.out
    assert "Written: reports/petit/explanations.xlsx" in said.out


def test_quiet_says_nothing(rosterplan, with_a_hole):
    folder, _ = with_a_hole
    said = rosterplan("explain", folder, "--hole", "all", "--quiet")
    assert (said.code, said.out, said.err) == (1, "", "")
