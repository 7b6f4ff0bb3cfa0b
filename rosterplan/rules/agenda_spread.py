"""Slots of one commune are spread over the hours of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.selection import applies, assigned, in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class AgendaSpread(Rule):
    """At most ``most`` slots of a line begin within one clock hour; each one more costs the weight."""

    code: ClassVar[str] = "agenda-spread"
    title: ClassVar[str] = "Créneaux étalés dans la journée"
    title_en: ClassVar[str] = "Slots spread over the day"
    default: ClassVar[Strength] = soft("comfort", 3)
    kinds: ClassVar[tuple[str, ...]] = ("soft",)
    law: ClassVar[str] = "charte de l’agenda partagé (répartition horaire suivie par la CPTS)"

    strength: Strength = soft("comfort", 3)
    most: int = Field(default=1, ge=0, le=100, title="maximum", description="slots of a line in one clock hour")

    def post(self, canvas: Canvas) -> None:
        """One soft cap per line and clock hour: offsets of time zones here are whole hours."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where(cols["past"] == 0)
        if len(cols):
            hour = cols.having(hour=cols["start"] // 60)
            canvas.limit(self.code, hour, ("line", "hour"), hi=self.most, over=soft_of(self.strength))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the slots of each line and hour."""
        slots: dict[tuple[str, datetime], list[str]] = defaultdict(list)
        for duty, _ in assigned(instance, roster, self.scope):
            slots[duty.line, duty.start.replace(minute=0, second=0, microsecond=0)].append(duty.id)
        for (line, hour), duties in sorted(slots.items()):
            beyond = len(duties) - self.most
            if beyond > 0:
                where = f"{instance.line_by_id[line].name}, {long_date(hour.date())}, {hour.hour} h"
                yield self.finding(
                    say(
                        fr=f"{where} : {plural(len(duties), 'créneau', 'créneaux')} dans la même heure.",
                        en=f"{where}: {plural(len(duties), 'slot')} in the same hour.",
                    ),
                    duties=tuple(sorted(set(duties))),
                    amount=beyond,
                    cost=beyond * self.strength.weight,
                )

    def words(self) -> str:
        """Say how many slots an hour."""
        return say(
            fr=f"Pas plus de {plural(self.most, 'créneau', 'créneaux')} par heure sur une même ligne, si possible{applies(self.scope)}.",
            en=f"No more than {plural(self.most, 'slot')} an hour on one line, where possible{applies(self.scope)}.",
        )
