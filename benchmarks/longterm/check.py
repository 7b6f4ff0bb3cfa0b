"""What a month's roster costs and breaks, from the meaning of the format alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import pairwise

from benchmarks.longterm.read import Month

UNCOVERED = 100.0

Held = Collection[tuple[int, int, int, int]]
"""(physician, duty, week, weekday)."""


def uncovered(month: Month, held: Held) -> int:
    """Return how many duties nobody holds."""
    count = Counter((duty, week, day) for _, duty, week, day in held)
    return sum(
        max(0, need - count[duty, week, day])
        for (duty, day), need in month.need.items()
        for week in range(1, month.weeks + 1)
    )


def violated(month: Month, held: Held) -> dict[int, int]:
    """Return how many requests of each physician are not met."""
    have = set(held)
    days = {(who, week, day) for who, _, week, day in held}
    missed = Counter(one[0] for one in month.wanted if one not in have)
    missed.update(who for who, week, day in month.unwanted if (who, week, day) in days)
    return {who: missed[who] for who in month.physicians}


def asked(month: Month) -> dict[int, int]:
    """Return how many requests each physician made."""
    count = Counter(one[0] for one in month.wanted)
    count.update(one[0] for one in month.unwanted)
    return {who: count[who] for who in month.physicians}


def cost(month: Month, held: Held) -> float:
    """Return the cost: 100 per duty nobody holds, then the tables of requests and of work."""
    missed, work = violated(month, held), Counter(one[0] for one in held)
    tables = sum(_at(month.request_cost.get(who, (0.0,)), missed[who]) for who in month.physicians)
    return UNCOVERED * uncovered(month, held) + tables + sum(
        _at(month.work_cost.get(who, (0.0,)), work[who]) for who in month.physicians
    )  # fmt: skip


def _at(costs: tuple[float, ...], count: int) -> float:
    """The cost of a count; beyond the table its last rise goes on."""
    if count < len(costs):
        return costs[count]
    rise = costs[-1] - costs[-2] if len(costs) > 1 else 0.0
    return costs[-1] + rise * (count - len(costs) + 1)


def faults(month: Month, held: Held) -> Iterator[str]:
    """Yield every hard limit a roster breaks, in words."""
    count = Counter((duty, week, day) for _, duty, week, day in held)
    for (duty, week, day), many in count.items():
        if many > month.need.get((duty, day), 0):
            yield f"duty {duty} of week {week}, day {day}: {many} hold it"
    days: dict[int, list[int]] = {}
    weekends: dict[int, set[int]] = {}
    for who, duty, week, day in held:
        if (who, duty, week, day) not in month.may or (who, week, day) in month.off:
            yield f"{who} may not hold duty {duty} of week {week}, day {day}"
        days.setdefault(who, []).append(7 * week + day)
        if day >= 6:
            weekends.setdefault(who, set()).add(week)
    for who, mine in days.items():
        ordered = sorted(mine)
        if any(later - sooner < 2 for sooner, later in pairwise(ordered)):
            yield f"{who} holds two duties in two days"
    for who, weeks in weekends.items():
        if any(week + 1 in weeks for week in weeks):
            yield f"{who} holds two weekends in a row"
