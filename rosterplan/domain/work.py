"""What is to be covered: sites, sectors, lines, and the dated duties made from them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from rosterplan.domain.base import Frozen, Id, Instant, minute_of
from rosterplan.domain.people import Modality

LineMode = Literal["simple", "alternee", "mutualisee", "mixte"]


Rhythm = Literal["day", "week", "weekend", "fortnight", "month"]
"""How often an alternated line changes house."""


class Alternation(Frozen):
    """A cycle of houses: the first of the line's establishments has the turn of ``anchor``, then each in order."""

    rhythm: Rhythm = "week"
    anchor: date
    bands: tuple[Id, ...] = Field(
        default=(), description="bands alternated, the others are open to all houses; empty: all"
    )


class Site(Frozen):
    """A place where duties are held: MMG, CAPS, cabinet, CHU."""

    id: Id
    name: str
    address: str = ""
    phone: str = ""
    isolated: bool = False


class Sector(Frozen):
    """An area served by its lines (territoire de PDSA)."""

    id: Id
    name: str


class Line(Frozen):
    """Something covered again and again."""

    id: Id
    name: str
    modality: Modality = "fixe"
    sector: Id | None = None
    establishments: tuple[Id, ...] = ()
    site: Id | None = None
    site_follows_doctor: bool = False
    skills: tuple[str, ...] = Field(default=(), description="all needed to hold the line")
    mode: LineMode = "simple"
    alternation: Alternation | None = Field(default=None, description="cycle of houses of an alternated line")
    phone: str = ""
    notice: str = Field(default="", description="who may come, as the public poster says it")
    counts_for: Id | None = Field(default=None, description="line whose demands its duties cover too (remote shifts)")


class _Interval(Frozen):
    """A half-open interval [start, end) of a line."""

    id: Id
    line: Id
    start: Instant
    end: Instant

    @model_validator(mode="after")
    def _in_order(self) -> _Interval:
        if self.end <= self.start:
            raise ValueError("end not after start")
        return self

    @cached_property
    def start_minute(self) -> int:
        """Start [minutes UTC since 1970]."""
        return minute_of(self.start)

    @cached_property
    def end_minute(self) -> int:
        """End [minutes UTC since 1970], exclusive."""
        return minute_of(self.end)

    @property
    def minutes(self) -> int:
        """True length, 13 h or 15 h on clock-change nights [minutes]."""
        return self.end_minute - self.start_minute


class Duty(_Interval):
    """One dated interval of a line with ``need_min..need_max`` doctors; it belongs to the date it begins."""

    date: date
    band: Id
    points: int = Field(ge=0, le=100)
    need_min: int = Field(default=1, ge=0)
    need_max: int = Field(default=1, ge=0)
    site: Id | None = None
    modality: Modality = "fixe"
    feast: Id | None = Field(default=None, description="noel, jour-de-l-an… where the duty falls on one")
    establishments: tuple[Id, ...] = Field(default=(), description="houses whose turn it is; empty = any")
    doctor: Id | None = Field(default=None, description="the only doctor who may hold it (SNP slot)")

    @model_validator(mode="after")
    def _needs_in_order(self) -> Duty:
        if self.need_max < self.need_min:
            raise ValueError("need_max below need_min")
        return self


class Demand(_Interval):
    """A number of doctors wanted on a line during an interval, where shifts overlap to cover it.

    ``in_all``: the number of duties that begin in the interval (slots of an agenda), not of doctors at each moment.
    """

    need: int = Field(ge=0)
    band: Id | None = Field(default=None, description="what its hours count as, for the priority of holes")
    in_all: bool = False

    def met_by(self, duty: Duty) -> bool:
        """True if a doctor on this duty counts for this demand, for a duty of its line that covers it whole or not at all."""
        if self.in_all:
            return self.start_minute <= duty.start_minute < self.end_minute
        return duty.start_minute <= self.start_minute and self.end_minute <= duty.end_minute


class Group(Frozen):
    """A fairness group: lines whose duties are shared among the same doctors."""

    id: Id
    lines: tuple[Id, ...]


class Share(Frozen):
    """A doctor's coefficient w = q·π·e in a group and band."""

    doctor: Id
    group: Id
    band: Id
    coefficient: float = Field(ge=0)


def weekend_of(day: date) -> date | None:
    """Return the Saturday of the weekend ``day`` belongs to, None from Monday to Friday."""
    return day - timedelta(days=day.weekday() - 5) if day.weekday() >= 5 else None


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def duty_id(line: str, start: Instant, end: Instant, doctor: str | None = None) -> str:
    """Return ``<line>/<local start with offset>/<minutes>[/<doctor>]``."""
    name = f"{line}/{start.isoformat(timespec='minutes')}/{minute_of(end) - minute_of(start)}"
    return f"{name}/{doctor}" if doctor else name
