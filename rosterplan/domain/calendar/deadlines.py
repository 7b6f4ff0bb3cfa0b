"""The back-plan of a period: what is due when, by law or by custom, and where one stands today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rosterplan.domain.base import Frozen, Id
from rosterplan.domain.instance import Period

R6315_2 = "Code de la santé publique, art. R.6315-2"
CUSTOM = "usage local"

State = Literal["done", "late", "next", "later"]


class Step(Frozen):
    """Something due ``days_before`` the period starts, or within the month after its end where that is None."""

    code: Id
    days_before: int | None
    source: str

    @property
    def legal(self) -> bool:
        """True if a text of law sets the date."""
        return self.source != CUSTOM


PDSA_STEPS = (
    Step(code="formulaires", days_before=90, source=CUSTOM),
    Step(code="reponses", days_before=70, source=CUSTOM),
    Step(code="projet", days_before=60, source=CUSTOM),
    Step(code="cdom", days_before=45, source=R6315_2),
    Step(code="derniers-trous", days_before=30, source=CUSTOM),
    Step(code="ars", days_before=10, source=R6315_2),
    Step(code="liste-effectuee", days_before=None, source=R6315_2),
)
"""Forms out, answers in, draft, roster to the CDOM, last holes, CDOM to the ARS, list of duties really served."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which a step is in time."""

    step: Step
    due: date

    @property
    def code(self) -> str:
        """The code of the step."""
        return self.step.code


@dataclass(frozen=True, slots=True)
class Standing:
    """A deadline as seen from today; ``days_left`` is negative once the date has passed."""

    deadline: Deadline
    state: State
    days_left: int


def back_plan(
    period: Period, steps: tuple[Step, ...] = PDSA_STEPS, chosen: Mapping[str, date] | None = None
) -> tuple[Deadline, ...]:
    """The deadlines of a period in date order; ``chosen`` dates (`Date limite de réponse`) replace customary ones.

    Raises:
        ValueError: a date chosen for a step whose date the law sets comes after the legal one.
    """
    plan = []
    for step in steps:
        due = _due(step, period)
        own = (chosen or {}).get(step.code)
        if own and step.legal and own > due:
            raise ValueError(f"{step.code}: {own} is after the legal date {due}")
        plan.append(Deadline(step, own or due))
    return tuple(sorted(plan, key=lambda deadline: deadline.due))


def standing(plan: tuple[Deadline, ...], today: date, done: Collection[str] = ()) -> tuple[Standing, ...]:
    """Where each deadline stands ``today``; ``done`` holds the codes of finished steps.

    A step is late from the day after it is due. `next` is the first that is neither done nor late, and every other
    step due the same day.
    """
    ahead = [deadline.due for deadline in plan if deadline.code not in done and deadline.due >= today]
    coming = min(ahead, default=None)

    def state(deadline: Deadline) -> State:
        if deadline.code in done:
            return "done"
        if deadline.due < today:
            return "late"
        return "next" if deadline.due == coming else "later"

    return tuple(Standing(deadline, state(deadline), (deadline.due - today).days) for deadline in plan)


def month_after(end: date) -> date:
    """The last day of the month that follows ``end``: 31 July after 30 June, 8 March after 8 February."""
    first = end + timedelta(days=1)
    year, month = (first.year + 1, 1) if first.month == 12 else (first.year, first.month + 1)
    try:
        return date(year, month, first.day) - timedelta(days=1)
    except ValueError:
        # A month too short for that day is never December.
        return date(year, month + 1, 1) - timedelta(days=1)


def lasts_three_months(period: Period) -> bool:
    """True if the period reaches the three months R.6315-2 asks for."""
    end = period.start - timedelta(days=1)
    for _ in range(3):
        end = month_after(end)
    return period.end >= end


def _due(step: Step, period: Period) -> date:
    if step.days_before is None:
        return month_after(period.end)
    return period.start - timedelta(days=step.days_before)
