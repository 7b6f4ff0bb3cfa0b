"""At most so many duties per calendar week, month, quarter or year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from rosterplan.domain.findings import Note
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Strength
from rosterplan.domain.work import Duty, Line
from rosterplan.messages.words import month_name
from rosterplan.rules.caps import amount, counted, period_number, period_words
from rosterplan.rules.params import Calendar, Unit
from rosterplan.rules.period_caps import PeriodCap
from rosterplan.rules.pool import pool_notes
from rosterplan.rules.selection import at_most, in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class MaxPerPeriod(PeriodCap):
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
        tops = self._tops(canvas, cols, self.period)
        at_most(canvas, self, cols, ("doctor", self.period), tops, coef=coef)

    def _day(self, held: date) -> date | None:
        return held

    def _weight(self, duty: Duty) -> int:
        return duty.points if self.unit == "points" else 1

    def _count(self, held: Sequence[Held]) -> int:
        return counted(held, self.unit)

    def _amount(self, count: int) -> str:
        return amount(count, self.unit)

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
