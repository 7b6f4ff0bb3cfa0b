"""The fairness band of a duty, apart from its legal kind: evening, deep night, Saturday, Sunday, feast.

A deep-night duty belongs, for fairness, to the evening before: the night of 25 to 26 December is a Christmas duty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rosterplan.domain.base import MINUTES_PER_DAY, Frozen, Id
from rosterplan.domain.calendar.choices import CalendarChoices, Feast, FeastDay
from rosterplan.domain.calendar.days import SATURDAY, Day
from rosterplan.domain.calendar.legal import NIGHT_BEGINS, NIGHT_ENDS


class BandOfDuty(Frozen):
    """What a duty counts as: band, points (None if the band has none), and the feast it falls on.

    ``by_feast`` is True where the feast has set the band.
    """

    band: Id
    points: int | None
    feast: Id | None = None
    by_feast: bool = False


@dataclass(frozen=True, slots=True)
class FeastHours:
    """The hours of a feast day [minutes since midnight of 1 January of year 1]."""

    start: int
    end: int
    feast: Feast
    day: FeastDay


def _mostly_deep_night(start: int, end: int) -> bool:
    """True if more than half of ``[start, end)`` [minutes since midnight of its date] lies between 0 h and 8 h."""
    deep = sum(
        max(0, min(end, midnight + NIGHT_ENDS) - max(start, midnight)) for midnight in range(0, end, MINUTES_PER_DAY)
    )
    return 2 * deep > end - start


def fairness_day(start: datetime, end: datetime) -> date:
    """The date whose evening and night a duty belongs to, from its wall-clock hours.

    A duty mostly between 0 h and 8 h that begins in those hours belongs to the day before; any other to the day it
    begins.
    """
    day, begins = start.date(), start.hour * 60 + start.minute
    length = int((end.replace(tzinfo=None) - start.replace(tzinfo=None)).total_seconds()) // 60
    before = _belongs_to_evening_before(begins, begins + length)
    return day - timedelta(days=1) if before else day


def feast_hours(start: date, end: date, choices: CalendarChoices) -> tuple[FeastHours, ...]:
    """The feast hours that may touch a duty dated ``start`` to ``end``, both included, in the order of the choices."""
    hours: list[FeastHours] = []
    for feast in choices.feasts:
        for day in feast.days:
            for year in range((start - timedelta(days=2)).year, (end + timedelta(days=8)).year + 1):
                when = day.date_in(year)
                if when:
                    midnight = when.toordinal() * MINUTES_PER_DAY
                    hours.append(FeastHours(midnight + day.start, midnight + day.end, feast, day))
    return tuple(hours)


def band_of(
    day: Day, start: int, end: int, choices: CalendarChoices, feasts: tuple[FeastHours, ...] | None = None
) -> BandOfDuty:
    """What ``[start, end)`` [wall-clock minutes since midnight of ``day``] counts as when its row does not say."""
    if feasts is None:
        feasts = feast_hours(day.date, day.date, choices)
    band = _ordinary_band(day, start, end, choices)
    touched = _feasts_touched(day, start, end, feasts)
    if not touched:
        return BandOfDuty(band=band, points=choices.points_of(band))
    feast = touched[0].feast
    band = feast.band or band
    ordinary = choices.points_of(band)
    given = [hours.day.points for hours in touched if hours.feast is feast and hours.day.points is not None]
    points = max(given) if given else ordinary
    return BandOfDuty(band=band, points=points, feast=feast.id, by_feast=feast.band is not None)


def _ordinary_band(day: Day, start: int, end: int, choices: CalendarChoices) -> str:
    """The band without feasts: deep night first, then the day it begins, then evening or working day."""
    if _mostly_deep_night(start, end):
        return "nuit"
    if day.sunday_or_holiday:
        return "dimanche"
    if day.weekday == SATURDAY:
        return "samedi"
    if day.pont and start < choices.pont_end and choices.pont_start < end:
        return choices.pont_band
    return "soiree" if end > NIGHT_BEGINS or start < NIGHT_ENDS else "journee"


def _belongs_to_evening_before(start: int, end: int) -> bool:
    return start < NIGHT_ENDS and _mostly_deep_night(start, end)


def _feasts_touched(day: Day, start: int, end: int, feasts: tuple[FeastHours, ...]) -> list[FeastHours]:
    """The feast hours a duty meets; a deep-night duty is looked at from 20 h the evening before."""
    midnight = day.date.toordinal() * MINUTES_PER_DAY
    low = midnight + (NIGHT_BEGINS - MINUTES_PER_DAY if _belongs_to_evening_before(start, end) else start)
    high = midnight + end
    return [hours for hours in feasts if low < hours.end and hours.start < high]
