"""What the templates of every kind share: dates of a first planning, rows of usual rules, visibly invented doctors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from pydantic import JsonValue

from rosterplan.domain.instance import Period, Plan
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


def next_quarter(today: date) -> Period:
    """The calendar quarter whose forms are due next: the first that begins 90 days or more after ``today``."""
    start = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    while (start - today).days < FORMS_BEFORE_DAYS:
        start = _three_months_after(start)
    return Period(start=start, end=_three_months_after(start) - timedelta(days=1))


def _three_months_after(first: date) -> date:
    return date(first.year + (first.month + 3 > 12), (first.month + 2) % 12 + 1, 1)
