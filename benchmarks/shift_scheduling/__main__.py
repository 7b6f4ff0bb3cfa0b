"""`python -m benchmarks.shift_scheduling FILE --time-limit S --json`: plan a public instance and judge the plan."""

from __future__ import annotations

import sys

from benchmarks.public import asked, seconds_since_start, solved, tell
from benchmarks.shift_scheduling.check import cost, faults
from benchmarks.shift_scheduling.instance import MONDAY, instance_of
from benchmarks.shift_scheduling.read import FormatError, read


def main() -> None:
    """Read, plan, check, print."""
    given = asked("shift_scheduling", __doc__ or "")
    try:
        problem = read(given.path)
        instance = instance_of(problem)
    except (FormatError, ValueError, OSError) as fault:
        raise SystemExit(f"cannot be read: {fault}") from fault
    roster, result = solved(instance, given.time_limit, workers=given.workers, seed=given.seed)
    work: dict[tuple[str, int], str] = {}
    for one in roster.assignments:
        duty = instance.duty_by_id[one.duty]
        work[one.doctor, (duty.date - MONDAY).days] = duty.line
    broken = faults(problem, work)
    if len(work) < len(roster.assignments):
        broken.append("two shifts on one day")
    objective, blend = cost(problem, work), result.stage("blend")
    if broken:
        print(f"{len(broken)} limits broken: {'; '.join(broken[:5])}", file=sys.stderr)
    elif blend.value != objective:
        print(f"the checker finds {objective}, the plan says {blend.value}", file=sys.stderr)
    answer = {
        "objective": None if broken else objective,
        "bound": blend.bound,
        "assignments": [
            {"employee": who, "day": day, "shift": shift} for (who, day), shift in sorted(work.items(), key=lambda at: (at[0][1], at[0][0]))
        ],
        "seconds": round(seconds_since_start(), 2),
    }  # fmt: skip
    tell(
        answer, as_json=given.json,
        lines=lambda: f"{problem.name}: cost {objective}, bound {blend.bound} ({blend.how or 'none'}), {answer['seconds']} s",
    )  # fmt: skip
    if broken or blend.value != objective:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
