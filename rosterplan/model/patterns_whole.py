"""Whole counts from the master: its own where they are whole, else the cheapest choice among its columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.model.linear import quiet_solver
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
    return int((master.shares() > 1 - WHOLE).sum()) == len(master.data.doctor)


def whole_counts(master: Master) -> Plan | None:
    """Return whole counts near the master's optimum; None where its columns hold none within the search's limits."""
    patterns, shares = joined(master.patterns), master.shares()
    chosen = np.flatnonzero(shares > 1 - WHOLE)
    if len(chosen) < len(master.data.doctor):
        found = _chosen(master, len(patterns))
        return None if found is None else _plan(master, patterns, found)
    return _plan(master, patterns, chosen)


def _chosen(master: Master, patterns: int) -> IntArray | None:
    """Return the patterns of the best whole choice; artificial columns are shut. Deterministic: limited by nodes."""
    import highspy

    solver = quiet_solver()
    solver.passModel(master.solver.getLp())
    first, kinds, doctors = master.fixed_columns, len(master.data.kinds), len(master.data.doctor)
    number = np.arange(first, first + patterns, dtype=np.int32)
    whole = np.full(patterns, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
    solver.changeColsIntegrality(patterns, number, whole)
    shut = np.arange(2 * kinds, 4 * kinds + doctors, dtype=np.int32)
    solver.changeColsBounds(len(shut), shut, np.zeros(len(shut)), np.zeros(len(shut)))
    for name, value in (("mip_max_nodes", NODES), ("mip_rel_gap", GAP), ("solver", "choose")):
        solver.setOptionValue(name, value)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.flatnonzero(np.asarray(solver.getSolution().col_value)[first:] > 0.5)


def _plan(master: Master, patterns: Patterns, chosen: IntArray) -> Plan:
    """Return the counts of the patterns chosen, one per doctor."""
    row = np.repeat(np.arange(len(patterns)), np.diff(patterns.bounds))
    inside = np.isin(row, chosen)
    counts = np.bincount(
        patterns.cells[inside], weights=patterns.counts[inside], minlength=len(master.data.cell_doctor)
    )
    return Plan(ints(counts), int(patterns.cost[chosen].sum()) + master.data.constant)
