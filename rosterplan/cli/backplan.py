"""The back-plan of dates in words: what is due when, and how it stands today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rosterplan.messages import say
from rosterplan.messages.trade import step_word
from rosterplan.messages.words import long_date, plural

if TYPE_CHECKING:
    from rosterplan.domain.calendar.deadlines import Deadline, Standing
    from rosterplan.domain.instance import Period

OUTSIDE = frozenset({"cdom", "ars", "liste-effectuee", "tableau-de-service", "tableau-definitif", "agenda-transmis"})
"""Steps that happen in letters and registers: no file of the folder shows whether they are done."""


def standings(
    period: Period,
    today: date,
    done: Collection[str] = (),
    chosen: Mapping[str, date] | None = None,
    kinds: Collection[str] = ("pdsa",),
) -> tuple[Standing, ...]:
    """Return each deadline of a period as it stands ``today``; a `Date limite de réponse` replaces the customary one."""
    from rosterplan.domain.calendar.deadlines import back_plan, standing
    from rosterplan.domain.circuit import circuit_of

    return standing(back_plan(period, circuit_of(kinds).steps, chosen), today, done)


def deadline_lines(period: Period, today: date, kinds: Collection[str] = ("pdsa",)) -> list[str]:
    """Return the deadlines of a period, a line each."""
    from rosterplan.domain.calendar.deadlines import back_plan
    from rosterplan.domain.circuit import circuit_of

    return [
        f"{_day(deadline.due, today)} : {step_word(deadline.code)}{law(deadline)}"
        for deadline in back_plan(period, circuit_of(kinds).steps)
    ]


def law(deadline: Deadline) -> str:
    """« (CSP R.6315-2) » where a text of law sets the date."""
    return " (CSP R.6315-2)" if deadline.step.legal else ""


def standing_words(standing: Standing) -> str:
    """Return how a step stands: done, late by how much, next, later; a step outside the folder is never said done."""
    days = plural(abs(standing.days_left), say(fr="jour", en="day"))
    match standing.state:
        case "done":
            return say(fr="fait", en="done")
        case "late" if standing.deadline.code in OUTSIDE:
            return say(fr=f"date passée de {days} : à vous de vérifier", en=f"{days} past: for you to check")
        case "late":
            return say(fr=f"en retard de {days}", en=f"{days} late")
        case "next" if standing.days_left == 0:
            return say(fr="à faire aujourd’hui", en="due today")
        case "next":
            return say(fr=f"à faire, dans {days}", en=f"next, in {days}")
        case _:
            return say(fr=f"plus tard, dans {days}", en=f"later, in {days}")


def _day(day: date, today: date) -> str:
    """« lundi 1er mars 2027 », said to be past where it is."""
    return long_date(day) + (say(fr=" (déjà passé)", en=" (already past)") if day < today else "")
