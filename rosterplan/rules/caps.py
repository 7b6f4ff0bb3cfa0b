"""What every cap has: a number of duties, scaled by the doctor's quota and never below what his or her share needs."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from datetime import date
from math import ceil, floor

from pydantic import Field

from rosterplan.domain.instance import Held
from rosterplan.domain.people import Doctor
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Strength
from rosterplan.domain.work import monday_of
from rosterplan.messages import say
from rosterplan.messages.words import listed, long_date, month_name, plural
from rosterplan.rules.base import Rule
from rosterplan.rules.params import Calendar, Unit, YesNo

_GRAIN = 1e-9
"""What float arithmetic cannot tell from a whole number is one."""


class Cap(Rule, ABC):
    """At most ``most`` units; strict, strict unless the doctor accepts more, or soft."""

    strength: Strength = UNLESS_ACCEPTED
    most: int = Field(ge=0, title="maximum", description="most a doctor holds")
    proportional: YesNo = Field(
        default=False, title="selon le coefficient", description="the maximum times the quota, rounded up, 1 at least"
    )
    at_least_share: YesNo = Field(
        default=False,
        title="plancher à la part",
        description="never below the share + 1 of full cover, to the nearest: a cap that suits 20 doctors lets 4 work",
    )

    def allowed(self, doctor: Doctor, share: float = 0.0) -> int:
        """Return the most a doctor may hold who would hold ``share`` under full cover."""
        most = self.most
        if self.proportional:
            most = max(1, ceil(most * doctor.quota - _GRAIN)) if most else 0
        return max(most, floor(share + 0.5 + _GRAIN) + 1) if self.at_least_share else most

    def _scaled(self) -> str:
        """« ; ce plafond suit le coefficient de chacun », or nothing where all have the same."""
        ways = []
        if self.proportional:
            ways.append(say(fr="suit le coefficient de chacun", en="follows each doctor’s coefficient"))
        if self.at_least_share:
            ways.append(
                say(
                    fr="est relevé là où les médecins sont trop peu nombreux pour le respecter",
                    en="is raised where there are too few doctors to keep to it",
                )
            )
        return say(fr=f" ; ce plafond {listed(ways)}", en=f"; this cap {listed(ways)}") if ways else ""


def counted(held: Sequence[Held], unit: Unit) -> int:
    """Return how many duties, days or points these are."""
    if unit == "days":
        return len({one.date for one in held})
    return sum(one.points for one in held) if unit == "points" else len(held)


def amount(count: int, unit: Unit) -> str:
    """« 3 gardes », « 3 jours de garde », « 3 points »."""
    if unit == "days":
        return say(fr=plural(count, "jour de garde", "jours de garde"), en=plural(count, "day on duty", "days on duty"))
    if unit == "points":
        return plural(count, "point")
    return say(fr=plural(count, "garde"), en=plural(count, "duty", "duties"))


def period_number(day: date, period: Calendar) -> int:
    """Return the number of a calendar period: weeks by their Monday [ordinal], months and quarters from year 0."""
    if period == "week":
        return monday_of(day).toordinal()
    month = day.year * 12 + day.month - 1
    return {"month": month, "quarter": month // 3, "year": day.year}[period]


def period_words(day: date, period: Calendar) -> str:
    """« en mars 2027 », « dans la semaine du lundi 1er mars 2027 », « au 1er trimestre 2027 », « en 2027 »."""
    if period == "week":
        monday = long_date(monday_of(day))
        return say(fr=f"dans la semaine du {monday}", en=f"in the week of {monday}")
    if period == "month":
        month = month_name(day, year=True)
        return say(fr=f"en {month}", en=f"in {month}")
    if period == "quarter":
        rank = (day.month - 1) // 3 + 1
        return say(
            fr=f"au {rank}{'er' if rank == 1 else 'e'} trimestre {day.year}", en=f"in quarter {rank} of {day.year}"
        )
    return say(fr=f"en {day.year}", en=f"in {day.year}")


def per_period(period: Calendar) -> str:
    """« par mois »."""
    french = {"week": "semaine", "month": "mois", "quarter": "trimestre", "year": "année civile"}
    english = {"week": "week", "month": "month", "quarter": "quarter", "year": "calendar year"}
    return say(fr=f"par {french[period]}", en=f"per {english[period]}")
