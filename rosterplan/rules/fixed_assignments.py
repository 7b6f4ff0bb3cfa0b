"""Duties given before planning stay given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from rosterplan.domain.findings import Finding, Note
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.base import Holder, Rule
from rosterplan.rules.selection import applies


class FixedAssignments(Rule):
    """Every imposed assignment in scope is held, unless a lock decides otherwise of that duty.

    The canvas holds imposed pairs from the start, whatever other rules say of them; the audit of those rules tells
    what an imposed assignment breaks.
    """

    code: ClassVar[str] = "fixed-assignments"
    title: ClassVar[str] = "Affectations imposées"
    title_en: ClassVar[str] = "Imposed duties"
    law: ClassVar[str] = "décision du coordinateur (feuille « Affectations imposées »)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)
    looks_at: ClassVar[Holder] = "listed"

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Look for imposed assignments nobody honoured."""
        locked = {lock.duty for lock in instance.locks}
        for imposed in instance.fixed:
            duty, doctor = instance.duty_by_id[imposed.duty], instance.doctor_by_id[imposed.doctor]
            covered = self.scope.covers_doctor(doctor) and self.scope.covers_band(duty.band)
            if not covered or not self.scope.covers_line(instance.line_by_id[duty.line]):
                continue
            if duty.id not in locked and doctor.id not in roster.doctors_of.get(duty.id, ()):
                line = instance.line_by_id[duty.line].name
                yield self.finding(
                    say(
                        fr=f"{doctor.name} ne tient pas la garde imposée du {long_date(duty.date)} ({line}).",
                        en=f"{doctor.name} does not hold the imposed duty of {long_date(duty.date)} ({line}).",
                    ),
                    doctors=(doctor.id,),
                    duties=(duty.id,),
                )

    def words(self) -> str:
        """Say it."""
        who = applies(self.scope)
        return say(
            fr=f"Les gardes imposées avant le calcul restent au médecin désigné{who}.",
            en=f"Duties imposed before planning stay with the doctor named{who}.",
        )

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Name the duties imposed on more doctors than they have places, and the doctors imposed two at once."""
        imposed: dict[str, set[str]] = defaultdict(set)
        agenda: dict[str, list[Duty]] = defaultdict(list)
        for one in instance.fixed:
            if one.doctor not in imposed[one.duty]:
                agenda[one.doctor].append(instance.duty_by_id[one.duty])
            imposed[one.duty].add(one.doctor)
        for name, doctors in imposed.items():
            duty = instance.duty_by_id[name]
            if len(doctors) > duty.need_max:
                yield Note(
                    code=self.code, line=duty.line, need=duty.need_max, supply=len(doctors),
                    text=say(
                        fr=f"Garde du {long_date(duty.date)} : imposée à {plural(len(doctors), 'médecin')}, pour "
                        f"{plural(duty.need_max, 'place')}.",
                        en=f"Duty of {long_date(duty.date)}: imposed on {plural(len(doctors), 'doctor')}, for "
                        f"{plural(duty.need_max, 'place')}.",
                    ),
                )  # fmt: skip
        for name, duties in agenda.items():
            for first, second in pairwise(sorted(duties, key=lambda duty: (duty.start_minute, duty.end_minute))):
                if second.start_minute < first.end_minute:
                    yield self._at_once(instance, name, first, second)

    def _at_once(self, instance: Instance, name: str, first: Duty, second: Duty) -> Note:
        """Return what is said of two imposed duties that overlap."""
        who = instance.doctor_by_id[name].name
        return Note(
            code=self.code, doctor=name,
            text=say(
                fr=f"{who} : gardes imposées en même temps, {long_date(first.date)} et {long_date(second.date)}.",
                en=f"{who}: duties imposed at the same time, {long_date(first.date)} and {long_date(second.date)}.",
            ),
        )  # fmt: skip
