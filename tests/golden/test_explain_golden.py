"""Explanations of one real sector as French text, compared whole; UPDATE_GOLDEN=1 writes what is expected. Read them aloud."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rosterplan.audit import audit
from rosterplan.domain.fairness import with_dues
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Roster
from rosterplan.explain.board import lay
from rosterplan.explain.cover import explained_cover
from rosterplan.explain.duties import explained_duty
from rosterplan.explain.holes import explained_holes
from rosterplan.explain.marks import marked_duties
from rosterplan.explain.moves import give
from rosterplan.report.explications.cover import cover_page
from rosterplan.report.explications.doctor import doctor_facts, doctor_page
from rosterplan.report.explications.duty import duty_page
from rosterplan.report.explications.holes import hole_lines
from rosterplan.report.explications.letter import letter_html
from rosterplan.report.explications.page import screen_lines
from rosterplan.report.facts import Facts
from rosterplan.rules.base import Rule
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import read_input

HERE = Path(__file__).parent / "explain"
FOLDER = Path(__file__).parents[2] / "instances" / "secteur-4-volontaires"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
TODAY = date(2026, 12, 1)


def by_turns(instance: Instance, rules: tuple[Rule, ...]) -> Roster:
    """A roster as one makes it by hand: each duty to whoever has fewest and may take it; no solver."""
    board = lay(instance, rules, Roster())
    for duty in sorted(instance.duties, key=lambda one: (one.start_minute, one.id)):
        held = board.roster.duties_of
        for doctor in sorted((one.id for one in instance.doctors), key=lambda one: (len(held.get(one, ())), one)):
            if (doctor, duty.id) in board.column_of and board.judge(give(duty.id, doctor)).legal:
                board = board.after(give(duty.id, doctor))
                break
    return with_dues(instance, board.roster, 1)


@pytest.fixture(scope="module")
def facts() -> Facts:
    instance = read_input(FOLDER, without=(), today=TODAY).instance
    assert instance is not None
    rules = rule_book(instance)
    roster = by_turns(instance, rules)
    result = Result(status="feasible", seed=1, effort=1, stages=())
    return Facts(instance, rules, roster, result, audit(instance, rules, roster), input_sha256="0" * 64)


def holes(facts: Facts) -> str:
    found = explained_holes(facts.instance, facts.rules, facts.roster, report=facts.audit)
    assert found, "the sector has too few doctors: something stays open"
    return "\n".join(hole_lines(facts, found[:3], whole=True))


def doctor(facts: Facts) -> str:
    one, other = (
        doctor_facts(facts, name, marked_duties(lay(facts.instance, facts.rules, facts.roster), name))
        for name in ("M001", "M002")
    )
    return "\n".join(screen_lines(doctor_page(one, other)))


def letter(facts: Facts) -> str:
    marks = marked_duties(lay(facts.instance, facts.rules, facts.roster), "M001")
    return letter_html(doctor_facts(facts, "M001", marks), TODAY).decode()


def duty(facts: Facts) -> str:
    name = facts.roster.assignments[10].duty
    return "\n".join(screen_lines(duty_page(facts, explained_duty(facts.instance, facts.rules, facts.roster, name))))


def cover(facts: Facts) -> str:
    return "\n".join(
        screen_lines(cover_page(facts, explained_cover(facts.instance, facts.rules, facts.roster, facts.audit)))
    )


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("gardes-non-pourvues.txt", holes), ("medecin.txt", doctor), ("lettre.html", letter), ("garde.txt", duty),
        ("couverture.txt", cover),
    ],
)  # fmt: skip
def test_the_explanation_reads_exactly_so(facts: Facts, file: str, told: Callable[[Facts], str]) -> None:
    found, path = told(facts).rstrip("\n") + "\n", HERE / file
    if UPDATE:
        HERE.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_the_letter_names_no_colleague(facts: Facts) -> None:
    told = letter(facts)
    others = [one.last_name.upper() for one in facts.instance.doctors if one.id != "M001"]
    assert not [name for name in others if name in told.upper()]
