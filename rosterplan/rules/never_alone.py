"""Nobody is alone on duty at night: two at least, or nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

import numpy as np
from pydantic import Field

from rosterplan.domain.base import minute_of
from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import long_date
from rosterplan.rules.base import IntArray, Rule
from rosterplan.rules.selection import applies, assigned, bonded, equal_in, in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class NeverAlone(Rule):
    """At every moment between ``start`` and ``end`` o'clock, the lines in scope have no doctor or at least two.

    Doctors of different lines in scope keep each other company (on site and at a distance). Whoever a person put there
    alone is told of by the audit, and nobody else may be alone.
    """

    code: ClassVar[str] = "never-alone"
    title: ClassVar[str] = "Jamais seul la nuit"
    title_en: ClassVar[str] = "Never alone at night"
    law: ClassVar[str] = "usage local (sécurité de la régulation : jamais un régulateur seul la nuit)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    start: int = Field(default=0, ge=0, le=23, title="début", description="hour the night begins, local time")
    end: int = Field(default=8, ge=1, le=24, title="fin", description="hour the night ends, local time")

    def post(self, canvas: Canvas) -> None:
        """Per moment: Σ pairs − 2·(some free pair) ≥ 0."""
        inside = in_scope(canvas, self.scope)
        inside = inside.where(inside["past"] == 0)
        duty, moment = self._moments(canvas.instance)
        row, place = equal_in(duty, inside["duty"])
        if not len(row):
            return
        at = inside.take(place, moment=moment[row])
        free = at.where(at["fixed"] == 0)
        some = canvas.any(self.code, free, ("moment",))
        canvas.limit(
            self.code,
            bonded(np.concatenate((at.id, some.id)), np.concatenate((at["moment"], some["moment"]))),
            ("bond",),
            lo=0,
            coef=np.concatenate((np.ones(len(at), dtype=np.int64), np.full(len(some), -2, dtype=np.int64))),
        )

    def _moments(self, instance: Instance) -> tuple[IntArray, IntArray]:
        """Return (duty number, start of a stretch of night) of every stretch between changes that a duty covers."""
        numbers = [
            number for number, duty in enumerate(instance.duties)
            if self.scope.covers_line(instance.line_by_id[duty.line])
        ]  # fmt: skip
        bounds = {side for number in numbers for side in _sides(instance.duties[number])}
        nights = [night for night in self._nights(instance) if night[1] > night[0]]
        cuts = np.array(sorted(bounds | {side for night in nights for side in night}), dtype=np.int64)
        dark = np.zeros(len(cuts), dtype=bool)
        for begins, ends in nights:
            dark[np.searchsorted(cuts, begins) : np.searchsorted(cuts, ends)] = True
        found = [(np.zeros(0, dtype=np.int64),) * 2]
        for number in numbers:
            begins, ends = _sides(instance.duties[number])
            low, high = np.searchsorted(cuts, begins), np.searchsorted(cuts, ends)
            moments = cuts[low:high][dark[low:high]]
            found.append((np.full(len(moments), number, dtype=np.int64), moments))
        return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])

    def _nights(self, instance: Instance) -> Iterator[tuple[int, int]]:
        """Yield the dark hours of every date of the period, and of the day after [minutes]."""
        zone = ZoneInfo(instance.timezone)
        for offset in range((instance.period.end - instance.period.start).days + 3):
            day = instance.period.start + timedelta(days=offset - 1)
            yield _at(day, self.start, zone), _at(day, self.end, zone)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Walk each night from change to change and look for a doctor alone."""
        zone = ZoneInfo(instance.timezone)
        held: dict[date, list[tuple[Duty, str]]] = defaultdict(list)
        for duty, doctor in assigned(instance, roster, self.scope):
            first, last = duty.start.astimezone(zone).date(), duty.end.astimezone(zone).date()
            for offset in range((last - first).days + 1):
                held[first + timedelta(days=offset)].append((duty, doctor.id))
        for day, there in sorted(held.items()):
            begins, ends = _at(day, self.start, zone), _at(day, self.end, zone)
            changes = {begins} | {side for duty, _ in there for side in _sides(duty) if begins < side < ends}
            told: set[tuple[str, str]] = set()
            for moment in sorted(changes):
                company = [(duty, who) for duty, who in there if duty.start_minute <= moment < duty.end_minute]
                if len(company) == 1 and (company[0][0].id, company[0][1]) not in told:
                    told.add((company[0][0].id, company[0][1]))
                    yield self._found(instance, *company[0], day)

    def _found(self, instance: Instance, duty: Duty, who: str, day: date) -> Finding:
        name = instance.doctor_by_id[who].name
        return self.finding(
            say(fr=f"{name} : seul de garde la nuit du {long_date(day)}.", en=f"{name}: alone on duty at night, {long_date(day)}."),
            doctors=(who,),
            duties=(duty.id,),
        )  # fmt: skip

    def words(self) -> str:
        """Say between which hours nobody is alone."""
        first, last = f"{self.start} h", f"{self.end} h"
        return say(
            fr=f"Entre {first} et {last}, personne n’est seul : au moins deux médecins, ou aucun{applies(self.scope)}.",
            en=f"Between {first} and {last} nobody is alone: at least two doctors, or none{applies(self.scope)}.",
        )


def _sides(duty: Duty) -> tuple[int, int]:
    return duty.start_minute, duty.end_minute


def _at(day: date, hour: int, zone: ZoneInfo) -> int:
    """An hour of a day [minutes since 1970]; 24 is the midnight that follows."""
    when = day + timedelta(days=hour // 24)
    return minute_of(datetime(when.year, when.month, when.day, hour % 24, tzinfo=zone))
