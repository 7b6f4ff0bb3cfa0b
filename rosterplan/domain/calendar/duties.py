"""The dated duties of every line, made from its opening hours: what instance.json holds under `duties`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rosterplan.domain.base import MINUTES_PER_DAY, minute_of
from rosterplan.domain.calendar.bands import BandOfDuty, FeastHours, band_of, feast_hours
from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.clock import moment
from rosterplan.domain.calendar.days import Day, days_between
from rosterplan.domain.calendar.hours import HoursRemark, OpeningHours, SpecialDay
from rosterplan.domain.calendar.openings import Remarks, Shift, openings_on
from rosterplan.domain.instance import Period
from rosterplan.domain.work import Duty, Line, duty_id

POINTS_OF_UNKNOWN_BAND = 1


def duties_of(
    lines: Sequence[Line],
    hours: Sequence[OpeningHours],
    special_days: Sequence[SpecialDay],
    period: Period,
    choices: CalendarChoices,
    *,
    timezone: str = "Europe/Paris",
    overlaps_allowed: Collection[str] = (),
) -> tuple[tuple[Duty, ...], list[HoursRemark]]:
    """The duties that begin in the period, by line in the order given then by start, and what is odd about the hours.

    Ids are unique: identical hours of a line are one duty with the sum of the needs. ``overlaps_allowed`` names lines
    whose shifts overlap on purpose (a `Demand` says what they cover together).
    """
    desk = _Desk(choices, ZoneInfo(timezone), feast_hours(period.start, period.end, choices))
    rows_of: dict[str, list[OpeningHours]] = {line.id: [] for line in lines}
    remarks = list(_strangers(rows_of, hours, special_days))
    for row in hours:
        rows_of.get(row.line, []).append(row)
    usual_days = days_for(None, special_days, period, choices)
    duties: list[Duty] = []
    for line in lines:
        specials = [special for special in special_days if special.concerns(line.id)]
        own = any(special.lines and special.kind in ("ferie", "comme-dimanche") for special in specials)
        days = days_for(line.id, special_days, period, choices) if own else usual_days
        notes = Remarks(line.id)
        _look_at_rows(rows_of[line.id], period, notes)
        made = _duties_of_line(desk, line, rows_of[line.id], specials, days, notes)
        if line.id not in overlaps_allowed:
            _look_for_overlaps(made, notes)
        duties += [one.duty for one in made]
        remarks += notes.told()
    return tuple(duties), remarks


@dataclass(frozen=True, slots=True)
class _Hours:
    """Hours of a day as every line that opens them sees them; ``name`` is what follows the line in the duty's id."""

    start: datetime
    end: datetime
    start_minute: int
    end_minute: int
    name: str
    band: BandOfDuty


@dataclass(frozen=True)
class _Desk:
    """What every line shares, and what has been worked out once for all lines."""

    choices: CalendarChoices
    zone: ZoneInfo
    feasts: tuple[FeastHours, ...]
    known: dict[tuple[Day, int, int], _Hours] = field(default_factory=dict)

    def hours(self, day: Day, start: int, end: int) -> _Hours:
        """The hours ``[start, end)`` [wall-clock minutes counted from midnight of the day], with their band."""
        found = self.known.get((day, start, end))
        if found is None:
            begins, ends = moment(day.date, start, self.zone), moment(day.date, end, self.zone)
            found = self.known[day, start, end] = _Hours(
                begins, ends, minute_of(begins), minute_of(ends), name=duty_id("", begins, ends),
                band=band_of(day, start, end, self.choices, self.feasts),
            )  # fmt: skip
        return found


class _Made(NamedTuple):
    """A duty, its hours, and the first row that opens it."""

    duty: Duty
    hours: _Hours
    shift: Shift


def _duties_of_line(
    desk: _Desk,
    line: Line,
    rows: Sequence[OpeningHours],
    specials: Sequence[SpecialDay],
    days: dict[date, Day],
    notes: Remarks,
) -> list[_Made]:
    """The duties of a line in order of start."""
    made: dict[tuple[int, int, str], _Made] = {}
    for day in days.values():
        special_today = [special for special in specials if special.covers(day.date)] if specials else ()
        for opening in openings_on(day, rows, special_today, notes):
            hours = desk.hours(day, opening.start, opening.end)
            if hours.end_minute <= hours.start_minute:
                notes.add("vanished", [opening.shift], day.date, (opening.start, opening.end))
                continue
            duty = _duty(desk, line, day, opening.shift, hours, notes)
            key = hours.start_minute, hours.end_minute, duty.doctor or ""
            twin = made.get(key)
            made[key] = _merged(twin, duty, opening.shift, notes) if twin else _Made(duty, hours, opening.shift)
    return [made[key] for key in sorted(made)]


def _duty(desk: _Desk, line: Line, day: Day, shift: Shift, hours: _Hours, notes: Remarks) -> Duty:
    """The duty of one opening. The band and points of its row go before the automatic ones, a feast before the row;
    what is written for that very date goes before all.
    """
    automatic = hours.band
    feast_first = automatic.by_feast and isinstance(shift, OpeningHours)
    band = automatic.band if feast_first else shift.band or automatic.band
    points = automatic.points if band == automatic.band else desk.choices.points_of(band)
    if shift.points is not None and not feast_first:
        points = shift.points
    if points is None:
        notes.add("unknown-band", [shift], band=band)
        points = POINTS_OF_UNKNOWN_BAND
    doctor = shift.doctor if isinstance(shift, OpeningHours) else None
    return Duty(
        id=line.id + hours.name + (f"/{doctor}" if doctor else ""), doctor=doctor, line=line.id, start=hours.start, end=hours.end, date=day.date, band=band, points=points,
        need_min=shift.need_min, need_max=shift.most, site=shift.site or line.site, modality=line.modality,
        feast=automatic.feast, establishments=shift.establishments,
    )  # fmt: skip


def _merged(twin: _Made, second: Duty, other: Shift, notes: Remarks) -> _Made:
    """One duty for two identical shifts: needs added, houses united; the first row holds where they differ."""
    first = twin.duty
    same = (first.band, first.points, first.site) == (second.band, second.points, second.site)
    notes.add("merged" if same else "same-hours-differ", [twin.shift, other], first.date)
    houses = dict.fromkeys((*first.establishments, *second.establishments))
    named = first.establishments and second.establishments
    both = first.model_copy(
        update={
            "need_min": first.need_min + second.need_min,
            "need_max": first.need_max + second.need_max,
            "establishments": tuple(houses) if named else (),
        }
    )
    return _Made(both, twin.hours, twin.shift)


def _look_for_overlaps(made: Sequence[_Made], notes: Remarks) -> None:
    """Note each duty that begins before an earlier one of the same line has ended."""
    longest: _Made | None = None
    for one in made:
        if one.duty.doctor is not None:  # slots of different doctors stand side by side
            continue
        if longest is not None and one.hours.start_minute < longest.hours.end_minute:
            notes.add("overlap", [longest.shift, one.shift], one.duty.date)
        if longest is None or one.hours.end_minute > longest.hours.end_minute:
            longest = one


def _look_at_rows(rows: Sequence[OpeningHours], period: Period, notes: Remarks) -> None:
    for row in rows:
        span = row.valid
        if (span.end and span.end < period.start) or (span.start and span.start > period.end):
            notes.add("outside-period", [row])
        if row.band is None and row.end_minute - row.start > MINUTES_PER_DAY:
            notes.add("long-without-band", [row])


def days_for(
    line: str | None, special_days: Sequence[SpecialDay], period: Period, choices: CalendarChoices
) -> dict[date, Day]:
    """The days of the period as one line sees them, or (None) as every line does."""
    concerning = [special for special in special_days if not special.lines or line in special.lines]

    def dates(kind: str) -> Iterator[tuple[date, str]]:
        for special in concerning:
            if special.kind == kind:
                last = special.last or special.first
                for ordinal in range(special.first.toordinal(), last.toordinal() + 1):
                    yield date.fromordinal(ordinal), special.name or "Jour férié local"

    sundays = [day for day, _ in dates("comme-dimanche")]
    return days_between(period.start, period.end, choices, more_holidays=dict(dates("ferie")), as_sundays=sundays)


def _strangers(
    known: Collection[str], hours: Iterable[OpeningHours], special_days: Iterable[SpecialDay]
) -> Iterator[HoursRemark]:
    """A remark for each row that names a line that does not exist."""
    for row in hours:
        if row.line not in known:
            yield HoursRemark(kind="unknown-line", line=row.line, rows=(row.row,) if row.row else ())
    for special in special_days:
        for line in special.lines:
            if line not in known:
                yield HoursRemark(kind="unknown-line", line=line, rows=(special.row,) if special.row else ())
