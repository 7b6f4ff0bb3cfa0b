"""Working time of hospital doctors: sliding windows of months, and the ordinary service known inside them."""

from __future__ import annotations

from datetime import date, timedelta

from rosterplan.domain.base import Frozen
from rosterplan.domain.instance import Instance, Period
from rosterplan.domain.work import Duty


class Window(Frozen):
    """Whole calendar months in a row, first and last day included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Its length [days]."""
        return (self.last - self.first).days + 1


def windows_of(period: Period, months: int) -> tuple[Window, ...]:
    """The windows of ``months`` calendar months that end within the period, each on the last day of a month."""
    found = []
    month = period.start.year * 12 + period.start.month - 1
    while (last := _first_of(month + 1) - timedelta(days=1)) <= period.end:
        found.append(Window(first=_first_of(month - months + 1), last=last))
        month += 1
    return tuple(found)


def service_in(instance: Instance, doctor: str, window: Window) -> float | None:
    """Hours of ordinary service of a doctor in a window; None unless `Temps de service` covers its every day.

    Hours of a row are spread evenly over its days.
    """
    hours, covered = 0.0, set[int]()
    for row in instance.once("service hours", lambda: _by_doctor(instance)).get(doctor, ()):
        days = (min(row[1], window.last) - max(row[0], window.first)).days + 1
        if days > 0:
            hours += row[2] * days / ((row[1] - row[0]).days + 1)
            first = max(row[0], window.first).toordinal()
            covered.update(range(first, first + days))
    return hours if len(covered) == window.days else None


def _by_doctor(instance: Instance) -> dict[str, tuple[tuple[date, date, float], ...]]:
    """The rows of each doctor."""
    found: dict[str, list[tuple[date, date, float]]] = {}
    for row in instance.service_hours:
        found.setdefault(row.doctor, []).append((row.start, row.end, row.hours))
    return {doctor: tuple(rows) for doctor, rows in found.items()}


def _first_of(month: int) -> date:
    """The first day of a month counted from year 0."""
    return date(month // 12, month % 12 + 1, 1)


NIGHT_STARTS, NIGHT_ENDS = 20 * 60, 8 * 60
_WHOLE_HOURS, _HALF_HOURS = 8, 3
"""From 8 hours of day or of night two half-days count, from 3 hours one: a Saturday afternoon is one, a night two."""


def half_days(duty: Duty) -> int:
    """Half-days a duty counts by its wall-clock hours: 2 for a night or a Sunday, 1 for a Saturday afternoon, 4 for 24 h."""
    begins = duty.start.hour * 60 + duty.start.minute
    ends = begins + duty.minutes
    night = sum(
        max(0, min(ends, day + 1440 + NIGHT_ENDS) - max(begins, day + NIGHT_STARTS)) for day in (-1440, 0, 1440, 2880)
    )
    return _counted(night / 60) + _counted((ends - begins - night) / 60)


def _counted(hours: float) -> int:
    return 2 if hours >= _WHOLE_HOURS else 1 if hours >= _HALF_HOURS else 0
