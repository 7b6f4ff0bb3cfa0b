"""What the rules posted, frozen: rows, convex costs and linear costs over the free columns.

A block of a program is a program again, so every engine (CP-SAT, LP, greedy, evaluation) reads one shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, Ragged, ints
from rosterplan.canvas.spread import Spread
from rosterplan.domain.result import STAGES

STAGE_NUMBER = {stage: number for number, stage in enumerate(STAGES)}


@dataclass(frozen=True)
class Rows:
    """lo ≤ Σ coef·column ≤ hi. A soft side has a weight > 0: passing it costs weight per unit in its stage."""

    terms: Ragged
    lo: IntArray
    hi: IntArray
    over_weight: IntArray
    over_stage: IntArray
    under_weight: IntArray
    under_stage: IntArray
    rule: IntArray
    key: IntArray  # what a coverage row is about: the number of a duty, −2 − that of a part of a demand; else −1

    def __len__(self) -> int:
        return len(self.lo)

    def take(self, rows: IntArray, terms: Ragged, lo: IntArray, hi: IntArray) -> Rows:
        """Some rows, with terms and sides replaced."""
        return Rows(
            terms, lo, hi, self.over_weight[rows], self.over_stage[rows], self.under_weight[rows],
            self.under_stage[rows], self.rule[rows], self.key[rows],
        )  # fmt: skip


@dataclass(frozen=True)
class Convex:
    """Cost ``table[base + Σ coef·column − low]`` per group, tables end to end in ``costs``; each is convex."""

    terms: Ragged
    base: IntArray
    low: IntArray
    starts: IntArray
    sizes: IntArray
    costs: IntArray
    stage: IntArray
    rule: IntArray

    def __len__(self) -> int:
        return len(self.base)

    def cost(self, counts: IntArray) -> IntArray:
        """Cost of each group at the given counts (base included); IndexError-free: counts are asserted in range."""
        place = counts - self.low
        if len(place) and (place.min() < 0 or (place >= self.sizes).any()):
            raise OverflowError("a count leaves its cost table")
        return self.costs[self.starts + place]

    def take(self, rows: IntArray, terms: Ragged, base: IntArray) -> Convex:
        """Some groups, with terms and base replaced."""
        return Convex(
            terms, base, self.low[rows], self.starts[rows], self.sizes[rows], self.costs, self.stage[rows],
            self.rule[rows],
        )  # fmt: skip


@dataclass(frozen=True)
class Program:
    """Free columns 0..pairs−1 are pairs, then derived columns (each the OR of its members).

    ``pair`` numbers the pairs in the canvas table; ``rows``, ``convex`` and ``linear`` (stage × column) are over free columns.
    """

    pair: IntArray
    any_of: Ragged
    rows: Rows
    convex: Convex
    linear: IntArray
    constant: IntArray
    spreads: tuple[Spread, ...] = ()

    @property
    def pairs(self) -> int:
        """Number of free pairs."""
        return len(self.pair)

    @property
    def columns(self) -> int:
        """Number of free columns, derived ones included."""
        return self.pairs + len(self.any_of)

    @cached_property
    def rows_of(self) -> Ragged:
        """The rows each column stands in."""
        return self.rows.terms.transposed(self.columns)

    @cached_property
    def convex_of(self) -> Ragged:
        """The convex groups each column stands in."""
        return self.convex.terms.transposed(self.columns)

    @cached_property
    def derived_of(self) -> Ragged:
        """The derived columns (numbered from 0) each column is a member of."""
        return self.any_of.transposed(self.columns)

    def values(self, held: BoolArray) -> IntArray:
        """Return all columns from the pairs held."""
        column = np.zeros(self.columns, dtype=np.int64)
        column[: self.pairs] = held
        for number in range(len(self.any_of)) if self.nested else ():
            column[self.pairs + number] = column[self.any_of.row(number)].any()
        if not self.nested and len(self.any_of):
            column[self.pairs :] = self.any_of.dot(column) > 0
        return column

    @cached_property
    def nested(self) -> bool:
        """True if a derived column is a member of another."""
        return bool((self.any_of.items >= self.pairs).any())

    def costs(self, column: IntArray) -> IntArray:
        """Return the cost of each stage (in the order of STAGES) at the given columns."""
        rows, total = self.rows, self.constant.copy()
        activity = rows.terms.dot(column)
        over = np.where(rows.over_weight > 0, np.maximum(activity - rows.hi, 0) * rows.over_weight, 0)
        under = np.where(rows.under_weight > 0, np.maximum(rows.lo - activity, 0) * rows.under_weight, 0)
        np.add.at(total, rows.over_stage, over)
        np.add.at(total, rows.under_stage, under)
        counts = self.convex.base + self.convex.terms.dot(column)
        np.add.at(total, self.convex.stage, self.convex.cost(counts))
        for spread in self.spreads:
            total[spread.stage] += spread.cost(column)
        return ints(total + self.linear @ column)

    def broken(self, column: IntArray) -> IntArray:
        """Return the numbers of the hard rows that do not hold."""
        rows = self.rows
        activity = rows.terms.dot(column)
        too_many = (rows.over_weight == 0) & (activity > rows.hi)
        too_few = (rows.under_weight == 0) & (activity < rows.lo)
        return np.flatnonzero(too_many | too_few)


def unbounded(length: int, sign: int) -> IntArray:
    """Return « no bound » for ``length`` rows: −INF or +INF."""
    return np.full(length, sign * INF, dtype=np.int64)
