"""No two weekends in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.domain.work import weekend_of
from rosterplan.messages import say
from rosterplan.messages.words import listed, long_date, plural
from rosterplan.rules.base import Rule
from rosterplan.rules.rolling import Overrun, overruns
from rosterplan.rules.selection import applies, at_most, current, in_scope, leniency, overrun_cost, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class ConsecutiveWeekends(Rule):
    """Of any ``among`` weekends in a row, a doctor's duties touch at most ``most``, past weekends included.

    A duty touches a weekend if it begins on its Saturday or Sunday. Soft: each run of ``among`` weekends pays for its
    own excess, so that with 1 of 3, two weekends in a row cost twice what two weekends one apart do.
    """

    code: ClassVar[str] = "consecutive-weekends"
    title: ClassVar[str] = "Pas deux week-ends de suite"
    title_en: ClassVar[str] = "No two weekends in a row"
    default: ClassVar[Strength] = soft("comfort", 30)
    law: ClassVar[str] = "usage local (repère : 2 à 3 semaines entre deux week-ends)"

    strength: Strength = soft("comfort", 30)
    most: int = Field(default=1, ge=0, le=52, title="maximum", description="most weekends touched among those")
    among: int = Field(default=2, ge=1, le=53, title="sur", description="weekends in a row looked at")

    def post(self, canvas: Canvas) -> None:
        """A window of weekends over those each doctor touches."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where(cols["weekend"] >= 0)
        touched = canvas.any(self.code, cols, ("doctor", "weekend"))
        touched = touched.having(rank=touched["weekend"] // 7)
        at_most(canvas, self, touched, ("doctor",), self.most, rolling=("rank", self.among))

    def looks_back_to(self, start: date) -> date:
        """Return the first of the weekends looked at with that of the first week."""
        return min(super().looks_back_to(start), start - timedelta(weeks=self.among + 1))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Slide over the weekends of each doctor."""
        for name, held in timelines(instance, roster, self.scope).items():
            doctor = instance.doctor_by_id[name]
            on_weekends = [one for one in held if weekend_of(one.date)]

            def cost(inside: Sequence[Held], doctor: Doctor = doctor) -> int:
                past = _weekends([one for one in inside if one.past])
                return overrun_cost(self, doctor, _weekends(inside), self.most, past)

            for found in overruns(on_weekends, _week, self.among, lambda inside: _weekends(inside) - self.most, cost):
                yield self._found(doctor, found)

    def _found(self, doctor: Doctor, found: Overrun) -> Finding:
        """Return what is said of weekends too close."""
        saturdays = sorted({saturday for one in found.held if (saturday := weekend_of(one.date))})
        days = listed([long_date(saturday) for saturday in saturdays])
        return self.finding(
            say(
                fr=f"{doctor.name} : week-ends trop rapprochés ({days}).",
                en=f"{doctor.name}: weekends too close together ({days}).",
            ),
            doctors=(doctor.id,),
            duties=current(found.held),
            amount=found.worst,
            cost=found.cost,
        )

    def words(self) -> str:
        """Say it."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        if (self.most, self.among) == (1, 2):
            return say(
                fr=f"Pas deux week-ends de garde de suite pour un même médecin{rest}.",
                en=f"No two weekends on duty in a row for one doctor{rest}.",
            )
        most = plural(self.most, say(fr="week-end", en="weekend"))
        return say(
            fr=f"Au plus {most} de garde sur {self.among} de suite par médecin{rest}.",
            en=f"At most {most} on duty of any {self.among} in a row per doctor{rest}.",
        )


def _week(held: Held) -> int:
    """Return the number of the week of a duty, Monday to Sunday."""
    return (held.date.toordinal() - 1) // 7


def _weekends(held: Sequence[Held]) -> int:
    """Return how many weekends duties touch."""
    return len({weekend_of(one.date) for one in held})
