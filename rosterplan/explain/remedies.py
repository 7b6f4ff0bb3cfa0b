"""The cheapest sets of concessions that fill a hole: somebody takes it, or takes it and hands a duty of his own over.

Searched whole within these two shapes: every doctor who may be asked for the hole; every duty of his that counts in
what keeps him; every colleague the rules admit to that duty. The two halves of a hand-over are priced apart, for all
holes at once; the cheapest of each doctor are then judged together. Where nothing so found is cheaper than two
hand-overs, the colleague may hand a duty on in turn (`chains`); longer chains are the work of `swap`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rosterplan.domain.result import OPTIMISED
from rosterplan.explain.board import Board, Verdict
from rosterplan.explain.chains import chains
from rosterplan.explain.concessions import HANDED, IMPOSSIBLE, concession_of, price_of
from rosterplan.explain.halves import Half, Solo, freed_with, priced_alone, receivers
from rosterplan.explain.moves import Moves, give, hand

TAKERS = 6
"""Doctors judged beyond those shown for a hole: two halves may weigh more together than apart."""

COMBINED = 3
"""Hand-overs of one doctor judged whole, the cheapest by halves first."""


@dataclass(frozen=True)
class Filling:
    """Moves that fill a hole, what stands in the way, and what it would take."""

    taker: str
    verdict: Verdict
    price: int

    @property
    def order(self) -> tuple[object, ...]:
        """Cheapest first, then fewest people, then what it does to the roster, stage by stage."""
        people = len({move.doctor for move in self.verdict.moves})
        rest = [self.verdict.costs[stage] for stage in OPTIMISED if stage != "coverage"]
        return self.price, people, rest, self.taker, self.verdict.moves


def price_of_verdict(board: Board, verdict: Verdict) -> int:
    """Return the price of everything that would have to be conceded; IMPOSSIBLE where something never is."""
    asked = {(blocker.rule.row, blocker.rule.code, blocker.doctors): blocker for blocker in verdict.blockers}
    kinds = [concession_of(board.instance, blocker) for blocker in asked.values()]
    known = [kind for kind in kinds if kind is not None]
    handed = sum(not move.gives for move in verdict.moves)
    return IMPOSSIBLE if len(known) < len(kinds) else price_of(known, handed)


def kinds_of(board: Board, filling: Filling) -> tuple[str, ...]:
    """Return the kinds of things a filling asks for, a duty handed over among them."""
    kinds = sorted({str(concession_of(board.instance, blocker)) for blocker in filling.verdict.blockers})
    return (*kinds, *("echange" for move in filling.verdict.moves if not move.gives))


def fillings(board: Board, duties: Sequence[str], most: int) -> dict[str, list[Filling]]:
    """Return, per duty, the cheapest fillings of at least ``most`` doctors where so many can take it, cheapest first."""
    alone = priced_alone(board, duties)
    takes = freed_with(board, alone)
    gets = receivers(board, {(half.doctor, half.duty) for halves in takes.values() for half in halves})
    cases: list[tuple[str, str, Moves]] = []
    for hole, takers in alone.items():
        ranked = sorted(
            (best[0], taker, best[1]) for taker, solo in takers.items() if (best := _cheapest(solo, takes, gets))[1]
        )
        cases += [(hole, taker, moves) for _, taker, ways in ranked[: most + TAKERS] for moves in ways]
    best_of: dict[str, dict[str, Filling]] = {duty: {} for duty in duties}
    _judge(board, cases, best_of)
    least = {hole: min((one.price for one in found.values()), default=IMPOSSIBLE) for hole, found in best_of.items()}
    dear = {key: halves for key, halves in takes.items() if least[key[0]] > 2 * HANDED}
    _judge(board, chains(board, dear, least), best_of)
    return {hole: sorted(found.values(), key=lambda one: one.order) for hole, found in best_of.items()}


def _judge(board: Board, cases: Sequence[tuple[str, str, Moves]], best_of: dict[str, dict[str, Filling]]) -> None:
    """Keep the best way of each taker of each hole, judged whole."""
    for (hole, taker, _), verdict in zip(cases, board.judge_all([moves for _, _, moves in cases]), strict=True):
        filling = Filling(taker, verdict, price_of_verdict(board, verdict))
        known = best_of[hole].get(taker)
        if filling.price < IMPOSSIBLE and (known is None or filling.order < known.order):
            best_of[hole][taker] = filling


def _cheapest(
    solo: Solo, takes: Mapping[tuple[str, str], Iterable[Half]], gets: Mapping[tuple[str, str], list[Half]]
) -> tuple[int, list[Moves]]:
    """Return the least price of a taker by halves, and the ways worth judging whole: alone, and the best hand-overs."""
    ways: list[tuple[int, int, Moves]] = []
    if solo.price < IMPOSSIBLE:
        ways.append((solo.price, 0, give(solo.duty, solo.doctor)))
    handed = [
        (own.price + other.price + HANDED, own.change + other.change, own.duty, other.doctor)
        for own in takes.get((solo.duty, solo.doctor), ())
        for other in gets.get((own.doctor, own.duty), ())[:COMBINED]
    ]
    for price, change, duty, receiver in sorted(handed)[:COMBINED]:
        if price <= solo.price:
            ways.append((price, change, (*give(solo.duty, solo.doctor), *hand(duty, solo.doctor, receiver))))
    least = min((price for price, _, _ in ways), default=IMPOSSIBLE)
    return least, [moves for _, _, moves in ways]
