"""`python -m benchmarks.shift_scheduling FILE --time-limit S --json`: plan a public instance and judge the plan."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.public import planned_and_judged
from benchmarks.shift_scheduling.check import cost, faults
from benchmarks.shift_scheduling.instance import MONDAY, instance_of
from benchmarks.shift_scheduling.read import Problem, read
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster

Held = list[tuple[str, int, str]]
"""(employee, day, shift), by day."""


def held_in(_problem: Problem, instance: Instance, roster: Roster) -> Held:
    """Return what the roster says, in the words of the file."""
    duties = ((one.doctor, instance.duty_by_id[one.duty]) for one in roster.assignments)
    held = [(who, (duty.date - MONDAY).days, duty.line) for who, duty in duties]
    return sorted(held, key=lambda one: (one[1], one[0]))


def work_of(held: Held) -> dict[tuple[str, int], str]:
    """Return the shift of each employee and day."""
    return {(who, day): shift for who, day, shift in held}


def broken(problem: Problem, held: Held) -> Iterable[str]:
    """Yield every limit broken, two shifts on a day included."""
    if len(work_of(held)) < len(held):
        yield "two shifts on one day"
    yield from faults(problem, work_of(held))


if __name__ == "__main__":
    planned_and_judged(
        "shift_scheduling", __doc__ or "", read=read, instance_of=instance_of, held_in=held_in, faults=broken,
        cost=lambda problem, held: cost(problem, work_of(held)),
        shown=lambda held: {"assignments": [{"employee": who, "day": day, "shift": shift} for who, day, shift in held]},
    )  # fmt: skip
