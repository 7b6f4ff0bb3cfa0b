"""At most so many weekends touched per month, quarter or year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from rosterplan.domain.instance import Held
from rosterplan.domain.rulebook import UNLESS_ACCEPTED, Strength
from rosterplan.domain.work import Duty, weekend_of
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.rules.caps import period_number
from rosterplan.rules.params import Calendar
from rosterplan.rules.period_caps import PeriodCap
from rosterplan.rules.selection import at_most, in_scope

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas


class MaxWeekends(PeriodCap):
    """Weekends in which a doctor holds a duty, counted where their Saturday falls, past ones included ≤ the maximum.

    A duty touches a weekend if it begins on its Saturday or Sunday. e weekends above cost weight × e² where the doctor
    accepts more, weight × e where the rule is soft.
    """

    code: ClassVar[str] = "max-weekends"
    title: ClassVar[str] = "Maximum de week-ends"
    title_en: ClassVar[str] = "Maximum of weekends"
    default: ClassVar[Strength] = UNLESS_ACCEPTED
    law: ClassVar[str] = "usage local (repère : 1 week-end par mois)"

    most: int = Field(default=1, ge=0, title="maximum", description="most weekends touched in the period")
    period: Calendar = Field(default="month", title="période", description="mois, trimestre or année")

    def post(self, canvas: Canvas) -> None:
        """One cap per doctor and period on the weekends touched."""
        cols = in_scope(canvas, self.scope)
        cols = cols.where(cols["weekend"] >= 0)
        saturdays, place = np.unique(cols["weekend"], return_inverse=True)
        numbers = [period_number(date.fromordinal(int(saturday)), self.period) for saturday in saturdays]
        cols = cols.having(slot=np.array(numbers, dtype=np.int64)[place])
        touched = canvas.any(self.code, cols, ("doctor", "weekend"))
        at_most(canvas, self, touched, ("doctor", "slot"), self._tops(canvas, touched, "slot"))

    def _day(self, held: date) -> date | None:
        return weekend_of(held)

    def _weight(self, duty: Duty) -> int:
        return 1 if weekend_of(duty.date) else 0

    def _count(self, held: Sequence[Held]) -> int:
        return len({weekend_of(one.date) for one in held})

    def _amount(self, count: int) -> str:
        return plural(count, say(fr="week-end", en="weekend"))
