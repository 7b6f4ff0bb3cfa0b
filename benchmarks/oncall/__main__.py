"""`python -m benchmarks.oncall FILE --time-limit S --json`: plan a public instance and judge the plan."""

from __future__ import annotations

import sys

from benchmarks.oncall.check import cost, faults
from benchmarks.oncall.instance import day_of, instance_of
from benchmarks.oncall.read import FormatError, read
from benchmarks.public import asked, seconds_since_start, solved, tell


def main() -> None:
    """Read, plan, check, print."""
    given = asked("oncall", __doc__ or "")
    try:
        problem = read(given.path)
    except (FormatError, OSError) as fault:
        raise SystemExit(f"cannot be read: {fault}") from fault
    instance = instance_of(problem)
    plan, result = solved(instance, given.time_limit, workers=given.workers, seed=given.seed)
    held = {day_of(instance.duty_by_id[one.duty]): int(one.doctor) for one in plan.assignments}
    roster = [held.get(day, 0) for day in range(1, problem.days + 1)]
    broken = list(faults(problem, roster))
    objective, blend = None if broken else cost(problem, roster), result.stage("blend")
    if broken:
        print(f"{len(broken)} limits broken: {'; '.join(broken[:5])}", file=sys.stderr)
    elif blend.value != objective:
        print(f"the checker finds {objective}, the plan says {blend.value}", file=sys.stderr)
    answer = {
        "objective": objective, "bound": blend.bound, "roster": roster, "seconds": round(seconds_since_start(), 2),
    }  # fmt: skip
    tell(
        answer, as_json=given.json,
        lines=lambda: f"{problem.name}: cost {objective}, bound {blend.bound} ({blend.how or 'none'}), {answer['seconds']} s",
    )  # fmt: skip
    if broken or blend.value != objective:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
