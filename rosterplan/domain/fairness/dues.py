"""Dues and targets in whole hundredths: T by largest remainder, T* after repayment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rosterplan.domain.fairness.apportion import DEFAULT_SEED, HUNDRED, apportioned, corrected
from rosterplan.domain.fairness.balances import lot_of, opening_balances
from rosterplan.domain.fairness.positions import (
    Cell,
    Positions,
    feast_bands,
    positions_held,
    positions_needed,
)
from rosterplan.domain.fairness.weights import Part, parts
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Due, Roster


def dues(instance: Instance, positions: Positions, seed: int = DEFAULT_SEED) -> tuple[Due, ...]:
    """Due and target of every doctor with a coefficient, sorted by doctor, group and band [hundredths of a duty].

    In each (group, band) both sum to exactly 100·S; a doctor's own sum may pass an openly declared maximum by a
    hundredth per band, from rounding. The target repays the opening balance, limited to half of
    max(1, T), or without limit for a feast band, is never below 0, and is corrected by coefficient for the sum.
    """
    opening = opening_balances(instance, seed)
    feasts = feast_bands(instance)
    cells: dict[Cell, list[Part]] = defaultdict(list)
    for part in parts(instance, positions):
        cells[part.group, part.band].append(part)
    found = []
    for cell, sharers in cells.items():
        lot, total = lot_of(instance, seed, cell), HUNDRED * sharers[0].positions
        due = apportioned({one.doctor: HUNDRED * one.share for one in sharers}, total, lot)
        wanted = {}
        for doctor, hundredths in due.items():
            balance = float(opening.get((doctor, *cell), 0))
            limit = max(HUNDRED, hundredths) / 2
            wanted[doctor] = hundredths - (balance if cell in feasts else min(max(balance, -limit), limit))
        target = corrected(wanted, {one.doctor: one.weight for one in sharers}, total)
        whole = apportioned(target, total, lot)
        found += [
            Due(doctor=name, group=cell[0], band=cell[1], due_hundredths=due[name], target_hundredths=whole[name])
            for name in due
        ]
    return tuple(sorted(found, key=lambda one: (one.doctor, one.group, one.band)))


def full_dues(instance: Instance, seed: int = DEFAULT_SEED) -> tuple[Due, ...]:
    """Dues if every duty had its ``need_min`` doctors: what is aimed at before any roster exists."""
    return instance.once(f"full dues {seed}", lambda: dues(instance, positions_needed(instance), seed))


def full_parts(instance: Instance) -> tuple[Part, ...]:
    """Exact shares if every duty had its ``need_min`` doctors."""
    return instance.once("full parts", lambda: parts(instance, positions_needed(instance)))


def with_dues(instance: Instance, roster: Roster, seed: int = DEFAULT_SEED) -> Roster:
    """The roster with the dues of the positions it holds; dues it already carries are kept unchanged."""
    if roster.dues:
        return roster
    return roster.model_copy(update={"dues": dues(instance, positions_held(instance, roster), seed)})


def positions_of_dues(given: Iterable[Due]) -> dict[Cell, int]:
    """S of each (group, band): what these dues sum to, in whole duties."""
    total: dict[Cell, int] = defaultdict(int)
    for due in given:
        total[due.group, due.band] += due.due_hundredths
    return {cell: round(hundredths / HUNDRED) for cell, hundredths in total.items()}
