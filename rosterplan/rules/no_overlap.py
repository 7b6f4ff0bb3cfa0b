"""A doctor is in one place at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.rules.base import Rule
from rosterplan.rules.selection import applies, current, described, in_scope, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class NoOverlap(Rule):
    """No two duties of a doctor overlap: [start, end) intervals, across midnight, lines, sites and the past.

    Duties that touch (one ends when the other starts) do not overlap.
    """

    code: ClassVar[str] = "no-overlap"
    title: ClassVar[str] = "Une seule garde à la fois"
    title_en: ClassVar[str] = "One duty at a time"
    law: ClassVar[str] = "CSP R.6315-2 (médecin nommé, modalité et lieu de chaque garde)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    def post(self, canvas: Canvas) -> None:
        """No two duties of one doctor at the same time."""
        canvas.apart(self.code, in_scope(canvas, self.scope), ("doctor",), "start", "end", 0)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Compare each duty with those that start before it ends; two past duties are nobody's doing."""
        for name, held in timelines(instance, roster, self.scope).items():
            for number, first in enumerate(held):
                for second in held[number + 1 :]:
                    if second.start_minute >= first.end_minute:
                        break
                    if first.past and second.past:
                        continue
                    who = instance.doctor_by_id[name].name
                    one, other = described(instance, first), described(instance, second)
                    yield self.finding(
                        say(
                            fr=f"{who} : {one} et {other} se chevauchent.",
                            en=f"{who}: {one} and {other} overlap.",
                        ),
                        doctors=(name,),
                        duties=current((first, second)),
                        amount=(min(first.end_minute, second.end_minute) - second.start_minute) / 60,
                    )

    def words(self) -> str:
        """Say it."""
        who = applies(self.scope)
        return say(
            fr=f"Un médecin ne tient jamais deux gardes en même temps{who}.",
            en=f"A doctor never holds two duties at the same time{who}.",
        )
