"""Instances drawn from a seed: same size and seed, same instance; ordinary ones, with ordinary rules."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.quarter import DAYS, days, hospital_duties, town_duties
from benchmarks.rulebook import QUOTAS, rule_rows
from benchmarks.sizes import SIZES, Size, department
from rosterplan.domain.instance import Availability, Balance, Instance, Period
from rosterplan.domain.people import Doctor, Establishment, Membership
from rosterplan.domain.work import Duty, Group, Line, Sector

QUOTA_SHARES = (0.62, 0.12, 0.20, 0.06)
LEAVE_DAY = 0.08
AVOIDED_DUTIES = 0.10
WISHES = 2
FEWEST_DOCTORS = 4
SHORT = 0.2  # doctors a short sector has, as a part of what its demand would give

Homes = list[tuple[int, ...]]
"""The sectors of each doctor, the home one first."""


def generate(size: Size | str, seed: int = 1) -> Instance:
    """Return the instance of a size (its name or itself) and a seed."""
    size = SIZES[size] if isinstance(size, str) else size
    rng = np.random.default_rng([seed, size.sectors, size.doctors])
    lines, duties = _lines_and_duties(size, rng)
    homes = _homes(size, lines, duties, rng)
    doctors = _doctors(size, homes, rng)
    bands = {line.id: sorted({duty.band for duty in duties[line.id]}) for line in lines}
    return Instance(
        id=f"{size.name}-{seed}",
        kinds=("pdses",) if size.houses else ("pdsa",),
        period=Period(start=days()[0], end=days()[-1]),
        establishments=tuple(Establishment(id=f"E{house}", name=f"Hôpital {house}") for house in range(size.houses)),
        sectors=tuple(Sector(id=line.id, name=line.name) for line in lines),
        lines=tuple(lines),
        doctors=doctors,
        duties=tuple(duty for line in lines for duty in duties[line.id]),
        groups=tuple(Group(id=line.id, lines=(line.id,)) for line in lines),
        availability=tuple(_availability(size, lines, duties, homes, doctors, rng)),
        answered=tuple(doctor.id for doctor in doctors),
        balances=tuple(_balances(lines, bands, homes, doctors, rng)),
        rules=rule_rows(doctors, size.rest_hours),
    )


def country(seed: int = 1, departments: int = 100) -> Iterator[Instance]:
    """Yield the departments of a country: 15 sectors and 250 volunteers on average, 100 by default."""
    for size in departments_of(seed, departments):
        yield generate(size, seed)


def departments_of(seed: int = 1, departments: int = 100) -> list[Size]:
    """Return the size of each department of a country."""
    rng = np.random.default_rng([seed, departments])
    half = rng.integers(8, 15, size=departments // 2)
    sectors = rng.permutation(np.concatenate((half, 30 - half, np.full(departments % 2, 15))))
    return [department(number, int(many), round(250 / 15 * int(many))) for number, many in enumerate(sectors)]


def _lines_and_duties(size: Size, rng: np.random.Generator) -> tuple[list[Line], dict[str, list[Duty]]]:
    """Return one line per sector, and its duties."""
    order = rng.permutation(size.sectors)
    nights, double = set(order[: size.with_nights]), set(order[size.with_nights :][: size.in_double])
    lines, duties = [], {}
    for number in range(size.sectors):
        name = f"S{number:03d}"
        if size.houses:
            lines.append(Line(id=name, name=f"Garde {name}", sector=name, modality="garde"))
            duties[name] = list(hospital_duties(name))
        else:
            lines.append(Line(id=name, name=f"Secteur {name}", sector=name))
            duties[name] = list(town_duties(name, nights=number in nights, need=2 if number in double else 1))
    return lines, duties


def _homes(size: Size, lines: list[Line], duties: dict[str, list[Duty]], rng: np.random.Generator) -> Homes:
    """Return the sectors of each doctor: homes by demand, a neighbour of the same department for shared doctors."""
    demand = np.array([sum(duty.need_min for duty in duties[line.id]) for line in lines], dtype=float)
    weight = demand if size.houses else demand * rng.uniform(0.85, 1.15, size=len(lines))
    weight[rng.permutation(len(lines))[: round(size.short * len(lines))]] *= SHORT
    spare = size.doctors - FEWEST_DOCTORS * len(lines)
    wanted = np.maximum(weight / weight.sum() * size.doctors - FEWEST_DOCTORS, 0)
    exact = wanted / wanted.sum() * spare if wanted.sum() else np.full(len(lines), spare / len(lines))
    many = np.floor(exact).astype(int)
    many[np.argsort(many - exact, kind="stable")[: spare - int(many.sum())]] += 1
    home = np.repeat(np.arange(len(lines)), many + FEWEST_DOCTORS)
    blocks = size.houses or size.departments
    block = np.arange(len(lines)) * blocks // len(lines)
    shared = set(rng.permutation(size.doctors)[: round(size.shared * size.doctors)].tolist())
    return [
        (int(sector), _neighbour(int(sector), block, bool(size.houses), rng)) if doctor in shared else (int(sector),)
        for doctor, sector in enumerate(home)
    ]


def _neighbour(sector: int, block: np.ndarray, anywhere: bool, rng: np.random.Generator) -> int:
    """Return another sector of the block: any of them in a hospital, the next or previous one in town."""
    inside = np.flatnonzero(block == block[sector])
    place = int(np.flatnonzero(inside == sector)[0])
    step = int(rng.integers(1, len(inside))) if anywhere else int(rng.choice([-1, 1]))
    return int(inside[(place + step) % len(inside)])


def _doctors(size: Size, homes: Homes, rng: np.random.Generator) -> tuple[Doctor, ...]:
    """Return the doctors; the quota of a shared one is split evenly."""
    exact = np.array(QUOTA_SHARES) * len(homes)
    many = np.floor(exact).astype(int)
    many[np.argsort(many - exact, kind="stable")[: len(homes) - int(many.sum())]] += 1
    quotas = rng.permutation(np.repeat(QUOTAS, many))
    return tuple(
        Doctor(
            id=f"M{number:05d}",
            last_name=f"Médecin-{number:05d}",
            status="PH" if size.houses else "liberal",
            establishment=f"E{sectors[0] * size.houses // size.sectors}" if size.houses else None,
            sectors=tuple(Membership(sector=f"S{one:03d}", participation=1 / len(sectors)) for one in sectors),
            modalities=("garde",) if size.houses else ("fixe",),
            quota=float(quotas[number]),
        )
        for number, sectors in enumerate(homes)
    )


def _availability(
    size: Size,
    lines: list[Line],
    duties: dict[str, list[Duty]],
    homes: Homes,
    doctors: tuple[Doctor, ...],
    rng: np.random.Generator,
) -> Iterator[Availability]:
    """Yield leave in spells and single days, refused duties, then of what is left: avoided duties and wishes."""
    calendar = days()
    for doctor, sectors in zip(doctors, homes, strict=True):
        away = rng.random(DAYS) < LEAVE_DAY
        for length in rng.integers(5, 17, size=int(rng.integers(1, 3))):
            start = int(rng.integers(0, DAYS - length + 1))
            away[start : start + length] = True
        edges = np.flatnonzero(np.diff(np.concatenate(([0], away.astype(int), [0]))))
        for first, after in edges.reshape(-1, 2):
            yield Availability(doctor=doctor.id, start=calendar[first], end=calendar[after - 1], value="impossible")
        offered = [duty for sector in sectors for duty in duties[lines[sector].id]]
        open_days = [duty for duty in offered if not away[(duty.date - calendar[0]).days]]
        draw = rng.random(len(open_days))
        for duty, drawn in zip(open_days, draw, strict=True):
            if drawn < size.refused + AVOIDED_DUTIES * (1 - size.refused):
                value = "impossible" if drawn < size.refused else "avoid"
                yield Availability(doctor=doctor.id, duty=duty.id, value=value)
        liked = [duty for duty, drawn in zip(open_days, draw, strict=True) if drawn >= 0.5]
        for place in rng.permutation(len(liked))[:WISHES]:
            yield Availability(doctor=doctor.id, duty=liked[place].id, value="wish")


def _balances(
    lines: list[Line],
    bands: dict[str, list[str]],
    homes: Homes,
    doctors: tuple[Doctor, ...],
    rng: np.random.Generator,
) -> Iterator[Balance]:
    """Yield balances of −2 to +2 duties per doctor, line and band, brought to a sum of 0 per line and band."""
    members: dict[int, list[int]] = {}
    for doctor, sectors in enumerate(homes):
        for sector in sectors:
            members.setdefault(sector, []).append(doctor)
    for number, line in enumerate(lines):
        for band in bands[line.id]:
            drawn = rng.integers(-2, 3, size=len(members[number]))
            while drawn.sum() != 0:
                step = -int(np.sign(drawn.sum()))
                movable = np.flatnonzero(np.abs(drawn + step) <= 2)
                drawn[rng.choice(movable)] += step
            for doctor, balance in zip(members[number], drawn, strict=True):
                yield Balance(
                    doctor=doctors[doctor].id, group=line.id, band=band, balance_hundredths=100 * int(balance)
                )
