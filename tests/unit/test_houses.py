"""Coefficients between houses: over the pool, within the house, θ between, and under turns."""

from datetime import date, timedelta

import pytest

from rosterplan.domain.fairness.coefficients import shares_of
from rosterplan.domain.fairness.dues import full_dues
from rosterplan.domain.people import Establishment
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line
from tests.exact.harness import a_doctor, a_duty, an_instance

HOUSES = (
    Establishment(id="CH", name="Hôpital", full_time_equivalents=12),
    Establishment(id="CL", name="Clinique", status="prive", full_time_equivalents=5),
)
FIFTY_FIFTY = {"parts": {"CH": 50, "CL": 50}}


def an_instance_of(rules=(), turns=(), days=68):
    people = [a_doctor(f"H{number:02}", establishment="CH", sectors=()) for number in range(12)]
    people += [a_doctor(f"L{number:02}", establishment="CL", sectors=()) for number in range(5)]
    duties = [
        a_duty(
            f"{date(2027, 1, 4) + timedelta(days=day)} 20:00",
            4,
            establishments=turns[day % len(turns)] if turns else (),
        )
        for day in range(days)
    ]
    return an_instance(
        duties, people, lines=(Line(id="L1", name="Ligne", establishments=("CH", "CL")),), groups=(Group(id="G", lines=("L1",)),),
        establishments=HOUSES, rules=rules,
    )  # fmt: skip


def dues_of(instance):
    return {due.doctor: due.due_hundredths for due in full_dues(instance)}


def convention(**params):
    return (RuleRow(code="juste-repartition"), RuleRow(code="house-quota", params=params))


def test_over_the_pool_every_doctor_owes_the_same():
    assert set(dues_of(an_instance_of()).values()) == {400}
    assert set(dues_of(an_instance_of(convention(**FIFTY_FIFTY, in_house=0))).values()) == {400}


def test_in_the_house_a_fifty_fifty_convention_with_12_and_5_means_times_2_4():
    found = dues_of(an_instance_of(convention(**FIFTY_FIFTY)))
    assert {found["H00"], found["H11"]} <= {283, 284} and found["L00"] == 680
    assert found["L00"] / found["H00"] == pytest.approx(2.4, abs=0.01)


def test_theta_is_between():
    found = dues_of(an_instance_of(convention(**FIFTY_FIFTY, in_house=0.5)))
    assert found["L00"] == pytest.approx((680 + 400) / 2, abs=1)


def test_without_parts_full_time_equivalents_are_the_convention():
    assert set(dues_of(an_instance_of(convention())).values()) == {400}


def test_under_turns_each_house_shares_its_own():
    found = dues_of(an_instance_of(turns=(("CH",), ("CL",), ("CL",), ("CL",))))
    assert found["H00"] == pytest.approx(17 / 12 * 100, abs=1) and found["L00"] == pytest.approx(51 / 5 * 100, abs=1)
    total = sum(share.coefficient for share in shares_of(an_instance_of(turns=(("CH",), ("CL",)))))
    assert total == pytest.approx(17)


def test_the_convention_is_told_before_solving_where_it_weighs_unequally():
    from rosterplan.rules.book import rule_book

    instance = an_instance_of(convention(**FIFTY_FIFTY))
    (note,) = [note for rule in rule_book(instance) for note in rule.foresee(instance) if note.code == "house-quota"]
    assert "2,40 fois la charge" in note.text and "Clinique (5,00 ETP)" in note.text
