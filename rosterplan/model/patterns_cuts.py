"""What the calendar says of counts: rests, caps and leave of one block of sectors, as cuts every roster obeys.

Counts that no (fractional) calendar of a block can have give prices per cell; whatever these are, the most that
Σ price × count can be in that block is a valid right-hand side, proved from rounded multipliers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, Ragged, grouped, ints
from rosterplan.canvas.bound import Costs
from rosterplan.canvas.parts import without_tables
from rosterplan.canvas.program import Program
from rosterplan.model.highs import Stop, never, quiet_solver
from rosterplan.model.linear import linear_program, load, safe_bound, solve_linear
from rosterplan.model.patterns_data import Counts
from rosterplan.model.patterns_master import Cut
from rosterplan.model.patterns_pricing import FloatArray

if TYPE_CHECKING:
    import highspy

WEIGHTS = 12
DENOMINATOR = 5040
"""Multipliers are rounded to 1/5040: halves to tenths are exact, and so are most right-hand sides."""

ITERATIONS = 50_000
LARGE = 12_000
"""Pairs of a unit with needs that is not cut."""

POSSIBLE = 1e-5


@dataclass
class Block:
    """One unit: its pairs with the rules that concern them alone, and the nearest calendar to given counts, kept warm."""

    data: Counts
    cells: IntArray
    program: Program
    cell_of_pair: IntArray  # place in ``cells``
    stop: Stop = never
    last: FloatArray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        """Load the linear program that measures how far counts are from any calendar."""
        nothing = self._weighted(np.zeros(len(self.cells), dtype=np.int64))
        self._linear = linear_program(self.program, nothing)
        self._nearest = quiet_solver(ITERATIONS, self.stop)
        load(self._nearest, self._linear)
        self._add_deviations(self._nearest)

    def cut(self, counts: FloatArray) -> Cut | None:
        """Return a cut these counts break, None where a calendar may have them (or they have not moved)."""
        wanted = counts[self.cells]
        if len(self.last) and np.abs(wanted - self.last).max(initial=0.0) < POSSIBLE:
            return None
        self.last = wanted
        first = len(self._linear.below)
        for place, one in enumerate(wanted.tolist()):
            self._nearest.changeRowBounds(first + place, one, one)
        self._nearest.run()
        if self.stop() or self._nearest.getInfo().objective_function_value < POSSIBLE:
            return None
        price = np.asarray(self._nearest.getSolution().row_dual, dtype=np.float64)[first:]
        weights = ints(np.rint(price * WEIGHTS))
        if not weights.any():
            return None
        weights //= int(np.gcd.reduce(weights))
        most = self._most(weights)
        if float(weights @ wanted) <= most + POSSIBLE:
            return None
        every = np.zeros(len(self.data.cell_doctor), dtype=np.int64)
        every[self.cells] = weights
        return Cut(every, most)

    def _weighted(self, weights: IntArray) -> Costs:
        """Less cost for more weight."""
        column = np.zeros(self.program.columns, dtype=np.int64)
        column[: self.program.pairs] = -weights[self.cell_of_pair]
        none = np.zeros(len(self.program.rows), dtype=np.int64)
        return Costs(column, none, none, ints([]))

    def _most(self, weights: IntArray) -> int:
        """Return what Σ weight × count never passes in this block, proved."""
        costs = self._weighted(weights)
        answer = solve_linear(self.program, costs, iterations=ITERATIONS, stop=self.stop)
        return -safe_bound(self.program, costs, answer, scale=DENOMINATOR)

    def _add_deviations(self, solver: highspy.Highs) -> None:
        """Add a row per cell: its count, less what is too much, more what is too little."""
        by_cell = grouped(
            self.cell_of_pair,
            np.arange(self.program.pairs),
            np.ones(self.program.pairs, dtype=np.int64),
            len(self.cells),
        )
        count, first = len(self.cells), len(self._linear.below)
        zero = np.zeros(count)
        solver.addRows(
            count, zero, zero, len(by_cell.items), by_cell.bounds[:-1].astype(np.int32),
            by_cell.items.astype(np.int32), np.ones(len(by_cell.items)),
        )  # fmt: skip
        rows = np.arange(first, first + count, dtype=np.int32)
        start = np.arange(count, dtype=np.int32)
        for sign in (1.0, -1.0):
            solver.addCols(count, zero + 1, zero, zero + np.inf, count, start, rows, zero + sign)


def blocks_of(
    program: Program, data: Counts, home: IntArray, units: Collection[int], stop: Stop = never
) -> tuple[Block, ...]:
    """Return what may be cut of a unit, or of several as one (``home``: the unit of each pair); nothing where no count is their own.

    A cell with pairs in other units too is in no block: a rule about it concerns more than one. A large unit
    whose needs overlapping shifts meet is cut doctor by doctor: one of its programs takes minutes (measured).
    """
    inside = np.flatnonzero(data.cell_of_pair >= 0)
    cell, within = data.cell_of_pair[inside], np.isin(home, ints(sorted(units)))
    cells = np.flatnonzero(np.bincount(cell, weights=within[inside], minlength=len(data.cell_doctor)))
    shared = np.bincount(cell, weights=~within[inside], minlength=len(data.cell_doctor)) > 0
    own = ints(cells[~shared[cells]])
    parts = [own]
    if too_large(program, int(within.sum())):
        parts = [own[data.cell_doctor[own] == doctor] for doctor in np.unique(data.cell_doctor[own]).tolist()]
    found = []
    for part in parts:
        if not len(part) or stop():
            break
        pairs = ints(inside[np.isin(cell, part)])
        everything = data.kinds.allowance[data.kinds.level] == 0
        full = everything[data.cell_kind[data.cell_of_pair[pairs]]]
        place = ints(np.searchsorted(part, data.cell_of_pair[pairs]))
        found.append(Block(data, part, alone(program, pairs, full), place, stop))
    return tuple(found)


def too_large(program: Program, pairs: int) -> bool:
    """True if overlapping shifts meet the needs of a program, and a unit of so many pairs is more than one solver can see."""
    return pairs > LARGE and bool((program.rows.key < -1).any())


def alone(program: Program, pairs: IntArray, full: BoolArray) -> Program:
    """Return the rules on some pairs alone: caps and rests keep what concerns them, needs hold where ``full``.

    Any roster, restricted to these pairs, obeys it: only caps without negative terms lose columns.
    """
    renumber = np.full(program.columns, -1, dtype=np.int64)
    renumber[pairs] = np.arange(len(pairs))
    derived = np.flatnonzero(
        np.bincount(program.any_of.row_of_entry, renumber[program.any_of.items] >= 0, len(program.any_of))
    )
    nested = np.bincount(program.any_of.row_of_entry, program.any_of.items >= program.pairs, len(program.any_of)) > 0
    derived = ints(derived[~nested[derived]])
    renumber[derived + program.pairs] = len(pairs) + np.arange(len(derived))
    taken = np.concatenate((pairs, derived + program.pairs))
    rows, number = program.rows, np.unique(program.rows_of.take(taken).items)
    terms = rows.terms.take(number)
    row, kept = terms.row_of_entry, renumber[terms.items] >= 0
    part = np.bincount(row, weights=~kept | (terms.items >= program.pairs), minlength=len(number)) > 0
    negative = np.bincount(row, weights=terms.coefs < 0, minlength=len(number)) > 0
    needs_all = np.ones(len(number), dtype=bool)
    known = kept & (terms.items < program.pairs)
    np.logical_and.at(needs_all, row[known], full[renumber[terms.items[known]]])
    needed = ~part & ((rows.under_weight[number] == 0) | ((rows.key[number] >= 0) & needs_all))
    capped = (rows.over_weight[number] == 0) & ~(negative & part)
    low, high = np.where(needed, rows.lo[number], -INF), np.where(capped, rows.hi[number], INF)
    useful = np.flatnonzero((low > -INF) | (high < INF))
    inside = terms.keep_entries(kept).take(useful)
    inside = Ragged(inside.bounds, renumber[inside.items], inside.coefs)
    members = program.any_of.take(derived)
    members = members.keep_entries(renumber[members.items] >= 0)
    none = np.zeros(len(useful), dtype=np.int64)
    hard = rows.take(number[useful], inside, low[useful], high[useful])
    hard = replace(hard, over_weight=none, under_weight=none)
    return without_tables(
        program, program.pair[pairs], Ragged(members.bounds, renumber[members.items], members.coefs), hard
    )
