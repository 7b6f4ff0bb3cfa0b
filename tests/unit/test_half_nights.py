"""Demi-garde and demi-astreinte: lines of their own, counted and paid by halves, capped as the article says."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest

from rosterplan.audit import audit
from rosterplan.domain.calendar.days import EVERY_DAY
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Period
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.work import Line
from rosterplan.report.facts import Facts
from rosterplan.report.hospital.files import hospital_files
from rosterplan.rules.book import rule_book
from rosterplan.sheets.plan.assemble import instance_of
from rosterplan.sheets.plan.template import template

MONTH = Period(start=date(2027, 3, 1), end=date(2027, 3, 31))
PH, LIBERAL = "EX01", "EX07"


def the_plan():
    """The example of a shared line with a demi-garde from 18 h 30 to midnight and the demi-astreinte that follows."""
    content = template("pdses", "essai", MONTH)
    houses = tuple(house.id for house in content.establishments)
    lines = tuple(
        Line(id=name, name=name, modality=modality, establishments=houses)
        for name, modality in (("DEMI-GARDE", "garde"), ("DEMI-ASTREINTE", "astreinte"))
    )
    hours = (
        OpeningHours(line="DEMI-GARDE", days=EVERY_DAY, start=18 * 60 + 30, end=24 * 60, band="demi-nuit-semaine"),
        OpeningHours(line="DEMI-ASTREINTE", days=EVERY_DAY, start=0, end=8 * 60, band="demi-nuit-semaine"),
    )
    changed = {"lines": (*content.lines, *lines), "hours": (*content.hours, *hours)}
    return content.model_copy(update=changed)


def facts_of(*held: tuple[str, str, date]) -> Facts:
    content = the_plan()
    instance = instance_of(content)
    found = {(duty.line, duty.date): duty.id for duty in instance.duties}
    roster = Roster(assignments=tuple(Assignment(duty=found[line, day], doctor=doctor) for doctor, line, day in held))
    rules = rule_book(instance)
    report = audit(instance, rules, roster)
    result = Result(status="feasible", seed=1, effort=1, stages=())
    return Facts(instance, rules, roster, result, report, input_sha256="0" * 64, rates=content.rates)


def statement(facts: Facts) -> dict[str, list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(hospital_files(facts)["hopital/pilotage.xlsx"]))
    return {str(row[2]): list(row) for row in book["État récapitulatif"].iter_rows(values_only=True)}


@pytest.mark.parametrize(
    ("doctor", "status", "garde", "astreinte"), [(PH, "PH", 211.01, 75), (LIBERAL, "libéral", 141, 100)]
)
def test_the_statement_counts_a_half_day_and_pays_by_halves(doctor, status, garde, astreinte):
    first = date(2027, 3, 2)
    row = statement(facts_of((doctor, "DEMI-GARDE", first), (doctor, "DEMI-ASTREINTE", first + timedelta(days=1))))[
        status
    ]
    assert row[4:8] == [1, 1, 1, 5.5], "one on site, one on call, one half-day, hours on site"
    assert row[8] == pytest.approx(garde + astreinte) and row[9] is None


def test_two_demi_astreintes_a_week_and_no_third_without_consent():
    days = [date(2027, 3, 2) + timedelta(days=2 * step) for step in range(3)]
    two, three = (facts_of(*((PH, "DEMI-ASTREINTE", day) for day in days[:count])) for count in (2, 3))
    over = [[one for one in facts.audit.findings if one.rule == "max-per-period"] for facts in (two, three)]
    assert over[0] == [] and [one.amount for one in over[1]] == [1]
    assert over[1][0].severity == "erreur"
