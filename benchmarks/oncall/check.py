"""What a roster costs and breaks, from the meaning of the format alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.oncall.read import WEEK, Problem


def cost(problem: Problem, roster: Sequence[int]) -> int:
    """Return the cost of a roster: ``roster[day − 1]`` is the member of staff of a day, from 1."""
    held = dict(enumerate(roster, start=1))
    pairs = sum(held[day] == held[day + 1] for day in range(1, problem.days - 1))
    before = sum(held[day - 2] == held[day] for day in problem.weekends if day > 2)
    weekends = set(problem.weekends)
    week = [day for day in held if day not in weekends]
    return (
        problem.adjacent * pairs + problem.before_weekend * before + _balance(problem, [held[day] for day in week])
        + _balance(problem, [held[day] for day in weekends])
    )  # fmt: skip


def _balance(problem: Problem, who: Sequence[int]) -> int:
    counts = [sum(1 for one in who if one == staff) for staff in range(1, problem.staff + 1)]
    gaps = [
        abs(problem.load[one] * counts[other] - problem.load[other] * counts[one])
        for one in range(problem.staff)
        for other in range(one)
    ]
    return -(-max(gaps, default=0) // 100)


def faults(problem: Problem, roster: Sequence[int]) -> Iterator[str]:
    """Yield every hard limit a roster breaks, in words."""
    if len(roster) != problem.days or not all(1 <= one <= problem.staff for one in roster):
        yield "not one member of staff per day"
        return
    held = dict(enumerate(roster, start=1))

    def decided(*days: int) -> bool:
        return all(day in problem.fixed[held[day] - 1] for day in days)

    for one, days in enumerate(problem.fixed, start=1):
        yield from (f"day {day} is not held by {one}" for day in days if held.get(day, one) != one)
    for day, one in held.items():
        if day in problem.unavailable[one - 1] and not decided(day):
            yield f"{one} is not available on day {day}"
        if held.get(day + 1) == held.get(day + 2) == one and not decided(day, day + 1, day + 2):
            yield f"{one} holds three days from {day}"
    for day in problem.weekends:
        for beside in (day - 1, day + 1):
            if held.get(beside) == held[day] and not decided(day, beside):
                yield f"{held[day]} holds weekend {day} and day {beside}"
        if held.get(day + WEEK) == held[day] and not decided(day, day + WEEK):
            yield f"{held[day]} holds two weekends in a row from {day}"
