"""A published roster changes as little as possible, and less still the nearer the duty and the later the hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.base import Id
from rosterplan.domain.calendar.deadlines import back_plan
from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import listed, long_date, of_person
from rosterplan.rules.base import IntArray, Rule, soft_of
from rosterplan.rules.selection import applies, in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

AT_HAND, SOON = 4, 2
"""What a change counts within ``at_hand`` days, and within ``soon`` days; 1 later."""


class Stability(Rule):
    """Each position that changes hands since the published roster costs the weight, times nearness, times the hour.

    Of a duty held by a set P and now by N, max(|P − N|, |N − P|) positions changed. Nearness, from ``today`` to the
    duty: 4 within ``at_hand`` days, 2 within ``soon`` days, else 1. The hour: 2 once the roster is due at the CDOM
    (J-45), 3 once it is due at the ARS (J-10), else 1. Without ``today`` both are 1; nothing published, nothing costs.
    """

    code: ClassVar[str] = "stability"
    title: ClassVar[str] = "Stabilité du tableau publié"
    title_en: ClassVar[str] = "Stability of the published roster"
    default: ClassVar[Strength] = soft("comfort", 10)
    law: ClassVar[str] = "usage local (dates d’envoi : CSP R.6315-2)"
    kinds: ClassVar[tuple[str, ...]] = ("soft",)

    strength: Strength = soft("comfort", 10)
    at_hand: int = Field(
        default=7, ge=0, le=400, title="jours tout proches", description="a change counts fourfold [days]"
    )
    soon: int = Field(default=30, ge=0, le=400, title="jours proches", description="a change counts twice [days]")
    published: tuple[tuple[Id, Id], ...] = Field(
        default=(), title="tableau publié", description="(duty, doctor) of the roster in force; the commands fill it"
    )
    today: date | None = Field(default=None, title="aujourd’hui", description="the day nearness is counted from")

    def against(self, roster: Roster, today: date) -> Stability:
        """Return the rule for changes to ``roster`` made ``today``."""
        pairs = tuple(sorted((one.duty, one.doctor) for one in roster.assignments))
        return self.model_copy(update={"published": pairs, "today": today})

    def weight_of(self, instance: Instance, duty: Duty) -> int:
        """Return what one change of a duty costs."""
        if self.today is None:
            return self.strength.weight
        days = (duty.date - self.today).days
        nearness = AT_HAND if days <= self.at_hand else SOON if days <= self.soon else 1
        due = {deadline.code: deadline.due for deadline in back_plan(instance.period)}
        hour = 3 if self.today > due["ars"] else 2 if self.today > due["cdom"] else 1
        return self.strength.weight * nearness * hour

    def post(self, canvas: Canvas) -> None:
        """Charge each pair that was not published, and each published position that nobody takes over."""
        if not self.published:
            return
        cols = in_scope(canvas, self.scope)
        cols = cols.where(cols["past"] == 0)
        many, weight = max(len(canvas.instance.doctors), 1), self._weights(canvas)
        duty_number, doctor_number = canvas.codes["duty"], canvas.codes["doctor"]
        known = np.array(
            [
                duty_number[duty] * many + doctor_number[doctor]
                for duty, doctor in self.published
                if duty in duty_number and doctor in doctor_number and self.scope.covers_doctor(canvas.instance.doctor_by_id[doctor])
            ],
            dtype=np.int64,
        )  # fmt: skip
        new = cols.where(~np.isin(cols["duty"] * many + cols["doctor"], known))
        assert self.strength.stage is not None
        canvas.prefer(self.code, new, weight[new["duty"]], self.strength.stage)
        before = np.bincount(known // many, minlength=len(canvas.duties)).astype(np.int64)
        lines = np.isin(canvas.duties["duty"], cols["duty"]) | self._concerned(canvas)
        some = np.flatnonzero((before > 0) & lines)
        if len(some):
            canvas.limit(
                self.code, cols, ("duty",), lo=before[some], under=soft_of(self.strength), weights=weight[some],
                groups={"duty": some},
            )  # fmt: skip

    def _concerned(self, canvas: Canvas) -> np.ndarray:
        """Return which duties are of a line and band in scope, candidates or not."""
        lines = {line.id for line in canvas.instance.lines if self.scope.covers_line(line)}
        return np.array(
            [duty.line in lines and self.scope.covers_band(duty.band) for duty in canvas.instance.duties], dtype=bool
        )

    def _weights(self, canvas: Canvas) -> IntArray:
        """Return what one change of each duty costs."""
        weight = np.full(len(canvas.duties), self.strength.weight, dtype=np.int64)
        if self.today is None:
            return weight
        away = canvas.duties["day"] - self.today.toordinal()
        weight[away <= self.soon] = SOON * self.strength.weight
        weight[away <= self.at_hand] = AT_HAND * self.strength.weight
        to_start = (canvas.instance.period.start - self.today).days
        return weight * (3 if to_start < 10 else 2 if to_start < 45 else 1)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Compare duty by duty."""
        if not self.published:
            return
        before: dict[str, set[str]] = defaultdict(set)
        for name, holder in self.published:
            if holder in instance.doctor_by_id and self.scope.covers_doctor(instance.doctor_by_id[holder]):
                before[name].add(holder)
        for duty in instance.duties:
            if not (self.scope.covers_line(instance.line_by_id[duty.line]) and self.scope.covers_band(duty.band)):
                continue
            now = {
                name
                for name in roster.doctors_of.get(duty.id, ())
                if self.scope.covers_doctor(instance.doctor_by_id[name])
            }
            gone, come = before[duty.id] - now, now - before[duty.id]
            changes = max(len(gone), len(come))
            if changes:
                yield self.finding(
                    self._sentence(instance, duty, gone, come),
                    doctors=tuple(sorted(gone | come)),
                    duties=(duty.id,),
                    amount=changes,
                    cost=changes * self.weight_of(instance, duty),
                )

    def _sentence(self, instance: Instance, duty: Duty, gone: set[str], come: set[str]) -> str:
        """« Garde du samedi 2 janvier 2027 (CAPS de Clisson) : Dr B à la place de Dr A. »."""
        old, new = ([instance.doctor_by_id[name].name for name in sorted(names)] for names in (gone, come))
        where = f"{long_date(duty.date)} ({instance.line_by_id[duty.line].name})"
        if gone and come:
            replaced = listed([of_person(name) for name in old])
            return say(
                fr=f"Garde du {where} : {listed(new)} à la place {replaced}.",
                en=f"Duty of {where}: {listed(new)} in place {replaced}.",
            )
        if come:
            return say(fr=f"Garde du {where} : {listed(new)} en plus.", en=f"Duty of {where}: {listed(new)} added.")
        return say(
            fr=f"Garde du {where} : {listed(old)} ne la tient plus.",
            en=f"Duty of {where}: {listed(old)} no longer holds it.",
        )

    def words(self) -> str:
        """Say what a change costs."""
        who = applies(self.scope)
        return say(
            fr="Une fois le tableau publié, on change le moins de gardes possible, et encore moins celles des "
            f"{self.soon} jours qui viennent{who}.",
            en="Once the roster is published, as few duties as possible change hands, and fewer still of those of the "
            f"next {self.soon} days{who}.",
        )
