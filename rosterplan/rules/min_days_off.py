"""No break between two runs of days on duty is too short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import HARD, Strength
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.runs import DAY, Agenda, agendas
from rosterplan.rules.selection import applies, in_scope, leniency

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class MinDaysOff(Rule):
    """Between two days with duties in scope that do not follow each other, a doctor has at least ``days`` days off.

    Days off that touch the first or the last day of the period may go on beyond it and are never too few, nor are
    those between two days on which a person decided a duty. Soft: each day off that lacks costs the weight.
    """

    code: ClassVar[str] = "min-days-off"
    title: ClassVar[str] = "Nombre minimal de jours de repos de suite"
    title_en: ClassVar[str] = "Least days off in a row"
    default: ClassVar[Strength] = HARD
    law: ClassVar[str] = "usage local (repère : 2 jours de repos de suite)"
    kinds: ClassVar[tuple[str, ...]] = ("hard", "soft")

    days: int = Field(default=2, ge=1, le=60, title="jours", description="least days off in a row")

    def post(self, canvas: Canvas) -> None:
        """The shortest gap over the days each doctor holds something."""
        worked = canvas.any(self.code, in_scope(canvas, self.scope), ("doctor", "day"))
        period = canvas.instance.period
        within = period.start.toordinal(), period.end.toordinal()
        over = soft_of(self.strength)
        canvas.shortest(self.code, worked, ("doctor",), "day", self.days, within, gaps=True, over=over)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Walk the days of each doctor."""
        for agenda in agendas(instance, roster, self.scope):
            for first, last in agenda.runs(held=False):
                length = (last - first).days + 1
                decided = first - DAY in agenda.decided and last + DAY in agenda.decided
                if length < self.days and not decided:
                    yield self._found(instance, agenda, first, last)

    def _found(self, instance: Instance, agenda: Agenda, first: date, last: date) -> Finding:
        """Return what is said of one break."""
        name, length = instance.doctor_by_id[agenda.doctor].name, (last - first).days + 1
        return self.finding(
            say(
                fr=f"{name} : {plural(length, 'jour')} de repos seulement à partir du {long_date(first)}, pour {self.days} "
                "au moins.",
                en=f"{name}: only {plural(length, 'day')} off from {long_date(first)}, {self.days} at least.",
            ),
            doctors=(agenda.doctor,),
            duties=(*agenda.duties[first - DAY], *agenda.duties[last + DAY]),
            amount=self.days - length,
            cost=self.strength.weight * (self.days - length) if self.strength.kind == "soft" else 0,
        )

    def words(self) -> str:
        """Say the least."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        return say(
            fr=f"Entre deux suites de jours de garde, un médecin a au moins {plural(self.days, 'jour')} de repos{rest}.",
            en=f"Between two runs of days on duty a doctor has at least {plural(self.days, 'day')} off{rest}.",
        )
