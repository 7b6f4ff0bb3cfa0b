"""Who stopped practising may go on regulating for a while, and does nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.admission import View
from rosterplan.rules.base import BoolArray, Rule
from rosterplan.rules.selection import applies, assigned, concerned


class AfterPractice(Rule):
    """From the day a doctor stops practising: regulation for ``months`` months, no other duty, then none at all."""

    code: ClassVar[str] = "after-practice"
    title: ClassVar[str] = "Après la cessation d’activité"
    title_en: ClassVar[str] = "After the end of practice"
    law: ClassVar[str] = (
        "Règlement intérieur de l’association (repère ADOPS 53 : le semestre qui suit, avec l’accord du bureau)"
    )
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    months: int = Field(default=6, ge=0, le=60, title="mois", description="how long regulation goes on [months]")

    def admit(self, view: View) -> BoolArray | None:
        """Duties before the last day."""
        last = np.array(
            [10**7 if doctor.practice_ended is None else self._last(doctor.practice_ended, view.line.modality).toordinal()
             for doctor in view.doctors], dtype=np.int64,
        )  # fmt: skip
        return concerned(view, self.scope, view.dates < last[:, None]) if (last < 10**7).any() else None

    def _last(self, ended: date, modality: str) -> date:
        """The first day nothing may be held any more."""
        number = ended.year * 12 + ended.month - 1 + (self.months if modality == "regulation" else 0)
        try:
            return date(number // 12, number % 12 + 1, ended.day)
        except ValueError:  # no such day in a shorter month
            return date((number + 1) // 12, (number + 1) % 12 + 1, 1)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Look at each duty dated after the end of practice."""
        for duty, doctor in assigned(instance, roster, self.scope):
            ended = doctor.practice_ended
            if ended is None or duty.date < ended:
                continue
            goes_on = self.months if instance.line_by_id[duty.line].modality == "regulation" else 0
            now = (duty.date.year * 12 + duty.date.month, duty.date.day)
            if now < (ended.year * 12 + ended.month + goes_on, ended.day):
                continue
            yield self.finding(
                say(
                    fr=f"{doctor.name} a cessé son activité le {long_date(ended)} : garde du {long_date(duty.date)}.",
                    en=f"{doctor.name} stopped practising on {long_date(ended)}: duty of {long_date(duty.date)}.",
                ),
                doctors=(doctor.id,),
                duties=(duty.id,),
            )

    def words(self) -> str:
        """Say how long one may go on."""
        long = plural(self.months, "mois", "mois")
        return say(
            fr=f"Qui cesse son activité peut encore réguler pendant {long}, avec l’accord du bureau, et ne tient plus d’autre garde{applies(self.scope)}.",
            en=f"Whoever stops practising may still regulate for {plural(self.months, 'month')}, if the board agrees, and holds no other duty{applies(self.scope)}.",
        )
