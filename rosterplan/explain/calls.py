"""Tonight’s replacement: whom to call, in order, what stands in the way, and how near their other duties are; no solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.explain.board import Blocker, lay
from rosterplan.explain.moves import Moves, give, hand
from rosterplan.explain.phrases import refused_as, refused_words
from rosterplan.explain.standing_of_doctors import Balances
from rosterplan.explain.swaps import serving_roster
from rosterplan.messages import say
from rosterplan.messages.words import listed, short_date
from rosterplan.rules.base import Rule

NEVER_WAIVED = frozenset({"no-overlap", "volunteers-only"})
"""Nobody serves in two places at once, and nobody is made to volunteer."""

Said = Literal["wish", "avoid", "impossible", "nothing"]


@dataclass(frozen=True)
class Obstacle:
    """A rule to waive for a call to end in a replacement, in words, with its source."""

    code: str
    text: str
    source: str


@dataclass(frozen=True)
class Call:
    """A doctor to call: ``balance`` in hundredths of a duty in the duty’s group, ``days`` to the duties before and after."""

    doctor: str
    phone: str
    obstacles: tuple[Obstacle, ...]
    balance: int
    days_before: int | None
    days_after: int | None
    said: Said

    @property
    def legal(self) -> bool:
        """True if no hard rule stands in the way."""
        return not self.obstacles

    @property
    def order(self) -> tuple[bool, int, int, int, str]:
        """Legal ones first, then fewest rules to waive; of these who is most behind, then whose duties are farthest."""
        near = min((days for days in (self.days_before, self.days_after) if days is not None), default=999)
        dislike = {"wish": 0, "nothing": 1, "avoid": 2, "impossible": 3}[self.said]
        return not self.legal, len(self.obstacles) * 10 + dislike // 2, self.balance, -near, self.doctor


def calls(
    instance: Instance, rules: Sequence[Rule], roster: Roster, duty: str, leaving: str | None, seed: int = 1
) -> tuple[Call, ...]:
    """Return who could serve a duty in place of ``leaving`` (None: it is unfilled), best call first.

    Nobody appears who is there already, whom a rule that is never waived forbids, or whom two rules keep out of the line.
    """
    there = serving_roster(roster)
    # soft rules stand in nobody's way, and fairness alone takes half of the time; cover is soft but for its upper side
    binding = [rule for rule in rules if rule.strength.kind != "soft" or rule.code == "coverage"]
    board = lay(instance, binding, there, duties=(duty,))
    names = [name for name, of in board.column_of if of == duty and not board.holds(name, duty)]
    cases: list[Moves] = [hand(duty, leaving, name) if leaving else give(duty, name) for name in names]
    balances = Balances(instance, roster, seed)
    group = instance.group_of_line.get(instance.duty_by_id[duty].line, "")
    found = []
    for name, verdict in zip(names, board.judge_all(cases), strict=True):
        against = [one for one in verdict.blockers if not one.decided]
        if any(one.rule.code in NEVER_WAIVED or _strange(one) for one in against):
            continue
        before, after = _neighbours(instance, there, name, duty)
        obstacles = tuple(dict.fromkeys(_obstacle(instance, one, name, duty) for one in against))
        phone = instance.doctor_by_id[name].phone
        found.append(
            Call(name, phone, obstacles, balances.in_all(name, group), before, after, _said(instance, name, duty))
        )
    return tuple(sorted(found, key=lambda call: call.order))


def _strange(blocker: Blocker) -> bool:
    """True for a doctor who may not hold such duties at all: not on the list, another modality, a skill missing."""
    return blocker.rule.code == "eligible" and not blocker.outsider


def _obstacle(instance: Instance, blocker: Blocker, doctor: str, duty: str) -> Obstacle:
    """Return a blocker in words: the rule by name, and the duties that count with this one."""
    if blocker.outsider:
        text = say(fr="n’est pas de ce secteur", en="is not of this sector")
    elif blocker.rule.code == "availability":
        text = refused_words(refused_as(instance, doctor, instance.duty_by_id[duty]))
    else:
        own = [short_date(one.date) for one in blocker.beside if one.doctor == doctor]
        days = listed(own, most=5)
        beside = ""
        if len(own) == 1:
            beside = say(fr=f" (sa garde du {days})", en=f" (own duty: {days})")
        elif own:
            beside = say(fr=f" (ses gardes : {days})", en=f" (own duties: {days})")
        text = f"{blocker.rule.named[:1].lower()}{blocker.rule.named[1:]}{beside}"
    return Obstacle(blocker.rule.code, text, blocker.rule.source)


def _neighbours(instance: Instance, roster: Roster, doctor: str, duty: str) -> tuple[int | None, int | None]:
    """Return the days from the duty served before, the past included, and to the one after; None where there is none."""
    day = instance.duty_by_id[duty].date
    days: list[date] = [instance.duty_by_id[name].date for name in roster.duties_of.get(doctor, ()) if name != duty]
    days += [past.start.date() for past in instance.history if past.doctor == doctor]
    before = [(day - one).days for one in days if one <= day]
    after = [(one - day).days for one in days if one > day]
    return min(before, default=None), min(after, default=None)


def _said(instance: Instance, doctor: str, duty: str) -> Said:
    """Return what the doctor said of the duty; of several answers the gravest."""
    of = instance.duty_by_id[duty]
    said = {
        row.value
        for row in instance.availability_of.get(doctor, ())
        if row.duty == duty or bool(row.start and row.end and row.start <= of.date <= row.end)
    }
    if "impossible" in said:
        return "impossible"
    if "avoid" in said:
        return "avoid"
    return "wish" if "wish" in said else "nothing"
