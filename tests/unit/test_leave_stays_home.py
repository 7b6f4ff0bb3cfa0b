"""A leave is seen by its own house and by the coordination alone: no other file that leaves tells it, in any way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from rosterplan.audit import audit
from rosterplan.domain.file_names import TABLEAU_FILE
from rosterplan.domain.instance import Availability, Instance, Period
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.report.facts import Facts
from rosterplan.report.publication.edition import Edition
from rosterplan.report.publication.files import publication_files
from rosterplan.rules.book import rule_book
from rosterplan.sheets.forms.all_forms import all_forms
from rosterplan.sheets.forms.questionnaire import questionnaire
from rosterplan.sheets.plan.assemble import instance_of
from rosterplan.sheets.plan.template import template

MONTH = Period(start=date(2027, 3, 8), end=date(2027, 3, 21))
AWAY, OWN = "EX07", "hopital/tableau-de-service-CLINIQUE-EXEMPLE.xlsx"
LEAVE = Availability(doctor=AWAY, start=date(2027, 3, 8), end=date(2027, 3, 14), value="impossible")


@cache
def plain() -> Instance:
    return instance_of(template("pdses", "essai", MONTH))


def files_of(instance: Instance, state) -> dict[str, bytes]:
    """What is sent of one roster in which the doctor holds nothing those days, and the last duty is a hole."""
    people = [doctor.id for doctor in instance.doctors if doctor.id != AWAY]
    held = tuple(
        Assignment(duty=duty.id, doctor=people[number % len(people)])
        for number, duty in enumerate(instance.duties[:-1])
    )
    roster, rules = Roster(assignments=held), rule_book(instance)
    result = Result(status="feasible", seed=1, effort=1, stages=())
    facts = Facts(instance, rules, roster, result, audit(instance, rules, roster), input_sha256="0" * 64)
    edition = Edition(facts=facts, number=1, state=state, rank=0, when=datetime(2027, 1, 4, 9, tzinfo=UTC))
    return publication_files(edition, versions={}, today=date(2027, 1, 4))


@pytest.mark.parametrize("state", ["cdom", "definitif"])
def test_of_what_is_published_only_the_house_s_own_table_changes_with_a_leave(state):
    without, with_leave = files_of(plain(), state), files_of(plain().changed(availability=(LEAVE,)), state)
    assert without.keys() == with_leave.keys()
    changed = {name for name in without if without[name] != with_leave[name]}
    assert OWN in changed and changed <= {OWN, TABLEAU_FILE}, "the coordination keeps its own workbook"


def test_no_form_or_sheet_sent_out_changes_with_a_leave():
    def forms(instance: Instance) -> dict[str, bytes]:
        questions = questionnaire(instance, rule_book(instance), reply_to="")
        return {one.path: one.content for one in all_forms(replace(questions), made_on=date(2027, 1, 4))}

    assert forms(plain()) == forms(plain().changed(availability=(LEAVE,)))
