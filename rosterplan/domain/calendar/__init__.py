"""The legal calendar and the duties made from it: holidays, ponts, R.6315-1 hours, bands, school, deadlines."""

from rosterplan.domain.calendar.bands import BandOfDuty, band_of, fairness_day
from rosterplan.domain.calendar.choices import (
    DEFAULT_BANDS,
    DEFAULT_FEASTS,
    OTHER_FEASTS,
    Band,
    CalendarChoices,
    Feast,
    FeastDay,
    LocalHoliday,
    Pont,
)
from rosterplan.domain.calendar.days import (
    EVERY_DAY,
    WEEKDAY_NAMES,
    WORKING_DAYS,
    Day,
    DayCounts,
    DayKind,
    DayName,
    count_days,
    day_kind,
    days_between,
    pont_of,
)
from rosterplan.domain.calendar.deadlines import (
    PDSA_STEPS,
    Deadline,
    Standing,
    Step,
    back_plan,
    lasts_three_months,
    standing,
)
from rosterplan.domain.calendar.duties import duties_of
from rosterplan.domain.calendar.holidays import (
    TIMEZONES,
    Territory,
    easter_sunday,
    holidays_between,
    statutory_holidays,
)
from rosterplan.domain.calendar.hours import HoursRemark, OpeningHours, SpecialDay, YearlySeason
from rosterplan.domain.calendar.legal import LegalKind, LegalSlice, legal_kind, legal_slices
from rosterplan.domain.calendar.school import (
    SchoolCalendar,
    SchoolHoliday,
    SchoolTime,
    published_school_holidays,
    school_calendar,
    school_time,
)

__all__ = [
    "DEFAULT_BANDS", "DEFAULT_FEASTS", "EVERY_DAY", "OTHER_FEASTS", "PDSA_STEPS", "TIMEZONES", "WEEKDAY_NAMES",
    "WORKING_DAYS", "Band", "BandOfDuty", "CalendarChoices", "Day", "DayCounts", "DayKind", "DayName", "Deadline",
    "Feast", "FeastDay", "HoursRemark", "LegalKind", "LegalSlice", "LocalHoliday", "OpeningHours", "Pont",
    "SchoolCalendar", "SchoolHoliday", "SchoolTime", "SpecialDay", "Standing", "Step", "Territory", "YearlySeason",
    "back_plan", "band_of", "count_days", "day_kind", "days_between", "duties_of", "easter_sunday", "fairness_day",
    "holidays_between", "lasts_three_months", "legal_kind", "legal_slices", "pont_of", "published_school_holidays",
    "school_calendar", "school_time", "standing", "statutory_holidays",
]  # fmt: skip
