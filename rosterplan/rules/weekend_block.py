"""The same doctor holds Saturday and Sunday of a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Strength, soft
from rosterplan.domain.work import weekend_of
from rosterplan.messages import say
from rosterplan.rules.base import Rule
from rosterplan.rules.selection import applies, described, in_scope, leniency, only_with, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols

_SUNDAY = 0
"""Ordinal of a Sunday modulo 7."""


class WeekendBlock(Rule):
    """Each duty a doctor holds on one day of a weekend goes with one of the same line on the other day.

    Concerns the weekends on both days of which the line has duties in scope, past ones included. Soft: each duty
    without its fellow costs the weight. A strict rule never undoes what a person decided.
    """

    code: ClassVar[str] = "weekend-block"
    title: ClassVar[str] = "Week-end d’un seul tenant"
    title_en: ClassVar[str] = "Weekend in one piece"
    default: ClassVar[Strength] = soft("comfort", 30)
    law: ClassVar[str] = "usage local (choix du secteur : un seul médecin pour le samedi et le dimanche)"
    kinds: ClassVar[tuple[str, ...]] = ("hard", "soft")

    strength: Strength = soft("comfort", 30)

    def post(self, canvas: Canvas) -> None:
        """A duty of one day only with a duty of the other, both ways."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where(cols["weekend"] >= 0)
        sunday = cols["day"] % 7 == _SUNDAY
        days = (cols.where(~sunday), cols.where(sunday))
        for mine, other in (days, days[::-1]):
            only_with(canvas, self, self._where_both(canvas, mine), other, ("doctor", "line", "weekend"))

    def _where_both(self, canvas: Canvas, cols: Cols) -> Cols:
        """Return the columns of weekends on both days of which their line has duties, with candidates or without."""
        duties, codes, pairs = canvas.duties, canvas.codes, canvas.pairs
        shown = np.ones(len(duties), dtype=bool)
        if self.scope.bands:
            shown = np.isin(duties["band"], codes.numbers("band", self.scope.bands))
        past = in_scope(canvas, self.scope)
        past = past.where(past["past"] == 1)
        known = {name: np.concatenate((duties[name][shown], past[name])) for name in ("line", "weekend", "day")}
        width = int(max(known["weekend"].max(initial=0), pairs["weekend"].max(initial=0))) + 1
        key = known["line"] * width + known["weekend"]
        sunday = known["day"] % 7 == _SUNDAY
        both = np.intersect1d(key[sunday], key[~sunday & (known["weekend"] >= 0)])
        return cols.where(np.isin(cols["line"] * width + cols["weekend"], both))

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Look on each doctor's weekends for a day held without the other."""
        whole = self._whole_weekends(instance)
        for name, held in timelines(instance, roster, self.scope).items():
            days: dict[tuple[str, date | None], list[Held]] = defaultdict(list)
            for one in held:
                days[one.line, weekend_of(one.date)].append(one)
            for one in held:
                beside = days[one.line, weekend_of(one.date)]
                alone = all(other.date == one.date for other in beside)
                if one.duty and alone and (one.line, weekend_of(one.date)) in whole:
                    yield self._found(instance, name, one)

    def _found(self, instance: Instance, name: str, one: Held) -> Finding:
        """Return what is said of half a weekend."""
        who, which = instance.doctor_by_id[name].name, described(instance, one)
        return self.finding(
            say(
                fr=f"{who} : {which} sans l’autre jour du week-end.",
                en=f"{who}: {which} without the other day of the weekend.",
            ),
            doctors=(name,),
            duties=(one.duty or "",),
            cost=self.strength.weight if self.strength.kind == "soft" else 0,
        )

    def _whole_weekends(self, instance: Instance) -> set[tuple[str, date]]:
        """Return the (line, Saturday) with duties in scope on both days."""
        seen: dict[tuple[str, date], set[int]] = defaultdict(set)
        known = [(duty.line, duty.date, duty.band) for duty in instance.duties]
        for past in instance.history:
            doctor = instance.doctor_by_id.get(past.doctor)
            if doctor and self.scope.covers_doctor(doctor):
                known.append((past.line, past.start.date(), past.band))
        for line, day, band in known:
            saturday = weekend_of(day)
            if saturday and self.scope.covers_band(band):
                seen[line, saturday].add(day.weekday())
        return {key for key, days in seen.items() if len(days) == 2}

    def words(self) -> str:
        """Say it."""
        rest = f"{leniency(self)}{applies(self.scope)}"
        return say(
            fr=f"Le même médecin tient le samedi et le dimanche d’une ligne{rest}.",
            en=f"The same doctor holds Saturday and Sunday of a line{rest}.",
        )
