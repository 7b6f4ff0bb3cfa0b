"""At most so many weekends touched per month, quarter or year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Strength
from rosterplan.domain.work import Duty, weekend_of
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.rules.base import IntArray
from rosterplan.rules.caps import Cap, per_period, period_number, period_words
from rosterplan.rules.expected import expected
from rosterplan.rules.params import Calendar
from rosterplan.rules.selection import applies, at_most, current, in_scope, leniency, overrun_cost, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


class MaxWeekends(Cap):
    """Weekends in which a doctor holds a duty, counted where their Saturday falls, past ones included ≤ the maximum.

    A duty touches a weekend if it begins on its Saturday or Sunday. e weekends above cost weight × e² where the doctor
    accepts more, weight × e where the rule is soft.
    """

    code: ClassVar[str] = "max-weekends"
    title: ClassVar[str] = "Maximum de week-ends"
    title_en: ClassVar[str] = "Maximum of weekends"
    default: ClassVar[Strength] = UNLESS_ACCEPTED
    law: ClassVar[str] = "usage local (repère : 1 week-end par mois)"

    most: int = Field(default=1, ge=0, title="maximum", description="most weekends touched in the period")
    period: Calendar = Field(default="month", title="période", description="mois, trimestre or année")

    def post(self, canvas: Canvas) -> None:
        """One cap per doctor and period on the weekends touched."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where(cols["weekend"] >= 0)
        saturdays, place = np.unique(cols["weekend"], return_inverse=True)
        numbers = [period_number(date.fromordinal(int(saturday)), self.period) for saturday in saturdays]
        cols = cols.having(slot=np.array(numbers, dtype=np.int64)[place])
        touched = canvas.any(self.code, cols, ("doctor", "weekend"))
        at_most(canvas, self, touched, ("doctor", "slot"), self._tops(canvas, touched))

    def _tops(self, canvas: Canvas, touched: Cols) -> IntArray:
        """Return the maximum that holds for each weekend touched."""
        doctors, number = canvas.instance.doctors, canvas.codes["doctor"]
        shares = {(number[name], slot): share for (name, slot), share in self._shares(canvas.instance).items()}
        keys = zip(touched["doctor"].tolist(), touched["slot"].tolist(), strict=True)
        return np.array(
            [self.allowed(doctors[who], shares.get((who, slot), 0.0)) for who, slot in keys], dtype=np.int64
        )

    def _shares(self, instance: Instance) -> dict[tuple[str, int], float]:
        """Return how many weekend duties each doctor would hold in each period under full cover."""
        if not self.at_least_share:
            return {}

        def slot(duty: Duty) -> int:
            return period_number(weekend_of(duty.date) or duty.date, self.period)

        def units(duty: Duty) -> int:
            covered = self.scope.covers_line(instance.line_by_id[duty.line]) and self.scope.covers_band(duty.band)
            return 1 if covered and weekend_of(duty.date) else 0

        return expected(instance, slot, units)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the weekends each doctor's duties touch."""
        shares = self._shares(instance)
        for name, held in timelines(instance, roster, self.scope).items():
            doctor = instance.doctor_by_id[name]
            periods: dict[int, list[Held]] = defaultdict(list)
            for one in held:
                saturday = weekend_of(one.date)
                if saturday is not None:
                    periods[period_number(saturday, self.period)].append(one)
            for slot, inside in sorted(periods.items()):
                top = self.allowed(doctor, shares.get((name, slot), 0.0))
                if _weekends(inside) > top and current(inside):
                    yield self._found(doctor, inside, top)

    def _found(self, doctor: Doctor, held: list[Held], top: int) -> Finding:
        """Return what is said of one period."""
        total, past = _weekends(held), _weekends([one for one in held if one.past])
        when = period_words(weekend_of(held[-1].date) or held[-1].date, self.period)
        have = plural(total, say(fr="week-end", en="weekend"))
        return self.finding(
            say(
                fr=f"{doctor.name} : {have} {when}, pour {top} au plus.",
                en=f"{doctor.name}: {have} {when}, {top} at most.",
            ),
            doctors=(doctor.id,),
            duties=current(held),
            amount=total - top,
            cost=overrun_cost(self, doctor, total, top, past),
        )

    def words(self) -> str:
        """Say the cap."""
        most, per = plural(self.most, say(fr="week-end", en="weekend")), per_period(self.period)
        rest = f"{leniency(self)}{applies(self.scope)}{self._scaled()}"
        return say(fr=f"Au plus {most} {per} et par médecin{rest}.", en=f"At most {most} {per} and doctor{rest}.")


def _weekends(held: list[Held]) -> int:
    """Return how many weekends duties touch."""
    return len({weekend_of(one.date) for one in held})
