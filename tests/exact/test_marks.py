"""What a request not followed would have cost, against every simple way to follow it, judged by the audit."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from rosterplan.domain.fairness import with_dues
from rosterplan.domain.instance import Availability, Instance
from rosterplan.domain.result import OPTIMISED
from rosterplan.domain.roster import Roster
from rosterplan.explain.board import lay
from rosterplan.explain.confirmation import confirmed
from rosterplan.explain.duties import explained_duty
from rosterplan.explain.marks import marked_duties
from rosterplan.explain.moves import Moves, exchange, give, hand
from rosterplan.rules.base import Rule
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.juste_repartition import JusteRepartition
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.min_rest import MinRest
from rosterplan.rules.no_overlap import NoOverlap
from rosterplan.rules.wishes import WishPoints
from tests.exact.harness import a_doctor, a_duty, an_instance
from tests.exact.test_remedies import some_legal_roster

BOOK: tuple[Rule, ...] = (
    Coverage(row="1"), NoOverlap(row="2"), MinRest(row="3", hours=24), MaxPerWindow(row="4", most=2, days=4),
    JusteRepartition(row="5"), WishPoints(row="6"),
)  # fmt: skip


def case(seed: int) -> tuple[Instance, Roster]:
    """Six evenings and nights, three doctors who marked some of them, and a legal roster with its dues."""
    chance = random.Random(seed)
    duties = [a_duty(f"2027-03-{day:02} {hour}", 11) for day in (1, 2, 3, 4) for hour in ("08:00", "20:00")][:6]
    marks = tuple(
        Availability(doctor=name, duty=duty.id, value=chance.choice(["wish", "avoid"]))
        for name in "ABC"
        for duty in duties
        if chance.random() < 0.3
    )
    instance = an_instance(duties, [a_doctor(name) for name in "ABC"], availability=marks)
    instance = instance.changed(shares=())
    return instance, with_dues(instance, some_legal_roster(instance, BOOK, chance), 1)


def every_way(instance: Instance, roster: Roster, doctor: str, duty: str, value: str) -> Iterator[Moves]:
    """The duty given, handed over or exchanged, in every way between two doctors."""
    others = [one.id for one in instance.doctors if one.id != doctor]
    holders = roster.doctors_of.get(duty, ())
    if value == "wish":
        if not holders:
            yield give(duty, doctor)
        for holder in holders:
            yield hand(duty, holder, doctor)
            for own in roster.duties_of.get(doctor, ()):
                yield exchange(holder, duty, doctor, own)
        return
    for other in others:
        yield hand(duty, doctor, other)
        for theirs in roster.duties_of.get(other, ()):
            yield exchange(doctor, duty, other, theirs)


@pytest.mark.parametrize("seed", range(25))
def test_the_gentlest_way_told_is_the_gentlest_of_all(seed: int):
    instance, roster = case(seed)
    board = lay(instance, BOOK, roster)
    for doctor in instance.doctors:
        for mark in marked_duties(board, doctor.id):
            held = doctor.id in roster.doctors_of.get(mark.duty, ())
            assert mark.followed == (held == (mark.value == "wish"))
            if mark.followed:
                continue
            said = [
                confirmed(instance, BOOK, roster, moves)
                for moves in every_way(instance, roster, doctor.id, mark.duty, mark.value)
            ]
            legal = [[one.costs[stage] for stage in OPTIMISED] for one in said if one.legal]
            assert mark.possible == bool(legal)
            if legal:
                assert [mark.change.get(stage, 0) for stage in OPTIMISED] == min(legal)


@pytest.mark.parametrize("seed", range(25))
def test_who_could_take_a_duty_is_legal_or_named_with_what_stands_in_the_way(seed: int):
    instance, roster = case(seed)
    for duty in instance.duties:
        for one in explained_duty(instance, BOOK, roster, duty.id):
            for other in one.takeovers:
                moves = hand(duty.id, one.holder, other.doctor) if one.holder else give(duty.id, other.doctor)
                said = confirmed(instance, BOOK, roster, moves)
                assert {obstacle.row for obstacle in other.obstacles} == said.rows
                assert {**dict.fromkeys(said.costs, 0), **other.change} == said.costs
