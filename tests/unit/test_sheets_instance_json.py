"""An instance.json that is none is refused in the reader's words, at the field."""

from __future__ import annotations

import json

import pytest

from rosterplan.sheets.instance_json import read_instance_json


def refusals(folder, content) -> list[tuple[str, str, str]]:
    path = folder / "instance.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    instance, problems = read_instance_json(path)
    assert instance is None
    return [(one.code, one.cell, one.found) for one in problems]


def test_absent_and_unknown_fields_are_said_in_french(tmp_path):
    said = refusals(tmp_path, {"schema": 1, "couleur": "bleu"})
    assert ("json-invalid", "period", "un champ absent") in said
    assert ("json-invalid", "couleur", "un champ inconnu") in said


@pytest.mark.parametrize(("content", "cell", "found"), [
    ([], "", "autre chose qu’un objet { … }"),
    ({"doctors": "EX01"}, "doctors", "autre chose qu’une liste [ … ]"),
    ({"doctors": [{"id": 3, "last_name": "X"}]}, "doctors.0.id", "autre chose qu’un texte"),
    ({"period": {"start": "hier", "end": "2027-03-31"}}, "period.start", "autre chose qu’une date AAAA-MM-JJ"),
    ({"plan": {"missing_answers": "peut-être"}}, "plan.missing_answers", "« peut-être », qui n’est pas l’une des valeurs"),
    ({"plan": {"fairness_tolerance": 7}}, "plan.fairness_tolerance", "7, au lieu d’un nombre ≤ 1"),
    ({"plan": {"fairness_tolerance": "deux"}}, "plan.fairness_tolerance", "autre chose qu’un nombre"),
])  # fmt: skip
def test_values_of_a_wrong_kind_are_said_in_french_at_their_field(tmp_path, content, cell, found):
    said = refusals(tmp_path, content)
    assert [words for _, where, words in said if where == cell and words.startswith(found)], said
    assert not [words for _, _, words in said if "Input should" in words]


def test_a_roster_given_for_an_instance_is_said_once(tmp_path):
    said = refusals(tmp_path, {"schema": 1, "instance": "x", "assignments": [], "stages": [], "holes": []})
    assert said == [("json-roster", "", "un tableau déjà calculé (roster.json)")]


def test_a_text_that_is_no_json_is_said_as_such(tmp_path):
    [(code, cell, found)] = refusals(tmp_path, "{oups")
    assert (code, cell) == ("json-invalid", "") and found.startswith("un texte qui n’est pas du JSON")
