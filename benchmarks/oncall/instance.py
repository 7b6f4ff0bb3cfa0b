"""An on-call problem as an ordinary instance: one line, a duty a day, and dates that follow each other without a gap.

A weekend is one day of the problem, so a date here is a day of the problem and no day of the week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from benchmarks.oncall.read import WEEK, Problem
from rosterplan.domain.instance import Availability, FixedAssignment, Instance, Period
from rosterplan.domain.people import Doctor
from rosterplan.domain.rulebook import HARD, RuleRow, Scope, soft
from rosterplan.domain.work import Duty, Line, duty_id

FIRST = date(2013, 1, 1)
LINE = "astreinte"
WEEK_BAND, WEEKEND_BAND = "semaine", "week-end"
LAST = "-dernier"
"""Ends the band of the last day, whose pair with the day before is never charged."""

EARLY = "-premier"
"""Ends the band of a weekend on day 1 or 2, which no day two before can precede."""


def instance_of(problem: Problem) -> Instance:
    """Return the instance."""
    duties = tuple(_duty(problem, day) for day in range(1, problem.days + 1))
    return Instance(
        id=problem.name, kinds=("pdses",), timezone="UTC", period=Period(start=duties[0].date, end=duties[-1].date),
        lines=(Line(id=LINE, name="Astreinte", modality="astreinte"),),
        doctors=tuple(
            Doctor(id=str(one), last_name=f"Chirurgien-{one}", status="PH", modalities=("astreinte",), quota=load / 100)
            for one, load in enumerate(problem.load, start=1)
        ),
        duties=duties,
        availability=tuple(
            Availability(doctor=str(one), duty=duties[day - 1].id, value="impossible")
            for one, days in enumerate(problem.unavailable, start=1)
            for day in sorted(days)
            if 1 <= day <= problem.days
        ),
        fixed=tuple(
            FixedAssignment(doctor=str(one), duty=duties[day - 1].id)
            for one, days in enumerate(problem.fixed, start=1)
            for day in sorted(days)
            if 1 <= day <= problem.days
        ),
        answered=tuple(str(one) for one in range(1, problem.staff + 1)),
        rules=tuple(_rules(problem)),
    )  # fmt: skip


def day_of(duty: Duty) -> int:
    """Return the day of the problem, from 1."""
    return (duty.date - FIRST).days + 1


def _duty(problem: Problem, day: int) -> Duty:
    start = datetime.combine(FIRST + timedelta(days=day - 1), datetime.min.time(), UTC)
    end = start + timedelta(hours=24)
    band = WEEK_BAND
    if day in problem.weekends:
        band = WEEKEND_BAND + (EARLY if day <= 2 else "")
    return Duty(
        id=duty_id(LINE, start, end), line=LINE, start=start, end=end, date=start.date(), points=1, modality="astreinte",
        band=band + (LAST if day == problem.days else ""),
    )  # fmt: skip


def _rules(problem: Problem) -> Iterator[RuleRow]:
    weekend = [WEEKEND_BAND + early + last for early in ("", EARLY) for last in ("", LAST)]
    counted = [name for name in weekend if EARLY not in name]
    week = [WEEK_BAND, WEEK_BAND + LAST]
    not_last = tuple(name for name in (*week, *weekend) if not name.endswith(LAST))
    yield RuleRow(code="coverage", params={"priorities": dict.fromkeys((*week, *weekend), 1)})
    yield from (RuleRow(code=code) for code in ("volunteers-only", "eligible", "availability", "fixed-assignments"))
    yield RuleRow(code="max-per-window", row="three-days", strength=HARD, params={"most": 2, "days": 3})
    yield RuleRow(
        code="max-per-window", row="weekends", strength=HARD, scope=Scope(bands=tuple(weekend)),
        params={"most": 1, "days": WEEK + 1},
    )  # fmt: skip
    yield RuleRow(code="succession", row="to-weekend", strength=HARD, params={"first": week, "then": weekend})
    yield RuleRow(code="succession", row="from-weekend", strength=HARD, params={"first": weekend, "then": week})
    if problem.adjacent:
        yield RuleRow(
            code="succession", row="two-days", scope=Scope(bands=not_last), strength=soft("blend", problem.adjacent)
        )
    if problem.before_weekend:
        yield RuleRow(
            code="succession", row="before-weekend", strength=soft("blend", problem.before_weekend),
            params={"then": counted, "after": 2},
        )  # fmt: skip
    for row, bands in (("week", week), ("weekend", weekend)):
        yield RuleRow(
            code="largest-gap", row=f"balance-{row}", scope=Scope(bands=tuple(bands)), strength=soft("blend", 1)
        )
