"""Positions, points and duties held per fairness group and band."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rosterplan.domain.fairness.coefficients import shares_of
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Duty, Share

Cell = tuple[str, str]
"""(group, band)."""

Key = tuple[str, str, str]
"""(doctor, group, band): one item of fairness."""

Positions = Mapping[Cell, int]
"""S: positions to share in each group and band [duties]."""


def positions_needed(instance: Instance) -> dict[Cell, int]:
    """S if every duty had its ``need_min`` doctors: what is known before any roster exists."""
    found: Counter[Cell] = Counter()
    for group, duty in _grouped(instance):
        found[group, duty.band] += duty.need_min
    return dict(found)


def positions_held(instance: Instance, roster: Roster, shares: Iterable[Share] | None = None) -> dict[Cell, int]:
    """S: positions of each (group, band) held in this roster by doctors with a coefficient there.

    Holes and renfort are left out: they create no debt. Every (group, band) with duties is there, even at 0.
    """
    sharing = {(one.doctor, one.group, one.band) for one in shares or shares_of(instance) if one.coefficient > 0}
    found = {(group, duty.band): 0 for group, duty in _grouped(instance)}
    for (doctor, group, band), count in held_counts(instance, roster).items():
        if (doctor, group, band) in sharing:
            found[group, band] += count
    return found


def held_counts(instance: Instance, roster: Roster) -> dict[Key, int]:
    """x: duties each doctor holds in each (group, band), renfort included; lines without a group count nowhere."""
    found: Counter[Key] = Counter()
    for assignment in roster.assignments:
        duty = instance.duty_by_id[assignment.duty]
        group = instance.group_of_line.get(duty.line)
        if group is not None:
            found[assignment.doctor, group, duty.band] += 1
    return dict(found)


def held_points(instance: Instance, roster: Roster) -> dict[str, int]:
    """Points each doctor holds on lines that have a fairness group, renfort included."""
    found: Counter[str] = Counter()
    for assignment in roster.assignments:
        duty = instance.duty_by_id[assignment.duty]
        if duty.line in instance.group_of_line:
            found[assignment.doctor] += duty.points
    return dict(found)


def band_points(instance: Instance) -> dict[Cell, float]:
    """p: points of a duty of each (group, band); the mean over its positions where they differ."""
    total: dict[Cell, int] = defaultdict(int)
    weight: dict[Cell, int] = defaultdict(int)
    for group, duty in _grouped(instance):
        positions = max(duty.need_max, 1)
        total[group, duty.band] += duty.points * positions
        weight[group, duty.band] += positions
    return {cell: total[cell] / weight[cell] for cell in total}


def feast_bands(instance: Instance) -> frozenset[Cell]:
    """The (group, band) whose duties all fall on a feast: repaid without limit, over four years."""
    plain = {(group, duty.band) for group, duty in _grouped(instance) if duty.feast is None}
    return frozenset({(group, duty.band) for group, duty in _grouped(instance)} - plain)


def _grouped(instance: Instance) -> Iterator[tuple[str, Duty]]:
    """Yield (group, duty) of the lines that have a fairness group."""
    group_of = instance.group_of_line
    for duty in instance.duties:
        group = group_of.get(duty.line)
        if group is not None:
            yield group, duty
