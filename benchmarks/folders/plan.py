"""The plan of a department as nouns: what `plan.xlsx` of its folder holds."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.folders.departments import Department, Place, Zone
from benchmarks.folders.doctors import couples_of, doctors_of
from benchmarks.folders.past import balances_of, history_of
from benchmarks.folders.people import phone
from benchmarks.folders.place_names import of_place
from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.days import EVERY_DAY, WORKING_DAYS
from rosterplan.domain.calendar.hours import OpeningHours, YearlySeason
from rosterplan.domain.instance import FixedAssignment, Period, Plan
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.rules import BY_CODE
from rosterplan.sheets.plan.assemble import work_of
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.rules import usual_params
from rosterplan.sheets.plan.template import pdsa_rules

COAST = YearlySeason(start_month=7, start_day=1, end_month=8, end_day=31)
COAST_MONTHS = (7, 8)
"""When a second doctor is on duty by the sea."""

SATURDAY = frozenset(("samedi",))
SUNDAY_LIKE = frozenset(("dimanche", "ferie", "pont"))


def plan_of(department: Department) -> PlanContent:
    """The plan of a department; same department, same plan."""
    random = Random(department.seed)
    doctors = doctors_of(department, random)
    content = PlanContent(
        id=f"{department.id}-{department.start.year}T{(department.start.month + 2) // 3}",
        period=Period(start=department.start, end=department.end),
        plan=Plan(answer_deadline=department.start - timedelta(days=70), missing_answers=department.missing_answers),
        choices=CalendarChoices(
            school_zone="B",
            pont_monday_before="lundi-avant-ferie" in department.ponts,
            pont_friday_after="vendredi-apres-ferie" in department.ponts,
            pont_saturday_after="samedi-apres-ferie" in department.ponts,
        ),
        reply_to="coordination@pdsa-exemple.invalid",
        sites=_sites(department, random),
        sectors=tuple(Sector(id=place.code, name=place.town) for place in department.places)
        + tuple(Sector(id=zone.code, name=f"Zone de nuit {zone.name}") for zone in department.zones),
        lines=tuple(line for place in department.places for line in _lines(department, place))
        + tuple(_mobile_line(zone) for zone in department.zones),
        groups=_groups(department),
        doctors=doctors,
        hours=tuple(row for place in department.places for row in _hours(department, place))
        + tuple(_night_hours(zone) for zone in department.zones),
        special_days=department.special_days,
        rules=(*pdsa_rules(), *_own_rules(department, couples_of(department, doctors, random))),
    )  # fmt: skip
    return content.model_copy(
        update={
            "fixed": _imposed(department, content, random),
            "history": history_of(content, random),
            "balances": balances_of(content, random),
        }
    )


def _sites(department: Department, random: Random) -> tuple[Site, ...]:
    """The house of medicine of each place."""
    return tuple(
        Site(id=department.fixed_line(place), name=_name(department, place),
             address=f"Maison médicale, {place.town}", phone=phone(random, mobile=False), isolated=place.isolated)
        for place in department.places
    )  # fmt: skip


def _groups(department: Department) -> tuple[Group, ...]:
    """Those who share: the lines of a place together, the mobile line of each zone by itself."""
    places = tuple(
        Group(id=place.code, lines=tuple(line.id for line in _lines(department, place))) for place in department.places
    )
    return places + tuple(Group(id=zone.code, lines=(f"MOBILE-{zone.code}",)) for zone in department.zones)


def _night_hours(zone: Zone) -> OpeningHours:
    return OpeningHours(line=f"MOBILE-{zone.code}", days=EVERY_DAY, start=20 * 60, end=8 * 60, band="nuit")


def _name(department: Department, place: Place) -> str:
    return f"{department.word} {of_place(place.town)}"


def _lines(department: Department, place: Place) -> tuple[Line, ...]:
    """The fixed line of a place, and the doctor who visits at weekends where there is one."""
    name = department.fixed_line(place)
    fixed = Line(id=name, name=_name(department, place), sector=place.code, site=name)
    if place.summer and department.start.month in COAST_MONTHS:
        return fixed, Line(id=f"ETE-{place.code}", name=f"Renfort d’été, {place.town}", sector=place.code, site=name)
    if not place.visits:
        return (fixed,)
    return fixed, Line(id=f"VISITES-{place.code}", name="Visites de week-end", modality="mobile", sector=place.code)


def _mobile_line(zone: Zone) -> Line:
    return Line(id=f"MOBILE-{zone.code}", name=f"Médecin mobile, zone {zone.name}", modality="mobile", sector=zone.code)


def _hours(department: Department, place: Place) -> list[OpeningHours]:
    """Evenings 20 h – 24 h, Saturdays 12 h – 24 h, Sundays, holidays and ponts 8 h – 24 h, evenings apart or not."""
    line, pair = department.fixed_line(place), 2 if place.weekend_pair else 1
    visits = [
        OpeningHours(line=f"VISITES-{place.code}", days=days, start=start * 60, end=20 * 60)
        for days, start in ((SATURDAY, 12), (SUNDAY_LIKE - {"pont"}, 8))
        if place.visits
    ]
    if department.evenings_apart:
        every_evening = frozenset((*EVERY_DAY, "ferie", "pont"))
        summer = [
            OpeningHours(line=f"ETE-{place.code}", days=days, start=start * 60, end=end * 60, season=COAST)
            for days, start, end in ((every_evening, 20, 24), (SATURDAY, 12, 20), (SUNDAY_LIKE, 8, 20))
            if place.summer and department.start.month in COAST_MONTHS
        ]
        visits += summer
        return [
            OpeningHours(line=line, days=every_evening, start=20 * 60, end=24 * 60),
            OpeningHours(line=line, days=SATURDAY, start=12 * 60, end=20 * 60, need_min=pair),
            OpeningHours(line=line, days=SUNDAY_LIKE, start=8 * 60, end=20 * 60, need_min=pair),
            *visits,
        ]
    return [
        OpeningHours(line=line, days=WORKING_DAYS, start=20 * 60, end=24 * 60),
        OpeningHours(line=line, days=SATURDAY, start=12 * 60, end=24 * 60, need_min=pair),
        OpeningHours(line=line, days=SUNDAY_LIKE, start=8 * 60, end=24 * 60, need_min=pair),
        *visits,
    ]


def _own_rules(department: Department, couples: list[str]) -> tuple[RuleRow, ...]:
    """The rows a department adds to the usual ones."""
    rows = list(department.rules)
    if couples:
        rows.append(("pairs-apart", {"couples": " ; ".join(couples)}))
    return tuple(
        RuleRow(code=code, params={**usual_params(BY_CODE[code]), **changed}, source=BY_CODE[code].law)
        for code, changed in rows
    )


def _imposed(department: Department, content: PlanContent, random: Random) -> tuple[FixedAssignment, ...]:
    """Sundays agreed beforehand, each with another doctor of the sector whom nothing keeps away."""
    found: list[FixedAssignment] = []
    taken: set[str] = set()
    sundays = [duty for duty in work_of(content).duties if duty.band == "dimanche" and duty.date.day > 8]
    for duty in random.sample(sundays, department.imposed):
        sector = next(line.sector for line in content.lines if line.id == duty.line)
        able = [
            doctor.id for doctor in content.doctors
            if doctor.id not in taken and doctor.volunteer and doctor.maximum is None and not doctor.exemptions
            and not doctor.long_absences and doctor.on_list.start is None and doctor.on_list.end is None
            and doctor.sectors[0].sector == sector and duty.modality in doctor.modalities
        ]  # fmt: skip
        chosen = random.choice(able)
        taken.add(chosen)
        found.append(FixedAssignment(doctor=chosen, duty=duty.id))
    return tuple(found)
