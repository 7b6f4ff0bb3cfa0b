"""Regulation from home comes after enough shifts in the regulation room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Held, Instance, PastDuty
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Line
from rosterplan.messages import say
from rosterplan.messages.trade import band_words
from rosterplan.messages.words import long_date, plural
from rosterplan.rules.base import BoolArray, Rule
from rosterplan.rules.params import Names
from rosterplan.rules.selection import applies, bonded, in_scope, timelines

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


class RemoteAfterOnSite(Rule):
    """A remote duty is held by who held ``shifts`` on-site duties on earlier dates, ``weekends`` of them at a weekend.

    Remote lines are those that count for another line; on-site ones, the lines they count for. History counts.
    """

    code: ClassVar[str] = "remote-after-on-site"
    title: ClassVar[str] = "À distance après le sur place"
    title_en: ClassVar[str] = "Remote after on site"
    law: ClassVar[str] = (
        "Règlement intérieur de l’association (repère ADOPS 53 : 4 vacations sur place, dont une de week-end ou de férié)"
    )
    kinds: ClassVar[tuple[str, ...]] = ("hard",)

    shifts: int = Field(default=4, ge=0, le=100, title="vacations", description="on-site duties held before")
    weekends: int = Field(default=1, ge=0, le=100, title="dont week-end", description="of which in the weekend bands")
    bands: Names = Field(
        default=("samedi", "dimanche", "fete"), title="catégories", description="bands that count as weekend or holiday"
    )

    def post(self, canvas: Canvas) -> None:
        """Per doctor and date: n·(some free remote pair that date) ≤ Σ on-site pairs of earlier dates."""
        remote, on_site = _lines(canvas.instance)
        cols = in_scope(canvas, self.scope)
        far = cols.where(np.isin(cols["line"], canvas.codes.numbers("line", remote)) & (cols["fixed"] == 0))
        if not len(far):
            return
        near = canvas.pairs.where(np.isin(canvas.pairs["line"], canvas.codes.numbers("line", on_site)))
        weekend = near.where(np.isin(near["band"], canvas.codes.numbers("band", self.bands)))
        some = canvas.any(self.code, far, ("doctor", "day"))
        for wanted, counted in ((self.shifts, near), (self.weekends, weekend)):
            if wanted:
                self._limit(canvas, some, counted, wanted)

    def _limit(self, canvas: Canvas, some: Cols, counted: Cols, wanted: int) -> None:
        """Post Σ counted before − wanted·some ≥ 0 for each of ``some`` whose doctor has not enough behind already."""
        behind = np.bincount(counted["doctor"], weights=counted["past"], minlength=len(canvas.instance.doctors))
        some = some.where(behind[some["doctor"]] < wanted)
        entries, bonds = [some.id], [np.arange(len(some), dtype=np.int64)]
        for bond, (who, day) in enumerate(zip(some["doctor"].tolist(), some["day"].tolist(), strict=True)):
            earlier: BoolArray = (counted["doctor"] == who) & (counted["day"] < day)
            entries.append(counted.id[earlier])
            bonds.append(np.full(int(earlier.sum()), bond, dtype=np.int64))
        members = np.concatenate(entries)
        coef = np.ones(len(members), dtype=np.int64)
        coef[: len(some)] = -wanted
        if len(some):
            canvas.limit(self.code, bonded(members, np.concatenate(bonds)), ("bond",), lo=0, coef=coef)

    def remembers(self, past: Sequence[PastDuty], start: date, lines: Sequence[Line]) -> Iterable[PastDuty]:
        """Return the last on-site duties of each doctor, as many as are asked for, however old."""
        on_site = {line.counts_for for line in lines if line.counts_for}
        kept: list[PastDuty] = []
        for doctor in {one.doctor for one in past}:
            own = [one for one in past if one.doctor == doctor and one.line in on_site]
            latest = sorted(own, key=lambda one: one.start, reverse=True)
            kept += latest[: self.shifts]
            kept += [one for one in latest if one.band in self.bands][: self.weekends]
        return [*super().remembers(past, start, lines), *kept]

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Walk each doctor's duties in order of time, counting those on site."""
        remote, on_site = _lines(instance)
        inside = {(one.doctor, one.duty) for held in timelines(instance, roster, self.scope).values() for one in held}
        for name, held in timelines(instance, roster, type(self.scope)()).items():
            for one in held:
                if one.past or one.line not in remote or (one.doctor, one.duty) not in inside:
                    continue
                before = [other for other in held if other.line in on_site and other.date < one.date]
                at_weekends = sum(other.band in self.bands for other in before)
                if len(before) < self.shifts or at_weekends < self.weekends:
                    yield self._found(instance, name, one, len(before), at_weekends)

    def _found(self, instance: Instance, name: str, held: Held, count: int, weekends: int) -> Finding:
        doctor, when = instance.doctor_by_id[name], long_date(held.date)
        return self.finding(
            say(
                fr=f"{doctor.name} : à distance {when} après {plural(count, 'vacation')} sur place, dont {weekends} de week-end.",
                en=f"{doctor.name}: remote {when} after {plural(count, 'shift')} on site, {weekends} at weekends.",
            ),
            doctors=(name,),
            duties=(held.duty or "",),
        )

    def words(self) -> str:
        """Say what comes before regulating from home."""
        bands = band_words(self.bands)
        return say(
            fr=f"On régule à distance après {plural(self.shifts, 'vacation')} sur place, dont {self.weekends} de catégorie {bands} ; celles d’avant comptent{applies(self.scope)}.",
            en=f"One regulates at a distance after {plural(self.shifts, 'shift')} on site, {self.weekends} of them {bands}; earlier ones count{applies(self.scope)}.",
        )


def _lines(instance: Instance) -> tuple[frozenset[str], frozenset[str]]:
    """Return the remote lines and those they count for."""
    remote = {line.id: line.counts_for for line in instance.lines if line.counts_for}
    return frozenset(remote), frozenset(remote.values())
