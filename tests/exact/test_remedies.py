"""Holes explained against brute force: a named blocker blocks, a named remedy fills, and nothing cheaper exists."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest

from rosterplan.domain.explanations import HoleExplained
from rosterplan.domain.instance import Availability, Instance, Lock
from rosterplan.domain.people import Doctor, Membership
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Demand
from rosterplan.explain.concessions import HANDED, IMPOSSIBLE, PRICES, kind_of
from rosterplan.explain.confirmation import Confirmation, confirmed
from rosterplan.explain.holes import explained_holes
from rosterplan.explain.moves import Move, Moves, give, hand, moved
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.base import Rule
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.fixed_assignments import FixedAssignments
from rosterplan.rules.locks import Locks
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.min_rest import MinRest
from rosterplan.rules.no_overlap import NoOverlap
from rosterplan.rules.pairs_apart import PairsApart
from tests.exact.harness import a_duty, an_instance

LAW = "CSP R.6152-27"


def some_book(chance: random.Random) -> tuple[Rule, ...]:
    """The rules of a small department; rest is the law's or a local habit, and some caps may be missing."""
    rest = MinRest(row="Règles!5", hours=chance.choice([11, 24]), source=chance.choice([LAW, "usage local"]))
    caps = (
        MaxPerPeriod(row="Règles!6", most=chance.choice([1, 2]), source="usage local"),
        MaxPerWindow(row="Règles!7", most=1, days=3, source="usage local"),
        PairsApart(row="Règles!8", couples=(("A", "B"),), source="usage local"),
    )
    return (
        Coverage(row="Règles!1"), Eligible(row="Règles!2"), DeclaredDates(row="Règles!3"), NoOverlap(row="Règles!4"), rest,
        *(cap for cap in caps if chance.random() < 0.6), FixedAssignments(row="Règles!9"), Locks(row="Règles!10"),
    )  # fmt: skip


def some_doctor(name: str, chance: random.Random) -> Doctor:
    """Of one sector, the other, or both; now and then without the modality."""
    sectors = chance.choice([("S1",), ("S1",), ("S2",), ("S1", "S2")])
    return Doctor(
        id=name, last_name=name, sectors=tuple(Membership(sector=one) for one in sectors),
        modalities=("fixe",) if chance.random() < 0.9 else ("regulation",),
        accepts_beyond_cap=chance.random() < 0.2,
    )  # fmt: skip


def some_instance(chance: random.Random) -> Instance:
    """Five evenings and nights within a week, two of them at once, and four doctors."""
    nights = chance.sample([(day, hour) for day in range(1, 6) for hour in ("08:00", "20:00")], 5)
    duties = [a_duty(f"2027-03-{day:02} {hour}", 12, band="soiree") for day, hour in nights]
    doctors = [some_doctor(name, chance) for name in "ABCD"]
    said = tuple(
        Availability(doctor=doctor.id, duty=duty.id, value="impossible")
        for doctor in doctors
        for duty in duties
        if chance.random() < 0.25
    )
    answered = tuple(doctor.id for doctor in doctors if chance.random() < 0.8)
    locks = (Lock(duty=duties[0].id, doctor=None),) if chance.random() < 0.2 else ()
    return an_instance(duties, doctors, availability=said, answered=answered, locks=locks)


def some_legal_roster(instance: Instance, rules: Sequence[Rule], chance: random.Random) -> Roster:
    """Duties given in any order to whoever may take them; some are left open."""
    roster = Roster()
    cells = [(duty.id, doctor.id) for duty in instance.duties for doctor in instance.doctors]
    for duty, doctor in chance.sample(cells, len(cells)):
        tried = duty not in roster.doctors_of and chance.random() < 0.8
        if tried and confirmed(instance, rules, roster, give(duty, doctor)).legal:
            roster = moved(roster, give(duty, doctor))
    return roster


def outsider(instance: Instance, doctor: str) -> bool:
    """True if a doctor would be eligible but for the sector of the line, S1 everywhere here."""
    one = instance.doctor_by_id[doctor]
    return all(member.sector != "S1" for member in one.sectors) and "fixe" in one.modalities


def brute_price(instance: Instance, rules: Sequence[Rule], said: Confirmation, moves: Moves) -> int:
    """What the audit's findings would take, one concession per row and doctors."""
    by_row = {rule.row: rule for rule in rules}
    price = HANDED * sum(not move.gives for move in moves)
    for row, doctors in {(one.row, one.doctors) for one in said.broken}:
        rule = by_row[row]
        if rule.code == "eligible":
            price += PRICES["renfort"] if outsider(instance, doctors[0]) else IMPOSSIBLE
        elif rule.code == "availability" and instance.answered and doctors[0] not in instance.answered:
            price += PRICES["reponse"]
        else:
            kind = kind_of(rule)
            price += IMPOSSIBLE if kind is None else PRICES[kind]
    return price


def every_way(instance: Instance, rules: Sequence[Rule], roster: Roster, hole: str) -> Iterator[Moves]:
    """Everybody taking the hole, alone or handing a duty of his own to a colleague, who may hand one on to a third."""
    admitting = [rule for rule in rules if rule.code in ("eligible", "availability")]
    admitted = {
        (duty.id, one.id)
        for duty in instance.duties
        for one in instance.doctors
        if confirmed(instance, admitting, Roster(), give(duty.id, one.id)).legal
    }

    def handed(giver: str, *others: str) -> Iterator[tuple[str, str, Moves]]:
        for duty in roster.duties_of.get(giver, ()):
            for one in instance.doctors:
                if one.id not in (giver, *others, *roster.doctors_of[duty]) and (duty, one.id) in admitted:
                    yield duty, one.id, hand(duty, giver, one.id)

    for taker in instance.doctors:
        yield give(hole, taker.id)
        for _, second, first_hand in handed(taker.id):
            yield (*give(hole, taker.id), *first_hand)
            for _, _, second_hand in handed(second, taker.id):
                yield (*give(hole, taker.id), *first_hand, *second_hand)


def explained(seed: int) -> tuple[Instance, tuple[Rule, ...], Roster, tuple[HoleExplained, ...]]:
    chance = random.Random(seed)
    instance, rules = some_instance(chance), some_book(chance)
    roster = some_legal_roster(instance, rules, chance)
    return instance, rules, roster, explained_holes(instance, rules, roster)


@pytest.mark.parametrize("seed", range(60))
def test_blockers_block_and_remedies_fill_and_nothing_is_cheaper(seed: int):
    instance, rules, roster, holes = explained(seed)
    for hole in holes:
        for one in hole.candidates:
            said = confirmed(instance, rules, roster, give(hole.duty, one.doctor))
            assert {obstacle.row for obstacle in one.obstacles} == said.rows, (hole.duty, one)
            lifted = tuple(rule for rule in rules if rule.row not in said.rows)
            after = confirmed(instance, lifted, roster, give(hole.duty, one.doctor))
            assert after.legal, "lift the rules named and the duty fills"
            assert after.costs["coverage"] < 0
        prices = []
        for remedy in hole.remedies:
            moves = tuple(Move(step.doctor, step.duty, step.gives) for step in remedy.steps)
            said = confirmed(instance, rules, roster, moves)
            assert said.costs["coverage"] < 0
            assert said.rows == {one.row for one in remedy.concessions}, remedy
            assert remedy.price == brute_price(instance, rules, said, moves)
            assert remedy.checked
            prices.append(remedy.price)
        assert prices == sorted(prices)
        ways = list(every_way(instance, rules, roster, hole.duty))
        cheapest = min(
            (brute_price(instance, rules, confirmed(instance, rules, roster, moves), moves) for moves in ways),
            default=IMPOSSIBLE,
        )
        found = prices[0] if prices else IMPOSSIBLE
        assert min(found, IMPOSSIBLE) == min(cheapest, IMPOSSIBLE), hole


def test_the_instances_tried_have_holes_of_every_kind():
    every = [hole for seed in range(60) for hole in explained(seed)[3]]
    kinds = {one.kind for hole in every for remedy in hole.remedies for one in remedy.concessions}
    assert {"accord", "renfort", "date", "reponse", "regle"} <= kinds
    assert any(len(remedy.steps) > 1 for hole in every for remedy in hole.remedies)
    assert any(sum(not step.gives for step in remedy.steps) == 2 for hole in every for remedy in hole.remedies)
    assert any(not hole.remedies for hole in every)


def test_a_demand_left_open_is_told_by_the_shift_that_meets_most_of_it():
    morning, long, evening = (
        a_duty(f"2027-03-01 {start}", hours, need_min=0, need_max=2)
        for start, hours in (("08:00", 4), ("08:00", 8), ("12:00", 4))
    )
    start = morning.start
    demand = Demand(id="besoin", line="L1", start=start, end=long.end, need=1)
    doctors = [Doctor(id=name, last_name=name, sectors=(Membership(sector="S1"),)) for name in "AB"]
    instance = an_instance([morning, long, evening], doctors, demands=(demand,))
    rules = (Coverage(row="Règles!1"), NoOverlap(row="Règles!4"))
    [hole] = explained_holes(instance, rules, Roster())
    assert hole.duty == long.id
    assert hole.need.startswith("Besoin non couvert")
    assert {one.doctor for one in hole.candidates if not one.obstacles} == {"A", "B"}
    said = confirmed(instance, rules, Roster(), give(hole.duty, hole.remedies[0].steps[0].doctor))
    assert said.legal
    assert said.costs["coverage"] < 0
