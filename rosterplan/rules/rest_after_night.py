"""A doctor rests after a duty that ends in the night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Self
from zoneinfo import ZoneInfo

import numpy as np
from pydantic import Field, model_validator

from rosterplan.domain.base import clock_of
from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.trade import band_words, modality_word
from rosterplan.messages.words import listed, plural
from rosterplan.rules.base import BoolArray, Rule
from rosterplan.rules.params import Modalities, Names
from rosterplan.rules.selection import applies, current, described, in_scope, not_both, starting_within, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


class RestAfterNight(Rule):
    """After a night duty ending at e, no duty of the doctor starts in [e, e + hours), past duties included.

    A duty is of the night if its band is one of ``bands``, or if it ends by the local clock after ``night_starts`` and
    no later than ``night_ends``: an evening that ends at midnight is none, 20 h – 8 h is one. ``modalities`` and
    ``lines`` narrow the nights that ask for rest (gardes; astreintes of a busy line), not the duties they keep away.
    """

    code: ClassVar[str] = "rest-after-night"
    title: ClassVar[str] = "Repos après une garde de nuit"
    title_en: ClassVar[str] = "Rest after a night duty"
    law: ClassVar[str] = "usage local (repère : repos de sécurité de 11 h, arrêté du 30 avril 2003 pour les hôpitaux)"
    kinds: ClassVar[tuple[str, ...]] = ("hard", "soft")

    hours: int = Field(default=11, ge=1, le=24 * 7, title="heures", description="rest after a night [h]")
    bands: Names = Field(default=("nuit",), title="catégories", description="bands that are nights whenever they end")
    night_starts: int = Field(default=0, ge=0, le=23, title="début de nuit", description="local hour, excluded [h]")
    night_ends: int = Field(default=9, ge=0, le=23, title="fin de nuit", description="local hour, included [h]")
    modalities: Modalities = Field(default=(), title="modalités", description="nights of these alone; empty: of all")
    lines: Names = Field(default=(), title="lignes", description="nights of these lines alone; empty: of all")

    @model_validator(mode="after")
    def _night_in_order(self) -> Self:
        if self.night_starts >= self.night_ends:
            raise ValueError(say(fr="la nuit finit avant de commencer", en="the night ends before it starts"))
        return self

    def post(self, canvas: Canvas) -> None:
        """Each night pair excludes each pair of the doctor that starts in the rest after it."""
        cols = in_scope(canvas, self.scope)
        nights = cols.where(self._of_the_night(canvas, cols))
        first, second = starting_within(
            nights["doctor"], nights["end"], nights["end"] + self.hours * 60, cols["doctor"], cols["start"]
        )
        not_both(canvas, self, nights.id[first], cols.id[second])

    def _of_the_night(self, canvas: Canvas, cols: Cols) -> BoolArray:
        """Return which columns are night duties."""
        ends, place = np.unique(cols["end"], return_inverse=True)
        zone = ZoneInfo(canvas.instance.timezone)
        clock = np.array([clock_of(int(end), zone) for end in ends], dtype=np.int64)[place]
        inside = (clock > self.night_starts * 60) & (clock <= self.night_ends * 60)
        inside |= np.isin(cols["band"], canvas.codes.numbers("band", self.bands))
        for kind, names in (("modality", self.modalities), ("line", self.lines)):
            if names:
                inside &= np.isin(cols[kind], canvas.codes.numbers(kind, names))
        return np.asarray(inside, dtype=bool)

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """After each night, look for duties that start too soon; two past duties are nobody's doing."""
        for name, held in timelines(instance, roster, self.scope).items():
            for night in held:
                if not self._is_night(instance, night):
                    continue
                for other in held:
                    rest = other.start_minute - night.end_minute
                    if 0 <= rest < self.hours * 60 and not (night.past and other.past):
                        yield self._found(instance, name, night, other, rest)

    def _is_night(self, instance: Instance, held: Held) -> bool:
        """True if a duty is of the night."""
        line = instance.line_by_id.get(held.line)
        if self.lines and held.line not in self.lines:
            return False
        if self.modalities and (line is None or line.modality not in self.modalities):
            return False
        if held.band in self.bands:
            return True
        clock = clock_of(held.end_minute, ZoneInfo(instance.timezone))
        return self.night_starts * 60 < clock <= self.night_ends * 60

    def _found(self, instance: Instance, name: str, night: Held, other: Held, rest: int) -> Finding:
        """Return what is said of a rest too short."""
        who, first, second = instance.doctor_by_id[name].name, described(instance, night), described(instance, other)
        return self.finding(
            say(
                fr=f"{who} : moins de {self.hours} h de repos après {first}, de nuit, avant {second}.",
                en=f"{who}: less than {self.hours} h of rest after {first}, at night, before {second}.",
            ),
            doctors=(name,),
            duties=current((night, other)),
            amount=round(self.hours - rest / 60, 2),
            cost=self.strength.weight if self.strength.kind == "soft" else 0,
        )

    def words(self) -> str:
        """Say the rest and what a night is."""
        who, rest, bands = applies(self.scope), plural(self.hours, say(fr="heure", en="hour")), band_words(self.bands)
        named = say(fr=f", ou de la catégorie {bands}", en=f", or of the band {bands}") if self.bands else ""
        named += "".join(f" ; {modality_word(one)}" for one in self.modalities)
        named += say(fr=f" ; lignes {listed(self.lines)}", en=f"; lines {listed(self.lines)}") if self.lines else ""
        wish = (
            say(fr="Si possible, au", en="Where possible, at")
            if self.strength.kind == "soft"
            else say(fr="Au", en="At")
        )
        return say(
            fr=f"{wish} moins {rest} de repos après une garde de nuit (qui finit après {self.night_starts} h et au plus "
            f"tard à {self.night_ends} h{named}){who}.",
            en=f"{wish} least {rest} of rest after a night duty (ending after {self.night_starts}:00 and by "
            f"{self.night_ends}:00{named}){who}.",
        )
