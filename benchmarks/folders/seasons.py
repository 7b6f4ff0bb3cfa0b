"""Folders of two seasons of paediatric astreintes. The origin of each figure: instances/README.md."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.folders.past import balances_of
from benchmarks.folders.people import phone
from benchmarks.folders.small_bodies import a_plan, handed_out, people
from rosterplan.domain.calendar.days import DayName
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import PastDuty, Period
from rosterplan.domain.people import DateSpan, Doctor, Membership
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.sheets.plan.assemble import work_of
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.template import pediatrie
from rosterplan.sheets.plan.template.regulation import SATURDAY, SUNDAY


def pediatrie_nantes() -> PlanContent:
    """Fifteen liberal paediatricians of Nantes, each in his or her own practice: the season of 2024-2025."""
    random, period = Random("44-pediatrie-nantes"), Period(start=date(2024, 10, 26), end=date(2025, 3, 23))
    towns = ("Nantes", "Saint-Herblain", "Rezé", "Orvault", "Vertou", "Carquefou")
    sector = "PEDIATRES-NANTES"
    doctors = people(15, random, sectors=(Membership(sector=sector),), modalities=("astreinte",))
    sites = tuple(
        Site(id=f"CABINET-{number:02}", name=f"Cabinet du {doctor.name}",
             address=f"{random.randrange(1, 90)} rue de l’Exemple, {towns[number % len(towns)]}",
             phone=phone(random, mobile=False))
        for number, doctor in enumerate(doctors, 1)
    )  # fmt: skip
    doctors = [doctor.model_copy(update={"site": site.id}) for doctor, site in zip(doctors, sites, strict=True)]
    doctors[4] = doctors[4].model_copy(update={"quota": 0.5})
    doctors[9] = doctors[9].model_copy(update={"maximum": 2})
    doctors[12] = doctors[12].model_copy(update={"on_list": DateSpan(start=date(2025, 1, 1))})
    return _season(
        "44-pediatrie-nantes-2024-2025", period, sector, "Pédiatres libéraux de la région nantaise", doctors, sites,
        Line(id="PEDIATRIE-NANTES", name="Astreinte de pédiatrie de Nantes", modality="astreinte", sector=sector,
             site_follows_doctor=True, phone="02 61 91 44 50"),
        {"samedi": (12, 20), "dimanche": (8, 20)}, random,
    )  # fmt: skip


def pediatrie_angers() -> PlanContent:
    """The paediatricians of Angers in one room of the hospital: the season of 2024-2025, no holidays."""
    random, period = Random("49-pediatrie-angers"), Period(start=date(2024, 11, 2), end=date(2025, 2, 8))
    sector = "PEDIATRES-ANGERS"
    doctors = people(12, random, sectors=(Membership(sector=sector),), modalities=("astreinte",))
    room = Site(id="CHU-PEDIATRIE", name="CHU d’Angers, bâtiment de pédiatrie, 1er étage")
    return _season(
        "49-pediatrie-angers-2024-2025", period, sector, "Pédiatres de la région angevine", doctors, (room,),
        Line(id="PEDIATRIE-ANGERS", name="Consultation de pédiatrie au CHU d’Angers", modality="astreinte",
             sector=sector, site=room.id,
             phone="15", notice="Pour les enfants envoyés par les urgences ou par le médecin régulateur du 15. Aucun accès direct : "
             "appelez d’abord le 15."),
        {"samedi": (14, 20), "dimanche seul": (14, 20)}, random,
    )  # fmt: skip


def _season(
    identifier: str, period: Period, sector: str, name: str, doctors: list[Doctor], sites: tuple[Site, ...], line: Line,
    hours: dict[str, tuple[int, int]], random: Random,
) -> PlanContent:  # fmt: skip
    days: dict[str, frozenset[DayName]] = {
        "samedi": SATURDAY, "dimanche": SUNDAY, "dimanche seul": frozenset(("dimanche",)),
    }  # fmt: skip
    content = PlanContent(
        id=identifier, kinds=("pediatrie",), period=period, plan=a_plan(period),
        choices=pediatrie.season_choices("B"), reply_to="pediatres@pediatrie-exemple.invalid", sites=sites,
        sectors=(Sector(id=sector, name=name),), lines=(line,), groups=(Group(id=sector, lines=(line.id,)),),
        doctors=tuple(doctors),
        hours=tuple(
            OpeningHours(line=line.id, days=days[key], start=start * 60, end=end * 60)
            for key, (start, end) in hours.items()
        ),
        rules=pediatrie.season_rules(),
    )  # fmt: skip
    return content.model_copy(
        update={"history": _past_seasons(content, random), "balances": balances_of(content, random)}
    )


def _past_seasons(content: PlanContent, random: Random) -> tuple[PastDuty, ...]:
    """What the same hours made two seasons ago and last season, held by whoever had held least."""
    found: list[PastDuty] = []
    for years in (2, 1):
        start, end = (day.replace(year=day.year - years) for day in (content.period.start, content.period.end))
        then = content.model_copy(update={"period": Period(start=start, end=end)})
        found += handed_out(content, work_of(then).duties, random)
    return tuple(sorted(found, key=lambda past: (past.start, past.doctor)))
