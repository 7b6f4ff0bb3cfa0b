"""From what was posted to a program: fixed columns folded into the bounds, idle rows dropped, columns renumbered."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, Ragged, bounds_of, ints, stacked
from rosterplan.canvas.program import Convex, Program, Rows
from rosterplan.canvas.spread import Spread, folded
from rosterplan.domain.result import STAGES


@dataclass(frozen=True)
class PostedRows:
    """One family of rows as a rule posted it, over canvas columns."""

    rule: int
    terms: Ragged
    lo: IntArray
    hi: IntArray
    over_weight: IntArray
    over_stage: IntArray
    under_weight: IntArray
    under_stage: IntArray
    key: IntArray


@dataclass(frozen=True)
class PostedConvex:
    """One family of convex costs; ``terms`` holds free columns only, what is fixed is in ``base``."""

    rule: int
    stage: int
    terms: Ragged
    base: IntArray
    low: IntArray
    costs: list[IntArray]


@dataclass(frozen=True)
class Posted:
    """Everything posted so far, family by family."""

    rows: list[PostedRows]
    convex: list[PostedConvex]
    derived: list[Ragged]
    linear: list[tuple[int, IntArray, IntArray]]
    spreads: list[Spread] = field(default_factory=list)


def frozen(posted: Posted, fixed: BoolArray, past: BoolArray, free_pairs: int, pairs: int) -> Program:
    """Return the program over the free columns; see `Canvas` for what is folded."""
    renumber = np.full(len(fixed), -1, dtype=np.int64)
    renumber[:free_pairs] = np.arange(free_pairs)
    free_derived = np.flatnonzero(~fixed[pairs:]) + pairs
    renumber[free_derived] = free_pairs + np.arange(len(free_derived))
    members = stacked(posted.derived).take(free_derived - pairs)
    any_of = Ragged(members.bounds, renumber[members.items], members.coefs)
    constant = np.zeros(len(STAGES), dtype=np.int64)
    linear = np.zeros((len(STAGES), free_pairs + len(free_derived)), dtype=np.int64)
    for stage, columns, points in posted.linear:
        held = fixed[columns]
        constant[stage] += int(points[held].sum())
        np.add.at(linear[stage], renumber[columns[~held]], points[~held])
    return Program(
        pair=np.arange(free_pairs, dtype=np.int64),
        any_of=any_of,
        rows=useful(_joined([_folded(family, fixed, past, renumber) for family in posted.rows])),
        convex=_convex(posted.convex, renumber),
        linear=linear,
        constant=constant,
        spreads=folded(posted.spreads, fixed, renumber),
    )


def _folded(family: PostedRows, fixed: BoolArray, past: BoolArray, renumber: IntArray) -> Rows:
    """Fold fixed columns into the sides: what they alone pass is not forbidden, what the past passes is not charged."""
    terms, count = family.terms, len(family.lo)
    held = fixed[terms.items]
    if not held.any() and not past[terms.items].any():
        return _as_posted(family, renumber)
    already, before = terms.sums(terms.coefs * held), terms.sums(terms.coefs * past[terms.items])
    some = terms.sums(ints(held)) > 0
    free = terms.keep_entries(~held)
    least, most = extremes(free)
    hi = np.where(family.over_weight > 0, np.maximum(family.hi, before), family.hi)
    lo, hi = moved(family.lo, already), moved(hi, already)
    # soft need may stay short: only what the past itself passes is forgiven
    lo = np.where(some & (family.under_weight == 0), np.minimum(lo, most), lo)
    hi = np.where(some & (family.over_weight == 0), np.maximum(hi, least), hi)
    return Rows(
        Ragged(free.bounds, renumber[free.items], free.coefs), lo, hi, family.over_weight, family.over_stage,
        family.under_weight, family.under_stage, np.full(count, family.rule, dtype=np.int64), family.key,
    )  # fmt: skip


def _as_posted(family: PostedRows, renumber: IntArray) -> Rows:
    """Return rows in which nothing is fixed; a soft side below nothing held is not charged, as beside fixed columns."""
    hi = np.where(family.over_weight > 0, np.maximum(family.hi, 0), family.hi)
    return Rows(
        Ragged(family.terms.bounds, renumber[family.terms.items], family.terms.coefs), family.lo, hi, family.over_weight,
        family.over_stage, family.under_weight, family.under_stage, np.full(len(hi), family.rule, dtype=np.int64), family.key,
    )  # fmt: skip


def moved(side: IntArray, already: IntArray) -> IntArray:
    """Return a side less what is already held; « no bound » stays so."""
    return np.where(np.abs(side) >= INF, side, side - already)


def extremes(terms: Ragged) -> tuple[IntArray, IntArray]:
    """Return the least and most Σ coef·column can be in each row."""
    return terms.sums(np.minimum(terms.coefs, 0)), terms.sums(np.maximum(terms.coefs, 0))


def useful(rows: Rows) -> Rows:
    """Drop rows that hold whatever is taken."""
    least, most = extremes(rows.terms)
    kept = np.flatnonzero((most > rows.hi) | (least < rows.lo))
    return rows.take(kept, rows.terms.take(kept), rows.lo[kept], rows.hi[kept])


def _joined(families: list[Rows]) -> Rows:
    """Return all families one after the other."""
    names = ("lo", "hi", "over_weight", "over_stage", "under_weight", "under_stage", "rule", "key")
    sides = [np.concatenate([ints([])] + [getattr(family, name) for family in families]) for name in names]
    return Rows(stacked([family.terms for family in families]), *sides)


def _convex(families: list[PostedConvex], renumber: IntArray) -> Convex:
    """Return all convex costs end to end, each table checked."""
    tables = [table for family in families for table in family.costs]
    none = ints([])
    sizes, costs = ints([len(table) for table in tables]), np.concatenate([none, *tables])
    table = np.arange(len(sizes)).repeat(sizes)
    bend = costs[2:] - 2 * costs[1:-1] + costs[:-2]
    if (bend[table[2:] == table[:-2]] < 0).any():
        raise ValueError("a cost table is not convex")
    terms = stacked([family.terms for family in families])
    return Convex(
        Ragged(terms.bounds, renumber[terms.items], terms.coefs),
        base=np.concatenate([none] + [family.base for family in families]),
        low=np.concatenate([none] + [family.low for family in families]),
        starts=bounds_of(sizes)[:-1],
        sizes=sizes,
        costs=costs,
        stage=np.concatenate([none] + [np.full(len(f.costs), f.stage, dtype=np.int64) for f in families]),
        rule=np.concatenate([none] + [np.full(len(f.costs), f.rule, dtype=np.int64) for f in families]),
    )
