"""What the templates of every kind share: dates of a first planning, rows of usual rules, visibly invented doctors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from pydantic import JsonValue

from rosterplan.domain.calendar.choices import DEFAULT_FEASTS, Band, CalendarChoices
from rosterplan.domain.instance import Period, Plan
from rosterplan.domain.people import Doctor
from rosterplan.domain.rulebook import RuleRow
from rosterplan.rules import BY_CODE
from rosterplan.sheets.plan.rules import usual_params

FORMS_BEFORE_DAYS: Final = 90
ANSWERS_BEFORE_DAYS: Final = 70
"""Answers are wanted 70 days before the first day, so that the CDOM has the roster at J-45 (CSP R.6315-2)."""


def example_plan(period: Period) -> Plan:
    """The choices of a plan that `solve` accepts as it stands: whoever has not answered is taken as available."""
    return Plan(answer_deadline=period.start - timedelta(days=ANSWERS_BEFORE_DAYS), missing_answers="disponible")


def usual_rules(changes: Mapping[str, Mapping[str, JsonValue]]) -> tuple[RuleRow, ...]:
    """A row per code with every parameter written, so that it can be changed; ``changes`` differ from the usual ones."""
    return tuple(
        RuleRow(code=code, params={**usual_params(BY_CODE[code]), **changed}, source=BY_CODE[code].law)
        for code, changed in changes.items()
    )


def example_doctor(number: int, first_name: str, **fields: Any) -> Doctor:
    """« EXEMPLE Anne », EX01, with an address nobody has."""
    return Doctor(
        id=f"EX{number:02}", last_name="EXEMPLE", first_name=first_name,
        email=f"exemple{number:02}@exemple.invalid", **fields,
    )  # fmt: skip


def calendar_without_ponts(
    zone: str, bands: tuple[Band, ...], pont_band: str, *, feasts: bool = True
) -> CalendarChoices:
    """A calendar in which ponts, a notion of the PDSA, open nothing; feasts rotate and keep their ordinary band and points."""
    ordinary = (
        feast.model_copy(update={"band": None, "days": tuple(day.model_copy(update={"points": None}) for day in feast.days)})
        for feast in DEFAULT_FEASTS
    )  # fmt: skip
    return CalendarChoices(
        pont_monday_before=False, pont_friday_after=False, pont_saturday_after=False, school_zone=zone, bands=bands,
        pont_band=pont_band, feasts=tuple(ordinary) if feasts else (),
    )  # fmt: skip


def next_quarter(today: date) -> Period:
    """The calendar quarter whose forms are due next: the first that begins 90 days or more after ``today``."""
    start = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    while (start - today).days < FORMS_BEFORE_DAYS:
        start = _three_months_after(start)
    return Period(start=start, end=_three_months_after(start) - timedelta(days=1))


def _three_months_after(first: date) -> date:
    return date(first.year + (first.month + 3 > 12), (first.month + 2) % 12 + 1, 1)
