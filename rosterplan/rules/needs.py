"""Which duties meet which parts of a demand (for posting), and how many doctors are there at each (for auditing)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Demand
from rosterplan.rules.base import IntArray


def duties_meeting(instance: Instance) -> tuple[IntArray, IntArray]:
    """Return (duty number, part number) of every duty that counts for a part of ``instance.wanted``."""
    start, end = (
        np.array([getattr(duty, side) for duty in instance.duties], dtype=np.int64)
        for side in ("start_minute", "end_minute")
    )
    found: list[tuple[IntArray, IntArray]] = [(np.zeros(0, dtype=np.int64),) * 2]
    for line, counted in sorted(instance.lines_for.items()):
        mine = np.array([number for number, part in enumerate(instance.wanted) if part.line == line], dtype=np.int64)
        theirs = np.array(
            [number for number, duty in enumerate(instance.duties) if duty.line in counted], dtype=np.int64
        )
        if not len(mine) or not len(theirs):
            continue
        parts = [instance.wanted[number] for number in mine]
        low, high = (np.array([getattr(part, side) for part in parts]) for side in ("start_minute", "end_minute"))
        in_all = np.array([part.in_all for part in parts])[None, :]
        begins, ends = start[theirs][:, None], end[theirs][:, None]
        starting = (begins >= low) & (begins < high)
        covering = (begins <= low) & (ends >= high)
        duty, part = np.nonzero(np.where(in_all, starting, covering))
        found.append((theirs[duty], mine[part]))
    return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])


def present(instance: Instance, roster: Roster) -> Iterator[tuple[Demand, int]]:
    """Yield each part of a demand with the doctors there during all of it, or the slots that begin in it."""
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for duty, doctors in roster.doctors_of.items():
        one = instance.duty_by_id[duty]
        held[one.line] += [(one.start_minute, one.end_minute)] * len(doctors)
    begins: dict[str, list[int]] = {}
    ends: dict[str, list[int]] = {}
    for line, counted in instance.lines_for.items():
        begins[line] = sorted(start for one in counted for start, _ in held[one])
        ends[line] = sorted(end for one in counted for _, end in held[one])
    for demand in instance.wanted:
        first, last = begins[demand.line], ends[demand.line]
        if demand.in_all:
            yield demand, bisect_left(first, demand.end_minute) - bisect_left(first, demand.start_minute)
        else:  # no shift begins or ends inside: there are those begun by its start, less those gone by then
            yield demand, bisect_right(first, demand.start_minute) - bisect_right(last, demand.start_minute)


def lacking(instance: Instance, roster: Roster) -> int:
    """Return the doctors missing on duties, and at each part of a demand: what ``asked`` counts and nobody fills."""
    held = roster.doctors_of
    duties = sum(max(duty.need_min - len(held.get(duty.id, ())), 0) for duty in instance.duties)
    return duties + sum(max(part.need - there, 0) for part, there in present(instance, roster))
