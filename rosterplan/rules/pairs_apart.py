"""Two doctors who are not on duty together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator, Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.rules.base import Rule
from rosterplan.rules.params import Couples, folded
from rosterplan.rules.selection import applies, current, described, in_scope, leniency, not_both, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

Togetherness = Annotated[
    Literal["hours", "date"], BeforeValidator(folded({"heures": "hours", "horaires": "hours", "jour": "date"}))
]


class PairsApart(Rule):
    """Of each couple, no duty of one overlaps a duty of the other (or, ``when`` = date, begins on the same date).

    Soft: each two such duties cost the weight. Duties of the past count with those of this plan.
    """

    code: ClassVar[str] = "pairs-apart"
    title: ClassVar[str] = "Jamais ensemble"
    title_en: ClassVar[str] = "Never together"
    law: ClassVar[str] = "usage local (conjoints ou associés, à leur demande)"
    kinds: ClassVar[tuple[str, ...]] = ("hard", "soft")

    couples: Couples = Field(default=(), title="couples", description="pairs of doctors: M001 + M002 ; M003 + M004")
    when: Togetherness = Field(default="hours", title="au sens", description="heures: same hours; date: same date")

    def post(self, canvas: Canvas) -> None:
        """Each two duties that would be together exclude each other."""
        cols, number = in_scope(canvas, self.scope), canvas.codes["doctor"]
        for one, other in self.couples:
            first, second = (cols.where(cols["doctor"] == number.get(name, -1)) for name in (one, other))
            if self.when == "date":
                clash = first["day"][:, None] == second["day"]
            else:
                clash = (first["start"][:, None] < second["end"]) & (second["start"] < first["end"][:, None])
            row, column = np.nonzero(clash)
            not_both(canvas, self, first.id[row], second.id[column])

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Compare the duties of the two; two past duties are nobody's doing."""
        held = timelines(instance, roster, self.scope)
        for one, other in self.couples:
            for first in held.get(one, ()):
                for second in held.get(other, ()):
                    if self._together(first, second) and not (first.past and second.past):
                        yield self._found(instance, first, second)

    def _together(self, first: Held, second: Held) -> bool:
        """True if two duties are on the same date, or overlap."""
        if self.when == "date":
            return first.date == second.date
        return first.start_minute < second.end_minute and second.start_minute < first.end_minute

    def _found(self, instance: Instance, first: Held, second: Held) -> Finding:
        """Return what is said of two duties held together."""
        one, other = (instance.doctor_by_id[held.doctor].name for held in (first, second))
        return self.finding(
            say(
                fr=f"{one} et {other} ensemble : {described(instance, first)} et {described(instance, second)}.",
                en=f"{one} and {other} together: {described(instance, first)} and {described(instance, second)}.",
            ),
            doctors=(first.doctor, second.doctor),
            duties=current((first, second)),
            cost=self.strength.weight if self.strength.kind == "soft" else 0,
        )

    def words(self) -> str:
        """Say who is kept apart."""
        couples = listed([say(fr=f"{one} et {other}", en=f"{one} and {other}") for one, other in self.couples])
        couples = couples or say(fr="aucun couple n’est indiqué", en="no pair is given")
        rest = f"{leniency(self)}{applies(self.scope)}"
        if self.when == "date":
            return say(
                fr=f"Jamais de garde à la même date : {couples}{rest}.",
                en=f"Never on duty on the same date: {couples}{rest}.",
            )
        return say(
            fr=f"Jamais de garde aux mêmes heures : {couples}{rest}.",
            en=f"Never on duty at the same hours: {couples}{rest}.",
        )
