"""A line too small for the law: holes proven, the rule, the month, and how many accepted overruns would do (exit 1)."""

from __future__ import annotations

import json
from datetime import date

from rosterplan.domain.instance import Period
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook

MAY = Period(start=date(2026, 5, 1), end=date(2026, 5, 31))


def a_line_of(path, count, beyond=0):
    """An astreinte of one hospital held by ``count`` PH in May 2026; the first ``beyond`` accept more than the caps."""
    content = template("pdses", "mai-2026", MAY)
    house = content.establishments[:1]
    lines = tuple(
        line.model_copy(update={"establishments": (house[0].id,), "mode": "simple"}) for line in content.lines
    )
    doctors = tuple(
        doctor.model_copy(
            update={"status": "PH", "quota": 1.0, "establishment": house[0].id, "accepts_beyond_cap": rank < beyond}
        )
        for rank, doctor in enumerate(content.doctors[:count])
    )
    rules = tuple(row for row in content.rules if row.code != "house-quota")
    changed = {"establishments": house, "lines": lines, "doctors": doctors, "rules": rules}
    (path / "disponibilites").mkdir(parents=True)
    (path / "plan.xlsx").write_bytes(plan_workbook(content.model_copy(update=changed)))
    return path


def test_three_ph_in_may_2026_answer_with_proven_holes(rosterplan, tmp_path):
    folder = a_line_of(tmp_path / "mai", 3)
    said = rosterplan("solve", folder, "--out", tmp_path / "out", "--workers", 1)
    assert said.code == 1
    assert (
        "mai 2026 : 9 gardes (« Dimanche et férié ») ; il faut 5 PH sans volontaire au-delà du plafond, vous en avez 3"
        in said.out
    )
    assert "3 gardes resteront vides, ou 3 dépassements acceptés" in said.out
    document = json.loads((tmp_path / "out" / "roster.json").read_text("utf-8"))
    coverage = document["stages"][0]
    assert coverage["proven"] and len(document["holes"]) == 3
    assert [(hole["proven"], hole["one_of"]) for hole in document["holes"]] == [(False, 3)] * 3, (
        "which ones is a choice"
    )


def test_explain_says_of_each_hole_that_their_number_is_proven_and_not_their_dates(rosterplan, tmp_path):
    folder = a_line_of(tmp_path / "mai", 3)
    rosterplan("solve", folder, "--out", tmp_path / "out", "--workers", 1)
    said = rosterplan("explain", folder, "--out", tmp_path / "out", "--hole", "all")
    assert said.out.count("3 médecins manqueront en tout, ici ou à une autre date de même priorité : c’est prouvé") == 3


def test_three_accepted_overruns_would_indeed_do(rosterplan, tmp_path):
    folder = a_line_of(tmp_path / "mai", 3, beyond=3)
    said = rosterplan("solve", folder, "--out", tmp_path / "out", "--workers", 1)
    assert said.code == 1
    document = json.loads((tmp_path / "out" / "roster.json").read_text("utf-8"))
    assert document["holes"] == [] and document["stages"][1]["value"] == 3 and document["stages"][1]["proven"]
    assert "sauf accord" in said.out or "plafonds dépassés par accord" in said.out
