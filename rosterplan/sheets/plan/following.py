"""The plan of the period that follows: doctors, lines, hours, rules and rates as they stand, the past carried over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from rosterplan.domain.calendar.deadlines import month_after
from rosterplan.domain.calendar.turns import HouseTurn
from rosterplan.domain.instance import Balance, PastDuty, Period
from rosterplan.domain.people import DateSpan, Doctor
from rosterplan.domain.work import Line
from rosterplan.rules import BY_CODE
from rosterplan.rules.base import USUAL_DAYS, Rule, read_rule
from rosterplan.sheets.plan.content import PlanContent
from rosterplan.sheets.plan.history import OLDEST

ANSWERS_BEFORE_DAYS: Final = 70
FEASTS_YEARS: Final = 4
"""Feasts are shared over so many years, whether or not a rule looks back on them."""

_QUARTER: Final = re.compile(r"(20\d\d)(\s*-?\s*)([TtQq])([1-4])")


def following_period(period: Period) -> Period:
    """The period of the same length that begins the day after: whole months after whole months, else as many days."""
    start = period.end + timedelta(days=1)
    months = (start.year - period.start.year) * 12 + start.month - period.start.month
    if start.day == period.start.day and months > 0:
        end = period.end
        for _ in range(months):
            end = month_after(end)
        return Period(start=start, end=end)
    return Period(start=start, end=start + (period.end - period.start))


def names_a_quarter(name: str) -> bool:
    """True for « garde-2027T1 »."""
    return _QUARTER.search(name) is not None


def following_name(name: str, period: Period) -> str:
    """« garde-2027T2 » after « garde-2027T1 »; a name without a quarter is followed by the first day of the period."""
    found = _QUARTER.search(name)
    if found:
        number = (period.start.month + 2) // 3
        named = f"{name[: found.start()]}{period.start.year}{found[2]}{found[3]}{number}{name[found.end() :]}"
        if named != name:  # else the period is shorter than a quarter, and begins in the same one
            return named
    plain = re.sub(r"-20\d\d-\d\d-\d\d$", "", name)
    return f"{plain}-{period.start.isoformat()}"


def following(
    content: PlanContent, name: str, period: Period, duties: Iterable[PastDuty], balances: Sequence[Balance]
) -> PlanContent:
    """The plan of ``period``. What was said of dates that are past is left out; amounts and rules are kept.

    ``duties`` are those of the period that ends, beside the history its plan already held; ``balances`` replace those
    it opened with. A leaver stays on the list, dated, while a balance of his or hers is still to be spread.
    """
    owing = {row.doctor for row in balances}
    doctors = tuple(
        _dated(doctor, period.start)
        for doctor in content.doctors
        if doctor.on_list.end is None or doctor.on_list.end >= period.start or doctor.id in owing
    )
    known = {doctor.id for doctor in doctors}
    rules = [read_rule(row, BY_CODE) for row in content.rules]
    looked_back = min((rule.looks_back_to(period.start) for rule in rules), default=period.start)
    deadline = period.start - timedelta(days=ANSWERS_BEFORE_DAYS)
    return content.model_copy(
        update={
            "id": name,
            "period": period,
            "plan": content.plan.model_copy(update={"answer_deadline": deadline}),
            "doctors": doctors,
            "special_days": tuple(day for day in content.special_days if (day.last or day.first) >= period.start),
            "turns": tuple(turn for turn in content.turns if _still_comes(turn, period.start)),
            "fixed": (),
            "service_hours": tuple(row for row in content.service_hours if row.end >= looked_back),
            "history": _history((*content.history, *duties), period.start, known, rules, content.lines),
            "balances": tuple(row for row in balances if row.doctor in known),
        }
    )


def _history(
    duties: Iterable[PastDuty], start: date, known: Collection[str], rules: Sequence[Rule], lines: Sequence[Line]
) -> tuple[PastDuty, ...]:
    """What still counts: what a rule of the book remembers, the last weeks, the feasts of four years; in time order."""
    past = [one for one in duties if one.doctor in known and start - OLDEST <= one.start.date() < start]
    recent = start - timedelta(days=USUAL_DAYS)
    years = date(start.year - FEASTS_YEARS, start.month, min(start.day, 28))
    needed = [one for one in past if one.start.date() >= recent or (one.feast is not None and one.start.date() > years)]
    needed += [one for rule in rules for one in rule.remembers(past, start, lines)]
    kept = {(one.start, one.line, one.doctor): one for one in needed}
    return tuple(kept[key] for key in sorted(kept))


def _still_comes(turn: HouseTurn, start: date) -> bool:
    """True for a turn of a feast, or of dates that are not all past."""
    last = turn.last or turn.first
    return last is None or last >= start


def _dated(doctor: Doctor, start: date) -> Doctor:
    """The doctor without the absences and exemptions that are over."""

    def still(span: DateSpan) -> bool:
        return span.end is None or span.end >= start

    return doctor.model_copy(
        update={
            "long_absences": tuple(span for span in doctor.long_absences if still(span)),
            "exemptions": tuple(span for span in doctor.exemptions if still(span)),
        }
    )
