"""Each duty has the doctors it needs; what stays open is a hole, ranked by the priority of its band."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.messages import say
from rosterplan.messages.trade import many_of_band
from rosterplan.messages.words import hours, listed, long_date, plural
from rosterplan.rules.base import Rule, soft_of
from rosterplan.rules.needs import duties_meeting, present
from rosterplan.rules.params import Priorities
from rosterplan.rules.selection import bonded, equal_in

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

DEFAULT_PRIORITIES = {"fete": 10, "dimanche": 10, "samedi": 10, "soiree": 5, "nuit": 1}
OTHER_BANDS = 5


class Coverage(Rule):
    """Each duty is held by ``need_min`` to ``need_max`` doctors; a missing one costs the priority of the band.

    Priorities are lexicographic: no number of evenings outweighs one weekend duty (`StageResult.levels`).
    """

    code: ClassVar[str] = "coverage"
    title: ClassVar[str] = "Couverture des gardes"
    title_en: ClassVar[str] = "Cover of duties"
    default: ClassVar[Strength] = soft("coverage", 1)
    law: ClassVar[str] = "CSP R.6315-2 et R.6315-4 (tableau complet ; gardes non pourvues signalées)"

    kinds: ClassVar[tuple[str, ...]] = ("soft",)

    strength: Strength = soft("coverage", 1)
    priorities: Priorities = Field(
        default=DEFAULT_PRIORITIES, title="priorités", description="priority of each band, from 1 (last) to 1000"
    )

    def priority(self, band: str) -> int:
        """The priority of a band."""
        return self.priorities.get(band, OTHER_BANDS)

    def post(self, canvas: Canvas) -> None:
        """Need as a soft lower side, ``need_max`` as a hard upper side, for every duty, candidates or not."""
        duties = canvas.duties
        weight_of_band = np.array([self.priority(band) for band in canvas.codes["band"]], dtype=np.int64)
        canvas.limit(
            self.code,
            canvas.pairs.where(canvas.pairs["past"] == 0),
            ("duty",),
            lo=duties["need_min"],
            hi=duties["need_max"],
            under=soft_of(self.strength),
            weights=weight_of_band[duties["band"]] * self.strength.weight,
            groups={"duty": duties["duty"]},
            about="duty",
        )
        self._post_demands(canvas)

    def _post_demands(self, canvas: Canvas) -> None:
        """The need of each part of a demand as a soft lower side over the duties that cover it."""
        wanted = canvas.instance.wanted
        if not wanted:
            return
        current = canvas.pairs.where(canvas.pairs["past"] == 0)
        duty, part = duties_meeting(canvas.instance)
        row, place = equal_in(duty, current["duty"])
        numbers = np.arange(len(wanted), dtype=np.int64)
        canvas.limit(
            self.code,
            bonded(current.id[place], part[row]),
            ("bond",),
            lo=np.array([demand.need for demand in wanted], dtype=np.int64),
            under=soft_of(self.strength),
            weights=np.array([self.priority(demand.band or "") for demand in wanted]) * self.strength.weight,
            groups={"bond": numbers, "need": -2 - numbers},
            about="need",
        )

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the doctors of each duty, then those there at each part of a demand."""
        yield from self._audit_duties(instance, roster)
        yield from self._audit_demands(instance, roster)

    def _audit_demands(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count who is there during each demand, or how many slots begin in it."""
        for demand, there in present(instance, roster):
            if there >= demand.need:
                continue
            missing = demand.need - there
            where = f"{instance.line_by_id[demand.line].name}, {long_date(demand.start.date())}, {hours(demand.start, demand.end)}"
            yield self.finding(
                say(
                    fr=f"Besoin non couvert : {where} ({there} sur {demand.need}).",
                    en=f"Need not met: {where} ({there} of {demand.need}).",
                ),
                duties=(demand.id,),
                amount=missing,
                cost=missing * self.priority(demand.band or "") * self.strength.weight,
            )

    def _audit_duties(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the doctors of each duty."""
        for duty in instance.duties:
            held = len(roster.doctors_of.get(duty.id, ()))
            where = f"{instance.line_by_id[duty.line].name}, {long_date(duty.date)}, {hours(duty.start, duty.end)}"
            if held < duty.need_min:
                missing = duty.need_min - held
                yield self.finding(
                    say(
                        fr=f"Garde non pourvue : {where} (il manque {plural(missing, 'médecin')}).",
                        en=f"Unfilled duty: {where} ({plural(missing, 'doctor')} missing).",
                    ),
                    duties=(duty.id,),
                    amount=missing,
                    cost=missing * self.priority(duty.band) * self.strength.weight,
                )
            elif held > duty.need_max:
                yield self.finding(
                    say(
                        fr=f"Trop de médecins : {where} ({held} au lieu de {duty.need_max}).",
                        en=f"Too many doctors: {where} ({held} instead of {duty.need_max}).",
                    ),
                    duties=(duty.id,),
                    doctors=roster.doctors_of[duty.id],
                    amount=held - duty.need_max,
                )

    def words(self) -> str:
        """Say what is covered first."""
        ranks: dict[int, list[str]] = defaultdict(list)
        for band, rank in self.priorities.items():
            ranks[rank].append(many_of_band(band))
        ranks[OTHER_BANDS].append(say(fr="toutes les autres gardes", en="all other duties"))
        order = [listed(ranks[rank]) for rank in sorted(ranks, reverse=True)]
        if len(order) == 1:
            return say(fr="Chaque garde est pourvue, toutes à égalité.", en="Each duty is filled, all alike.")
        then = say(fr=", puis ", en=", then ").join(order)
        return say(
            fr=f"Chaque garde est pourvue. S’il manque des médecins, on pourvoit d’abord {then}.",
            en=f"Each duty is filled. Where doctors are missing, duties are filled in this order: {then}.",
        )
