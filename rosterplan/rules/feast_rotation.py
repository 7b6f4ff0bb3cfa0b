"""Who held a feast in the last years is last in line for the same feast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance, PastDuty
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.domain.work import Line
from rosterplan.messages import say
from rosterplan.messages.words import listed, plural
from rosterplan.rules.base import IntArray, Rule, soft_of
from rosterplan.rules.selection import applies, described, in_scope, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols

_FEASTS, _SEASONS = 1_000, 10_000


class FeastRotation(Rule):
    """A feast duty goes last to who held the same feast in the last ``years`` seasons, the most recent the very last.

    Units of one duty: for each earlier duty of the same feast held k seasons ago, ``years`` + 1 − k (as if k = 1 for
    one earlier in the same season). A season runs from July to June, so New Year's Eve and New Year's Day are one
    feast. Soft: each unit costs the weight. Strict: such a duty is not given; `hard-unless-accepted`: but to who
    consents to this rule.
    """

    code: ClassVar[str] = "feast-rotation"
    title: ClassVar[str] = "Rotation des fêtes"
    title_en: ClassVar[str] = "Rotation of feasts"
    default: ClassVar[Strength] = soft("comfort", 50)
    law: ClassVar[str] = "usage local (gardes de Noël et du jour de l’an : premiers trous des tableaux)"

    strength: Strength = soft("comfort", 50)
    years: int = Field(default=3, ge=1, le=10, title="années", description="seasons looked back on")

    def post(self, canvas: Canvas) -> None:
        """Charge or forbid the feast duties of who held the same feast."""
        cols = in_scope(canvas, self.scope)
        feasts = cols.where(cols["feast"] >= 0)
        now = feasts.where(feasts["past"] == 0)
        units = self._units(feasts.where(feasts["past"] == 1), now)
        now, units = now.where(units > 0), units[units > 0]
        strict = np.array([self.hard_on(self._accepts(one)) for one in canvas.instance.doctors], dtype=bool)
        forbidden = strict[now["doctor"]]
        canvas.limit(self.code, now.where(forbidden), ("doctor", "duty"), hi=0)
        charge = soft_of(self.strength)
        if charge is not None:
            canvas.prefer(self.code, now.where(~forbidden), charge.weight * units[~forbidden], charge.stage)

    def _units(self, past: Cols, now: Cols) -> IntArray:
        """Return the units of each duty that may be given."""
        wanted = _keys(now, 0)
        units = np.zeros(len(now), dtype=np.int64)
        for ago in range(self.years + 1):
            known, times = np.unique(_keys(past, ago), return_counts=True)
            if len(known):
                place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
                units += np.where(known[place] == wanted, times[place], 0) * (self.years + 1 - max(ago, 1))
        return units

    def remembers(self, past: Sequence[PastDuty], start: date, lines: Sequence[Line]) -> Iterable[PastDuty]:
        """Return the feasts of the seasons looked back on, and the last weeks."""
        feasts = [one for one in past if one.feast and _season(start) - _season(one.start.date()) <= self.years]
        return [*super().remembers(past, start, lines), *feasts]

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Compare each feast duty held with the doctor's past duties of the same feast."""
        for doctor, held in timelines(instance, roster, self.scope).items():
            before: dict[str, list[Held]] = defaultdict(list)
            for one in held:
                if one.past and one.feast:
                    before[one.feast].append(one)
            for one in held:
                if one.past or not one.feast or not one.duty:
                    continue
                same = [past for past in before[one.feast] if 0 <= _season(one.date) - _season(past.date) <= self.years]
                units = sum(self.years + 1 - max(_season(one.date) - _season(past.date), 1) for past in same)
                if units:
                    yield self._found(instance, doctor, one, same, units)

    def _found(self, instance: Instance, doctor: str, held: Held, same: list[Held], units: int) -> Finding:
        """Return what is said of one feast duty."""
        who = instance.doctor_by_id[doctor]
        strict = self.hard_on(self._accepts(who))
        days = listed(sorted({str(past.date.year) for past in same}))
        return self.finding(
            say(
                fr=f"{who.name} : {described(instance, held)} tombe sur une fête déjà assurée ({days}).",
                en=f"{who.name}: {described(instance, held)} falls on a feast already held ({days}).",
            ),
            doctors=(doctor,),
            duties=(held.duty,) if held.duty else (),
            amount=units,
            cost=0 if strict else units * self.strength.weight,
            severity="erreur" if strict else "information",
        )

    def _accepts(self, doctor: Doctor) -> bool:
        return self.code in doctor.consents

    def words(self) -> str:
        """Say who is last in line."""
        who = applies(self.scope)
        french = "l’année précédente" if self.years == 1 else f"au cours des {self.years} dernières années"
        return say(
            fr=f"Le médecin qui a assuré une fête {french} passe en dernier pour la même fête{who}.",
            en=f"A doctor who held a feast in the last {plural(self.years, 'year')} is last in line for the same feast{who}.",
        )


def _keys(cols: Cols, later: int) -> IntArray:
    """Return (doctor, feast, season + ``later``) of each column as one number."""
    season = (cols["month"] + 6) // 12 + later
    return (cols["doctor"] * _FEASTS + cols["feast"]) * _SEASONS + season


def _season(day: date) -> int:
    """Return the year in which the season of a day ends: 2027 from July 2026 to June 2027."""
    return day.year + (1 if day.month >= 7 else 0)
