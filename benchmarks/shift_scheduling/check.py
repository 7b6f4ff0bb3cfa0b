"""What a roster costs and breaks, from the meaning of the format alone: no rule of ours is used here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from benchmarks.shift_scheduling.read import Employee, Problem

Work = Mapping[tuple[str, int], str]
"""(employee, day) -> shift."""


def cost(problem: Problem, work: Work) -> int:
    """Return the cost of a roster: cover, then requests."""
    held = Counter((day, shift) for (_, day), shift in work.items())
    total = 0
    for want in problem.cover:
        gap = want.need - held[want.day, want.shift]
        total += want.under * gap if gap > 0 else want.over * -gap
    total += sum(one.weight for one in problem.wanted if work.get((one.employee, one.day)) != one.shift)
    return total + sum(one.weight for one in problem.unwanted if work.get((one.employee, one.day)) == one.shift)


def faults(problem: Problem, work: Work) -> list[str]:
    """Return every hard limit a roster breaks, in words."""
    known = {one.id for one in problem.staff}
    found = [f"{who}: unknown" for who, _ in work if who not in known]
    found += [f"day {day} is outside" for _, day in work if not 0 <= day < problem.days]
    for one in problem.staff:
        week = [work.get((one.id, day)) for day in range(problem.days)]
        found += [f"{one.id}: {text}" for text in _faults_of(problem, one, week)]
    return found


def _faults_of(problem: Problem, one: Employee, week: list[str | None]) -> Iterator[str]:
    minutes = {shift.id: shift.minutes for shift in problem.shifts}
    held = Counter(shift for shift in week if shift is not None)
    for shift, count in held.items():
        if count > one.most_of.get(shift, 0):
            yield f"{count} shifts {shift}, {one.most_of.get(shift, 0)} at most"
    total = sum(minutes[shift] * count for shift, count in held.items())
    if not one.least_minutes <= total <= one.most_minutes:
        yield f"{total} minutes, {one.least_minutes} to {one.most_minutes} wanted"
    yield from (f"works on day {day}, a day off" for day in problem.days_off.get(one.id, ()) if week[day] is not None)
    weekends = {day // 7 for day, shift in enumerate(week) if shift is not None and day % 7 >= 5}
    if len(weekends) > one.most_weekends:
        yield f"{len(weekends)} weekends, {one.most_weekends} at most"
    yield from _runs(problem, one, week)
    never = {shift.id: shift.never_before for shift in problem.shifts}
    for day in range(problem.days - 1):
        today, tomorrow = week[day], week[day + 1]
        if today is not None and tomorrow is not None and tomorrow in never[today]:
            yield f"{tomorrow} after {today} on day {day + 1}"


def _runs(problem: Problem, one: Employee, week: list[str | None]) -> Iterator[str]:
    """Runs of work and of days off; one that touches a border of the period may be short."""
    day = 0
    for works, group in groupby(week, key=lambda shift: shift is not None):
        length = len(list(group))
        inside = day > 0 and day + length < problem.days
        least = one.shortest_run if works else one.shortest_break
        if inside and length < least:
            yield f"{length} days {'of work' if works else 'off'} from day {day}, {least} at least"
        if works and length > one.longest_run:
            yield f"{length} days of work from day {day}, {one.longest_run} at most"
        day += length
