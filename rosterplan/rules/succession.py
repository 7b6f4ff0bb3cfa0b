"""Duties of one kind that may not follow duties of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import HARD, Strength
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.rules.base import BoolArray, Rule
from rosterplan.rules.params import Names
from rosterplan.rules.selection import applies, at_most, current, described, in_scope, leniency, overrun_cost, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


class Succession(Rule):
    """Who holds a duty of a kind ``first`` dated t holds none of a kind ``then`` dated t + ``after`` days.

    Ordered: what is forbidden one way may be allowed the other. A kind is a line or a band; no kind named = all.
    Past duties count as first ones. Soft: each two days in such an order cost the weight, however many duties they hold.
    """

    code: ClassVar[str] = "succession"
    title: ClassVar[str] = "Enchaînement de gardes interdit"
    title_en: ClassVar[str] = "Duties that may not follow each other"
    default: ClassVar[Strength] = HARD
    law: ClassVar[str] = "usage local (repère : pas de matin le lendemain d’une nuit)"

    first: Names = Field(default=(), title="avant", description="lines or bands of the first duty; none = all")
    then: Names = Field(
        default=(), title="ensuite", description="lines or bands of the duty that may not follow; none = all"
    )
    after: int = Field(default=1, ge=1, le=60, title="jours après", description="days from the first duty to the other")

    def post(self, canvas: Canvas) -> None:
        """At most one of the two days, per doctor."""
        from rosterplan.canvas import Cols

        cols = in_scope(canvas, self.scope)
        before = canvas.any(self.code, cols.where(self._kind(canvas, cols, self.first)), ("doctor", "day"))
        later = cols.where(self._kind(canvas, cols, self.then) & (cols["past"] == 0))
        later = canvas.any(self.code, later, ("doctor", "day"))
        doctor = np.concatenate((before["doctor"], later["doctor"]))
        bond = np.concatenate((before["day"] + self.after, later["day"]))
        both = Cols(np.concatenate((before.id, later.id)), {"doctor": doctor, "bond": bond})
        at_most(canvas, self, both, ("doctor", "bond"), 1)

    def _kind(self, canvas: Canvas, cols: Cols, names: tuple[str, ...]) -> BoolArray:
        """Return which columns are of a line or band named."""
        if not names:
            return np.ones(len(cols), dtype=bool)
        lines, bands = (np.isin(cols[kind], canvas.codes.numbers(kind, names)) for kind in ("line", "band"))
        return np.asarray(lines | bands, dtype=bool)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Look at each doctor's day and the day that many days later."""
        for name, held in timelines(instance, roster, self.scope).items():
            days: dict[date, list[Held]] = defaultdict(list)
            for one in held:
                days[one.date].append(one)
            for day, here in sorted(days.items()):
                before = [one for one in here if _is(one, self.first)]
                later = [
                    one
                    for one in days.get(day + timedelta(days=self.after), [])
                    if _is(one, self.then) and not one.past
                ]
                if before and later:
                    yield self._found(instance, name, before, later)

    def _found(self, instance: Instance, name: str, before: list[Held], later: list[Held]) -> Finding:
        """Return what is said of two days."""
        doctor = instance.doctor_by_id[name]
        which, other = described(instance, later[0]), described(instance, before[0])
        return self.finding(
            say(fr=f"{doctor.name} : {which} après {other}.", en=f"{doctor.name}: {which} after {other}."),
            doctors=(name,),
            duties=current([*before, *later]),
            cost=overrun_cost(self, doctor, 2, 1, 0),
        )

    def words(self) -> str:
        """Say the order."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        one, other = (listed(names) or say(fr="une garde", en="any duty") for names in (self.first, self.then))
        when = (
            say(fr="le lendemain", en="the day after")
            if self.after == 1
            else say(fr=f"{self.after} jours après", en=f"{self.after} days after")
        )
        return say(
            fr=f"Le médecin qui tient {one} ne tient pas {other} {when}{rest}.",
            en=f"A doctor who holds {one} does not hold {other} {when}{rest}.",
        )


def _is(held: Held, names: tuple[str, ...]) -> bool:
    """True if a duty is of a line or band named, or none is named."""
    return not names or held.line in names or held.band in names
