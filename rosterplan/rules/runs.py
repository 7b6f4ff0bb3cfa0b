"""Runs of days as an auditor counts them: what each doctor holds in a row, and the days off between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Scope
from rosterplan.rules.selection import timelines

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Agenda:
    """The days of the period on which a doctor holds duties, and those on which a person decided one."""

    doctor: str
    duties: Mapping[date, tuple[str, ...]]
    decided: frozenset[date]
    first: date
    last: date

    def runs(self, held: bool) -> Iterator[tuple[date, date]]:
        """Yield (first, last) of the runs of days held, or not held, that touch neither end of the period."""
        day, start = self.first, None
        while day <= self.last:
            inside = (day in self.duties) == held
            if inside and start is None:
                start = day
            if not inside and start is not None:
                if start > self.first:
                    yield start, day - DAY
                start = None
            day += DAY


def agendas(instance: Instance, roster: Roster, scope: Scope) -> Iterator[Agenda]:
    """Yield the agenda of each doctor who holds something in scope."""
    locked = {lock.duty for lock in instance.locks}
    decided = {(lock.duty, lock.doctor) for lock in instance.locks}
    decided |= {(one.duty, one.doctor) for one in instance.fixed if one.duty not in locked}
    for name, held in timelines(instance, roster, scope).items():
        days: dict[date, list[str]] = {}
        fixed = set()
        for one in held:
            if one.duty is None or not instance.period.start <= one.date <= instance.period.end:
                continue
            days.setdefault(one.date, []).append(one.duty)
            if (one.duty, name) in decided:
                fixed.add(one.date)
        yield Agenda(
            name, {day: tuple(ids) for day, ids in days.items()}, frozenset(fixed), instance.period.start,
            instance.period.end,
        )  # fmt: skip
