"""Who regulates is also an effector: some duties other than regulation, here, before or elsewhere."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.rules.base import Rule
from rosterplan.rules.selection import applies, bonded, in_scope, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class MinEffection(Rule):
    """A doctor given a regulation shift holds ``least`` duties that are none, in the ``months`` that end with the period.

    Duties of this plan, of the history and of `ailleurs/` count. Who has stopped practising is not concerned: how long
    he or she may go on is another rule (`after-practice`).
    """

    code: ClassVar[str] = "min-effection"
    title: ClassVar[str] = "Effection minimale de qui régule"
    title_en: ClassVar[str] = "Least effection of who regulates"
    law: ClassVar[str] = "Règlement intérieur de l’association (repère ADOPS 53 : le régulateur est aussi effecteur)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    least: int = Field(default=1, ge=1, le=1000, title="gardes", description="duties other than regulation")
    months: int = Field(
        default=6, ge=1, le=60, title="mois", description="counted up to the end of the period [months]"
    )

    def post(self, canvas: Canvas) -> None:
        """Per doctor: n·(some free regulation pair) ≤ Σ other pairs from the first day counted."""
        instance = canvas.instance
        free = [number for number, doctor in enumerate(instance.doctors) if doctor.practice_ended is None]
        regulation = canvas.codes.numbers("line", _regulation(instance))
        cols = in_scope(canvas, self.scope)
        cols = cols.where(np.isin(cols["line"], regulation) & (cols["fixed"] == 0) & np.isin(cols["doctor"], free))
        others = canvas.pairs
        since = self._first_day(instance).toordinal()
        others = others.where(~np.isin(others["line"], regulation) & (others["day"] >= since))
        if not len(cols):
            return
        some = canvas.any(self.code, cols, ("doctor",))
        bond_of = np.full(len(instance.doctors), -1, dtype=np.int64)
        bond_of[some["doctor"]] = np.arange(len(some))
        others = others.where(bond_of[others["doctor"]] >= 0)
        members = np.concatenate((some.id, others.id))
        bonds = np.concatenate((np.arange(len(some), dtype=np.int64), bond_of[others["doctor"]]))
        coef = np.ones(len(members), dtype=np.int64)
        coef[: len(some)] = -self.least
        canvas.limit(self.code, bonded(members, bonds), ("bond",), lo=0, coef=coef)

    def _first_day(self, instance: Instance) -> date:
        """The first day counted: 1 October for six months up to 31 March."""
        after = instance.period.end + timedelta(days=1)
        number = after.year * 12 + after.month - 1 - self.months
        year, month = number // 12, number % 12 + 1
        return date(year, month, min(after.day, monthrange(year, month)[1]))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count, for each doctor who regulates in this roster, the other duties dated in the months."""
        regulation, first = _regulation(instance), self._first_day(instance)
        every = timelines(instance, roster, type(self.scope)())
        for name, held in timelines(instance, roster, self.scope).items():
            doctor = instance.doctor_by_id[name]
            shifts = tuple(one.duty for one in held if one.duty and not one.past and one.line in regulation)
            if not shifts or doctor.practice_ended is not None:
                continue
            count = sum(one.line not in regulation and one.date >= first for one in every[name])
            if count < self.least:
                yield self.finding(
                    say(
                        fr=f"{doctor.name} régule, avec {plural(count, 'garde')} d’effection sur {self.months} mois pour {self.least} au moins.",
                        en=f"{doctor.name} regulates, with {plural(count, 'duty', 'duties')} of effection in {plural(self.months, 'month')}, for {self.least} at least.",
                    ),
                    doctors=(name,),
                    duties=shifts,
                )

    def words(self) -> str:
        """Say what goes with regulating."""
        return say(
            fr=f"Qui régule tient aussi {plural(self.least, 'garde')} d’effection au moins en {self.months} mois ; celles d’avant et d’ailleurs comptent{applies(self.scope)}.",
            en=f"Who regulates also holds {plural(self.least, 'duty', 'duties')} of effection at least in {plural(self.months, 'month')}; earlier ones and those elsewhere count{applies(self.scope)}.",
        )


def _regulation(instance: Instance) -> frozenset[str]:
    """Return the lines of regulation."""
    return frozenset(line.id for line in instance.lines if line.modality == "regulation")
