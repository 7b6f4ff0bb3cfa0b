"""An instance.json that is none is refused in the reader's words, at the field."""

from __future__ import annotations

import json

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


def test_a_roster_given_for_an_instance_is_said_once(tmp_path):
    said = refusals(tmp_path, {"schema": 1, "instance": "x", "assignments": [], "stages": [], "holes": []})
    assert said == [("json-roster", "", "un tableau déjà calculé (roster.json)")]


def test_a_text_that_is_no_json_is_said_as_such(tmp_path):
    [(code, cell, found)] = refusals(tmp_path, "{oups")
    assert (code, cell) == ("json-invalid", "") and found.startswith("un texte qui n’est pas du JSON")
