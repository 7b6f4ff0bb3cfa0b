"""The one sum of a large department by groups of sectors: each group's linear program is quick where the whole takes minutes.

All rules have prices, none at first. A group with all that the doctors it shares may hold elsewhere is a part whose own prices
are sought anew while all others stay, group after group, turn after turn. Whatever prices are, the bound of the whole they give is
safe, and a turn never lowers it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from rosterplan.canvas import Canvas
from rosterplan.canvas.arrays import BoolArray, IntArray, Ragged, ints
from rosterplan.canvas.block import block, numbers_of
from rosterplan.canvas.bound import Costs, reduced_costs
from rosterplan.canvas.program import Program
from rosterplan.domain.result import Stage
from rosterplan.model import tasks
from rosterplan.model.blend_bound import SCALE, Joined, Prices, Relaxation, relaxation
from rosterplan.model.blend_counts import Ahead, ahead, rounds_of
from rosterplan.model.linear import Budget, LinearAnswer, rounded
from rosterplan.model.patterns_data import Counts
from rosterplan.model.patterns_near import cheapest, patterns_beside
from rosterplan.model.patterns_pricing import Patterns, crowds_of, distinct, priced

ONE_SUM: tuple[Stage, ...] = ("blend", "wishes", "comfort")
TURNS, ROUNDS = 2, 3
ONE_TURN_PAIRS = 60_000
"""Above this the first turn is the only one: it takes minutes, and a second one raises the bound by a twentieth (measured on 52,000)."""

WORTHWHILE = 1e-3
"""A turn that raises the bound by less than so much of it is the last."""

NO_BOUND = -(10**17)


@dataclass(frozen=True)
class Whole:
    """The sum to bound, the doctor of each pair, a roster to start from, and the relaxation prices are put together in."""

    who: IntArray
    program: Program
    held: BoolArray
    model: Relaxation

    @classmethod
    def of(cls, canvas: Canvas, program: Program, held: BoolArray) -> Whole:
        """The whole of a program, for rosters that lack no more than what is held."""
        missing = tasks.missing_of(program, program.values(held))
        who = canvas.pairs["doctor"][program.pair]
        return cls(who, program, held, relaxation(canvas, program, missing, dict.fromkeys(ONE_SUM, 1), "blend"))

    def without_prices(self) -> Prices:
        """Nothing has a price."""
        program, model = self.model.program, self.model
        derived = program.any_of
        sizes = (
            program.columns,
            len(program.rows),
            len(program.convex),
            len(derived.items),
            len(derived),
            len(model.budgets),
        )
        answer = LinearAnswer("stopped", 0.0, *(np.zeros(size) for size in sizes))
        return Prices(answer, np.zeros(len(model.data.cell_doctor)))


@dataclass(frozen=True)
class Part:
    """A program cut out of the whole: where its rows, tables, derived columns, members, cells and budgets stand there."""

    pairs: IntArray
    rows: IntArray
    tables: IntArray
    derived: IntArray
    members: IntArray
    cells: IntArray
    budgets: IntArray
    model: Relaxation
    patterns: Patterns
    known: BoolArray  # rows that have a price already


def ahead_by_groups(whole: Whole, groups: Sequence[IntArray], least: int, threads: int = 1) -> Iterator[Ahead]:
    """Yield what is known as groups are looked at: a bound that never falls, and counts and pairs to aim at once all were.

    Groups without a doctor in common are looked at side by side; the outcome is the same, however many ``threads`` there are.
    """
    prices, best, aims = whole.without_prices(), NO_BOUND, dict[int, Ahead]()
    wide, done = with_their_doctors(whole, groups), 0
    turns = TURNS if whole.program.pairs <= ONE_TURN_PAIRS else 1
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(turns):
            before = best
            for wave in waves(whole, wide):
                parts = [at_prices(whole, wide[number], prices) for number in wave]
                better = prices
                for number, part, found in zip(wave, parts, pool.map(solved, parts), strict=True):
                    if found is None:
                        return
                    better, aims[number] = with_those_of(better, part, found[0]), found[1]
                value = whole.model.proved(better)[0]
                if value > best:
                    prices, best = better, value
                done += len(wave)
                aim = replace(_aim(whole, groups, wide, aims), value=max(least, best), close=len(aims) == len(groups))
                yield replace(aim, done=done, parts=turns * len(groups))
            if best - before <= WORTHWHILE * abs(best):
                return


def waves(whole: Whole, wide: Sequence[IntArray]) -> list[list[int]]:
    """Return the groups in an order that lets many be looked at side by side: those of one wave share no doctor."""
    people = [set(whole.who[pairs].tolist()) for pairs in wide]
    found: list[list[int]] = []
    for number, own in enumerate(people):
        place = next((wave for wave in found if not any(people[other] & own for other in wave)), None)
        if place is None:
            found.append([number])
        else:
            place.append(number)
    return found


def with_their_doctors(whole: Whole, groups: Sequence[IntArray]) -> list[IntArray]:
    """Return each group with all other pairs of its doctors."""
    return [np.flatnonzero(np.isin(whole.who, np.unique(whole.who[pairs]))) for pairs in groups]


def _aim(whole: Whole, groups: Sequence[IntArray], wide: Sequence[IntArray], aims: dict[int, Ahead]) -> Ahead:
    """Return the counts and pairs each group says of itself, as far as they were looked at."""
    program = whole.program
    planned, likely = np.full(len(program.convex), -1, dtype=np.int64), np.zeros(program.pairs, dtype=bool)
    for number, one in aims.items():
        pairs = groups[number]
        own = np.unique(program.convex_of.take(pairs).items)
        planned[own] = one.planned[own]
        likely[pairs] = one.likely[np.searchsorted(wide[number], pairs)]
    return Ahead(NO_BOUND, planned, likely, close=False)


def at_prices(whole: Whole, pairs: IntArray, prices: Prices) -> Part:
    """Return the part of all that only these pairs are in, all those of some doctors, its costs SCALE times, at the prices of all else.

    A better bound of it is one of the whole by as much.
    """
    model, calendar = whole.model, whole.model.program
    inside = _closed(calendar, pairs)
    rows, tables = _all_inside(calendar.rows.terms, inside), _all_inside(calendar.convex.terms, inside)
    derived = inside[calendar.pairs :]
    entry = derived[calendar.any_of.row_of_entry]
    costs = _priced_outside(model, prices, rows, tables, entry, derived)
    own = replace(
        calendar, rows=calendar.rows.take(at := np.flatnonzero(rows), calendar.rows.terms.take(at), calendar.rows.lo[at], calendar.rows.hi[at]),
        convex=calendar.convex.take(to := np.flatnonzero(tables), calendar.convex.terms.take(to), calendar.convex.base[to]),
        any_of=calendar.any_of.keep_entries(entry),
    )  # fmt: skip
    none = np.zeros(calendar.columns, dtype=np.int64)
    numbers, program = numbers_of(own, pairs, none), replace(block(own, pairs, none), pair=calendar.pair[pairs])
    at, to = at[numbers.rows], to[numbers.convex]
    columns = np.concatenate((pairs, numbers.derived + calendar.pairs))
    budgets = np.flatnonzero(prices.answer.budgets <= 0)
    data, cells = _of_doctors(model.data, pairs)
    relaxed = Relaxation(
        whole.program, program, _of_part(costs, columns, at, to),
        tuple(Budget(_of_part(model.budgets[one].costs, columns, at, to), model.budgets[one].most) for one in budgets),
        data, model.weight * SCALE, 1,
    )  # fmt: skip
    return Part(
        pairs, at, to, numbers.derived, np.flatnonzero(entry)[numbers.members], cells, budgets, relaxed,
        _patterns(whole, data, cells, rounded(prices.cells, SCALE)[cells]), prices.answer.rows[at] != 0,
    )  # fmt: skip


def _priced_outside(
    model: Relaxation, prices: Prices, rows: BoolArray, tables: BoolArray, entry: BoolArray, derived: BoolArray
) -> Costs:
    """Return SCALE times the costs, those of columns with the prices of what is not marked as inside, cells apart."""
    costs, _ = model.scaled(prices)
    said = prices.answer.multipliers(SCALE)
    said = replace(
        said, rows=np.where(rows, 0, said.rows), convex=np.where(tables, 0, said.convex),
        member=np.where(entry, 0, said.member), union=np.where(derived, 0, said.union),
    )  # fmt: skip
    return replace(costs, column=reduced_costs(model.program, costs, said))


def _of_part(costs: Costs, columns: IntArray, rows: IntArray, tables: IntArray) -> Costs:
    """Return what a part costs of the whole."""
    return Costs(costs.column[columns], costs.over[rows], costs.under[rows], costs.convex[tables])


def _patterns(whole: Whole, data: Counts, cells: IntArray, price: IntArray) -> Patterns:
    """Return the patterns doctors like best at these prices, those beside them and those beside what is held."""
    every = whole.model.data
    held = every.cell_of_pair[whole.held]
    counts = ints(np.bincount(held[held >= 0], minlength=len(every.cell_doctor)))[cells]
    now = priced(data, crowds_of(data, whole.model.weight * SCALE), price.astype(np.float64)).patterns
    return distinct([now, patterns_beside(data, counts), patterns_beside(data, cheapest(data, now))])


def _closed(program: Program, pairs: IntArray) -> BoolArray:
    """Return which columns are these pairs, or derived from them alone."""
    inside = np.zeros(program.columns, dtype=bool)
    inside[pairs] = True
    while True:  # derived columns of derived columns: one pass per level
        derived = _all_inside(program.any_of, inside)
        if np.array_equal(inside[program.pairs :], derived):
            return inside
        inside[program.pairs :] = derived


def _all_inside(terms: Ragged, inside: BoolArray) -> BoolArray:
    """Return which rows hold columns inside alone, one at least."""
    many = terms.sums(ints(inside[terms.items]))
    return np.asarray((many == terms.lengths) & (many > 0), dtype=bool)


def _of_doctors(data: Counts, pairs: IntArray) -> tuple[Counts, IntArray]:
    """Return the counts of the doctors of ``pairs`` alone, with the cells of these pairs; and which cells those are."""
    cell = data.cell_of_pair[pairs]
    doctors = np.unique(data.cell_doctor[cell[cell >= 0]])
    cells = np.flatnonzero(np.isin(data.cell_doctor, doctors))
    items = np.unique(data.cell_item[cells])
    place = np.full(len(data.cell_doctor) + 1, -1, dtype=np.int64)
    place[cells] = np.arange(len(cells))
    found = replace(
        data, doctor=data.doctor[doctors], total=data.total[doctors], total_table=data.total_table[doctors],
        doctor_most=data.doctor_most[doctors], item=data.item[items], item_table=data.item_table[items],
        item_most=data.item_most[items], cell_doctor=np.searchsorted(doctors, data.cell_doctor[cells]),
        cell_item=np.searchsorted(items, data.cell_item[cells]), cell_kind=data.cell_kind[cells],
        cell_points=data.cell_points[cells], cell_most=data.cell_most[cells], cell_of_pair=place[cell],
    )  # fmt: skip
    return found, cells


def solved(part: Part) -> tuple[Joined, Ahead] | None:
    """Return the round of a part with the highest bound, and what it says; None where it is too large to be exact."""
    best, found = NO_BOUND, None
    try:
        for joined in rounds_of(part.model, part.patterns, NO_BOUND, ROUNDS, part.known):
            if found is None or joined.value >= best:
                best, found = max(best, joined.value), joined
    except OverflowError:
        return None
    return None if found is None else (found, ahead(part.model, found, best))


def with_those_of(prices: Prices, part: Part, found: Joined) -> Prices:
    """Return prices of the whole with those a part says in place of its own; its costs were counted SCALE times."""
    answer, said = prices.answer, found.prices.answer
    rows, convex, member, union, cells, budgets = (
        one.copy() for one in (answer.rows, answer.convex, answer.member, answer.union, prices.cells, answer.budgets)
    )
    rows[part.rows], convex[part.tables] = said.rows / SCALE, said.convex / SCALE
    member[part.members], union[part.derived] = said.member / SCALE, said.union / SCALE
    cells[part.cells] = found.prices.cells / SCALE
    budgets[part.budgets] = said.budgets / SCALE
    answer = replace(answer, rows=rows, convex=convex, member=member, union=union, budgets=budgets)
    return Prices(answer, cells)
