"""What a deviation costs: F = Σ α (x − T*)² / w + Σ (X − X*)² / w as tables of integers, at scale 10,000.

Each table is a constant (the cost of holding nothing) and whole marginal costs that never decrease: rounding the
marginals keeps the table convex, rounding its values would not. The tables are data: whoever needs a cost adds
them up alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, fsum

import numpy as np
from numpy.typing import NDArray

from rosterplan.domain.fairness.apportion import HUNDRED
from rosterplan.domain.fairness.dues import positions_of_dues
from rosterplan.domain.fairness.positions import Cell, Key, band_points, held_counts, held_points
from rosterplan.domain.fairness.weights import parts
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Due, Roster

SCALE = 10_000
"""Cost units in one squared duty."""

LEAST_WEIGHT = 0.25
"""A coefficient counts for at least this in costs: a very small part is not defended at any price."""

LARGEST = 2**31 - 1
"""Marginal costs are cut to ± this and stay non-decreasing: thousands of duties too many, costs grow in a line."""


@dataclass(frozen=True)
class UnaryTable:
    """Cost of holding n: ``constant`` + the first n marginal costs; the k-th is ⌊slope·k + offset + ½⌋, slope ≥ 0."""

    constant: int
    slope: float
    offset: float

    def marginals(self, most: int) -> NDArray[np.int64]:
        """Marginal costs of the 1st to the ``most``-th unit, non-decreasing."""
        exact = self.slope * np.arange(1, most + 1) + self.offset
        whole: NDArray[np.int64] = np.clip(np.floor(exact + 0.5), -LARGEST, LARGEST).astype(np.int64)
        return whole

    def costs(self, most: int) -> NDArray[np.int64]:
        """Costs of holding 0 to ``most``, convex."""
        return self.constant + np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(self.marginals(most))))

    def cost(self, count: int) -> int:
        """Cost of holding ``count``."""
        return int(self.costs(count)[-1])


def costs_of(tables: Sequence[UnaryTable], most: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """``table.costs(most)`` of each table, in one sweep: thousands of small arrays are slow one by one."""
    if not tables:
        return []
    starts = np.concatenate(([0], np.cumsum(most + 1)))
    unit = np.arange(starts[-1]) - np.repeat(starts[:-1], most + 1)
    slope, offset = (np.array([getattr(one, name) for one in tables], dtype=np.float64) for name in ("slope", "offset"))
    exact = np.repeat(slope, most + 1) * unit + np.repeat(offset, most + 1)
    steps = np.clip(np.floor(exact + 0.5), -LARGEST, LARGEST).astype(np.int64)
    steps[starts[:-1]] = 0
    total = np.cumsum(steps)
    first = np.array([one.constant for one in tables], dtype=np.int64) - total[starts[:-1]]
    return np.split(total + np.repeat(first, most + 1), starts[1:-1])


def unary(weight: float, unit: float, aim: float) -> UnaryTable:
    """The table of weight·(unit·n − aim)² for n = 0, 1, 2…; ``weight`` already holds the scale."""
    return UnaryTable(
        constant=floor(weight * aim * aim + 0.5),
        slope=2 * weight * unit * unit,
        offset=-weight * unit * (unit + 2 * aim),
    )


@dataclass(frozen=True)
class ItemTable:
    """Cost of the duties a doctor holds in a group and band, by their count."""

    doctor: str
    group: str
    band: str
    alpha: float  # α_b = p_b / mean p
    weight: float  # w, at least ¼
    target: float  # T* [duties]
    table: UnaryTable


@dataclass(frozen=True)
class TotalTable:
    """Cost of all points a doctor holds on lines with a group, renfort included, by their number."""

    doctor: str
    weight: float  # w of the whole doctor, at least ¼
    target: float  # X* [average duties]
    table: UnaryTable


@dataclass(frozen=True)
class FairnessTables:
    """All cost tables of an instance under given dues; items sorted by doctor, group, band, totals by doctor."""

    items: tuple[ItemTable, ...]
    totals: tuple[TotalTable, ...]
    mean_points: float  # points of an average duty


def tables(instance: Instance, dues: Iterable[Due], scale: int = SCALE) -> FairnessTables:
    """The tables of every due and of every doctor of the instance; ``scale`` is the cost of one squared duty.

    A doctor's weight over all: his or her weights averaged over the bands by points, summed over groups. Where
    no duty has points, all count alike and totals cost nothing.
    """
    known = [due for due in dues if due.doctor in instance.doctor_by_id]
    positions = positions_of_dues(known)
    points = band_points(instance)
    mean = _mean_points(positions, points)
    weights = {(part.doctor, part.group, part.band): part.weight for part in parts(instance, positions)}
    items = tuple(
        _item(due, points.get((due.group, due.band), 0.0) / mean if mean else 1.0, weights, scale)
        for due in sorted(known, key=lambda due: (due.doctor, due.group, due.band))
    )
    aims: dict[str, list[float]] = defaultdict(list)
    for item in items:
        aims[item.doctor].append(item.alpha * item.target if mean else 0.0)
    whole = _whole_weights(weights, positions, points)
    unit = 1 / mean if mean else 0.0
    totals = tuple(
        _total(doctor, fsum(aims[doctor]), whole.get(doctor, 0.0), unit, scale)
        for doctor in sorted(instance.doctor_by_id)
    )
    return FairnessTables(items, totals, mean)


def fairness_by_doctor(instance: Instance, roster: Roster, given: FairnessTables) -> dict[str, int]:
    """What each doctor's duties cost, by the tables; every doctor of the instance is there."""
    held = held_counts(instance, roster)
    points = held_points(instance, roster)
    cost = {total.doctor: total.table.cost(points.get(total.doctor, 0)) for total in given.totals}
    for item in given.items:
        cost[item.doctor] += item.table.cost(held.get((item.doctor, item.group, item.band), 0))
    return cost


def fairness_value(instance: Instance, roster: Roster, given: FairnessTables) -> int:
    """F of the roster in ten-thousandths of a squared duty (for tables at that scale)."""
    return sum(fairness_by_doctor(instance, roster, given).values())


def _item(due: Due, alpha: float, weights: Mapping[Key, float], scale: int) -> ItemTable:
    """Return the table of one due."""
    weight = max(weights.get((due.doctor, due.group, due.band), 0.0), LEAST_WEIGHT)
    target = due.target_hundredths / HUNDRED
    table = unary(scale * alpha / weight, 1.0, target)
    return ItemTable(due.doctor, due.group, due.band, alpha, weight, target, table)


def _total(doctor: str, aim: float, weight: float, unit: float, scale: int) -> TotalTable:
    """Return the table of one doctor's points."""
    floored = max(weight, LEAST_WEIGHT)
    return TotalTable(doctor, floored, aim, unary(scale / floored, unit, aim))


def _mean_points(positions: Mapping[Cell, int], points: Mapping[Cell, float]) -> float:
    """Return the mean points of the positions shared out; of all bands alike where none is; 0 where no duty has points."""
    shared = sum(positions.values())
    if shared:
        return fsum(points.get(cell, 0.0) * count for cell, count in positions.items()) / shared
    return fsum(points.values()) / len(points) if points else 0.0


def _whole_weights(
    weights: Mapping[Key, float], positions: Mapping[Cell, int], points: Mapping[Cell, float]
) -> dict[str, float]:
    """Return each doctor's weight over all: per group the mean of the bands' by points, then the sum."""
    worth = {cell: points.get(cell, 0.0) * count for cell, count in positions.items()}
    of_group: dict[str, list[float]] = defaultdict(list)
    for (group, _), value in worth.items():
        of_group[group].append(value)
    group_worth = {group: fsum(values) for group, values in of_group.items()}
    found: dict[str, list[float]] = defaultdict(list)
    for (doctor, group, band), weight in weights.items():
        if group_worth.get(group, 0.0) > 0:
            found[doctor].append(weight * worth.get((group, band), 0.0) / group_worth[group])
    return {doctor: fsum(values) for doctor, values in found.items()}
