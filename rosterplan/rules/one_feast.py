"""A doctor holds at most one of Christmas and New Year in a winter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Strength
from rosterplan.messages import say
from rosterplan.messages.trade import feast_word
from rosterplan.messages.words import listed
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.params import Names
from rosterplan.rules.selection import applies, in_scope, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class OneFeast(Rule):
    """No doctor holds duties of two of the ``feasts`` in one winter (July to June), past duties included.

    Several duties of the same feast are one feast. Who lists this rule among his or her consents may be given
    another, at a cost; what history alone holds is never charged. A lock or an imposed duty that breaks the rule is
    told, and takes nothing from the others.
    """

    code: ClassVar[str] = "one-feast"
    title: ClassVar[str] = "Noël ou jour de l’an"
    title_en: ClassVar[str] = "Christmas or New Year"
    default: ClassVar[Strength] = UNLESS_ACCEPTED
    law: ClassVar[str] = "usage local (une seule des deux fêtes par médecin et par hiver)"

    strength: Strength = UNLESS_ACCEPTED
    feasts: Names = Field(
        default=("noel", "jour-de-l-an"), min_length=2, title="fêtes", description="at most one of these in a winter"
    )

    def post(self, canvas: Canvas) -> None:
        """At most one feast touched per doctor and winter, beyond what is already held."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where(np.isin(cols["feast"], canvas.codes.numbers("feast", self.feasts)))
        cols = cols.having(winter=(cols["month"] + 6) // 12)
        touched = canvas.any(self.code, cols, ("doctor", "winter", "feast"))
        strict = np.array([self.hard_on(self._accepts(one)) for one in canvas.instance.doctors], dtype=bool)
        forbidden = strict[touched["doctor"]]
        canvas.limit(self.code, touched.where(forbidden), ("doctor", "winter"), hi=1)
        charge = soft_of(self.strength)
        if charge is not None:
            canvas.limit(self.code, touched.where(~forbidden), ("doctor", "winter"), hi=1, over=charge)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """List the feasts each doctor holds in each winter."""
        imposed = _imposed(instance)
        for doctor, held in timelines(instance, roster, self.scope).items():
            winters: dict[int, list[Held]] = defaultdict(list)
            for one in held:
                if one.feast in self.feasts:
                    winters[one.date.year + (1 if one.date.month >= 7 else 0)].append(one)
            for duties in winters.values():
                strict = self.hard_on(self._accepts(instance.doctor_by_id[doctor]))
                given = [one for one in duties if one.past or (strict and (one.duty, doctor) in imposed)]
                allowed = max(len({one.feast for one in given}), 1)
                extra = len({one.feast for one in duties}) - allowed
                told = duties if extra > 0 else given
                if len({one.feast for one in told}) > 1 and not all(one.past for one in told):
                    yield self._found(instance.doctor_by_id[doctor], told, extra)

    def _found(self, doctor: Doctor, held: list[Held], extra: int) -> Finding:
        """Return what is said of one winter; ``extra`` feasts are beyond what was imposed."""
        strict = self.hard_on(self._accepts(doctor))
        feasts = [feast_word(feast) for feast in self.feasts if any(one.feast == feast for one in held)]
        return self.finding(
            say(
                fr=f"{doctor.name} : plusieurs fêtes le même hiver ({listed(feasts)}).",
                en=f"{doctor.name}: several feasts in the same winter ({listed(feasts)}).",
            ),
            doctors=(doctor.id,),
            duties=tuple(one.duty for one in held if one.duty),
            amount=max(extra, 1),
            cost=0 if strict else self.strength.weight * (extra if self.strength.kind == "soft" else extra**2),
        )

    def _accepts(self, doctor: Doctor) -> bool:
        return self.code in doctor.consents

    def words(self) -> str:
        """Say which feasts exclude each other."""
        feasts, who = listed([feast_word(feast) for feast in self.feasts]), applies(self.scope)
        lifted = self.strength.kind == "hard-unless-accepted"
        return say(
            fr=f"Au plus une de ces fêtes par médecin et par hiver{', sauf accord du médecin' if lifted else ''}"
            f"{who} : {feasts}.",
            en=f"At most one of these feasts per doctor and winter{', unless the doctor agrees' if lifted else ''}"
            f"{who}: {feasts}.",
        )


def _imposed(instance: Instance) -> set[tuple[str | None, str]]:
    """Return (duty, doctor) that a lock decided, or that was imposed on a duty no lock speaks of."""
    locked = {lock.duty for lock in instance.locks}
    return {(lock.duty, lock.doctor) for lock in instance.locks if lock.doctor} | {
        (one.duty, one.doctor) for one in instance.fixed if one.duty not in locked
    }
