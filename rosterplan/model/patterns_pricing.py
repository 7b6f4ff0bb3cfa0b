"""The cheapest counts of each doctor under prices per duty: dynamic programming over items, states are points.

Doctors with the same items (points of their cells) are priced together, so loops run over items and counts only.
All numbers are whole multiples of 1/64 below 2^53: float64 sums are exact, and so is the bound made of the minima.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from rosterplan.canvas.arrays import BoolArray, IntArray, ints, ranges
from rosterplan.model.patterns_data import Counts

FloatArray = NDArray[np.float64]

GRAIN = 64
"""Prices are whole numbers of 1/64 of a cost unit."""

BEST_TOTALS = 6
"""Patterns kept per doctor and round: the best one of each of the best totals (one alone takes four times longer)."""

Shape = tuple[tuple[int, ...], ...]
"""Points of the cells of each item of a doctor."""


@dataclass(frozen=True)
class Step:
    """One item in the order of the program: its options (counts per cell), their points, and costs per doctor."""

    cells: IntArray  # doctor × cell of the item
    counts: IntArray  # option × cell of the item
    points: IntArray  # option
    held: IntArray  # option: duties
    costs: FloatArray  # doctor × option [1/64], inf where a cap forbids the option


@dataclass(frozen=True)
class Crowd:
    """Doctors with the same items."""

    doctors: IntArray
    steps: tuple[Step, ...]
    totals: FloatArray  # doctor × points [1/64], inf where no table reaches
    most: IntArray  # duties each may hold
    times: int  # how many 1/64 the tables count
    steepest: FloatArray  # per doctor: the most one point more may save of the total [1/64], as a negative number or 0


@dataclass(frozen=True)
class Patterns:
    """Counts of doctors: ``cells`` and ``counts`` end to end, one stretch per pattern."""

    doctor: IntArray
    cost: IntArray
    bounds: IntArray
    cells: IntArray
    counts: IntArray

    def __len__(self) -> int:
        return len(self.doctor)


def crowds_of(data: Counts, times: int = GRAIN) -> tuple[Crowd, ...]:
    """Return the doctors grouped by their items, in an order that depends on nothing but the data.

    Tables count ``times`` 1/64: fewer or more than 64 where they are weighed against other costs.
    """
    start = np.searchsorted(data.cell_doctor, np.arange(len(data.doctor) + 1))
    items, points = data.cell_item.tolist(), data.cell_points.tolist()
    alike: dict[Shape, list[tuple[int, list[list[int]]]]] = defaultdict(list)
    for doctor in range(len(data.doctor)):
        cells: dict[int, list[int]] = defaultdict(list)
        for cell in range(start[doctor], start[doctor + 1]):
            cells[items[cell]].append(cell)
        ordered = sorted((tuple(points[cell] for cell in of_item), of_item) for of_item in cells.values())
        alike[tuple(shape for shape, _ in ordered)].append((doctor, [of_item for _, of_item in ordered]))
    return tuple(_crowd(data, shape, alike[shape], times) for shape in sorted(alike))


def _crowd(data: Counts, shape: Shape, members: list[tuple[int, list[list[int]]]], times: int) -> Crowd:
    doctors = ints([doctor for doctor, _ in members])
    steps = tuple(
        _step(data, ints([cells[place] for _, cells in members]), ints(points), times)
        for place, points in enumerate(shape)
    )
    most = data.doctor_most[doctors]
    single = sum(int((step.points).max()) for step in steps)
    dearest = max((point for points in shape for point in points), default=0)
    reach = min(single, int(most.max(initial=0)) * dearest)
    totals = np.zeros((len(doctors), reach + 1))
    known = data.total[doctors] >= 0
    place = data.total[doctors][:, None] + np.minimum(np.arange(reach + 1), _points_of_all(data, doctors)[:, None])
    totals[known] = data.costs[place[known]] * times
    steepest = np.diff(totals, axis=1).min(axis=1, initial=0.0)
    return Crowd(doctors, steps, totals, most, times, steepest)


def _points_of_all(data: Counts, doctors: IntArray) -> IntArray:
    """Return the points of all duties each doctor may hold: totals beyond are never reached."""
    reach = np.bincount(data.cell_doctor, weights=data.cell_points * data.cell_most, minlength=len(data.doctor))
    return ints(reach)[doctors]


def _step(data: Counts, cells: IntArray, points: IntArray, times: int) -> Step:
    """Return one item with every combination of counts its widest cells allow."""
    widest = data.cell_most[cells].max(axis=0)
    item = data.cell_item[cells[:, 0]]
    most = data.item_most[item]
    options = [one for one in product(*(range(wide + 1) for wide in widest.tolist())) if sum(one) <= int(most.max())]
    counts = ints(options).reshape(len(options), len(points))
    held = ints(counts.sum(axis=1))
    allowed = (held[None, :] <= most[:, None]) & (counts[None, :, :] <= data.cell_most[cells][:, None, :]).all(axis=2)
    costs = np.where(allowed, 0.0, np.inf)
    known = (data.item[item] >= 0)[:, None] & allowed
    place = data.item[item][:, None] + held[None, :]
    costs[known] = data.costs[place[known]] * times
    return Step(cells, counts, ints(counts @ points), held, costs)


@dataclass(frozen=True)
class Priced:
    """The least reduced cost of each doctor [1/64], exact, and the cheapest patterns with theirs."""

    least: FloatArray
    patterns: Patterns
    reduced: FloatArray


@dataclass(frozen=True)
class _Best:
    """The option taken in each step by some doctors of a crowd, at each of their best totals, cheapest first."""

    rows: IntArray
    options: IntArray  # row × total × step
    reduced: FloatArray  # row × total

    def kept(self, chosen: BoolArray) -> _Best:
        """Those of some rows."""
        return _Best(self.rows[chosen], self.options[chosen], self.reduced[chosen])


def priced(data: Counts, crowds: tuple[Crowd, ...], prices: FloatArray) -> Priced:
    """Return the cheapest counts per doctor, cost less Σ price × count; ``prices`` per cell in whole 1/64."""
    least = np.zeros(len(data.doctor))
    patterns, reduced = [], []
    for crowd in crowds:
        values = [step.costs - prices[step.cells] @ step.counts.T for step in crowd.steps]
        for best in _within_caps(crowd, values):
            least[crowd.doctors[best.rows]] = best.reduced[:, 0]
            made, cost = _patterns(crowd, best, prices)
            patterns.append(made)
            reduced.append(cost)
    return Priced(least, joined(patterns), np.concatenate([np.zeros(0), *reduced]))


def _within_caps(crowd: Crowd, values: list[FloatArray]) -> list[_Best]:
    """Return the best patterns; doctors whose best one passes their cap are solved again with duties as a state."""
    every = np.arange(len(crowd.doctors), dtype=np.int64)
    best = _solved(crowd, values, every, by_count=False)
    held = sum(
        (step.held[best.options[:, :, place]] for place, step in enumerate(crowd.steps)),
        start=np.zeros(best.options.shape[:2], dtype=np.int64),
    )
    beyond: BoolArray = held > crowd.most[:, None]
    again: BoolArray = beyond[:, 0]
    best.reduced[beyond] = np.inf
    found = [best.kept(~again)]
    if again.any():
        found.append(_solved(crowd, [value[again] for value in values], every[again], by_count=True))
    return found


def _solved(crowd: Crowd, values: list[FloatArray], rows: IntArray, *, by_count: bool) -> _Best:
    """Return the best patterns of some doctors; ``by_count`` keeps the number of duties as a second state."""
    useful = [_useful(step, value, crowd.steepest[rows]) for step, value in zip(crowd.steps, values, strict=True)]
    most = int(crowd.most[rows].max(initial=0)) if by_count else 0
    most = min(most, sum(int(step.held[:many].max()) for step, many in zip(crowd.steps, useful, strict=True)))
    single = sum(int(step.points[:many].max()) for step, many in zip(crowd.steps, useful, strict=True))
    reach = min(crowd.totals.shape[1] - 1, single)
    state = np.full((len(rows), most + 1, reach + 1), np.inf)
    state[:, 0, 0] = 0
    taken = []
    for step, value, kept in zip(crowd.steps, values, useful, strict=True):
        after, option = np.full_like(state, np.inf), np.zeros(state.shape, dtype=np.int16)
        for number, (points, duties) in enumerate(
            zip(step.points[:kept].tolist(), step.held[:kept].tolist(), strict=True)
        ):
            held = duties if by_count else 0
            if held > most or points > reach:
                continue
            reached = state[:, : most + 1 - held, : reach + 1 - points] + value[:, number, None, None]
            place = (slice(None), slice(held, None), slice(points, None))
            better = reached < after[place]
            np.copyto(after[place], reached, where=better)
            option[place][better] = number
        state = after
        taken.append(option)
    state += crowd.totals[rows, : reach + 1][:, None, :]
    if by_count:
        state[np.arange(most + 1)[None, :] > crowd.most[rows][:, None]] = np.inf
    count = state.argmin(axis=1)
    cheapest = np.take_along_axis(state, count[:, None, :], axis=1)[:, 0]
    total = np.argsort(cheapest, axis=1, kind="stable")[:, :BEST_TOTALS]
    options = _walked_back(crowd, taken, total, np.take_along_axis(count, total, axis=1), by_count)
    return _Best(rows, options, np.take_along_axis(cheapest, total, axis=1))


def _useful(step: Step, value: FloatArray, steepest: FloatArray) -> int:
    """Return how many options of an item, in their order, may stand in a best pattern of some doctor; one more is kept.

    Beyond them one duty less never costs more: its own marginal, less its price, is above all its points may save.
    """
    if step.counts.shape[1] != 1 or len(step.counts) < 2:
        return len(step.counts)
    with np.errstate(invalid="ignore"):
        gain = np.diff(value, axis=1) + np.diff(step.points) * steepest[:, None]
    below = np.flatnonzero((gain < 0).any(axis=0))
    return min(len(step.counts), (int(below[-1]) if len(below) else -1) + 3)


def _walked_back(
    crowd: Crowd, taken: list[NDArray[np.int16]], total: IntArray, count: IntArray, by_count: bool
) -> IntArray:
    """Return the options that lead to each total (and count)."""
    options = np.zeros((*total.shape, len(taken)), dtype=np.int64)
    row = np.arange(len(total))[:, None]
    total, count = ints(total), ints(count)
    for place in reversed(range(len(taken))):
        option = taken[place][row, count, total].astype(np.int64)
        options[:, :, place] = option
        total = np.maximum(total - crowd.steps[place].points[option], 0)
        count = np.maximum(count - crowd.steps[place].held[option], 0) if by_count else count
    return options


def _patterns(crowd: Crowd, best: _Best, prices: FloatArray) -> tuple[Patterns, FloatArray]:
    """Return the patterns that exist, and their reduced costs."""
    row, place = np.nonzero(np.isfinite(best.reduced))
    doctor = best.rows[row]
    cells = [step.cells[doctor] for step in crowd.steps]
    counts = [step.counts[best.options[row, place, number]] for number, step in enumerate(crowd.steps)]
    cell, count = np.concatenate(cells, axis=1), np.concatenate(counts, axis=1)
    reduced = best.reduced[row, place]
    cost = ints(np.rint((reduced + (prices[cell] * count).sum(axis=1)) / max(crowd.times, 1)))
    used = count > 0
    bounds = np.concatenate(([0], np.cumsum(used.sum(axis=1))))
    return Patterns(crowd.doctors[doctor], cost, ints(bounds), cell[used], count[used]), reduced


def joined(parts: list[Patterns]) -> Patterns:
    """Return all patterns, one list after the other."""
    none = ints([])
    lengths = np.concatenate([none] + [np.diff(part.bounds) for part in parts])
    return Patterns(
        np.concatenate([none] + [part.doctor for part in parts]), np.concatenate([none] + [part.cost for part in parts]),
        ints(np.concatenate(([0], np.cumsum(lengths)))), np.concatenate([none] + [part.cells for part in parts]),
        np.concatenate([none] + [part.counts for part in parts]),
    )  # fmt: skip


def distinct(parts: list[Patterns]) -> Patterns:
    """Return the patterns of all lists, each once, in their order."""
    every, known, kept = joined(parts), set(), []
    for row in range(len(every)):
        inside = slice(every.bounds[row], every.bounds[row + 1])
        key = (int(every.doctor[row]), every.cells[inside].tobytes(), every.counts[inside].tobytes())
        if key not in known:
            known.add(key)
            kept.append(row)
    return take(every, ints(kept))


def take(patterns: Patterns, rows: IntArray) -> Patterns:
    """Return some patterns."""
    lengths = np.diff(patterns.bounds)[rows]
    entries = ranges(patterns.bounds[rows], lengths)
    return Patterns(
        patterns.doctor[rows], patterns.cost[rows], ints(np.concatenate(([0], np.cumsum(lengths)))),
        patterns.cells[entries], patterns.counts[entries],
    )  # fmt: skip
