"""A shared agenda published week by week: a version a week, the weeks published before as they were, a file for its recipients."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from rosterplan.domain.instance import Period
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook

THREE_WEEKS = Period(start=date(2027, 4, 5), end=date(2027, 4, 25))
OUT = Path("reports") / "agenda"


@pytest.fixture
def agenda(rosterplan, tmp_path, monkeypatch) -> Path:
    """An agenda of three weeks, planned."""
    monkeypatch.chdir(tmp_path)
    Path("agenda").mkdir()
    content = template("snp", "agenda-avril", THREE_WEEKS)
    Path("agenda/plan.xlsx").write_bytes(plan_workbook(content))
    assert rosterplan("solve", "agenda", "--time-limit", 1, "--workers", 1, "--quiet").code in (0, 1)
    return Path("agenda")


def held(number: int, week: str) -> set[tuple[str, str]]:
    """Duty and doctor of what a version holds from a Monday on, for a week."""
    found = json.loads((OUT / "versions" / f"{number:03}" / "roster.json").read_text("utf-8"))["assignments"]
    return {(one["duty"], one["doctor"]) for one in found if f"{date.fromisoformat(one['start'][:10]):%G-S%V}" == week}


def without_the_first_slot(path: Path, day: str) -> Path:
    """A copy of the roster in which the first slot from a day on is given up."""
    document = json.loads((OUT / "roster.json").read_text("utf-8"))
    first = next(one for one in document["assignments"] if one["start"] >= day)
    document["assignments"].remove(first)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_each_week_is_a_version_and_the_weeks_before_stay_as_they_were_published(rosterplan, agenda, monkeypatch):
    first = json.loads(rosterplan("publish", agenda, "--week", "suivante", "--json").out)
    assert (first["version"], first["state"], first["week"]) == (1, "definitif", "2027-S14")
    assert {name for name in first["files"] if name.endswith(".xlsx")} == {"semaines/agenda-2027-S14.xlsx"}
    book = openpyxl.load_workbook(io.BytesIO(Path(first["files"]["semaines/agenda-2027-S14.xlsx"]).read_bytes()))
    days = {row[0].date() for row in book.worksheets[0].iter_rows(values_only=True) if hasattr(row[0], "date")}
    assert days and min(days) >= date(2027, 4, 5) and max(days) <= date(2027, 4, 11)

    with monkeypatch.context() as inside:
        inside.chdir(agenda)
        told = rosterplan("--today", "2027-04-01", "--out", Path("..") / OUT).out
        assert told.rstrip().endswith("À faire maintenant : rosterplan publish --week 2027-S15")
    changed = without_the_first_slot(Path("change.json"), "2027-04-05")
    said = rosterplan("publish", agenda, "--week", "next", "--roster", changed)
    assert "La semaine 2027-S14, déjà publiée, reste telle quelle" in said.out
    assert "Semaines publiées : 2027-S14 (v1), 2027-S15 (v2) ; suivante : --week 2027-S16." in said.out
    assert held(2, "2027-S14") == held(1, "2027-S14") and held(2, "2027-S15")

    again = rosterplan("publish", agenda, "--week", "S14", "--roster", changed, "--json")
    third = json.loads(again.out)
    assert (third["version"], third["state"], third["rank"]) == (3, "modifie", 1)
    assert len(held(3, "2027-S14")) == len(held(1, "2027-S14")) - 1
    assert held(3, "2027-S15") == held(2, "2027-S15")
    assert rosterplan("ledger", "verify").code == 0
    assert rosterplan("publish", agenda, "--week", "2027-04-20", "--quiet").code in (0, 1)
    assert "Toutes les semaines sont déjà publiées" in rosterplan("publish", agenda, "--week", "next").err


def test_a_week_that_is_none_is_refused_and_nothing_is_written(rosterplan, agenda):
    for week in ("2027-S20", "bientôt", "S99", "2026-04-05"):
        said = rosterplan("publish", agenda, "--week", week)
        assert said.code == 2 and "n’est pas une semaine de cet agenda : de 2027-S14 à 2027-S16" in said.err
    assert not (OUT / "versions").exists()


def test_a_roster_that_is_no_agenda_is_published_whole(rosterplan, solved):
    said = rosterplan("publish", solved, "--week", "S14")
    assert said.code == 2 and "Seul un agenda" in said.err
