"""A doctor's duties keep some days between them, as far as possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.expected import expected_in_all
from rosterplan.rules.params import YesNo
from rosterplan.rules.rolling import overruns
from rosterplan.rules.selection import applies, current, in_scope, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class Spacing(Rule):
    """For every day t, each duty beyond the first dated in [t, t + days) costs the weight, past duties included.

    Two duties k days apart stand together in days − k windows (k < days): the closer, the dearer. ``adapt``: days is
    never more than the days of the period divided by the doctor's share of full cover, rounded down, 1 at least, so
    that a sector of 4 doctors is not blamed for what it cannot do.
    """

    code: ClassVar[str] = "spacing"
    title: ClassVar[str] = "Espacement des gardes"
    title_en: ClassVar[str] = "Spacing of duties"
    default: ClassVar[Strength] = soft("comfort", 10)
    law: ClassVar[str] = "usage local (repère : 3 à 7 jours entre deux gardes)"
    kinds: ClassVar[tuple[str, ...]] = ("soft",)

    strength: Strength = soft("comfort", 10)
    days: int = Field(default=7, ge=1, le=60, title="jours", description="days that should hold one duty only [days]")
    adapt: YesNo = Field(default=True, title="adapter", description="shorter where the doctor's share asks for it")

    def post(self, canvas: Canvas) -> None:
        """One soft window of one duty per doctor, for each length that some doctor has."""
        cols = in_scope(canvas, self.scope)
        lengths = self._lengths(canvas.instance)
        length = np.array([lengths[doctor.id] for doctor in canvas.instance.doctors], dtype=np.int64)[cols["doctor"]]
        for days in np.unique(length).tolist():
            some = cols.where(length == days)
            canvas.window(self.code, some, ("doctor",), "day", days, 1, over=soft_of(self.strength))

    def _lengths(self, instance: Instance) -> dict[str, int]:
        """Return the days that should hold one duty only, for each doctor."""
        plain = {doctor.id: self.days for doctor in instance.doctors}
        if not self.adapt:
            return plain
        period = (instance.period.end - instance.period.start).days + 1
        for name, share in expected_in_all(instance).items():
            if name in plain and share > 0:
                plain[name] = max(1, min(self.days, int(period / share + 1e-9)))
        return plain

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Slide the window over each doctor's days."""
        lengths = self._lengths(instance)
        weight = self.strength.weight

        def excess(inside: Sequence[Held]) -> int:
            return len(inside) - 1

        def cost(inside: Sequence[Held]) -> int:
            return weight * max(0, len(inside) - max(1, sum(one.past for one in inside)))

        for name, held in timelines(instance, roster, self.scope).items():
            for found in overruns(held, lambda one: one.date.toordinal(), lengths[name], excess, cost):
                days = sorted(one.date for one in found.held)
                who, first, last = instance.doctor_by_id[name].name, long_date(days[0]), long_date(days[-1])
                count = len(found.held)
                yield self.finding(
                    say(
                        fr=f"{who} : {count} gardes rapprochées, du {first} au {last}.",
                        en=f"{who}: {count} duties close together, from {first} to {last}.",
                    ),
                    doctors=(name,),
                    duties=current(found.held),
                    amount=found.worst,
                    cost=found.cost,
                )

    def words(self) -> str:
        """Say the spacing."""
        days, who = plural(self.days, say(fr="jour", en="day")), applies(self.scope)
        less = (
            say(fr=" (sur moins de jours dans un petit secteur)", en=" (fewer days in a small sector)")
            if self.adapt
            else ""
        )
        return say(
            fr=f"Si possible, une seule garde par médecin sur {days} de suite{less}{who}.",
            en=f"Where possible, one duty per doctor in any {days} in a row{less}{who}.",
        )
