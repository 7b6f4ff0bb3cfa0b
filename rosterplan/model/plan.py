"""From the best counts of the pattern program to a count wanted of each cost table."""

from __future__ import annotations

import numpy as np

from rosterplan.canvas.arrays import IntArray
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.model.patterns import FairnessBound

NO_PLAN = -1


def plan_of(program: Program, bound: FairnessBound) -> IntArray | None:
    """Return the planned count of each convex cost of the program, NO_PLAN where none is planned; None without counts.

    A table gets a count when its columns are exactly the pairs of one item of the pattern program.
    """
    if bound.counts is None:
        return None
    data, convex = bound.data, program.convex
    plan = np.full(len(convex), NO_PLAN, dtype=np.int64)
    items = int(data.cell_item.max(initial=-1)) + 1
    wanted = np.bincount(data.cell_item, weights=bound.counts, minlength=items).astype(np.int64)
    item_of_pair = np.where(data.cell_of_pair >= 0, data.cell_item[np.maximum(data.cell_of_pair, 0)], -1)
    sizes = np.bincount(item_of_pair[item_of_pair >= 0], minlength=items)
    for number in np.flatnonzero(convex.stage == STAGE_NUMBER["fairness"]).tolist():
        pairs = convex.terms.row(number)
        if not len(pairs) or pairs.max() >= program.pairs:
            continue
        mine = item_of_pair[pairs]
        coefs = convex.terms.coefs[convex.terms.bounds[number] : convex.terms.bounds[number + 1]]
        if mine[0] >= 0 and (mine == mine[0]).all() and (coefs == 1).all() and len(pairs) == sizes[mine[0]]:
            plan[number] = convex.base[number] + wanted[mine[0]]
    return plan
