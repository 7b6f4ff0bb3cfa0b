"""The least change that mends a roster: what was lost is filled first, then little moves, then all stays as fair as it can.

A repair opens as few duties as it may: what was lost alone; where a hole remains, the sectors of that hole; then the
sectors that share doctors with them. All else is held as it is, so a department is mended in about a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.model.repair_case import Case, Repaired
from rosterplan.model.repair_scope import within
from rosterplan.rules.admission import admitted
from rosterplan.rules.base import Rule

__all__ = ["Case", "Repaired", "lost_of", "repaired", "with_at_most"]

MOST_PAIRS = 12_000
"""A scope is not widened beyond this: some ten sectors; above it the solves take minutes."""


def lost_of(
    instance: Instance, rules: Sequence[Rule], roster: Roster, first_day: date, gone: Callable[[str, str], bool]
) -> tuple[Assignment, ...]:
    """Return the assignments from ``first_day`` on that ``gone`` takes or that no rule admits any more.

    What a person locked or imposed stays, admitted or not, unless ``gone`` takes it.
    """
    decided = {(lock.duty, lock.doctor) for lock in instance.locks} | {(one.duty, one.doctor) for one in instance.fixed}
    later = [one for one in roster.assignments if instance.duty_by_id[one.duty].date >= first_day]
    wanted = {(one.duty, one.doctor) for one in later}
    may: set[tuple[str, str]] = set()
    for table in admitted(instance, rules, lines=frozenset(instance.duty_by_id[one.duty].line for one in later)):
        row = {doctor.id: number for number, doctor in enumerate(table.doctors)}
        for column, duty in enumerate(table.duties):
            may |= {
                (duty.id, name)
                for name in roster.doctors_of.get(duty.id, ())
                if (duty.id, name) in wanted and name in row and table.mask[row[name], column]
            }
    return tuple(
        one
        for one in later
        if gone(one.duty, one.doctor)
        or not (one.locked or (one.duty, one.doctor) in decided or (one.duty, one.doctor) in may)
    )


def repaired(case: Case) -> Repaired:
    """Return the best roster with least changes: cover first, then changes by weight, then the rest, stage by stage."""
    start = _holes(case)
    best, sectors = within(case, start, None, ()), frozenset[str]()
    hopeful = _open_to_someone(case, set(best.unfilled))
    while hopeful & set(best.unfilled):
        wider = _beside(case, sectors) if sectors else _sectors(case, hopeful)
        opened = start | _duties_in(case, wider)
        if wider == sectors or _pairs_in(case, opened) > MOST_PAIRS:
            break
        sectors = wider
        best = within(case, opened, None, tuple(sorted(sectors)), best)
    return best


def with_at_most(case: Case, least: Repaired, most: int) -> Repaired:
    """Return the best roster with ``most`` changes at most, as one row of the stability dial; ``least`` is `repaired`.

    With fewer than needed, the gravest of what was lost is filled first; with more, the sectors of what was lost and
    of the doctors touched are opened, and changes go where they make the roster fairer, then kinder.
    """
    if most == least.changes:
        return least
    start, sectors = _holes(case), frozenset(least.opened)
    if most < least.changes:
        return within(case, start | _duties_in(case, sectors), most, least.opened)
    sectors |= _sectors(case, {one.duty for one in case.lost}) | _sectors_of_doctors(case)
    return within(case, start | _duties_in(case, sectors), most, tuple(sorted(sectors)), least)


def _open_to_someone(case: Case, duties: set[str]) -> set[str]:
    """Return the duties that some doctor may hold at all: where nobody may, no move of others helps."""
    lines = frozenset(case.instance.duty_by_id[duty].line for duty in duties)
    return {
        duty.id
        for table in (admitted(case.instance, case.rules, lines=lines) if duties else ())
        for column, duty in enumerate(table.duties)
        if duty.id in duties and bool(table.mask[:, column].any())
    }


# -- scopes -------------------------------------------------------------------------------------------------------------


def _holes(case: Case) -> set[str]:
    """Return the duties that are short of their need now, those lost among them."""
    held = Counter(one.duty for one in case.remaining)
    short = {
        duty.id
        for duty in case.instance.duties
        if duty.date >= case.first_day and held[duty.id] < duty.need_min
    }  # fmt: skip
    return short | {one.duty for one in case.lost}


def _area(case: Case, line: str) -> str:
    """Return the sector of a line, or the line itself."""
    return case.instance.line_by_id[line].sector or line


def _sectors(case: Case, duties: set[str]) -> frozenset[str]:
    return frozenset(_area(case, case.instance.duty_by_id[duty].line) for duty in duties)


def _sectors_of_doctors(case: Case) -> frozenset[str]:
    """Return the areas of the doctors an event is about."""
    doctors = [case.instance.doctor_by_id[name] for name in case.touched if name in case.instance.doctor_by_id]
    areas = {_area(case, line.id) for line in case.instance.lines}
    named = {member.sector for doctor in doctors for member in doctor.sectors}
    named |= {_area(case, line) for doctor in doctors for line in doctor.lines}
    return frozenset(named & areas)


def _duties_in(case: Case, sectors: frozenset[str]) -> set[str]:
    return {
        duty.id
        for duty in case.instance.duties
        if duty.date >= case.first_day and _area(case, duty.line) in sectors
    }  # fmt: skip


def _beside(case: Case, sectors: frozenset[str]) -> frozenset[str]:
    """Return the sectors with those that share a doctor with them, by what is held and by who belongs where."""
    areas: dict[str, set[str]] = {doctor.id: set() for doctor in case.instance.doctors}
    for doctor in case.instance.doctors:
        areas[doctor.id] |= {member.sector for member in doctor.sectors}
        areas[doctor.id] |= {_area(case, line) for line in doctor.lines}
    for one in case.remaining:
        areas[one.doctor].add(_area(case, case.instance.duty_by_id[one.duty].line))
    known = {_area(case, line.id) for line in case.instance.lines}
    return sectors | frozenset(area for own in areas.values() if own & sectors for area in own & known)


def _pairs_in(case: Case, duties: set[str]) -> int:
    """Return about how many pairs the duties have: those of the doctors of their sectors."""
    members: Counter[str] = Counter()
    for doctor in case.instance.doctors:
        members.update({member.sector for member in doctor.sectors} | {_area(case, line) for line in doctor.lines})
    return sum(members[_area(case, case.instance.duty_by_id[duty].line)] for duty in duties)
