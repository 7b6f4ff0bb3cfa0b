"""Chains and calls against brute force: every way found is legal by the audit, and no legal way is missing."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from rosterplan.audit import audit
from rosterplan.domain.fairness import closing_balances, with_dues
from rosterplan.domain.instance import Availability
from rosterplan.domain.people import Establishment, Membership
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.rulebook import Scope
from rosterplan.domain.versions import Change, laid_over
from rosterplan.explain.calls import calls
from rosterplan.explain.confirmation import confirmed
from rosterplan.explain.moves import moved
from rosterplan.explain.standing_of_doctors import Balances
from rosterplan.explain.swaps import Leg, across_houses, chains, judged, moves_of, round_of
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.house_quota import HouseQuota
from rosterplan.rules.juste_repartition import JusteRepartition
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.min_rest import MinRest
from rosterplan.rules.no_overlap import NoOverlap
from tests.exact.harness import a_doctor, a_duty, an_instance, at

RULES = (
    Coverage(), Eligible(), DeclaredDates(), NoOverlap(), MinRest(hours=20), MaxPerPeriod(most=2, period="month"),
    JusteRepartition(),
)  # fmt: skip
START = date(2027, 1, 1)
DUTIES = tuple(
    a_duty(f"2027-01-{day:02} {hour}:00", 4, line=line, band=band)
    for day, hour, line, band in (
        (4, 20, "L1", "soiree"), (5, 20, "L1", "soiree"), (9, 12, "L1", "samedi"), (9, 20, "L2", "samedi"),
        (10, 12, "L1", "dimanche"), (12, 20, "L2", "soiree"),
    )
)  # fmt: skip


def a_case():
    """Six duties, five doctors, one of another sector, one who refuses a date, one who holds nothing."""
    doctors = (
        a_doctor("A", phone="06 39 98 00 01"), a_doctor("B"), a_doctor("C"), a_doctor("D"),
        a_doctor("E", sectors=(Membership(sector="S2"),)),
    )  # fmt: skip
    said = (
        Availability(doctor="B", duty=DUTIES[0].id, value="impossible"),
        Availability(doctor="D", duty=DUTIES[0].id, value="avoid"),
    )
    instance = an_instance(DUTIES, doctors, availability=said)
    held = dict(zip((duty.id for duty in DUTIES), "ABCBAC", strict=True))
    roster = Roster(assignments=tuple(Assignment(duty=duty, doctor=doctor) for duty, doctor in held.items()))
    return instance, with_dues(instance, roster)


def legal(instance, roster) -> bool:
    return not any(finding.severity == "erreur" for finding in audit(instance, RULES, roster).findings)


def every_way(instance, roster, doctor: str, duty: str) -> set[frozenset[Leg]]:
    """All gifts, exchanges and rounds of three that the audit allows."""
    held = [(one.doctor, one.duty) for one in roster.assignments if one.doctor != doctor]
    found = []
    found += [(Leg(duty, doctor, other.id),) for other in instance.doctors if other.id != doctor]
    found += [round_of([(doctor, duty), theirs]) for theirs in held]
    found += [
        round_of([(doctor, duty), one, other]) for one, other in permutations(held, 2) if one[0] != other[0]
    ]  # fmt: skip
    return {frozenset(legs) for legs in found if legal(instance, moved(roster, moves_of(legs)))}


@pytest.mark.parametrize(("doctor", "place"), [("A", 0), ("B", 1), ("C", 2), ("B", 3), ("C", 5)])
def test_the_ways_found_are_the_legal_ones_and_all_of_them(doctor, place):
    instance, roster = a_case()
    assert legal(instance, roster)
    duty = DUTIES[place].id
    found = chains(instance, RULES, roster, doctor, duty, START)
    assert {frozenset(chain.legs) for chain in found} == every_way(instance, roster, doctor, duty)
    assert [chain.order for chain in found] == sorted(chain.order for chain in found)
    assert [len(chain.legs) for chain in found] == sorted(len(chain.legs) for chain in found)


@pytest.mark.parametrize("in_house", [True, False])
def test_a_convention_that_keeps_exchanges_in_the_house_leaves_only_those_ways(in_house):
    plain, roster = a_case()
    houses = dict(zip("ABCDE", ("CH", "CH", "CL", "CL", "CH"), strict=True))
    doctors = tuple(one.model_copy(update={"establishment": houses[one.id]}) for one in plain.doctors)
    houses_of = tuple(Establishment(id=name, name=name) for name in ("CH", "CL"))
    instance = plain.changed(doctors=doctors, establishments=houses_of)
    convention = HouseQuota(swaps_in_house=in_house, scope=Scope(lines=("L1",)))
    found = {frozenset(one.legs) for one in chains(instance, (*RULES, convention), roster, "A", DUTIES[0].id, START)}
    every = every_way(instance, roster, "A", DUTIES[0].id)
    line_of = {duty.id: duty.line for duty in DUTIES}
    kept = {
        legs for legs in every
        if not in_house or all(line_of[leg.duty] != "L1" or houses[leg.giver] == houses[leg.taker] for leg in legs)
    }  # fmt: skip
    assert found == kept and (kept < every) is in_house
    for legs in every:
        said = across_houses(instance, (*RULES, convention), legs)
        assert bool(said) is (legs not in kept)
        assert all(one.severity == "erreur" and "même établissement" in one.text for one in said)


def test_what_a_chain_costs_is_what_the_audit_adds_up():
    instance, roster = a_case()
    for chain in chains(instance, RULES, roster, "A", DUTIES[0].id, START):
        said = confirmed(instance, RULES, roster, moves_of(chain.legs))
        assert said.legal
        assert chain.costs["fairness"] == said.costs["fairness"]


def test_only_later_duties_are_asked_in_exchange():
    instance, roster = a_case()
    ways = chains(instance, RULES, roster, "C", DUTIES[5].id, date(2027, 1, 10))
    asked = {leg.duty for chain in ways for leg in chain.legs} - {DUTIES[5].id}
    assert asked <= {DUTIES[4].id}


def test_an_illegal_exchange_is_told_apart():
    instance, roster = a_case()
    legs = round_of([("A", DUTIES[0].id), ("B", DUTIES[1].id)])
    verdict = judged(instance, RULES, roster, legs)
    assert not verdict.legal
    assert {blocker.rule.code for blocker in verdict.blockers} == {"availability"}


def test_balances_after_an_exchange_are_those_of_the_closing():
    instance, roster = a_case()
    legs = round_of([("A", DUTIES[0].id), ("C", DUTIES[2].id)])
    changes = [
        Change(kind="echange", duty=leg.duty, titular=leg.giver, doctor=leg.taker, who="X", when=at("2027-01-02 10:00"))
        for leg in legs
    ]
    closed = {
        (one.doctor, one.group, one.band): one.balance_hundredths
        for one in closing_balances(instance, laid_over(roster, changes))
    }
    told = Balances(instance, roster).after(legs)
    assert {one.doctor for one in told} == {"A", "C"}
    assert all(closed[one.doctor, one.group, one.band] == one.after for one in told)


def test_a_replacement_or_a_gift_leaves_the_balance_with_the_titular():
    instance, roster = a_case()
    before = closing_balances(instance, roster)
    for kind in ("remplacement", "don"):
        change = Change(
            kind=kind, duty=DUTIES[0].id, titular="A", doctor="D", who="X", when=at("2027-01-02 10:00")
        )  # fmt: skip
        assert closing_balances(instance, laid_over(roster, [change])) == before


def test_calls_are_legal_first_and_what_blocks_the_others_really_blocks():
    instance, roster = a_case()
    duty = DUTIES[0].id
    found = {call.doctor: call for call in calls(instance, RULES, roster, duty, "A")}
    for name, call in found.items():
        taken = moved(roster, moves_of([Leg(duty, "A", name)]))
        assert call.legal == legal(instance, taken), name
        if not call.legal:
            codes = {one.code for one in call.obstacles}
            assert legal_without(instance, taken, codes), name
    ranked = [call.legal for call in calls(instance, RULES, roster, duty, "A")]
    assert ranked == sorted(ranked, reverse=True)
    assert found["B"].said == "impossible"
    assert found["D"].legal
    assert (found["D"].days_before, found["D"].days_after) == (None, None)
    assert found["C"].days_after == 5
    assert found["E"].obstacles[0].text == "n’est pas de ce secteur"


def legal_without(instance, roster, codes: set[str]) -> bool:
    kept = tuple(rule for rule in RULES if rule.code not in codes)
    return not any(finding.severity == "erreur" for finding in audit(instance, kept, roster).findings)
