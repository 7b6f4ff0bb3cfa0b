"""Who could take a duty, and by what chain: given away, exchanged between two, or passed round among three; no solver.

A chain of two: D hands the duty to X and takes one of X's. A chain of three: D → X → Y → D. Every chain is judged whole on
the board, so whatever is found is legal; ranked by how few people move, then by what it costs in fairness.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Stage
from rosterplan.domain.roster import Roster
from rosterplan.domain.versions import serving
from rosterplan.explain.board import Board, Verdict, lay
from rosterplan.explain.moves import Moves, hand, take
from rosterplan.rules.base import Rule
from rosterplan.rules.house_quota import HouseQuota

MOST_CHAINS = 20_000
"""Chains of three judged at most: those whose two ends fit best by fairness come first."""


@dataclass(frozen=True)
class Leg:
    """One duty that passes from a doctor to another."""

    duty: str
    giver: str
    taker: str


@dataclass(frozen=True)
class Chain:
    """Duties handed on together; ``costs`` is the change of each stage, worse above 0."""

    legs: tuple[Leg, ...]
    costs: dict[Stage, int]

    @property
    def people(self) -> int:
        """How many doctors are concerned."""
        return len({leg.giver for leg in self.legs} | {leg.taker for leg in self.legs})

    @property
    def order(self) -> tuple[int, int, int, int, int, tuple[str, ...]]:
        """Better chains first: fewer duties move, caps, shares, fairness, then wishes and comfort."""
        costs = self.costs
        worth = (costs["caps"], costs["shares"], costs["fairness"], costs["blend"])
        return len(self.legs), *worth, tuple(leg.duty + leg.taker for leg in self.legs)


def serving_roster(roster: Roster) -> Roster:
    """Return the roster of who is to serve: rest and overlap concern who is there, not who is listed."""
    there = tuple(
        one.model_copy(update={"doctor": serving(one)}) if one.replaced_by else one for one in roster.assignments
    )
    return roster.model_copy(update={"assignments": there})


def moves_of(legs: Iterable[Leg]) -> Moves:
    """Return the moves of duties handed on together."""
    return tuple(move for leg in legs for move in hand(leg.duty, leg.giver, leg.taker))


def round_of(parts: Sequence[tuple[str, str]]) -> tuple[Leg, ...]:
    """Return the legs of (doctor, duty) in a ring: each hands the duty to the next, the last to the first."""
    return tuple(Leg(duty, doctor, parts[(place + 1) % len(parts)][0]) for place, (doctor, duty) in enumerate(parts))


def judged(instance: Instance, rules: Sequence[Rule], roster: Roster, legs: Sequence[Leg]) -> Verdict:
    """Return what stands in the way of an exchange, and what it costs."""
    board = lay(
        instance, rules, serving_roster(roster), duties=[leg.duty for leg in legs],
        pairs=[(leg.taker, leg.duty) for leg in legs],
    )  # fmt: skip
    return board.judge(moves_of(legs))


def across_houses(instance: Instance, rules: Sequence[Rule], legs: Iterable[Leg]) -> tuple[Finding, ...]:
    """Return what conventions say against duties that pass from one house to another; the roster itself may be fine."""
    conventions = [rule for rule in rules if isinstance(rule, HouseQuota) and rule.swaps_in_house]
    if not conventions:
        return ()
    said = (rule.handed(instance, leg.duty, leg.giver, leg.taker) for leg in legs for rule in conventions)
    return tuple(finding for finding in said if finding is not None)


def chains(
    instance: Instance,
    rules: Sequence[Rule],
    roster: Roster,
    doctor: str,
    duty: str,
    first_day: date,
    *,
    longest: int = 3,
) -> tuple[Chain, ...]:
    """Return the legal ways to free a doctor of a duty, best first; only duties from ``first_day`` on are asked for."""
    board = lay(instance, rules, serving_roster(roster))
    later = _later(board, first_day)

    def kept(legs: tuple[Leg, ...]) -> bool:
        return not across_houses(instance, rules, legs)

    cases = _gifts(board, doctor, duty)
    if longest >= 2:
        cases += _exchanges(board, doctor, duty, later)
    if longest >= 3:
        cases += list(islice(filter(kept, _rounds(board, doctor, duty, later)), MOST_CHAINS))
    found = _legal(board, [legs for legs in cases if kept(legs)])
    return tuple(sorted(found, key=lambda chain: chain.order))


def _later(board: Board, first_day: date) -> dict[str, list[str]]:
    """Return the duties each doctor serves from ``first_day`` on."""
    duty_of = board.instance.duty_by_id
    return {
        doctor: [duty for duty in duties if duty_of[duty].date >= first_day]
        for doctor, duties in board.roster.duties_of.items()
    }


def _takers(board: Board, duty: str, giver: str) -> list[str]:
    """Return who may be given a duty at all and does not serve it."""
    return [name for name, of in board.column_of if of == duty and name != giver and not board.holds(name, duty)]


def _legal(board: Board, cases: Sequence[tuple[Leg, ...]]) -> list[Chain]:
    verdicts = board.judge_all([moves_of(legs) for legs in cases])
    return [Chain(legs, verdict.costs) for legs, verdict in zip(cases, verdicts, strict=True) if verdict.legal]


Case = tuple[Leg, ...]


def _gifts(board: Board, doctor: str, duty: str) -> list[Case]:
    return [(Leg(duty, doctor, other),) for other in _takers(board, duty, doctor)]


def _exchanges(board: Board, doctor: str, duty: str, later: dict[str, list[str]]) -> list[Case]:
    open_to = _open(board)
    return [
        (Leg(duty, doctor, other), Leg(theirs, other, doctor))
        for other in _takers(board, duty, doctor)
        for theirs in later.get(other, ())
        if theirs != duty and doctor in open_to.get(theirs, ()) and not board.holds(doctor, theirs)
    ]


def _rounds(board: Board, doctor: str, duty: str, later: dict[str, list[str]]) -> list[Case]:
    """D hands the duty to X, X one of his to Y, Y one of his to D: ends that cannot hold alone are left out first."""
    open_to = _open(board)
    first = _legal_halves(
        board,
        [
            ((Leg(duty, doctor, x), theirs), (*hand(duty, doctor, x), *take(theirs, x)))
            for x in _takers(board, duty, doctor)
            for theirs in later.get(x, ())
            if theirs != duty
        ],
    )
    last = _legal_halves(
        board,
        [
            ((Leg(own, y, doctor), own), (*hand(own, y, doctor), *take(duty, doctor)))
            for y, duties in sorted(later.items())
            if y != doctor
            for own in duties
            if doctor in open_to.get(own, ()) and not board.holds(doctor, own)
        ],
    )
    return [
        (start, Leg(theirs, start.taker, end.giver), end)
        for start, theirs in first
        for end, own in last
        if end.giver != start.taker and own != theirs and end.giver in open_to.get(theirs, ())
        and not board.holds(end.giver, theirs)
    ]  # fmt: skip


Half = tuple[Leg, str]


def _legal_halves(board: Board, cases: Sequence[tuple[Half, Moves]]) -> list[Half]:
    """Return the halves of chains one doctor could live with alone, cheapest in fairness first."""
    verdicts = board.judge_all([moves for _, moves in cases])
    kept = [
        (verdict.costs["fairness"], half) for (half, _), verdict in zip(cases, verdicts, strict=True) if verdict.legal
    ]
    return [half for _, half in sorted(kept, key=lambda one: (one[0], one[1][0].duty, one[1][0].giver, one[1][0].taker, one[1][1]))]  # fmt: skip


def _open(board: Board) -> dict[str, set[str]]:
    """Return who may hold each duty."""
    found: dict[str, set[str]] = {}
    for name, duty in board.column_of:
        found.setdefault(duty, set()).add(name)
    return found
