"""A program by parts: columns that no hard row or need links can be judged apart."""

from __future__ import annotations

import numpy as np

from rosterplan.canvas.arrays import EMPTY, INF, BoolArray, IntArray, Ragged, ints
from rosterplan.canvas.program import Convex, Program, Rows


def linked(rows: Ragged, columns: int) -> IntArray:
    """Return a number per column, equal for columns that some chain of rows links: the least column of the part."""
    part = np.arange(columns, dtype=np.int64)
    entry_row = rows.row_of_entry
    while len(rows.items):
        least = np.full(len(rows), columns, dtype=np.int64)
        np.minimum.at(least, entry_row, part[rows.items])
        best = part.copy()
        np.minimum.at(best, part[rows.items], least[entry_row])  # hook the part's own number, then follow it
        best = np.minimum(best, best[part])
        while True:
            shorter = best[best]
            if np.array_equal(shorter, best):
                break
            best = shorter
        if np.array_equal(best, part):
            break
        part = best
    return part


def hard_or_need(program: Program, stage: int) -> IntArray:
    """Return the rows that forbid something, and those whose need is charged to a stage."""
    rows = program.rows
    forbids = ((rows.over_weight == 0) & (rows.hi < INF)) | ((rows.under_weight == 0) & (rows.lo > -INF))
    return np.flatnonzero(forbids | ((rows.under_weight > 0) & (rows.under_stage == stage)))


def part_of(program: Program, columns: BoolArray, rows: IntArray) -> Program:
    """Return the program over some columns and rows, without tables or costs of columns.

    A derived column keeps its members; the columns given are closed: members and rows never reach outside.
    """
    numbers = np.flatnonzero(columns)
    renumber = np.full(program.columns, -1, dtype=np.int64)
    renumber[numbers] = np.arange(len(numbers))
    terms, members = (
        program.rows.terms.take(rows),
        program.any_of.take(ints(numbers[numbers >= program.pairs]) - program.pairs),
    )
    return without_tables(
        program,
        program.pair[numbers[numbers < program.pairs]],
        Ragged(members.bounds, renumber[members.items], members.coefs),
        program.rows.take(
            rows, Ragged(terms.bounds, renumber[terms.items], terms.coefs), program.rows.lo[rows], program.rows.hi[rows]
        ),
    )


def without_tables(program: Program, pair: IntArray, any_of: Ragged, rows: Rows) -> Program:
    """Return a program of these pairs, derived columns and rows, without tables or costs of columns."""
    none = ints([])
    return Program(
        pair=pair,
        any_of=any_of,
        rows=rows,
        convex=Convex(EMPTY, none, none, none, none, none, none, none),
        linear=np.zeros((len(program.linear), len(pair) + len(any_of)), dtype=np.int64),
        constant=np.zeros_like(program.constant),
    )
