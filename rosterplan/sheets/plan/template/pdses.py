"""The example of a shared hospital line (PDSES): a hospital and a clinic hold one astreinte together, mixed statuses.

Hours, statuses and caps are usual ones; the caps of each status stand on sheet `Règles`, with the article they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from rosterplan.domain.calendar.choices import Band, CalendarChoices
from rosterplan.domain.calendar.days import DayName
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Period
from rosterplan.domain.people import Doctor, Establishment, Status
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line, Site
from rosterplan.messages import say
from rosterplan.rules.statuses import half_night_caps, rules_of
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.template.common import calendar_without_ponts, example_doctor, example_plan, usual_rules
from rosterplan.sheets.plan.template.hospital_rates import half_night_rates, hospital_rates

HOSPITAL: Final = "CH-EXEMPLE"
CLINIC: Final = "CLINIQUE-EXEMPLE"
LINE: Final = "ASTREINTE-EXEMPLE"
SKILL: Final = "spécialité exemple"

BANDS: Final = (
    Band(id="nuit-semaine", name="Nuit de semaine", points=3),
    Band(id="nuit-we", name="Nuit de week-end ou de férié", points=4),
    Band(id="samedi", name="Samedi après-midi", points=2),
    Band(id="dimanche", name="Dimanche et férié, en journée", points=4),
)
"""Bands of a hospital line; the law counts nights, Saturday afternoons, and Sundays with holidays."""

HALF_BANDS: Final = (
    Band(id="demi-nuit-semaine", name="Demi-nuit de semaine", points=2),
    Band(id="demi-nuit-we", name="Demi-nuit de week-end ou de férié", points=2),
)
"""A demi-garde and the demi-astreinte after it are lines of their own whose hours name one of these bands."""

WEEK_NIGHTS: Final[frozenset[DayName]] = frozenset(("lundi", "mardi", "mercredi", "jeudi"))
WEEKEND_NIGHTS: Final[frozenset[DayName]] = frozenset(("vendredi", "samedi", "dimanche", "ferie"))

_HOLDERS: Final[tuple[tuple[str, str, Status, float], ...]] = (
    ("Anne", HOSPITAL, "PH", 1.0), ("Bruno", HOSPITAL, "PH", 1.0), ("Claire", HOSPITAL, "PH", 0.5),
    ("Denis", HOSPITAL, "contractuel", 1.0), ("Elsa", HOSPITAL, "assistant", 1.0), ("Farid", HOSPITAL, "attache", 0.5),
    ("Gaëlle", CLINIC, "liberal", 1.0), ("Hugo", CLINIC, "liberal", 1.0), ("Inès", CLINIC, "liberal", 1.0),
    ("Julien", CLINIC, "salarie", 1.0), ("Karim", CLINIC, "liberal", 0.5),
)  # fmt: skip
"""First name, house, status, full-time equivalent."""

_USUAL: Final[Mapping[str, Mapping[str, JsonValue]]] = {
    "coverage": {"priorities": {"dimanche": 10, "nuit-we": 10, "samedi": 10, "nuit-semaine": 5}},
    "eligible": {}, "availability": {}, "declared-maximum": {}, "fixed-assignments": {}, "locks": {}, "no-overlap": {}, "max-delay": {},
    "house-quota": {"tolerance": 1},
    "spacing": {"days": 3}, "dispo-min": {}, "juste-repartition": {}, "feast-rotation": {}, "one-feast": {}, "wishes": {},
}  # fmt: skip


def hospital_hours(line: str, evening: int, morning: int, saturday: int | None) -> tuple[OpeningHours, ...]:
    """Nights from ``evening`` to ``morning``, Saturdays from ``saturday``, Sundays and holidays all day [minutes]."""
    nights = (
        OpeningHours(line=line, days=WEEK_NIGHTS, start=evening, end=morning, band="nuit-semaine"),
        OpeningHours(line=line, days=WEEKEND_NIGHTS, start=evening, end=morning, band="nuit-we"),
        OpeningHours(line=line, days=frozenset(("dimanche", "ferie")), start=morning, end=evening, band="dimanche"),
    )
    if saturday is None:
        return nights
    return (
        *nights,
        OpeningHours(line=line, days=frozenset(("samedi",)), start=saturday, end=evening, band="samedi"),
    )


def hospital_rules(statuses: tuple[Status, ...]) -> tuple[RuleRow, ...]:
    """The usual rules of a hospital line, then those of each status present."""
    return (*usual_rules(_USUAL), *rules_of(statuses))


def hospital_choices(zone: str, bands: tuple[Band, ...] = BANDS) -> CalendarChoices:
    """The calendar of a hospital line: no ponts (they are a PDSA notion); feasts rotate and keep their ordinary band."""
    return calendar_without_ponts(zone, bands, "dimanche")


def content(identifier: str, period: Period) -> PlanContent:
    """The example plan of a shared line for a period."""
    return PlanContent(
        id=identifier,
        kinds=("pdses",),
        period=period,
        plan=example_plan(period),
        choices=hospital_choices("B", (*BANDS, *HALF_BANDS)),
        establishments=(
            Establishment(id=HOSPITAL, name="Centre hospitalier (exemple)", full_time_equivalents=5.0),
            Establishment(id=CLINIC, name="Clinique (exemple)", status="prive", full_time_equivalents=4.5),
        ),
        sites=(Site(id="PLATEAU-EXEMPLE", name="Plateau technique (exemple)", address="1 rue de l’Exemple, 44000 Exemple"),),
        lines=(
            Line(
                id=LINE, name="Astreinte partagée (exemple)", modality="astreinte", establishments=(HOSPITAL, CLINIC),
                site="PLATEAU-EXEMPLE", skills=(SKILL,), mode="mutualisee",
            ),
        ),
        groups=(Group(id=LINE, lines=(LINE,)),),
        doctors=tuple(_doctor(number, *row) for number, row in enumerate(_HOLDERS, 1)),
        hours=hospital_hours(LINE, 20 * 60, 8 * 60, 13 * 60),
        rates=(*hospital_rates(), *half_night_rates()),
        rules=(*hospital_rules(tuple(dict.fromkeys(status for _, _, status, _ in _HOLDERS))), *half_night_caps()),
    )  # fmt: skip


def own() -> tuple[str, ...]:
    """What to change, in order, to make the example one's own."""
    return (
        say(fr="Feuille Plan : le nom, les dates, les catégories et leurs points.",
            en="Sheet Plan: the name, the dates, the bands and their points."),
        say(fr="Feuille Établissements : les maisons qui signent la convention, avec leurs ETP.",
            en="Sheet Établissements: the houses that sign the convention, with their full-time equivalents."),
        say(fr="Feuille Lignes : une ligne par spécialité ; « mutualisée » : une seule équipe ; « alternée » : chaque établissement à son tour.",
            en="Sheet Lignes: one line per specialty; “mutualisée”: one team; “alternée”: each house in its turn."),
        say(fr="Feuille Horaires : nuits, samedi après-midi, dimanches et fériés, tels que la convention les fixe ; une demi-garde et sa demi-astreinte sont deux lignes, de catégorie « Demi-nuit ».",
            en="Sheet Horaires: nights, Saturday afternoons, Sundays and holidays, as the convention sets them; a demi-garde and its demi-astreinte are two lines, of a “Demi-nuit” band."),
        say(fr="Feuille Médecins : statut, établissement, quotité, compétence ; « Accepte au-delà du plafond » pour qui l’a signé.",
            en="Sheet Médecins: status, house, part of full time, skill; “Accepte au-delà du plafond” for who signed it."),
        say(fr="Feuille Tarifs : le forfait de chaque ligne, avec sa date ; il ne sert qu’aux états et aux coûts.",
            en="Sheet Tarifs: the forfait of each line, with its date; it serves statements and costs alone."),
        say(fr="Feuille Règles : chaque statut a les siennes, avec l’article ; la répartition entre maisons vient de la convention.",
            en="Sheet Règles: each status has its own, with the article; the split between houses is the convention’s."),
    )  # fmt: skip


def _doctor(number: int, first_name: str, house: str, status: Status, quota: float) -> Doctor:
    return example_doctor(
        number,
        first_name,
        status=status,
        establishment=house,
        modalities=("astreinte", "garde"),
        skills=(SKILL,),
        quota=quota,
    )
