"""Which hours a line opens on a given day, once holidays, ponts, closures and special openings have had their say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rosterplan.domain.base import MINUTES_PER_DAY
from rosterplan.domain.calendar.days import WEEKDAY_NAMES, WORKING_DAYS, Day
from rosterplan.domain.calendar.hours import HoursRemark, OpeningHours, RemarkKind, SpecialDay
from rosterplan.domain.calendar.legal import NIGHT_BEGINS, NIGHT_ENDS

RANK_OF_SPECIAL_OPENING = 4

Shift = OpeningHours | SpecialDay
Piece = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours ``[start, end)`` [minutes since midnight of the day] that a row opens."""

    start: int
    end: int
    shift: Shift
    rank: int

    def overlaps(self, other: Opening) -> bool:
        """True if both are open at some moment."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Remarks:
    """A notebook of remarks: what recurs on several dates is told once."""

    line: str
    seen: dict[tuple[RemarkKind, tuple[str, ...], int | None, int | None, str | None], list[date]] = field(
        default_factory=dict
    )

    def add(
        self,
        kind: RemarkKind,
        rows: Sequence[Shift],
        day: date | None = None,
        piece: tuple[int | None, int | None] = (None, None),
        band: str | None = None,
    ) -> None:
        """Note that ``kind`` holds for these rows on ``day``."""
        names = tuple(dict.fromkeys(row.row for row in rows if row.row))
        dates = self.seen.setdefault((kind, names, *piece, band), [])
        if day is not None and day not in dates[-1:]:
            dates.append(day)

    def told(self) -> list[HoursRemark]:
        """Every remark, in the order it was first noted."""
        return [
            HoursRemark(kind=kind, line=self.line, rows=rows, dates=tuple(dates), start=start, end=end, band=band)
            for (kind, rows, start, end, band), dates in self.seen.items()
        ]


def openings_on(
    day: Day, rows: Sequence[OpeningHours], specials: Sequence[SpecialDay], remarks: Remarks
) -> list[Opening]:
    """The openings of one line that begin on ``day``; ``specials`` are those that cover it and concern the line."""
    in_force = [row for row in rows if row.in_season(day.date)]
    candidates = [
        Opening(row.start, row.end_minute, row, rank) for row in in_force if (rank := row.rank_on(day)) is not None
    ]
    if specials:
        candidates = _with_closures(day, candidates, specials, remarks) + _special_openings(specials)
    ranks = {opening.rank for opening in candidates}
    kept = candidates if len(ranks) <= 1 else _with_displacement(day, candidates, remarks)
    if day.holiday is not None:
        _look_at_holiday(day, in_force, kept, specials, remarks)
    return kept


def _with_closures(
    day: Day, openings: list[Opening], specials: Sequence[SpecialDay], remarks: Remarks
) -> list[Opening]:
    """The openings less what the closures of the day cut out of them; what would begin the day after is lost."""
    closures = [special for special in specials if special.kind == "fermeture"]
    if any(closure.whole_day for closure in closures):
        return []
    closed_hours = [(closure.start, closure.end_minute) for closure in closures]
    left: list[Opening] = []
    for opening in openings:
        for piece in _less((opening.start, opening.end), closed_hours):
            if piece[0] < MINUTES_PER_DAY:
                left.append(Opening(*piece, opening.shift, opening.rank))
            else:
                remarks.add("hours-lost", [opening.shift, *closures], day.date, piece)
    return left


def _special_openings(specials: Sequence[SpecialDay]) -> list[Opening]:
    return [
        Opening(special.start, special.end_minute, special, RANK_OF_SPECIAL_OPENING)
        for special in specials
        if special.kind == "ouverture"
    ]


def _with_displacement(day: Day, openings: list[Opening], remarks: Remarks) -> list[Opening]:
    """The openings that no opening of a higher rank overlaps; hours that are lost by it are noted."""
    kept: list[Opening] = []
    displaced: list[tuple[Opening, list[Opening]]] = []
    for opening in sorted(openings, key=lambda opening: -opening.rank):
        winners = [other for other in kept if other.rank > opening.rank and other.overlaps(opening)]
        if winners:
            displaced.append((opening, winners))
        else:
            kept.append(opening)
    open_hours = [(opening.start, opening.end) for opening in kept]
    for opening, winners in displaced:
        for piece in _less((opening.start, opening.end), open_hours):
            remarks.add("hours-lost", [opening.shift, *(w.shift for w in winners)], day.date, piece)
    return kept


def _look_at_holiday(
    day: Day,
    in_force: Sequence[OpeningHours],
    kept: Sequence[Opening],
    specials: Sequence[SpecialDay],
    remarks: Remarks,
) -> None:
    """Note what a holiday leaves out: working hours, or daytime hours a line open on Sundays does not give."""
    weekday = WEEKDAY_NAMES[day.weekday]
    if weekday not in WORKING_DAYS:
        return
    for row in in_force:
        if weekday in row.days and row.working_hours_only:
            remarks.add("working-hours", [row], day.date)
    closed = any(special.kind == "fermeture" for special in specials)
    sundays = [row for row in in_force if "dimanche" in row.days and _in_daytime(row.start, row.end_minute)]
    if sundays and not closed and not any(_in_daytime(opening.start, opening.end) for opening in kept):
        remarks.add("holiday-without-day-hours", sundays, day.date)


def _in_daytime(start: int, end: int) -> bool:
    return start < NIGHT_BEGINS and end > NIGHT_ENDS


def _less(piece: Piece, removed: Sequence[Piece]) -> list[Piece]:
    """The parts of a piece that none of ``removed`` covers."""
    left = [piece]
    for low, high in removed:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, low)), (max(start, high), end))
            if part[0] < part[1]
        ]
    return left
