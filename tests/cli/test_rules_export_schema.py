"""`rules`, `export` and `schema`: a folder told in sentences, as one file, and described to programs."""

from __future__ import annotations

import json
from pathlib import Path

from rosterplan.rules import RULES
from rosterplan.sheets.folder import read_folder
from rosterplan.sheets.instance_json import instance_json


def test_each_rule_of_the_folder_is_a_sentence_with_its_source_and_its_row(rosterplan, folder):
    said = rosterplan("règles", folder)
    assert said.code == 0
    assert "Volontaires seulement (volunteers-only)" in said.out
    assert "CSP R.6315-4" in said.out
    assert "Règles!5" in said.out


def test_without_a_folder_every_rule_there_is_is_told(rosterplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = json.loads(rosterplan("rules", "--json").out)
    assert [rule["code"] for rule in answer["rules"]] == [rule.code for rule in RULES]
    assert all(rule["text"] for rule in answer["rules"])


def test_rules_of_a_folder_as_json_are_those_of_its_rows(rosterplan, folder):
    answer = json.loads(rosterplan("rules", folder, "--json").out)
    rows = read_folder(folder).draft.rules
    assert [(rule["code"], rule["row"]) for rule in answer["rules"]] == [(row.code, row.row) for row in rows]


def test_export_prints_the_canonical_instance_alone(rosterplan, folder):
    said = rosterplan("exporter", folder, "--json")
    assert said.code == 0
    assert said.out.encode() == instance_json(read_folder(folder).instance)


def test_export_writes_the_same_bytes_into_the_output_folder(rosterplan, folder):
    said = rosterplan("export", folder)
    assert "Écrit : reports/petit/instance.json" in said.out
    assert Path("reports/petit/instance.json").read_bytes() == instance_json(read_folder(folder).instance)


def test_an_export_takes_the_place_of_the_folder(rosterplan, folder):
    rosterplan("export", folder)
    again = rosterplan("export", "reports/petit/instance.json", "--json")
    assert again.out.encode() == Path("reports/petit/instance.json").read_bytes()


def test_an_instance_that_is_none_is_refused_with_every_reason(rosterplan, tmp_path):
    (tmp_path / "instance.json").write_text('{"schema": 2, "period": {"start": "x"}}', encoding="utf-8")
    said = rosterplan("check", tmp_path / "instance.json", "--json", "--out", tmp_path / "out")
    assert said.code == 3
    assert {problem["cell"] for problem in json.loads(said.out)["problems"]} >= {"schema", "id", "period.start"}


def test_the_schemas_describe_what_is_written(rosterplan):
    instance = json.loads(rosterplan("schema").out)
    assert {"schema", "period", "duties", "rules"} <= set(instance["properties"])
    roster = json.loads(rosterplan("schema", "roster").out)
    assert {"schema", "input_sha256", "assignments", "holes", "dues", "stages"} <= set(roster["properties"])
