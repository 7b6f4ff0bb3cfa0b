"""From coefficients to exact shares T = w·S / Σ w, with declared maxima and compensated exemptions.

Items are sorted by name before anything is added up, so the order of doctors changes no bit of a share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rosterplan.domain.fairness.coefficients import coefficients, shares_of
from rosterplan.domain.fairness.houses import between_houses_of
from rosterplan.domain.fairness.positions import Key, Positions, band_points
from rosterplan.domain.instance import Instance
from rosterplan.domain.work import Share

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FAIRNESS_CODE = "juste-repartition"
"""Code of the rule whose parameter ``compensation`` says whether exempt bands are owed elsewhere."""

_YES = {"true", "oui", "vrai", "o", "x"}  # as the sheet `Règles` or JSON says it
_ROUNDS = 2_000
_STILL = 1e-9
_MOST = 1e3
_LEAST, _LEAST_OF_NOTHING = 1e-12, 1e-18
"""Factors never reach 0, so that shares always sum to S; a maximum of 0 ends far below any other."""


@dataclass(frozen=True)
class Part:
    """A doctor's exact share in one group and band: ``share`` = weight × positions / total_weight [duties]."""

    doctor: str
    group: str
    band: str
    coefficient: float  # w = q·π·e
    weight: float  # w after an openly declared maximum and compensation
    total_weight: float  # Σ weights of the (group, band)
    positions: int  # S
    share: float  # T


def parts(instance: Instance, positions: Positions) -> tuple[Part, ...]:
    """The share of every doctor with a coefficient, sorted by doctor, group and band; Σ share = S in each.

    A (group, band) missing from ``positions`` has S = 0. Where the maxima together cannot carry S, shares tend to be
    in proportion to the maxima, and pass them.
    """
    plain = _coefficients(shares_of(instance))
    entire = _without_exemptions(instance) if compensation_chosen(instance) else {}
    items = _Items(tuple(sorted(plain.keys() | entire.keys())), positions)
    coefficient = items.array(plain)
    weight = coefficient
    if entire:
        weight = _compensated(items, weight, np.maximum(weight, items.array(entire)), band_points(instance))
    weight = _under_maxima(items, weight, instance)
    totals, shares = items.totals(weight), items.shares(weight)
    return tuple(
        Part(
            doctor=key[0], group=key[1], band=key[2], coefficient=float(coefficient[item]),
            weight=float(weight[item]), total_weight=float(totals[items.cell[item]]),
            positions=positions.get(key[1:], 0), share=float(shares[item]),
        )
        for item, key in enumerate(items.keys)
        if key in plain
    )  # fmt: skip


def compensation_chosen(instance: Instance) -> bool:
    """True if the rule book says `compensation`: points of an exempt band are owed in the other bands."""
    chosen = [row.params.get("compensation", False) for row in instance.rules if row.code == FAIRNESS_CODE]
    return any(str(value).strip().casefold() in _YES for value in chosen)


@dataclass(frozen=True)
class _Items:
    """(doctor, group, band) items in name order, and the positions their (group, band) share out."""

    keys: tuple[Key, ...]
    positions: Positions

    @cached_property
    def cells(self) -> dict[tuple[str, str], int]:
        """The number of each (group, band)."""
        return {cell: number for number, cell in enumerate(sorted({key[1:] for key in self.keys}))}

    @cached_property
    def cell(self) -> IntArray:
        """The (group, band) of each item."""
        return np.array([self.cells[key[1:]] for key in self.keys], dtype=np.int64)

    @cached_property
    def to_share(self) -> FloatArray:
        """S of each item's (group, band)."""
        return np.array([self.positions.get(key[1:], 0) for key in self.keys], dtype=np.float64)

    def array(self, values: dict[Key, float]) -> FloatArray:
        """A value per item; 0 where none is given."""
        return np.array([values.get(key, 0.0) for key in self.keys], dtype=np.float64)

    def totals(self, weight: FloatArray) -> FloatArray:
        """Σ weights per (group, band)."""
        return np.bincount(self.cell, weights=weight, minlength=len(self.cells)).astype(np.float64)

    def shares(self, weight: FloatArray) -> FloatArray:
        """T = w·S / Σ w of each item; 0 where nobody has a weight."""
        total = self.totals(weight)[self.cell]
        return np.divide(weight * self.to_share, total, out=np.zeros_like(weight), where=total > 0)


def _coefficients(shares: Iterable[Share]) -> dict[Key, float]:
    """Return w by item."""
    return {(one.doctor, one.group, one.band): one.coefficient for one in shares}


def _without_exemptions(instance: Instance) -> dict[Key, float]:
    """Return the coefficients doctors with exemptions would have without them."""
    exempt = {doctor.id for doctor in instance.doctors if doctor.exemptions}
    if not exempt:
        return {}
    plain = coefficients(instance.doctors, instance.lines, instance.groups, instance.duties, exemptions=False)
    entire = between_houses_of(plain, instance)
    return _coefficients(share for share in entire if share.doctor in exempt)


def _under_maxima(items: _Items, weight: FloatArray, instance: Instance) -> FloatArray:
    """Scale down the weights of each doctor who declared a maximum N until Σ T ≤ N; the others' shares rise.

    One factor per doctor over all groups and bands, the largest for which all maxima hold: from 1, it is multiplied
    by N / Σ T as long as Σ T passes N, which never goes below the answer (T is concave in the factor).
    """
    maxima = {doctor.id: doctor.maximum for doctor in instance.doctors if doctor.maximum is not None}
    names = sorted({key[0] for key in items.keys if key[0] in maxima})
    number = {name: place for place, name in enumerate(names)}
    owner = np.array([number.get(key[0], -1) for key in items.keys], dtype=np.int64)
    most = np.array([maxima[name] for name in names], dtype=np.float64)

    def step(shares: FloatArray) -> FloatArray:
        owed = _sums(owner, shares, len(names))
        return np.minimum(1.0, np.divide(most, owed, out=np.ones_like(owed), where=owed > 0))

    least = np.where(most > 0, _LEAST, _LEAST_OF_NOTHING)
    return _settled(items, weight, owner, least, step)


def _compensated(
    items: _Items, weight: FloatArray, entire: FloatArray, points: dict[tuple[str, str], float]
) -> FloatArray:
    """Raise the weights of an exempt doctor in the group's other bands until all points are owed as if not exempt."""
    names = sorted({key[:2] for key, whole, part in zip(items.keys, entire, weight, strict=True) if whole > part})
    number = {name: place for place, name in enumerate(names)}
    theirs = np.array([number.get(key[:2], -1) for key in items.keys], dtype=np.int64)
    raised = np.where((weight > 0) & (weight >= entire), theirs, -1)
    worth = np.array([points.get(key[1:], 0.0) for key in items.keys], dtype=np.float64)
    owed = _sums(theirs, worth * items.shares(entire), len(names))

    def step(shares: FloatArray) -> FloatArray:
        value = worth * shares
        movable = _sums(raised, value, len(names))
        wanted = owed - (_sums(theirs, value, len(names)) - movable)
        return np.maximum(1.0, np.divide(wanted, movable, out=np.ones_like(owed), where=movable > 0))

    return _settled(items, weight, raised, np.ones(len(names)), step)


def _sums(owner: IntArray, values: FloatArray, owners: int) -> FloatArray:
    """Return Σ values of the items of each owner; −1 owns none."""
    return np.bincount(owner + 1, weights=values, minlength=owners + 1)[1:].astype(np.float64)


def _settled(
    items: _Items, weight: FloatArray, owner: IntArray, least: FloatArray, step: Callable[[FloatArray], FloatArray]
) -> FloatArray:
    """Return the weights with one factor per owner, stepped until the shares stop moving (2,000 rounds at most)."""
    if len(least) == 0:
        return weight
    factor, shares = np.ones(len(least)), items.shares(weight)
    for _ in range(_ROUNDS):
        factor = np.clip(factor * step(shares), least, _MOST)
        scaled = weight * np.concatenate(([1.0], factor))[owner + 1]
        before, shares = shares, items.shares(scaled)
        if np.abs(shares - before).max() < _STILL:
            break
    return scaled
