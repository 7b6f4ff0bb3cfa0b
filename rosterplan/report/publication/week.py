"""A week of a shared agenda published alone: its name, its file, and which versions hold which weeks.

No state is kept beside the versions: a week is published in every version whose folder holds its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.versions import Version
from rosterplan.domain.work import monday_of
from rosterplan.messages import say
from rosterplan.messages.words import long_date

WEEKS_FOLDER: Final = "semaines"
_FILE: Final = re.compile(rf"{WEEKS_FOLDER}/agenda-(\d{{4}})-S(\d{{2}})\.xlsx")


def week_name(monday: date) -> str:
    """« 2027-S14 »: the week as people of an office number them (ISO 8601)."""
    return f"{monday:%G}-S{monday:%V}"


def week_file(monday: date) -> str:
    """The file of a week in the folder of a version."""
    return f"{WEEKS_FOLDER}/agenda-{week_name(monday)}.xlsx"


def week_words(monday: date) -> str:
    """« semaine 14, du lundi 5 avril 2027 au dimanche 11 avril 2027 »."""
    number = monday.isocalendar().week
    first, last = long_date(monday), long_date(monday + timedelta(days=6))
    return say(fr=f"semaine {number}, du {first} au {last}", en=f"week {number}, from {first} to {last}")


def weeks_of(instance: Instance) -> tuple[date, ...]:
    """The Monday of each week that has duties, in order."""
    return tuple(sorted({monday_of(duty.date) for duty in instance.duties}))


def published_weeks(versions: Iterable[Version]) -> dict[date, tuple[int, ...]]:
    """The numbers of the versions that published each week, by its Monday, oldest first."""
    found: dict[date, tuple[int, ...]] = {}
    for version in versions:
        for name in version.files:
            if week := _FILE.fullmatch(name):
                monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
                found[monday] = (*found.get(monday, ()), version.number)
    return dict(sorted(found.items()))


def weeks_left(instance: Instance, versions: Iterable[Version]) -> tuple[date, ...]:
    """The weeks no version has published, in order."""
    done = published_weeks(versions)
    return tuple(monday for monday in weeks_of(instance) if monday not in done)


def keeping_weeks(instance: Instance, roster: Roster, in_force: Roster, weeks: Iterable[date]) -> Roster:
    """The roster with some weeks as they are in force: what is published alone changes alone."""
    kept = frozenset(weeks)

    def stands(one: Assignment) -> bool:
        return monday_of(instance.duty_by_id[one.duty].date) in kept

    new = tuple(one for one in roster.assignments if not stands(one))
    old = tuple(one for one in in_force.assignments if one.duty in instance.duty_by_id and stands(one))
    return roster.model_copy(update={"assignments": (*old, *new)})


def same_week(instance: Instance, one: Roster, other: Roster, monday: date) -> bool:
    """True if two rosters give a week's duties to the same doctors."""

    def held(roster: Roster) -> set[tuple[str, str, str | None]]:
        return {
            (at.duty, at.doctor, at.replaced_by) for at in roster.assignments
            if at.duty in instance.duty_by_id and monday_of(instance.duty_by_id[at.duty].date) == monday
        }  # fmt: skip

    return held(one) == held(other)
