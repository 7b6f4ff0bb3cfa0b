"""The plan of a department as nouns: what `plan.xlsx` of its folder holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.folders.departments import Department, Place, Zone
from benchmarks.folders.people import names, phone, rpps
from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.days import EVERY_DAY, WORKING_DAYS
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Balance, PastDuty, Period, Plan
from rosterplan.domain.people import DateSpan, Doctor, Exemption, Membership, Modality, Status
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.sheets.content import PlanContent
from rosterplan.sheets.template import pdsa_rules

PARIS = ZoneInfo("Europe/Paris")
QUOTAS = ((1.0, 0.70), (0.75, 0.12), (0.5, 0.18))
BANDS = ("soiree", "samedi", "dimanche")


def plan_of(department: Department) -> PlanContent:
    """Return the plan of a department; same department, same plan."""
    random = Random(department.seed)
    doctors = _doctors(department, random)
    return PlanContent(
        id=f"{department.id}-{department.start.year}T{(department.start.month + 2) // 3}",
        period=Period(start=department.start, end=department.end),
        plan=Plan(answer_deadline=department.start - timedelta(days=70), missing_answers="disponible"),
        choices=CalendarChoices(
            school_zone="B",
            pont_monday_before="lundi-avant-ferie" in department.ponts,
            pont_friday_after="vendredi-apres-ferie" in department.ponts,
            pont_saturday_after="samedi-apres-ferie" in department.ponts,
        ),
        reply_to="coordination@pdsa-exemple.invalid",
        sites=tuple(
            Site(id=f"{department.word}-{place.code}", name=f"{department.word} de {place.town}",
                 address=f"Maison médicale, {place.town}", phone=phone(random, mobile=False), isolated=place.isolated)
            for place in department.places
        ),
        sectors=tuple(Sector(id=place.code, name=place.town) for place in department.places)
        + tuple(Sector(id=zone.code, name=f"Zone de nuit {zone.name}") for zone in department.zones),
        lines=tuple(_fixed_line(department, place) for place in department.places)
        + tuple(_mobile_line(zone) for zone in department.zones),
        groups=tuple(Group(id=place.code, lines=(f"{department.word}-{place.code}",)) for place in department.places)
        + tuple(Group(id=zone.code, lines=(f"MOBILE-{zone.code}",)) for zone in department.zones),
        doctors=doctors,
        hours=tuple(row for place in department.places for row in _hours(department, place))
        + tuple(
            OpeningHours(line=f"MOBILE-{zone.code}", days=EVERY_DAY, start=20 * 60, end=8 * 60, band="nuit")
            for zone in department.zones
        ),
        history=_history(department, doctors, random),
        balances=_balances(department, doctors, random),
        rules=pdsa_rules(),
    )  # fmt: skip


def _fixed_line(department: Department, place: Place) -> Line:
    name = f"{department.word}-{place.code}"
    return Line(id=name, name=f"{department.word} de {place.town}", sector=place.code, site=name)


def _mobile_line(zone: Zone) -> Line:
    return Line(id=f"MOBILE-{zone.code}", name=f"Médecin mobile, zone {zone.name}", modality="mobile", sector=zone.code)


def _hours(department: Department, place: Place) -> list[OpeningHours]:
    """Evenings 20 h – 24 h, Saturdays 12 h – 24 h, Sundays, holidays and ponts 8 h – 24 h, evenings apart or not."""
    line, pair = f"{department.word}-{place.code}", 2 if place.weekend_pair else 1
    saturdays, sundays = frozenset(("samedi",)), frozenset(("dimanche", "ferie", "pont"))
    if department.evenings_apart:
        every_evening = frozenset((*EVERY_DAY, "ferie", "pont"))
        return [
            OpeningHours(line=line, days=every_evening, start=20 * 60, end=24 * 60),
            OpeningHours(line=line, days=saturdays, start=12 * 60, end=20 * 60, need_min=pair),
            OpeningHours(line=line, days=sundays, start=8 * 60, end=20 * 60, need_min=pair),
        ]
    return [
        OpeningHours(line=line, days=WORKING_DAYS, start=20 * 60, end=24 * 60),
        OpeningHours(line=line, days=saturdays, start=12 * 60, end=24 * 60, need_min=pair),
        OpeningHours(line=line, days=sundays, start=8 * 60, end=24 * 60, need_min=pair),
    ]


def _doctors(department: Department, random: Random) -> tuple[Doctor, ...]:
    count = sum(place.doctors for place in department.places)
    people = iter(names(count, random))
    codes = [place.code for place in department.places]
    found: list[Doctor] = []
    for place in department.places:
        for _ in range(place.doctors):
            last, first = next(people)
            found.append(_doctor(department, f"M{len(found) + 1:03}", last, first, place, codes, random))
    for zone in department.zones:
        _enlist(zone, found, random)
    return tuple(found)


def _doctor(
    department: Department, identifier: str, last: str, first: str, place: Place, codes: list[str], random: Random
) -> Doctor:
    sectors = [Membership(sector=place.code)]
    if len(codes) > 1 and random.random() < department.shared:
        here = codes.index(place.code)
        sectors.append(Membership(sector=codes[(here + 1) % len(codes)], participation=0.0))
    status: Status = random.choices(("liberal", "salarie", "remplacant", "retraite"), (82, 8, 7, 3))[0]
    quota = random.choices([value for value, _ in QUOTAS], [part for _, part in QUOTAS])[0]
    small = place.doctors < 8
    chance = random.random()
    first_day, last_day = department.start, department.end
    on_list = DateSpan(start=first_day + timedelta(days=31)) if chance < 0.02 and not small else DateSpan()
    absences = ()
    if 0.02 <= chance < 0.05 and not small:
        absences = (DateSpan(start=first_day + timedelta(days=14), end=first_day + timedelta(days=60)),)
    exemptions = (Exemption(bands=("samedi", "dimanche")),) if 0.05 <= chance < 0.08 and not small else ()
    return Doctor(
        id=identifier, last_name=last, first_name=first, status=status, sectors=tuple(sectors), modalities=("fixe",),
        quota=quota, on_list=on_list, long_absences=absences, exemptions=exemptions,
        licence_until=date(last_day.year, 11, 15) if status == "remplacant" else None,
        refused_sites=tuple(
            f"{department.word}-{other.code}" for other in department.places
            if other.isolated and len(sectors) > 1 and sectors[1].sector == other.code and random.random() < 0.3
        ),
        practice=f"Cabinet {place.town} {random.randrange(1, 1 + max(2, place.doctors // 3))}",
        phone=phone(random, mobile=True), email=f"{identifier.lower()}@medecins-exemple.invalid", rpps=rpps(random),
    )  # fmt: skip


def _enlist(zone: Zone, doctors: list[Doctor], random: Random) -> None:
    """Turn some doctors of the zone's sectors into mobile volunteers: half of their quota goes to the zone."""
    able = [
        number for number, doctor in enumerate(doctors)
        if doctor.sectors[0].sector in zone.sectors and doctor.modalities == ("fixe",) and not doctor.exemptions
    ]  # fmt: skip
    both: tuple[Modality, ...] = ("fixe", "mobile")
    for number in random.sample(able, zone.doctors):
        doctor = doctors[number]
        home = (Membership(sector=doctor.sectors[0].sector, participation=0.5), *doctor.sectors[1:])
        sectors = (*home, Membership(sector=zone.code, participation=0.5))
        doctors[number] = doctor.model_copy(update={"modalities": both, "sectors": sectors})


def _history(department: Department, doctors: tuple[Doctor, ...], random: Random) -> tuple[PastDuty, ...]:
    """The last two weeks before the period, and the feasts of the three winters before."""
    found: list[PastDuty] = []
    for place in department.places:
        line = f"{department.word}-{place.code}"
        mine = [doctor.id for doctor in doctors if doctor.sectors[0].sector == place.code]
        turn = random.sample(mine, len(mine))
        for day in range(14, 0, -1):
            when = department.start - timedelta(days=day)
            found.append(_past(line, turn[day % len(turn)], when, 20, 4, "soiree", 2, None))
        for winter in range(1, 4):
            year = department.start.year - winter
            for (month, number), feast in (((12, 24), "noel"), ((12, 25), "noel"), ((12, 31), "jour-de-l-an")):
                when = date(year, month, number)
                if (department.start - when).days > 14:
                    found.append(_past(line, random.choice(mine), when, 20, 4, "fete", 6, feast))
    return tuple(sorted(found, key=lambda past: (past.start, past.line, past.doctor)))


def _past(
    line: str, doctor: str, day: date, hour: int, hours: int, band: str, points: int, feast: str | None
) -> PastDuty:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)
    return PastDuty(
        doctor=doctor, line=line, start=start, end=start + timedelta(hours=hours), band=band, points=points, feast=feast
    )


def _balances(department: Department, doctors: tuple[Doctor, ...], random: Random) -> tuple[Balance, ...]:
    """Opening balances of the sector's own doctors; they sum to zero per group and band."""
    found: list[Balance] = []
    for place in department.places:
        mine = [doctor.id for doctor in doctors if doctor.sectors[0].sector == place.code]
        for band in BANDS:
            values = [round(random.gauss(0, 60)) for _ in mine]
            values[-1] -= sum(values)
            spread = sorted(values, key=abs)
            found += [
                Balance(doctor=doctor, group=place.code, band=band, balance_hundredths=value)
                for doctor, value in zip(mine, spread, strict=True)
                if value
            ]
    return tuple(found)
