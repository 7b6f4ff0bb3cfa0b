"""The example of a paediatric astreinte: one season, Saturdays, Sundays and holidays, each in his or her own practice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from pydantic import JsonValue

from rosterplan.domain.calendar.choices import Band, CalendarChoices
from rosterplan.domain.calendar.hours import OpeningHours, YearlySeason
from rosterplan.domain.instance import Period
from rosterplan.domain.people import Doctor, Membership
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.messages import say
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.template.common import (
    FORMS_BEFORE_DAYS,
    calendar_without_ponts,
    example_doctor,
    example_plan,
    usual_rules,
)

SECTOR: Final = "PEDIATRES-EXEMPLE"
LINE: Final = "PEDIATRIE-EXEMPLE"
SEASON: Final = YearlySeason(start_month=10, start_day=26, end_month=3, end_day=23)

BANDS: Final = (
    Band(id="samedi", name="Samedi", points=2),
    Band(id="dimanche", name="Dimanche et jour férié", points=3),
)
"""Points follow the hours: 8 on a Saturday, 12 on a Sunday or holiday."""

_RULES: Final[Mapping[str, Mapping[str, JsonValue]]] = {
    "coverage": {"priorities": {"dimanche": 10, "samedi": 10}}, "volunteers-only": {}, "eligible": {}, "availability": {}, "declared-maximum": {},
    "fixed-assignments": {}, "locks": {}, "no-overlap": {}, "consecutive-weekends": {}, "spacing": {"days": 14},
    "dispo-min": {}, "juste-repartition": {}, "feast-rotation": {}, "one-feast": {}, "wishes": {},
}  # fmt: skip

_FIRST_NAMES: Final = ("Anne", "Bruno", "Claire", "Denis", "Elsa", "Farid", "Gaëlle", "Hugo", "Inès", "Julien")


def season_rules() -> tuple[RuleRow, ...]:
    """The usual rules of a season of astreintes."""
    return usual_rules(_RULES)


def season_choices(zone: str) -> CalendarChoices:
    """The calendar of a season: no ponts; feasts rotate over the years and keep their band."""
    return calendar_without_ponts(zone, BANDS, "dimanche")


def next_season(today: date) -> Period:
    """The season whose forms are due next: 26 October to 23 March."""
    first = date(today.year, SEASON.start_month, SEASON.start_day)
    while (first - today).days < FORMS_BEFORE_DAYS:
        first = first.replace(year=first.year + 1)
    return Period(start=first, end=date(first.year + 1, SEASON.end_month, SEASON.end_day))


def _with_open_days(period: Period) -> Period:
    """The period, or the season that follows where it has no open day at all."""
    length = (period.end - period.start).days
    if any(SEASON.covers(period.start + timedelta(days=offset)) for offset in range(length + 1)):
        return period
    return next_season(period.start - timedelta(days=FORMS_BEFORE_DAYS))


def content(identifier: str, period: Period) -> PlanContent:
    """The example plan of a season."""
    return PlanContent(
        id=identifier,
        kinds=("pediatrie",),
        period=_with_open_days(period),
        plan=example_plan(period),
        choices=season_choices("B"),
        sites=tuple(
            Site(id=f"CABINET-{number:02}", name=f"Cabinet {first_name} (exemple)",
                 address=f"{number} rue de l’Exemple, 44000 Exemple", phone=f"02 61 91 00 {number:02}")
            for number, first_name in enumerate(_FIRST_NAMES, 1)
        ),
        sectors=(Sector(id=SECTOR, name="Pédiatres de la ville (exemple)"),),
        lines=(
            Line(id=LINE, name="Astreinte de pédiatrie (exemple)", modality="astreinte", sector=SECTOR,
                 site_follows_doctor=True, phone="02 61 91 00 00"),
        ),
        groups=(Group(id=SECTOR, lines=(LINE,)),),
        doctors=tuple(_doctor(number, first_name) for number, first_name in enumerate(_FIRST_NAMES, 1)),
        hours=(
            OpeningHours(line=LINE, days=frozenset(("samedi",)), start=12 * 60, end=20 * 60, season=SEASON),
            OpeningHours(line=LINE, days=frozenset(("dimanche", "ferie")), start=8 * 60, end=20 * 60, season=SEASON),
        ),
        rules=season_rules(),
    )  # fmt: skip


def _doctor(number: int, first_name: str) -> Doctor:
    return example_doctor(
        number,
        first_name,
        sectors=(Membership(sector=SECTOR),),
        modalities=("astreinte",),
        site=f"CABINET-{number:02}",
    )


def own() -> tuple[str, ...]:
    """What to change, in order, to make the example one's own."""
    return (
        say(fr="Feuille Plan : le nom et les dates de la saison.", en="Sheet Plan: the name and dates of the season."),
        say(fr="Feuille Lignes : le nom de l’astreinte, et dans « Téléphone » le numéro que les parents appellent.",
            en="Sheet Lignes: the name of the astreinte, and under “Téléphone” the number parents call."),
        say(fr="Feuille Lieux : un cabinet par ligne, avec son adresse ; ou un seul lieu pour tous (« Lieu du médecin » à non).",
            en="Sheet Lieux: one practice a row, with its address; or one site for all (“Lieu du médecin” set to non)."),
        say(fr="Feuille Médecins : vos pédiatres, chacun avec son cabinet, et son maximum s’il en donne un.",
            en="Sheet Médecins: your paediatricians, each with a practice, and a maximum if one is given."),
        say(fr="Feuille Horaires : retirez « férié » si les jours fériés ne sont pas ouverts.",
            en="Sheet Horaires: remove “férié” if holidays are not open."),
        say(fr="Feuille Historique : qui a tenu Noël et le 1er janvier les saisons passées, et les soldes.",
            en="Sheet Historique: who held Christmas and 1 January in past seasons, and the balances."),
    )  # fmt: skip
