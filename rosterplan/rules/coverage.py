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
from rosterplan.domain.work import Demand
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
        first, times = np.unique(np.array(canvas.instance.alike, dtype=np.int64), return_counts=True)
        many = np.zeros(len(wanted), dtype=np.int64)
        many[first] = times  # parts missed together are one row, as many times
        row, place = row[many[part[row]] > 0], place[many[part[row]] > 0]
        canvas.limit(
            self.code,
            bonded(current.id[place], part[row]),
            ("bond",),
            lo=times * np.array([wanted[number].need for number in first.tolist()], dtype=np.int64),
            coef=many[part[row]],
            under=soft_of(self.strength),
            weights=np.array([self.priority(wanted[number].band or "") for number in first.tolist()])
            * self.strength.weight,
            groups={"bond": first, "need": -2 - first},
            about="need",
        )

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count the doctors of each duty, then those there at each part of a demand."""
        yield from self._audit_duties(instance, roster)
        yield from self._audit_demands(instance, roster)

    def _audit_demands(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Count who is there during each demand, or how many slots begin in it; one finding per stretch short alike."""
        stretch: list[Demand] = []
        there_before = -1
        for demand, there in [*present(instance, roster), (None, -1)]:
            before = stretch[-1] if stretch else None
            if before and (demand is None or there != there_before or not _goes_on(before, demand)):
                yield self._short(instance, stretch, there_before)
                stretch = []
            if demand is not None and there < demand.need:
                stretch.append(demand)
            there_before = there

    def _short(self, instance: Instance, stretch: list[Demand], there: int) -> Finding:
        """Return what is said of demands one after the other that lack the same number."""
        first, missing = stretch[0], stretch[0].need - there
        where = f"{instance.line_by_id[first.line].name}, {long_date(first.start.date())}, {hours(first.start, stretch[-1].end)}"
        return self.finding(
            say(
                fr=f"Besoin non couvert : {where} ({there} sur {first.need}).",
                en=f"Need not met: {where} ({there} of {first.need}).",
            ),
            duties=tuple(demand.id for demand in stretch),
            amount=missing * len(stretch),
            cost=missing * len(stretch) * self.priority(first.band or "") * self.strength.weight,
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


def _goes_on(before: Demand, demand: Demand) -> bool:
    """True if a demand begins where the one before ends and asks for the same."""
    return (
        before.line == demand.line
        and before.end_minute == demand.start_minute
        and (before.need, before.band, before.in_all) == (demand.need, demand.band, False)
    )
