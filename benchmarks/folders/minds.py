"""What doctors have to say of a period, before they say it in a form, a sheet or a telephone call."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from rosterplan.domain.calendar.school import school_calendar
from rosterplan.domain.instance import Period
from rosterplan.domain.work import Duty
from rosterplan.sheets.forms.questionnaire import Asked

Word = Literal["impossible", "à éviter", "souhaité", "seulement"]
Span = tuple[date, date]

FEW_DATES = (0.9, 2.6)
"""How many dates a doctor gives who gives only a few, as times an even share; three at least."""


@dataclass(frozen=True)
class Mind:
    """What one doctor has to say; ``weekday`` (0 = Monday) is never possible; a maximum is openly declared."""

    asked: Asked
    leave: tuple[Span, ...] = ()
    weekday: int | None = None
    duties: tuple[tuple[Duty, Word], ...] = ()
    maximum: int | None = None
    free: bool = False

    def refuses(self, duty: Duty) -> bool:
        """True if leave, weekday or a refusal covers a duty."""
        away = any(first <= duty.date <= last for first, last in self.leave)
        refused = any(duty.id == one.id and word == "impossible" for one, word in self.duties)
        return away or refused or duty.date.weekday() == self.weekday


def mind_of(asked: Asked, random: Random, period: Period, kept: Collection[str] = ()) -> Mind:
    """What a doctor says; nothing is said against the duties ``kept``, which are imposed on somebody."""
    if random.random() < 0.08:
        return Mind(asked, free=True)
    held = [duty for duty in asked.duties if duty.id in kept]
    leave = tuple(_leaves(random, period, {duty.date for duty in held}))
    weekday = random.randrange(5) if random.random() < 0.12 and not held else None
    bare = Mind(asked, leave, weekday)
    left = [duty for duty in asked.duties if not bare.refuses(duty) and duty.id not in kept]
    said: dict[str, tuple[Duty, Word]] = {}
    shares: tuple[tuple[Word, float], ...] = (("impossible", 0.10), ("à éviter", 0.05))
    for word, share in shares:
        for duty in random.sample(left, int(len(left) * share * random.random() * 2)):
            said[duty.id] = (duty, word)
    for duty in random.sample(left, min(2, len(left))):
        if random.random() < 0.4:
            said[duty.id] = (duty, "souhaité")
    maximum = random.randrange(3, 8) if random.random() < 0.05 and not held else None
    return Mind(asked, leave, weekday, _in_time(said.values()), maximum)


def few_dates_of(asked: Asked, random: Random, share: float) -> Mind:
    """The mind of a doctor who gives a few dates and nothing else; ``share`` = an even part of the duties."""
    count = max(3, min(round(share * random.uniform(*FEW_DATES)), len(asked.duties)))
    chosen = {duty.id: duty for duty in random.sample(asked.duties, count)}
    only: Word = "seulement"
    return Mind(asked, duties=_in_time((duty, only) for duty in chosen.values()))


def _in_time(said: Iterable[tuple[Duty, Word]]) -> tuple[tuple[Duty, Word], ...]:
    return tuple(sorted(said, key=lambda one: (one[0].start_minute, one[0].id)))


def _leaves(random: Random, period: Period, busy: Collection[date]) -> list[Span]:
    """One leave for seven doctors in ten, half of them in the winter holidays, some a second one."""
    many = random.choices((0, 1, 2), (0.3, 0.6, 0.1))[0]
    spans: list[Span] = []
    holidays = [one for one in school_calendar(period.start, period.end, "B").holidays if one.start > period.start]
    for _ in range(many):
        if holidays and random.random() < 0.5:
            first = holidays[0].start + timedelta(days=random.choice((0, 0, 7)))
            span = first, first + timedelta(days=random.choice((6, 8, 8, 15)))
        else:
            first = period.start + timedelta(days=random.randrange((period.end - period.start).days))
            span = first, first + timedelta(days=random.randrange(2, 12))
        if not any(span[0] <= day <= span[1] for day in busy) and all(span[1] < a or b < span[0] for a, b in spans):
            spans.append(span)
    return sorted(spans)
