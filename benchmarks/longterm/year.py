"""Twelve months in a row under our own ledger: balances of duties and of requests carried from month to month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.longterm.check import Held, asked, faults, uncovered, violated
from benchmarks.longterm.instance import held_in, instance_of, requests_of
from benchmarks.longterm.read import Month
from rosterplan.domain.fairness import closing_balances
from rosterplan.domain.instance import Balance, Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import RuleRow, soft

SQUARED_DUTY = 10_000
"""What `juste-repartition` counts for one squared duty."""

UNFILLED, UNMET = 2_000, 40
"""A duty nobody holds, and a request not met, in squared duties: first cover, then requests, then who they are met for."""

SATISFACTION = 2.0
"""A squared request of difference between what was met and the mean share, in squared duties."""


@dataclass
class Year:
    """What each physician asked for, got and held so far."""

    duties: Counter[int] = field(default_factory=Counter)
    requests: Counter[int] = field(default_factory=Counter)
    met: Counter[int] = field(default_factory=Counter)
    uncovered: int = 0
    broken: list[str] = field(default_factory=list)

    def add(self, month: Month, held: Held) -> None:
        """Enter a month."""
        missed, wanted = violated(month, held), asked(month)
        self.duties.update(who for who, *_ in held)
        self.requests.update(wanted)
        self.met.update({who: wanted[who] - missed[who] for who in month.physicians})
        self.uncovered += uncovered(month, held)
        self.broken += faults(month, held)

    def gini_workload(self, physicians: Sequence[int]) -> float:
        """Gini coefficient of duties held."""
        return gini([float(self.duties[who]) for who in physicians])

    def gini_satisfaction(self, physicians: Sequence[int]) -> float:
        """Gini coefficient of the share of requests met, among those who asked."""
        return gini([self.met[who] / self.requests[who] for who in physicians if self.requests[who]])


def gini(values: Sequence[float]) -> float:
    """Return the mean absolute difference of all pairs over twice the mean; 0 where all are equal."""
    ordered, total = sorted(values), sum(values)
    if not total:
        return 0.0
    weighted = sum((2 * rank - len(ordered) - 1) * value for rank, value in enumerate(ordered, start=1))
    return weighted / (len(ordered) * total)


def planned(months: Sequence[Month], solve: Callable[[Instance], Roster]) -> Year:
    """Return the year planned month after month."""
    year = Year()
    balances: tuple[Balance, ...] = ()
    for month in months:
        instance = instance_of(month, _rules(month, year), balances)
        roster = solve(instance)
        year.add(month, held_in(month, instance, [(one.duty, one.doctor) for one in roster.assignments]))
        balances = closing_balances(instance, roster)
    return year


def published(months: Sequence[Month]) -> Year:
    """Return the year of the published rosters."""
    year = Year()
    for month in months:
        year.add(month, month.published)
    return year


def _rules(month: Month, year: Year) -> tuple[RuleRow, ...]:
    """Return cover, requests on a scale that remembers, and the fair share with its balances, in one sum."""
    wanted, unwanted = requests_of(month)
    scales = {f"P{who}": _scale(year, who, count) for who, count in asked(month).items() if count}
    params = {"wanted": list(wanted), "unwanted": list(unwanted), "scales": scales}
    return (
        RuleRow(code="staffing", strength=soft("blend", SQUARED_DUTY), params={"under": UNFILLED, "over": 0}),
        RuleRow(code="requests", strength=soft("blend", 1), params=params),  # type: ignore[arg-type]
        RuleRow(code="juste-repartition", strength=soft("blend", 1)),
    )


def _scale(year: Year, who: int, count: int) -> str:
    """Return the cost of 0, 1… requests not met: a price each, and the square of what is missing to the mean share."""
    requests, met = sum(year.requests.values()), sum(year.met.values())
    mean = met / requests if requests else MEAN_AT_FIRST
    due = mean * (year.requests[who] + count)
    weight = SATISFACTION / (1 + (year.requests[who] + count) / 20)
    squares = [(year.met[who] + count - unmet - due) ** 2 * weight for unmet in range(count + 1)]
    costs, rise = [0], 0
    for unmet in range(count):
        rise = max(rise, round(SQUARED_DUTY * (UNMET + squares[unmet + 1] - squares[unmet])))
        costs.append(costs[-1] + rise)
    return " ".join(str(cost) for cost in costs)


MEAN_AT_FIRST = 0.6
"""Share of requests met that the first month expects."""
