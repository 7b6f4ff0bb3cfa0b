"""What costs cover, against every roster of tiny instances: bounds hold, and a volunteer fills what is said."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from rosterplan.audit import audit
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster, roster_of
from rosterplan.explain.cover import FAMILIES, explained_cover
from rosterplan.rules.base import Rule
from tests.exact.harness import a_doctor
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
