"""Duties that follow each other do not make too long a stretch."""

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


class MaxStretch(Rule):
    """Two or more duties with less than ``gap_minutes`` between them span at most ``hours``, past duties included.

    A stretch goes from the start of its first duty to the latest end [true minutes: 25 h for two 12 h duties on the
    night the clocks go back]. A duty alone is never concerned, however long: its hours are the line's.
    """

    code: ClassVar[str] = "max-stretch"
    title: ClassVar[str] = "Durée maximale de gardes enchaînées"
    title_en: ClassVar[str] = "Longest stretch of duties"
    law: ClassVar[str] = "usage local (repère : 24 h d’affilée au plus, arrêté du 30 avril 2003 pour les hôpitaux)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    hours: int = Field(default=12, ge=1, le=24 * 7, title="heures", description="longest stretch of chained duties [h]")
    gap_minutes: int = Field(
        default=60, ge=1, le=24 * 60, title="battement", description="duties less than this apart are chained [min]"
    )

    def post(self, canvas: Canvas) -> None:
        """Never all the duties of a shortest chain that is too long."""
        cols = in_scope(canvas, self.scope)
        for chains in _too_long_chains(cols, self.hours * 60, self.gap_minutes):
            length = chains.shape[1]
            bond = np.repeat(np.arange(len(chains), dtype=np.int64), length)
            canvas.limit(self.code, bonded(cols.id[chains.ravel()], bond), ("bond",), hi=length - 1)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Chain each doctor's duties in order; look at the length of what is chained."""
        for name, held in timelines(instance, roster, self.scope).items():
            stretch: list[Held] = []
            for one in [*held, None]:
                end = max((other.end_minute for other in stretch), default=0)
                if one is not None and stretch and one.start_minute - end < self.gap_minutes:
                    stretch.append(one)
                    continue
                minutes = end - stretch[0].start_minute if stretch else 0
                if len(stretch) > 1 and minutes > self.hours * 60 and self._is_new(stretch):
                    yield self._found(instance, name, stretch, minutes)
                stretch = [one] if one is not None else []

    def _is_new(self, stretch: list[Held]) -> bool:
        """True if a duty of this roster is part of what is too long, the past being what it is."""
        return any(not one.past for one in stretch)

    def _found(self, instance: Instance, name: str, stretch: list[Held], minutes: int) -> Finding:
        """Return what is said of a stretch too long."""
        who, first, last = (
            instance.doctor_by_id[name].name,
            described(instance, stretch[0]),
            described(instance, stretch[-1]),
        )
        return self.finding(
            say(
                fr=f"{who} : plus de {self.hours} h enchaînées, de {first} à {last}.",
                en=f"{who}: more than {self.hours} h in a row, from {first} to {last}.",
            ),
            doctors=(name,),
            duties=current(stretch),
            amount=round(minutes / 60 - self.hours, 2),
        )

    def words(self) -> str:
        """Say the longest stretch."""
        who, hours = applies(self.scope), plural(self.hours, say(fr="heure", en="hour"))
        gap = plural(self.gap_minutes, "minute")
        return say(
            fr=f"Des gardes qui s’enchaînent (moins de {gap} entre elles) ne dépassent pas {hours} au total{who}.",
            en=f"Duties that follow each other (less than {gap} apart) never exceed {hours} in all{who}.",
        )


def _too_long_chains(cols: Cols, longest: int, gap: int) -> Iterator[IntArray]:
    """Yield arrays (chains, length) of rows of ``cols``: every shortest chain too long, once, length after length.

    A set of duties holds a stretch too long, not all of the past, if and only if it holds one of these chains.
    """
    start, end, past = cols["start"], cols["end"], cols["past"] == 1
    before, after = _chained_pairs(cols, gap)
    too_long = np.maximum(end[before], end[after]) - start[before] > longest
    gone = past[before] & past[after]
    yield np.stack((before, after), axis=1)[too_long & ~gone]
    grows = (~too_long | gone) & (start[after] > start[before]) & (end[after] > end[before])
    chains = np.stack((before, after), axis=1)[grows]
    while len(chains):
        last, previous = chains[:, -1], chains[:, -2]
        link, added = starting_within(cols["doctor"][last], start[last] + 1, end[last] + gap, cols["doctor"], start)
        needed = (end[added] > end[last[link]]) & (start[added] >= end[previous[link]] + gap)
        longer = np.concatenate((chains[link[needed]], added[needed][:, None]), axis=1)
        first, second, tip = start[longer[:, 0]], start[longer[:, 1]], end[longer[:, -1]]
        too_long, gone = tip - first > longest, past[longer].all(axis=1)
        shortest = (tip - second <= longest) | past[longer[:, 1:]].all(axis=1)
        yield longer[too_long & shortest & ~gone]
        chains = longer[~too_long | gone]


def _chained_pairs(cols: Cols, gap: int) -> tuple[IntArray, IntArray]:
    """Return every two rows of one doctor less than ``gap`` apart, the first to start first."""
    start, end, who = cols["start"], cols["end"], cols["doctor"]
    order = np.lexsort((np.arange(len(cols)), end, start, who))
    rank = np.empty(len(cols), dtype=np.int64)
    rank[order] = np.arange(len(cols))
    before, after = starting_within(who, start, end + gap, who, start)
    following = rank[after] > rank[before]
    return before[following], after[following]
