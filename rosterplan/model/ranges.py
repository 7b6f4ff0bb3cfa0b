"""How far counts may move once fairness is settled."""

from __future__ import annotations

import numpy as np

from rosterplan.canvas.arrays import INF, IntArray
from rosterplan.canvas.program import Program
from rosterplan.model.tasks import FAIRNESS


def count_ranges(program: Program, column: IntArray) -> tuple[IntArray, IntArray]:
    """Return the counts each fairness table allows: no deviation worse than now by more than one duty.

    The deviation one duty further is the dearer of the two counts beside the present one; the table is convex.
    """
    convex = program.convex
    counts = convex.base + convex.terms.dot(column)
    low = np.full(len(convex), -INF, dtype=np.int64)
    high = np.full(len(convex), INF, dtype=np.int64)
    for number in np.flatnonzero(convex.stage == FAIRNESS).tolist():
        if (convex.terms.coefs[convex.terms.bounds[number] : convex.terms.bounds[number + 1]] != 1).any():
            continue
        start, size = int(convex.starts[number]), int(convex.sizes[number])
        table = convex.costs[start : start + size]
        place = int(counts[number] - convex.low[number])
        worst = max(int(table[max(place - 1, 0)]), int(table[min(place + 1, size - 1)]))
        allowed = np.flatnonzero(table <= worst) + int(convex.low[number])
        low[number], high[number] = int(allowed[0]), int(allowed[-1])
    return low, high
