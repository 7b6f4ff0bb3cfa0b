"""A shared agenda asks each doctor for a few slots a week: not fewer than a floor, not more than a ceiling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field, model_validator

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.domain.work import Duty, monday_of
from rosterplan.messages import say
from rosterplan.messages.words import plural, short_date
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.selection import applies, current, in_scope, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class AgendaWeek(Rule):
    """``least`` ≤ slots of a doctor in a calendar week ≤ ``most``; each slot outside costs the weight.

    Only weeks in which a doctor offers slots of his or her own count, and nobody is asked for more than is offered:
    slots refused, or dated while not on the list, are not offered. What the past alone passes costs nothing.
    """

    code: ClassVar[str] = "agenda-week"
    title: ClassVar[str] = "Créneaux par médecin et par semaine"
    title_en: ClassVar[str] = "Slots per doctor and week"
    default: ClassVar[Strength] = soft("comfort", 5)
    kinds: ClassVar[tuple[str, ...]] = ("soft",)
    law: ClassVar[str] = "charte de l’agenda partagé (repère : 2 à 6 consultations par médecin et par semaine)"

    strength: Strength = soft("comfort", 5)
    least: int = Field(default=2, ge=0, le=100, title="minimum", description="slots wanted of each doctor a week")
    most: int = Field(default=6, ge=0, le=100, title="maximum", description="slots a week beyond which it is too much")

    @model_validator(mode="after")
    def _in_order(self) -> AgendaWeek:
        if self.most < self.least:
            raise ValueError(
                say(fr=f"« {self.title} » : le maximum est sous le minimum", en=f"{self.code}: most is below least")
            )
        return self

    def post(self, canvas: Canvas) -> None:
        """One row per doctor and week with a slot offered, both sides soft."""
        instance, number = canvas.instance, canvas.codes["doctor"]
        offered: dict[tuple[int, int], int] = defaultdict(int)
        for duty in instance.duties:
            doctor = instance.doctor_by_id.get(duty.doctor or "")
            if doctor and self._concerns(instance, duty, doctor) and _open(instance, duty, doctor):
                offered[number[doctor.id], monday_of(duty.date).toordinal()] += 1
        if not offered:
            return
        keys = np.array(sorted(offered), dtype=np.int64)
        canvas.limit(
            self.code,
            in_scope(canvas, self.scope),
            ("doctor", "week"),
            lo=np.array([min(self.least, offered[who, week]) for who, week in sorted(offered)], dtype=np.int64),
            hi=np.full(len(keys), self.most, dtype=np.int64),
            over=soft_of(self.strength),
            under=soft_of(self.strength),
            groups={"doctor": keys[:, 0], "week": keys[:, 1]},
        )

    def _concerns(self, instance: Instance, duty: Duty, doctor: Doctor) -> bool:
        return (
            self.scope.covers_line(instance.line_by_id[duty.line])
            and self.scope.covers_band(duty.band)
            and self.scope.covers_doctor(doctor)
        )

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count each doctor's slots in each week he or she offers some."""
        wanted: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        for duty in instance.duties:
            doctor = instance.doctor_by_id.get(duty.doctor or "")
            if doctor is None or not self._concerns(instance, duty, doctor) or not doctor.on_the_list(duty.date):
                continue
            said = [row for row in instance.availability_of.get(doctor.id, ()) if row.value == "impossible"]
            if not any(
                row.duty == duty.id or (row.start and row.end and row.start <= duty.date <= row.end) for row in said
            ):
                wanted[doctor.id][monday_of(duty.date)] += 1
        held = timelines(instance, roster, self.scope)
        for name, weeks in wanted.items():
            for week, offers in sorted(weeks.items()):
                inside = [one for one in held.get(name, ()) if monday_of(one.date) == week]
                past = sum(one.past for one in inside)
                least, most = min(self.least, offers), max(self.most, past)
                outside = max(least - len(inside), len(inside) - most, 0)
                if outside:
                    yield self._found(instance.doctor_by_id[name], week, len(inside), outside, current(inside))

    def _found(self, doctor: Doctor, week: date, count: int, outside: int, duties: tuple[str, ...]) -> Finding:
        first, last = short_date(week), short_date(week + timedelta(days=6))
        slots_fr, slots_en = plural(count, "créneau", "créneaux"), plural(count, "slot")
        return self.finding(
            say(
                fr=f"{doctor.name} : {slots_fr} du {first} au {last}, pour {self.least} à {self.most}.",
                en=f"{doctor.name}: {slots_en} from {first} to {last}, for {self.least} to {self.most}.",
            ),
            doctors=(doctor.id,),
            duties=duties,
            amount=outside,
            cost=outside * self.strength.weight,
        )

    def words(self) -> str:
        """Say how many slots a week."""
        return say(
            fr=f"De {self.least} à {self.most} créneaux par médecin et par semaine, si possible et dans la limite de ce qu’il propose{applies(self.scope)}.",
            en=f"From {self.least} to {self.most} slots per doctor and week, where possible and within what he or she offers{applies(self.scope)}.",
        )


def _open(instance: Instance, duty: Duty, doctor: Doctor) -> bool:
    """True if the doctor is on the list and did not refuse the slot."""
    for row in instance.availability_of.get(doctor.id, ()):
        names_it = (
            row.duty == duty.id
            if row.duty is not None
            else bool(row.start and row.end)
            and (
                row.start <= duty.date <= row.end  # type: ignore[operator]
            )
        )
        if names_it and row.value == "impossible":
            return False
    return doctor.on_the_list(duty.date)
