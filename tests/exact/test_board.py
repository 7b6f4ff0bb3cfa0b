"""The board of moves against the audit: on tiny rosters of every rule, every move is judged as the audit judges it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from rosterplan.audit import audit
from rosterplan.domain.instance import Instance, Lock
from rosterplan.domain.roster import Roster, roster_of
from rosterplan.explain.board import Board, lay
from rosterplan.explain.confirmation import OF_DUTIES, checked, confirmed
from rosterplan.explain.moves import Move, exchange, give, hand, moved, take
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.base import Rule
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.min_rest import MinRest
from tests.exact.example import Example
from tests.exact.harness import a_doctor, a_duty, an_instance
from tests.exact.test_every_rule import EXAMPLES

TRIALS = 15


def some_roster(instance: Instance, rule: Rule, chance: random.Random, *, legal: bool) -> Roster:
    """Any roster at all, or one filled cell by cell as long as the rule finds nothing wrong that was right before."""
    roster = Roster()
    for duty in instance.duties:
        for doctor in instance.doctors:
            moves = give(duty.id, doctor.id)
            if chance.random() < 0.3 and (not legal or confirmed(instance, (rule,), roster, moves).legal):
                roster = moved(roster, moves)
    return roster


def nothing_decided(example: Example) -> Instance:
    """The example's instance without locks and imposed duties: some rules spare what a person decided."""
    return example.instance.changed(locks=(), fixed=())


def whole_board(instance: Instance, rules: Sequence[Rule], roster: Roster) -> Board:
    """A board with every pair of a tiny instance on it."""
    return lay(
        instance, rules, roster, pairs=[(one.id, duty.id) for duty in instance.duties for one in instance.doctors]
    )


def some_moves(instance: Instance, chance: random.Random) -> tuple[Move, ...]:
    """Up to three moves of distinct cells, some of which may change nothing."""
    cells = [(doctor.id, duty.id) for duty in instance.duties for doctor in instance.doctors]
    some = chance.sample(cells, min(len(cells), chance.randint(1, 3)))
    return tuple(Move(doctor, duty, chance.random() < 0.6) for doctor, duty in some)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_moves_are_priced_as_the_audit_prices_them_on_any_roster(example: Example):
    instance, rules, chance = nothing_decided(example), (example.rule,), random.Random(example.name)
    for _ in range(TRIALS // 3):
        roster = some_roster(instance, example.rule, chance, legal=False)
        before = audit(instance, rules, roster)
        board = whole_board(instance, rules, roster)
        if any(one.severity == "erreur" and one.rule in OF_DUTIES for one in before.findings):
            continue  # too many doctors on one duty are forbidden, not priced
        assert board.costs() == {stage.name: stage.value for stage in before.stages}
        cases = [some_moves(instance, chance) for _ in range(5)]
        for moves, verdict in zip(cases, board.judge_all(cases), strict=True):
            said = confirmed(instance, rules, roster, moves, before)
            assert verdict.costs == said.costs or {one.rule for one in said.broken} & OF_DUTIES, moves
            assert board.after(moves).costs() == {name: board.costs()[name] + by for name, by in verdict.costs.items()}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_a_rule_stands_in_the_way_if_and_only_if_the_audit_finds_it_broken(example: Example):
    instance, rules, chance = nothing_decided(example), (example.rule,), random.Random(example.name)
    for _ in range(TRIALS):
        roster = some_roster(instance, example.rule, chance, legal=True)
        before = audit(instance, rules, roster)
        board = whole_board(instance, rules, roster)
        cases = [some_moves(instance, chance) for _ in range(5)]
        for moves, verdict in zip(cases, board.judge_all(cases), strict=True):
            said = confirmed(instance, rules, roster, moves, before)
            assert verdict.legal == said.legal, (moves, verdict.blockers, said.broken)
            assert checked(instance, rules, roster, moves).rows == said.rows, moves


FRIDAY, SATURDAY, SUNDAY = (a_duty(f"2027-03-{day:02} 20:00", 12) for day in (5, 6, 7))
A, B = a_doctor("A"), a_doctor("B")
REST, CAP = MinRest(hours=24, row="r"), MaxPerPeriod(most=2, row="c")


def weekend(**more: object) -> Instance:
    return an_instance((FRIDAY, SATURDAY, SUNDAY), (A, B), **more)


def test_a_blocker_names_the_rule_the_doctor_and_the_duties_beside():
    board = lay(weekend(), (REST, CAP), roster_of({FRIDAY.id: ("A",), SUNDAY.id: ("A",)}))
    verdict = board.judge(give(SATURDAY.id, "A"))
    assert [one.rule for one in verdict.blockers] == [REST, REST, CAP]
    assert {one.duty for one in verdict.blockers[0].beside} | {one.duty for one in verdict.blockers[1].beside} == {
        FRIDAY.id,
        SUNDAY.id,
    }
    cap = verdict.blockers[2]
    assert (cap.doctors, cap.duties, cap.amount) == (("A",), (SATURDAY.id,), 1)
    assert [one.duty for one in cap.beside] == [FRIDAY.id, SUNDAY.id]


def test_a_duty_held_with_the_move_that_frees_it_blocks_no_more():
    board = lay(weekend(), (REST,), roster_of({FRIDAY.id: ("A",)}))
    assert not board.judge(give(SATURDAY.id, "A")).legal
    assert board.judge((*give(SATURDAY.id, "A"), *hand(FRIDAY.id, "A", "B"))).legal


def test_a_pair_no_rule_admits_is_judged_where_it_is_asked_for():
    refused = weekend(availability=({"doctor": "B", "duty": SATURDAY.id, "value": "impossible"},))
    rules = (DeclaredDates(row="d"), REST)
    board = lay(refused, rules, roster_of({FRIDAY.id: ("B",)}), duties=[SATURDAY.id])
    assert board.judge(give(SATURDAY.id, "B")).rules == rules


def test_an_outsider_is_told_from_who_may_never_hold_the_duty():
    neighbour = a_doctor("N", sectors=({"sector": "S2"},))
    unskilled = a_doctor("U", sectors=({"sector": "S2"},), modalities=("regulation",))
    instance = an_instance((FRIDAY,), (A, neighbour, unskilled))
    board = lay(instance, (Eligible(row="e"),), Roster(), duties=[FRIDAY.id])
    excluded = board.barriers.excluding(FRIDAY.id)
    assert {name: [one.outsider for one in found] for name, found in excluded.items()} == {"N": [True], "U": [False]}
    assert [one.outsider for one in board.judge(give(FRIDAY.id, "N")).blockers] == [True]


def test_a_cell_decided_by_hand_stands_in_the_way_even_if_no_rule_says_so():
    locked = weekend(
        locks=(Lock(duty=FRIDAY.id, doctor="A"), Lock(duty=SATURDAY.id, doctor=None)),
        fixed=({"doctor": "B", "duty": SUNDAY.id},),
    )
    board = lay(locked, (CAP,), roster_of({FRIDAY.id: ("A",), SUNDAY.id: ("B",)}))
    for moves, code in (
        (take(FRIDAY.id, "A"), "locks"),
        (give(SATURDAY.id, "B"), "locks"),
        (take(SUNDAY.id, "B"), "fixed-assignments"),
    ):
        [blocker] = board.judge(moves).blockers
        assert (blocker.rule.code, blocker.decided) == (code, True)


def test_an_exchange_is_one_case_and_moves_nobody_twice():
    board = lay(weekend(), (REST,), roster_of({FRIDAY.id: ("A",), SUNDAY.id: ("B",)}))
    swapped = board.after(exchange("A", FRIDAY.id, "B", SUNDAY.id))
    assert swapped.roster.doctors_of == {FRIDAY.id: ("B",), SUNDAY.id: ("A",)}
    assert board.judge(exchange("A", FRIDAY.id, "B", SUNDAY.id)).legal


def test_a_pair_that_is_not_on_the_board_is_refused():
    refused = weekend(availability=({"doctor": "B", "duty": SATURDAY.id, "value": "impossible"},))
    board = lay(refused, (DeclaredDates(row="d"),), Roster())
    with pytest.raises(KeyError):
        board.judge(give(SATURDAY.id, "B"))
