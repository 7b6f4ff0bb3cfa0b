"""Each house of a shared line holds the part the convention gives it, band by band."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import ceil, floor
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.fairness.houses import parts_of_convention, people_of_lines
from rosterplan.domain.findings import Finding, Note
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import RuleRow, Strength, soft
from rosterplan.messages import say
from rosterplan.messages.trade import band_words
from rosterplan.messages.words import decimal, listed, plural
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.params import Parts
from rosterplan.rules.selection import applies, assigned, in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

_GRAIN = 1e-9


class HouseQuota(Rule):
    """Of the S duties of a band, house h holds ⌊q·S⌋ − tolerance to ⌈q·S⌉ + tolerance; each duty outside costs the weight.

    S counts the doctors the duties in scope need. q is the part of h in ``parts``, which need not sum to 100; without
    any, its part of the full-time equivalents of the houses of the lines in scope. ``in_house`` is θ: 1 shares the
    part of each house among its own doctors, 0 shares all duties over the pool (`domain/fairness/houses.py`).
    ``swaps_in_house`` binds exchanges and gifts after publication, not the roster itself: `swap` asks ``handed``.
    """

    code: ClassVar[str] = "house-quota"
    title: ClassVar[str] = "Part de chaque établissement"
    title_en: ClassVar[str] = "Part of each house"
    default: ClassVar[Strength] = soft("shares", 1)
    law: ClassVar[str] = "convention de la ligne partagée (contribution de chaque établissement)"
    kinds: ClassVar[tuple[str, ...]] = ("soft",)

    strength: Strength = soft("shares", 1)
    parts: Parts = Field(default={}, title="parts", description="part of each house; empty: by full-time equivalents")
    tolerance: int = Field(default=1, ge=0, le=1000, title="tolérance", description="duties allowed beside the part")
    in_house: float = Field(
        default=1.0, ge=0, le=1, title="équité en maison", description="θ: 1 within the house, 0 over the whole pool"
    )

    swaps_in_house: bool = Field(
        default=False,
        title="échanges en maison",
        description="a duty is exchanged or given away within a house only",
    )

    def quotas(self, instance: Instance) -> dict[str, float]:
        """Return the part of each house of the lines in scope, Σ = 1; empty where there is nothing to go by."""
        row = RuleRow(code=self.code, scope=self.scope, params={"parts": dict(self.parts)})
        return parts_of_convention(row, instance.lines, instance.doctors, instance.establishments)

    def post(self, canvas: Canvas) -> None:
        """One band of two soft sides per house and band."""
        instance, duties = canvas.instance, canvas.duties
        quotas = self.quotas(instance)
        inside = np.array([self._covers(instance, place) for place in range(len(instance.duties))], dtype=bool)
        need = np.bincount(duties["band"][inside], weights=duties["need_min"][inside], minlength=1).astype(np.int64)
        bands = np.flatnonzero(need)
        codes = canvas.codes["establishment"]
        houses = [(codes[name], part) for name, part in sorted(quotas.items()) if name in codes]
        if not houses or len(bands) == 0:
            return
        rows = [(house, band, *self._sides(part, int(need[band]))) for house, part in houses for band in bands.tolist()]
        house, band, low, high = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
        cols = in_scope(canvas, self.scope)
        side = soft_of(self.strength)
        canvas.limit(
            self.code, cols.where(cols["past"] == 0), ("establishment", "band"), lo=low, hi=high, over=side, under=side,
            groups={"establishment": house, "band": band},
        )  # fmt: skip

    def _covers(self, instance: Instance, place: int) -> bool:
        duty = instance.duties[place]
        return self.scope.covers_band(duty.band) and self.scope.covers_line(instance.line_by_id[duty.line])

    def _sides(self, part: float, need: int) -> tuple[int, int]:
        """Return the fewest and most duties of a house."""
        exact = part * need
        return max(0, floor(exact + _GRAIN) - self.tolerance), ceil(exact - _GRAIN) + self.tolerance

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count what the doctors of each house hold of each band."""
        need: dict[str, int] = defaultdict(int)
        for duty in instance.duties:
            if self.scope.covers_band(duty.band) and self.scope.covers_line(instance.line_by_id[duty.line]):
                need[duty.band] += duty.need_min
        held: dict[tuple[str | None, str], int] = defaultdict(int)
        for duty, doctor in assigned(instance, roster, self.scope):
            held[doctor.establishment, duty.band] += 1
        names = {house.id: house.name for house in instance.establishments}
        someone = {doctor.establishment for doctor in instance.doctors}
        for house, part in sorted(self.quotas(instance).items()):
            for band, total in sorted(need.items()):
                if not total or house not in someone:
                    continue
                low, high = self._sides(part, total)
                have = held[house, band]
                outside = max(low - have, have - high)
                if outside > 0:
                    yield self._found(names[house], band, have, part * total, outside)

    def _found(self, name: str, band: str, have: int, wanted: float, outside: int) -> Finding:
        """Return what is said of one house and band."""
        count, part = (
            plural(have, say(fr="garde", en="duty"), say(fr="gardes", en="duties")),
            decimal(round(100 * wanted)),
        )
        return self.finding(
            say(
                fr=f"{name}, catégorie {band_words((band,))} : {count} pour une part de {part}.",
                en=f"{name}, band {band_words((band,))}: {count} for a part of {part}.",
            ),
            amount=outside,
            cost=self.strength.weight * outside,
        )

    def handed(self, instance: Instance, duty: str, giver: str, taker: str) -> Finding | None:
        """Return what is wrong with a duty handed to a doctor of another house, where the convention keeps them apart."""
        of, first, then = instance.duty_by_id[duty], instance.doctor_by_id[giver], instance.doctor_by_id[taker]
        inside = self.scope.covers_line(instance.line_by_id[of.line]) and self.scope.covers_band(of.band)
        if not (self.swaps_in_house and inside) or first.establishment == then.establishment:
            return None
        found = self.finding(
            say(
                fr=f"{first.name} et {then.name} ne sont pas du même établissement : la convention garde les échanges dans chaque établissement.",
                en=f"{first.name} and {then.name} are of different houses: the convention keeps exchanges within each house.",
            ),
            doctors=(giver, taker),
            duties=(duty,),
        )
        return found.model_copy(update={"severity": "erreur", "stage": None, "cost": 0})

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Say what the convention means per full-time equivalent, where it is not the same for all houses."""
        lines = [line for line in instance.lines if self.scope.covers_line(line) and len(line.establishments) > 1]
        people = people_of_lines(lines, instance.doctors, instance.establishments)
        named = listed([line.name for line in lines], most=3)
        loads = {
            house: part / people[house]
            for house, part in self.quotas(instance).items()
            if people[house] > 0 and part > 0
        }
        if len(loads) < 2 or max(loads.values()) < 1.1 * min(loads.values()):
            return
        most, least = (max(loads, key=lambda house: loads[house]), min(loads, key=lambda house: loads[house]))
        names = {house.id: house.name for house in instance.establishments}
        times = decimal(round(100 * loads[most] / loads[least]))
        yield Note(
            code=self.code, severity="information",
            text=say(
                fr=f"{named} : la convention donne à un équivalent temps plein de {names[most]} ({decimal(round(100 * people[most]))} ETP) "
                f"{times} fois la charge d’un équivalent temps plein de {names[least]} ({decimal(round(100 * people[least]))} ETP).",
                en=f"{named}: the convention gives a full-time equivalent of {names[most]} ({decimal(round(100 * people[most]))} FTE) "
                f"{times} times the load of one of {names[least]} ({decimal(round(100 * people[least]))} FTE).",
            ),
        )  # fmt: skip

    def words(self) -> str:
        """Say the parts."""
        tolerance = plural(self.tolerance, say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
        return say(
            fr=f"Chaque établissement tient sa part de chaque catégorie, à {tolerance} près : {_told(self.parts)}"
            f"{applies(self.scope)}. {self._shared()}{self._swaps()}",
            en=f"Each house holds its part of each band, within {tolerance}: {_told(self.parts)}"
            f"{applies(self.scope)}. {self._shared()}{self._swaps()}",
        )

    def _swaps(self) -> str:
        if not self.swaps_in_house:
            return ""
        return say(
            fr=" Les échanges se font entre médecins d’un même établissement.",
            en=" Duties are exchanged between doctors of the same house.",
        )

    def _shared(self) -> str:
        """« La répartition est juste dans chaque établissement. »"""
        if self.in_house == 1:
            return say(
                fr="La répartition est juste dans chaque établissement.", en="Sharing is fair within each house."
            )
        if self.in_house == 0:
            return say(fr="La répartition est juste sur toute l’équipe.", en="Sharing is fair over the whole team.")
        percent = decimal(round(10_000 * self.in_house))
        return say(
            fr=f"La répartition est juste à {percent} % dans chaque établissement, le reste sur toute l’équipe.",
            en=f"Sharing is fair at {percent} % within each house, the rest over the whole team.",
        )


def _told(parts: Mapping[str, float]) -> str:
    """« CHSN 50, POLE 50 »; without parts, by full-time equivalents."""
    if not parts:
        return say(fr="selon les équivalents temps plein", en="by full-time equivalents")
    return listed([f"{house} {decimal(round(100 * part))}" for house, part in parts.items()])
