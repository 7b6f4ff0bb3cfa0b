"""The plan of a folder of hospital lines as nouns: what its `plan.xlsx` holds. Same folder, same plan."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from benchmarks.folders.hospital_leaves import leave_columns
from benchmarks.folders.hospitals import Hospitals, SharedLine
from benchmarks.folders.people import names, phone, rpps
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import PastDuty, Period, Plan, ServiceHours
from rosterplan.domain.people import DateSpan, Doctor, Establishment, Exemption, Status, Travel
from rosterplan.domain.rates import Rate
from rosterplan.domain.work import Duty, Group, Line, Site
from rosterplan.sheets.plan.assemble import work_of
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.template.hospital_rates import hospital_rates
from rosterplan.sheets.plan.template.pdses import WEEK_NIGHTS, hospital_choices, hospital_hours, hospital_rules

FEAST_WINTERS = 3
PUBLIC_PAY = ("PH", "HU", "contractuel", "attache", "assistant", "interne", "docteur-junior")


def hospital_plan(folder: Hospitals) -> PlanContent:
    """The plan of a folder."""
    random = Random(folder.seed)
    doctors = _doctors(folder, random)
    statuses: tuple[Status, ...] = tuple(dict.fromkeys(doctor.status for doctor in doctors))
    content = PlanContent(
        id=f"{folder.id}-{folder.start.year}T{(folder.start.month + 2) // 3}",
        kinds=("pdses",),
        period=Period(start=folder.start, end=folder.end),
        plan=Plan(answer_deadline=folder.start - timedelta(days=70), missing_answers="disponible"),
        choices=hospital_choices("B" if "nazaire" in folder.id else "A"),
        reply_to="affaires-medicales@hopital-exemple.invalid",
        establishments=tuple(_house(folder, house.id, doctors) for house in folder.houses),
        sites=_sites(folder, random),
        lines=tuple(_line(one, random) for one in folder.lines),
        groups=_groups(folder),
        doctors=doctors,
        hours=tuple(row for one in folder.lines for row in _hours(one)),
        turns=folder.turns,
        rates=_rates(folder),
        leaves=leave_columns(folder),
        rules=_rules(folder, statuses),
    )
    return content.model_copy(
        update={"history": _history(content, random), "service_hours": _service(folder, doctors, random)}
    )


def _house(folder: Hospitals, name: str, doctors: tuple[Doctor, ...]) -> Establishment:
    house = next(one for one in folder.houses if one.id == name)
    people = sum(doctor.quota for doctor in doctors if doctor.establishment == name)
    return Establishment.model_validate(
        {"id": name, "name": house.name, "status": house.status, "full_time_equivalents": people, "site": name}
    )


def _sites(folder: Hospitals, random: Random) -> tuple[Site, ...]:
    """A site per house, and those lines name."""
    sites = [
        Site(
            id=house.id,
            name=house.name,
            address=f"Entrée des urgences, {house.town}",
            phone=phone(random, mobile=False),
        )
        for house in folder.houses
    ]
    more = {line.site for line in folder.lines if line.site} - {site.id for site in sites}
    sites += [
        Site(id=name, name="Cité sanitaire", address=folder.houses[0].town, phone=phone(random, mobile=False))
        for name in sorted(more)
    ]
    return tuple(sites)


def _line(one: SharedLine, random: Random) -> Line:
    return Line(
        id=one.id, name=one.name, modality=one.modality, establishments=one.houses, site=one.site,
        site_follows_doctor=one.follows_doctor, skills=(one.skill,), mode=one.mode, alternation=one.alternation,
        phone=phone(random, mobile=False),
    )  # fmt: skip


def _groups(folder: Hospitals) -> tuple[Group, ...]:
    """A fairness group per team: per line, or one for all the lines one team holds."""
    if folder.shared_team:
        return (Group(id=folder.lines[0].skill, lines=tuple(one.id for one in folder.lines)),)
    return tuple(Group(id=one.id, lines=(one.id,)) for one in folder.lines)


def _hours(one: SharedLine) -> tuple[OpeningHours, ...]:
    if not one.whole_days:
        saturday = None if one.saturday is None else one.saturday * 60
        return hospital_hours(one.id, one.evening * 60, one.morning * 60, saturday)
    days = (WEEK_NIGHTS, frozenset(("vendredi",)), frozenset(("samedi",)), frozenset(("dimanche", "ferie")))
    bands = ("nuit-semaine", "nuit-we", "samedi", "dimanche")
    starts = (one.evening, one.evening, one.morning, one.morning)
    return tuple(
        OpeningHours(line=one.id, days=day, start=start * 60, end=one.morning * 60, days_later=1, band=band,
                     points={"samedi": 6, "dimanche": 8}.get(band))
        for day, band, start in zip(days, bands, starts, strict=True)
    )  # fmt: skip


def _rules(folder: Hospitals, statuses: tuple[Status, ...]) -> tuple:  # type: ignore[type-arg]
    """The usual rows, changed as the folder says, then its own; conventions are written line by line."""
    changes = dict(folder.changes)
    own = {row.code for row in folder.rules}
    rows = [
        row.model_copy(update={"params": {**row.params, **changes.get(row.code, {})}})
        for row in hospital_rules(statuses)
        if row.code != "house-quota" and not (row.code == "max-delay" and "max-delay" in own)
    ]
    if folder.together:
        rows = [
            row.model_copy(update={"params": {"lines_together": [folder.together.split(" + ")]}, "source": "convention de territoire"})
            if row.code == "no-overlap" else row
            for row in rows
        ]  # fmt: skip
    return (*rows, *folder.rules)


def _rates(folder: Hospitals) -> tuple[Rate, ...]:
    """The usual forfaits, a level of astreinte per line (70, 150 or 280 euros), and 24 h gardes as a day and a night."""
    levels = (15_000, 7_000, 28_000)
    lines = [one.id for one in folder.lines if one.modality == "astreinte"]
    usual = [rate for rate in hospital_rates() if not rate.name.startswith("Astreinte, ")]
    usual += [
        rate.model_copy(update={"name": f"{rate.name} ({line})"})
        for rank, line in enumerate(lines)
        for rate in hospital_rates(levels[rank % 3], (line,))
        if rate.name.startswith("Astreinte, ")
    ]
    if any(one.whole_days for one in folder.lines):
        day = {"samedi": 63_304, "dimanche": 84_406}
        usual = [rate for rate in usual if not set(rate.bands) & set(day)] + [
            rate.model_copy(update={"bands": tuple(set(rate.bands) - set(day))}) for rate in usual if len(set(rate.bands) - set(day)) > 0 and set(rate.bands) & set(day)
        ] + [
            Rate(name=f"Garde de 24 h, {band}", cents=cents, bands=(band,), modalities=("garde",), valid=DateSpan(start=date(2024, 1, 1)),
                 source="Somme des indemnités du jour et de la nuit")
            for band, cents in day.items()
        ]  # fmt: skip
        usual = [rate.model_copy(update={"bands": tuple(sorted(rate.bands))}) for rate in usual]
    return tuple(usual)


def _doctors(folder: Hospitals, random: Random) -> tuple[Doctor, ...]:
    """The doctors, line by line and house by house; then who also holds another line, who accepts more, who is spared."""
    people = iter(names(200, random))
    found: list[Doctor] = []
    of_line: dict[str, list[int]] = defaultdict(list)
    for one in folder.lines[:1] if folder.shared_team else folder.lines:
        for crew in one.crews:
            for rank, status in enumerate(crew.statuses):
                of_line[one.id].append(len(found))
                quota = 0.5 if rank >= len(crew.statuses) - crew.half else 1.0
                found.append(_doctor(len(found) + 1, next(people), crew.house, status, quota, (one.skill,), random))
    skill = {one.id: one.skill for one in folder.lines}
    for line, other, count in folder.also:
        for number in random.sample(of_line[line], count):
            doctor = found[number]
            more = tuple(dict.fromkeys((*doctor.skills, skill[other])))
            found[number] = doctor.model_copy(
                update={
                    "skills": more,
                    "lines": (other,),
                    "travel": _travel(folder, doctor.establishment or "", random),
                }
            )
    for _ in range(folder.unskilled):
        found.append(
            _doctor(len(found) + 1, next(people), folder.houses[0].id, "PH", 1.0, ("cardiologie générale",), random)
        )
    return tuple(_spared(folder, found, random))


def _doctor(
    number: int,
    name: tuple[str, str],
    house: str,
    status: Status,
    quota: float,
    skills: tuple[str, ...],
    random: Random,
) -> Doctor:
    return Doctor(
        id=f"H{number:03}", last_name=name[0], first_name=name[1], status=status, establishment=house, quota=quota,
        modalities=("astreinte", "garde"), skills=skills, site=house, phone=phone(random, mobile=True),
        email=f"h{number:03}@{house.lower()}-exemple.invalid", rpps=rpps(random),
    )  # fmt: skip


def _travel(folder: Hospitals, house: str, random: Random) -> tuple[Travel, ...]:
    """Minutes to each house: near one's own, far from the others; some beyond the 45 minutes of the convention."""
    return tuple(
        Travel(site=one.id, minutes=random.randrange(8, 25) if one.id == house else random.randrange(30, 52))
        for one in folder.houses
    )


def _spared(folder: Hospitals, found: list[Doctor], random: Random) -> list[Doctor]:
    """A few accept more than the caps, one in fifteen is exempt from nights (no reason is written), one is long away."""
    capped = [number for number, doctor in enumerate(found) if doctor.status in PUBLIC_PAY]
    for number in random.sample(capped, min(folder.beyond, len(capped))):
        found[number] = found[number].model_copy(update={"accepts_beyond_cap": True})
    if len(found) >= 20:
        for number in random.sample(range(len(found)), len(found) // 20):
            spared = Exemption(
                bands=("nuit-semaine", "nuit-we"), start=folder.start, end=folder.start + timedelta(days=45)
            )
            found[number] = found[number].model_copy(update={"exemptions": (spared,)})
        away = DateSpan(start=folder.start + timedelta(days=20), end=folder.start + timedelta(days=60))
        number = random.randrange(len(found))
        found[number] = found[number].model_copy(update={"long_absences": (away,)})
    return found


def _history(content: PlanContent, random: Random) -> tuple[PastDuty, ...]:
    """The former quarter, and the feasts of three winters, each duty to who held least of those it was the turn of."""
    start = content.period.start
    quarter = _work(content, _three_months_before(start), start - timedelta(days=1))
    feasts: list[Duty] = []
    for winter in range(2, FEAST_WINTERS + 1):
        year = start.year - winter
        feasts += [duty for duty in _work(content, date(year, 12, 20), date(year + 1, 1, 5)) if duty.feast]
    points: dict[str, float] = defaultdict(float)
    free_from: dict[str, int] = defaultdict(int)
    on_day: dict[tuple[date, str], set[str | None]] = defaultdict(set)
    line_of = {line.id: line for line in content.lines}
    one_each = any(row.code == "one-of-each" for row in content.rules)
    found: list[PastDuty] = []
    for duty in sorted([*feasts, *quarter], key=lambda duty: (duty.start_minute, duty.line)):
        line = line_of[duty.line]
        able = [
            doctor for doctor in content.doctors
            if _may_hold(doctor, line, duty) and free_from[doctor.id] + 12 * 60 <= duty.start_minute
            and not (one_each and doctor.establishment in on_day[duty.date, duty.band])
        ]  # fmt: skip
        rested = [doctor for doctor in able if free_from[doctor.id] + 3 * 1440 <= duty.start_minute] or able
        if not rested:
            continue
        doctor = min(rested, key=lambda one: (points[one.id], random.random()))
        points[doctor.id] += duty.points / doctor.quota
        free_from[doctor.id] = duty.end_minute
        on_day[duty.date, duty.band].add(doctor.establishment)
        found.append(PastDuty(
            doctor=doctor.id, line=duty.line, start=duty.start, end=duty.end, band=duty.band, points=duty.points,
            site=duty.site, feast=duty.feast,
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda past: (past.start, past.line, past.doctor)))


def _may_hold(doctor: Doctor, line: Line, duty: Duty) -> bool:
    inside = doctor.establishment in line.establishments or line.id in doctor.lines
    turn = not duty.establishments or doctor.establishment in duty.establishments
    return inside and turn and set(line.skills) <= set(doctor.skills)


def _work(content: PlanContent, first: date, last: date) -> tuple[Duty, ...]:
    return work_of(content.model_copy(update={"period": Period(start=first, end=last)})).duties


def _three_months_before(first: date) -> date:
    return date(first.year - (first.month <= 3), (first.month - 4) % 12 + 1, 1)


def _service(folder: Hospitals, doctors: tuple[Doctor, ...], random: Random) -> tuple[ServiceHours, ...]:
    """Ordinary service since the first month of the earliest window, safety rests left out; one doctor's is missing."""
    if folder.service_weekly is None:
        return ()
    concerned = [doctor for doctor in doctors if doctor.status in PUBLIC_PAY]
    first = _three_months_before(folder.start)
    weeks = ((folder.end - first).days + 1) / 7
    rows = []
    for doctor in concerned[:-1]:
        weekly = folder.service_weekly * doctor.quota + random.choice((-2, -1, 0, 1))
        rows.append(
            ServiceHours.model_validate(
                {"doctor": doctor.id, "from": first, "to": folder.end, "hours": round(weekly * weeks)}
            )
        )
    return tuple(rows)
