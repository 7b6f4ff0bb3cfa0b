"""A doctor is in one place at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.rules.base import IntArray, Rule
from rosterplan.rules.params import Couples
from rosterplan.rules.selection import applies, current, described, in_scope, not_both, starting_within, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


class NoOverlap(Rule):
    """No two duties of a doctor overlap: [start, end) intervals, across midnight, lines, sites and the past.

    Duties that touch (one ends when the other starts) do not overlap. Two astreintes of lines the convention holds
    together (``lines_together``) may be held at once.
    """

    code: ClassVar[str] = "no-overlap"
    title: ClassVar[str] = "Une seule garde à la fois"
    title_en: ClassVar[str] = "One duty at a time"
    law: ClassVar[str] = "CSP R.6315-2 (médecin nommé, modalité et lieu de chaque garde)"
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    lines_together: Couples = Field(
        default=(), title="lignes ensemble", description="astreintes of two lines one doctor may hold at once: A + B"
    )

    def post(self, canvas: Canvas) -> None:
        """No two duties of one doctor at the same time, those that may be excepted pair by pair."""
        cols = in_scope(canvas, self.scope)
        number = canvas.codes["line"]
        couples = [(number[one], number[two]) for one, two in self.lines_together if one in number and two in number]
        astreinte = canvas.codes["modality"].get("astreinte", -2)
        loose = np.isin(cols["line"], [line for couple in couples for line in couple]) & (cols["modality"] == astreinte)
        canvas.apart(self.code, cols.where(~loose), ("doctor",), "start", "end", 0)
        if loose.any():
            self._loosely_apart(canvas, cols, np.flatnonzero(loose), couples)

    def _loosely_apart(self, canvas: Canvas, cols: Cols, loose: IntArray, couples: list[tuple[int, int]]) -> None:
        """Each overlap with a duty of ``loose`` is forbidden, but between lines held together."""
        start, end, who = cols["start"], cols["end"], cols["doctor"]
        longest = int((end - start).max())
        one, two = starting_within(who[loose], start[loose] - longest, end[loose], who, start)
        one = loose[one]
        is_loose = np.isin(two, loose)
        met = (end[two] > start[one]) & (~is_loose | (one < two))  # two loose ones meet twice
        one, two, is_loose = one[met], two[met], is_loose[met]
        width = int(cols["line"].max()) + 1
        allowed = [a * width + b for a, b in (*couples, *((b, a) for a, b in couples))]
        together = is_loose & np.isin(cols["line"][one] * width + cols["line"][two], allowed)
        not_both(canvas, self, cols.id[one[~together]], cols.id[two[~together]])

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Compare each duty with those that start before it ends; two past duties are nobody's doing."""
        for name, held in timelines(instance, roster, self.scope).items():
            for number, first in enumerate(held):
                for second in held[number + 1 :]:
                    if second.start_minute >= first.end_minute:
                        break
                    if (first.past and second.past) or self._held_together(instance, first, second):
                        continue
                    who = instance.doctor_by_id[name].name
                    one, other = described(instance, first), described(instance, second)
                    yield self.finding(
                        say(
                            fr=f"{who} : {one} et {other} se chevauchent.",
                            en=f"{who}: {one} and {other} overlap.",
                        ),
                        doctors=(name,),
                        duties=current((first, second)),
                        amount=(min(first.end_minute, second.end_minute) - second.start_minute) / 60,
                    )

    def _held_together(self, instance: Instance, first: Held, second: Held) -> bool:
        """True if the convention lets one doctor hold both astreintes."""
        lines = [instance.line_by_id.get(one.line) for one in (first, second)]
        at_home = all(line is not None and line.modality == "astreinte" for line in lines)
        return at_home and any({first.line, second.line} == {one, two} for one, two in self.lines_together)

    def words(self) -> str:
        """Say it."""
        who = applies(self.scope)
        pairs = listed([" + ".join(couple) for couple in self.lines_together])
        but = say(fr=f", sauf deux astreintes que la convention réunit : {pairs}",
                  en=f", but two astreintes the convention holds together: {pairs}") if pairs else ""  # fmt: skip
        return say(
            fr=f"Un médecin ne tient jamais deux gardes en même temps{but}{who}.",
            en=f"A doctor never holds two duties at the same time{but}{who}.",
        )
