"""Folders of two régulations by the half-hour and of a SAS psy. The origin of each figure: instances/README.md."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from benchmarks.folders.past import balances_of, history_of
from benchmarks.folders.people import phone
from benchmarks.folders.small_bodies import WINTER, a_plan, handed_out, people
from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.days import EVERY_DAY, WORKING_DAYS
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Period
from rosterplan.domain.people import DateSpan, Membership
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.sheets.plan.assemble import work_of
from rosterplan.sheets.plan.content import DemandHours, PlanContent
from rosterplan.sheets.plan.template import regulation
from rosterplan.sheets.plan.template.regulation import SATURDAY, SUNDAY, a_need, a_shift

NIGHTS: Final = ((0, 4), (4, 8))
EVENINGS: Final = ((19, 24), (20, 24))
SATURDAYS: Final = ((12, 16), (12, 18), (14, 20), (16, 20), (18, 24), (20, 24))
SUNDAYS: Final = ((8, 12), (8, 14), (10, 16), (12, 18), (14, 20), (16, 20), (18, 24), (20, 24))


def regulation_44() -> PlanContent:
    """Sixty liberal regulators of Loire-Atlantique: evenings, nights, weekends; remote shifts in the evening and at night."""
    room, remote = "REG-44", "REG-44-DISTANCE"
    return _regulation(
        "44-regulation", "Régulation libérale de Loire-Atlantique", room, remote, 60, 8,
        (
            *(a_shift(room, WORKING_DAYS, *shift, 4) for shift in EVENINGS),
            a_shift(remote, WORKING_DAYS, 20, 24, 2),
            *(a_shift(line, EVERY_DAY, *shift, most) for shift in NIGHTS for line, most in ((room, 2), (remote, 1))),
            *(a_shift(room, SATURDAY, *shift, 5) for shift in SATURDAYS),
            *(a_shift(room, SUNDAY, *shift, 5) for shift in SUNDAYS),
            a_shift(remote, SUNDAY, 20, 24, 2),
        ),
        (
            a_need(room, WORKING_DAYS, 19, 20, 1), a_need(room, WORKING_DAYS, 20, 23, 4),
            a_need(room, WORKING_DAYS, 23, 24, 3), a_need(room, EVERY_DAY, 0, 8, 2), a_need(room, SATURDAY, 12, 14, 4),
            a_need(room, SATURDAY, 14, 20, 5), a_need(room, SATURDAY, 20, 24, 4), a_need(room, SUNDAY, 8, 10, 3),
            a_need(room, SUNDAY, 10, 13, 6), a_need(room, SUNDAY, 13, 16, 5), a_need(room, SUNDAY, 16, 20, 6),
            a_need(room, SUNDAY, 20, 24, 4),
        ),
    )  # fmt: skip


def regulation_85() -> PlanContent:
    """Seventy-five regulators of Vendée, about ten on duty on a weekday, thirteen on a weekend day, remote ones too."""
    room, remote = "REG-85", "REG-85-DISTANCE"
    daytime = ((8, 14), (14, 20))
    return _regulation(
        "85-regulation", "Régulation libérale de Vendée", room, remote, 75, 10,
        (
            *(a_shift(room, WORKING_DAYS, *shift, 3) for shift in daytime),
            a_shift(remote, WORKING_DAYS, 14, 20, 1),
            a_shift(room, WORKING_DAYS, 20, 24, 3), a_shift(remote, EVERY_DAY, 20, 24, 1),
            a_shift(room, EVERY_DAY, 0, 6, 2), a_shift(remote, EVERY_DAY, 0, 6, 1),
            *(a_shift(room, SATURDAY | SUNDAY, *shift, 4) for shift in (*daytime, (10, 16), (12, 18))),
            a_shift(room, SATURDAY | SUNDAY, 20, 24, 4),
        ),
        (
            a_need(room, WORKING_DAYS, 8, 14, 2), a_need(room, WORKING_DAYS, 14, 20, 3),
            a_need(room, WORKING_DAYS, 20, 24, 3), a_need(room, EVERY_DAY, 0, 6, 2),
            a_need(room, SATURDAY | SUNDAY, 8, 10, 3), a_need(room, SATURDAY | SUNDAY, 10, 18, 4),
            a_need(room, SATURDAY | SUNDAY, 18, 20, 3), a_need(room, SATURDAY | SUNDAY, 20, 24, 3),
        ),
    )  # fmt: skip


def _regulation(
    identifier: str, name: str, room: str, remote: str, count: int, beginners: int,
    hours: tuple[OpeningHours, ...], demands: tuple[DemandHours, ...],
) -> PlanContent:  # fmt: skip
    random = Random(identifier)
    doctors = people(count, random, modalities=("regulation",), lines=(room, remote))
    for number in random.sample(range(count), beginners):
        doctors[number] = doctors[number].model_copy(update={"on_list": DateSpan(start=date(2026, 12, 1))})
    for number, stopped in zip(random.sample(range(count), 2), (date(2026, 10, 1), date(2026, 8, 15)), strict=True):
        doctors[number] = doctors[number].model_copy(update={"practice_ended": stopped, "status": "retraite"})
    for number in random.sample(range(count), count // 5):
        doctors[number] = doctors[number].model_copy(update={"quota": 0.5})
    content = PlanContent(
        id=f"{identifier}-2027T1", kinds=("regulation",), period=WINTER, plan=a_plan(WINTER),
        choices=CalendarChoices(school_zone="B"), reply_to="regulation@regulation-exemple.invalid",
        sites=(
            Site(id="CENTRE-15", name="Centre 15, salle de régulation", address="Samu, site invraisemblable",
                 phone=phone(random, mobile=False)),
            Site(id="A-DISTANCE", name="À distance, au domicile du régulateur"),
        ),
        lines=(
            Line(id=room, name=name, modality="regulation", site="CENTRE-15"),
            Line(id=remote, name=f"{name}, à distance", modality="regulation", site="A-DISTANCE", counts_for=room),
        ),
        groups=(Group(id=room, lines=(room, remote)),), doctors=tuple(doctors), hours=hours, demands=demands,
        rules=regulation.regulation_rules(),
    )  # fmt: skip
    autumn = content.model_copy(update={"period": Period(start=date(2026, 10, 1), end=date(2026, 12, 31))})
    held = [duty for duty in work_of(autumn).duties if duty.line == room]
    return content.model_copy(update={"history": tuple(handed_out(content, held, random))})


def sas_psy() -> PlanContent:
    """Fourteen psychiatrists on the platform of the SAMU, every day from 9 h to 21 h."""
    random, line = Random("44-sas-psy"), "SAS-PSY-44"
    doctors = people(14, random, modalities=("regulation",), lines=(line,), skills=("psychiatrie",), status="PH")
    codes = {"coverage", "volunteers-only", "eligible", "availability", "declared-maximum", "fixed-assignments", "locks",
             "no-overlap", "min-rest", "max-weekends", "dispo-min", "juste-repartition", "feast-rotation", "one-feast",
             "wishes"}  # fmt: skip
    weekly = RuleRow(code="max-per-window", params={"most": 2, "days": 7}, source="usage local")
    content = PlanContent(
        id="44-sas-psy-2027T1", kinds=("regulation",), period=WINTER, plan=a_plan(WINTER),
        choices=CalendarChoices(school_zone="B"), reply_to="saspsy@regulation-exemple.invalid",
        sites=(Site(id="CENTRE-15", name="Centre 15, salle de régulation", phone=phone(random, mobile=False)),),
        sectors=(Sector(id=line, name="SAS Psy de Loire-Atlantique"),),
        lines=(
            Line(id=line, name="SAS Psy, régulation spécialisée", modality="regulation", sector=line, site="CENTRE-15",
                 skills=("psychiatrie",)),
        ),
        groups=(Group(id=line, lines=(line,)),),
        doctors=tuple(doctor.model_copy(update={"sectors": (Membership(sector=line),), "lines": ()}) for doctor in doctors),
        hours=tuple(
            OpeningHours(line=line, days=days, start=start * 60, end=(start + 6) * 60, band=band)
            for days, band in ((WORKING_DAYS, "journee"), (SATURDAY, "samedi"), (SUNDAY, "dimanche"))
            for start in (9, 15)
        ),
        rules=(*(row for row in regulation.regulation_rules() if row.code in codes and not row.row), weekly),
    )  # fmt: skip
    return content.model_copy(update={"history": history_of(content, random), "balances": balances_of(content, random)})
