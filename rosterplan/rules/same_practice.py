"""Doctors of one practice are not all on duty the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.messages import say
from rosterplan.messages.words import listed, long_date, plural
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.selection import applies, current, in_scope, leniency, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class SamePractice(Rule):
    """Doctors of one practice with a duty that begins on one date ≤ ``most``, past duties of that date included.

    A doctor with two duties that day is one doctor. Soft: each doctor above costs the weight.
    """

    code: ClassVar[str] = "same-practice"
    title: ClassVar[str] = "Pas tout un cabinet le même jour"
    title_en: ClassVar[str] = "Not a whole practice on one day"
    default: ClassVar[Strength] = soft("comfort", 20)
    law: ClassVar[str] = "usage local (le cabinet reste ouvert le lendemain)"
    kinds: ClassVar[tuple[str, ...]] = ("hard", "soft")

    strength: Strength = soft("comfort", 20)
    most: int = Field(default=1, ge=0, le=100, title="maximum", description="most doctors of a practice on one date")

    def post(self, canvas: Canvas) -> None:
        """A cap per practice and date on doctors on duty."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where(cols["practice"] >= 0)
        there = canvas.any(self.code, cols, ("doctor", "day"))
        canvas.limit(self.code, there, ("practice", "day"), hi=self.most, over=soft_of(self.strength))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the doctors of each practice on each date."""
        there: dict[tuple[str, date], list[Held]] = defaultdict(list)
        for name, held in timelines(instance, roster, self.scope).items():
            practice = instance.doctor_by_id[name].practice
            for one in held:
                if practice:
                    there[practice, one.date].append(one)
        for (practice, day), held in sorted(there.items()):
            doctors = sorted({one.doctor for one in held})
            if len(doctors) <= self.most or not current(held):
                continue
            past = len({one.doctor for one in held if one.past})
            beyond = max(0, len(doctors) - max(self.most, past))
            names = listed([instance.doctor_by_id[name].name for name in doctors])
            yield self.finding(
                say(
                    fr=f"Cabinet {practice}, {long_date(day)} : {names} de garde, pour {self.most} au plus.",
                    en=f"Practice {practice}, {long_date(day)}: {names} on duty, {self.most} at most.",
                ),
                doctors=tuple(doctors),
                duties=current(held),
                amount=len(doctors) - self.most,
                cost=self.strength.weight * beyond if self.strength.kind == "soft" else 0,
            )

    def words(self) -> str:
        """Say the cap."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        most = plural(self.most, say(fr="médecin", en="doctor"))
        return say(
            fr=f"Au plus {most} d’un même cabinet de garde à une même date{rest}.",
            en=f"At most {most} of one practice on duty on one date{rest}.",
        )
