"""What costs cover, against every roster of tiny instances: bounds hold, and a volunteer fills what is said."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from rosterplan.audit import audit
from rosterplan.domain.fairness import coefficients
from rosterplan.domain.instance import Availability, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster, roster_of
from rosterplan.domain.work import Group, Line, Sector
from rosterplan.explain.cover import FAMILIES, explained_cover
from rosterplan.explain.scenarios import Scenario, with_more
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.base import Rule
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.max_per_period import MaxPerPeriod
from tests.exact.harness import a_doctor, a_duty, an_instance
from tests.exact.test_remedies import some_book, some_instance, some_legal_roster


def every_filling(instance: Instance) -> Iterator[Roster]:
    """Each duty with one doctor or none: rules forbid more than one."""
    choices = [None, *(doctor.id for doctor in instance.doctors)]
    for chosen in product(choices, repeat=len(instance.duties)):
        held = {duty.id: (who,) for duty, who in zip(instance.duties, chosen, strict=True) if who}
        yield roster_of(held)


def fewest_open(instance: Instance, rules: Sequence[Rule]) -> int:
    """The fewest duties any legal roster leaves open."""
    hard = [rule for rule in rules if rule.code != "coverage"]
    best = len(instance.duties)
    for roster in every_filling(instance):
        open_duties = len(instance.duties) - len(roster.assignments)
        if open_duties < best and all(one.severity != "erreur" for one in audit(instance, hard, roster).findings):
            best = open_duties
    return best


@pytest.mark.parametrize("seed", range(8))
def test_no_roster_passes_a_bound_and_no_family_costs_more_than_is_said(seed: int):
    chance = random.Random(seed)
    instance, rules = some_instance(chance), some_book(chance)
    instance = instance.changed(duties=instance.duties[:4], doctors=instance.doctors[:3], locks=())
    instance = instance.changed(
        availability=tuple(
            row for row in instance.availability if row.doctor in "ABC" and row.duty in instance.duty_by_id
        )
    )
    roster = some_legal_roster(instance, rules, chance)
    cover = explained_cover(instance, rules, roster, audit(instance, rules, roster))
    assert cover.missing == len(instance.duties) - len(roster.assignments)
    assert cover.least <= fewest_open(instance, rules)
    for family in cover.families:
        kept = [rule for rule in rules if rule.code not in FAMILIES[family.family]]
        assert family.least <= fewest_open(instance, kept)
        assert family.cost == cover.least - family.least >= 0


def test_a_volunteer_fills_what_is_said():
    chance = random.Random(3)
    instance, rules = some_instance(chance), some_book(chance)
    roster = Roster()
    [line] = explained_cover(instance, rules, roster, audit(instance, rules, roster)).lines
    assert line.unfilled == len(instance.duties)
    helper: Doctor = a_doctor("volontaire", modalities=("fixe",))
    wider = instance.changed(doctors=(helper,), availability=(), locks=(), fixed=(), answered=())
    assert 1 <= line.volunteer_fills <= len(instance.duties) - fewest_open(wider, rules)


def test_one_more_volunteer_is_the_same_where_cover_is_explained_and_in_a_scenario():
    """A cap raised to the share: without a share of his own a volunteer would be held to one duty a month."""
    evenings = tuple(a_duty(f"2027-03-{day:02} 20:00", 4) for day in (1, 5, 9, 13))
    lines, groups = (Line(id="L1", name="Un", sector="S1"),), (Group(id="S1", lines=("L1",)),)
    doctors = (a_doctor("A"), a_doctor("B"))
    refused = [(name, duty.id) for name, own in (("A", 0), ("B", 1)) for duty in evenings if duty is not evenings[own]]
    instance = an_instance(
        evenings, doctors, lines=lines, groups=groups, sectors=(Sector(id="S1", name="Nord"),),
        shares=coefficients(doctors, lines, groups, evenings),
        availability=tuple(Availability(doctor=name, duty=duty, value="impossible") for name, duty in refused),
    )  # fmt: skip
    cap = MaxPerPeriod(most=1, period="month", at_least_share=True, row="m")
    rules = (Coverage(row="c"), Eligible(row="e"), DeclaredDates(row="d"), cap)
    roster = roster_of({evenings[0].id: ("A",), evenings[1].id: ("B",)})
    [line] = explained_cover(instance, rules, roster, audit(instance, rules, roster)).lines
    wider = with_more(Scenario(instance), 1, "S1").instance
    assert line.unfilled == 2 == line.volunteer_fills
    assert line.volunteer_fills == len(evenings) - len(roster.assignments) - fewest_open(wider, rules)
