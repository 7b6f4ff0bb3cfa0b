"""Where each duty stands in a calendar of months, weeks and days: rows and columns only, nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rosterplan.domain.instance import Period
from rosterplan.domain.work import Duty, monday_of

MONTH_ROWS = 2
"""Rows above the weeks of a month: its name, then the days of the week."""


@dataclass(frozen=True)
class Week:
    """The days of one week that lie in one month; ``row`` holds the day numbers, the slots stand below.

    ``days[weekday]`` is None outside the month or the period. ``slots[k][weekday]`` is the k-th duty of that day.
    """

    row: int
    days: tuple[date | None, ...]
    slots: tuple[tuple[Duty | None, ...], ...]
    rows_per_slot: int = 2

    @property
    def rows(self) -> int:
        """Rows taken: one of day numbers, then those of the slots."""
        return 1 + self.rows_per_slot * len(self.slots)

    def slot_row(self, rank: int) -> int:
        """The first row of a slot: its label."""
        return self.row + 1 + self.rows_per_slot * rank

    def cells(self) -> Iterator[tuple[int, int, Duty]]:
        """(last row of the slot, weekday, duty) of each duty; with two rows per slot, where its answer stands."""
        for rank, slot in enumerate(self.slots):
            for weekday, duty in enumerate(slot):
                if duty is not None:
                    yield self.slot_row(rank + 1) - 1, weekday, duty


@dataclass(frozen=True)
class Month:
    """A month of the calendar; ``row`` holds its name, the next one the days of the week."""

    row: int
    year: int
    number: int
    weeks: tuple[Week, ...]

    @property
    def end_row(self) -> int:
        """The row after the last one of the month."""
        return self.weeks[-1].row + self.weeks[-1].rows if self.weeks else self.row + MONTH_ROWS


def calendar_of(period: Period, duties: Sequence[Duty], first_row: int, *, rows_per_slot: int = 2) -> tuple[Month, ...]:
    """The months of the period with these duties in their days, from ``first_row`` down; one blank row between months.

    A slot takes two rows, a label and an answer, or one where nothing is typed.
    """
    of_day: dict[date, list[Duty]] = {}
    for duty in duties:
        of_day.setdefault(duty.date, []).append(duty)
    lines = tuple(dict.fromkeys(duty.line for duty in duties))
    months: list[Month] = []
    row = first_row
    for year, number in months_of(period):
        weeks: list[Week] = []
        week_row = row + MONTH_ROWS
        for days in weeks_of(period, year, number):
            week = Week(week_row, days, _slots(days, of_day, lines), rows_per_slot)
            weeks.append(week)
            week_row += week.rows
        months.append(Month(row, year, number, tuple(weeks)))
        row = week_row + 1
    return tuple(months)


def months_of(period: Period) -> list[tuple[int, int]]:
    """(year, month) of each month the period touches."""
    count = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    first = period.start.year * 12 + period.start.month - 1
    return [((first + step) // 12, (first + step) % 12 + 1) for step in range(count)]


def weeks_of(period: Period, year: int, month: int) -> list[tuple[date | None, ...]]:
    """Weeks Monday to Sunday of a month: seven days each, None where the day is of another month or period."""
    monday = monday_of(date(year, month, 1))
    weeks: list[tuple[date | None, ...]] = []
    while (monday.year, monday.month) <= (year, month):
        days = tuple(monday + timedelta(days=step) for step in range(7))
        kept = tuple(
            day if (day.year, day.month) == (year, month) and period.start <= day <= period.end else None
            for day in days
        )
        if any(kept):
            weeks.append(kept)
        monday += timedelta(days=7)
    return weeks


def _slots(
    days: tuple[date | None, ...], of_day: dict[date, list[Duty]], lines: tuple[str, ...]
) -> tuple[tuple[Duty | None, ...], ...]:
    """Duties of a week in rows: those of one line side by side, the second of a day below the first."""
    rows: dict[tuple[int, int], list[Duty | None]] = {}
    for weekday, day in enumerate(days):
        seen: dict[str, int] = {}
        for duty in of_day.get(day, ()) if day else ():
            rank = seen.get(duty.line, 0)
            seen[duty.line] = rank + 1
            rows.setdefault((lines.index(duty.line), rank), [None] * 7)[weekday] = duty
    return tuple(tuple(rows[key]) for key in sorted(rows))
