"""Nobody is called in for nothing: no more doctors at a moment than the need asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.domain.work import Demand
from rosterplan.messages import say
from rosterplan.messages.words import hours, long_date
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.needs import duties_meeting, present
from rosterplan.rules.selection import applies, bonded, equal_in

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

HALF_HOUR = 30
"""A doctor too many costs the weight per half-hour begun [minutes]."""


class NoSurplus(Rule):
    """A doctor beyond the need of `Besoins` costs the weight per half-hour; of slots counted in all, per slot."""

    code: ClassVar[str] = "no-surplus"
    title: ClassVar[str] = "Pas plus de médecins que le besoin"
    title_en: ClassVar[str] = "No more doctors than needed"
    default: ClassVar[Strength] = soft("comfort", 1)
    kinds: ClassVar[tuple[str, ...]] = ("soft",)

    strength: Strength = soft("comfort", 1)

    def _weight(self, demand: Demand) -> int:
        return self.strength.weight * (1 if demand.in_all else -(-demand.minutes // HALF_HOUR))

    def post(self, canvas: Canvas) -> None:
        """The need of each part of a demand as a soft upper side."""
        instance = canvas.instance
        weight: dict[int, int] = defaultdict(int)  # parts passed together are one row
        for demand, first in zip(instance.wanted, instance.alike, strict=True):
            if self.scope.covers_line(instance.line_by_id[demand.line]):
                weight[first] += self._weight(demand)
        if not weight:
            return
        current = canvas.pairs.where(canvas.pairs["past"] == 0)
        duty, part = duties_meeting(instance)
        row, place = equal_in(duty, current["duty"])
        chosen = np.array(sorted(weight), dtype=np.int64)
        canvas.limit(
            self.code,
            bonded(current.id[place], part[row]),
            ("bond",),
            hi=np.array([instance.wanted[number].need for number in sorted(weight)], dtype=np.int64),
            over=soft_of(self.strength),
            weights=np.array([weight[number] for number in sorted(weight)], dtype=np.int64),
            groups={"bond": chosen},
        )

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count who is there beyond the need."""
        for demand, there in present(instance, roster):
            line = instance.line_by_id[demand.line]
            if there <= demand.need or not self.scope.covers_line(line):
                continue
            where = f"{line.name}, {long_date(demand.start.date())}, {hours(demand.start, demand.end)}"
            yield self.finding(
                say(
                    fr=f"Plus que le besoin : {where} ({there} pour {demand.need}).",
                    en=f"More than needed: {where} ({there} for {demand.need}).",
                ),
                duties=(demand.id,),
                amount=there - demand.need,
                cost=(there - demand.need) * self._weight(demand),
            )

    def words(self) -> str:
        """Say that nobody comes for nothing."""
        return say(
            fr=f"Personne n’est appelé sans nécessité : pas plus de médecins que le besoin, si possible{applies(self.scope)}.",
            en=f"Nobody is called in for nothing: no more doctors than needed, where possible{applies(self.scope)}.",
        )
