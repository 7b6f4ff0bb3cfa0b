"""A month as an ordinary instance: under the published tables of costs, or under our own ledger."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from benchmarks.longterm.read import Month
from rosterplan.domain.instance import Availability, Balance, Instance, Period
from rosterplan.domain.people import Doctor, Membership
from rosterplan.domain.rulebook import HARD, RuleRow, soft
from rosterplan.domain.work import Duty, Group, Line, Sector, duty_id

UNIT = 10**7
"""Costs are whole numbers of this part: published ones have up to ten decimals."""

SERVICE, BAND = "service", "garde"
HOURS = 24


def instance_of(month: Month, rules: Sequence[RuleRow], balances: Sequence[Balance] = ()) -> Instance:
    """Return the instance of a month with the given rules beside those that say who may and when."""
    duties = list(_duties(month))
    of = {_place(month, duty): duty.id for duty in duties}
    lines = {who: sorted({duty for one, duty, _, _ in month.may if one == who}) for who in month.physicians}
    days = 7 * month.weeks
    return Instance(
        id=f"longterm-{month.name}", kinds=("pdses",), timezone="UTC",
        period=Period(start=month.start, end=month.start + timedelta(days=days - 1)),
        sectors=(Sector(id=SERVICE, name="Service"),),
        lines=tuple(Line(id=f"D{duty}", name=f"Garde {duty}", modality="garde", skills=(f"D{duty}",), sector=SERVICE) for duty in month.duties),
        doctors=tuple(
            Doctor(
                id=f"P{who}", last_name=f"Médecin-{who}", status="PH", modalities=("garde",),
                sectors=(Membership(sector=SERVICE),), skills=tuple(f"D{duty}" for duty in lines[who]),
            )
            for who in month.physicians
        ),
        duties=tuple(duties),
        groups=(Group(id=SERVICE, lines=tuple(f"D{duty}" for duty in month.duties)),),
        availability=tuple(_availability(month, of)),
        answered=tuple(f"P{who}" for who in month.physicians),
        balances=tuple(balances),
        rules=(
            RuleRow(code="volunteers-only"), RuleRow(code="eligible"), RuleRow(code="availability"),
            RuleRow(code="max-per-window", row="two-days", strength=HARD, params={"most": 1, "days": 2}),
            RuleRow(code="consecutive-weekends", strength=HARD, params={"most": 1, "among": 2}),
            *rules,
        ),
    )  # fmt: skip


def published_rules(month: Month) -> tuple[tuple[RuleRow, ...], float]:
    """Return the rules of the published costs, all in the blend, and how far rounding may move a roster's cost."""
    requests, off_requests = _scales(month.request_cost), _scales(month.work_cost)
    slack = sum(_error(month.request_cost, requests)) + sum(_error(month.work_cost, off_requests))
    wanted, unwanted = requests_of(month)
    params = {"wanted": list(wanted), "unwanted": list(unwanted), "scales": _named(requests)}
    return (
        RuleRow(code="staffing", strength=soft("blend", UNIT), params={"under": 100, "over": 0}),
        RuleRow(code="requests", strength=soft("blend", 1), params=params),  # type: ignore[arg-type]
        RuleRow(code="workload-scale", strength=soft("blend", 1), params={"scales": _named(off_requests)}),
    ), slack


def requests_of(month: Month) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the requests to hold a duty, and not to hold any of a day, as the rule reads them."""
    names = {_place(month, duty): duty.id for duty in _duties(month)}
    wanted = [
        f"P{who} = {names[duty, week, day]}"
        for who, duty, week, day in sorted(month.wanted)
        if (duty, week, day) in names
    ]
    unwanted = [
        f"P{who} = {name}"
        for who, week, day in sorted(month.unwanted)
        for (_, other, weekday), name in names.items()
        if (other, weekday) == (week, day)
    ]
    return tuple(wanted), tuple(unwanted)


def held_in(month: Month, instance: Instance, assignments: Sequence[tuple[str, str]]) -> set[tuple[int, int, int, int]]:
    """Return (physician, duty, week, weekday) of (duty id, doctor id)."""
    return {(int(doctor[1:]), *_place(month, instance.duty_by_id[duty])) for duty, doctor in assignments}


def _place(month: Month, duty: Duty) -> tuple[int, int, int]:
    return (int(duty.line[1:]), *month.place_of(duty.date))


def _duties(month: Month) -> Iterator[Duty]:
    for week in range(1, month.weeks + 1):
        for (number, weekday), need in sorted(month.need.items(), key=lambda at: (at[0][1], at[0][0])):
            start = datetime.combine(month.date_of(week, weekday), datetime.min.time(), UTC)
            end = start + timedelta(hours=HOURS)
            if need:
                yield Duty(
                    id=duty_id(f"D{number}", start, end), line=f"D{number}", start=start, end=end, date=start.date(),
                    band=BAND, points=1, need_min=need, need_max=need, modality="garde",
                )  # fmt: skip


def _availability(month: Month, names: Mapping[tuple[int, int, int], str]) -> Iterator[Availability]:
    for who, duty, week, day in sorted(month.may):
        if (duty, week, day) in names:
            yield Availability(doctor=f"P{who}", duty=names[duty, week, day], value="only")
    for who, week, day in sorted(month.off):
        when = month.date_of(week, day)
        yield Availability(doctor=f"P{who}", start=when, end=when, value="impossible")


def _scales(costs: Mapping[int, tuple[float, ...]]) -> dict[int, list[int]]:
    """Return whole costs that still rise ever faster: rises are rounded, then none is below the one before."""
    found = {}
    for who, table in costs.items():
        steps, rise = [math.floor(table[0] * UNIT)], -(10**18)
        for before, after in pairwise(table):
            rise = max(rise, round((after - before) * UNIT))
            steps.append(steps[-1] + rise)
        found[who] = steps if len(steps) > 1 else [steps[0], steps[0]]
    return found


def _error(costs: Mapping[int, tuple[float, ...]], scales: Mapping[int, Sequence[int]]) -> Iterator[float]:
    for who, table in costs.items():
        yield max(abs(cost - whole / UNIT) for cost, whole in zip(table, scales[who], strict=False))


def _named(scales: Mapping[int, Sequence[int]]) -> dict[str, str]:
    return {f"P{who}": " ".join(str(step) for step in steps) for who, steps in scales.items()}
