"""A form leaves at least twice the duties due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import ceil
from typing import ClassVar

from pydantic import Field

from rosterplan.domain.findings import Finding, Note
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import decimal, plural
from rosterplan.rules.admission import admitted
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.base import Rule
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.expected import expected_in_all
from rosterplan.rules.selection import applies
from rosterplan.rules.volunteers_only import VolunteersOnly


class DispoMin(Rule):
    """Duties an answered form leaves, on lines whose duties are shared ≥ ``times`` × the doctor's share of full cover.

    Foreseen, never enforced: a roster breaks nothing by it. Who did not answer is told elsewhere.
    """

    code: ClassVar[str] = "dispo-min"
    title: ClassVar[str] = "Disponibilités suffisantes"
    title_en: ClassVar[str] = "Enough dates offered"
    law: ClassVar[str] = "usage local (un formulaire laisse au moins deux fois sa part de gardes)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    times: int = Field(default=2, ge=1, le=20, title="fois la part", description="dates left for one duty due")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """No roster is wrong for it."""
        yield from ()

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Compare what each answered form leaves with the doctor's share."""
        due = expected_in_all(instance)
        left: dict[str, int] = defaultdict(int)
        for table in admitted(instance, (VolunteersOnly(), Eligible(), DeclaredDates())):
            if table.line.id in instance.group_of_line:
                for doctor, count in zip(table.doctors, table.mask.sum(axis=1).tolist(), strict=True):
                    left[doctor.id] += count
        spoken = set(instance.answered) | set(instance.availability_of)
        for doctor in instance.doctors:
            share, count = due.get(doctor.id, 0.0), left[doctor.id]
            if doctor.id in spoken and self.scope.covers_doctor(doctor) and count < self.times * share - 1e-9:
                yield self._told(doctor, share, count)

    def _told(self, doctor: Doctor, share: float, count: int) -> Note:
        """Return what is said of one form."""
        part, wanted = decimal(round(100 * share)), ceil(self.times * share - 1e-9)
        have = say(
            fr=plural(count, "garde possible", "gardes possibles"), en=plural(count, "possible duty", "possible duties")
        )
        return Note(
            code=self.code, doctor=doctor.id, need=wanted, supply=count,
            text=say(
                fr=f"{doctor.name} : le formulaire laisse {have} pour une part de {part} ; il en faudrait au moins {wanted}.",
                en=f"{doctor.name}: the form leaves {have} for a share of {part}; {wanted} at least would be needed.",
            ),
        )  # fmt: skip

    def words(self) -> str:
        """Say what is asked of a form."""
        who = applies(self.scope)
        many = (
            say(fr="autant de gardes que", en="as many duties as")
            if self.times == 1
            else say(fr=f"{self.times} fois plus de gardes que", en=f"{self.times} times as many duties as")
        )
        return say(
            fr=f"Chaque formulaire laisse possibles au moins {many} la part du médecin{who} ; sinon, c’est signalé.",
            en=f"Each form leaves possible at least {many} the doctor’s share{who}; otherwise it is told.",
        )
