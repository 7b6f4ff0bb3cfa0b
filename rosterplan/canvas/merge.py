"""Derived columns that several rules made of the same members are one column: fewer rows for every engine."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from rosterplan.canvas.arrays import IntArray, Ragged, grouped, ints
from rosterplan.canvas.program import Program
from rosterplan.canvas.spread import cut


def merged(program: Program) -> Program:
    """Return the program with derived columns of equal members as one; its pairs and costs stay as they are.

    Derived columns made of derived columns are left alone.
    """
    members = program.any_of
    if not len(members) or (members.items >= program.pairs).any():
        return program
    kept, first = _distinct(members)
    if len(kept) == len(members):
        return program
    pairs = np.arange(program.pairs, dtype=np.int64)
    renumber = np.concatenate((pairs, program.pairs + first))
    linear = np.zeros((len(program.linear), program.pairs + len(kept)), dtype=np.int64)
    for stage, costs in enumerate(program.linear):
        np.add.at(linear[stage], renumber, costs)
    rows, convex = program.rows, program.convex
    return replace(
        program,
        any_of=members.take(kept),
        rows=replace(rows, terms=_renumbered(rows.terms, renumber)),
        convex=replace(convex, terms=_renumbered(convex.terms, renumber)),
        linear=linear,
        spreads=cut(program.spreads, renumber, np.zeros(program.columns, dtype=np.int64)),
    )


def _distinct(members: Ragged) -> tuple[IntArray, IntArray]:
    """Return (rows that are the first with their members, place among them of each row's equal)."""
    order = np.lexsort((members.items, members.row_of_entry))
    items = members.items[order]
    place: dict[bytes, int] = {}
    kept: list[int] = []
    first: list[int] = []
    bounds = members.bounds.tolist()
    for number, (start, end) in enumerate(pairwise(bounds)):
        key = items[start:end].tobytes()
        if key not in place:
            place[key] = len(kept)
            kept.append(number)
        first.append(place[key])
    return ints(kept), ints(first)


def _renumbered(terms: Ragged, renumber: IntArray) -> Ragged:
    """Return the terms over columns numbered anew, coefficients of one column in one row added up."""
    items = renumber[terms.items]
    width = int(items.max(initial=0)) + 1
    key = terms.row_of_entry * width + items
    unique, where = np.unique(key, return_inverse=True)
    if len(unique) == len(key):
        return Ragged(terms.bounds, items, terms.coefs)
    coefs = np.zeros(len(unique), dtype=np.int64)
    np.add.at(coefs, where, terms.coefs)
    return grouped(unique // width, unique % width, coefs, len(terms))
