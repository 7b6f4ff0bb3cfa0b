"""`whatif`: scenarios in the order typed, beside today; the folder untouched; refusals in words."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest

from rosterplan.cli.whatif import columns_asked, share_remarks


def print_of(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_each_option_stands_in_the_column_where_it_was_typed():
    typed = ("dossier", "--without", "A", "--scenario", "--with=2@S1", "--quiet", "--without", "B", "--scenario")
    assert columns_asked(typed) == [[("--without", "A")], [("--with", "2@S1"), ("--without", "B")], []]


def test_scenarios_stand_beside_today_and_the_folder_is_untouched(rosterplan, solved):
    before = print_of(Path("petit"))
    roster = Path("reports/petit/roster.json").read_bytes()
    said = rosterplan(
        "simuler", solved, "--without", "EX01", "--scenario", "--rule", "min-rest.hours=24", "--workers", "1"
    )
    assert said.code == 0, said.err
    assert "Aujourd’hui" in said.out
    assert "Scénario 1 : sans le Dr" in said.out
    assert "Scénario 2" in said.out
    assert "le dossier n’a pas été touché" in said.out
    assert print_of(Path("petit")) == before
    assert Path("reports/petit/roster.json").read_bytes() == roster
    book = openpyxl.load_workbook("reports/petit/scenarios/scenarios.xlsx")
    assert book.sheetnames == ["Scénarios", "Secteurs"]
    figures = {row[0]: row[1:4] for row in book["Scénarios"].iter_rows(values_only=True) if row[0]}
    for name in (
        "Médecins au tableau",
        "Gardes par médecin, en moyenne",
        "Juste répartition (somme des écarts au carré)",
    ):
        assert len(figures[name]) == 3 and all(isinstance(one, int | float) for one in figures[name]), figures[name]


def test_the_answer_for_programs_holds_every_figure(rosterplan, solved):
    line = json.loads(rosterplan("export", solved, "--json").out)["lines"][0]["id"]
    answer = json.loads(rosterplan("whatif", solved, "--close", line, "--json", "--workers", "1").out)
    today, scenario = answer["scenarios"]
    assert today["steps"] == []
    assert scenario["needed"] < today["needed"]
    assert scenario["broken"] == 0
    assert scenario["cents"] is None
    assert set(scenario) >= {"unfilled", "mean_load", "most_load", "mean_weekends", "fairness", "wishes", "by_sector"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "Dites ce qui changerait"),
        (("--merge", "NORD"), "un secteur"),
        (("--close", "NULLE"), "une ligne"),
        (("--open", "NOUVELLE"), "Quels horaires"),
        (("--without", "Personne"), "un médecin"),
        (("--with", "deux@NORD"), "NOMBRE@SECTEUR"),
        (("--rule", "min-rest"), "RÈGLE.PARAMÈTRE=VALEUR"),
        (("--rule", "min-rest.hours=beaucoup"), "n’est pas une valeur possible"),
        (("--rule", "repos.hours=2"), "Pas de règle"),
        (("--effort", "0", "--without", "EX01"), "nombre entier"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(rosterplan, solved, options, words):
    said = rosterplan("whatif", solved, *options)
    assert said.code == 2
    assert words in said.err


def test_without_any_roster_it_says_what_to_do(rosterplan, folder):
    said = rosterplan("whatif", folder, "--without", "EX01")
    assert said.code == 2
    assert "rosterplan solve" in said.err


def test_caps_that_follow_the_share_are_named_when_doctors_are_added(rosterplan, solved):
    sector = json.loads(rosterplan("export", solved, "--json").out)["sectors"][0]["id"]
    for options, named in ((("--with", f"1@{sector}"), True), (("--without", "EX01"), False)):
        said = rosterplan("whatif", solved, *options, "--workers", "1").out
        assert ("plancher à la part" in said) is named


def test_fewer_holes_without_a_doctor_are_explained_by_the_caps_raised_to_the_share():
    names = ["maximum sur quelques jours", "maximum de week-ends", "maximum de week-ends"]
    [why] = share_remarks(names, more=False, fewer_holes_without=True)
    assert why.startswith("Moins de trous avec un médecin de moins : la part des autres monte")
    assert why.count("« maximum de week-ends »") == 1
    assert len(share_remarks(names, more=True, fewer_holes_without=True)) == 2
    assert share_remarks(names, more=False, fewer_holes_without=False) == []
    assert share_remarks([], more=True, fewer_holes_without=True) == []
