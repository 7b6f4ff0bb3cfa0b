"""Each kind of folder has its circuit: who hears of a roster, and by what dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rosterplan.domain.calendar.deadlines import back_plan
from rosterplan.domain.circuit import circuit_of
from rosterplan.domain.instance import Period
from rosterplan.report.publication.edition import state_word

QUARTER = Period(start=date(2027, 4, 1), end=date(2027, 6, 30))


@pytest.mark.parametrize(
    ("kinds", "code", "sent"),
    [
        (("pdsa",), "ordre", "transmis au CDOM"),
        (("regulation",), "ordre", "transmis au CDOM"),
        (("pediatrie",), "ordre", "transmis au CDOM"),
        (("pdsa", "pdses"), "ordre", "transmis au CDOM"),
        (("snp", "pdsa"), "ordre", "transmis au CDOM"),
        (("pdses",), "direction", "transmis à la direction"),
        (("pdses", "snp"), "direction", "transmis à la direction"),
        (("snp",), "secretariat", "transmis au secrétariat"),
    ],
)
def test_the_law_holds_wherever_one_kind_is_under_it_and_nowhere_else(kinds, code, sent):
    circuit = circuit_of(kinds)
    assert circuit.code == code
    assert state_word("cdom", kinds=kinds) == sent
    assert circuit.under_law == ({"cdom", "ars"} <= set(circuit.told)) == (code == "ordre")
    legal = {step.code: step for step in circuit.steps if step.legal}
    assert set(legal) == ({"cdom", "ars", "liste-effectuee"} if code == "ordre" else set())


def test_the_legal_dates_are_45_and_10_days_before_and_a_month_after():
    due = {one.code: one.due for one in back_plan(QUARTER, circuit_of(("pdsa",)).steps)}
    assert due["cdom"] == QUARTER.start - timedelta(days=45)
    assert due["ars"] == QUARTER.start - timedelta(days=10)
    assert due["liste-effectuee"] == date(2027, 7, 31)


@pytest.mark.parametrize("kinds", [("pdsa",), ("pdses",), ("snp",)])
def test_somebody_told_may_call_and_neither_the_ordre_nor_the_direction_gets_a_phone(kinds):
    circuit = circuit_of(kinds)
    assert circuit.phones
    assert circuit.phones <= set(circuit.told) - {"cdom", "ars", "direction"}
