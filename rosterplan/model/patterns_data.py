"""Fairness as counts: how many duties of each kind a doctor holds, what the counts cost, and how large they may be.

Read from the program alone: the tables of one stage, the needs, and the caps of each doctor. Whatever does not fit
(a table over several doctors, overlapping tables) is relaxed to its least cost, so a bound made from this is safe.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rosterplan.canvas import Canvas
from rosterplan.canvas.arrays import BoolArray, IntArray, Ragged, ints, numbered, ranges
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import Program
from rosterplan.model.patterns_caps import caps_of
from rosterplan.model.settle import settled_duties


@dataclass(frozen=True)
class Kinds:
    """Kinds of duty: same group, band, points and priority of need; counts of the duties that have a candidate.

    Σ counts = need − holes + extra, with least ≤ holes, extra ≤ extra_most; Σ holes of a level ≤ its allowance.
    """

    group: IntArray
    band: IntArray
    need: IntArray
    hole_least: IntArray
    extra_most: IntArray
    level: IntArray  # index in `allowance`
    allowance: IntArray

    def __len__(self) -> int:
        return len(self.need)


@dataclass(frozen=True)
class Counts:
    """The cells (doctor, item, kind) counts are of, sorted by doctor; items and doctors with their tables and caps.

    A table is where it starts in ``costs`` at count 0, −1 for none. ``points`` of a cell is what one duty adds to
    the doctor's total. ``constant``: least cost of what is not in any table here.
    """

    doctor: IntArray  # canvas number of each doctor
    total: IntArray
    total_table: IntArray  # its number in the program
    doctor_most: IntArray
    item: IntArray  # table of each item
    item_table: IntArray  # its number in the program, −1 for none
    item_most: IntArray
    cell_doctor: IntArray
    cell_item: IntArray
    cell_kind: IntArray
    cell_points: IntArray
    cell_most: IntArray
    cell_of_pair: IntArray  # −1: the pair is in no table
    costs: IntArray
    constant: int
    kinds: Kinds

    def by_table(self, program: Program, counts: IntArray) -> IntArray:
        """The count each table of the program would stand at, what is fixed included; −1 where counts do not say."""
        found = np.full(len(program.convex), -1, dtype=np.int64)
        held = ints(np.bincount(self.cell_item, weights=counts, minlength=len(self.item)))
        known = self.item_table >= 0
        found[self.item_table[known]] = held[known] + program.convex.base[self.item_table[known]]
        points = ints(np.bincount(self.cell_doctor, weights=counts * self.cell_points, minlength=len(self.doctor)))
        found[self.total_table] = points + program.convex.base[self.total_table]
        return found


@dataclass(frozen=True)
class _Tables:
    """The usable tables of a stage: which is each doctor's total, and item and total of each pair."""

    doctors: IntArray
    total_of: IntArray  # table of each doctor
    item_of_pair: IntArray  # table, −1 for none
    total_of_pair: IntArray  # table, −1 for none
    points_of_pair: IntArray  # coefficient in the total, 0 where the pair is not in it
    relaxed: IntArray  # tables left out


def counts_of(canvas: Canvas, program: Program, stage: int, missing: IntArray) -> Counts:
    """Return the counts a stage depends on, for rosters missing no more per priority than ``missing`` (per row)."""
    who, duty = canvas.pairs["doctor"][program.pair], canvas.pairs["duty"][program.pair]
    tables = _tables(program, stage, who)
    kind_of_duty, kinds = _kinds(canvas, program, duty, missing, tables.total_of_pair >= 0)
    rank = np.full(int(who.max(initial=-1)) + 1, -1, dtype=np.int64)
    rank[tables.doctors] = np.arange(len(tables.doctors))
    kind = kind_of_duty[duty]
    counted = (kind >= 0) & (rank[who] >= 0)
    used = np.flatnonzero(counted)
    owner, table, kind = rank[who[used]], tables.item_of_pair[used], kind[used]
    item_key = np.where(table >= 0, table, -1 - kind)  # without a table, each kind stands alone
    cell, first = _packed([owner, item_key, kind, tables.points_of_pair[used]])
    item_of_cell, item_first = _packed([owner[first], item_key[first]])
    cell_of_pair = np.full(program.pairs, -1, dtype=np.int64)
    cell_of_pair[used] = cell
    caps = caps_of(program, np.where(counted, rank[who], -1), len(tables.doctors))
    doctor_most = np.minimum(caps.most_of(owner, used, len(tables.doctors)), caps.whole)
    item_most = caps.most_of(item_of_cell[cell], used, len(item_first))
    item_most = np.minimum(item_most, doctor_most[owner[first][item_first]])
    cell_most = np.minimum(caps.most_of(cell, used, len(first)), item_most[item_of_cell])
    return Counts(
        tables.doctors, _at_base(program, tables.total_of), tables.total_of, doctor_most,
        _at_base(program, table[first][item_first]), table[first][item_first], item_most, owner[first], item_of_cell, kind[first], tables.points_of_pair[used][first], cell_most,
        cell_of_pair, program.convex.costs, _constant(program, stage, tables.relaxed), kinds,
    )  # fmt: skip


def _packed(keys: list[IntArray]) -> tuple[IntArray, IntArray]:
    """Return (group of each row, first row of each group), groups in key order, by one sort; keys are small numbers."""
    code = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        low = int(key.min(initial=0))
        code = code * (int(key.max(initial=0)) - low + 1) + (key - low)
    _, first, group = np.unique(code, return_index=True, return_inverse=True)
    return ints(group), ints(first)


def _at_base(program: Program, table: IntArray) -> IntArray:
    """Return where the cost of no free duty stands in ``costs``, −1 where there is no table."""
    convex = program.convex
    place = convex.starts + convex.base - convex.low
    found = np.full(len(table), -1, dtype=np.int64)
    found[table >= 0] = place[table[table >= 0]]
    return found


def _constant(program: Program, stage: int, relaxed: IntArray) -> int:
    """Return the least that everything outside the tables used can cost."""
    convex = program.convex
    least, most = (side[relaxed] for side in extremes(convex.terms))
    first = convex.starts[relaxed] + convex.base[relaxed] + least - convex.low[relaxed]
    lengths = most - least + 1
    values = convex.costs[ranges(first, lengths)]
    heads = np.concatenate(([0], np.cumsum(lengths)[:-1])) if len(lengths) else ints([])
    tables = int(np.minimum.reduceat(values, heads).sum()) if len(heads) else 0
    return int(program.constant[stage]) + tables + int(np.minimum(program.linear[stage], 0).sum())


def _tables(program: Program, stage: int, who: IntArray) -> _Tables:
    """Sort the tables of a stage: a doctor's widest one is the total, the others are items, the rest is relaxed."""
    convex = program.convex
    chosen = np.flatnonzero(convex.stage == stage)
    terms = convex.terms.take(chosen)
    usable, owner = _of_one_doctor(program, terms, who)
    order = np.lexsort((np.arange(len(chosen)), terms.lengths, owner))
    order = order[usable[order]]
    last = np.ones(len(order), dtype=bool)
    last[:-1] = owner[order][1:] != owner[order][:-1]
    is_total = np.zeros(len(chosen), dtype=bool)
    is_total[order[last]] = True
    row = terms.row_of_entry
    total_of_pair, points = np.full(program.pairs, -1, dtype=np.int64), np.zeros(program.pairs, dtype=np.int64)
    inside = is_total[row]
    total_of_pair[terms.items[inside]] = chosen[row[inside]]
    points[terms.items[inside]] = terms.coefs[inside]
    item_of_pair, is_item = _items(program, terms, usable & ~is_total)
    return _Tables(
        owner[order[last]], chosen[order[last]], np.where(item_of_pair >= 0, chosen[item_of_pair], -1), total_of_pair,
        points, chosen[~is_total & ~is_item],
    )  # fmt: skip


def _of_one_doctor(program: Program, terms: Ragged, who: IntArray) -> tuple[BoolArray, IntArray]:
    """Return which tables count pairs of one doctor only, positively, and whose they are (−1: nobody's)."""
    row, count = terms.row_of_entry, len(terms)
    plain = (terms.items < program.pairs) & (terms.coefs >= 1)
    doctor = np.full(len(terms.items), -2, dtype=np.int64)
    doctor[plain] = who[terms.items[plain]]
    owner = np.full(count, -1, dtype=np.int64)
    filled = terms.lengths > 0
    owner[filled] = doctor[terms.bounds[:-1][filled]]
    odd = np.bincount(row, weights=~plain | (doctor != owner[row]), minlength=count) > 0
    usable: BoolArray = filled & ~odd
    return usable, owner


def _items(program: Program, terms: Ragged, candidate: BoolArray) -> tuple[IntArray, BoolArray]:
    """Return the item (row of ``terms``) of each pair, and which rows are items: unit counts, no pair twice."""
    row = terms.row_of_entry
    unit = np.bincount(row, weights=terms.coefs != 1, minlength=len(terms)) == 0
    inside = (candidate & unit)[row]
    item_of_pair = np.full(program.pairs, len(terms), dtype=np.int64)
    np.minimum.at(item_of_pair, terms.items[inside], row[inside])
    second = inside.copy()
    second[inside] = item_of_pair[terms.items[inside]] != row[inside]
    is_item = candidate & unit & (np.bincount(row, weights=second, minlength=len(terms)) == 0)
    known = item_of_pair < len(terms)
    known[known] = is_item[item_of_pair[known]]
    return np.where(known, item_of_pair, -1), is_item


def _needs(
    canvas: Canvas, program: Program, duty: IntArray, candidates: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Return how many each duty wants at least and takes at most, and what a miss weighs (−1: it is not missed)."""
    rows = program.rows
    need, top = np.zeros(len(candidates), dtype=np.int64), candidates.copy()
    weight = np.full(len(candidates), -1, dtype=np.int64)
    about = np.flatnonzero(rows.key >= 0)
    key = rows.key[about]
    need[key], top[key] = np.maximum(rows.lo[about], 0), np.minimum(rows.hi[about], candidates[key])
    weight[key] = rows.under_weight[about]
    whole = rows.terms.items < program.pairs
    settled = settled_duties(canvas, rows.rule, rows.terms.row_of_entry[whole], duty[rows.terms.items[whole]])
    for row, inside in settled.items():  # as many as now, wherever they are: counted on one duty of the kind
        need[inside], top[inside], weight[inside] = 0, 0, -1
        need[inside[0]] = top[inside[0]] = rows.lo[row]
    return need, top, weight


def _kinds(
    canvas: Canvas, program: Program, duty: IntArray, missing: IntArray, in_table: BoolArray
) -> tuple[IntArray, Kinds]:
    """Return the kind of each duty (−1: no candidate, or nobody's count depends on it) and the kinds."""
    duties, rows = canvas.duties, program.rows
    candidates = np.bincount(duty, minlength=len(duties))
    need, top, weight = _needs(canvas, program, duty, candidates)
    possible = np.flatnonzero(candidates > 0)
    kind, first = numbered([duties[name][possible] for name in ("group", "band", "points")] + [weight[possible]])
    kind_of_duty = np.full(len(duties), -1, dtype=np.int64)
    kind_of_duty[possible] = kind
    counted = np.unique(kind_of_duty[duty[in_table]])
    renumber = np.full(len(first) + 1, -1, dtype=np.int64)
    renumber[counted] = np.arange(len(counted))
    kind_of_duty = renumber[kind_of_duty]
    kept = np.flatnonzero(kind_of_duty >= 0)
    group = kind_of_duty[kept]

    def total(values: IntArray) -> IntArray:
        return ints(np.bincount(group, weights=values[kept], minlength=len(counted)))

    representative = possible[first[counted]]
    about = rows.key >= 0
    level_weight, level = np.unique(weight[representative], return_inverse=True)
    outside = np.where(kind_of_duty < 0, np.maximum(need - top, 0), 0)
    allowance = [
        int(missing[about & (rows.under_weight == one)].sum()) - int(outside[weight == one].sum()) if one > 0 else 0
        for one in level_weight.tolist()
    ]
    return kind_of_duty, Kinds(
        duties["group"][representative], duties["band"][representative], total(need),
        total(np.maximum(need - top, 0)), total(np.maximum(top - need, 0)), ints(level), np.maximum(ints(allowance), 0),
    )  # fmt: skip
