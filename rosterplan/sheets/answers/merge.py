"""From what every file says to what each doctor said: one value per duty, the older answers kept beside and named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Availability
from rosterplan.domain.people import Doctor
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.answers.doubts import (
    clash_problem,
    constraint_doubt,
    exception_problem,
    maximum_problem,
    only_and_wish,
    outdated_problem,
    two_forms,
)
from rosterplan.sheets.answers.resolve import Resolved, resolve
from rosterplan.sheets.answers.said import Answer, Statement
from rosterplan.sheets.forms.questionnaire import Asked

SaidValue = Literal["impossible", "avoid", "wish", "only"]
"""What an availability of the instance may hold: a neutral duty has no row."""


@dataclass(frozen=True)
class DoctorAnswer:
    """Everything one doctor said in the end: the answers kept, older forms set aside, a value per duty spoken of."""

    asked: Asked
    answers: tuple[Answer, ...]
    set_aside: tuple[Answer, ...]
    resolved: dict[str, Resolved]
    maximum: int | None
    phone: str

    @property
    def doctor(self) -> Doctor:
        """The doctor."""
        return self.asked.doctor

    @property
    def empty(self) -> bool:
        """True if a form came back and says nothing."""
        return all(answer.empty for answer in self.answers)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What was said in the answers kept, in the order read."""
        return tuple(statement for answer in self.answers for statement in answer.statements)

    @property
    def received(self) -> date | None:
        """The day of the last answer."""
        return max((answer.received for answer in self.answers if answer.received), default=None)

    @property
    def limited(self) -> bool:
        """True if the doctor holds only the dates given."""
        return any(one.only for one in self.resolved.values())

    def open_duties(self) -> tuple[str, ...]:
        """Ids of the duties left possible."""
        limited = self.limited
        return tuple(duty.id for duty in self.asked.duties if _possible(self.resolved.get(duty.id), limited=limited))

    def availability(self) -> tuple[Availability, ...]:
        """The rows of the instance, by start of the duty; a neutral duty has none, unless « seulement » closes the others."""
        limited = self.limited
        rows: list[Availability] = []
        for duty in self.asked.duties:
            found = self.resolved.get(duty.id)
            if found is not None:
                rows += [_row(self.doctor.id, duty.id, value) for value in _values(found, limited=limited)]
        return tuple(rows)


def _possible(found: Resolved | None, *, limited: bool) -> bool:
    if found is None:
        return not limited
    return found.value != "impossible" and not (limited and found.value == "avoid" and not found.only)


def _values(found: Resolved, *, limited: bool) -> list[SaidValue]:
    """The values to write for one duty; where dates are limited, an open duty is `only` besides what else it is."""
    if found.value == "impossible":
        return ["impossible"]
    own: list[SaidValue] = [] if found.value == "neutral" else [found.value]
    if not limited:
        return own
    if not _possible(found, limited=True):
        return []
    return ["only"] if found.value in ("only", "neutral") else ["only", *own]


def _row(doctor: str, duty: str, value: SaidValue) -> Availability:
    return Availability.model_construct(doctor=doctor, duty=duty, start=None, end=None, value=value)


def merged(answers: Sequence[Answer], known: Known, problems: list[Problem]) -> tuple[DoctorAnswer, ...]:
    """What each doctor who answered said, in the order of the instance; doubts are added to ``problems``."""
    by_doctor: dict[str, list[Answer]] = {}
    for answer in answers:
        by_doctor.setdefault(answer.doctor, []).append(answer)
    return tuple(
        _doctor(asked, by_doctor[asked.doctor.id], problems)
        for asked in known.questions.asked
        if asked.doctor.id in by_doctor
    )


def _doctor(asked: Asked, answers: Sequence[Answer], problems: list[Problem]) -> DoctorAnswer:
    kept, set_aside = _last_form(answers)
    problems += [two_forms(asked.doctor, kept[0], older) for older in set_aside]
    said: dict[str, list[Statement]] = {}
    for answer in kept:
        for statement in answer.statements:
            for duty in statement.duties:
                said.setdefault(duty, []).append(statement)
    resolved = {duty: resolve(statements) for duty, statements in said.items()}
    problems += _doubts(asked, resolved)
    problems += constraint_doubt(asked.doctor, kept)
    maximum, maximum_doubt = _maximum(asked.doctor, kept)
    problems += maximum_doubt
    phone = next((answer.phone for answer in reversed(kept) if answer.phone), "")
    return DoctorAnswer(asked, kept, set_aside, resolved, maximum, phone)


def _last_form(answers: Sequence[Answer]) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """The answers kept, oldest first with the last full form ahead; and the full forms it replaces."""
    full = sorted((answer for answer in answers if answer.full), key=lambda answer: (_day(answer), answer.place.file))
    partial = sorted((answer for answer in answers if not answer.full), key=_day)
    return (*full[-1:], *partial), tuple(full[:-1])


def _day(answer: Answer) -> date:
    return answer.received or date.min


def _maximum(doctor: Doctor, answers: Sequence[Answer]) -> tuple[int | None, list[Problem]]:
    """The maximum declared last; a word where an earlier answer declared another."""
    declared = sorted((answer for answer in answers if answer.maximum is not None), key=_day)
    if not declared:
        return None, []
    last = declared[-1]
    others = [answer for answer in declared[:-1] if answer.maximum != last.maximum]
    return last.maximum, [maximum_problem(doctor, last, older) for older in others]


def _doubts(asked: Asked, resolved: dict[str, Resolved]) -> Iterable[Problem]:
    """One problem per pair of statements, with every duty they disagree about."""
    clashes: dict[tuple[Statement, Statement], list[str]] = {}
    exceptions: dict[tuple[Statement, Statement], list[str]] = {}
    outdated: dict[tuple[Statement, Statement], list[str]] = {}
    for duty, found in resolved.items():
        if found.clash:
            clashes.setdefault(found.clash, []).append(duty)
        if found.exception:
            exceptions.setdefault(found.exception, []).append(duty)
        for older in found.outdated:
            outdated.setdefault((found.kept, older), []).append(duty)
    days = {duty.id: duty.date for duty in asked.duties}
    for pair, duties in clashes.items():
        yield clash_problem(asked.doctor, pair, [days[duty] for duty in duties])
    for pair, duties in exceptions.items():
        yield exception_problem(asked.doctor, pair, [days[duty] for duty in duties])
    for pair, duties in outdated.items():
        yield outdated_problem(asked.doctor, pair, [days[duty] for duty in duties])
    if any(found.only for found in resolved.values()):
        yield from only_and_wish(
            asked.doctor,
            [found.kept for found in resolved.values() if found.value in ("wish", "neutral") and not found.only],
        )
