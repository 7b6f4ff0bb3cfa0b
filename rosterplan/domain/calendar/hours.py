"""Opening hours and special days as a coordinator writes them, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from rosterplan.domain.base import MINUTES_PER_DAY, Frozen, Id
from rosterplan.domain.calendar.clock import End, Start
from rosterplan.domain.calendar.days import SUNDAY, WEEKDAY_NAMES, WORKING_DAYS, Day, DayName
from rosterplan.domain.calendar.legal import NIGHT_BEGINS, NIGHT_ENDS
from rosterplan.domain.findings import Severity
from rosterplan.domain.people import DateSpan


class YearlySeason(Frozen):
    """Days of every year from (month, day) to (month, day), both included; it may run over New Year."""

    start_month: int = Field(ge=1, le=12)
    start_day: int = Field(ge=1, le=31)
    end_month: int = Field(ge=1, le=12)
    end_day: int = Field(ge=1, le=31)

    def covers(self, day: date) -> bool:
        """True if ``day`` is in the season."""
        start, end = (self.start_month, self.start_day), (self.end_month, self.end_day)
        today = (day.month, day.day)
        return start <= today <= end if start <= end else today >= start or today <= end


class _Shift(Frozen):
    """Hours of one duty on the day it begins, and how it weighs. ``row`` says where they stand (« Horaires!7 »)."""

    row: str = ""
    start: Start = 0
    end: End = MINUTES_PER_DAY
    days_later: int | None = Field(default=None, ge=0, le=7, description="days between start and end; None = 0 or 1")
    band: Id | None = Field(default=None, description="None = automatic")
    points: int | None = Field(default=None, ge=0, le=100, description="None = the points of the band")
    need_min: int = Field(default=1, ge=0)
    need_max: int | None = Field(default=None, ge=0, description="None = need_min")
    site: Id | None = None
    establishments: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _makes_sense(self) -> _Shift:
        if self.end_minute <= self.start:
            raise ValueError("end not after start")
        if self.need_max is not None and self.need_max < self.need_min:
            raise ValueError("need_max below need_min")
        return self

    @property
    def end_minute(self) -> int:
        """End [minutes since midnight of the day it begins]; without ``days_later``, the next time the clock says it."""
        if self.days_later is not None:
            return self.end + self.days_later * MINUTES_PER_DAY
        return self.end if self.end > self.start else self.end + MINUTES_PER_DAY

    @property
    def whole_day(self) -> bool:
        """True for the hours 0 h – 24 h, given or understood."""
        return self.start == 0 and self.end_minute == MINUTES_PER_DAY

    @property
    def most(self) -> int:
        """The largest number of doctors wanted."""
        return self.need_min if self.need_max is None else self.need_max


class OpeningHours(_Shift):
    """One row of the sheet `Horaires`: a line opens at these hours on the days named, within its season."""

    line: Id
    days: frozenset[DayName] = Field(min_length=1)
    valid: DateSpan = DateSpan()
    season: YearlySeason | None = None
    doctor: Id | None = Field(default=None, description="whose own slot it is: nobody else may hold it (SNP)")

    def in_season(self, day: date) -> bool:
        """True if the row is in force on ``day``."""
        return self.valid.covers(day) and (self.season is None or self.season.covers(day))

    @property
    def working_hours_only(self) -> bool:
        """True for hours of Monday to Friday between 8 h and 20 h: they never hold on a public holiday."""
        return (
            not {WEEKDAY_NAMES[SUNDAY], "ferie"} & self.days
            and self.start >= NIGHT_ENDS
            and self.end_minute <= NIGHT_BEGINS
        )

    def rank_on(self, day: Day) -> int | None:
        """How closely the row names a day: 3 holiday, 2 pont, 1 eve of holiday, 0 weekday; None = not open.

        A row of a higher rank takes the place of the rows of the same line it overlaps. A row open all week is
        ordinary (0) on a holiday too. An eve is a working day: Saturdays and Sundays keep their own hours.
        """
        weekday = WEEKDAY_NAMES[day.weekday]
        if not self.days.issuperset(WEEKDAY_NAMES):
            if day.holiday is not None and "ferie" in self.days:
                return 3
            if day.pont and not self.days.isdisjoint(("pont", f"pont-{weekday}")):
                return 2
            working_day = weekday in WORKING_DAYS and day.holiday is None
            if working_day and day.eve_of_holiday and "veille-de-ferie" in self.days:
                return 1
        if weekday not in self.days or (
            day.holiday is not None and weekday in WORKING_DAYS and self.working_hours_only
        ):
            return None
        return 0


class SpecialDay(_Shift):
    """One row of the sheet `Jours particuliers`, for some lines or, without any, for all.

    ``fermeture`` closes the usual duties that begin that day, or cuts the hours given out of them; ``ouverture`` opens
    at the hours given, in place of the usual duties it overlaps; ``ferie`` makes a public holiday; ``comme-dimanche`` gives
    the day the hours and the band of a Sunday.
    """

    kind: Literal["fermeture", "ouverture", "ferie", "comme-dimanche"]
    first: date
    last: date | None = Field(default=None, description="None = one day")
    lines: tuple[Id, ...] = ()
    name: str = ""

    @model_validator(mode="after")
    def _days_in_order(self) -> SpecialDay:
        if self.last is not None and self.last < self.first:
            raise ValueError("last day before first")
        if self.kind == "ouverture" and not {"start", "end"} <= self.model_fields_set:
            raise ValueError("an opening needs its hours")
        return self

    def covers(self, day: date) -> bool:
        """True if ``day`` is one of these days."""
        return self.first <= day <= (self.last or self.first)

    def concerns(self, line: str) -> bool:
        """True if the row speaks of this line."""
        return not self.lines or line in self.lines


RemarkKind = Literal[
    "unknown-line",  # hours of a line that does not exist
    "overlap",  # two duties of one line at the same time
    "same-hours-differ",  # identical hours with another band, points or site: the first row holds
    "merged",  # identical hours: one duty with the sum of the needs
    "hours-lost",  # usual hours displaced by others that do not cover all of them
    "working-hours",  # working hours left out on a public holiday
    "holiday-without-day-hours",  # a line open on Sundays has no duty in the day of a holiday
    "vanished",  # hours the clock change removes
    "unknown-band",  # a band without points: 1 is counted
    "long-without-band",  # more than 24 h and no band given: the first day decides
    "outside-period",  # dated hours that end before the period or begin after it
]

_SEVERITIES: Mapping[RemarkKind, Severity] = {
    "unknown-line": "erreur",
    "overlap": "erreur",
    "same-hours-differ": "erreur",
    "unknown-band": "erreur",
    "merged": "information",
    "working-hours": "information",
    "outside-period": "information",
}


class HoursRemark(Frozen):
    """Something odd about opening hours, told once for all its dates; a remark never stops the making of duties."""

    kind: RemarkKind
    line: Id
    rows: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    start: int | None = Field(default=None, description="hours concerned [minutes since midnight of the date]")
    end: int | None = None
    band: str | None = None

    @property
    def severity(self) -> Severity:
        """How serious it is: `avertissement` unless the roster would be wrong or nothing is lost."""
        return _SEVERITIES.get(self.kind, "avertissement")
