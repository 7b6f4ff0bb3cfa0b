"""Patterns beside given counts: one duty more, one less, one kind for another; where a linear program starts from them, it is nearly done."""

from __future__ import annotations

import numpy as np

from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.model.patterns_data import Counts
from rosterplan.model.patterns_pricing import Patterns, joined


def patterns_beside(data: Counts, counts: IntArray) -> Patterns:
    """Return, per doctor, the pattern of ``counts`` (per cell) and those one duty away or one exchange of kinds away."""
    start = np.searchsorted(data.cell_doctor, np.arange(len(data.doctor) + 1))
    return joined([_of_doctor(data, doctor, counts, start) for doctor in range(len(data.doctor))])


def cheapest(data: Counts, patterns: Patterns) -> IntArray:
    """Return the counts of each doctor's cheapest pattern, the first of them; 0 for who has none."""
    counts = np.zeros(len(data.cell_doctor), dtype=np.int64)
    order = np.lexsort((np.arange(len(patterns)), patterns.cost, patterns.doctor))
    _, first = np.unique(patterns.doctor[order], return_index=True)
    for row in order[first].tolist():
        inside = slice(patterns.bounds[row], patterns.bounds[row + 1])
        counts[patterns.cells[inside]] = patterns.counts[inside]
    return counts


def _of_doctor(data: Counts, doctor: int, counts: IntArray, start: IntArray) -> Patterns:
    cells = np.arange(start[doctor], start[doctor + 1])
    one = np.eye(len(cells), dtype=np.int64)
    steps = np.concatenate((np.zeros((1, len(cells)), dtype=np.int64), one, -one, *(one - row for row in one)))
    found = np.unique(counts[cells] + steps, axis=0)
    items, place = np.unique(data.cell_item[cells], return_inverse=True)
    of_item = np.zeros((len(found), len(items)), dtype=np.int64)
    np.add.at(of_item.T, place, found.T)
    possible = (found >= 0).all(axis=1) & (found <= data.cell_most[cells]).all(axis=1)
    possible &= (of_item <= data.item_most[items]).all(axis=1) & (found.sum(axis=1) <= data.doctor_most[doctor])
    found, of_item = found[possible], of_item[possible]
    known = data.item[items] >= 0
    cost = data.costs[data.item[items][known] + of_item[:, known]].sum(axis=1)
    if data.total[doctor] >= 0:
        cost = cost + data.costs[data.total[doctor] + found @ data.cell_points[cells]]
    row, cell = np.nonzero(found)
    bounds = np.concatenate(([0], np.cumsum((found > 0).sum(axis=1))))
    return Patterns(
        np.full(len(found), doctor, dtype=np.int64), ints(cost), ints(bounds), cells[cell], ints(found[row, cell])
    )
