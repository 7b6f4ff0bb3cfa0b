"""Fairness between houses: in the house, over the pool, or θ between, from the convention and the calendar of houses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor, Establishment
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Duty, Group, Line, Share

QUOTA_CODE = "house-quota"
"""Code of the rule that holds the convention: its ``parts`` and ``in_house`` (θ)."""

_Cell = tuple[str, str]
"""(group, band)."""


def between_houses(
    shares: Iterable[Share],
    doctors: Sequence[Doctor],
    establishments: Sequence[Establishment],
    lines: Sequence[Line],
    groups: Sequence[Group],
    duties: Sequence[Duty],
    rules: Sequence[RuleRow],
) -> tuple[Share, ...]:
    """The coefficients, each house's raised or lowered so that its doctors share what the house is to hold.

    In a (group, band), house h is to hold W_h = A_h + P·(θ·c_h + (1 − θ)·F_h / F): A_h positions of its own turns, P
    positions open to several houses, c_h its part of the convention, F_h the sum of its coefficients. Each of its
    doctors has w·(W_h / F_h)·(F / ΣW): Σ w is unchanged. Without turns and convention nothing changes.
    """
    given = tuple(shares)
    house_of = {doctor.id: doctor.establishment for doctor in doctors}
    strength: dict[_Cell, dict[str | None, float]] = defaultdict(lambda: defaultdict(float))
    for share in given:
        strength[share.group, share.band][house_of.get(share.doctor)] += share.coefficient
    factors = {
        cell: _factors(
            people, _positions(cell, groups, duties), _convention(cell, groups, lines, doctors, establishments, rules)
        )
        for cell, people in strength.items()
        if any(house is not None for house in people)
    }
    return tuple(
        share.model_copy(update={"coefficient": share.coefficient * factor}) if factor != 1.0 else share
        for share in given
        for factor in (factors.get((share.group, share.band), {}).get(house_of.get(share.doctor), 1.0),)
        if factor > 0
    )


def between_houses_of(shares: Iterable[Share], instance: Instance) -> tuple[Share, ...]:
    """``between_houses`` for an instance."""
    return between_houses(
        shares,
        instance.doctors,
        instance.establishments,
        instance.lines,
        instance.groups,
        instance.duties,
        instance.rules,
    )


def people_of_lines(
    lines: Sequence[Line], doctors: Sequence[Doctor], establishments: Sequence[Establishment]
) -> dict[str, float]:
    """Full-time equivalents of each house on some lines: the quotas of its doctors who have the skills of one of them.

    A house none of whose doctors holds the lines counts with the equivalents its row states.
    """
    found: dict[str, float] = defaultdict(float)
    for doctor in doctors:
        house = doctor.establishment
        if house is not None and any(
            (house in line.establishments or line.id in doctor.lines) and set(line.skills) <= set(doctor.skills)
            for line in lines
        ):
            found[house] += doctor.quota
    stated = {house.id: house.full_time_equivalents or 0.0 for house in establishments}
    return {house: found.get(house, value) for house, value in stated.items()}


def parts_of_convention(
    row: RuleRow, lines: Iterable[Line], doctors: Sequence[Doctor], establishments: Sequence[Establishment]
) -> dict[str, float]:
    """The part of each house under a row of `house-quota`, Σ = 1: as written, else by full-time equivalents on the lines."""
    written = row.params.get("parts")
    parts = {str(house): float(str(part)) for house, part in written.items()} if isinstance(written, dict) else {}
    mine = [line for line in lines if row.scope.covers_line(line)]
    named = {house for line in mine for house in line.establishments} | set(parts)
    people = {} if parts else people_of_lines(mine, doctors, establishments)
    weight = {
        house.id: parts.get(house.id, 0.0) if parts else people.get(house.id, 0.0)
        for house in establishments
        if house.id in named
    }
    total = sum(weight.values())
    return {house: part / total for house, part in weight.items()} if total > 0 else {}


def _positions(cell: _Cell, groups: Sequence[Group], duties: Sequence[Duty]) -> tuple[Mapping[str, float], float]:
    """A per house at its own turn, and P, of a (group, band) [positions]."""
    inside = {line for group in groups if group.id == cell[0] for line in group.lines}
    own: dict[str, float] = defaultdict(float)
    pooled = 0.0
    for duty in duties:
        if duty.line in inside and duty.band == cell[1]:
            if len(duty.establishments) == 1:
                own[duty.establishments[0]] += duty.need_max
            else:
                pooled += duty.need_max
    return own, pooled


def _convention(
    cell: _Cell,
    groups: Sequence[Group],
    lines: Sequence[Line],
    doctors: Sequence[Doctor],
    establishments: Sequence[Establishment],
    rules: Sequence[RuleRow],
) -> tuple[float, Mapping[str, float]]:
    """θ and the parts of the first row of `house-quota` that concerns the cell; θ = 0 without one."""
    inside = [line for group in groups if group.id == cell[0] for line in lines if line.id in group.lines]
    for row in rules:
        if row.code == QUOTA_CODE and row.scope.covers_band(cell[1]) and any(map(row.scope.covers_line, inside)):
            theta = float(str(row.params.get("in_house", 1.0)))
            return theta, parts_of_convention(row, inside, doctors, establishments)
    return 0.0, {}


def _factors(
    people: Mapping[str | None, float],
    positions: tuple[Mapping[str, float], float],
    convention: tuple[float, Mapping[str, float]],
) -> dict[str | None, float]:
    """The factor of each house; empty where nothing sets houses apart."""
    (own, pooled), (theta, parts) = positions, convention
    known = sum(part for house, part in parts.items() if people.get(house))
    theta = theta if known > 0 else 0.0
    if not own and theta == 0:
        return {}
    total = sum(people.values())
    wanted = {
        house: own.get(house or "", 0.0)
        + pooled * (theta * (parts.get(house or "", 0.0) / known if known else 0.0) + (1 - theta) * strength / total)
        for house, strength in people.items()
    }
    due = sum(wanted.values())
    return {house: wanted[house] / strength * total / due for house, strength in people.items()} if due > 0 else {}
