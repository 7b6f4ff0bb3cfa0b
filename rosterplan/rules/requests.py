"""Requests to hold a duty, or not to, each with its price; per doctor they may cost more and more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Scope, Strength, soft
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.rules.base import BoolArray, IntArray, Rule, soft_of
from rosterplan.rules.params import Names
from rosterplan.rules.scales import Scales, cost_of, table_of

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols

_Asked = dict[str, tuple[set[str], set[str]]]
"""Duties wanted and not wanted, by doctor."""


class Requests(Rule):
    """Each request of ``wanted`` that is not granted and each of ``unwanted`` that is not respected costs the weight.

    A request is « doctor = duty ». A doctor named in ``scales`` pays the scale's cost of that many requests in place of
    the weight of each: « 0 3 7 12 » charges 3 for one, 7 for two. Scales rise ever faster; beyond its last step a scale
    goes on at the last rise. Prices differ by having a row each.
    """

    code: ClassVar[str] = "requests"
    title: ClassVar[str] = "Demandes chiffrées"
    title_en: ClassVar[str] = "Priced requests"
    default: ClassVar[Strength] = soft("wishes", 10)
    kinds: ClassVar[tuple[str, ...]] = ("soft",)
    law: ClassVar[str] = "usage local (demandes des médecins, pondérées par le service)"

    strength: Strength = soft("wishes", 10)
    wanted: Names = Field(default=(), title="gardes demandées", description="« doctor = duty »: wishes to hold it")
    unwanted: Names = Field(default=(), title="gardes refusées", description="« doctor = duty »: asks not to hold it")
    scales: Scales = Field(default={}, title="barèmes", description="doctor: cost of 0, 1, 2… requests not met")

    @model_validator(mode="after")
    def _requests_read(self) -> Self:
        wrong = [text for text in (*self.wanted, *self.unwanted) if not all(_split(text))]
        if wrong:
            raise ValueError(
                say(
                    fr=f"« {self.title} » : écrivez « médecin = garde », et non « {wrong[0]} »",
                    en=f"{self.code}: write “doctor = duty”, not “{wrong[0]}”",
                )
            )
        if self.scope != Scope():
            raise ValueError(
                say(
                    fr=f"« {self.title} » : les demandes disent de qui elles sont, laissez la portée vide",
                    en=f"{self.code}: requests say whose they are, leave the scope empty",
                )
            )
        return self

    def post(self, canvas: Canvas) -> None:
        """A price per request, or per doctor a convex table of those not met."""
        doctors = canvas.instance.doctors
        scaled = np.array([doctor.id in self.scales for doctor in doctors], dtype=bool)
        wanted, unwanted = self._cells(canvas, self.wanted), self._cells(canvas, self.unwanted)
        soft_side = soft_of(self.strength)
        now = canvas.pairs.where(canvas.pairs["past"] == 0)
        flat = wanted[~scaled[wanted[:, 0]]]
        if len(flat):
            groups = {"doctor": flat[:, 0], "duty": flat[:, 1]}
            canvas.limit(self.code, now, ("doctor", "duty"), lo=_ones(len(flat)), under=soft_side, groups=groups)
        against = now.where(_among(canvas, now, unwanted) & ~scaled[now["doctor"]])
        canvas.prefer(self.code, against, self.strength.weight, self.strength.stage or "wishes")
        self._post_scales(canvas, now, wanted[scaled[wanted[:, 0]]], unwanted[scaled[unwanted[:, 0]]])

    def _cells(self, canvas: Canvas, texts: tuple[str, ...]) -> IntArray:
        """Return (doctor, duty) numbers of the requests, once each; those of people or duties unknown here are left out."""
        doctors, duties = canvas.codes["doctor"], canvas.codes["duty"]
        cells = [_split(text) for text in dict.fromkeys(texts)]
        known = sorted({(doctors[who], duties[what]) for who, what in cells if who in doctors and what in duties})
        return np.array(known, dtype=np.int64).reshape(len(known), 2)

    def _post_scales(self, canvas: Canvas, now: Cols, wanted: IntArray, unwanted: IntArray) -> None:
        """Charge Σ wanted not held + Σ unwanted held of every doctor who has a scale."""
        many, doctors = len(canvas.instance.doctors), canvas.instance.doctors
        asks = [np.bincount(cells[:, 0], minlength=many) for cells in (wanted, unwanted)]
        who = np.flatnonzero(asks[0] + asks[1] > 0)
        most = (asks[0] + asks[1])[who].tolist()
        tables = [
            table_of(self.scales[doctors[one].id], self.strength.weight, count)
            for one, count in zip(who.tolist(), most, strict=True)
        ]
        sign = _among(canvas, now, unwanted).astype(np.int64) - _among(canvas, now, wanted)
        canvas.convex(
            self.code, now.where(sign != 0), ("doctor",), tables, self.strength.stage or "wishes",
            groups={"doctor": who}, coef=sign[sign != 0], base=asks[0][who].astype(np.int64),
        )  # fmt: skip

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Read again what each doctor asked."""
        asked: _Asked = defaultdict(lambda: (set(), set()))
        for texts, place in ((self.wanted, 0), (self.unwanted, 1)):
            for text in texts:
                who, what = _split(text)
                if who in instance.doctor_by_id and what in instance.duty_by_id:
                    asked[who][place].add(what)
        for who, (wanted, unwanted) in asked.items():
            held = set(roster.duties_of.get(who, ()))
            missed, against = wanted - held, unwanted & held
            cost = cost_of(self.scales.get(who), self.strength.weight, len(missed) + len(against))
            if missed or against:
                yield self._found(instance, who, len(missed), tuple(sorted(against)), cost)

    def _found(self, instance: Instance, who: str, missed: int, against: tuple[str, ...], cost: int) -> Finding:
        """Return what is said of one doctor's requests."""
        unmet = plural(missed + len(against), say(fr="demande", en="request"))
        plural_s = "s" if missed + len(against) > 1 else ""
        name = instance.doctor_by_id[who].name
        return self.finding(
            say(fr=f"{name} : {unmet} non suivie{plural_s}.", en=f"{name}: {unmet} not met."),
            doctors=(who,), duties=against, amount=missed + len(against), cost=cost, severity="information",
            stage=self.strength.stage,
        )  # fmt: skip

    def words(self) -> str:
        """Say how requests weigh."""
        return say(
            fr="Chaque demande d’un médecin, de tenir une garde ou de ne pas la tenir, a son prix quand elle n’est pas suivie.",
            en="Each request of a doctor, to hold a duty or not to, has its price when it is not met.",
        )


def _split(text: str) -> tuple[str, str]:
    """« M001 = duty » as (M001, duty)."""
    who, _, what = text.partition("=")
    return who.strip(), what.strip()


def _among(canvas: Canvas, cols: Cols, cells: IntArray) -> BoolArray:
    """Return which columns are one of the (doctor, duty) numbers."""
    size = max(len(canvas.instance.duties), 1)
    return np.isin(cols["doctor"] * size + cols["duty"], cells[:, 0] * size + cells[:, 1])


def _ones(count: int) -> IntArray:
    return np.ones(count, dtype=np.int64)
