"""Duties a doctor would rather avoid, or wishes for: everyone has the same number of points to spread over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.fairness import HUNDRED, WISHES, Wishes, full_dues, wishes_of
from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Availability, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.result import Stage
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.domain.work import Duty
from rosterplan.messages import language, say
from rosterplan.messages.words import listed, plural, short_date
from rosterplan.rules.base import BoolArray, IntArray
from rosterplan.rules.everyone import ForEveryone
from rosterplan.rules.params import YesNo

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


class WishPoints(ForEveryone):
    """Each doctor's refused marks cost the weight × ((past + refused share)² − past²), whole and convex.

    Marks: the duties answered `avoid` or `wish`, by name or by a span of days (then: of the lines of the doctor's
    sectors and those held beside). Of n wished duties, m = min(n, duties the doctor is to hold) count, the duties to
    hold being the sum of his or her targets rounded up. A refused mark is an avoided duty held, or one of the m
    wishes not granted: refused = max(0, avoided duties held + m − wished duties held). The refused share is refused ÷
    (avoided duties + m): whoever marks few duties has more points on each. Past: refused shares of earlier periods
    beyond the mean (balances of group `voeux`), at most 1. ``each_avoided`` and ``each_missed`` add a flat price to
    every avoided duty held, and to every wished duty not held; without ``points`` they alone count.
    """

    code: ClassVar[str] = "wishes"
    title: ClassVar[str] = "Souhaits et dates à éviter"
    title_en: ClassVar[str] = "Wishes and dates to avoid"
    default: ClassVar[Strength] = soft("wishes", 1000)
    kinds: ClassVar[tuple[str, ...]] = ("soft",)
    law: ClassVar[str] = "usage local (réponses aux formulaires de disponibilité)"

    strength: Strength = soft("wishes", 1000)
    points: YesNo = Field(default=True, title="points égaux", description="False: only the flat prices below count")
    each_avoided: int = Field(default=0, ge=0, lt=2**20, title="prix d’une date à éviter", description="flat cost")
    each_missed: int = Field(default=0, ge=0, lt=2**20, title="prix d’un souhait manqué", description="flat cost")

    def post(self, canvas: Canvas) -> None:
        """One convex cost per doctor who marked something, by the number of refused marks."""
        dues = full_dues(canvas.instance) if canvas.dues is None else canvas.dues
        marked = wishes_of(canvas.instance, dues)
        now = canvas.pairs.where(canvas.pairs["past"] == 0)
        avoided = _held_of(canvas, now, [(one.doctor, duty) for one in marked for duty in one.avoided])
        wished = _held_of(canvas, now, [(one.doctor, duty) for one in marked for duty in one.wished])
        number = canvas.codes["doctor"]
        doctors = {"doctor": np.array([number[one.doctor] for one in marked], dtype=np.int64)}
        if self.points:
            counted = np.array([one.counted_wishes for one in marked], dtype=np.int64)
            low = counted - np.array([len(one.wished) for one in marked], dtype=np.int64)
            costs = [_from(one, self.strength.weight) for one in marked]
            balance = avoided.astype(np.int64) - wished
            canvas.convex(
                self.code, now, ("doctor",), costs, self._stage, groups=doctors, coef=balance, base=counted, low=low
            )
        if self.each_avoided:
            canvas.prefer(self.code, now.where(avoided), self.each_avoided, self._stage)
        if self.each_missed:
            several = np.array([len(one.wished) for one in marked], dtype=np.int64)
            prices = [self.each_missed * np.arange(count + 1, dtype=np.int64) for count in several.tolist()]
            canvas.convex(
                self.code, now.where(wished), ("doctor",), prices, self._stage, groups=doctors, coef=-1, base=several
            )

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count again what each doctor marked and holds; one line per doctor with something refused or missed."""
        to_hold: dict[str, int] = defaultdict(int)
        for due in roster.dues or full_dues(instance):
            to_hold[due.doctor] += due.target_hundredths
        past: dict[str, int] = defaultdict(int)
        for row in instance.balances:
            if row.group == WISHES:
                past[row.doctor] = row.balance_hundredths
        on_line: dict[str, list[Duty]] = defaultdict(list)
        for duty in instance.duties:
            on_line[duty.line].append(duty)
        for doctor in instance.doctors:
            said = instance.availability_of.get(doctor.id, ())
            if not any(row.value in ("avoid", "wish") for row in said):
                continue
            held = roster.duties_of.get(doctor.id, ())
            avoided = _answered(instance, doctor, said, "avoid", on_line)
            wished = _answered(instance, doctor, said, "wish", on_line)
            most = min(len(wished), ceil(to_hold[doctor.id] / HUNDRED))
            against = [duty for duty in held if duty in avoided]
            granted = sum(1 for duty in held if duty in wished)
            refused = max(0, len(against) + most - granted)
            cost = self._cost(doctor.id, past[doctor.id], len(avoided) + most, refused)
            cost += self.each_avoided * len(against) + self.each_missed * (len(wished) - granted)
            if cost:
                yield self.finding(
                    _said(instance, doctor, against, (granted, most), (refused, len(avoided) + most)),
                    doctors=(doctor.id,), duties=tuple(sorted(against)), amount=refused, cost=cost,
                    severity="information",
                )  # fmt: skip

    def _cost(self, doctor: str, past: int, marks: int, refused: int) -> int:
        """Return the cost of some refused marks, from the table all share; ``past`` is the balance [hundredths]."""
        if not refused or not self.points:
            return 0
        lost = min(1.0, max(0, -past) / HUNDRED)
        return int(Wishes(doctor, frozenset(), frozenset(), marks, lost).costs(self.strength.weight)[refused])

    def words(self) -> str:
        """Say how wishes weigh."""
        return say(
            fr="Chaque médecin a le même nombre de points, répartis sur les dates qu’il souhaite ou préfère éviter : "
            "moins il en coche, plus chacune compte. Refuser plusieurs demandes au même médecin pèse de plus en plus ; "
            "les refus des trimestres passés comptent aussi.",
            en="Every doctor has the same number of points, spread over the dates he or she wishes for or would rather "
            "avoid: the fewer are marked, the more each counts. Refusing the same doctor again weighs more and more; "
            "refusals of past quarters count too.",
        )

    @property
    def _stage(self) -> Stage:
        return self.strength.stage or "wishes"


def _held_of(canvas: Canvas, now: Cols, marks: Sequence[tuple[str, str]]) -> BoolArray:
    """Return which columns are one of the (doctor, duty) marked."""
    doctor, duty = canvas.codes["doctor"], canvas.codes["duty"]
    keys = np.array([doctor[who] * len(duty) + duty[what] for who, what in marks], dtype=np.int64)
    return np.isin(now["doctor"] * len(duty) + now["duty"], keys)


def _from(one: Wishes, weight: int) -> IntArray:
    """Return the costs from the fewest refusals there can be: wishes granted beyond those that count cost nothing."""
    return np.concatenate((np.zeros(len(one.wished) - one.counted_wishes, dtype=np.int64), one.costs(weight)))


def _answered(
    instance: Instance, doctor: Doctor, said: Sequence[Availability], value: str, on_line: dict[str, list[Duty]]
) -> set[str]:
    """Return the duties a doctor gave this answer for."""
    sectors = {member.sector for member in doctor.sectors}
    serves = [line.id for line in instance.lines if line.sector in sectors or line.id in doctor.lines]
    duties: set[str] = set()
    for row in said:
        if row.value != value:
            continue
        if row.duty is not None:
            duties.add(row.duty)
        elif row.start is not None and row.end is not None:
            for line in serves:
                duties |= {duty.id for duty in on_line[line] if row.start <= duty.date <= row.end}
    return duties


def _said(
    instance: Instance, doctor: Doctor, against: list[str], wishes: tuple[int, int], marks: tuple[int, int]
) -> str:
    """« Dr NOM : 2 demandes non suivies sur 7 ; à éviter mais attribuée : sam. 02/01 ; souhaits accordés : 1 sur 3. »"""
    given = sorted((instance.duty_by_id[duty] for duty in against), key=lambda duty: (duty.start_minute, duty.line))
    days = [short_date(duty.date) for duty in given]
    parts = [
        say(
            fr=f"{plural(marks[0], 'demande')} non suivie{'s' if marks[0] > 1 else ''} sur {marks[1]}",
            en=f"{plural(marks[0], 'request')} out of {marks[1]} not met",
        )
    ]
    if days:
        parts.append(say(fr="à éviter mais attribué : ", en="to avoid, yet given: ") + listed(days, most=5))
    if wishes[1]:
        parts.append(
            say(fr=f"souhaits accordés : {wishes[0]} sur {wishes[1]}", en=f"wishes met: {wishes[0]} of {wishes[1]}")
        )
    return f"{doctor.name}{say(fr=' : ', en=': ')}{' ; '.join(parts) if language() == 'fr' else '; '.join(parts)}."
