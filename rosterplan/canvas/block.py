"""A block of a program: some pairs free, the rest held as in an incumbent; it is a program again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, Ragged, ints, ranges
from rosterplan.canvas.freeze import extremes, moved, useful
from rosterplan.canvas.program import Convex, Program, Rows
from rosterplan.canvas.spread import cut, touched


def block(program: Program, free: IntArray, column: IntArray) -> Program:
    """Return the program over the pairs numbered ``free``, all other columns held at ``column``.

    ``pair`` of the result numbers the pairs in ``program``. Costs of rows and tables that no free column touches
    are left out; constants are 0: a block's value counts only what it can change.
    """
    renumber = np.full(program.columns, -1, dtype=np.int64)
    renumber[free] = np.arange(len(free))
    derived = _free_derived(program, free, column)
    renumber[derived + program.pairs] = len(free) + np.arange(len(derived))
    taken = np.concatenate((free, derived + program.pairs))
    rest = column.copy()
    rest[taken] = 0
    members = program.any_of.take(derived)
    inside = renumber[members.items] >= 0
    members = members.keep_entries(inside)
    return Program(
        pair=free,
        any_of=Ragged(members.bounds, renumber[members.items], members.coefs),
        rows=_rows(program, taken, renumber, rest),
        convex=_convex(program, taken, renumber, rest),
        linear=program.linear[:, taken],
        constant=np.zeros_like(program.constant),
        spreads=cut(program.spreads, renumber, rest),
    )


def _free_derived(program: Program, free: IntArray, column: IntArray) -> IntArray:
    """Return the derived columns that free pairs can change: some member free, no other member held."""
    if len(program.any_of) == 0:
        return ints([])
    touched: BoolArray = np.zeros(program.columns, dtype=bool)
    touched[free] = True
    found: IntArray = ints([])
    while True:  # derived columns of derived columns: one pass per level
        entries = touched[program.any_of.items]
        row = program.any_of.row_of_entry
        some = np.bincount(row, weights=entries, minlength=len(program.any_of)) > 0
        held = (
            np.bincount(row, weights=~entries & (column[program.any_of.items] > 0), minlength=len(program.any_of)) > 0
        )
        now = np.flatnonzero(some & ~held)
        if len(now) == len(found):
            return ints(now)
        found = ints(now)
        touched[program.pairs + found] = True


def _rows(program: Program, taken: IntArray, renumber: IntArray, rest: IntArray) -> Rows:
    """Return the rows some free column stands in, the rest folded into their sides."""
    chosen = np.unique(program.rows_of.take(taken).items)
    rows, terms = program.rows, program.rows.terms.take(chosen)
    already = terms.dot(rest)
    inside = terms.keep_entries(renumber[terms.items] >= 0)
    terms = Ragged(inside.bounds, renumber[inside.items], inside.coefs)
    return useful(rows.take(chosen, terms, moved(rows.lo[chosen], already), moved(rows.hi[chosen], already)))


def _convex(program: Program, taken: IntArray, renumber: IntArray, rest: IntArray) -> Convex:
    """Return the convex costs some free column stands in, the rest folded into their base, tables cut to reach."""
    chosen = np.unique(program.convex_of.take(taken).items)
    convex, terms = program.convex, program.convex.terms.take(chosen)
    base = convex.base[chosen] + terms.dot(rest)
    inside = terms.keep_entries(renumber[terms.items] >= 0)
    terms = Ragged(inside.bounds, renumber[inside.items], inside.coefs)
    least, most = extremes(terms)
    low, sizes = base + least, most - least + 1
    costs = convex.costs[ranges(convex.starts[chosen] + low - convex.low[chosen], sizes)]
    starts = np.concatenate((ints([0]), np.cumsum(sizes)))[:-1]
    return Convex(terms, base, low, starts, sizes, costs, convex.stage[chosen], convex.rule[chosen])


@dataclass(frozen=True)
class Numbers:
    """Which rows, tables, derived columns and members of a program those of a block are, in the block's order."""

    rows: IntArray
    convex: IntArray
    derived: IntArray
    members: IntArray  # entries of `any_of`


def numbers_of(program: Program, free: IntArray, column: IntArray) -> Numbers:
    """Return where what ``block(program, free, column)`` holds stands in ``program``."""
    derived = _free_derived(program, free, column)
    taken = np.concatenate((free, derived + program.pairs))
    inside = np.zeros(program.columns, dtype=bool)
    inside[taken] = True
    rest = column.copy()
    rest[taken] = 0
    chosen = np.unique(program.rows_of.take(taken).items)
    terms = program.rows.terms.take(chosen)
    already = terms.dot(rest)
    least, most = extremes(terms.keep_entries(inside[terms.items]))
    kept = (most > moved(program.rows.hi[chosen], already)) | (least < moved(program.rows.lo[chosen], already))
    entries = ranges(program.any_of.bounds[derived], program.any_of.lengths[derived])
    members = entries[inside[program.any_of.items[entries]]]
    return Numbers(chosen[kept], np.unique(program.convex_of.take(taken).items), derived, members)


def touched_convex(program: Program, free: IntArray, column: IntArray) -> IntArray:
    """Return the numbers in ``program`` of the convex costs of ``block(program, free, column)``, in their order."""
    taken = np.concatenate((free, _free_derived(program, free, column) + program.pairs))
    return np.unique(program.convex_of.take(taken).items)


def touched_rows(program: Program, free: IntArray) -> IntArray:
    """Return every row and convex cost (numbered after the rows) that some pair of ``free`` may change."""
    derived = np.unique(program.derived_of.take(free).items) + program.pairs
    taken = np.concatenate((free, derived))
    rows = np.unique(program.rows_of.take(taken).items)
    convex = np.unique(program.convex_of.take(taken).items) + len(program.rows)
    spreads = ints(touched(program.spreads, lambda items: bool(np.isin(items, taken).any())))
    return np.concatenate((rows, convex, spreads + len(program.rows) + len(program.convex)))
