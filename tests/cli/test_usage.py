"""Wrong usage is said in the reader's language, with exit code 2, and nothing on stdout."""

from __future__ import annotations

import pytest

ENGLISH_OF_TYPER = ("Usage:", "Error", "Invalid value", "No such", "Missing", "Got unexpected", "Try '", "requires")

WRONG = {
    "an option that does not exist": (
        ["schema", "--sed", "3"],
        "L’option --sed n’existe pas. Vouliez-vous dire --seed ?",
    ),
    "an option without its value": (["schema", "--seed"], "L’option --seed attend une valeur."),
    "a flag with a value": (["schema", "--json=3"], "L’option --json ne prend pas de valeur."),
    "a word for a number": (["schema", "--seed", "x"], "--seed : « x » n’est pas un nombre entier d’au moins 0."),
    "a negative number": (["schema", "--seed", "-1"], "--seed : « -1 » n’est pas un nombre entier d’au moins 0."),
    "a date that does not exist": (["schema", "--today", "2027-02-30"], "--today : « 2027-02-30 » n’est pas une date."),
    "a language we do not speak": (["schema", "--lang", "de"], "--lang : « de » n’est pas une langue connue"),
    "one argument too many": (["schema", "roster", "b"], "En trop : b"),
    "a command that does not exist": (
        ["schemo"],
        "La commande « schemo » n’existe pas. Vouliez-vous dire schéma ou démo ?",
    ),
    "an option before the command": (["--json", "schema"], "Écrivez --json après la commande"),
    "a document that does not exist": (["schema", "plan"], "« plan » n’est pas un document connu"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_is_said_in_french(rosterplan, case):
    arguments, words = WRONG[case]
    said = rosterplan(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert words in said.err
    assert not any(word in said.err for word in ENGLISH_OF_TYPER)


@pytest.mark.parametrize("case", [case for case in WRONG if case != "a language we do not speak"])
def test_wrong_usage_is_said_in_english_on_request(rosterplan, case):
    said = (
        rosterplan(*WRONG[case][0], "--lang=en")
        if WRONG[case][0][-1] != "--seed"
        else rosterplan("schema", "--lang=en", "--seed")
    )
    assert said.code == 2
    assert not any(letter in said.err.replace("schéma or démo", "") for letter in "éèàç«»")


def test_a_command_answers_to_its_french_name_with_or_without_accents_and_capitals(rosterplan):
    english = rosterplan("schema", "roster")
    assert english.code == 0
    assert english.out == rosterplan("schéma", "roster").out == rosterplan("SCHEMA", "roster").out


def test_a_planning_folder_typed_as_a_command_is_recognised(rosterplan, folder):
    said = rosterplan("petit")
    assert said.code == 2
    assert "« petit » est un dossier de garde" in said.err
    assert "cd petit, puis rosterplan seul" in said.err
