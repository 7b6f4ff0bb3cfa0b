"""The example of a régulation: needs by the half-hour, covered by shifts of 4 to 6 hours, on site and at a distance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.days import EVERY_DAY, WORKING_DAYS, DayName
from rosterplan.domain.calendar.hours import OpeningHours
from rosterplan.domain.instance import Period
from rosterplan.domain.people import Doctor
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line, Site
from rosterplan.messages import say
from rosterplan.sheets.plan.content import DemandHours, PlanContent
from rosterplan.sheets.plan.template.common import example_doctor, example_plan, usual_rules

ROOM: Final = "REGULATION-EXEMPLE"
REMOTE: Final = "A-DISTANCE-EXEMPLE"
CENTRE: Final = "CENTRE-15-EXEMPLE"
SATURDAY: Final[frozenset[DayName]] = frozenset(("samedi",))
SUNDAY: Final[frozenset[DayName]] = frozenset(("dimanche", "ferie"))

_RULES: Final[Mapping[str, Mapping[str, JsonValue]]] = {
    "coverage": {}, "no-surplus": {}, "never-alone": {}, "volunteers-only": {}, "eligible": {}, "availability": {},
    "remote-after-on-site": {}, "after-practice": {}, "declared-maximum": {}, "fixed-assignments": {}, "locks": {},
    "no-overlap": {}, "min-rest": {}, "rest-after-night": {}, "max-stretch": {"hours": 12},
    "max-per-window": {"most": 3}, "max-weekends": {"most": 3, "at_least_share": True}, "dispo-min": {},
    "juste-repartition": {}, "feast-rotation": {}, "one-feast": {}, "wishes": {},
}  # fmt: skip

_FIRST_NAMES: Final = (
    "Anne", "Bruno", "Claire", "Denis", "Elsa", "Farid", "Gaëlle", "Hugo", "Inès", "Julien", "Karim", "Lise", "Marc",
    "Nadia", "Odile", "Paul", "Rachid", "Sonia", "Thierry", "Ugo", "Valérie", "William", "Yvon", "Zoé",
)  # fmt: skip
_BEGINNERS: Final = frozenset(("Anne", "Zoé"))


def regulation_rules() -> tuple[RuleRow, ...]:
    """The usual rules of a régulation; one shift a day at most."""
    once = RuleRow(
        code="max-per-window", row="une-vacation-par-jour", params={"most": 1, "days": 1}, source="usage local"
    )
    return (*usual_rules(_RULES), once)


def a_shift(line: str, days: frozenset[DayName], start: int, end: int, most: int) -> OpeningHours:
    """A shift of the list, held by nobody up to ``most`` doctors as the need asks [hours]."""
    return OpeningHours(line=line, days=days, start=start * 60, end=end * 60, need_min=0, need_max=most)


def a_need(line: str, days: frozenset[DayName], start: float, end: float, need: int) -> DemandHours:
    """So many doctors wanted, counted by half-hour [hours]."""
    return DemandHours(line=line, days=days, start=round(start * 60), end=round(end * 60), need=need, step_minutes=30)


def content(identifier: str, period: Period) -> PlanContent:
    """The example plan of a régulation."""
    return PlanContent(
        id=identifier,
        kinds=("regulation",),
        period=period,
        plan=example_plan(period),
        choices=CalendarChoices(school_zone="B"),
        sites=(
            Site(id=CENTRE, name="Centre 15 (exemple)", address="1 quai de l’Exemple, 44000 Exemple"),
            Site(id="DOMICILE-EXEMPLE", name="À distance (exemple)"),
        ),
        lines=(
            Line(id=ROOM, name="Régulation au Centre 15 (exemple)", modality="regulation", site=CENTRE),
            Line(id=REMOTE, name="Régulation à distance (exemple)", modality="regulation", site="DOMICILE-EXEMPLE",
                 counts_for=ROOM),
        ),
        groups=(Group(id=ROOM, lines=(ROOM, REMOTE)),),
        doctors=tuple(_doctor(number, first_name) for number, first_name in enumerate(_FIRST_NAMES, 1)),
        hours=_shifts(),
        demands=_needs(),
        rules=regulation_rules(),
    )  # fmt: skip


def _shifts() -> tuple[OpeningHours, ...]:
    """The shifts of the example: evenings, nights, and weekends whose shifts overlap."""
    return (
        a_shift(ROOM, WORKING_DAYS, 20, 24, 3),
        a_shift(REMOTE, WORKING_DAYS, 20, 24, 1),
        a_shift(ROOM, EVERY_DAY, 0, 6, 2),
        a_shift(REMOTE, EVERY_DAY, 0, 6, 1),
        a_shift(ROOM, SATURDAY, 12, 18, 3),
        a_shift(ROOM, SATURDAY, 14, 20, 3),
        a_shift(ROOM, SATURDAY, 18, 24, 3),
        a_shift(ROOM, SUNDAY, 8, 14, 3),
        a_shift(ROOM, SUNDAY, 10, 16, 3),
        a_shift(ROOM, SUNDAY, 14, 20, 3),
        a_shift(ROOM, SUNDAY, 20, 24, 3),
        a_shift(REMOTE, SUNDAY, 20, 24, 1),
    )


def _needs() -> tuple[DemandHours, ...]:
    """The doctors wanted over those hours, room and remote together."""
    return (
        a_need(ROOM, WORKING_DAYS, 20, 24, 2),
        a_need(ROOM, EVERY_DAY, 0, 6, 2),
        a_need(ROOM, SATURDAY, 12, 14, 2),
        a_need(ROOM, SATURDAY, 14, 20, 3),
        a_need(ROOM, SATURDAY, 20, 24, 2),
        a_need(ROOM, SUNDAY, 8, 10, 2),
        a_need(ROOM, SUNDAY, 10, 16, 3),
        a_need(ROOM, SUNDAY, 16, 24, 2),
    )


def _doctor(number: int, first_name: str) -> Doctor:
    return example_doctor(
        number,
        first_name,
        lines=(ROOM,) if first_name in _BEGINNERS else (ROOM, REMOTE),
        modalities=("regulation",),
    )


def own() -> tuple[str, ...]:
    """What to change, in order, to make the example one's own."""
    return (
        say(fr="Feuille Plan : le nom et les dates.", en="Sheet Plan: the name and the dates."),
        say(fr="Feuille Besoins : combien de régulateurs, jour par jour et heure par heure (« Pas » : 30 minutes).",
            en="Sheet Besoins: how many regulators, by day and hour (“Pas”: 30 minutes)."),
        say(fr="Feuille Horaires : la liste de vos vacations de 4 à 6 heures ; « Médecins » à 0, « Maximum » au plus possible.",
            en="Sheet Horaires: the list of your shifts of 4 to 6 hours; “Médecins” 0, “Maximum” the most there may be."),
        say(fr="Feuille Lignes : « Compte pour » dit que la régulation à distance couvre les mêmes besoins ; sinon supprimez-la.",
            en="Sheet Lignes: “Compte pour” says that remote regulation covers the same needs; else delete it."),
        say(fr="Feuille Médecins : vos régulateurs ; « Autres lignes » : celles qu’ils tiennent ; « Cessation d’activité » s’il y a lieu.",
            en="Sheet Médecins: your regulators; “Autres lignes”: those they hold; “Cessation d’activité” if need be."),
        say(fr="Feuille Règles : jamais seul la nuit, à distance après le sur place, une vacation par jour ; ajoutez min-effection si vos régulateurs doivent aussi tenir des gardes.",
            en="Sheet Règles: never alone at night, remote after on site, one shift a day; add min-effection if regulators must also hold duties."),
        say(fr="Dossier ailleurs : déposez-y le tableau des gardes d’effection, tel quel (classeur ou csv) ; ces heures seront prises.",
            en="Folder ailleurs: put the effection roster there, as it is (workbook or csv); its hours will be taken."),
    )  # fmt: skip
