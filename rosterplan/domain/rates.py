"""Forfaits as dated data: what a duty served pays, never a constant of the program (domain notes, section 2d)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from rosterplan.domain.base import Frozen, Id
from rosterplan.domain.people import DateSpan, Modality, Status
from rosterplan.domain.work import Duty

Per = Literal["garde", "heure"]


class Rate(Frozen):
    """An amount per duty or per hour [euro cents], for the duties it names; an empty choice means all."""

    row: str = ""
    name: str = ""
    lines: tuple[Id, ...] = ()
    bands: tuple[Id, ...] = ()
    modalities: tuple[Modality, ...] = ()
    statuses: tuple[Status, ...] = ()
    valid: DateSpan = DateSpan()
    cents: int = Field(ge=0)
    per: Per = "garde"
    source: str = ""

    def pays(self, duty: Duty, status: Status | None = None) -> bool:
        """True if the rate is meant for this duty, held by a doctor of this status."""
        return (
            (not self.lines or duty.line in self.lines)
            and (not self.bands or duty.band in self.bands)
            and (not self.modalities or duty.modality in self.modalities)
            and (not self.statuses or status in self.statuses)
            and self.valid.covers(duty.date)
        )

    @property
    def choices(self) -> int:
        """How many choices the rate makes: the more, the closer it fits."""
        return sum(bool(chosen) for chosen in (self.lines, self.bands, self.modalities, self.statuses))

    def amount(self, duty: Duty) -> int:
        """What the duty pays under this rate [euro cents]; hours are true hours, 13 or 15 on clock-change nights."""
        return self.cents if self.per == "garde" else round(self.cents * duty.minutes / 60)


def rate_of(rates: Iterable[Rate], duty: Duty, status: Status | None = None) -> Rate | None:
    """The rate of a duty: of those meant for it the one that makes most choices, then the latest in force; None if none is."""
    fitting = [rate for rate in rates if rate.pays(duty, status)]
    return max(fitting, key=lambda rate: (rate.choices, rate.valid.start or date.min), default=None)
