"""`python -m benchmarks.longterm DIR --time-limit S --json`: a month under its published costs, or a year under our ledger."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.longterm.check import cost, faults, uncovered, violated
from benchmarks.longterm.instance import UNIT, held_in, instance_of, published_rules
from benchmarks.longterm.read import DATA, FormatError, months_of, read_month
from benchmarks.longterm.year import Year, planned, published
from benchmarks.public import asked, seconds_since_start, solved, tell
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster


def main() -> None:
    """Read, plan, check, print."""
    given = asked("longterm", __doc__ or "")
    try:
        if (given.path / DATA).exists():
            answer, words, sound = _month(given.path, given.time_limit, given.workers, given.seed)
        else:
            answer, words, sound = _year(given.path, given.time_limit, given.workers, given.seed)
    except (FormatError, OSError) as fault:
        raise SystemExit(f"cannot be read: {fault}") from fault
    tell(answer, as_json=given.json, lines=lambda: words)
    if not sound:
        raise SystemExit(1)


def _month(folder: Path, limit: float, workers: int, seed: int) -> tuple[dict[str, object], str, bool]:
    """One month under the published costs."""
    month = read_month(folder)
    rules, slack = published_rules(month)
    instance = instance_of(month, rules)
    roster, result = solved(instance, limit, workers=workers, seed=seed)
    held = held_in(month, instance, [(one.duty, one.doctor) for one in roster.assignments])
    broken, objective, blend = list(faults(month, held)), cost(month, held), result.stage("blend")
    for text in broken[:5]:
        print(text, file=sys.stderr)
    same = abs(objective - blend.value / UNIT) <= slack
    if not same:
        print(f"the checker finds {objective}, the plan says {blend.value / UNIT}", file=sys.stderr)
    bound = None if blend.bound is None else min(objective, blend.bound / UNIT - slack)
    answer: dict[str, object] = {
        "objective": None if broken else objective, "bound": bound,
        "assignments": [{"j": who, "i": duty, "w": week, "d": day} for who, duty, week, day in sorted(held)],
        "uncovered": uncovered(month, held), "violated_requests": sum(violated(month, held).values()),
        "seconds": round(seconds_since_start(), 2),
    }  # fmt: skip
    words = (
        f"{month.name}: cost {objective:.4f}, bound {bound if bound is None else f'{bound:.4f}'} (published "
        f"{month.published_objective}), {answer['uncovered']} duties open, {answer['violated_requests']} requests not met, "
        f"{answer['seconds']} s"
    )
    return answer, words, same and not broken


def _year(folder: Path, limit: float, workers: int, seed: int) -> tuple[dict[str, object], str, bool]:
    """All months of a folder in a row, beside the published rosters."""
    months = [read_month(one) for one in months_of(folder)]
    if not months:
        raise FormatError(f"{folder}: no month in it")
    left = len(months)

    def solve(instance: Instance) -> Roster:
        nonlocal left
        until = seconds_since_start() + (limit - seconds_since_start()) / left
        left -= 1
        return solved(instance, until, workers=workers, seed=seed)[0]

    ours, theirs = planned(months, solve), published(months)
    physicians = sorted({who for month in months for who in month.physicians})
    for text in ours.broken[:5]:
        print(text, file=sys.stderr)
    answer = {"months": [month.name for month in months], **_figures(ours, physicians)}
    answer["published"] = {
        name: value for name, value in _figures(theirs, physicians).items() if name != "per_physician"
    }
    answer["seconds"] = round(seconds_since_start(), 2)
    words = "\n".join(
        f"{name}: workload Gini {year.gini_workload(physicians):.4f}, satisfaction Gini "
        f"{year.gini_satisfaction(physicians):.4f}, {year.uncovered} duties open, {sum(year.met.values())} requests met of "
        f"{sum(year.requests.values())}"
        for name, year in (("published", theirs), ("our ledger", ours))
    )
    return answer, f"{words}\n{answer['seconds']} s", not ours.broken


def _figures(year: Year, physicians: list[int]) -> dict[str, object]:
    return {
        "per_physician": [
            {"j": who, "duties": year.duties[who], "requests": year.requests[who], "met": year.met[who]} for who in physicians
        ],
        "gini_workload": round(year.gini_workload(physicians), 6),
        "gini_satisfaction": round(year.gini_satisfaction(physicians), 6),
        "uncovered": year.uncovered, "met": sum(year.met.values()),
    }  # fmt: skip


if __name__ == "__main__":
    main()
