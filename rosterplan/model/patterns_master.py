"""The master program: one pattern per doctor (in fractions), every kind of duty held as often as it is needed.

HiGHS keeps its basis while columns and cuts are added; costs are in hundredths of the table's unit to stay near 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rosterplan.canvas.arrays import IntArray, Ragged, grouped, ints
from rosterplan.model.highs import Stop, never, quiet_solver
from rosterplan.model.patterns_data import Counts, Kinds
from rosterplan.model.patterns_pricing import GRAIN, FloatArray, Patterns, joined, take

UNIT = 100.0
ARTIFICIAL = 1e6
LARGEST_PRICE = 2.0**36


@dataclass(frozen=True)
class Cut:
    """Σ weight × count ≤ most, for every roster; weights per cell, whole."""

    weights: IntArray
    most: int


@dataclass(frozen=True)
class Prices:
    """Rounded prices in whole 1/64 of a cost unit: of each kind's need, and (≤ 0) of each cut."""

    kinds: FloatArray
    cuts: FloatArray

    def of_cells(self, data: Counts, cuts: list[Cut]) -> FloatArray:
        """What one duty of each cell is worth."""
        price = self.kinds[data.cell_kind].copy()
        for cut, one in zip(cuts, self.cuts.tolist(), strict=True):
            price += one * cut.weights
        return price


@dataclass
class Master:
    """The columns and cuts so far, in HiGHS; ``cuts`` and ``patterns`` mirror them.

    ``places``: the column of each pattern; ``artificial``: columns that pay for what no choice of patterns gives.
    """

    data: Counts
    stop: Stop = never
    cuts: list[Cut] = field(default_factory=list)
    patterns: list[Patterns] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Post rows, holes, extra duties and artificial columns."""
        kinds, doctors = self.data.kinds, len(self.data.doctor)
        self.solver = quiet_solver(stop=self.stop)
        self._known: set[bytes] = set()
        first = doctors + np.arange(len(kinds))
        level = doctors + len(kinds) + kinds.level
        one = np.ones(doctors)
        self._rows(one, one)
        self._rows(kinds.need, kinds.need)
        self._rows(np.full(len(kinds.allowance), -np.inf), kinds.allowance)
        most = np.minimum(kinds.need, kinds.allowance[kinds.level])
        pair = np.stack((first, level), axis=1).ravel()
        self._columns(np.zeros(len(kinds)), kinds.hole_least, np.maximum(most, kinds.hole_least), 2, pair, 1.0)
        self._columns(np.zeros(len(kinds)), np.zeros(len(kinds)), kinds.extra_most, 1, first, -1.0)
        for sign in (1.0, -1.0):
            self._columns(
                np.full(len(kinds), ARTIFICIAL), np.zeros(len(kinds)), np.full(len(kinds), np.inf), 1, first, sign
            )
        self._columns(np.full(doctors, ARTIFICIAL), np.zeros(doctors), one + np.inf, 1, np.arange(doctors), 1.0)
        self.artificial = ints(np.arange(2 * len(kinds), 4 * len(kinds) + doctors))
        self.places = ints([])

    def add_patterns(self, found: Patterns) -> int:
        """Add the patterns not there yet; return how many."""
        new = [row for row in range(len(found)) if self._is_new(found, row)]
        added = take(found, ints(new))
        if len(added) == 0:
            return 0
        self.patterns.append(added)
        self.places = np.concatenate((self.places, self.solver.getNumCol() + np.arange(len(added), dtype=np.int64)))
        lists = self._entries(added)
        counts = lists.lengths
        self.solver.addCols(
            len(added), added.cost / UNIT, np.zeros(len(added)), np.full(len(added), np.inf), len(lists.items),
            lists.bounds[:-1].astype(np.int32), lists.items.astype(np.int32), lists.coefs.astype(np.float64),
        )  # fmt: skip
        return len(counts)

    def add_cut(self, cut: Cut) -> None:
        """Add a row every roster obeys, and an artificial column: the patterns made so far may have no choice but to break it."""
        weight = _weight(cut, joined(self.patterns))
        used = np.flatnonzero(weight)
        self.cuts.append(cut)
        self.solver.addRow(
            -np.inf, float(cut.most), len(used), self.places[used].astype(np.int32), weight[used].astype(float)
        )  # fmt: skip
        self.artificial = np.append(self.artificial, self.solver.getNumCol())
        last = np.array([self.solver.getNumRow() - 1])
        self._columns(np.full(1, ARTIFICIAL), np.zeros(1), np.full(1, np.inf), 1, ints(last), -1.0)

    def solve(self) -> float:
        """Return the optimum of the master [cost units], warm from the last one."""
        self.solver.run()
        return float(self.solver.getInfo().objective_function_value) * UNIT + self.data.constant

    def prices(self) -> Prices:
        """Return the prices of the last optimum, rounded to whole 1/64."""
        doctors, kinds = len(self.data.doctor), len(self.data.kinds)
        dual = np.asarray(self.solver.getSolution().row_dual, dtype=np.float64)
        whole = np.clip(np.rint(dual * UNIT * GRAIN), -LARGEST_PRICE, LARGEST_PRICE)
        first_cut = doctors + kinds + len(self.data.kinds.allowance)
        return Prices(whole[doctors : doctors + kinds], np.minimum(whole[first_cut:], 0))

    def doctor_prices(self) -> FloatArray:
        """Return the price of each doctor's one pattern [master units]."""
        return np.asarray(self.solver.getSolution().row_dual, dtype=np.float64)[: len(self.data.doctor)]

    def counts(self) -> FloatArray:
        """Return the duties per cell in the last optimum, in fractions."""
        every = joined(self.patterns)
        share = np.repeat(self.shares(), np.diff(every.bounds))
        held = np.bincount(every.cells, weights=share * every.counts, minlength=len(self.data.cell_doctor))
        return np.asarray(held, dtype=np.float64)

    def shares(self) -> FloatArray:
        """Return the fraction of each pattern in the last optimum."""
        return np.asarray(self.solver.getSolution().col_value, dtype=np.float64)[self.places]

    def short(self) -> float:
        """Return what needs and cuts the last optimum leaves to artificial columns."""
        return float(np.asarray(self.solver.getSolution().col_value, dtype=np.float64)[self.artificial].sum())

    def _is_new(self, found: Patterns, row: int) -> bool:
        inside = slice(found.bounds[row], found.bounds[row + 1])
        key = found.doctor[row].tobytes() + found.cells[inside].tobytes() + found.counts[inside].tobytes()
        if key in self._known:
            return False
        self._known.add(key)
        return True

    def _entries(self, added: Patterns) -> Ragged:
        """Return the rows each pattern stands in: its doctor, kinds and cuts."""
        data, row = self.data, np.repeat(np.arange(len(added)), np.diff(added.bounds))
        first_cut = len(data.doctor) + len(data.kinds) + len(data.kinds.allowance)
        one = np.arange(len(added), dtype=np.int64)
        columns, rows, values = [one], [added.doctor], [np.ones_like(one)]
        code = row * len(data.kinds) + data.cell_kind[added.cells]
        both, place = np.unique(code, return_inverse=True)
        columns.append(both // len(data.kinds))
        rows.append(both % len(data.kinds) + len(data.doctor))
        values.append(ints(np.bincount(place, weights=added.counts, minlength=len(both))))
        for number, cut in enumerate(self.cuts):
            weight = _weight(cut, added)
            used = np.flatnonzero(weight)
            columns.append(used)
            rows.append(np.full(len(used), first_cut + number))
            values.append(weight[used])
        return grouped(np.concatenate(columns), np.concatenate(rows), np.concatenate(values), len(added))

    def _rows(self, low: FloatArray | IntArray, high: FloatArray | IntArray) -> None:
        none = np.zeros(0, dtype=np.int32)
        start = np.zeros(len(low), dtype=np.int32)
        self.solver.addRows(len(low), low.astype(float), high.astype(float), 0, start, none, none.astype(float))

    def _columns(
        self,
        cost: FloatArray,
        low: FloatArray | IntArray,
        high: FloatArray | IntArray,
        each: int,
        rows: IntArray,
        value: float,
    ) -> None:
        starts = (each * np.arange(len(cost))).astype(np.int32)
        self.solver.addCols(
            len(cost), cost, low.astype(float), high.astype(float), len(rows), starts, rows.astype(np.int32),
            np.full(len(rows), value),
        )  # fmt: skip


def safe_value(data: Counts, least: FloatArray, prices: Prices, cuts: list[Cut]) -> int:
    """Return the bound the prices prove, rounded up: least cost per doctor, needs, holes, extra duties, cuts.

    Raises:
        OverflowError: the sum is too large to be exact.
    """
    kinds = data.kinds
    needs = prices.kinds * kinds.need
    cut = prices.cuts * np.array([one.most for one in cuts], dtype=float)
    holes = _holes(kinds, prices.kinds)
    extra = np.minimum(prices.kinds, 0) * kinds.extra_most
    parts = np.concatenate((least, needs, cut, holes, extra))
    if float(np.abs(parts).sum()) >= 2.0**53:
        raise OverflowError("the fairness bound is too large to be exact")
    return -int(-parts.sum() // GRAIN) + data.constant


def _holes(kinds: Kinds, price: FloatArray) -> FloatArray:
    """Return what holes save at most: forced ones, then the dearest within each level's allowance."""
    saved = price * kinds.hole_least
    left = kinds.allowance - np.bincount(kinds.level, weights=kinds.hole_least, minlength=len(kinds.allowance))
    for kind in np.argsort(-price, kind="stable").tolist():
        room = min(float(left[kinds.level[kind]]), float(kinds.need[kind] - kinds.hole_least[kind]))
        if price[kind] <= 0 or room <= 0:
            continue
        saved[kind] += price[kind] * room
        left[kinds.level[kind]] -= room
    return -saved


def _weight(cut: Cut, patterns: Patterns) -> IntArray:
    """Return Σ weight × count of each pattern."""
    total = np.concatenate(([0], np.cumsum(cut.weights[patterns.cells] * patterns.counts)))
    return ints(total[patterns.bounds[1:]] - total[patterns.bounds[:-1]])
