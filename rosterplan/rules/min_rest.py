"""A doctor rests between two duties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.rules.base import Rule
from rosterplan.rules.selection import applies, described, in_scope, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class MinRest(Rule):
    """At least ``hours`` pass between the end of one duty of a doctor and the start of the next, history included."""

    code: ClassVar[str] = "min-rest"
    title: ClassVar[str] = "Repos minimal entre deux gardes"
    title_en: ClassVar[str] = "Least rest between two duties"
    law: ClassVar[str] = "usage local (repère : 11 h, CSP R.6152-27 pour les praticiens hospitaliers)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    hours: int = Field(default=11, ge=0, le=24 * 31, title="heures", description="rest between two duties [h]")

    def post(self, canvas: Canvas) -> None:
        """No two duties of one doctor closer than the rest."""
        canvas.apart(self.code, in_scope(canvas, self.scope), ("doctor",), "start", "end", self.hours * 60)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Compare each duty with all later ones that start too early; two past duties are nobody's doing."""
        for doctor, held in timelines(instance, roster, self.scope).items():
            for number, first in enumerate(held):
                for second in held[number + 1 :]:
                    rest = second.start_minute - first.end_minute
                    if rest >= self.hours * 60 or (first.past and second.past):
                        continue
                    name = instance.doctor_by_id[doctor].name
                    lacking = self.hours - rest / 60
                    yield self.finding(
                        say(
                            fr=f"{name} : moins de {self.hours} h de repos entre {described(instance, first)} "
                            f"et {described(instance, second)}.",
                            en=f"{name}: less than {self.hours} h of rest between {described(instance, first)} "
                            f"and {described(instance, second)}.",
                        ),
                        doctors=(doctor,),
                        duties=tuple(one.duty for one in (first, second) if one.duty),
                        amount=round(lacking, 2),
                    )

    def words(self) -> str:
        """Say the rest."""
        who = applies(self.scope)
        return say(
            fr=f"Au moins {plural(self.hours, 'heure')} de repos entre deux gardes d’un même médecin{who}.",
            en=f"At least {plural(self.hours, 'hour')} of rest between two duties of the same doctor{who}.",
        )
