"""From the best counts of the pattern program to bounds on the count of each cost table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.domain.result import Stage
from rosterplan.model.patterns import FairnessBound


@dataclass(frozen=True)
class Plan:
    """Planned count of each convex cost of a program.

    ``exact`` tables (duties of one kind of one doctor) aim at ``count``; so do the others (a doctor's points) once
    all units that add to them stand at the plan. Tables without a plan have count INF.
    """

    count: IntArray
    exact: BoolArray
    cell_of_pair: IntArray
    of_cell: IntArray  # planned duties per cell

    def of_unit(self, program: Program, pairs: IntArray, numbers: IntArray, part: Program) -> tuple[IntArray, IntArray]:
        """Return (low, high) of the tables numbered for ``part``, the unit ``pairs`` cut from ``program``: its share exactly.

        A table that other units add to stands where they have brought it, plus what the plan gives this unit.
        """
        terms = program.convex.terms.take(numbers)
        inside = np.zeros(program.columns, dtype=bool)
        inside[pairs] = True
        own = terms.keep_entries(inside[terms.items])
        cell = self.cell_of_pair[own.items]
        _, first = np.unique(np.stack((own.row_of_entry, cell)), axis=1, return_index=True)
        first = first[cell[first] >= 0]
        given = np.bincount(
            own.row_of_entry[first], weights=own.coefs[first] * self.of_cell[cell[first]], minlength=len(numbers)
        )
        known, exact = self.count[numbers] < INF, self.exact[numbers]
        wanted = np.where(exact, self.count[numbers], part.convex.base + given.astype(np.int64))
        return np.where(known, wanted, -INF), np.where(known, wanted, INF)

    def bounds(self, numbers: IntArray, slack: int, coarsest: IntArray) -> tuple[IntArray, IntArray]:
        """Return (low, high) of the tables numbered, ``slack`` duties around the plan; ``coarsest``: largest coefficient."""
        count, exact = self.count[numbers], self.exact[numbers]
        high = np.where(count < INF, count + slack * coarsest, INF)
        return np.where(exact, count - slack, -INF), high

    def met(self, numbers: IntArray, counts: IntArray) -> bool:
        """True if the tables numbered that have a plan stand at it with these counts."""
        known = self.count[numbers] < INF
        return bool((counts[known] == self.count[numbers][known]).all())


def plan_of(program: Program, bound: FairnessBound, stage: Stage = "fairness") -> Plan | None:
    """Return the plan of the counts found; None where none were.

    A table whose columns are exactly the pairs of one item is planned exactly; any other gets the planned sum of
    its columns, if all of them are planned and it holds no part of a cell alone (some feasts among others).
    """
    if bound.counts is None:
        return None
    data, convex = bound.data, program.convex
    count = np.full(len(convex), INF, dtype=np.int64)
    exact = np.zeros(len(convex), dtype=bool)
    wanted = np.bincount(data.cell_item, weights=bound.counts, minlength=int(data.cell_item.max(initial=-1)) + 1)
    sizes = np.bincount(data.cell_item[data.cell_of_pair[data.cell_of_pair >= 0]], minlength=len(wanted))
    size_of_cell = np.bincount(data.cell_of_pair[data.cell_of_pair >= 0], minlength=len(data.cell_doctor))
    for number in np.flatnonzero(convex.stage == STAGE_NUMBER[stage]).tolist():
        pairs = convex.terms.row(number)
        coefs = convex.terms.coefs[convex.terms.bounds[number] : convex.terms.bounds[number + 1]]
        if not len(pairs) or pairs.max() >= program.pairs or data.cell_of_pair[pairs].min() < 0:
            continue
        cells = data.cell_of_pair[pairs]
        items = np.unique(data.cell_item[cells])
        if len(items) == 1 and (coefs == 1).all() and len(pairs) == sizes[items[0]]:
            count[number], exact[number] = convex.base[number] + int(wanted[items[0]]), True
            continue
        _, first, many = np.unique(cells, return_index=True, return_counts=True)
        if (many != size_of_cell[cells[first]]).any():
            continue
        count[number] = convex.base[number] + int((coefs[first] * bound.counts[cells[first]]).sum())
    return Plan(count, exact, data.cell_of_pair, bound.counts)


def coarsest(program: Program) -> IntArray:
    """Return the largest coefficient of each convex cost: what one duty may add to it."""
    _, most = extremes(program.convex.terms)
    row = program.convex.terms.row_of_entry
    found = np.zeros(len(most), dtype=np.int64)
    np.maximum.at(found, row, program.convex.terms.coefs)
    return found
