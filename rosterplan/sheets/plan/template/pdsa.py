"""The example of a PDSA: a small sector that can be planned as it stands, visibly an example.

Two lines show the usual hours: a maison médicale de garde (evenings, Saturdays from noon, Sundays, holidays and ponts)
and a mobile doctor in the deep nights of weekends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.days import WORKING_DAYS
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Period
from rosterplan.domain.people import Doctor, Membership, Modality
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.messages import say
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.template.common import example_doctor, example_plan, usual_rules

SECTOR: Final = "SECTEUR-EXEMPLE"
MMG: Final = "MMG-EXEMPLE"
NIGHT: Final = "NUIT-EXEMPLE"

_FIRST_NAMES: Final = (
    "Anne",
    "Bruno",
    "Claire",
    "Denis",
    "Elsa",
    "Farid",
    "Gaëlle",
    "Hugo",
    "Inès",
    "Julien",
    "Karim",
    "Lise",
)
_FIXED_ONLY: Final = frozenset(("Anne", "Claire"))
_HALF_QUOTA: Final = frozenset(("Claire", "Inès"))

_PDSA_RULES: Final[Mapping[str, Mapping[str, JsonValue]]] = {
    "coverage": {}, "volunteers-only": {}, "eligible": {}, "availability": {}, "declared-maximum": {},
    "fixed-assignments": {}, "locks": {}, "no-overlap": {}, "min-rest": {}, "rest-after-night": {},
    "max-stretch": {"hours": 16}, "max-per-window": {"at_least_share": True},
    "max-weekends": {"most": 2, "at_least_share": True},
    "consecutive-weekends": {}, "spacing": {"days": 4}, "dispo-min": {}, "juste-repartition": {}, "feast-rotation": {},
    "one-feast": {}, "wishes": {},
}  # fmt: skip
"""The usual rules of a PDSA, and where they differ from what each holds by itself."""


def pdsa_rules() -> tuple[RuleRow, ...]:
    """The rows of the usual rules, every parameter written so that it can be changed."""
    return usual_rules(_PDSA_RULES)


def content(identifier: str, period: Period) -> PlanContent:
    """The example plan of a PDSA for a period."""
    return PlanContent(
        id=identifier,
        kinds=("pdsa",),
        period=period,
        plan=example_plan(period),
        choices=CalendarChoices(school_zone="B"),
        sites=(Site(id=MMG, name="Maison médicale de garde (exemple)", address="1 place de l’Exemple, 44000 Exemple"),),
        sectors=(Sector(id=SECTOR, name="Secteur exemple"),),
        lines=(
            Line(id=MMG, name="Garde à la maison médicale (exemple)", sector=SECTOR, site=MMG),
            Line(id=NIGHT, name="Médecin mobile, nuits de week-end (exemple)", modality="mobile", sector=SECTOR),
        ),
        groups=(Group(id=SECTOR, lines=(MMG, NIGHT)),),
        doctors=tuple(_doctor(number, first_name) for number, first_name in enumerate(_FIRST_NAMES, 1)),
        hours=(
            OpeningHours(line=MMG, days=WORKING_DAYS, start=20 * 60, end=24 * 60),
            OpeningHours(line=MMG, days=frozenset(("samedi",)), start=12 * 60, end=24 * 60),
            OpeningHours(line=MMG, days=frozenset(("dimanche", "ferie", "pont")), start=8 * 60, end=24 * 60),
            OpeningHours(line=NIGHT, days=frozenset(("samedi", "dimanche", "ferie")), start=0, end=8 * 60),
        ),
        rules=pdsa_rules(),
    )


def _doctor(number: int, first_name: str) -> Doctor:
    modalities: tuple[Modality, ...] = ("fixe",) if first_name in _FIXED_ONLY else ("fixe", "mobile")
    return example_doctor(
        number,
        first_name,
        sectors=(Membership(sector=SECTOR),),
        modalities=modalities,
        quota=0.5 if first_name in _HALF_QUOTA else 1.0,
    )


def own() -> tuple[str, ...]:
    """What to change, in order, to make the example one's own."""
    return (
        say(fr="Feuille Plan : le nom, les dates, les ponts et les points de votre département.",
            en="Sheet Plan: the name, the dates, the bridge days and the points of your department."),
        say(fr="Feuilles Secteurs, Lieux et Lignes : remplacez l’exemple par vos secteurs, vos lieux et vos lignes.",
            en="Sheets Secteurs, Lieux and Lignes: replace the example by your sectors, sites and lines."),
        say(fr="Feuille Horaires : une ligne par plage d’ouverture, telle que l’écrit le cahier des charges de l’ARS.",
            en="Sheet Horaires: a row per opening, as the ARS specification writes it."),
        say(fr="Feuille Médecins : vos volontaires, un par ligne.", en="Sheet Médecins: your volunteers, one a row."),
        say(fr="Dossier ailleurs : ce que vos médecins tiennent ailleurs (régulation…), dans le fichier de l’autre organisme ; ces heures seront prises.",
            en="Folder ailleurs: what your doctors hold elsewhere (régulation…), in the other body’s file; its hours will be taken."),
        say(fr="Feuille Règles : gardez, changez ou désactivez chaque règle.",
            en="Sheet Règles: keep, change or switch off each rule."),
    )  # fmt: skip
