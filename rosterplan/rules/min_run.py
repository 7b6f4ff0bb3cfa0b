"""No run of days on duty is too short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.runs import DAY, Agenda, agendas
from rosterplan.rules.selection import applies, in_scope, leniency

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class MinRun(Rule):
    """A doctor who begins a run of days with duties in scope holds at least ``days`` in a row.

    A run that touches the first or the last day of the period may go on beyond it and is never too short, nor is one
    in which a person decided a duty. Soft: each day a run lacks costs the weight. The longest run is the business of
    `max-per-window` in days: at most n dates in n + 1 days.
    """

    code: ClassVar[str] = "min-run"
    title: ClassVar[str] = "Nombre minimal de jours de garde de suite"
    title_en: ClassVar[str] = "Least days on duty in a row"
    default: ClassVar[Strength] = soft("comfort", 20)
    law: ClassVar[str] = "usage local (pas de jour de garde isolé)"
    kinds: ClassVar[tuple[str, ...]] = ("hard", "soft")

    strength: Strength = soft("comfort", 20)
    days: int = Field(default=2, ge=1, le=60, title="jours", description="least days in a row")

    def post(self, canvas: Canvas) -> None:
        """The shortest run over the days each doctor holds something."""
        worked = canvas.any(self.code, in_scope(canvas, self.scope), ("doctor", "day"))
        period = canvas.instance.period
        within = period.start.toordinal(), period.end.toordinal()
        canvas.shortest(self.code, worked, ("doctor",), "day", self.days, within, over=soft_of(self.strength))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Walk the days of each doctor."""
        for agenda in agendas(instance, roster, self.scope):
            for first, last in agenda.runs(held=True):
                length = (last - first).days + 1
                decided = any(first <= day <= last for day in agenda.decided)
                if length < self.days and not decided:
                    yield self._found(instance, agenda, first, length)

    def _found(self, instance: Instance, agenda: Agenda, first: date, length: int) -> Finding:
        """Return what is said of one run."""
        name, begin = instance.doctor_by_id[agenda.doctor].name, long_date(first)
        held = [duty for step in range(length) for duty in agenda.duties[first + step * DAY]]
        return self.finding(
            say(
                fr=f"{name} : {plural(length, 'jour')} de garde seulement à partir du {begin}, pour {self.days} au moins.",
                en=f"{name}: only {plural(length, 'day')} on duty from {begin}, {self.days} at least.",
            ),
            doctors=(agenda.doctor,),
            duties=tuple(held),
            amount=self.days - length,
            cost=self.strength.weight * (self.days - length) if self.strength.kind == "soft" else 0,
        )

    def words(self) -> str:
        """Say the least."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        return say(
            fr=f"Les jours de garde d’un médecin se suivent au moins par {self.days}{rest}.",
            en=f"Days on duty of a doctor come at least {self.days} in a row{rest}.",
        )
