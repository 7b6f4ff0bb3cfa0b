"""Rows that follow from others and tell a relaxation more: of columns never held together, a derived one is the sum."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, Ragged, grouped, ints, stacked
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.merge import merged
from rosterplan.canvas.program import Program, Rows

IMPLIED = -2
"""The rule of a row that follows from others; -1 is a row of no rule, which follows from nothing (a count of changes)."""


def strengthened(program: Program) -> Program:
    """Return the same program, derived columns of equal members as one, with a row Σ members ≤ derived for members of
    which at most one may be held.

    No roster is lost or gained; whole-number columns satisfy the rows already, fractions do not.
    """
    program = merged(program)
    together = _at_most_one(program)
    if not len(together) or not len(program.any_of):
        return program
    derived, member, group = _shared_members(program, together)
    count = len(derived)
    terms = grouped(
        np.concatenate((group, np.arange(count, dtype=np.int64))),
        np.concatenate((member, program.pairs + derived)),
        np.concatenate((np.ones(len(member), dtype=np.int64), np.full(count, -1, dtype=np.int64))),
        count,
    )
    return replace(program, rows=_with(program.rows, terms))


def _at_most_one(program: Program) -> IntArray:
    """Return the hard rows that allow one of their columns at most, and nothing else."""
    rows = program.rows
    least, _ = extremes(rows.terms)
    ones = rows.terms.sums(ints(rows.terms.coefs == 1)) == rows.terms.lengths
    return np.flatnonzero((rows.over_weight == 0) & (rows.hi == 1) & ones & (least == 0) & (rows.terms.lengths >= 2))


def _shared_members(program: Program, together: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return (derived of each set, members, set of each member): two members or more that one of the rows holds."""
    among = program.rows.terms.take(together).transposed(program.columns)
    members = program.any_of
    of_member = among.take(members.items)
    member = np.repeat(members.items, of_member.lengths)
    key = np.repeat(members.row_of_entry, of_member.lengths) * len(together) + of_member.items
    order = np.argsort(key, kind="stable")
    key, member = key[order], member[order]
    heads = np.flatnonzero(np.diff(key, prepend=-1) != 0)
    lengths = np.diff(np.append(heads, len(key)))
    derived = key[heads] // len(together)
    kept = _largest(derived, lengths, member[heads])
    return derived[kept], member[np.repeat(kept, lengths)], np.repeat(np.arange(int(kept.sum())), lengths[kept])


def _largest(derived: IntArray, lengths: IntArray, first: IntArray) -> BoolArray:
    """Return which sets are kept: two members or more, and the largest of those of one derived with one first member."""
    order = np.lexsort((-lengths, first, derived))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(derived[order]) != 0) | (np.diff(first[order]) != 0)
    kept = np.zeros(len(order), dtype=bool)
    kept[order[new]] = True
    return np.asarray(kept & (lengths >= 2), dtype=bool)


def _with(rows: Rows, terms: Ragged) -> Rows:
    """Return the rows, and Σ coef·column ≤ 0 for each of ``terms``."""
    count = len(terms)
    zeros, none = np.zeros(count, dtype=np.int64), np.full(count, IMPLIED, dtype=np.int64)
    low = np.full(count, -INF, dtype=np.int64)

    def more(old: IntArray, new: IntArray) -> IntArray:
        return np.concatenate((old, new))

    return Rows(
        stacked([rows.terms, terms]), more(rows.lo, low), more(rows.hi, zeros), more(rows.over_weight, zeros),
        more(rows.over_stage, zeros), more(rows.under_weight, zeros), more(rows.under_stage, zeros),
        more(rows.rule, none), more(rows.key, none),
    )  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """What rows of `strengthened` say of derived columns.

    ``open``: entries of `any_of` of which no row says that derived ≥ member; ``exclusive``: derived columns that are the
    sum of all their members; ``said``: rows about such a column, which say nothing once it is their sum.
    """

    open: BoolArray
    exclusive: BoolArray
    said: BoolArray


def sums(program: Program) -> Sums:
    """Return what the rows Σ members ≤ derived of a program spare."""
    rows, members = program.rows, program.any_of
    left, exclusive = np.ones(len(members.items), dtype=bool), np.zeros(len(members), dtype=bool)
    said = np.zeros(len(rows), dtype=bool)
    numbers = np.flatnonzero(rows.rule == IMPLIED)
    if len(numbers):
        terms = rows.terms.take(numbers)
        derived = terms.items[terms.bounds[1:] - 1] - program.pairs  # the last of each row
        plus = terms.coefs > 0
        key = derived[terms.row_of_entry[plus]] * program.columns + terms.items[plus]
        left = ~np.isin(members.row_of_entry * program.columns + members.items, key)
        exclusive[derived[terms.lengths - 1 == members.lengths[derived]]] = True
        said[numbers[exclusive[derived]]] = True
    return Sums(left, exclusive, said)
