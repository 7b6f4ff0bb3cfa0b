"""What the caps of a calendar period have in common: their tops, how they are audited, their sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.rules.base import IntArray
from rosterplan.rules.caps import Cap, per_period, period_number, period_words
from rosterplan.rules.expected import expected
from rosterplan.rules.params import Calendar
from rosterplan.rules.selection import applies, current, leniency, overrun_cost, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


class PeriodCap(Cap, ABC):
    """At most so many units in one calendar period, past duties of the period included; a subclass says what counts."""

    period: Calendar

    @abstractmethod
    def _day(self, held: date) -> date | None:
        """Return the day that places a duty of this date in a period; None if such a duty does not count."""

    @abstractmethod
    def _weight(self, duty: Duty) -> int:
        """Return the units a duty of the scope adds to what a doctor is expected to hold."""

    @abstractmethod
    def _count(self, held: Sequence[Held]) -> int:
        """Return the units these duties are."""

    @abstractmethod
    def _amount(self, count: int) -> str:
        """« 3 gardes », « 2 week-ends »."""

    def _tops(self, canvas: Canvas, cols: Cols, slot: str) -> IntArray:
        """Return the maximum that holds for each column, whose period stands in column ``slot``."""
        doctors, number = canvas.instance.doctors, canvas.codes["doctor"]
        if not self.at_least_share:
            return np.array([self.allowed(doctor) for doctor in doctors], dtype=np.int64)[cols["doctor"]]
        shares = {(number[name], place): share for (name, place), share in self._shares(canvas.instance).items()}
        keys = zip(cols["doctor"].tolist(), cols[slot].tolist(), strict=True)
        return np.array([self.allowed(doctors[who], shares.get((who, at), 0.0)) for who, at in keys], dtype=np.int64)

    def _shares(self, instance: Instance) -> dict[tuple[str, int], float]:
        """Return what each doctor would hold in each period under full cover [units]."""
        if not self.at_least_share:
            return {}

        def units(duty: Duty) -> int:
            covered = self.scope.covers_line(instance.line_by_id[duty.line]) and self.scope.covers_band(duty.band)
            return self._weight(duty) if covered else 0

        def slot(duty: Duty) -> int:
            return period_number(self._day(duty.date) or duty.date, self.period)

        return instance.once(f"full shares of {self!r}", lambda: expected(instance, slot, units))

    def looks_back_to(self, start: date) -> date:
        """Return the first day of the year for a cap by the year; other periods are shorter than what is usual."""
        usual = super().looks_back_to(start)
        return min(usual, start.replace(month=1, day=1)) if self.period == "year" else usual

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count each doctor's units in each period."""
        shares = self._shares(instance)
        for name, held in timelines(instance, roster, self.scope).items():
            doctor = instance.doctor_by_id[name]
            periods: dict[int, list[Held]] = defaultdict(list)
            for one in held:
                day = self._day(one.date)
                if day is not None:
                    periods[period_number(day, self.period)].append(one)
            for slot, inside in sorted(periods.items()):
                top = self.allowed(doctor, shares.get((name, slot), 0.0))
                if self._count(inside) > top and current(inside):
                    yield self._found(doctor, inside, top)

    def _found(self, doctor: Doctor, held: list[Held], top: int) -> Finding:
        """Return what is said of one period."""
        total, past = self._count(held), self._count([one for one in held if one.past])
        when, have = period_words(self._day(held[-1].date) or held[-1].date, self.period), self._amount(total)
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
        most, per = self._amount(self.most), per_period(self.period)
        rest = f"{leniency(self)}{applies(self.scope)}{self._scaled()}"
        return say(fr=f"Au plus {most} {per} et par médecin{rest}.", en=f"At most {most} {per} and doctor{rest}.")
