"""Safe lower bounds: whatever the multipliers, an integer no roster goes below.

Relax every row with an integer multiplier; what is left splits into one minimum per column and one per cost table,
each exact (Lagrangian duality). Good multipliers come from a linear program, but none can make the bound wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rosterplan.canvas.arrays import INF, IntArray, Ragged, ints, ranges
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.domain.result import Stage

LARGEST = 2.0**62
"""No sum may reach it: int64 would wrap around."""


@dataclass(frozen=True)
class Costs:
    """What is minimised: integer costs of columns, of soft sides (0: free to pass) and of tables (0: not counted)."""

    column: IntArray
    over: IntArray
    under: IntArray
    convex: IntArray  # each table counts this many times
    constant: int = 0

    def plus(self, other: Costs, times: int = 1) -> Costs:
        """The sum of these costs and ``times`` others."""
        return Costs(
            self.column + times * other.column,
            self.over + times * other.over,
            self.under + times * other.under,
            self.convex + times * other.convex,
            self.constant + times * other.constant,
        )


@dataclass(frozen=True)
class Multipliers:
    """Integer prices of the relaxed constraints; those of a wrong sign or too large are clipped, never trusted."""

    rows: IntArray
    convex: IntArray
    member: IntArray  # derived column ≥ member, one per entry of `any_of`
    union: IntArray  # derived column ≤ Σ members


def stage_costs(program: Program, weights: Mapping[Stage, int]) -> Costs:
    """Return the costs of some stages, each times its weight."""
    by_stage = np.zeros(len(STAGE_NUMBER), dtype=np.int64)
    for stage, weight in weights.items():
        by_stage[STAGE_NUMBER[stage]] = weight
    rows = program.rows
    return Costs(
        column=ints(by_stage @ program.linear),
        over=rows.over_weight * by_stage[rows.over_stage],
        under=rows.under_weight * by_stage[rows.under_stage],
        convex=by_stage[program.convex.stage],
        constant=int(by_stage @ program.constant),
    )


def lower_bound(program: Program, costs: Costs, multipliers: Multipliers) -> int:
    """Return a number that the costs of no roster obeying the hard rows go below.

    Raises:
        OverflowError: a sum could leave int64.
    """
    rows, price = program.rows, _clipped(program, costs, multipliers.rows)
    side = np.where(price > 0, rows.lo, np.where(price < 0, rows.hi, 0))
    reduced = reduced_costs(program, costs, multipliers)
    magnitude = np.abs(price.astype(float) * side.astype(float)).sum() + np.abs(reduced.astype(float)).sum()
    tables, size = _table_minima(program, costs, multipliers.convex)
    if magnitude + size + abs(costs.constant) >= LARGEST:
        raise OverflowError("the bound leaves 64 bits")
    return int(costs.constant) + int((price * side).sum()) + int(tables.sum()) + int(np.minimum(reduced, 0).sum())


def least_cost(program: Program, stages: tuple[Stage, ...] = ("blend", "wishes", "comfort")) -> int:
    """Return what some stages cost at least: columns and tables at their own least, limits and largest gaps at nothing."""

    def zeros(count: int) -> IntArray:
        return np.zeros(count, dtype=np.int64)

    none = Multipliers(
        zeros(len(program.rows)),
        zeros(len(program.convex)),
        zeros(len(program.any_of.items)),
        zeros(len(program.any_of)),
    )
    return lower_bound(program, stage_costs(program, dict.fromkeys(stages, 1)), none)


def reduced_costs(program: Program, costs: Costs, multipliers: Multipliers) -> IntArray:
    """Return what each column costs beside the prices of the rows, tables, members and unions it stands in.

    Raises:
        OverflowError: a sum could leave int64.
    """
    price = _clipped(program, costs, multipliers.rows)
    member, union = np.maximum(multipliers.member, 0), np.maximum(multipliers.union, 0)
    _in_range(costs.constant, price, multipliers.convex, member, union, costs.column)
    reduced = costs.column.copy()
    _charge(reduced, program.rows.terms, -price)
    _charge(reduced, program.convex.terms, multipliers.convex)
    derived = program.any_of.row_of_entry + program.pairs
    np.add.at(reduced, program.any_of.items, member - union[program.any_of.row_of_entry])
    np.add.at(reduced, derived, -member)
    reduced[program.pairs :] += union
    return reduced


def _clipped(program: Program, costs: Costs, price: IntArray) -> IntArray:
    """Return row prices no higher than what passing the side costs, and 0 where there is no side."""
    rows = program.rows
    highest = np.where(rows.under_weight > 0, costs.under, INF)
    lowest = np.where(rows.over_weight > 0, -costs.over, -INF)
    return ints(np.clip(price, np.where(rows.hi >= INF, 0, lowest), np.where(rows.lo <= -INF, 0, highest)))


def _charge(reduced: IntArray, terms: Ragged, price: IntArray) -> None:
    """Add price × coefficient of each row to its columns.

    Raises:
        OverflowError: a column's sum could leave int64.
    """
    priced = price[terms.row_of_entry]
    size = np.bincount(terms.items, weights=np.abs(priced.astype(float) * terms.coefs), minlength=len(reduced))
    if len(size) and float((size + np.abs(reduced)).max()) >= LARGEST:
        raise OverflowError("a reduced cost leaves 64 bits")
    np.add.at(reduced, terms.items, priced * terms.coefs)


def _table_minima(program: Program, costs: Costs, price: IntArray) -> tuple[IntArray, float]:
    """Return, per table, the least of times × cost(count) − price × (count − base), and how large sums may get."""
    convex = program.convex
    if len(convex) == 0:
        return ints([]), 0.0
    least, most = extremes(convex.terms)
    lengths = most - least + 1
    entry = np.repeat(np.arange(len(convex)), lengths)
    place = ranges(convex.base + least - convex.low, lengths)
    if (place < 0).any() or (place >= convex.sizes[entry]).any():
        raise OverflowError("a count leaves its cost table")
    table = convex.costs[convex.starts[entry] + place]
    moved = ranges(least, lengths)
    exact: NDArray[np.float64] = np.abs(costs.convex[entry].astype(float) * table)
    exact = exact + np.abs(price[entry].astype(float) * moved)
    heads = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    largest = float(np.maximum.reduceat(exact, heads).sum())
    if largest >= LARGEST:
        raise OverflowError("a cost table leaves 64 bits")
    return ints(np.minimum.reduceat(costs.convex[entry] * table - price[entry] * moved, heads)), largest


def _in_range(constant: int, *parts: IntArray) -> None:
    """Refuse prices so large that their sums could wrap around before they are checked."""
    if abs(constant) >= LARGEST or any(float(np.abs(part.astype(float)).sum()) >= LARGEST for part in parts):
        raise OverflowError("a multiplier leaves 64 bits")
