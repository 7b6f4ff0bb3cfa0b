"""Pairs that alone break a hard row: the past, a lock or a window already forbids them, so they are no columns.

What counts duties (greedy, patterns, CP-SAT) then never plans on a duty its doctor cannot take.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, Ragged
from rosterplan.canvas.freeze import extremes, useful
from rosterplan.canvas.program import Program


def without_closed(program: Program) -> Program:
    """Return the same program without the pairs no roster that breaks nothing can hold; every row and cost stays."""
    closed = closed_pairs(program)
    if not closed.any():
        return program
    kept = np.concatenate((~closed, np.ones(len(program.any_of), dtype=bool)))
    renumber = np.cumsum(kept) - 1
    rows, convex = program.rows, program.convex
    terms = _cut(rows.terms, kept, renumber)
    every = np.arange(len(rows), dtype=np.int64)
    return Program(
        pair=program.pair[~closed],
        any_of=_cut(program.any_of, kept, renumber),
        rows=useful(rows.take(every, terms, rows.lo, rows.hi)),
        convex=replace(convex, terms=_cut(convex.terms, kept, renumber)),
        linear=program.linear[:, kept],
        constant=program.constant,
        spreads=tuple(one.over(np.where(kept, renumber, -1)) for one in program.spreads),
    )


def closed_pairs(program: Program) -> BoolArray:
    """Return which pairs pass the upper side of some hard row even if everything that helps is taken."""
    rows = program.rows
    least, _ = extremes(rows.terms)
    row = rows.terms.row_of_entry
    alone = rows.terms.coefs + least[row] - np.minimum(rows.terms.coefs, 0)
    breaking = (rows.over_weight[row] == 0) & (alone > rows.hi[row])
    closed = np.zeros(program.columns, dtype=bool)
    closed[rows.terms.items[breaking]] = True
    members = program.any_of
    for _ in range(2):  # a derived column that cannot be 1 closes its members, derived ones among them
        closed[members.items[closed[program.pairs + members.row_of_entry]]] = True
    return closed[: program.pairs]


def _cut(terms: Ragged, kept: BoolArray, renumber: IntArray) -> Ragged:
    """Return the terms without the columns dropped, numbered anew."""
    inside = terms.keep_entries(kept[terms.items])
    return Ragged(inside.bounds, renumber[inside.items], inside.coefs)
