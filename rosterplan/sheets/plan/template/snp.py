"""The example of a shared agenda (SNP): each doctor's possible slots, needs per commune and half-day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from rosterplan.domain.calendar.choices import Band, CalendarChoices
from rosterplan.domain.calendar.days import DayName
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Period
from rosterplan.domain.people import Doctor, Membership
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.messages import say
from rosterplan.sheets.plan.content import DemandHours, PlanContent
from rosterplan.sheets.plan.template.common import calendar_without_ponts, example_doctor, example_plan, usual_rules

COMMUNES: Final = (("BOURG-EXEMPLE", "Bourg (exemple)"), ("VILLAGE-EXEMPLE", "Village (exemple)"))
MORNING: Final = (8 * 60, 13 * 60)
AFTERNOON: Final = (13 * 60, 20 * 60)
SLOT_MINUTES: Final = 15
BANDS: Final = (Band(id="creneau", name="Créneau", points=1),)

_RULES: Final[Mapping[str, Mapping[str, JsonValue]]] = {
    "coverage": {"priorities": {"creneau": 1}}, "no-surplus": {}, "volunteers-only": {}, "eligible": {}, "availability": {},
    "declared-maximum": {}, "fixed-assignments": {}, "locks": {}, "no-overlap": {}, "agenda-week": {},
    "agenda-spread": {}, "juste-repartition": {}, "wishes": {},
}  # fmt: skip

_DOCTORS: Final[tuple[tuple[str, int, tuple[tuple[DayName, int], ...]], ...]] = (
    ("Anne", 0, (("lundi", 540), ("mercredi", 1020), ("vendredi", 600))),
    ("Bruno", 0, (("mardi", 570), ("jeudi", 1050), ("vendredi", 660))),
    ("Claire", 0, (("lundi", 1020), ("mercredi", 600), ("jeudi", 690))),
    ("Denis", 0, (("lundi", 660), ("mardi", 1080), ("jeudi", 540))),
    ("Elsa", 1, (("lundi", 600), ("mardi", 1050), ("jeudi", 570))),
    ("Farid", 1, (("mardi", 660), ("mercredi", 1020), ("vendredi", 540))),
    ("Gaëlle", 1, (("lundi", 1080), ("jeudi", 1020), ("vendredi", 630))),
)  # fmt: skip
"""First name, commune, slots offered every week (day, start in minutes)."""


def agenda_rules() -> tuple[RuleRow, ...]:
    """The usual rules of a shared agenda."""
    return usual_rules(_RULES)


def agenda_choices(zone: str) -> CalendarChoices:
    """The calendar of an agenda of working days: one band, no pont, no feast."""
    return calendar_without_ponts(zone, BANDS, "creneau", feasts=False)


def a_slot(line: str, doctor: str, day: DayName, start: int) -> OpeningHours:
    """A possible slot of a doctor every week [minutes]."""
    return OpeningHours(
        line=line, days=frozenset((day,)), start=start, end=start + SLOT_MINUTES, need_min=0, need_max=1, doctor=doctor,
        band="creneau",
    )  # fmt: skip


def a_half_day(line: str, days: tuple[DayName, ...], hours: tuple[int, int], need: int) -> DemandHours:
    """So many slots wanted in a half-day of a commune."""
    return DemandHours(line=line, days=frozenset(days), start=hours[0], end=hours[1], need=need, in_all=True)


def content(identifier: str, period: Period) -> PlanContent:
    """The example plan of a shared agenda."""
    days: tuple[DayName, ...] = ("lundi", "mardi", "jeudi", "vendredi")
    return PlanContent(
        id=identifier,
        kinds=("snp",),
        period=period,
        plan=example_plan(period),
        choices=agenda_choices("B"),
        sites=tuple(
            Site(id=f"CABINET-{number:02}", name=f"Cabinet {first_name} (exemple)",
                 address=f"{number} rue de l’Exemple, {COMMUNES[commune][1]}")
            for number, (first_name, commune, _) in enumerate(_DOCTORS, 1)
        ),
        sectors=tuple(Sector(id=code, name=name) for code, name in COMMUNES),
        lines=tuple(
            Line(id=f"SNP-{code}", name=f"Soins non programmés, {name}", modality="snp", sector=code,
                 site_follows_doctor=True)
            for code, name in COMMUNES
        ),
        groups=tuple(Group(id=code, lines=(f"SNP-{code}",)) for code, _ in COMMUNES),
        doctors=tuple(_doctor(number, row[0], row[1]) for number, row in enumerate(_DOCTORS, 1)),
        hours=tuple(
            a_slot(f"SNP-{COMMUNES[commune][0]}", f"EX{number:02}", day, start)
            for number, (_, commune, slots) in enumerate(_DOCTORS, 1)
            for day, start in slots
        ),
        demands=(
            *(a_half_day(f"SNP-{code}", days, MORNING, 1) for code, _ in COMMUNES),
            *(a_half_day(f"SNP-{code}", ("lundi", "mardi"), AFTERNOON, 1) for code, _ in COMMUNES),
        ),
        rules=agenda_rules(),
    )  # fmt: skip


def _doctor(number: int, first_name: str, commune: int) -> Doctor:
    return example_doctor(
        number,
        first_name,
        sectors=(Membership(sector=COMMUNES[commune][0]),),
        modalities=("snp",),
        site=f"CABINET-{number:02}",
    )


def own() -> tuple[str, ...]:
    """What to change, in order, to make the example one's own."""
    return (
        say(fr="Feuille Plan : le nom et les dates ; l’agenda se publie semaine par semaine (rosterplan publier --semaine suivante).",
            en="Sheet Plan: the name and the dates; the agenda is published week by week (rosterplan publish --week next)."),
        say(fr="Feuilles Secteurs et Lignes : une ligne par commune, « Lieu du médecin » à oui.",
            en="Sheets Secteurs and Lignes: one line per commune, “Lieu du médecin” set to oui."),
        say(fr="Feuilles Lieux et Médecins : le cabinet de chacun, avec son adresse et sa commune.",
            en="Sheets Lieux and Médecins: the practice of each, with its address and commune."),
        say(fr="Feuille Horaires : les créneaux que chaque médecin propose, un par ligne, son nom dans « Médecin ».",
            en="Sheet Horaires: the slots each doctor offers, one a row, the name under “Médecin”."),
        say(fr="Feuille Besoins : combien de créneaux par commune et par demi-journée, « en tout ».",
            en="Sheet Besoins: how many slots per commune and half-day, “en tout”."),
        say(fr="Feuille Règles : de 2 à 6 créneaux par médecin et par semaine, étalés dans la journée.",
            en="Sheet Règles: from 2 to 6 slots per doctor and week, spread over the day."),
    )  # fmt: skip
