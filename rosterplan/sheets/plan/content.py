"""What the workbook of a planning folder holds, as nouns, before duties are made from opening hours."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from rosterplan.domain.base import MINUTES_PER_DAY, Frozen, Id
from rosterplan.domain.calendar.choices import CalendarChoices
from rosterplan.domain.calendar.clock import End, Start
from rosterplan.domain.calendar.days import DayName
from rosterplan.domain.calendar.holidays import holidays_between
from rosterplan.domain.calendar.hours import OpeningHours, SpecialDay
from rosterplan.domain.calendar.turns import HouseTurn
from rosterplan.domain.instance import Balance, FixedAssignment, Kind, PastDuty, Period, Plan, ServiceHours
from rosterplan.domain.people import DateSpan, Doctor, Establishment
from rosterplan.domain.rates import Rate
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group, Line, Sector, Site


class DemandHours(Frozen):
    """One row of `Besoins`: ``need`` doctors wanted on a line between these hours, counted by ``step_minutes``."""

    row: str = ""
    line: Id
    days: frozenset[DayName] = Field(min_length=1)
    start: Start
    end: End
    need: int = Field(ge=0)
    step_minutes: int | None = Field(default=None, ge=5, le=MINUTES_PER_DAY, description="None = the whole interval")
    in_all: bool = Field(default=False, description="duties that begin in the interval, not doctors at each moment")
    valid: DateSpan = DateSpan()


class LeaveColumns(Frozen):
    """One row of `Congés`: how an establishment names the columns of its leave export; ``last`` empty: a row per day."""

    establishment: Id
    file: str = ""
    doctor: str
    first: str
    last: str = ""


class PlanContent(Frozen):
    """Every sheet of `plan.xlsx`, read and resolved: references are ids that exist."""

    id: Id
    kinds: tuple[Kind, ...] = ("pdsa",)
    period: Period
    plan: Plan = Plan()
    choices: CalendarChoices = CalendarChoices()
    reply_to: str = ""
    establishments: tuple[Establishment, ...] = ()
    sites: tuple[Site, ...] = ()
    sectors: tuple[Sector, ...] = ()
    lines: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()
    doctors: tuple[Doctor, ...] = ()
    hours: tuple[OpeningHours, ...] = ()
    demands: tuple[DemandHours, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    turns: tuple[HouseTurn, ...] = ()
    fixed: tuple[FixedAssignment, ...] = ()
    service_hours: tuple[ServiceHours, ...] = ()
    history: tuple[PastDuty, ...] = ()
    balances: tuple[Balance, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    rates: tuple[Rate, ...] = ()
    leaves: tuple[LeaveColumns, ...] = ()

    @property
    def holidays(self) -> dict[date, str]:
        """The public holidays of the period by date: statutory, local, and those of `Jours particuliers` for every line."""
        local = {day.date: day.name for day in self.choices.local_holidays}
        for special in self.special_days:
            if special.kind == "ferie" and not special.lines:
                for offset in range(((special.last or special.first) - special.first).days + 1):
                    local[special.first + timedelta(days=offset)] = special.name or "Jour férié local"
        return holidays_between(self.period.start, self.period.end, self.choices.territory, local)
