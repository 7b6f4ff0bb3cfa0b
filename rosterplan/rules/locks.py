"""What a person locked stays locked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance, Lock
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import long_date
from rosterplan.rules.base import Holder, Rule
from rosterplan.rules.selection import applies


class Locks(Rule):
    """A duty locked for doctors is held by them; a duty locked empty is held by nobody else.

    The canvas holds locked pairs from the start and leaves no other pair of a duty locked empty.
    """

    code: ClassVar[str] = "locks"
    title: ClassVar[str] = "Cellules verrouillées"
    title_en: ClassVar[str] = "Locked cells"
    law: ClassVar[str] = "décision signée du coordinateur (colonne « Verrou »)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)
    looks_at: ClassVar[Holder] = "listed"

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Compare every lock with the roster."""
        wanted: dict[str, set[str]] = {}
        for lock in instance.locks:
            wanted.setdefault(lock.duty, set()).update({lock.doctor} if lock.doctor else set())
        for lock in instance.locks:
            duty = instance.duty_by_id[lock.duty]
            if not (self.scope.covers_line(instance.line_by_id[duty.line]) and self.scope.covers_band(duty.band)):
                continue
            held = set(roster.doctors_of.get(lock.duty, ()))
            if lock.doctor is not None and lock.doctor not in held:
                yield self._found(instance, lock, lock.doctor)
            elif lock.doctor is None:
                for name in sorted(held - wanted[lock.duty]):
                    yield self._found(instance, lock, name)

    def _found(self, instance: Instance, lock: Lock, name: str) -> Finding:
        """Return what is said of a lock that does not hold."""
        duty, who = instance.duty_by_id[lock.duty], instance.doctor_by_id[name].name
        where = f"{long_date(duty.date)} ({instance.line_by_id[duty.line].name})"
        if lock.doctor is None:
            text = say(
                fr=f"{who} tient la garde du {where}, verrouillée vide.",
                en=f"{who} holds the duty of {where}, locked empty.",
            )
        else:
            text = say(
                fr=f"{who} ne tient pas la garde du {where}, verrouillée à son nom.",
                en=f"{who} does not hold the duty of {where}, locked in his or her name.",
            )
        return self.finding(text, doctors=(name,), duties=(duty.id,))

    def words(self) -> str:
        """Say it."""
        who = applies(self.scope)
        return say(fr=f"Les cellules verrouillées ne changent pas{who}.", en=f"Locked cells do not change{who}.")
