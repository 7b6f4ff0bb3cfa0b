"""A shift scheduling problem as an ordinary instance with ordinary rule rows: a shift is a line, an employee a doctor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from benchmarks.shift_scheduling.read import Problem
from rosterplan.domain.instance import Availability, Instance, Period
from rosterplan.domain.people import Doctor
from rosterplan.domain.rulebook import HARD, RuleRow, Scope, soft
from rosterplan.domain.work import Duty, Line, duty_id

MONDAY = date(2018, 1, 1)
"""Day 0; the year has 52 whole weeks from it, so that its weekends are those of the problem."""

LONGEST = 364
_ANY = "sans-effectif"


def instance_of(problem: Problem) -> Instance:
    """Return the instance.

    Raises:
        ValueError: the horizon is longer than 52 weeks.
    """
    if problem.days > LONGEST:
        raise ValueError(f"{problem.days} days: no more than {LONGEST} are read")
    duties = {(duty.line, (duty.date - MONDAY).days): duty.id for duty in _duties(problem)}
    return Instance(
        id=problem.name,
        kinds=("pdses",),
        timezone="UTC",
        period=Period(start=MONDAY, end=MONDAY + timedelta(days=problem.days - 1)),
        lines=tuple(Line(id=shift.id, name=shift.id, modality="garde") for shift in problem.shifts),
        doctors=tuple(
            Doctor(
                id=one.id, last_name=one.id, status="PH", modalities=("garde",),
                lines=tuple(shift.id for shift in problem.shifts if one.most_of.get(shift.id, 0)),
            )
            for one in problem.staff
        ),
        duties=tuple(_duties(problem)),
        availability=tuple(
            Availability(doctor=who, start=_date(day), end=_date(day), value="impossible")
            for who, days in problem.days_off.items()
            for day in days
        ),
        answered=tuple(one.id for one in problem.staff),
        rules=(
            RuleRow(code="volunteers-only"), RuleRow(code="eligible"), RuleRow(code="availability"),
            RuleRow(code="max-per-window", row="one-a-day", strength=HARD, params={"most": 1, "days": 1}),
            *_limits(problem), *_successions(problem), *_cover(problem), *_requests(problem, duties),
        ),
    )  # fmt: skip


def _date(day: int) -> date:
    return MONDAY + timedelta(days=day)


def _duties(problem: Problem) -> Iterator[Duty]:
    """Yield every shift of every day, wanted or not."""
    wanted = {(one.day, one.shift): one for one in problem.cover}
    may = {shift.id: sum(1 for one in problem.staff if one.most_of.get(shift.id, 0)) for shift in problem.shifts}
    for day in range(problem.days):
        for shift in problem.shifts:
            start = datetime.combine(_date(day), datetime.min.time(), UTC)
            end = start + timedelta(minutes=shift.minutes)
            cover = wanted.get((day, shift.id))
            need = cover.need if cover else 0
            yield Duty(
                id=duty_id(shift.id, start, end), line=shift.id, start=start, end=end, date=_date(day), points=1,
                band=f"manque-{cover.under}-surnombre-{cover.over}" if cover else _ANY, modality="garde",
                need_min=need, need_max=max(need, may[shift.id]) if may[shift.id] else need,
            )  # fmt: skip


def _limits(problem: Problem) -> Iterator[RuleRow]:
    """Yield the limits of the staff, one row for all who share one."""
    shared: dict[tuple[str, tuple[tuple[str, object], ...], tuple[str, ...]], list[str]] = defaultdict(list)

    def limit(code: str, who: str, lines: tuple[str, ...] = (), **params: object) -> None:
        shared[code, tuple(sorted(params.items())), lines].append(who)

    for one in problem.staff:
        for shift, most in one.most_of.items():
            if 0 < most < problem.days:
                limit("max-per-window", one.id, (shift,), most=most, days=problem.days)
        limit("hours-window", one.id, least=one.least_minutes / 60, most=one.most_minutes / 60)
        limit("max-per-window", one.id, most=one.longest_run, days=one.longest_run + 1, unit="days")
        limit("min-run", one.id, days=one.shortest_run)
        limit("min-days-off", one.id, days=one.shortest_break)
        limit("max-weekends", one.id, most=one.most_weekends, period="year")
    for number, ((code, params, lines), who) in enumerate(shared.items()):
        everyone = len(who) == len(problem.staff)
        scope = Scope(lines=lines, doctors=() if everyone else tuple(who))
        yield RuleRow(code=code, row=f"{code}/{number}", scope=scope, strength=HARD, params=dict(params))  # type: ignore[arg-type]


def _successions(problem: Problem) -> Iterator[RuleRow]:
    """Yield a row for all shifts that the same shifts cannot follow."""
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for shift in problem.shifts:
        if shift.never_before:
            same[tuple(sorted(shift.never_before))].append(shift.id)
    for number, (then, first) in enumerate(same.items()):
        params: dict[str, object] = {"first": list(first), "then": list(then)}
        yield RuleRow(code="succession", row=f"succession/{number}", strength=HARD, params=params)  # type: ignore[arg-type]


def _cover(problem: Problem) -> Iterator[RuleRow]:
    for under, over in sorted({(one.under, one.over) for one in problem.cover}):
        band = f"manque-{under}-surnombre-{over}"
        yield RuleRow(
            code="staffing", row=band, scope=Scope(bands=(band,)), strength=soft("blend", 1),
            params={"under": under, "over": over},
        )  # fmt: skip


def _requests(problem: Problem, duties: dict[tuple[str, int], str]) -> Iterator[RuleRow]:
    """Yield a row per price."""
    asked: dict[int, dict[str, list[str]]] = defaultdict(lambda: {"wanted": [], "unwanted": []})
    for kind, requests in (("wanted", problem.wanted), ("unwanted", problem.unwanted)):
        for one in requests:
            if one.weight:
                asked[one.weight][kind].append(f"{one.employee} = {duties[one.shift, one.day]}")
    for weight, lists in sorted(asked.items()):
        yield RuleRow(code="requests", row=f"requests/{weight}", strength=soft("blend", weight), params=lists)  # type: ignore[arg-type]
