"""From coefficients to exact shares T = w·S / Σ w, with declared maxima and compensated exemptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import fsum

from rosterplan.domain.fairness.coefficients import coefficients, shares_of
from rosterplan.domain.fairness.positions import Cell, Key, Positions, band_points
from rosterplan.domain.instance import Instance

FAIRNESS_CODE = "juste-repartition"
"""Code of the rule whose parameter ``compensation`` says whether exempt bands are owed elsewhere."""

Owner = tuple[str, ...]
"""Whose weights move together: (doctor,) or (doctor, group)."""

_YES = {"true", "oui", "vrai", "o", "x"}  # as the sheet `Règles` or JSON says it
_ROUNDS = 500
_STILL = 1e-9
_LEAST = 1e-9
_MOST = 1e9


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

    A (group, band) missing from ``positions`` has S = 0. Where the maxima together cannot carry S, shares are in
    proportion to the maxima and pass them.
    """
    plain = {(one.doctor, one.group, one.band): one.coefficient for one in shares_of(instance)}
    weights: Mapping[Key, float] = plain
    if compensation_chosen(instance):
        weights = _compensated(instance, weights, positions)
    weights = _under_maxima(instance, weights, positions)
    totals = _totals(weights)
    return tuple(
        Part(
            doctor=key[0], group=key[1], band=key[2], coefficient=plain[key], weight=weights[key],
            total_weight=totals[key[1:]], positions=positions.get(key[1:], 0),
            share=weights[key] * positions.get(key[1:], 0) / totals[key[1:]],
        )
        for key in sorted(weights)
    )  # fmt: skip


def compensation_chosen(instance: Instance) -> bool:
    """True if the rule book says `compensation`: points of an exempt band are owed in the other bands."""
    chosen = [row.params.get("compensation", False) for row in instance.rules if row.code == FAIRNESS_CODE]
    return any(str(value).strip().casefold() in _YES for value in chosen)


def _totals(weights: Mapping[Key, float]) -> dict[Cell, float]:
    """Return Σ weights per (group, band): exactly rounded, so the order of doctors does not matter."""
    found: dict[Cell, list[float]] = defaultdict(list)
    for (_, group, band), weight in weights.items():
        found[group, band].append(weight)
    return {cell: fsum(values) for cell, values in found.items()}


def _shared(weights: Mapping[Key, float], positions: Positions) -> dict[Key, float]:
    """Return T = w·S / Σ w."""
    totals = _totals(weights)
    return {key: weight * positions.get(key[1:], 0) / totals[key[1:]] for key, weight in weights.items()}


def _under_maxima(instance: Instance, weights: Mapping[Key, float], positions: Positions) -> Mapping[Key, float]:
    """Scale down the weights of each doctor who declared a maximum N until Σ T ≤ N; the others' shares rise.

    One factor per doctor over all groups and bands. Factors only fall, by N / Σ T at a time, which never goes
    below the answer (T is concave in the factor): they end at the largest factors for which all maxima hold.
    """
    maxima = {doctor.id: doctor.maximum for doctor in instance.doctors if doctor.maximum is not None}
    capped = {key: (key[0],) for key in weights if key[0] in maxima}

    def step(shares: Mapping[Key, float]) -> dict[Owner, float]:
        owed = _sums(capped, shares)
        return {owner: min(1.0, maxima[owner[0]] / share) if share > 0 else 1.0 for owner, share in owed.items()}

    return _settled(weights, positions, capped, step)


def _compensated(instance: Instance, weights: Mapping[Key, float], positions: Positions) -> Mapping[Key, float]:
    """Raise the weights of an exempt doctor in the group's other bands until all points are owed as if not exempt."""
    points = band_points(instance)
    entire = _without_exemptions(instance, weights)
    exempt = {key[:2] for key in entire if entire[key] > weights.get(key, 0.0)}
    worth = {key: points.get(key[1:], 0.0) * share for key, share in _shared(entire, positions).items()}
    owed = _sums({key: key[:2] for key in entire if key[:2] in exempt}, worth)
    raised = {key: key[:2] for key in weights if key[:2] in exempt and weights[key] >= entire[key]}
    kept = {key: key[:2] for key in weights if key[:2] in exempt and key not in raised}

    def step(shares: Mapping[Key, float]) -> dict[Owner, float]:
        value = {key: points.get(key[1:], 0.0) * share for key, share in shares.items()}
        fixed, movable = _sums(kept, value), _sums(raised, value)
        return {
            owner: max(1.0, (owed[owner] - fixed.get(owner, 0.0)) / value) if value > 0 else 1.0
            for owner, value in movable.items()
        }

    return _settled(weights, positions, raised, step)


def _without_exemptions(instance: Instance, weights: Mapping[Key, float]) -> dict[Key, float]:
    """Return the weights with those of exempt doctors as they would be without their exemptions."""
    exempt = [doctor for doctor in instance.doctors if doctor.exemptions]
    entire = coefficients(exempt, instance.lines, instance.groups, instance.duties, exemptions=False)
    return dict(weights) | {(one.doctor, one.group, one.band): one.coefficient for one in entire}


def _sums(owners: Mapping[Key, Owner], values: Mapping[Key, float]) -> dict[Owner, float]:
    """Return Σ values of the keys of each owner."""
    found: dict[Owner, list[float]] = defaultdict(list)
    for key, owner in owners.items():
        found[owner].append(values[key])
    return {owner: fsum(several) for owner, several in found.items()}


def _settled(
    weights: Mapping[Key, float],
    positions: Positions,
    owners: Mapping[Key, Owner],
    step: Callable[[Mapping[Key, float]], dict[Owner, float]],
) -> Mapping[Key, float]:
    """Return the weights with one factor per owner, stepped until the shares stop moving (500 rounds at most)."""
    if not owners:
        return weights
    near = {key[1:] for key in owners}
    scaled = {key: weight for key, weight in weights.items() if key[1:] in near}
    factors: dict[Owner, float] = dict.fromkeys(owners.values(), 1.0)
    shares = _shared(scaled, positions)
    for _ in range(_ROUNDS):
        ratios = step(shares)
        factors = {owner: min(max(factor * ratios[owner], _LEAST), _MOST) for owner, factor in factors.items()}
        scaled |= {key: weights[key] * factors[owner] for key, owner in owners.items()}
        before, shares = shares, _shared(scaled, positions)
        if max(abs(shares[key] - before[key]) for key in owners) < _STILL:
            break
    return dict(weights) | scaled
