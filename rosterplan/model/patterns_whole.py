"""Whole counts from the master: its own where they are whole, else the cheapest choice among its columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.model.linear import quiet_solver
from rosterplan.model.patterns_master import Master
from rosterplan.model.patterns_pricing import FloatArray, Patterns, joined

WHOLE = 1e-6
NODES = 2_000
GAP = 1e-6


@dataclass(frozen=True)
class Plan:
    """Duties per cell, and what they cost."""

    counts: IntArray
    cost: int


def whole_counts(master: Master) -> Plan | None:
    """Return whole counts near the master's optimum; None where its columns hold none within the search's limits.

    Doctors whose pattern is whole keep it in a first try, only the others choose; then everyone does.
    """
    patterns, shares = joined(master.patterns), master.shares()
    chosen = shares > 1 - WHOLE
    settled = np.zeros(len(master.data.doctor), dtype=bool)
    settled[patterns.doctor[chosen]] = True
    if settled.all():
        return _plan(master, patterns, np.flatnonzero(chosen))
    for keep in (True, False):
        fixed = chosen if keep else np.zeros_like(chosen)
        shut = settled[patterns.doctor] & ~chosen if keep else np.zeros_like(chosen)
        taken = _chosen(master, fixed, shut, shares)
        if taken is not None:
            return _plan(master, patterns, taken)
    return None


def _chosen(master: Master, fixed: np.ndarray, shut: np.ndarray, shares: FloatArray) -> IntArray | None:
    """Return the patterns of the best whole choice; artificial columns are shut. Deterministic: limited by nodes."""
    import highspy

    model = master.solver.getLp()
    solver = quiet_solver()
    solver.passModel(model)
    first, kinds, doctors = master.fixed_columns, len(master.data.kinds), len(master.data.doctor)
    number = np.arange(first, first + len(shares), dtype=np.int32)
    high = np.where(shut, 0.0, 1.0)
    solver.changeColsBounds(len(number), number, np.where(fixed, 1.0, 0.0), high)
    artificial = np.arange(2 * kinds, 4 * kinds + doctors, dtype=np.int32)
    solver.changeColsBounds(len(artificial), artificial, np.zeros(len(artificial)), np.zeros(len(artificial)))
    whole = np.full(len(number), highspy.HighsVarType.kInteger.value, dtype=np.uint8)
    solver.changeColsIntegrality(len(number), number, whole)
    for name, value in (("mip_max_nodes", NODES), ("mip_rel_gap", GAP), ("solver", "choose")):
        solver.setOptionValue(name, value)
    solver.run()
    if solver.getInfo().primal_solution_status != 2:
        return None
    value = np.asarray(solver.getSolution().col_value)[first:]
    return np.flatnonzero(value > 0.5)


def _plan(master: Master, patterns: Patterns, chosen: IntArray) -> Plan:
    """Return the counts of the patterns chosen, one per doctor."""
    row = np.repeat(np.arange(len(patterns)), np.diff(patterns.bounds))
    inside = np.isin(row, chosen)
    counts = np.bincount(
        patterns.cells[inside], weights=patterns.counts[inside], minlength=len(master.data.cell_doctor)
    )
    return Plan(ints(counts), int(patterns.cost[chosen].sum()) + master.data.constant)
