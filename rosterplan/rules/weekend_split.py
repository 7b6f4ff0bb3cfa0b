"""A doctor never holds both Saturday and Sunday of a weekend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import weekend_of
from rosterplan.messages import say
from rosterplan.messages.words import long_date
from rosterplan.rules.base import Rule
from rosterplan.rules.selection import applies, at_most, current, in_scope, leniency, overrun_cost, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class WeekendSplit(Rule):
    """Of Saturday and Sunday of one weekend, a doctor's duties begin on one at most, whatever the line.

    The Saturday before the period counts. Soft: a weekend of two days costs the weight.
    """

    code: ClassVar[str] = "weekend-split"
    title: ClassVar[str] = "Week-end partagé"
    title_en: ClassVar[str] = "Weekend split"
    law: ClassVar[str] = "usage local (choix du secteur : samedi et dimanche à deux médecins)"

    def post(self, canvas: Canvas) -> None:
        """One day per doctor and weekend."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where(cols["weekend"] >= 0)
        at_most(canvas, self, canvas.any(self.code, cols, ("doctor", "day")), ("doctor", "weekend"), 1)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Look for weekends of two days."""
        for name, held in timelines(instance, roster, self.scope).items():
            weekends: dict[date, list[Held]] = defaultdict(list)
            for one in held:
                saturday = weekend_of(one.date)
                if saturday:
                    weekends[saturday].append(one)
            for saturday, inside in sorted(weekends.items()):
                days = {one.date for one in inside}
                if len(days) < 2 or not current(inside):
                    continue
                doctor = instance.doctor_by_id[name]
                past = len({one.date for one in inside if one.past})
                yield self.finding(
                    say(
                        fr=f"{doctor.name} : samedi et dimanche du même week-end ({long_date(saturday)}).",
                        en=f"{doctor.name}: Saturday and Sunday of one weekend ({long_date(saturday)}).",
                    ),
                    doctors=(name,),
                    duties=current(inside),
                    cost=overrun_cost(self, doctor, 2, 1, past),
                )

    def words(self) -> str:
        """Say it."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        return say(
            fr=f"Un même médecin ne tient pas le samedi et le dimanche d’un même week-end{rest}.",
            en=f"No doctor holds both Saturday and Sunday of one weekend{rest}.",
        )
