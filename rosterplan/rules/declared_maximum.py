"""Nobody gets more duties than the maximum he or she openly declared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Line
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.rules.base import Rule
from rosterplan.rules.selection import applies, assigned, in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

_NO_MAXIMUM = 2**40


class DeclaredMaximum(Rule):
    """Duties a doctor holds in this plan ≤ the maximum declared on the form; who declared none is not concerned.

    Duties of former periods do not count. What a person imposed or locked counts, and is never undone.
    """

    code: ClassVar[str] = "declared-maximum"
    title: ClassVar[str] = "Maximum déclaré par le médecin"
    title_en: ClassVar[str] = "Maximum declared by the doctor"
    law: ClassVar[str] = "CSP R.6315-4 (volontariat) ; maximum annoncé sur le formulaire"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    def post(self, canvas: Canvas) -> None:
        """One cap per doctor who declared a maximum."""
        cols = in_scope(canvas, self.scope)
        tops = [_NO_MAXIMUM if one.maximum is None else one.maximum for one in canvas.instance.doctors]
        hi = np.array(tops, dtype=np.int64)[cols["doctor"]]
        asked = (hi < _NO_MAXIMUM) & (cols["past"] == 0)
        canvas.limit(self.code, cols.where(asked), ("doctor",), hi=hi[asked])

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the duties of each doctor who declared a maximum."""
        held: dict[str, list[str]] = {}
        for duty, doctor in assigned(instance, roster, self.scope):
            held.setdefault(doctor.id, []).append(duty.id)
        for name, duties in held.items():
            doctor = instance.doctor_by_id[name]
            if doctor.maximum is not None and len(duties) > doctor.maximum:
                have = say(fr=plural(len(duties), "garde"), en=plural(len(duties), "duty", "duties"))
                yield self.finding(
                    say(
                        fr=f"{doctor.name} : {have}, pour un maximum déclaré de {doctor.maximum}.",
                        en=f"{doctor.name}: {have}, for a declared maximum of {doctor.maximum}.",
                    ),
                    doctors=(name,),
                    duties=tuple(duties),
                    amount=len(duties) - doctor.maximum,
                )

    def words(self) -> str:
        """Say that a declared maximum binds."""
        who = applies(self.scope)
        return say(
            fr=f"Nul ne reçoit plus de gardes que le maximum qu’il a déclaré{who}.",
            en=f"Nobody is given more duties than the maximum he or she declared{who}.",
        )

    def most_held(self, instance: Instance, doctor: Doctor, line: Line, first: date, last: date) -> int | None:
        """Return the declared maximum."""
        covered = self.scope.covers_doctor(doctor) and self.scope.covers_line(line) and not self.scope.bands
        return doctor.maximum if covered else None
