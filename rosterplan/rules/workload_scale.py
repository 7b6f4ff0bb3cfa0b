"""What holding so many duties costs, doctor by doctor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.rules.base import Rule
from rosterplan.rules.scales import Scales, cost_of, table_of
from rosterplan.rules.selection import applies, assigned, in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class WorkloadScale(Rule):
    """A doctor named in ``scales`` who holds n duties in scope in this period costs the scale's n-th step.

    « 0 1 4 9 » charges 9 for three duties: scales rise ever faster, so loads come out even, and a doctor who held much
    before may be given a steeper one. Beyond its last step a scale goes on at the last rise; the weight is not used.
    """

    code: ClassVar[str] = "workload-scale"
    title: ClassVar[str] = "Barème de charge"
    title_en: ClassVar[str] = "Scale of workload"
    default: ClassVar[Strength] = soft("comfort", 1)
    kinds: ClassVar[tuple[str, ...]] = ("soft",)
    law: ClassVar[str] = "usage local (barème fixé par le service)"

    strength: Strength = soft("comfort", 1)
    scales: Scales = Field(default={}, title="barèmes", description="doctor: cost of 0, 1, 2… duties held")

    def post(self, canvas: Canvas) -> None:
        """A convex table per doctor named."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where(cols["past"] == 0)
        named = {doctor.id for doctor in canvas.instance.doctors if self.scope.covers_doctor(doctor)} & set(self.scales)
        who = canvas.codes.numbers("doctor", sorted(named))
        most = np.bincount(cols["doctor"], minlength=len(canvas.instance.doctors))[who]
        names = [canvas.instance.doctors[number].id for number in who.tolist()]
        tables = [
            table_of(self.scales[name], self.strength.weight, int(count))
            for name, count in zip(names, most.tolist(), strict=True)
        ]
        stage = self.strength.stage or "comfort"
        canvas.convex(self.code, cols, ("doctor",), tables, stage, groups={"doctor": who})

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the duties of each doctor named."""
        held: dict[str, list[str]] = {}
        for duty, doctor in assigned(instance, roster, self.scope):
            held.setdefault(doctor.id, []).append(duty.id)
        for doctor in instance.doctors:
            if doctor.id not in self.scales or not self.scope.covers_doctor(doctor):
                continue
            duties = held.get(doctor.id, [])
            cost = cost_of(self.scales[doctor.id], self.strength.weight, len(duties))
            if cost:
                have = plural(len(duties), say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
                yield self.finding(
                    say(fr=f"{doctor.name} : {have}, {cost} au barème.", en=f"{doctor.name}: {have}, {cost} on the scale."),
                    doctors=(doctor.id,), duties=tuple(sorted(duties)), amount=len(duties), cost=cost,
                    severity="information",
                )  # fmt: skip

    def words(self) -> str:
        """Say that loads rise in price."""
        return say(
            fr=f"Chaque garde de plus d’un même médecin compte davantage que la précédente, selon son barème{applies(self.scope)}.",
            en=f"Each further duty of a doctor counts more than the one before, on his or her scale{applies(self.scope)}.",
        )
