"""The duties of generated sectors: 92 days of spring 2026, five public holidays, five bands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rosterplan.domain.people import Modality
from rosterplan.domain.work import Duty, duty_id

PARIS = ZoneInfo("Europe/Paris")
FIRST_DAY = date(2026, 4, 1)
DAYS = 92
HOLIDAYS = frozenset({date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25)})
POINTS = {"soiree": 2, "semaine": 2, "samedi": 3, "nuit": 4, "dimanche": 5, "ferie": 5}

# start hour and length [h] of the duties of a day; no clock change falls in this quarter
OPENINGS = {
    "soiree": ((20, 4),),
    "samedi": ((12, 8), (20, 4)),
    "dimanche": ((8, 12), (20, 4)),
    "ferie": ((8, 12), (20, 4)),
    "nuit": ((0, 8),),
}


def band_of(day: date) -> str:
    """Return the band of the daytime and evening duties of a day."""
    if day in HOLIDAYS:
        return "ferie"
    return {5: "samedi", 6: "dimanche"}.get(day.weekday(), "soiree")


def days() -> tuple[date, ...]:
    """Return the days of the quarter."""
    return tuple(FIRST_DAY + timedelta(days=number) for number in range(DAYS))


def town_duties(line: str, *, nights: bool, need: int) -> Iterator[Duty]:
    """Yield the duties of a sector: evenings, weekends, holidays, and deep nights if it has them (need 1)."""
    for day in days():
        if nights:
            yield _duty(line, day, "nuit", *OPENINGS["nuit"][0], 1)
        band = band_of(day)
        for start, length in OPENINGS[band]:
            yield _duty(line, day, band, start, length, need)


def hospital_duties(line: str) -> Iterator[Duty]:
    """Yield one duty per night, 18 h 30 to 8 h 30 (24 h on Sundays and holidays)."""
    for day in days():
        band = band_of(day).replace("soiree", "semaine")
        start, length = (8.5, 24.0) if band in {"dimanche", "ferie"} else (18.5, 14.0)
        yield _duty(line, day, band, start, length, 1, "garde")


def _duty(line: str, day: date, band: str, start: float, length: float, need: int, modality: Modality = "fixe") -> Duty:
    begin = datetime.combine(day, time(int(start), int(start % 1 * 60)), PARIS)
    end = begin + timedelta(hours=length)
    return Duty(
        id=duty_id(line, begin, end), line=line, start=begin, end=end, date=day, band=band, points=POINTS[band],
        need_min=need, need_max=need, modality=modality,
    )  # fmt: skip
