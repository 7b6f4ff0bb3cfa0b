"""What `new` writes for a first planning: a small sector that can be planned as it stands, visibly an example.

Names of doctors are « EXEMPLE … »; their RPPS numbers are left empty. Two lines show the usual hours: a maison médicale
de garde (evenings, Saturdays from noon, Sundays, holidays and ponts) and a mobile doctor in the deep nights of weekends.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from pydantic import JsonValue

from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.days import WORKING_DAYS
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Kind, Period, Plan
from rosterplan.domain.people import Doctor, Membership, Modality
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line, Sector, Site
from rosterplan.rules import BY_CODE
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.rules import usual_params

KINDS_WITH_TEMPLATE: Final[tuple[Kind, ...]] = ("pdsa",)

FORMS_BEFORE_DAYS: Final = 90
ANSWERS_BEFORE_DAYS: Final = 70
"""Answers are wanted 70 days before the first day, so that the CDOM has the roster at J-45 (CSP R.6315-2)."""

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
    return tuple(
        RuleRow(code=code, params={**usual_params(BY_CODE[code]), **changed}, source=BY_CODE[code].law)
        for code, changed in _PDSA_RULES.items()
    )


def template(kind: Kind, identifier: str, period: Period) -> PlanContent:
    """The example plan of a kind for a period.

    Raises:
        KeyError: this kind has no template.
    """
    if kind not in KINDS_WITH_TEMPLATE:
        raise KeyError(kind)
    return PlanContent(
        id=identifier,
        kinds=(kind,),
        period=period,
        plan=Plan(answer_deadline=period.start - timedelta(days=ANSWERS_BEFORE_DAYS), missing_answers="disponible"),
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
    return Doctor(
        id=f"EX{number:02}",
        last_name="EXEMPLE",
        first_name=first_name,
        sectors=(Membership(sector=SECTOR),),
        modalities=modalities,
        quota=0.5 if first_name in _HALF_QUOTA else 1.0,
        email=f"exemple{number:02}@exemple.invalid",
    )


def next_quarter(today: date) -> Period:
    """The calendar quarter whose forms are due next: the first that begins 90 days or more after ``today``."""
    start = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    while (start - today).days < FORMS_BEFORE_DAYS:
        start = _three_months_after(start)
    return Period(start=start, end=_three_months_after(start) - timedelta(days=1))


def _three_months_after(first: date) -> date:
    return date(first.year + (first.month + 3 > 12), (first.month + 2) % 12 + 1, 1)
