"""Working time averaged over sliding months stays below the legal limit, ordinary service and duties together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil, floor
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding, Note
from rosterplan.domain.instance import Held, Instance, Period
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Strength
from rosterplan.domain.worktime import Window, service_in, windows_of
from rosterplan.messages import say
from rosterplan.messages.words import decimal, listed, long_date, plural
from rosterplan.rules.base import Rule
from rosterplan.rules.selection import applies, at_most, current, in_scope, leniency, overrun_cost, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

_GRAIN = 1e-9


class AverageHours(Rule):
    """Hours of service + hours of duties in a window ≤ ``hours`` × full-time part × weeks, for each window.

    A window is ``months`` calendar months in a row that end within the period; past duties count. On-site duties count
    whole hours, rounded up one by one; astreintes ``astreinte_percent`` of theirs (their call-outs). Where the sheet
    `Temps de service` does not cover the window for a doctor nothing is required: it is told as « non vérifié ».
    """

    code: ClassVar[str] = "average-hours"
    title: ClassVar[str] = "Durée moyenne de travail par semaine"
    title_en: ClassVar[str] = "Average working hours per week"
    default: ClassVar[Strength] = UNLESS_ACCEPTED
    law: ClassVar[str] = "CSP R.6152-27 (48 heures en moyenne sur quatre mois)"

    strength: Strength = UNLESS_ACCEPTED
    hours: int = Field(default=48, ge=1, le=100, title="heures", description="average of a full-time week [h]")
    months: int = Field(default=4, ge=1, le=12, title="mois", description="length of the sliding window [months]")
    astreinte_percent: int = Field(
        default=0, ge=0, le=100, title="part des astreintes", description="part of astreinte hours counted as work [%]"
    )

    def post(self, canvas: Canvas) -> None:
        """One cap per doctor and window that can be verified."""
        instance = canvas.instance
        cols = in_scope(canvas, self.scope)
        percent = np.where(
            cols["modality"] == canvas.codes["modality"].get("astreinte", -2), self.astreinte_percent, 100
        )
        worked = -(-cols["minutes"] * percent // 6000)
        for window in windows_of(instance.period, self.months):
            tops = [self._most(instance, doctor, window) for doctor in instance.doctors]
            known = np.array([top is not None for top in tops], dtype=bool)
            most = np.array([top or 0 for top in tops], dtype=np.int64)
            first, last = window.first.toordinal(), window.last.toordinal()
            inside = (cols["day"] >= first) & (cols["day"] <= last) & known[cols["doctor"]] & (worked > 0)
            part = cols.where(inside)
            at_most(canvas, self, part, ("doctor",), most[part["doctor"]], coef=worked[inside])

    def _most(self, instance: Instance, doctor: Doctor, window: Window) -> int | None:
        """Return the hours of duties a doctor may hold in a window, never below 0; None where service is not known."""
        service = service_in(instance, doctor.id, window)
        if service is None or not self.scope.covers_doctor(doctor):
            return None
        return max(0, floor(self.hours * min(1.0, doctor.quota) * window.days / 7 - service + _GRAIN))

    def looks_back_to(self, start: date) -> date:
        """Return the first day of the first window that ends in the period."""
        first = windows_of(Period(start=start, end=start + timedelta(days=31)), self.months)[0].first
        return min(super().looks_back_to(start), first)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Add up each doctor's duties window by window."""
        for name, held in timelines(instance, roster, self.scope).items():
            doctor = instance.doctor_by_id[name]
            for window in windows_of(instance.period, self.months):
                top = self._most(instance, doctor, window)
                inside = [one for one in held if window.first <= one.date <= window.last]
                if top is None or not current(inside):
                    continue
                total = sum(self._worked(instance, one) for one in inside)
                counted = tuple(one for one in inside if self._worked(instance, one))
                if total > top and current(counted):
                    past = sum(self._worked(instance, one) for one in inside if one.past)
                    yield self._found(doctor, window, counted, total, top, past)

    def _worked(self, instance: Instance, held: Held) -> int:
        """Return the whole hours a duty counts."""
        line = instance.line_by_id.get(held.line)
        percent = self.astreinte_percent if line is not None and line.modality == "astreinte" else 100
        return ceil((held.end_minute - held.start_minute) * percent / 6000 - _GRAIN)

    def _found(
        self, doctor: Doctor, window: Window, held: tuple[Held, ...], total: int, top: int, past: int
    ) -> Finding:
        """Return what is said of a window too full."""
        first, last = long_date(window.first), long_date(window.last)
        return self.finding(
            say(
                fr=f"{doctor.name} : {total} heures de garde du {first} au {last}, pour {top} au plus "
                f"({self.hours} heures par semaine en moyenne, service compris).",
                en=f"{doctor.name}: {total} hours of duty from {first} to {last}, {top} at most "
                f"({self.hours} hours a week on average, service included).",
            ),
            doctors=(doctor.id,),
            duties=current(held),
            amount=total - top,
            cost=overrun_cost(self, doctor, total, top, past),
        )

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Say for whom it cannot be verified, and whose service alone passes it."""
        unknown = []
        for doctor in instance.doctors:
            if not self.scope.covers_doctor(doctor):
                continue
            windows = windows_of(instance.period, self.months)
            services = [service_in(instance, doctor.id, window) for window in windows]
            if not windows or None in services:
                unknown.append(doctor.name)
            for window, service in zip(windows, services, strict=True):
                weekly = (service or 0) * 7 / window.days
                if weekly > self.hours * min(1.0, doctor.quota) + _GRAIN:
                    yield self._too_much(doctor, window.first, window.last, weekly)
        if unknown:
            who = plural(len(unknown), say(fr="médecin", en="doctor"))
            yield Note(
                code=self.code, severity="information", supply=len(unknown),
                text=say(
                    fr=f"{self.hours} heures en moyenne sur {self.months} mois : non vérifié pour {who} dont la feuille "
                    f"« Temps de service » ne couvre pas les mois voulus ({listed(unknown, most=5)}).",
                    en=f"{self.hours} hours on average over {self.months} months: not verified for {who} whose sheet "
                    f"“Temps de service” does not cover the months wanted ({listed(unknown, most=5)}).",
                ),
            )  # fmt: skip

    def _too_much(self, doctor: Doctor, first: date, last: date, weekly: float) -> Note:
        """Return what is said of a service that leaves no room."""
        mean = decimal(round(100 * weekly))
        return Note(
            code=self.code, doctor=doctor.id,
            text=say(
                fr=f"{doctor.name} : {mean} heures de service par semaine du {long_date(first)} au {long_date(last)}, "
                f"gardes non comprises, pour {self.hours} au plus en moyenne.",
                en=f"{doctor.name}: {mean} hours of service a week from {long_date(first)} to {long_date(last)}, "
                f"duties not included, {self.hours} at most on average.",
            ),
        )  # fmt: skip

    def words(self) -> str:
        """Say the limit."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        on_call = (
            say(
                fr=f" et {self.astreinte_percent} % des astreintes", en=f" and {self.astreinte_percent} % of astreintes"
            )
            if self.astreinte_percent
            else ""
        )
        return say(
            fr=f"Au plus {self.hours} heures de travail par semaine en moyenne sur {self.months} mois, gardes{on_call} "
            f"comprises, au prorata du temps partiel{rest}.",
            en=f"At most {self.hours} hours of work a week on average over {self.months} months, duties{on_call} "
            f"included, in proportion for part-time{rest}.",
        )
