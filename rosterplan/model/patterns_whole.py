"""Whole counts from the master: its own where they are whole, else the cheapest choice among its columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.model.highs import Stop, never, quiet_solver
from rosterplan.model.patterns_master import Master
from rosterplan.model.patterns_pricing import Patterns, joined

WHOLE = 1e-6
NODES = 2_000
GAP = 1e-6


@dataclass(frozen=True)
class Plan:
    """Duties per cell, and what they cost."""

    counts: IntArray
    cost: int


def is_whole(master: Master) -> bool:
    """True if the master's optimum takes one whole pattern per doctor."""
    return int((master.shares() > 1 - WHOLE).sum()) == len(master.data.doctor) and master.short() < WHOLE


def whole_counts(master: Master, stop: Stop = never) -> Plan | None:
    """Return whole counts near the master's optimum; None where its columns hold none within the search's limits.

    Of a master that was stopped nothing may be asked: where it stands, needs may not be met.
    """
    patterns = joined(master.patterns)
    if is_whole(master):
        return _plan(master, patterns, np.flatnonzero(master.shares() > 1 - WHOLE))
    found = _chosen(master, len(patterns), stop)
    return None if found is None else _plan(master, patterns, found)


def _chosen(master: Master, patterns: int, stop: Stop) -> IntArray | None:
    """Return the patterns of the best whole choice; artificial columns are shut. Deterministic: limited by nodes."""
    import highspy

    solver = quiet_solver(stop=stop)
    solver.passModel(master.solver.getLp())
    number = master.places.astype(np.int32)
    whole = np.full(patterns, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
    solver.changeColsIntegrality(patterns, number, whole)
    shut = master.artificial.astype(np.int32)
    solver.changeColsBounds(len(shut), shut, np.zeros(len(shut)), np.zeros(len(shut)))
    for name, value in (("mip_max_nodes", NODES), ("mip_rel_gap", GAP), ("solver", "choose")):
        solver.setOptionValue(name, value)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.flatnonzero(np.asarray(solver.getSolution().col_value)[number] > 0.5)


def _plan(master: Master, patterns: Patterns, chosen: IntArray) -> Plan:
    """Return the counts of the patterns chosen, one per doctor."""
    row = np.repeat(np.arange(len(patterns)), np.diff(patterns.bounds))
    inside = np.isin(row, chosen)
    counts = np.bincount(
        patterns.cells[inside], weights=patterns.counts[inside], minlength=len(master.data.cell_doctor)
    )
    return Plan(ints(counts), int(patterns.cost[chosen].sum()) + master.data.constant)
