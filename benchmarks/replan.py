"""Local repair against a full computation anew: `python -m benchmarks.replan [SIZE …]`, one run, one processor each.

A roster of each generated size is made first, within ``--start`` seconds. Then from day 30 on one doctor, and
five, fall out for 30 days: those with most duties. The local repair is timed with its proof; beside it the whole plan
is solved again from nothing, with the same instance, rules and machine, until it stops or until ``--limit`` seconds.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.generate import generate
from rosterplan.audit import audit
from rosterplan.domain.differences import differences, positions_changed
from rosterplan.domain.events import Event, instance_after, taken_away
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.model.repair import Case, Repaired, lost_of, repaired
from rosterplan.model.solve import solve
from rosterplan.rules.base import Rule
from rosterplan.rules.book import rule_book

FIRST_DAY, AWAY_DAYS = 30, 30


@dataclass(frozen=True)
class Row:
    """One line of the table; seconds are wall clock, then processor time: the ratio is of the latter, others may work."""

    size: str
    absent: int
    lost: int
    changes: int
    proof: str
    unfilled: int
    local: tuple[float, float]
    full: tuple[float, float]
    full_changes: int

    def __str__(self) -> str:
        ratio = self.full[1] / self.local[1]
        return (
            f"{self.size:8} {self.absent:>6} {self.lost:>5} {self.changes:>8} {self.proof:>11} {self.unfilled:>9} "
            f"{self.local[0]:>8.2f} {self.local[1]:>8.2f} {self.full[0]:>8.1f} {self.full[1]:>8.1f} {ratio:>7.0f} "
            f"{self.full_changes:>12}"
        )


class _Watch:
    """Wall and processor seconds since it was made."""

    def __init__(self) -> None:
        self._began, self._spent = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Return (wall, processor) seconds."""
        return time.perf_counter() - self._began, time.process_time() - self._spent


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["medium", "large"])
    parser.add_argument("--start", type=float, default=60.0, help="seconds given to the roster that is then repaired")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds given to the computation anew")
    asked = parser.parse_args(arguments)
    print(
        "size     absent  lost  changes       proof  unfilled  local s    cpu s   full s    cpu s   ratio  full changes"
    )
    for size in asked.sizes:
        instance = generate(size)
        rules = rule_book(instance)
        roster, _ = solve(instance, rules, workers=0, time_limit_seconds=asked.start)
        for absent in (1, 5):
            print(measured(size, instance, rules, roster, absent, asked.limit), flush=True)


def measured(size: str, instance: Instance, rules: tuple[Rule, ...], roster: Roster, absent: int, limit: float) -> Row:
    """Return the times of both ways after ``absent`` doctors fell out."""
    first = instance.period.start + timedelta(days=FIRST_DAY)
    events = tuple(_away(instance, roster, absent))
    watch = _Watch()
    found, case = _locally(instance, rules, roster, events)
    local = watch.read()
    assert not any(one.severity == "erreur" for one in audit(case.instance, rules, found.roster).findings)
    watch = _Watch()
    anew, _ = solve(case.instance, rules, workers=0, time_limit_seconds=limit, dues=roster.dues)
    full = watch.read()
    moved = [one for one in differences(instance, roster, anew) if instance.duty_by_id[one.duty].date >= first]
    return Row(
        size, absent, len(case.lost), found.changes, found.least, len(found.unfilled), local, full,
        positions_changed(moved),
    )  # fmt: skip


def _away(instance: Instance, roster: Roster, many: int) -> list[Event]:
    """Return absences of the doctors who hold most in the days they miss."""
    start = instance.period.start + timedelta(days=FIRST_DAY)
    end = start + timedelta(days=AWAY_DAYS - 1)
    held = Counter(one.doctor for one in roster.assignments if start <= instance.duty_by_id[one.duty].date <= end)
    names = sorted(held, key=lambda name: (-held[name], name))[:many]
    return [Event(kind="absence", doctor=name, start=start, end=end) for name in names]


def _locally(
    instance: Instance, rules: tuple[Rule, ...], roster: Roster, events: tuple[Event, ...]
) -> tuple[Repaired, Case]:
    """Return the repair as `replan` makes it, every change weighing the same."""
    first = instance.period.start + timedelta(days=FIRST_DAY)
    after = instance_after(instance, events)
    lost = lost_of(after, rules, roster, first, lambda duty, name: taken_away(instance, events, duty, name))
    case = Case(after, rules, roster, lost, first, {})
    return repaired(case), case


if __name__ == "__main__":
    main()
