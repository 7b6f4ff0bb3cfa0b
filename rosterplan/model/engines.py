"""A task goes to the engine it names."""

from __future__ import annotations

from rosterplan.model.compile import solve_by_cp_sat
from rosterplan.model.gaps import planned_at_least_gaps
from rosterplan.model.giving import given_anew
from rosterplan.model.mip import Hear, solve_by_highs
from rosterplan.model.task import Outcome, Task


def solve_task(task: Task, hear: Hear = lambda _bound: None) -> Outcome:
    """Solve one task by its engine, with one worker and a deterministic limit: the same task gives the same outcome."""
    if task.engine == "cp-sat":
        return solve_by_cp_sat(task)
    if task.engine == "giving":
        return given_anew(task)
    if task.engine == "gaps":
        return planned_at_least_gaps(task)
    return solve_by_highs(task, hear)
