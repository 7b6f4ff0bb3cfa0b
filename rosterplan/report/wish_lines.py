"""What doctors asked for and what became of it: wishes granted or not, duties held though marked « à éviter »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rosterplan.domain.fairness import wishes_of
from rosterplan.domain.instance import Availability
from rosterplan.messages import say
from rosterplan.messages.words import day_name, hours, plural
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.pools import Pools

NEAR_DAYS = 2
"""A duty this near a wished one is reason enough not to grant it [days]."""


@dataclass(frozen=True)
class WishLine:
    """One answer of a form: what was asked, and whether the roster follows it, with the reason where it does not."""

    doctor: str
    value: Literal["wish", "avoid"]
    what: str
    day: date
    granted: bool
    why: str = ""


@dataclass(frozen=True)
class WishCount:
    """The marks of one doctor as the wish points count them: `refused` of `marks`."""

    doctor: str
    marks: int
    refused: int


def wish_lines(facts: Facts, pools: Pools) -> tuple[WishLine, ...]:
    """Every wish and « à éviter », by date then doctor."""
    held = facts.seats_of_doctor
    found = []
    for said in facts.instance.availability:
        if said.value == "wish":
            found.append(_wish(facts, pools, said, held[said.doctor]))
        elif said.value == "avoid":
            found.append(_avoided(facts, said, held[said.doctor]))
    return tuple(sorted(found, key=lambda line: (line.day, facts.rank_of[line.doctor], line.value, line.what)))


def wish_counts(facts: Facts) -> tuple[WishCount, ...]:
    """Refused marks of each doctor who marked something, by name."""
    found = [
        WishCount(wishes.doctor, wishes.marks, wishes.refused(facts.roster.duties_of.get(wishes.doctor, ())))
        for wishes in wishes_of(facts.instance, facts.roster.dues)
    ]
    return tuple(sorted(found, key=lambda count: facts.rank_of[count.doctor]))


def _wish(facts: Facts, pools: Pools, said: Availability, held: Sequence[Seat]) -> WishLine:
    """A wish is granted if the duty is held, or at least one of the days."""
    meeting = [seat for seat in held if _about(said, seat)]
    what, day = _what(facts, said)
    if meeting:
        count = plural(len(meeting), say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
        return WishLine(said.doctor, "wish", what, day, True, "" if said.duty else count)
    return WishLine(said.doctor, "wish", what, day, False, _why_not(facts, pools, said, held))


def _avoided(facts: Facts, said: Availability, held: Sequence[Seat]) -> WishLine:
    """« À éviter » is followed if no such duty is held."""
    meeting = [seat for seat in held if _about(said, seat)]
    what, day = _what(facts, said)
    days = ", ".join(f"{seat.duty.date:%d/%m}" for seat in meeting)
    why = say(fr=f"de garde le {days}", en=f"on duty on {days}")
    return WishLine(said.doctor, "avoid", what, day, not meeting, why if meeting else "")


def _why_not(facts: Facts, pools: Pools, said: Availability, held: Sequence[Seat]) -> str:
    """The plainest true reason a wished duty went elsewhere; colleagues are not named."""
    if said.duty is None:
        return say(fr="aucune garde ces jours-là", en="no duty on these days")
    duty = facts.instance.duty_by_id[said.duty]
    if (said.doctor, said.duty) not in pools.wishes:
        return say(fr="une règle l’interdit", en="a rule forbids it")
    if any(seat.duty.date == duty.date for seat in held):
        return say(fr="déjà de garde ce jour-là", en="already on duty that day")
    if any(abs((seat.duty.date - duty.date).days) <= NEAR_DAYS for seat in held):
        return say(fr="autre garde trop proche", en="another duty too near")
    if facts.roster.doctors_of.get(said.duty):
        return say(fr="attribuée à un collègue", en="assigned to a colleague")
    return say(fr="non pourvue", en="unfilled")


def _about(said: Availability, seat: Seat) -> bool:
    if said.duty:
        return said.duty == seat.duty.id
    return bool(said.start and said.end and said.start <= seat.duty.date <= said.end)


def _what(facts: Facts, said: Availability) -> tuple[str, date]:
    """« MMG Clairval, samedi 12 h – 24 h », or « du 05/02 au 12/02 »; and its first day."""
    if said.duty:
        duty = facts.instance.duty_by_id[said.duty]
        line = facts.instance.line_by_id[duty.line].name
        start, end = duty.start.astimezone(facts.zone), duty.end.astimezone(facts.zone)
        return f"{line}, {day_name(duty.date)} {hours(start, end)}", duty.date
    start_day, end_day = said.start or facts.instance.period.start, said.end or facts.instance.period.end
    if start_day == end_day:
        return say(fr=f"le {start_day:%d/%m}", en=f"on {start_day:%d/%m}"), start_day
    return say(
        fr=f"du {start_day:%d/%m} au {end_day:%d/%m}", en=f"from {start_day:%d/%m} to {end_day:%d/%m}"
    ), start_day
