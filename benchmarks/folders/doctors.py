"""The doctors of a department: where they live and work, what they may hold, what they have declared."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from benchmarks.folders.departments import Department, Place, Zone
from benchmarks.folders.people import names, phone, rpps
from rosterplan.domain.people import DateSpan, Doctor, Exemption, Membership, Modality, Status

QUOTAS = ((1.0, 0.70), (0.75, 0.12), (0.5, 0.18))
STATUSES: tuple[tuple[Status, int], ...] = (("liberal", 82), ("salarie", 8), ("remplacant", 7), ("retraite", 3))
SMALL_SECTOR = 8
"""Below so many doctors nobody is spared anything: each counts."""

_CAREERS = {
    "arrives": 0.02, "leaves": 0.015, "away": 0.03, "no-weekends": 0.02, "few-evenings": 0.01, "not-volunteer": 0.008,
    "maximum": 0.04, "beyond-cap": 0.06,
}  # fmt: skip
"""What sets one doctor in five apart, and for what part of them; one of each at least, but who is no volunteer."""


def doctors_of(department: Department, random: Random) -> tuple[Doctor, ...]:
    """The doctors, sector by sector; same department and random numbers, same doctors."""
    count = sum(place.doctors for place in department.places)
    people, careers = iter(names(count, random)), iter(_careers(count, random))
    found: list[Doctor] = []
    for place in department.places:
        for _ in range(place.doctors):
            last, first = next(people)
            found.append(_doctor(department, f"M{len(found) + 1:03}", (last, first), place, next(careers), random))
    for zone in department.zones:
        _enlist(zone, found, random)
    return tuple(found)


def couples_of(department: Department, doctors: tuple[Doctor, ...], random: Random) -> list[str]:
    """Couples who asked not to be on duty together, as « M001 + M002 »: both of one practice."""
    found: list[str] = []
    taken: set[str] = set()
    for doctor in random.sample(doctors, len(doctors)):
        partner = next(
            (one for one in doctors if one.practice == doctor.practice and one.id > doctor.id and one.id not in taken),
            None,
        )
        if partner is None or doctor.id in taken or len(found) == department.couples:
            continue
        taken |= {doctor.id, partner.id}
        found.append(f"{doctor.id} + {partner.id}")
    return sorted(found)


def _careers(count: int, random: Random) -> list[str]:
    """What sets each doctor apart, "" for most; nothing does where there are few."""
    if count < SMALL_SECTOR:
        return [""] * count
    many = {career: max(1, round(part * count)) for career, part in _CAREERS.items()}
    many["not-volunteer"] = round(_CAREERS["not-volunteer"] * count)
    drawn = [career for career in _CAREERS for _ in range(many[career])]
    return random.sample([*drawn, *[""] * (count - len(drawn))], count)


def _doctor(
    department: Department, identifier: str, name: tuple[str, str], place: Place, career: str, random: Random
) -> Doctor:  # fmt: skip
    codes = [one.code for one in department.places]
    sectors = [Membership(sector=place.code)]
    shares = len(codes) > 1 and random.random() < department.shared
    if shares and (department.ring or place.code != codes[-1]):
        sectors.append(Membership(sector=codes[(codes.index(place.code) + 1) % len(codes)], participation=0.0))
    status = random.choices([word for word, _ in STATUSES], [part for _, part in STATUSES])[0]
    modalities: tuple[Modality, ...] = ("fixe", "mobile") if place.visits and random.random() < 0.6 else ("fixe",)
    return Doctor.model_validate({
        "id": identifier, "last_name": name[0], "first_name": name[1], "status": status, "sectors": tuple(sectors),
        "modalities": modalities, "quota": random.choices(*zip(*QUOTAS, strict=True))[0],
        "licence_until": date(department.end.year, 11, 15) if status == "remplacant" else None,
        "refused_sites": tuple(
            department.fixed_line(other) for other in department.places
            if other.isolated and other.code != place.code and sectors[-1].sector == other.code and random.random() < 0.5
        ),
        "practice": f"Cabinet {place.town} {random.randrange(1, 1 + max(2, place.doctors // 3))}",
        "phone": phone(random, mobile=True), "email": f"{identifier.lower()}@medecins-exemple.invalid",
        "rpps": rpps(random), **_career(department, career, random),
    })  # fmt: skip


def _career(department: Department, career: str, random: Random) -> dict[str, object]:
    """Arrival, departure, recognised absence, exemption, maximum or consent of a doctor."""
    first, last = department.start, department.end
    careers: dict[str, dict[str, object]] = {
        "arrives": {"on_list": DateSpan(start=first + timedelta(days=random.choice((-20, 17, 31))))},
        "leaves": {"on_list": DateSpan(end=last - timedelta(days=31))},
        "away": {"long_absences": (DateSpan(start=first + timedelta(days=14), end=first + timedelta(days=60)),)},
        "no-weekends": {"exemptions": (Exemption(bands=("samedi", "dimanche")),)},
        "few-evenings": {"exemptions": (Exemption(bands=("soiree",), end=first + timedelta(days=45)),)},
        "not-volunteer": {"volunteer": False},
        "maximum": {"maximum": random.randrange(2, 5)},
        "beyond-cap": {"accepts_beyond_cap": True},
    }  # fmt: skip
    return careers.get(career, {})


def _enlist(zone: Zone, doctors: list[Doctor], random: Random) -> None:
    """Turn some doctors of the zone's sectors into mobile volunteers: half of their quota goes to the zone."""
    able = [
        number for number, doctor in enumerate(doctors)
        if doctor.sectors[0].sector in zone.sectors and doctor.modalities == ("fixe",)
        and not doctor.exemptions and doctor.volunteer and doctor.maximum is None
    ]  # fmt: skip
    for number in random.sample(able, zone.doctors):
        doctor = doctors[number]
        home = (Membership(sector=doctor.sectors[0].sector, participation=0.5), *doctor.sectors[1:])
        sectors = (*home, Membership(sector=zone.code, participation=0.5))
        doctors[number] = doctor.model_copy(update={"modalities": ("fixe", "mobile"), "sectors": sectors})
