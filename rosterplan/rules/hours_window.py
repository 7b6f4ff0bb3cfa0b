"""Hours on duty between a least and a most, over the whole period or over any days in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import HARD, Strength
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.base import IntArray, Rule, soft_of
from rosterplan.rules.rolling import overruns
from rosterplan.rules.selection import applies, current, in_scope, leniency, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols

_WHOLE = 0


class HoursWindow(Rule):
    """``least`` ≤ hours of the duties in scope dated in a window ≤ ``most``, for every doctor in scope.

    A window is the whole period (``days`` = 0, the past left out) or any ``days`` days in a row: past duties count
    towards the most, and only windows wholly within the period must reach the least. Hours are true lengths. Soft: each
    minute beyond a side costs the weight.
    """

    code: ClassVar[str] = "hours-window"
    title: ClassVar[str] = "Heures de garde : minimum et maximum"
    title_en: ClassVar[str] = "Hours on duty: least and most"
    default: ClassVar[Strength] = HARD
    law: ClassVar[str] = "usage local (obligations de service du médecin)"
    kinds: ClassVar[tuple[str, ...]] = ("hard", "soft")

    least: float = Field(default=0, ge=0, le=10_000, title="minimum", description="least hours; 0 = none")
    most: float | None = Field(default=None, ge=0, le=10_000, title="maximum", description="most hours; empty = none")
    days: int = Field(default=_WHOLE, ge=0, le=400, title="jours", description="length of the window; 0 = the period")

    @model_validator(mode="after")
    def _sides_in_order(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise ValueError(
                say(
                    fr=f"« {self.title} » : le maximum est plus petit que le minimum",
                    en=f"{self.code}: most is below least",
                )
            )
        return self

    def post(self, canvas: Canvas) -> None:
        """Minutes per doctor and window, at least and at most."""
        cols, over = in_scope(canvas, self.scope), soft_of(self.strength)
        if self.least:
            self._post_least(canvas, cols)
        if self.most is None:
            return
        most = _minutes(self.most)
        if self.days == _WHOLE:
            cols = cols.where(cols["past"] == 0)
            canvas.limit(self.code, cols, ("doctor",), hi=most, coef=cols["minutes"], over=over)
        else:
            canvas.window(self.code, cols, ("doctor",), "day", self.days, most, coef=cols["minutes"], over=over)

    def _post_least(self, canvas: Canvas, cols: Cols) -> None:
        """A row per doctor in scope and window, even where the doctor may hold nothing."""
        doctors = canvas.instance.doctors
        who = np.array(
            [number for number, doctor in enumerate(doctors) if self.scope.covers_doctor(doctor)], dtype=np.int64
        )
        begins, length = self._windows(canvas.instance)
        first, cols = begins[0] if begins else 0, cols.where(cols["past"] == 0)
        low = np.maximum(cols["day"] - length + 1, first)
        many = np.clip(np.minimum(cols["day"], first + len(begins) - 1) - low + 1, 0, None)
        rows = np.repeat(np.arange(len(cols), dtype=np.int64), many)
        heads = np.repeat(np.concatenate(([0], np.cumsum(many)[:-1])), many) if len(cols) else rows
        slots = low[rows] + np.arange(len(rows), dtype=np.int64) - heads
        cols = cols.take(rows, slot=slots)
        groups = {"doctor": np.repeat(who, len(begins)), "slot": np.tile(np.array(begins, dtype=np.int64), len(who))}
        if len(groups["slot"]):
            canvas.limit(
                self.code, cols, ("doctor", "slot"), lo=_every(_minutes(self.least), len(groups["slot"])),
                coef=cols["minutes"], under=soft_of(self.strength), groups=groups,
            )  # fmt: skip

    def _windows(self, instance: Instance) -> tuple[list[int], int]:
        """Return the first days [ordinals] of the windows within the period, and their length [days]."""
        first, last = instance.period.start.toordinal(), instance.period.end.toordinal()
        if self.days == _WHOLE:
            return [first], last - first + 1
        return list(range(first, last - self.days + 2)), self.days

    def looks_back_to(self, start: date) -> date:
        """Return the first day of the last window that reaches into the period."""
        return min(super().looks_back_to(start), start - timedelta(days=self.days))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Add up the minutes of each doctor, window by window."""
        held = timelines(instance, roster, self.scope)
        for doctor in instance.doctors:
            if self.scope.covers_doctor(doctor):
                mine = held.get(doctor.id, [])
                yield from self._too_few(instance, doctor.id, mine)
                yield from self._too_many(instance, doctor.id, mine)

    def _too_few(self, instance: Instance, doctor: str, held: Sequence[Held]) -> Iterator[Finding]:
        """Yield each window of the period below the least."""
        length = self.days or (instance.period.end - instance.period.start).days + 1
        day = instance.period.start
        while self.least and day + timedelta(days=length - 1) <= instance.period.end:
            inside = [one for one in held if not one.past and day <= one.date < day + timedelta(days=length)]
            lacking = _minutes(self.least) - _total(inside)
            if lacking > 0:
                yield self._found(instance, doctor, day, inside, lacking, below=True)
            day += timedelta(days=1)

    def _too_many(self, instance: Instance, doctor: str, held: Sequence[Held]) -> Iterator[Finding]:
        """Yield the windows above the most."""
        if self.most is None:
            return
        most = _minutes(self.most)
        if self.days == _WHOLE:
            inside = [one for one in held if not one.past]
            if _total(inside) > most:
                yield self._found(instance, doctor, instance.period.start, inside, _total(inside) - most, below=False)
            return

        def excess(inside: Sequence[Held]) -> int:
            return _total(inside) - most

        def charged(inside: Sequence[Held]) -> int:
            return _total(inside) - max(most, _total([one for one in inside if one.past]))

        for found in overruns(held, lambda one: one.date.toordinal(), self.days, excess, charged):
            yield self._found(
                instance,
                doctor,
                min(one.date for one in found.held),
                found.held,
                found.worst,
                below=False,
                minutes=found.cost,
            )

    def _found(
        self, instance: Instance, doctor: str, day: date, held: Sequence[Held], beyond: int, *, below: bool, minutes: int | None = None
    ) -> Finding:  # fmt: skip
        """Return what is said of one window."""
        name, when, gap = instance.doctor_by_id[doctor].name, long_date(day), _hours(beyond / 60)
        side = (
            say(
                fr=f"{gap} h de moins que le minimum de {_hours(self.least)} h",
                en=f"{gap} h below the least, {self.least:g} h",
            )
            if below
            else say(
                fr=f"{gap} h de plus que le maximum de {_hours(self.most or 0)} h",
                en=f"{gap} h above the most, {self.most:g} h",
            )
        )
        return self.finding(
            say(fr=f"{name} : {side}, à partir du {when}.", en=f"{name}: {side}, from {when}."),
            doctors=(doctor,),
            duties=() if below else current(held),
            amount=beyond / 60,
            cost=self.strength.weight * (beyond if minutes is None else minutes) if self.strength.kind == "soft" else 0,
        )

    def words(self) -> str:
        """Say both sides."""
        sides = []
        if self.least:
            sides.append(say(fr=f"au moins {_hours(self.least)} h", en=f"at least {self.least:g} h"))
        if self.most is not None:
            sides.append(say(fr=f"au plus {_hours(self.most)} h", en=f"at most {self.most:g} h"))
        over = (
            say(fr="sur la période", en="over the period")
            if self.days == _WHOLE
            else say(fr=f"sur {plural(self.days, 'jour')} de suite", en=f"over any {plural(self.days, 'day')} in a row")
        )
        bounds = say(fr=" et ", en=" and ").join(sides) or say(fr="un nombre d’heures libre", en="any hours")
        rest = f"{leniency(self)}{applies(self.scope)}"
        return say(
            fr=f"Chaque médecin tient {bounds} de garde {over}{rest}.",
            en=f"Each doctor holds {bounds} of duty {over}{rest}.",
        )


def _minutes(hours: float) -> int:
    return round(hours * 60)


def _total(held: Sequence[Held]) -> int:
    return sum(one.end_minute - one.start_minute for one in held)


def _hours(hours: float) -> str:
    """Hours with a decimal comma in French, as short as can be."""
    return say(fr=f"{round(hours, 2):g}".replace(".", ","), en=f"{round(hours, 2):g}")


def _every(value: int, count: int) -> IntArray:
    return np.full(count, value, dtype=np.int64)
