"""What-if scenarios on tiny plans: what is changed is changed everywhere, nothing else is, and figures are counted by hand."""

from __future__ import annotations

import pytest

from rosterplan.domain.fairness import coefficients
from rosterplan.domain.instance import Availability, Balance, Instance, Lock
from rosterplan.domain.people import Membership
from rosterplan.domain.rates import Rate
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.rulebook import RuleRow, Scope
from rosterplan.domain.work import Group, Line, Sector
from rosterplan.explain.measures import measured
from rosterplan.explain.merging import merged
from rosterplan.explain.scenarios import (
    NoScenario,
    Scenario,
    closed,
    kept_of,
    opened,
    ruled,
    rules_of,
    with_more,
    without,
)
from tests.exact.harness import a_doctor, a_duty, an_instance

MONDAY, SATURDAY, SUNDAY, OTHER = (
    a_duty("2027-01-04 20:00", 4),
    a_duty("2027-01-09 12:00", 8, band="samedi"),
    a_duty("2027-01-10 12:00", 8, band="dimanche"),
    a_duty("2027-01-09 12:00", 8, band="samedi", line="L2"),
)
ROSTER = Roster(
    assignments=tuple(
        Assignment(duty=duty.id, doctor=doctor)
        for duty, doctor in ((MONDAY, "A"), (SATURDAY, "A"), (SUNDAY, "B"), (OTHER, "C"))
    )
)


def a_plan() -> Instance:
    """Two sectors, three doctors, with everything that refers to lines, sectors and doctors."""
    lines = (Line(id="L1", name="Un", sector="S1"), Line(id="L2", name="Deux", sector="S2"))
    doctors = (
        a_doctor("A"),
        a_doctor("B", sectors=(Membership(sector="S1", participation=0.5), Membership(sector="S2", participation=0.5))),
        a_doctor("C", sectors=(Membership(sector="S2"),)),
    )
    groups, duties = (Group(id="S1", lines=("L1",)), Group(id="S2", lines=("L2",))), (MONDAY, SATURDAY, SUNDAY, OTHER)
    return an_instance(
        duties, doctors, lines=lines, groups=groups, shares=coefficients(doctors, lines, groups, duties),
        sectors=(Sector(id="S1", name="Nord"), Sector(id="S2", name="Sud")),
        availability=(Availability(doctor="A", duty=SUNDAY.id, value="avoid"),),
        locks=(Lock(duty=SUNDAY.id, doctor="B"),),
        balances=(Balance(doctor="C", group="S2", band="samedi", balance_hundredths=100),),
        rules=(
            RuleRow(code="coverage"), RuleRow(code="eligible"), RuleRow(code="juste-repartition"),
            RuleRow(code="min-rest", params={"hours": 11}), RuleRow(code="spacing", scope=Scope(sectors=("S2",))),
        ),
    )  # fmt: skip


def sound(scenario: Scenario) -> Scenario:
    """Every reference of the scenario leads somewhere: the instance is valid when read again."""
    Instance.model_validate(scenario.instance.model_dump(by_alias=True))
    return scenario


def test_merged_sectors_are_one_for_doctors_lines_groups_balances_and_rules():
    found = sound(merged(Scenario(a_plan()), ["S1", "S2"]))
    assert {line.sector for line in found.instance.lines} == {"S1"}
    assert [group.lines for group in found.instance.groups] == [("L1", "L2")]
    assert [sector.name for sector in found.instance.sectors] == ["Nord + Sud"]
    assert [member.participation for member in found.instance.doctor_by_id["B"].sectors] == [1.0]
    assert found.instance.balances[0].group == "S1"
    assert [row.scope.sectors for row in found.instance.rules if row.code == "spacing"] == [("S1",)]
    assert found.areas == {"S1"}
    assert {share.group for share in found.instance.shares} == {"S1"}
    assert found.steps == ("Nord et Sud réunis",)


def test_a_closed_band_takes_its_duties_and_what_was_said_of_them_away():
    found = sound(closed(Scenario(a_plan()), "L1", "dimanche"))
    assert [duty.id for duty in found.instance.duties] == [MONDAY.id, SATURDAY.id, OTHER.id]
    assert found.instance.locks == ()
    assert found.instance.availability == ()
    assert found.areas == {"S1"}
    with pytest.raises(NoScenario):
        closed(found, "L1", "dimanche")


def test_an_opened_line_has_the_hours_of_its_model():
    known = sound(opened(Scenario(a_plan()), "L2", "dimanche", "L1"))
    [sunday] = [duty for duty in known.instance.duties if duty.line == "L2" and duty.band == "dimanche"]
    assert (sunday.start, sunday.end, sunday.id) == (SUNDAY.start, SUNDAY.end, SUNDAY.id.replace("L1", "L2"))
    guessed = opened(Scenario(a_plan()), "L2", "dimanche", "")
    assert guessed.instance.duties == known.instance.duties
    new = sound(opened(Scenario(a_plan()), "L9", "", "L2"))
    assert new.instance.line_by_id["L9"].sector == "S2"
    assert [group.lines for group in new.instance.groups] == [("L1",), ("L2", "L9")]
    with pytest.raises(NoScenario):
        opened(Scenario(a_plan()), "L9", "", "")
    with pytest.raises(NoScenario):
        opened(known, "L2", "dimanche", "L1")


def test_without_a_doctor_nothing_of_him_or_her_is_left_and_the_sectors_are_planned_again():
    found = sound(without(Scenario(a_plan()), "B"))
    assert "B" not in found.instance.doctor_by_id
    assert found.instance.locks == ()
    assert found.areas == {"S1", "S2"}
    alone = without(Scenario(a_plan()), "C")
    lines, roster = kept_of(alone, ROSTER)
    assert lines == {"L1"}
    assert {one.doctor for one in roster.assignments} == {"A", "B"}


def test_more_doctors_may_hold_what_their_sector_asks():
    found = sound(with_more(Scenario(a_plan()), 2, "S2"))
    more = [doctor for doctor in found.instance.doctors if doctor.id.startswith("NOUVEAU")]
    assert len(more) == 2
    assert all(doctor.sectors == (Membership(sector="S2"),) for doctor in more)
    assert {share.doctor for share in found.instance.shares} >= {doctor.id for doctor in more}
    assert found.areas == {"S2"}
    again = with_more(found, 1, "S2")
    assert len(again.instance.doctor_by_id) == 6


def test_a_rule_is_changed_in_every_row_and_refused_where_it_makes_no_sense():
    found = ruled(Scenario(a_plan()), "min-rest", "hours", 24)
    assert next(rule for rule in rules_of(found) if rule.code == "min-rest").hours == 24
    assert found.areas is None
    assert kept_of(found, ROSTER)[0] == frozenset()
    assert ruled(Scenario(a_plan()), "spacing", "jours", 3).areas == {"S2"}
    for code, parameter, value in (("repos", "hours", 1), ("min-rest", "heure", 1), ("min-rest", "hours", "beaucoup")):
        with pytest.raises(NoScenario):
            ruled(Scenario(a_plan()), code, parameter, value)


def test_figures_are_what_one_counts_by_hand():
    instance = a_plan()
    rules = rules_of(Scenario(instance))
    rates = (Rate(cents=5000, lines=("L1",)), Rate(cents=8000, lines=("L1",), bands=("dimanche",)))
    found = measured(instance, rules, ROSTER, rates)
    assert (found.needed, found.unfilled, found.doctors) == (4, 0, 3)
    assert (found.most_load, round(found.mean_load, 2)) == (2, 1.33)
    assert (found.most_weekends, found.mean_weekends) == (1, 1.0)
    assert (found.cents, found.unpaid) == (18000, 1)
    short = Roster(assignments=ROSTER.assignments[1:])
    assert measured(instance, rules, short).unfilled == 1
    assert measured(instance, rules, short).cents is None
    assert ("S1", 3, 1) in measured(instance, rules, short).by_sector
