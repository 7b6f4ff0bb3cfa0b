"""A newcomer is on duty with a tutor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator, Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import listed, long_date
from rosterplan.rules.base import Rule
from rosterplan.rules.params import Couples, folded
from rosterplan.rules.selection import applies, assigned, in_scope, leniency, only_with

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

Company = Annotated[Literal["duty", "date"], BeforeValidator(folded({"garde": "duty", "jour": "date"}))]


class PairsTogether(Rule):
    """A duty of a newcomer is held with one of his or her tutors: x(newcomer, u) ≤ Σ x(tutor, v).

    v is u itself (``when`` = duty), or any duty of the line of u that begins on its date. From ``until`` on the
    newcomer goes alone. Soft: each duty alone costs the weight. A strict rule never undoes what a person decided.
    """

    code: ClassVar[str] = "pairs-together"
    title: ClassVar[str] = "Toujours avec un tuteur"
    title_en: ClassVar[str] = "Always with a tutor"
    law: ClassVar[str] = "usage local (premières gardes accompagnées)"
    kinds: ClassVar[tuple[str, ...]] = ("hard", "soft")

    couples: Couples = Field(default=(), title="couples", description="newcomer + tutor: M001 + M002 ; M001 + M003")
    when: Company = Field(default="duty", title="au sens", description="garde: same duty; date: same line and date")
    until: date | None = Field(default=None, title="jusqu’au", description="first date the newcomer may be alone")

    def post(self, canvas: Canvas) -> None:
        """Each pair of a newcomer only with a pair of a tutor."""
        cols, number = in_scope(canvas, self.scope), canvas.codes["doctor"]
        by = ("duty",) if self.when == "duty" else ("line", "day")
        current = canvas.pairs.where(canvas.pairs["past"] == 0)
        for newcomer, tutors in self._tutors().items():
            mine = (cols["doctor"] == number.get(newcomer, -1)) & (cols["past"] == 0)
            if self.until:
                mine &= cols["day"] < self.until.toordinal()
            theirs = np.isin(current["doctor"], [number[tutor] for tutor in tutors if tutor in number])
            only_with(canvas, self, cols.where(mine), current.where(theirs), by)

    def _tutors(self) -> dict[str, list[str]]:
        """Return the tutors of each newcomer."""
        found: dict[str, list[str]] = defaultdict(list)
        for newcomer, tutor in self.couples:
            found[newcomer].append(tutor)
        return found

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Look for a tutor beside each duty of a newcomer."""
        tutors = self._tutors()
        beside: dict[object, set[str]] = defaultdict(set)
        for one in roster.assignments:
            duty = instance.duty_by_id[one.duty]
            beside[duty.id].add(one.doctor)
            beside[duty.line, duty.date].add(one.doctor)
        for duty, doctor in assigned(instance, roster, self.scope):
            if doctor.id not in tutors or (self.until and duty.date >= self.until):
                continue
            there = beside[duty.id if self.when == "duty" else (duty.line, duty.date)]
            if not there & set(tutors[doctor.id]):
                yield self.finding(
                    say(
                        fr=f"{doctor.name} sans tuteur, {long_date(duty.date)}.",
                        en=f"{doctor.name} without a tutor, {long_date(duty.date)}.",
                    ),
                    doctors=(doctor.id,),
                    duties=(duty.id,),
                    cost=self.strength.weight if self.strength.kind == "soft" else 0,
                )

    def words(self) -> str:
        """Say who accompanies whom."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        pairs = listed([f"{newcomer} ({', '.join(tutors)})" for newcomer, tutors in self._tutors().items()])
        pairs = pairs or say(fr="aucun couple n’est indiqué", en="no pair is given")
        end = say(fr=f", jusqu’au {long_date(self.until)}", en=f", until {long_date(self.until)}") if self.until else ""
        return say(
            fr=f"Toujours de garde avec un tuteur{end} : {pairs}{rest}.",
            en=f"Always on duty with a tutor{end}: {pairs}{rest}.",
        )
