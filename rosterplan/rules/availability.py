"""No duty on a date a doctor refused, nor outside the only dates he or she gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Availability, Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import long_date
from rosterplan.rules.admission import View
from rosterplan.rules.base import BoolArray, IntArray, Rule
from rosterplan.rules.selection import applies, assigned, concerned


class DeclaredDates(Rule):
    """A duty dated t is not held by who said `impossible` of it or of t; who said `only` holds what was named alone.

    A range holds from its first to its last day, both included, and a duty belongs to the date it begins. `impossible`
    wins over `only`. What is assumed of a doctor who did not answer is in these rows too, once the folder is read.
    """

    code: ClassVar[str] = "availability"
    title: ClassVar[str] = "Dates impossibles"
    title_en: ClassVar[str] = "Impossible dates"
    law: ClassVar[str] = "CSP R.6315-4 (volontariat) ; disponibilités remises par chaque médecin"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    def admit(self, view: View) -> BoolArray | None:
        """Nothing refused, and for who gave only dates, nothing else."""
        mask = np.broadcast_to(~view.people.only_some_dates[view.number][:, None], view.shape).copy()
        row_of = np.full(len(view.people.doctors), -1, dtype=np.int64)
        row_of[view.number] = np.arange(len(view.doctors))
        refused = np.zeros(view.shape, dtype=bool)
        _days(view, row_of, mask, refused)
        _duties(view, row_of, mask, refused)
        return concerned(view, self.scope, mask & ~refused)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Read again what each doctor said of each duty held."""
        for duty, doctor in assigned(instance, roster, self.scope):
            said = instance.availability_of.get(doctor.id, ())
            if any(row.value == "impossible" and _speaks_of(row, duty) for row in said):
                when = _when(duty)
                text = say(
                    fr=f"{doctor.name} tient {when}, date déclarée impossible.",
                    en=f"{doctor.name} holds {when}, declared impossible.",
                )
                yield self.finding(text, doctors=(doctor.id,), duties=(duty.id,))
            only = [row for row in said if row.value == "only"]
            if only and not any(_speaks_of(row, duty) for row in only):
                when = _when(duty)
                text = say(
                    fr=f"{doctor.name} tient {when}, hors des seules dates proposées.",
                    en=f"{doctor.name} holds {when}, outside the only dates offered.",
                )
                yield self.finding(text, doctors=(doctor.id,), duties=(duty.id,))

    def words(self) -> str:
        """Say what dates bind."""
        who = applies(self.scope)
        return say(
            fr=f"Aucune garde n’est attribuée à une date déclarée impossible, ni hors des seules dates proposées{who}.",
            en=f"No duty is given on a date declared impossible, nor outside the only dates offered{who}.",
        )


def _days(view: View, row_of: IntArray, mask: BoolArray, refused: BoolArray) -> None:
    """Enter refused ranges of days into ``refused`` and only ones into ``mask``."""
    said = view.people.said_days
    here = row_of[said.doctor] >= 0
    rows = row_of[said.doctor[here]]
    inside = (view.dates >= said.first[here][:, None]) & (view.dates <= said.last[here][:, None])
    for table, kind in ((refused, said.refused[here]), (mask, ~said.refused[here])):
        entry, column = np.nonzero(inside & kind[:, None])
        table[rows[entry], column] = True


def _duties(view: View, row_of: IntArray, mask: BoolArray, refused: BoolArray) -> None:
    """Enter refused duties into ``refused`` and only ones into ``mask``."""
    said = view.people.said_duties.get(view.line.id)
    if said is None:
        return
    column = np.array([view.position.get(duty, -1) for duty in said.duty], dtype=np.int64)
    rows = row_of[said.doctor]
    here = (rows >= 0) & (column >= 0)
    for table, kind in ((refused, said.refused), (mask, ~said.refused)):
        table[rows[here & kind], column[here & kind]] = True


def _when(duty: Duty) -> str:
    """« la garde du samedi 2 janvier 2027 »."""
    return say(fr=f"la garde du {long_date(duty.date)}", en=f"the duty of {long_date(duty.date)}")


def _speaks_of(row: Availability, duty: Duty) -> bool:
    """True if an answer is about a duty: named, or dated within its days."""
    if row.duty is not None:
        return row.duty == duty.id
    return row.start is not None and row.end is not None and row.start <= duty.date <= row.end
