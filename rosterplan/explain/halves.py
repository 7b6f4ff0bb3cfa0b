"""The halves of a hand-over priced apart, for all holes at once: numpy over the rows they touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import IntArray, ints, ranges
from rosterplan.explain.board import Blocker, Board
from rosterplan.explain.concessions import IMPOSSIBLE, PRICES, concession_of, kind_of
from rosterplan.explain.laying import Pair
from rosterplan.explain.moves import Move
from rosterplan.explain.reckoning import Reckoned, reckoned


@dataclass(frozen=True)
class Solo:
    """A doctor asked for a hole as things stand: what it would take, and his own duties that count in what keeps him."""

    doctor: str
    duty: str
    price: int
    barred: int  # the part of the price no hand-over can spare: rules that do not admit him
    counting: tuple[str, ...]


@dataclass(frozen=True)
class Half:
    """One half of a hand-over: its price and what it changes in all, of a doctor and the duty that changes hands."""

    price: int
    change: int
    doctor: str
    duty: str


def priced_alone(board: Board, duties: Sequence[str]) -> dict[str, dict[str, Solo]]:
    """Return, per duty, every doctor on the board who does not hold it, with the price of taking it as things stand."""
    cases = [
        (duty, doctor.id)
        for duty in duties
        for doctor in board.instance.doctors
        if (doctor.id, duty) in board.column_of and not board.holds(doctor.id, duty)
    ]
    columns = [board.column_of[doctor, duty] for duty, doctor in cases]
    number = np.arange(len(cases), dtype=np.int64)
    found = reckoned(board.standing, number, ints(columns), np.ones_like(number), len(cases))
    prices, counted = _row_prices(board, found, len(cases)), counting(board, found, columns)
    solos: dict[str, dict[str, Solo]] = {duty: {} for duty in duties}
    for (duty, doctor), rows, beside in zip(cases, prices.tolist(), counted, strict=True):
        barred = _barred(board, doctor, duty)
        solos[duty][doctor] = Solo(doctor, duty, min(IMPOSSIBLE, barred + rows), barred, beside)
    return solos


def freed_with(board: Board, alone: Mapping[str, Mapping[str, Solo]]) -> dict[tuple[str, str], list[Half]]:
    """Return, per (hole, taker), what the hole takes of him once one of his duties is gone."""
    asked = [
        (solo, duty)
        for takers in alone.values()
        for solo in takers.values()
        if solo.price and solo.barred < IMPOSSIBLE
        for duty in solo.counting
        if board.barriers.decided(Move(solo.doctor, duty, False)) is None
    ]
    column = board.column_of
    pairs = [((column[one.doctor, one.duty],), (column[one.doctor, duty],)) for one, duty in asked]
    prices, change, _ = priced(board, pairs)
    found: dict[tuple[str, str], list[Half]] = defaultdict(list)
    for (solo, duty), price, by in zip(asked, prices.tolist(), change.tolist(), strict=True):
        if price + solo.barred < min(IMPOSSIBLE, solo.price):
            found[solo.duty, solo.doctor].append(Half(price + solo.barred, by, solo.doctor, duty))
    return found


def receivers(board: Board, freed: Collection[Pair]) -> dict[Pair, list[Half]]:
    """Return who may take each (holder, duty) over, cheapest first: doctors every rule admits to it."""
    cases = [(pair, column) for pair in sorted(freed) for column in admitted_to(board, pair[1])]
    prices, change, _ = priced(board, [((column,), (board.column_of[pair],)) for pair, column in cases])
    doctors, who = board.instance.doctors, board.canvas.pairs["doctor"]
    found: dict[Pair, list[Half]] = defaultdict(list)
    for place in np.lexsort((change, prices)).tolist():
        pair, column = cases[place]
        if prices[place] < IMPOSSIBLE:
            found[pair].append(Half(int(prices[place]), int(change[place]), doctors[int(who[column])].id, pair[1]))
    return found


def admitted_to(board: Board, duty: str) -> list[int]:
    """Return the columns of a duty, of the doctors every rule admits to it who do not hold it."""
    usual = len(board.canvas.admitted)
    order = board.canvas.codes["duty"][duty]
    first, last = np.searchsorted(board.canvas.pairs["duty"][:usual], [order, order + 1])
    open_to = board.canvas.admitted[first:last] & (board.standing.column[first:last] == 0)
    return [int(column) for column in np.arange(first, last)[open_to]]


def priced(board: Board, cases: Sequence[tuple[Sequence[int], Sequence[int]]]) -> tuple[IntArray, IntArray, Reckoned]:
    """Return, per case of columns (gained, lost), the price of the rows it breaks, what it changes in all, and the arrays."""
    number = [case for case, sides in enumerate(cases) for side in sides for _ in side]
    column = [one for sides in cases for side in sides for one in side]
    change = [by for sides in cases for side, by in zip(sides, (1, -1), strict=True) for _ in side]
    found = reckoned(board.standing, ints(number), ints(column), ints(change), len(cases))
    return _row_prices(board, found, len(cases)), ints(found.costs.sum(axis=1)), found


def _barred(board: Board, doctor: str, duty: str) -> int:
    """Return the price of the rules that do not admit a doctor to a duty, and of a cell decided by hand."""
    excluded = board.barriers.excluding(duty).get(doctor, ())
    blockers = [Blocker(board.rules[one.rule], (doctor,), (duty,), outsider=one.outsider) for one in excluded]
    kinds = [concession_of(board.instance, blocker) for blocker in blockers]
    if board.barriers.decided(Move(doctor, duty, True)) is not None or None in kinds:
        return IMPOSSIBLE
    return sum(PRICES[kind] for kind in kinds if kind is not None)


def _row_prices(board: Board, found: Reckoned, cases: int) -> IntArray:
    """Return what the broken rows of each case would take, one concession per rule; at most IMPOSSIBLE."""
    kinds = [kind_of(rule) for rule in board.rules]
    price_of_rule = ints([IMPOSSIBLE if kind is None else PRICES[kind] for kind in kinds])
    width = max(len(board.rules), 1)
    each = np.unique(found.worse_case * width + board.standing.program.rows.rule[found.worse_row])
    total = np.zeros(cases, dtype=np.int64)
    np.add.at(total, each // width, price_of_rule[each % width])
    return np.minimum(total, IMPOSSIBLE)


def counting(board: Board, found: Reckoned, columns: Sequence[int]) -> list[tuple[str, ...]]:
    """Return, per case, the duties its doctor holds that count in a row it breaks."""
    program, pairs = board.standing.program, board.canvas.pairs
    rows, place = np.unique(found.worse_row, return_inverse=True)
    row, member = _flat(board, ints(rows))
    held = (board.standing.column[member] > 0) & (pairs["past"][member] == 0)
    row, member = row[held], member[held]
    heads = np.searchsorted(row, np.arange(len(rows) + 1))
    lengths = np.diff(heads)[place]
    entry = ranges(ints(heads[:-1])[place], ints(lengths))
    case, mine = np.repeat(found.worse_case, lengths), member[entry]
    own = pairs["doctor"][mine] == pairs["doctor"][ints(columns)[case]] if len(case) else np.zeros(0, dtype=bool)
    counted: list[set[str]] = [set() for _ in range(len(columns))]
    duties, number = board.instance.duties, pairs["duty"]
    for which, column in zip(case[own].tolist(), mine[own].tolist(), strict=True):
        counted[which].add(duties[int(number[column])].id)
    assert program.pairs == len(pairs)
    return [tuple(sorted(one)) for one in counted]


def _flat(board: Board, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Return (place in ``rows``, pair column) of what rows count, through derived columns, sorted by row."""
    program = board.standing.program
    terms = program.rows.terms.take(rows)
    row, item = terms.row_of_entry, terms.items
    done_row, done_item = [ints([])], [ints([])]
    while len(item):
        pair = item < program.pairs
        done_row.append(row[pair])
        done_item.append(item[pair])
        members = program.any_of.take(item[~pair] - program.pairs)
        row, item = np.repeat(row[~pair], members.lengths), members.items
    every_row, every_item = np.concatenate(done_row), np.concatenate(done_item)
    order = np.argsort(every_row, kind="stable")
    return every_row[order], every_item[order]
