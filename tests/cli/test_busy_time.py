"""Effection and régulation share doctors: each plan takes the other's roster as busy time, in whatever file it comes."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from rosterplan.domain.instance import Period
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook

WEEK = Period(start=date(2027, 4, 5), end=date(2027, 4, 11))


def a_folder(path: Path, kind) -> Path:
    (path / "ailleurs").mkdir(parents=True)
    (path / "plan.xlsx").write_bytes(plan_workbook(template(kind, f"{kind}-2027", WEEK)))
    return path


def held_in(roster: Path, names: Path) -> list[tuple[str, datetime, datetime]]:
    """Name, start and end of every duty of a roster.json."""
    people = {
        one["id"]: (one["last_name"], one["first_name"]) for one in json.loads(names.read_text("utf-8"))["doctors"]
    }
    return [
        (" ".join(people[one["doctor"]]), datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"]))
        for one in json.loads(roster.read_text("utf-8"))["assignments"]
    ]


def taken_elsewhere(rosterplan, folder: Path) -> set[tuple[str, str, str]]:
    """What a folder's instance says its doctors hold elsewhere: doctor, start, end."""
    instance = json.loads(rosterplan("export", folder, "--json").out)
    return {(one["doctor"], one["start"], one["end"]) for one in instance["history"] if one["band"] == "ailleurs"}


@pytest.fixture
def solved(rosterplan, tmp_path: Path) -> Path:
    """An effection roster, then a régulation planned around its tableau.xlsx."""
    effection, regulation = a_folder(tmp_path / "effection", "pdsa"), a_folder(tmp_path / "regulation", "regulation")
    limit = ("--time-limit", 1, "--workers", 1, "--quiet")
    assert rosterplan("solve", effection, "--out", tmp_path / "e", *limit).code == 0
    shutil.copy(tmp_path / "e" / "tableau.xlsx", regulation / "ailleurs" / "tableau.xlsx")
    assert rosterplan("solve", regulation, "--out", tmp_path / "r", *limit).code in (0, 1)
    for name, folder in (("e", effection), ("r", regulation)):
        (tmp_path / name / "instance.json").write_text(rosterplan("export", folder, "--json").out, encoding="utf-8")
    return tmp_path


def test_each_plan_takes_the_others_roster_in_every_file_it_may_come_in(rosterplan, solved):
    effection = held_in(solved / "e" / "roster.json", solved / "e" / "instance.json")
    regulation = held_in(solved / "r" / "roster.json", solved / "r" / "instance.json")
    shared = {name for name, _, _ in effection} & {name for name, _, _ in regulation}
    assert shared, "the same doctors hold guards and regulate"
    for (who, start, end), (other, first, last) in product(effection, regulation):
        assert who != other or end <= first or last <= start, "nobody is in two places"

    folder = solved / "effection"
    found = {}
    for files in (("tableau.xlsx",), ("vacations-par-semaine.xlsx",), ("roster.json", "instance.json")):
        for file in files:
            shutil.copy(solved / "r" / file, folder / "ailleurs" / file)
        found[files[0]] = taken_elsewhere(rosterplan, folder)
        for file in files:
            (folder / "ailleurs" / file).unlink()
    assert found["tableau.xlsx"] and len({frozenset(one) for one in found.values()}) == 1

    plain = openpyxl.Workbook()
    plain.active.append(("Jour", "Début", "Fin", "Nom", "Prénom"))
    for name, start, end in regulation:
        plain.active.append((start.date(), start.strftime("%Hh%M"), end.strftime("%Hh%M"), *name.split(" ", 1)))
    plain.save(folder / "ailleurs" / "planning du samu.xlsx")
    assert taken_elsewhere(rosterplan, folder) == found["tableau.xlsx"]

    audited = rosterplan("audit", folder, "--roster", solved / "e" / "roster.json", "--json")
    broken = {one["rule"] for one in json.loads(audited.out)["findings"] if one["severity"] == "erreur"}
    assert "no-overlap" not in broken, "the régulation was planned around it"
    who, start, end = effection[0]
    plain.active.append((start.date(), start.strftime("%Hh%M"), end.strftime("%Hh%M"), *who.split(" ", 1)))
    plain.save(folder / "ailleurs" / "planning du samu.xlsx")
    audited = rosterplan("audit", folder, "--roster", solved / "e" / "roster.json", "--json")
    assert any(one["rule"] == "no-overlap" for one in json.loads(audited.out)["findings"])
