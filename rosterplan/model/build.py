"""From an instance and its rules to a posted canvas: admit, then post; the order of rules never matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rosterplan.canvas import Canvas
from rosterplan.canvas.arrays import BoolArray, IntArray, ints
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Due, Roster
from rosterplan.rules.admission import admitted_pairs
from rosterplan.rules.base import Rule


@dataclass(frozen=True)
class Kept:
    """Lines whose doctors stay as ``roster`` has them; only those in ``filled`` may have empty positions filled."""

    lines: frozenset[str]
    roster: Roster
    filled: frozenset[str] = frozenset()


def canvas_of(
    instance: Instance, rules: Sequence[Rule], *, dues: tuple[Due, ...] | None = None, kept: Kept | None = None
) -> Canvas:
    """Return the canvas with every rule posted.

    Pairs a person locked or imposed, and those of kept lines, are fixed columns, admitted or not; a duty locked
    empty has no free pair. ``dues``: see `Canvas`.
    """
    canvas = Canvas(instance, *_pairs(instance, rules, kept), dues)
    for rule in rules:
        rule.post(canvas)
    return canvas


def fixed_pairs(instance: Instance, kept: Kept | None = None) -> dict[str, set[str]]:
    """Return the doctors fixed on each duty: locks first, else kept lines, else imposed assignments."""
    decided: dict[str, set[str]] = {}
    for lock in instance.locks:
        decided.setdefault(lock.duty, set()).update({lock.doctor} if lock.doctor else set())
    locked = set(decided)
    for one in kept.roster.assignments if kept else ():
        duty = instance.duty_by_id.get(one.duty)
        if not (kept and duty and duty.line in kept.lines and one.doctor in instance.doctor_by_id):
            continue
        if one.duty not in locked or duty.line in kept.filled:
            decided.setdefault(one.duty, set()).add(one.doctor)
    for imposed in instance.fixed:
        if imposed.duty not in locked:
            decided.setdefault(imposed.duty, set()).add(imposed.doctor)
    return decided


def _pairs(instance: Instance, rules: Sequence[Rule], kept: Kept | None) -> tuple[IntArray, IntArray, BoolArray]:
    """Return (doctor, duty, fixed) of every pair that may or does exist."""
    number_of = {doctor.id: number for number, doctor in enumerate(instance.doctors)}
    duty_number = {duty.id: number for number, duty in enumerate(instance.duties)}
    fixed = fixed_pairs(instance, kept)
    decided = {duty_number[duty]: {number_of[one] for one in who} for duty, who in fixed.items()}
    closed = {duty_number[lock.duty] for lock in instance.locks if lock.doctor is None}
    if kept:
        shut = kept.lines - kept.filled
        closed |= {number for number, duty in enumerate(instance.duties) if duty.line in shut}
    doctor, duty = admitted_pairs(instance, rules)
    size = max(len(instance.doctors), 1)
    taken = ints(sorted(one + number * size for number, who in decided.items() for one in who))
    free = ~np.isin(doctor + duty * size, taken) & ~np.isin(duty, ints(sorted(closed)))
    held = np.concatenate((np.zeros(int(free.sum()), dtype=bool), np.ones(len(taken), dtype=bool)))
    return np.concatenate((doctor[free], taken % size)), np.concatenate((duty[free], taken // size)), held
