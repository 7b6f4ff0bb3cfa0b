"""A long stretch of duties is followed by a rest as long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.rules.base import IntArray, Rule
from rosterplan.rules.selection import applies, bonded, current, described, in_scope, starting_within, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


class EqualRest(Rule):
    """After a stretch longer than ``longer_than`` no duty starts for as long as it lasted, ``most`` hours at the most.

    A stretch is a chain of duties with less than ``gap_minutes`` between them, one duty alone included, past duties
    too; it goes from its first start to its last end [true minutes].
    """

    code: ClassVar[str] = "equal-rest"
    title: ClassVar[str] = "Repos égal après un long service"
    title_en: ClassVar[str] = "Equal rest after a long stretch"
    law: ClassVar[str] = "CSP R.6152-27 et R.6152-708 (repos immédiat de même durée)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    longer_than: int = Field(default=13, ge=1, le=48, title="au-delà de", description="stretches longer than this [h]")
    most: int = Field(default=24, ge=1, le=72, title="repos maximal", description="longest rest asked [h]")
    gap_minutes: int = Field(
        default=60, ge=1, le=12 * 60, title="battement", description="duties less than this apart are chained [min]"
    )

    def post(self, canvas: Canvas) -> None:
        """Never a chain and a duty in the rest after it, unless another duty goes on with the chain."""
        cols = in_scope(canvas, self.scope)
        for chains, length in _long_chains(cols, self.longer_than * 60, self.most * 60, self.gap_minutes):
            last = chains[:, -1]
            end, who = cols["end"][last], cols["doctor"][last]
            chain, after = starting_within(who, end + self.gap_minutes, end + length, cols["doctor"], cols["start"])
            fixed = cols["fixed"] == 1
            kept = (cols["past"][after] == 0) & ~(fixed[after] & fixed[chains].all(axis=1)[chain])
            self._forbid(canvas, cols, chains, chain[kept], after[kept])

    def _forbid(self, canvas: Canvas, cols: Cols, chains: IntArray, chain: IntArray, after: IntArray) -> None:
        """Post Σ members + follower − Σ duties that lengthen the chain ≤ members, for each (chain, follower)."""
        size, bonds = chains.shape[1], np.arange(len(chain), dtype=np.int64)
        end = cols["end"][chains[chain, -1]]
        longest = int((cols["end"] - cols["start"]).max()) if len(cols) else 0
        bond, longer = starting_within(
            cols["doctor"][after], end - longest, end + self.gap_minutes, cols["doctor"], cols["start"]
        )
        beyond = cols["end"][longer] > end[bond]
        bond, longer = bond[beyond], longer[beyond]
        members = np.concatenate((chains[chain].ravel(), after, longer))
        of = np.concatenate((np.repeat(bonds, size), bonds, bond))
        coef = np.ones(len(members), dtype=np.int64)
        coef[len(members) - len(longer) :] = -1
        canvas.limit(self.code, bonded(cols.id[members], of), ("bond",), hi=size, coef=coef)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Chain each doctor's duties; look for duties of this roster that start in the rest after a long chain."""
        for name, held in timelines(instance, roster, self.scope).items():
            for stretch in self._stretches(held):
                end = max(one.end_minute for one in stretch)
                length = min(end - stretch[0].start_minute, self.most * 60)
                if length <= self.longer_than * 60:
                    continue
                for other in held:
                    rest = other.start_minute - end
                    if self.gap_minutes <= rest < length and not other.past:
                        yield self._found(instance, name, stretch, other, length - rest)

    def _stretches(self, held: list[Held]) -> Iterator[list[Held]]:
        """Yield the duties of one doctor, by start, cut where there is a gap."""
        stretch: list[Held] = []
        for one in held:
            if stretch and one.start_minute - max(other.end_minute for other in stretch) >= self.gap_minutes:
                yield stretch
                stretch = []
            stretch.append(one)
        if stretch:
            yield stretch

    def _found(self, instance: Instance, name: str, stretch: list[Held], other: Held, lacking: int) -> Finding:
        """Return what is said of a rest too short."""
        who, last, second = (
            instance.doctor_by_id[name].name,
            described(instance, stretch[-1]),
            described(instance, other),
        )
        return self.finding(
            say(
                fr=f"{who} : après un long service qui finit par {last}, {second} commence avant un repos de même durée.",
                en=f"{who}: after a long stretch that ends with {last}, {second} starts before a rest as long.",
            ),
            doctors=(name,),
            duties=current((*stretch, other)),
            amount=round(lacking / 60, 2),
        )

    def words(self) -> str:
        """Say the rest."""
        who, hours = applies(self.scope), plural(self.longer_than, say(fr="heure", en="hour"))
        most = plural(self.most, say(fr="heure", en="hour"))
        return say(
            fr=f"Après plus de {hours} d’affilée, le repos dure autant que le service, {most} au plus{who}.",
            en=f"After more than {hours} in a row, the rest lasts as long as the stretch, {most} at most{who}.",
        )


def _long_chains(cols: Cols, longer_than: int, most: int, gap: int) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield (chains, counted length): rows of ``cols``, first to last, each link needed, longer than ``longer_than``.

    Chains grow backwards from their last duty until they count ``most``: what comes before asks for no more rest.
    """
    start, end, who = cols["start"], cols["end"], cols["doctor"]
    longest = int((end - start).max()) if len(cols) else 0
    chains = np.arange(len(cols), dtype=np.int64)[:, None]
    while len(chains):
        length = np.minimum(end[chains[:, -1]] - start[chains[:, 0]], most)
        told = length > longer_than
        yield chains[told], length[told]
        chains = chains[length < most]
        first = chains[:, 0]
        link, before = starting_within(who[first], start[first] - gap - longest, start[first], who, start)
        reaches = (end[before] > start[first[link]] - gap) & (end[before] < end[first[link]])
        chains = np.concatenate((before[reaches][:, None], chains[link[reaches]]), axis=1)
