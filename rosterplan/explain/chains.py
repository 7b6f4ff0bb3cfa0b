"""Hand-overs two deep: what the taker of a hole hands over is taken by a colleague who hands a duty on in turn.

Searched only for holes that nothing cheaper than two hand-overs fills; each part is priced apart, as in `halves`, for all
holes at once, and the cheapest by parts are left to be judged whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rosterplan.explain.board import Board
from rosterplan.explain.concessions import HANDED, IMPOSSIBLE
from rosterplan.explain.halves import Half, admitted_to, counting, priced, receivers
from rosterplan.explain.laying import Pair
from rosterplan.explain.moves import Move, Moves, give, hand

TRIED = 6
"""Chains of one hole judged whole, the cheapest by parts first."""


class _Link(NamedTuple):
    """A colleague who takes over what a holder hands him and is freed of a duty of his own; price and change of both."""

    price: int
    change: int
    doctor: str
    frees: str


def chains(
    board: Board, takes: Mapping[tuple[str, str], Sequence[Half]], least: Mapping[str, int]
) -> list[tuple[str, str, Moves]]:
    """Return (hole, taker, moves) of chains that may be cheaper than the ``least`` price known of each hole."""
    starts = [
        (hole, half) for (hole, _), halves in takes.items() for half in halves if half.price + 2 * HANDED < least[hole]
    ]
    links = _links(board, sorted({(half.doctor, half.duty) for _, half in starts}))
    ends = receivers(board, {(link.doctor, link.frees) for found in links.values() for link in found})
    found: dict[str, list[tuple[int, int, Moves]]] = defaultdict(list)
    for hole, half in starts:
        for link in links.get((half.doctor, half.duty), ()):
            last = next((one for one in ends.get((link.doctor, link.frees), ()) if one.doctor != half.doctor), None)
            if last is None or link.frees == hole:
                continue
            price = half.price + link.price + last.price + 2 * HANDED
            if price < least[hole]:
                moves = (
                    *give(hole, half.doctor), *hand(half.duty, half.doctor, link.doctor),
                    *hand(link.frees, link.doctor, last.doctor),
                )  # fmt: skip
                found[hole].append((price, half.change + link.change + last.change, moves))
    return [(hole, moves[0].doctor, moves) for hole, ways in found.items() for _, _, moves in sorted(ways)[:TRIED]]


def _links(board: Board, handed: Sequence[Pair]) -> dict[Pair, list[_Link]]:
    """Return, per (holder, duty) handed over, who could take it once freed of one duty that counts in what keeps him."""
    column, doctors, duties = board.column_of, board.instance.doctors, board.instance.duties
    who, what = board.canvas.pairs["doctor"], board.canvas.pairs["duty"]
    alone = [(pair, gained) for pair in handed for gained in admitted_to(board, pair[1])]
    cases = [((gained,), (column[pair],)) for pair, gained in alone]
    prices, _, found = priced(board, cases)
    beside = counting(board, found, [gained for _, gained in alone])
    freed = [
        (pair, gained, doctors[int(who[gained])].id, duty, price)
        for (pair, gained), price, own in zip(alone, prices.tolist(), beside, strict=True)
        if price
        for duty in own
    ]
    freed = [one for one in freed if board.barriers.decided(Move(one[2], one[3], False)) is None]
    after, change, _ = priced(
        board, [((gained,), (column[pair], column[doctor, duty])) for pair, gained, doctor, duty, _ in freed]
    )
    links: dict[Pair, list[_Link]] = defaultdict(list)
    for (pair, gained, doctor, duty, before), price, by in zip(freed, after.tolist(), change.tolist(), strict=True):
        if price < min(before, IMPOSSIBLE) and duties[int(what[gained])].id != duty:
            links[pair].append(_Link(price, by, doctor, duty))
    return {pair: sorted(several)[:TRIED] for pair, several in links.items()}
