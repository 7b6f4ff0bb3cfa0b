"""Ragged arrays and grouping: the plain numpy the canvas is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

INF = np.int64(2**62)
"""Stands for « no bound » in lo and hi; never enters a sum."""

_CLOSE, _ALWAYS_CLOSE = 8, 10**6
"""A range of values up to 8 per row, or a million, is marked in a table rather than sorted."""


def ints(values: object = ()) -> IntArray:
    """Return ``values`` as an int64 array."""
    return np.asarray(values, dtype=np.int64)


def ranges(starts: IntArray, lengths: IntArray) -> IntArray:
    """Return start, start+1, … (``lengths`` of them) for each start, end to end."""
    ends = lengths.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    heads: IntArray = (starts - ends + lengths).repeat(lengths)
    return heads + np.arange(total, dtype=np.int64)


def bounds_of(lengths: IntArray) -> IntArray:
    """Return where rows of these lengths begin and the last one ends, end to end."""
    bounds = np.zeros(len(lengths) + 1, dtype=np.int64)
    lengths.cumsum(out=bounds[1:])
    return bounds


@dataclass(frozen=True)
class Ragged:
    """Rows of unequal length, end to end: row i is ``items[bounds[i]:bounds[i+1]]`` with its coefficients."""

    bounds: IntArray
    items: IntArray
    coefs: IntArray

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def lengths(self) -> IntArray:
        """Entries of each row."""
        return self.bounds[1:] - self.bounds[:-1]  # a third of the time of np.diff on the few rows of one duty

    @property
    def row_of_entry(self) -> IntArray:
        """The row each entry stands in."""
        return np.arange(len(self), dtype=np.int64).repeat(self.lengths)

    def row(self, number: int) -> IntArray:
        """The items of one row."""
        return self.items[self.bounds[number] : self.bounds[number + 1]]

    def take(self, rows: IntArray) -> Ragged:
        """The given rows, in the given order."""
        starts = self.bounds[rows]
        lengths = self.bounds[rows + 1] - starts
        entries = ranges(starts, lengths)
        return Ragged(bounds_of(lengths), self.items[entries], self.coefs[entries])

    def keep_entries(self, kept: BoolArray) -> Ragged:
        """The same rows with only some of their entries."""
        counts = np.concatenate(([0], np.cumsum(kept)))
        return Ragged(counts[self.bounds], self.items[kept], self.coefs[kept])

    def dot(self, values: IntArray) -> IntArray:
        """Σ coefficient × values[item] of each row; 0 for an empty row."""
        return self.sums(self.coefs * values[self.items])

    def sums(self, of_entries: IntArray) -> IntArray:
        """Σ of the values of each row's entries; 0 for an empty row."""
        sums = np.zeros(len(of_entries) + 1, dtype=np.int64)
        np.cumsum(of_entries, out=sums[1:])
        return ints(sums[self.bounds[1:]] - sums[self.bounds[:-1]])

    def transposed(self, columns: int) -> Ragged:
        """The rows (as items) that each of ``columns`` items stands in."""
        order = np.argsort(self.items, kind="stable")
        counts = np.bincount(self.items, minlength=columns)
        return Ragged(np.concatenate(([0], np.cumsum(counts))), self.row_of_entry[order], self.coefs[order])


EMPTY = Ragged(ints([0]), ints([]), ints([]))


def stacked(blocks: Sequence[Ragged]) -> Ragged:
    """Return the rows of all blocks, one after the other."""
    if not blocks:
        return EMPTY
    lengths = np.concatenate([block.lengths for block in blocks])
    return Ragged(
        np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        np.concatenate([block.items for block in blocks]),
        np.concatenate([block.coefs for block in blocks]),
    )


def grouped(group: IntArray, items: IntArray, coefs: IntArray, groups: int) -> Ragged:
    """Return a row per group, its items in the order given."""
    order = np.argsort(group, kind="stable")
    counts = np.bincount(group, minlength=groups)
    return Ragged(np.concatenate(([0], np.cumsum(counts))), items[order], coefs[order])


def numbered(keys: Sequence[IntArray]) -> tuple[IntArray, IntArray]:
    """Return (group of each row, first row of each group) for rows with equal keys, groups in key order."""
    length = len(keys[0]) if keys else 0
    if length == 0:
        return ints([]), ints([])
    group, count = _ranked(keys[0])
    for key in keys[1:]:
        rank, many = _ranked(key)
        group, count = _ranked(group * many + rank)
    first = np.zeros(count, dtype=np.int64)
    first[group[::-1]] = np.arange(length - 1, -1, -1)  # of equal places the last written stays: the first row
    return group, first


def _ranked(key: IntArray) -> tuple[IntArray, int]:
    """Return (rank of each value among the distinct ones, their number); without sorting where values lie close."""
    low = int(key.min())
    width = int(key.max()) - low + 1
    if width > _CLOSE * len(key) + _ALWAYS_CLOSE:
        values, rank = np.unique(key, return_inverse=True)
        return ints(rank), len(values)
    shifted = key - low
    present = np.zeros(width, dtype=bool)
    present[shifted] = True
    rank_of = np.cumsum(present) - 1
    return ints(rank_of[shifted]), int(rank_of[-1]) + 1
