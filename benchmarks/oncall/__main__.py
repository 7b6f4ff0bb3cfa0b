"""`python -m benchmarks.oncall FILE --time-limit S --json`: plan a public instance and judge the plan."""

from __future__ import annotations

from benchmarks.oncall.check import cost, faults
from benchmarks.oncall.instance import day_of, instance_of
from benchmarks.oncall.read import Problem, read
from benchmarks.public import planned_and_judged
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster


def held_in(problem: Problem, instance: Instance, plan: Roster) -> list[int]:
    """Return who holds each day, from day 1; 0 = nobody."""
    held = {day_of(instance.duty_by_id[one.duty]): int(one.doctor) for one in plan.assignments}
    return [held.get(day, 0) for day in range(1, problem.days + 1)]


if __name__ == "__main__":
    planned_and_judged(
        "oncall", __doc__ or "", read=read, instance_of=instance_of, held_in=held_in, faults=faults, cost=cost,
        shown=lambda roster: {"roster": roster},
    )  # fmt: skip
