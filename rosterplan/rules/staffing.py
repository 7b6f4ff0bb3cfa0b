"""So many doctors wanted on each duty: fewer cost much, more cost a little."""

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
from rosterplan.messages.words import hours, long_date, plural
from rosterplan.rules.base import IntArray, Rule, soft_of
from rosterplan.rules.selection import applies

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class Staffing(Rule):
    """``need_min`` doctors are wanted on each duty in scope: each one missing costs weight × ``under``, each one above
    weight × ``over``; ``need_max`` is never passed.

    In place of `coverage` where shifts of several doctors are filled as well as can be, for a cost, and not in order of
    priority. A scope narrows lines and bands; doctors count whoever they are.
    """

    code: ClassVar[str] = "staffing"
    title: ClassVar[str] = "Effectif souhaité"
    title_en: ClassVar[str] = "Doctors wanted"
    default: ClassVar[Strength] = soft("coverage", 1)
    law: ClassVar[str] = "usage local (effectif par créneau fixé par le service)"
    kinds: ClassVar[tuple[str, ...]] = ("soft",)

    strength: Strength = soft("coverage", 1)
    under: int = Field(
        default=100, ge=1, le=10**6, title="prix d’un manque", description="times the weight, per doctor missing"
    )
    over: int = Field(
        default=1, ge=0, le=10**6, title="prix d’un surnombre", description="times the weight, per doctor too many"
    )

    def post(self, canvas: Canvas) -> None:
        """Need as a soft side both ways, ``need_max`` as a hard one."""
        duties, pairs = canvas.duties, canvas.pairs.where(canvas.pairs["past"] == 0)
        rows = np.flatnonzero(self._shown(canvas))
        groups = {"duty": duties["duty"][rows]}
        need, most = duties["need_min"][rows], duties["need_max"][rows]
        soft_side = soft_of(self.strength)
        missing, above = (np.full(len(rows), price * self.strength.weight) for price in (self.under, self.over))
        canvas.limit(
            self.code, pairs, ("duty",), lo=need, under=soft_side, weights=missing, groups=groups, about="duty"
        )
        if self.over:
            canvas.limit(self.code, pairs, ("duty",), hi=need, over=soft_side, weights=above, groups=groups)
        canvas.limit(self.code, pairs, ("duty",), hi=most, groups=groups)

    def _shown(self, canvas: Canvas) -> IntArray:
        """Return which duties are in scope."""
        lines = {name for name, line in canvas.instance.line_by_id.items() if self.scope.covers_line(line)}
        return np.array(
            [duty.line in lines and self.scope.covers_band(duty.band) for duty in canvas.instance.duties], dtype=bool
        )

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the doctors of each duty."""
        for duty in instance.duties:
            line = instance.line_by_id[duty.line]
            if not (self.scope.covers_line(line) and self.scope.covers_band(duty.band)):
                continue
            who = roster.doctors_of.get(duty.id, ())
            where = f"{line.name}, {long_date(duty.date)}, {hours(duty.start, duty.end)}"
            wanted = say(fr=f"{len(who)} pour {duty.need_min}", en=f"{len(who)} for {duty.need_min}")
            if len(who) < duty.need_min:
                missing = plural(duty.need_min - len(who), say(fr="médecin", en="doctor"))
                yield self.finding(
                    say(fr=f"Il manque {missing} : {where} ({wanted}).", en=f"{missing} missing: {where} ({wanted})."),
                    duties=(duty.id,),
                    amount=duty.need_min - len(who),
                    cost=(duty.need_min - len(who)) * self.under * self.strength.weight,
                )
            if len(who) > duty.need_max or (self.over and len(who) > duty.need_min):
                yield self._above(
                    duty.id, who, len(who) - duty.need_min, len(who) > duty.need_max, f"{where} ({wanted})"
                )

    def _above(self, duty: str, who: tuple[str, ...], above: int, forbidden: bool, where: str) -> Finding:
        """Return what is said of a duty with too many doctors."""
        return self.finding(
            say(fr=f"Plus de médecins que voulu : {where}.", en=f"More doctors than wanted: {where}."),
            duties=(duty,),
            doctors=who,
            amount=above,
            cost=0 if forbidden else above * self.over * self.strength.weight,
            severity="erreur" if forbidden else None,
        )

    def words(self) -> str:
        """Say what is wanted."""
        who = applies(self.scope)
        over = say(fr=f", un médecin de trop {self.over}", en=f", one too many {self.over}") if self.over else ""
        return say(
            fr=f"Chaque créneau a l’effectif souhaité autant que possible : un médecin manquant compte {self.under}{over}{who}.",
            en=f"Each duty has the doctors wanted as far as possible: one missing counts {self.under}{over}{who}.",
        )
