"""`explain`: each topic on screen, in its sheet and as JSON; refusals in words."""

from __future__ import annotations

import io
import json
import re
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
    safe = re.sub(r"[^\w-]", "-", duty)
    written = f"explications-non-pourvue-{safe}.xlsx"
    assert f"Écrit : reports/petit/{written}" in said.out


def test_all_holes_are_told_in_short_and_whole_in_the_workbook(rosterplan, with_a_hole):
    folder, _ = with_a_hole
    said = rosterplan("explain", folder, "--hole", "all")
    assert said.code == 1
    book = sheets("reports/petit/explications-non-pourvues.xlsx")
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
    assert [Path(path).name for path in answer["paths"]] == ["explications-non-pourvues.xlsx"]


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
    assert not list(Path("reports/petit").glob("explications*"))


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
    assert "Written: reports/petit/explanations-unfilled-" in said.out


def test_quiet_says_nothing(rosterplan, with_a_hole):
    folder, _ = with_a_hole
    said = rosterplan("explain", folder, "--hole", "all", "--quiet")
    assert (said.code, said.out, said.err) == (1, "", "")


def two_doctors() -> tuple[str, str]:
    """Two doctors of the roster who hold something."""
    held = [one["doctor"] for one in json.loads(ROSTER.read_text(encoding="utf-8"))["assignments"]]
    first, second, *_ = sorted(set(held))
    return first, second


def test_a_doctor_is_told_with_the_arithmetic_and_beside_a_colleague_for_the_coordinator_alone(rosterplan, solved):
    doctor, other = two_doctors()
    said = rosterplan("explain", solved, "--doctor", doctor, "--compare-to", other)
    assert said.code == 0, said.err
    assert "Part : " in said.out
    assert "Solde à la fin : " in said.out
    assert "Réservé au coordinateur : à ne pas transmettre." in said.out
    assert "D’où vient l’écart : parts " in said.out
    assert list(sheets(f"reports/petit/explications-medecin-{doctor}-et-{other}.xlsx")) == ["Sommaire", "Médecin"]


def test_the_letter_names_no_colleague_and_needs_no_network(rosterplan, solved):
    doctor, other = two_doctors()
    said = rosterplan("explain", solved, "--doctor", doctor, "--compare-to", other, "--lettre", "--today", "2027-03-01")
    assert said.code == 0, said.err
    letter = Path(f"reports/petit/lettre-{doctor}.html").read_text(encoding="utf-8")
    plan = openpyxl.load_workbook(solved / "plan.xlsx")["Médecins"]
    names = {row[0]: f"{row[1]} {row[2]}" for row in plan.iter_rows(min_row=5, values_only=True) if row[0]}
    assert len(names) == 12
    assert [known for known, name in names.items() if name in letter] == [doctor], "the doctor's own name alone"
    assert "lundi 1er mars 2027" in letter
    assert "http" not in letter
    assert "collègue" in letter
    assert "éservé" not in letter


def test_a_letter_alone_prints_a_line_and_where_it_is(rosterplan, solved):
    doctor, _ = two_doctors()
    said = rosterplan("explain", solved, "--doctor", doctor, "--lettre")
    assert said.code == 0, said.err
    first, second = said.out.strip().splitlines()
    assert "garde" in first and "formulaire" in first
    assert second == f"Écrit : reports/petit/lettre-{doctor}.html"
    assert not list(Path("reports/petit").glob("explications*"))


def test_the_json_of_a_doctor_adds_up(rosterplan, solved):
    doctor, _ = two_doctors()
    told = json.loads(rosterplan("explain", solved, "--doctor", doctor, "--json").out)["doctor"]
    assert told["doctor"] == doctor
    for share in told["shares"]:
        if share["cause"] != "renfort":
            closing = share["opening_hundredths"] + 100 * share["held"] - share["due_hundredths"]
            assert share["closing_hundredths"] == closing


def test_a_duty_is_told_with_who_could_take_it_the_fairest_first(rosterplan, solved):
    duty = json.loads(ROSTER.read_text(encoding="utf-8"))["assignments"][0]["duty"]
    said = rosterplan("explain", solved, "--duty", duty)
    assert said.code == 0, said.err
    assert "Tenue par le Dr " in said.out
    [told] = json.loads(rosterplan("explain", solved, "--duty", duty, "--json").out)["duty"]
    free = [one["change"].get("fairness", 0) for one in told["takeovers"] if not one["obstacles"]]
    assert free == sorted(free)
    assert free


def test_once_published_the_roster_explained_is_the_one_in_force_with_the_changes_recorded(rosterplan, solved):
    assert rosterplan("publish", solved, "--today", "2027-02-01").code == 0
    first = json.loads(ROSTER.read_text(encoding="utf-8"))["assignments"][0]
    duty, titular = first["duty"], first["doctor"]
    taker = json.loads(rosterplan("replace", solved, duty, "--json").out)["calls"][0]["doctor"]
    given = rosterplan("swap", solved, "give", titular, duty, taker, "--who", "Dr Roux")
    assert given.code == 0, given.err
    said = rosterplan("explain", solved, "--duty", duty)
    assert "À propos du tableau publié en vigueur (version 1, projet, 1 changement noté depuis)." in said.out
    assert "Tenue par le Dr " in said.out
    assert "(changement noté)" in said.out
    computed = rosterplan("explain", solved, "--duty", duty, "--roster", ROSTER).out
    assert "À propos" not in computed
    assert "(changement noté)" not in computed


@pytest.mark.parametrize("extra", [("--lettre",), ("--compare-to", "EX01")])
def test_what_goes_with_a_doctor_is_refused_without_one(rosterplan, solved, extra):
    said = rosterplan("explain", solved, *extra)
    assert said.code == 2
    assert "vont avec --doctor" in said.err


def test_a_doctor_nobody_knows_and_one_compared_to_himself_are_refused(rosterplan, solved):
    assert rosterplan("explain", solved, "--doctor", "Dr Personne").code == 2
    doctor, _ = two_doctors()
    said = rosterplan("explain", solved, "--doctor", doctor, "--compare-to", doctor)
    assert said.code == 2
    assert "un autre médecin" in said.err


def test_without_a_topic_all_holes_are_told(rosterplan, with_a_hole):
    folder, _ = with_a_hole
    assert "il manque 1 médecin" in rosterplan("explain", folder).out


def test_cover_separates_what_no_roster_can_from_what_this_one_does_not(rosterplan, with_a_hole):
    folder, _ = with_a_hole
    said = rosterplan("explain", folder, "--cover")
    assert said.code == 1, said.err
    assert "Ce tableau laisse 1 place non pourvue." in said.out
    assert "Rien ne prouve qu’il doive en rester" in said.out
    told = json.loads(rosterplan("explain", folder, "--cover", "--json").out)["cover"]
    assert (told["missing"], told["least"]) == (1, 0)
    assert all((family["cost"], family["least"]) == (0, 0) for family in told["families"])
    assert told["lines"][0]["volunteer_fills"] == 1


def test_each_question_has_its_own_workbook_and_none_takes_another_away(rosterplan, with_a_hole):
    folder, duty = with_a_hole
    doctor, _ = two_doctors()
    for asked in (("--hole", "all"), ("--cover",), ("--doctor", doctor), ("--duty", duty)):
        rosterplan("explain", folder, *asked)
    once = sorted(path.name for path in Path("reports/petit").glob("explications-*.xlsx"))
    assert len(once) == 4
    assert {
        "explications-couverture.xlsx",
        "explications-non-pourvues.xlsx",
        f"explications-medecin-{doctor}.xlsx",
    } < set(once)
    answer = json.loads(rosterplan("explain", folder, "--cover", "--duty", duty, "--json").out)
    assert {Path(path).name for path in answer["paths"]} == {
        one for one in once if "couverture" in one or "garde-" in one
    }


def test_cover_of_a_full_roster_says_so(rosterplan, solved):
    said = rosterplan("explain", solved, "--cover")
    assert said.code == 0, said.err
    assert "Toutes les gardes sont pourvues." in said.out
