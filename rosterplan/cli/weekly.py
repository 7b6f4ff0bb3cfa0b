"""A shared agenda published week by week: which week is meant, in which state it is, what of the others stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from rosterplan.cli.exits import Refused
from rosterplan.messages import say
from rosterplan.messages.words import unaccented

if TYPE_CHECKING:
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.roster import Roster
    from rosterplan.domain.versions import State, Version

NEXT: Final = ("suivante", "prochaine", "next")
_WEEK: Final = re.compile(r"(?:(\d{4})[ -]?)?[sw]?(\d{1,2})", re.IGNORECASE)


def week_asked(typed: str | None, instance: Instance, versions: Sequence[Version]) -> date | None:
    """Return the Monday of the week typed: « 2027-S14 », « S14 », a date in it, or the next that is not published.

    Refused for a folder that is no agenda: others are published whole, as their circuit wants.
    """
    from rosterplan.domain.circuit import circuit_of
    from rosterplan.report.publication.week import week_name, weeks_left, weeks_of

    if typed is None:
        return None
    if circuit_of(instance.kinds).code != "secretariat":
        raise Refused(say(fr="Seul un agenda de soins non programmés se publie semaine par semaine ; ce planning se publie en entier.",
                          en="Only an agenda of unscheduled care is published week by week; this plan is published whole."))  # fmt: skip
    weeks, left = weeks_of(instance), weeks_left(instance, versions)
    if unaccented(typed.strip()) in NEXT:
        if not left:
            raise Refused(say(fr="Toutes les semaines sont déjà publiées.", en="Every week is published already."))
        return left[0]
    found = _typed(typed.strip(), weeks)
    if found not in weeks:
        first, last = (week_name(weeks[place]) for place in (0, -1)) if weeks else ("–", "–")
        raise Refused(say(fr=f"« {typed} » n’est pas une semaine de cet agenda : de {first} à {last}, une date, ou « suivante ».",
                          en=f"“{typed}” is no week of this agenda: {first} to {last}, a date, or “next”."))  # fmt: skip
    return found


def _typed(text: str, weeks: Sequence[date]) -> date | None:
    from rosterplan.domain.findings import Problem
    from rosterplan.domain.work import monday_of
    from rosterplan.sheets.cells.dates import read_date

    if match := _WEEK.fullmatch(text):
        year, number = match[1], int(match[2])
        fitting = [one for one in weeks if one.isocalendar().week == number and year in (None, f"{one:%G}")]
        return fitting[0] if len(fitting) == 1 else None
    day = read_date(text)
    return None if isinstance(day, Problem) else monday_of(day)


def state_of_week(monday: date, versions: Sequence[Version]) -> tuple[State, int]:
    """Return the state a week is published in: definitive the first time, then « modifié n »."""
    from rosterplan.report.publication.week import published_weeks

    times = len(published_weeks(versions).get(monday, ()))
    return ("modifie", times) if times else ("definitif", 0)


def others_kept(
    instance: Instance, roster: Roster, in_force: Roster | None, monday: date, versions: Sequence[Version]
) -> tuple[Roster, tuple[str, ...]]:
    """Return the roster with the other weeks published as they stand, and a word on those the new roster changed.

    Refused where the week is published already and nothing of it has changed.
    """
    from rosterplan.report.publication.week import keeping_weeks, published_weeks, same_week, week_name

    done = published_weeks(versions)
    if in_force is None or not done:
        return roster, ()
    if monday in done and same_week(instance, roster, in_force, monday):
        raise Refused(say(fr=f"Rien n’a changé dans la semaine {week_name(monday)} depuis sa publication : il n’y a rien à publier.",
                          en=f"Nothing has changed in week {week_name(monday)} since it was published: there is nothing to publish."))  # fmt: skip
    others = [one for one in done if one != monday]
    moved = [week_name(one) for one in others if not same_week(instance, roster, in_force, one)]
    words = tuple(
        say(fr=f"La semaine {name}, déjà publiée, reste telle quelle ; pour la changer : --week {name}.",
            en=f"Week {name}, published already, stays as it is; to change it: --week {name}.")
        for name in moved
    )  # fmt: skip
    return keeping_weeks(instance, roster, in_force, others), words


def weeks_told(instance: Instance, versions: Sequence[Version]) -> str:
    """« Semaines publiées : 2027-S14 (v1), 2027-S15 (v2, v4) ; suivante : rosterplan publish --week 2027-S16. »"""
    from rosterplan.report.publication.week import published_weeks, week_name, weeks_left

    done = published_weeks(versions)
    told = ", ".join(f"{week_name(one)} ({', '.join(f'v{number}' for number in by)})" for one, by in done.items())
    left = weeks_left(instance, versions)
    after = (
        say(fr=f" ; suivante : --week {week_name(left[0])}", en=f"; next: --week {week_name(left[0])}") if left else ""
    )
    return say(fr=f"Semaines publiées : {told}{after}.", en=f"Weeks published: {told}{after}.")
