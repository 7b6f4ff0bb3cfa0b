"""Demands as shifts can meet them: cut where a shift of their line begins or ends, so that each covers a part or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from rosterplan.domain.base import minute_of
from rosterplan.domain.work import Demand, Duty, Line, duty_id


def lines_for(demand_line: str, lines: Iterable[Line]) -> frozenset[str]:
    """The lines whose duties cover the demands of a line: itself, and those that count for it."""
    return frozenset({demand_line, *(line.id for line in lines if line.counts_for == demand_line)})


def parts_of_demands(demands: Sequence[Demand], duties: Iterable[Duty], lines: Sequence[Line]) -> tuple[Demand, ...]:
    """Demands in the order given, each cut at the bounds of the duties that cover its line; equal parts add up.

    A demand no shift changes inside stays as it is, and so does one that counts slots in all.
    """
    bounds: dict[str, dict[int, datetime]] = defaultdict(dict)
    counts_for = {line.id: line.counts_for for line in lines}
    for duty in duties:
        for line in (duty.line, counts_for.get(duty.line)):
            if line:
                bounds[line] |= {duty.start_minute: duty.start, duty.end_minute: duty.end}
    ordered = {line: sorted(moments) for line, moments in bounds.items()}
    found: dict[str, Demand] = {}
    for demand in demands:
        for part in _cut(demand, ordered.get(demand.line, []), bounds.get(demand.line, {})):
            same = found.get(part.id)
            found[part.id] = part if same is None else same.model_copy(update={"need": same.need + part.need})
    return tuple(found.values())


def _cut(demand: Demand, moments: Sequence[int], instants: dict[int, datetime]) -> list[Demand]:
    inside = [one for one in moments if demand.start_minute < one < demand.end_minute]
    if demand.in_all or not inside:
        return [demand]
    cuts = [demand.start, *(instants[one] for one in inside), demand.end]
    return [
        demand.model_copy(update={"id": f"{duty_id(demand.line, start, end)}/besoin", "start": start, "end": end})
        for start, end in pairwise(cuts)
        if minute_of(end) > minute_of(start)
    ]


def alike(parts: Sequence[Demand], duties: Iterable[Duty], lines: Sequence[Line]) -> tuple[int, ...]:
    """The number of the first part each part is like: one after the other, equal in all, and no shift between them.

    What covers one covers the other, so they are missed together: a night by the half-hour is one need.
    """
    changes: dict[str, set[int]] = defaultdict(set)
    counts_for = {line.id: line.counts_for for line in lines}
    for duty in duties:
        for line in (duty.line, counts_for.get(duty.line)):
            if line:
                changes[line] |= {duty.start_minute, duty.end_minute}
    found: list[int] = []
    for number, part in enumerate(parts):
        before = parts[number - 1] if number else None
        same = (
            before is not None
            and not part.in_all
            and (before.line, before.need, before.band, before.in_all) == (part.line, part.need, part.band, False)
            and before.end_minute == part.start_minute
            and part.start_minute not in changes[part.line]
        )
        found.append(found[-1] if same else number)
    return tuple(found)
