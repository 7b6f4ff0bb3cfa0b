"""Whose turn it is on an alternated line: the cycle from its anchor, then the feast table, then exchanged periods.

The calendar of houses is input: nothing here chooses it. A duty belongs to the house whose turn its date is; the
night of a Sunday goes with that Sunday, the handover is the next morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rosterplan.domain.base import Frozen, Id
from rosterplan.domain.work import Duty, Line, Rhythm, monday_of

FRIDAY = 4


class HouseTurn(Frozen):
    """One row of `Échanges de périodes`: the line is the turn of one house from ``first`` to ``last``, both included,

    or on the duties of a feast that begins in ``year`` (every year if None).
    """

    line: Id
    first: date | None = None
    last: date | None = None
    feast: Id | None = None
    year: int | None = None
    establishment: Id

    def covers(self, duty: Duty) -> bool:
        """True if the duty is in the period, or of the feast."""
        if self.feast is not None:
            return duty.feast == self.feast and self.year in (None, feast_year(duty.date))
        return self.first is not None and self.first <= duty.date <= (self.last or self.first)


def feast_year(day: date) -> int:
    """The year a feast begins in: 1 January belongs to the New Year feast of the year before."""
    return day.year - 1 if (day.month, day.day) <= (1, 2) else day.year


def number_of_period(rhythm: Rhythm, anchor: date, day: date) -> int:
    """The number of turns since the anchor, negative before it.

    Weeks and fortnights change on the weekday of the anchor, months on the 1st. By weekend, Friday to Sunday go to
    the house after the one of Monday to Thursday, so that each has both in turn.
    """
    days = (day - anchor).days
    if rhythm == "day":
        return days
    if rhythm == "month":
        return (day.year - anchor.year) * 12 + day.month - anchor.month
    if rhythm == "fortnight":
        return days // 14
    if rhythm == "weekend":
        return (day - monday_of(anchor)).days // 7 + (day.weekday() >= FRIDAY)
    return days // 7


def house_of_cycle(line: Line, duty: Duty) -> str | None:
    """The house whose turn it is by the cycle alone; None where the line, or this band of it, is not alternated."""
    cycle = line.alternation
    if cycle is None or not line.establishments or (cycle.bands and duty.band not in cycle.bands):
        return None
    number = number_of_period(cycle.rhythm, cycle.anchor, duty.date)
    return line.establishments[number % len(line.establishments)]


def with_turns(
    duties: Sequence[Duty],
    lines: Iterable[Line],
    turns: Sequence[HouseTurn],
    site_of_house: Mapping[str, str | None],
) -> tuple[Duty, ...]:
    """The duties, each given to the house whose turn it is, at its site where the line has none of its own.

    Exchanged periods go before the feast table, it before the houses a row of `Horaires` names, and these before the
    cycle; of two rows of one sheet the last wins.
    """
    line_of = {line.id: line for line in lines}
    rows: dict[str, list[HouseTurn]] = {}
    for turn in sorted(turns, key=lambda turn: turn.feast is None):  # stable: feasts first, exchanged periods win
        rows.setdefault(turn.line, []).append(turn)
    return tuple(_given(duty, line_of[duty.line], rows.get(duty.line, ()), site_of_house) for duty in duties)


def _given(duty: Duty, line: Line, turns: Sequence[HouseTurn], site_of_house: Mapping[str, str | None]) -> Duty:
    """The duty, of the house whose turn it is; as it was where it is nobody's."""
    named = [turn.establishment for turn in turns if turn.covers(duty)]
    house = named[-1] if named else None
    if house is None and not duty.establishments:
        house = house_of_cycle(line, duty)
    if house is None:
        return duty
    changes: dict[str, object] = {"establishments": (house,)}
    if duty.site is None and site_of_house.get(house):
        changes["site"] = site_of_house[house]
    return duty.model_copy(update=changes)
