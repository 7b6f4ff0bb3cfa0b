"""Each doctor does his or her share of the duties really held (juste répartition)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.fairness import (
    HUNDRED,
    SCALE,
    FairnessTables,
    ItemTable,
    UnaryTable,
    costs_of,
    full_dues,
    positions_needed,
    shares_of,
    tables,
)
from rosterplan.domain.findings import Finding, Note
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Stage
from rosterplan.domain.roster import Due, Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.messages import say
from rosterplan.messages.trade import band_words
from rosterplan.messages.words import decimal, plural
from rosterplan.rules.base import Holder, IntArray
from rosterplan.rules.everyone import ForEveryone
from rosterplan.rules.params import YesNo

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols

_NOWHERE = -9
"""Stands for a group or band no duty of the canvas has: such an item costs its constant."""


class JusteRepartition(ForEveryone):
    """Duties held stay near the targets: F = Σ α (x − T*)² / w + (X − X*)² / w, in ten-thousandths of a squared duty.

    Targets are those of the dues the roster carries, else those of full cover. Whoever holds duties without a
    coefficient there (renfort) is counted in the total X only.
    """

    code: ClassVar[str] = "juste-repartition"
    title: ClassVar[str] = "Juste répartition"
    title_en: ClassVar[str] = "Fair sharing"
    default: ClassVar[Strength] = soft("fairness", 1)
    looks_at: ClassVar[Holder] = "credited"
    kinds: ClassVar[tuple[str, ...]] = ("soft",)
    law: ClassVar[str] = "Statuts et règlement intérieur de l’association (« juste répartition des charges »)"

    strength: Strength = soft("fairness", 1)
    compensation: YesNo = Field(
        default=False, title="compensation", description="points of an exempt band are owed in the other bands"
    )

    def post(self, canvas: Canvas) -> None:
        """One convex cost per (doctor, group, band) owed, by count, and one per doctor, by points."""
        given = self._tables(canvas.instance, canvas.dues)
        shared = canvas.pairs.where((canvas.pairs["past"] == 0) & (canvas.pairs["group"] >= 0))
        shared = shared.having(doctor=shared["credit"])
        keys, most = _item_keys(canvas, shared, given)
        canvas.convex(
            self.code, shared, ("doctor", "group", "band"),
            costs_of([item.table for item in given.items], most), self._stage, groups=keys,
        )  # fmt: skip
        number = canvas.codes["doctor"]
        owners = np.array([number[total.doctor] for total in given.totals], dtype=np.int64)
        reach = np.bincount(shared["doctor"], weights=shared["points"], minlength=len(number)).astype(np.int64)
        canvas.convex(
            self.code, shared, ("doctor",),
            costs_of([total.table for total in given.totals], reach[owners]), self._stage,
            groups={"doctor": owners}, coef=shared["points"],
        )  # fmt: skip

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Add the tables up from the duties each doctor holds; one line per doctor whose duties cost something."""
        given = self._tables(instance, roster.dues or None)
        group_of = {line: group.id for group in instance.groups for line in group.lines}
        count: dict[tuple[str, str, str], int] = defaultdict(int)
        points: dict[str, int] = defaultdict(int)
        for assignment in roster.assignments:
            duty = instance.duty_by_id[assignment.duty]
            if duty.line in group_of:
                count[assignment.doctor, group_of[duty.line], duty.band] += 1
                points[assignment.doctor] += duty.points
        items: dict[str, list[ItemTable]] = defaultdict(list)
        for item in given.items:
            items[item.doctor].append(item)
        for total in given.totals:
            cost = _sum(total.table, points[total.doctor])
            worst, aim, held = 0.0, 0.0, 0
            for item in items[total.doctor]:
                have = count[item.doctor, item.group, item.band]
                cost += _sum(item.table, have)
                worst, aim, held = max(worst, abs(have - item.target)), aim + item.target, held + have
            if cost:
                text = _said(instance.doctor_by_id[total.doctor].name, held, aim, owes=bool(items[total.doctor]))
                yield self.finding(
                    text, doctors=(total.doctor,), amount=round(worst, 2), cost=cost, severity="information"
                )

    def words(self) -> str:
        """Say what a doctor may expect."""
        exempt = (
            say(
                fr="Les points d’une catégorie dont un médecin est dispensé sont dus dans les autres.",
                en="The points of a band a doctor is exempt from are owed in the others.",
            )
            if self.compensation
            else say(
                fr="Une catégorie dont un médecin est dispensé est assurée par les autres.",
                en="A band a doctor is exempt from is carried by the others.",
            )
        )
        return (
            say(
                fr="Chacun fait sa part des gardes réellement tenues, selon son coefficient et son temps de présence. "
                "L’écart du trimestre est reporté. Une garde d’écart peut venir de l’arrondi ; au-delà, la cause est "
                "écrite. ",
                en="Everyone does his or her share of the duties really held, by coefficient and time of presence. "
                "The difference of the quarter is carried over. One duty of difference may come from rounding; beyond "
                "that, the cause is written. ",
            )
            + exempt
        )

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Say which duties nobody owes, and whose share passes the maximum he or she declared."""
        owed = {(share.group, share.band) for share in shares_of(instance)}
        sectors = {sector.id: sector.name for sector in instance.sectors}
        for (group, band), needed in sorted(positions_needed(instance).items()):
            if needed and (group, band) not in owed:
                where, named = sectors.get(group, group), band_words((band,))
                yield Note(
                    code=self.code, need=needed, supply=0,
                    text=say(
                        fr=f"{where}, catégorie {named} : {plural(needed, 'garde')} et aucun médecin dont ce soit la part.",
                        en=f"{where}, band {named}: {plural(needed, 'duty', 'duties')} and no doctor who owes a share.",
                    ),
                )  # fmt: skip
        share: dict[str, int] = defaultdict(int)
        for due in full_dues(instance):
            share[due.doctor] += due.due_hundredths
        for doctor in instance.doctors:
            if doctor.maximum is not None and share[doctor.id] >= HUNDRED * doctor.maximum + HUNDRED:
                yield Note(
                    code=self.code, doctor=doctor.id, need=share[doctor.id] // HUNDRED, supply=doctor.maximum,
                    text=say(
                        fr=f"{doctor.name} : part de {decimal(share[doctor.id])} pour un maximum déclaré de "
                        f"{doctor.maximum} ; les maxima déclarés ne suffisent pas à tenir toutes les gardes.",
                        en=f"{doctor.name}: a share of {decimal(share[doctor.id])} for a declared maximum of "
                        f"{doctor.maximum}; the declared maxima cannot carry all duties.",
                    ),
                )  # fmt: skip

    @property
    def _stage(self) -> Stage:
        return self.strength.stage or "fairness"

    def _tables(self, instance: Instance, dues: tuple[Due, ...] | None) -> FairnessTables:
        """Return the tables under these dues, or under those of full cover."""
        return tables(instance, full_dues(instance) if dues is None else dues, SCALE * self.strength.weight)


def _item_keys(canvas: Canvas, shared: Cols, given: FairnessTables) -> tuple[dict[str, IntArray], IntArray]:
    """Return doctor, group and band of each item as canvas numbers, and the most duties of it there are columns for."""
    doctor, group, band = canvas.codes["doctor"], canvas.codes["group"], canvas.codes["band"]
    keys = {
        "doctor": np.array([doctor[item.doctor] for item in given.items], dtype=np.int64),
        "group": np.array([group.get(item.group, _NOWHERE) for item in given.items], dtype=np.int64),
        "band": np.array([band.get(item.band, _NOWHERE) for item in given.items], dtype=np.int64),
    }
    width, height = len(band) - _NOWHERE, len(group) - _NOWHERE

    def one(of: Mapping[str, IntArray] | Cols) -> IntArray:
        return (of["doctor"] * height + of["group"] - _NOWHERE) * width + of["band"] - _NOWHERE

    found, times = np.unique(one(shared), return_counts=True)
    reach = dict(zip(found.tolist(), times.tolist(), strict=True))
    return keys, np.array([reach.get(key, 0) for key in one(keys).tolist()], dtype=np.int64)


def _sum(table: UnaryTable, held: int) -> int:
    """Return the constant of a table and its first ``held`` marginal costs."""
    total = table.constant
    for marginal in table.marginals(held).tolist():
        total += marginal
    return total


def _said(name: str, held: int, aim: float, *, owes: bool) -> str:
    """« Dr NOM : 7 gardes pour un objectif de 6,50. »"""
    if not owes:
        return say(fr=f"{name} : gardes tenues en renfort.", en=f"{name}: duties held to help out.")
    wanted = decimal(round(HUNDRED * aim))
    return say(
        fr=f"{name} : {plural(held, 'garde')} pour un objectif de {wanted}.",
        en=f"{name}: {plural(held, 'duty', 'duties')} for a target of {wanted}.",
    )
