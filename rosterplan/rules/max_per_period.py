"""At most so many duties per calendar week, month, quarter or year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding, Note
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Strength
from rosterplan.domain.work import Duty, Line
from rosterplan.messages import say
from rosterplan.messages.words import month_name
from rosterplan.rules.base import IntArray
from rosterplan.rules.caps import Cap, amount, counted, per_period, period_number, period_words
from rosterplan.rules.expected import expected
from rosterplan.rules.params import Calendar, Unit
from rosterplan.rules.pool import pool_notes
from rosterplan.rules.selection import applies, at_most, current, in_scope, leniency, overrun_cost, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


class MaxPerPeriod(Cap):
    """Σ units of the duties dated in one calendar period ≤ the doctor's maximum, past duties of the period included.

    Units: duties, distinct dates, or points. e units above cost weight × e² where the doctor accepts more, weight × e
    where the rule is soft; what the past alone passes is nobody's fault and costs nothing.
    """

    code: ClassVar[str] = "max-per-period"
    title: ClassVar[str] = "Maximum par semaine, mois, trimestre ou année"
    title_en: ClassVar[str] = "Maximum per week, month, quarter or year"
    default: ClassVar[Strength] = UNLESS_ACCEPTED
    law: ClassVar[str] = "usage local (repères : 4 à 5 gardes par mois ; 60 jours par an, CGI art. 151 ter)"

    most: int = Field(default=5, ge=0, title="maximum", description="most a doctor holds in the period")
    period: Calendar = Field(default="month", title="période", description="semaine, mois, trimestre or année")
    unit: Unit = Field(default="duties", title="unité", description="gardes, jours or points")

    def post(self, canvas: Canvas) -> None:
        """One cap per doctor and calendar period."""
        cols = in_scope(canvas, self.scope)
        if self.unit == "days":
            cols = canvas.any(self.code, cols, ("doctor", "day"))
        coef = cols["points"] if self.unit == "points" else 1
        at_most(canvas, self, cols, ("doctor", self.period), self._tops(canvas, cols), coef=coef)

    def _tops(self, canvas: Canvas, cols: Cols) -> IntArray:
        """Return the maximum that holds for each column."""
        doctors = canvas.instance.doctors
        tops = np.array([self.allowed(doctor) for doctor in doctors], dtype=np.int64)[cols["doctor"]]
        if self.at_least_share:
            shares, number = self._shares(canvas.instance), canvas.codes["doctor"]
            raised = {(number[name], slot): share for (name, slot), share in shares.items()}
            keys = zip(cols["doctor"].tolist(), cols[self.period].tolist(), strict=True)
            floors = [self.allowed(doctors[who], raised.get((who, slot), 0.0)) for who, slot in keys]
            tops = np.array(floors, dtype=np.int64)
        return tops

    def _shares(self, instance: Instance) -> dict[tuple[str, int], float]:
        """Return what each doctor would hold in each period under full cover [units]."""
        if not self.at_least_share:
            return {}

        def units(duty: Duty) -> int:
            covered = self.scope.covers_line(instance.line_by_id[duty.line]) and self.scope.covers_band(duty.band)
            return (duty.points if self.unit == "points" else 1) if covered else 0

        return expected(instance, lambda duty: period_number(duty.date, self.period), units)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count each doctor's units in each period."""
        shares = self._shares(instance)
        for name, held in timelines(instance, roster, self.scope).items():
            doctor = instance.doctor_by_id[name]
            periods: dict[int, list[Held]] = defaultdict(list)
            for one in held:
                periods[period_number(one.date, self.period)].append(one)
            for slot, inside in sorted(periods.items()):
                top = self.allowed(doctor, shares.get((name, slot), 0.0))
                if counted(inside, self.unit) > top and current(inside):
                    yield self._found(doctor, inside, top)

    def _found(self, doctor: Doctor, held: list[Held], top: int) -> Finding:
        """Return what is said of one period."""
        total = counted(held, self.unit)
        past = counted([one for one in held if one.past], self.unit)
        when, have = period_words(held[-1].date, self.period), amount(total, self.unit)
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
        most, per = amount(self.most, self.unit), per_period(self.period)
        rest = f"{leniency(self)}{applies(self.scope)}{self._scaled()}"
        return say(fr=f"Au plus {most} {per} et par médecin{rest}.", en=f"At most {most} {per} and doctor{rest}.")

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Say where the doctors of a line are too few for what the calendar asks, whatever is assigned."""
        if self.strength.kind == "soft" or self.unit != "duties" or self.at_least_share:
            return

        def when(day: date) -> str:
            return month_name(day, year=True) if self.period == "month" else period_words(day, self.period)

        notes = list(pool_notes(self, instance, self.allowed, lambda day: period_number(day, self.period), when))
        if self.period != "week":
            yield from notes
            return
        worst: dict[str | None, Note] = {}  # of thirteen weeks alike, one is told
        for note in notes:
            if note.line not in worst or (note.need or 0) > (worst[note.line].need or 0):
                worst[note.line] = note
        yield from worst.values()

    def most_held(self, instance: Instance, doctor: Doctor, line: Line, first: date, last: date) -> int | None:
        """Return the sum of the caps of the periods the days touch."""
        limits = self.unit == "duties" and not self.scope.bands and not self.at_least_share
        covered = self.scope.covers_doctor(doctor) and self.scope.covers_line(line)
        if not (limits and covered and self.hard_on(self.lifted_by(doctor))):
            return None
        periods = period_number(last, self.period) - period_number(first, self.period)
        return self.allowed(doctor) * (1 + periods // (7 if self.period == "week" else 1))
