"""What a department decides about its calendar: ponts, Saturday, local holidays, bands, points, feasts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field, model_validator

from rosterplan.domain.base import MINUTES_PER_DAY, Frozen, Id
from rosterplan.domain.calendar.clock import End, Start
from rosterplan.domain.calendar.holidays import Territory, easter_sunday
from rosterplan.domain.calendar.school import SchoolHoliday

Pont = Literal["lundi-avant-ferie", "vendredi-apres-ferie", "samedi-apres-ferie", "samedi-apres-jeudi-ferie"]
"""Bridge days of R.6315-1; the Saturday after a Thursday holiday is a reading of the text some ARS share."""


class Band(Frozen):
    """A fairness kind of duty and its weight."""

    id: Id
    name: str
    points: int = Field(ge=0, le=100)


class FeastDay(Frozen):
    """Hours of one day of a feast: a fixed date of every year, or a distance from Easter Sunday [days]."""

    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    after_easter: int | None = Field(default=None, ge=-60, le=120)
    start: Start = 0
    end: End = MINUTES_PER_DAY
    points: int | None = Field(default=None, ge=0, le=100, description="None = the points of the band")

    @model_validator(mode="after")
    def _a_date_and_hours(self) -> FeastDay:
        if (self.after_easter is None) == (self.month is None or self.day is None):
            raise ValueError("give month and day, or after_easter")
        if self.month is not None and self.day is not None:
            date(2024, self.month, self.day)
        if self.end <= self.start:
            raise ValueError("end not after start")
        return self

    def date_in(self, year: int) -> date | None:
        """The date of this day in a year; None for 29 February of a common year."""
        if self.after_easter is not None:
            return easter_sunday(year) + timedelta(days=self.after_easter)
        try:
            return date(year, self.month or 1, self.day or 1)
        except ValueError:
            return None


class Feast(Frozen):
    """A feast whose duties are shared over the years; they go to ``band``, or keep their own where it is None."""

    id: Id
    name: str
    days: tuple[FeastDay, ...] = Field(min_length=1)
    band: Id | None = "fete"


class LocalHoliday(Frozen):
    """A day that counts as a public holiday in this department only."""

    date: date
    name: str = Field(default="Jour férié local", min_length=1)


DEFAULT_BANDS = (
    Band(id="soiree", name="Soirée", points=2),
    Band(id="nuit", name="Nuit profonde", points=4),
    Band(id="samedi", name="Samedi", points=3),
    Band(id="dimanche", name="Dimanche et jour férié", points=5),
    Band(id="fete", name="Fête", points=6),
    Band(id="journee", name="Journée", points=1),
)
"""Usual weights; no published scale exists, so each department edits its own."""

DEFAULT_FEASTS = (
    Feast(
        id="noel", name="Noël",
        days=(FeastDay(month=12, day=24, start=1200, points=6), FeastDay(month=12, day=25, points=8)),
    ),
    Feast(
        id="jour-de-l-an", name="Jour de l’an",
        days=(FeastDay(month=12, day=31, start=1200, points=6), FeastDay(month=1, day=1, points=8)),
    ),
)  # fmt: skip

OTHER_FEASTS = (
    Feast(id="paques", name="Pâques", days=(FeastDay(after_easter=0), FeastDay(after_easter=1)), band=None),
    Feast(id="premier-mai", name="1er mai", days=(FeastDay(month=5, day=1),), band=None),
    Feast(
        id="ascension", name="Pont de l’Ascension",
        days=tuple(FeastDay(after_easter=offset) for offset in range(39, 43)), band=None,
    ),
    Feast(id="quinze-aout", name="15 août", days=(FeastDay(month=8, day=15),), band=None),
)  # fmt: skip
"""Feasts a department may add: they rotate over the years and keep their ordinary band."""


class CalendarChoices(Frozen):
    """The calendar of a department: which hours the ARS opens, and how duties weigh."""

    territory: Territory = "metropole"
    saturday_from_noon: bool = True
    pont_monday_before: bool = True
    pont_friday_after: bool = True
    pont_saturday_after: bool = True
    pont_saturday_after_thursday: bool = False
    pont_start: Start = 480
    pont_end: End = 1200
    local_holidays: tuple[LocalHoliday, ...] = ()
    school_zone: str | None = Field(default=None, description="A, B, C, or a zone whose dates are in school_dates")
    school_dates: tuple[SchoolHoliday, ...] = Field(default=(), description="dates the coordinator adds")
    bands: tuple[Band, ...] = DEFAULT_BANDS
    pont_band: Id = Field(default="dimanche", description="band of a daytime duty on a Monday or Friday pont")
    feasts: tuple[Feast, ...] = DEFAULT_FEASTS

    @model_validator(mode="after")
    def _sound(self) -> CalendarChoices:
        if self.pont_end <= self.pont_start:
            raise ValueError("pont_end not after pont_start")
        for noun, ids in (("band", [band.id for band in self.bands]), ("feast", [feast.id for feast in self.feasts])):
            if len(set(ids)) < len(ids):
                raise ValueError(f"{noun} given twice")
        return self

    def points_of(self, band: str) -> int | None:
        """The weight of a band; None for a band that is not in the list."""
        return next((known.points for known in self.bands if known.id == band), None)
