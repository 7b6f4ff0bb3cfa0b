"""How fair a roster is, in the figures that are printed for every roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import ceil, floor, fsum

from rosterplan.domain.base import Frozen
from rosterplan.domain.fairness.apportion import HUNDRED
from rosterplan.domain.fairness.positions import Key, held_counts, held_points
from rosterplan.domain.fairness.tables import FairnessTables, tables
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Due, Roster


class Spread(Frozen):
    """Largest minus smallest held − target among the doctors who share a band of a group [duties]."""

    group: str
    band: str
    spread: float


class FairnessFigures(Frozen):
    """What is measured of a roster; Δ = held − target of one doctor, group and band [duties].

    ``outside_due`` and ``outside_target``: part of the (doctor, group, band) held outside ⌊T⌋..⌈T⌉, and ⌊T*⌋..⌈T*⌉.
    """

    cost: float  # F in squared duties, real arithmetic
    outside_due: float
    outside_target: float
    largest_deviation: float  # max |Δ| / w, w at least ¼
    mean_deviation: float  # mean |Δ|
    spreads: tuple[Spread, ...]
    jain: float  # (Σ r)² / (n Σ r²) of r = points held / points aimed at; 1 = all alike


def figures(instance: Instance, roster: Roster, dues: Sequence[Due] | None = None) -> FairnessFigures:
    """The figures of a roster under its own dues, or those given; where nobody owes anything, all is even."""
    used = roster.dues if dues is None else tuple(dues)
    given = tables(instance, used)
    held = held_counts(instance, roster)
    deviations = {
        (item.doctor, item.group, item.band): held.get((item.doctor, item.group, item.band), 0) - item.target
        for item in given.items
    }
    sizes = [abs(deviation) for deviation in deviations.values()]
    return FairnessFigures(
        cost=_cost(instance, roster, given, deviations),
        outside_due=_outside(used, held, "due_hundredths"),
        outside_target=_outside(used, held, "target_hundredths"),
        largest_deviation=max(
            (abs(deviations[item.doctor, item.group, item.band]) / item.weight for item in given.items), default=0.0
        ),
        mean_deviation=fsum(sizes) / len(sizes) if sizes else 0.0,
        spreads=_spreads(deviations),
        jain=_jain(instance, roster, given),
    )


def _cost(instance: Instance, roster: Roster, given: FairnessTables, deviations: dict[Key, float]) -> float:
    """Return F without any rounding but that of the targets."""
    points = held_points(instance, roster)
    unit = 1 / given.mean_points if given.mean_points else 0.0
    items = [item.alpha * deviations[item.doctor, item.group, item.band] ** 2 / item.weight for item in given.items]
    totals = [(points.get(one.doctor, 0) * unit - one.target) ** 2 / one.weight for one in given.totals]
    return fsum(items + totals)


def _outside(dues: Sequence[Due], held: dict[Key, int], aim: str) -> float:
    """Return the part of the dues whose doctor holds fewer than ⌊aim⌋ or more than ⌈aim⌉."""
    beyond = 0
    for due in dues:
        hundredths, count = getattr(due, aim), held.get((due.doctor, due.group, due.band), 0)
        beyond += not floor(hundredths / HUNDRED) <= count <= ceil(hundredths / HUNDRED)
    return beyond / len(dues) if dues else 0.0


def _spreads(deviations: dict[Key, float]) -> tuple[Spread, ...]:
    """Return the spread of each group and band, sorted."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (_, group, band), deviation in deviations.items():
        found[group, band].append(deviation)
    return tuple(
        Spread(group=group, band=band, spread=round(max(values) - min(values), 2))
        for (group, band), values in sorted(found.items())
    )


def _jain(instance: Instance, roster: Roster, given: FairnessTables) -> float:
    """Return Jain's index of points held over points aimed at, among doctors who owe something."""
    points = held_points(instance, roster)
    unit = 1 / given.mean_points if given.mean_points else 0.0
    ratios = [points.get(one.doctor, 0) * unit / one.target for one in given.totals if one.target > 0]
    squares = fsum(ratio * ratio for ratio in ratios)
    return fsum(ratios) ** 2 / (len(ratios) * squares) if squares > 0 else 1.0
