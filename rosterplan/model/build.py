"""From an instance and its rules to a posted canvas: admit, then post; the order of rules never matters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rosterplan.canvas import Canvas
from rosterplan.canvas.arrays import ints
from rosterplan.domain.instance import Instance
from rosterplan.rules.admission import admitted
from rosterplan.rules.base import Rule


def canvas_of(instance: Instance, rules: Sequence[Rule]) -> Canvas:
    """Return the canvas with every rule posted.

    Pairs a person locked or imposed are fixed columns, admitted or not; a duty locked empty has no free pair.
    """
    canvas = Canvas(instance, *_pairs(instance, rules))
    for rule in rules:
        rule.post(canvas)
    return canvas


def fixed_pairs(instance: Instance) -> dict[str, set[str]]:
    """Return the doctors fixed on each duty: locks, and imposed assignments on duties no lock speaks of."""
    decided: dict[str, set[str]] = {}
    for lock in instance.locks:
        decided.setdefault(lock.duty, set()).update({lock.doctor} if lock.doctor else set())
    locked = set(decided)
    for imposed in instance.fixed:
        if imposed.duty not in locked:
            decided.setdefault(imposed.duty, set()).add(imposed.doctor)
    return decided


def _pairs(instance: Instance, rules: Sequence[Rule]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (doctor, duty, fixed) of every pair that may or does exist."""
    number_of = {doctor.id: number for number, doctor in enumerate(instance.doctors)}
    duty_number = {duty.id: number for number, duty in enumerate(instance.duties)}
    decided = {duty_number[duty]: {number_of[one] for one in who} for duty, who in fixed_pairs(instance).items()}
    empty = {duty_number[lock.duty] for lock in instance.locks if lock.doctor is None}
    doctors, duties = [], []
    for table in admitted(instance, rules):
        rows, columns = np.nonzero(table.mask)
        doctors.append(ints([number_of[doctor.id] for doctor in table.doctors])[rows])
        duties.append(ints([duty_number[duty.id] for duty in table.duties])[columns])
    doctor = np.concatenate([ints([]), *doctors])
    duty = np.concatenate([ints([]), *duties])
    size = max(len(instance.doctors), 1)
    taken = ints(sorted(one + number * size for number, who in decided.items() for one in who))
    free = ~np.isin(doctor + duty * size, taken) & ~np.isin(duty, ints(sorted(empty)))
    doctor = np.concatenate((doctor[free], taken % size))
    duty = np.concatenate((duty[free], taken // size))
    fixed = np.concatenate((np.zeros(int(free.sum()), dtype=bool), np.ones(len(taken), dtype=bool)))
    return doctor, duty, fixed
