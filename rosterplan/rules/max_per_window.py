"""At most so many duties in any days in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Strength
from rosterplan.domain.work import Duty, Line
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.caps import Cap, amount, counted
from rosterplan.rules.expected import expected_in_all
from rosterplan.rules.params import Unit
from rosterplan.rules.rolling import Overrun, overruns
from rosterplan.rules.selection import applies, at_most, current, in_scope, leniency, overrun_cost, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class MaxPerWindow(Cap):
    """Σ units of the duties dated in [t, t + days) ≤ the doctor's maximum, for every day t, past duties included.

    Units: duties, distinct dates, or points. Where more is accepted or the rule is soft, each window of days pays for
    its own excess, weight × e² or weight × e: duties that crowd closer stand in more windows and cost more. What the
    past alone passes costs nothing.
    """

    code: ClassVar[str] = "max-per-window"
    title: ClassVar[str] = "Maximum sur quelques jours de suite"
    title_en: ClassVar[str] = "Maximum over a few days in a row"
    default: ClassVar[Strength] = UNLESS_ACCEPTED
    law: ClassVar[str] = "usage local (repère : 2 gardes par période de 7 jours)"

    most: int = Field(default=2, ge=0, title="maximum", description="most a doctor holds in the days")
    days: int = Field(default=7, ge=1, le=400, title="jours", description="length of the window [days]")
    unit: Unit = Field(default="duties", title="unité", description="gardes, jours or points")

    def post(self, canvas: Canvas) -> None:
        """One cap per doctor over every window of days."""
        cols = in_scope(canvas, self.scope)
        if self.unit == "days":
            cols = canvas.any(self.code, cols, ("doctor", "day"))
        shares = self._shares(canvas.instance)
        tops = [self.allowed(doctor, shares.get(doctor.id, 0.0)) for doctor in canvas.instance.doctors]
        coef = cols["points"] if self.unit == "points" else 1
        hi = np.array(tops, dtype=np.int64)[cols["doctor"]]
        at_most(canvas, self, cols, ("doctor",), hi, coef=coef, rolling=("day", self.days))

    def _shares(self, instance: Instance) -> dict[str, float]:
        """Return what each doctor would hold in a window of an even quarter under full cover [units]."""
        if not self.at_least_share:
            return {}

        def units(duty: Duty) -> int:
            covered = self.scope.covers_line(instance.line_by_id[duty.line]) and self.scope.covers_band(duty.band)
            return (duty.points if self.unit == "points" else 1) if covered else 0

        length = (instance.period.end - instance.period.start).days + 1
        part = min(self.days, length) / length
        return instance.once(
            f"full shares of {self!r}",
            lambda: {name: share * part for name, share in expected_in_all(instance, units).items()},
        )

    def looks_back_to(self, start: date) -> date:
        """Return the first day of the last window that reaches into the period."""
        return min(super().looks_back_to(start), start - timedelta(days=self.days))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Slide the window over each doctor's days."""
        shares = self._shares(instance)
        for name, held in timelines(instance, roster, self.scope).items():
            doctor = instance.doctor_by_id[name]
            top = self.allowed(doctor, shares.get(name, 0.0))

            def excess(inside: Sequence[Held], top: int = top) -> int:
                return counted(inside, self.unit) - top

            def cost(inside: Sequence[Held], top: int = top, doctor: Doctor = doctor) -> int:
                past = counted([one for one in inside if one.past], self.unit)
                return overrun_cost(self, doctor, counted(inside, self.unit), top, past)

            for found in overruns(held, lambda one: one.date.toordinal(), self.days, excess, cost):
                yield self._found(doctor, found, top)

    def _found(self, doctor: Doctor, found: Overrun, top: int) -> Finding:
        """Return what is said of windows in a row that hold too much."""
        have, days = amount(top + found.worst, self.unit), plural(self.days, say(fr="jour", en="day"))
        dates = [one.date for one in found.held]
        first, last = long_date(min(dates)), long_date(max(dates))
        return self.finding(
            say(
                fr=f"{doctor.name} : jusqu’à {have} en {days} entre le {first} et le {last}, pour {top} au plus.",
                en=f"{doctor.name}: up to {have} in {days} between {first} and {last}, {top} at most.",
            ),
            doctors=(doctor.id,),
            duties=current(found.held),
            amount=found.worst,
            cost=found.cost,
        )

    def words(self) -> str:
        """Say the cap."""
        most, days = amount(self.most, self.unit), plural(self.days, say(fr="jour", en="day"))
        rest = f"{leniency(self)}{applies(self.scope)}{self._scaled()}"
        return say(
            fr=f"Au plus {most} par médecin sur {days} de suite{rest}.",
            en=f"At most {most} per doctor in any {days} in a row{rest}.",
        )

    def most_held(self, instance: Instance, doctor: Doctor, line: Line, first: date, last: date) -> int | None:
        """Return the cap times the windows the days need."""
        limits = self.unit == "duties" and not self.scope.bands and not self.at_least_share
        covered = self.scope.covers_doctor(doctor) and self.scope.covers_line(line)
        if not (limits and covered and self.hard_on(self.lifted_by(doctor))):
            return None
        windows = -(-((last - first).days + 1) // self.days)
        return self.allowed(doctor) * windows
