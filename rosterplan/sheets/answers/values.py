"""What an answer means: a value, the days it reaches, the duties it is limited to; else a problem at its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from rosterplan.domain.calendar.days import WEEKDAY_NAMES
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.cells.dates import out_of_order, outside_period, read_date, read_days
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.text import clipped
from rosterplan.sheets.cells.vocabulary import read_days_of_week
from rosterplan.sheets.cells.workbook import CellValue, Sheet
from rosterplan.sheets.forms.questionnaire import Asked
from rosterplan.sheets.forms.words import AMBIGUOUS, Value, offered_values, plain, value_of, weekday_of

LONGEST_ABSENCE_DAYS: Final = 300
"""Beyond, one of the two years is almost surely wrong; a longer leave belongs to the sheet Médecins."""

_NEVER = re.compile(r"^\s*(?:jamais|tous|toutes|every|never)\s+", re.IGNORECASE)


def at(place: Place, problem: Problem) -> Problem:
    """The problem, put at its place."""
    return problem.model_copy(update={"file": place.file, "sheet": place.sheet, "cell": place.cell})


def months_before(period: Period) -> Period:
    """The year in which answers to a period come in: « 12/10 » is then in October before it."""
    return Period(start=period.start - timedelta(days=300), end=period.start + timedelta(days=60))


def read_value(raw: CellValue, place: Place) -> Value | Problem:
    """The value of a filled cell."""
    text = as_text(raw)
    value = value_of(text)
    if value is not None and not isinstance(raw, bool):
        return value
    words = ", ".join(f"« {word} »" for word in offered_values())
    if plain(text) in AMBIGUOUS or isinstance(raw, bool):
        remedy = say(
            fr="Cette marque peut vouloir dire oui ou non : demandez au médecin, puis écrivez le mot.",
            en="This mark may mean yes or no: ask the doctor, then write the word.",
        )
    else:
        remedy = say(
            fr="Remplacez-le par l’un de ces mots, ou videz la case.",
            en="Replace it by one of these words, or empty the cell.",
        )
    return problem_at(
        place, "answer-unknown", found=f"« {clipped(text)} »", wanted=say(fr=f"{words} ou rien", en=f"{words} or nothing"), remedy=remedy
    )  # fmt: skip


def read_span(
    sheet: Sheet, first: CellValue, last: CellValue, period: Period, place: Place
) -> tuple[date, date] | Problem:
    """First and last day of an answer by period; a single cell may hold both, or one day."""
    if first is None:
        return problem_at(
            place, "dates-missing", found=say(fr="une fin sans début", en="an end without a start"),
            wanted=say(fr="une date de début", en="a first day"), remedy=say(fr="Écrivez la date de début.", en="Write the first day."),
        )  # fmt: skip
    start: date | Problem
    if last is None:
        days = read_days(first, period, date1904=sheet.date1904)
        if isinstance(days, Problem):
            return at(place, days)
        start, end = days
    else:
        start = read_date(first, period, date1904=sheet.date1904)
        ended = read_date(last, period, date1904=sheet.date1904)
        if isinstance(start, Problem) or isinstance(ended, Problem):
            return at(place, start if isinstance(start, Problem) else ended)  # type: ignore[arg-type]
        end = ended
    wrong = _wrong_span(start, end, period)
    return at(place, wrong) if wrong else (start, end)


def _wrong_span(start: date, end: date, period: Period) -> Problem | None:
    """A problem where the days are out of order, outside the period, or hundreds of days apart."""
    if disorder := out_of_order(start, end):
        return disorder
    if end < period.start or start > period.end:
        outside = outside_period(start, period)
        mistyped = any(_years_off(start, end, step, period) for step in range(-YEARS_MISTYPED, YEARS_MISTYPED + 1))
        return outside if outside is None or mistyped else _without_effect(outside)
    if (end - start).days <= LONGEST_ABSENCE_DAYS:
        return None
    return Problem(
        severity="erreur", code="dates-wrong-year",
        found=say(fr=f"du {start:%d/%m/%Y} au {end:%d/%m/%Y}, soit {(end - start).days + 1} jours",
                  en=f"from {start:%d/%m/%Y} to {end:%d/%m/%Y}, {(end - start).days + 1} days"),
        wanted=say(fr="une absence de moins de dix mois", en="an absence of less than ten months"),
        remedy=say(fr="L’une des deux années est sans doute fausse. Une très longue absence se note dans la feuille Médecins.",
                   en="One of the two years is probably wrong. A very long absence is noted in sheet Médecins."),
    )  # fmt: skip


YEARS_MISTYPED = 10
"""« 2017 » for « 2027 » is one key; the same days of any of these years are taken for days of the period, mistyped."""


def _years_off(start: date, end: date, step: int, period: Period) -> bool:
    """True if the same days ``step`` years on would touch the period."""
    shift = timedelta(days=round(365.25 * step))
    return start + shift <= period.end and end + shift >= period.start


def _without_effect(outside: Problem) -> Problem:
    remedy = say(
        fr="Ces jours ne sont pas dans la période : rien n’en est retenu.",
        en="These days are not in the period: nothing is kept of them.",
    )
    return outside.model_copy(update={"severity": "avertissement", "remedy": remedy})


def read_weekdays(raw: CellValue, place: Place) -> tuple[int, ...] | Problem:
    """Days of the week, 0 to 6: « mercredi », « jamais le mercredi », « lun ; mar », « week-end »."""
    alone = weekday_of(as_text(raw))
    if alone is not None:
        return (alone,)
    days = read_days_of_week(_NEVER.sub("", as_text(raw)))
    if isinstance(days, Problem):
        return at(place, days)
    numbers = tuple(number for number, name in enumerate(WEEKDAY_NAMES) if name in days)
    if len(numbers) < len(days):
        return problem_at(
            place, "days-unreadable", found=f"« {clipped(as_text(raw))} »", wanted=say(fr="des jours de la semaine", en="days of the week"),
            remedy=say(fr="Pour un jour férié ou un pont, donnez sa date.", en="For a public holiday or bridge day, give its date."),
        )  # fmt: skip
    return numbers


def read_limit(raw: CellValue, known: Known, asked: Asked, place: Place) -> frozenset[str] | Problem:
    """The duties an answer is limited to; all of the doctor's where the cell is empty."""
    if raw is None:
        return asked.duty_ids
    ids = known.limited_to(asked, as_text(raw))
    if ids is not None:
        return ids
    return problem_at(
        place, "duties-unknown", found=f"« {clipped(as_text(raw))} »",
        wanted=say(fr="une ligne de garde, une catégorie, un numéro, ou rien", en="a line, a band, a number, or nothing"),
        remedy=say(fr="Choisissez dans la liste, ou videz la case pour toutes les gardes.",
                   en="Choose in the list, or empty the cell for every duty."),
    )  # fmt: skip


def reached(
    duties: Iterable[Duty], limit: frozenset[str], span: tuple[date, date] | None = None, weekdays: tuple[int, ...] = ()
) -> tuple[str, ...]:
    """Ids of the duties dated in the span and on the weekdays, among those of the limit; a duty is dated when it begins."""
    return tuple(
        duty.id
        for duty in duties
        if duty.id in limit
        and (span is None or span[0] <= duty.date <= span[1])
        and (not weekdays or duty.date.weekday() in weekdays)
    )
