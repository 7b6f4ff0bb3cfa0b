"""What a reader of answers knows beforehand: the period, who may hold what, the names and numbers people use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rosterplan.domain.instance import Instance, Period
from rosterplan.domain.work import Duty
from rosterplan.sheets.cells.names import Names, names_of_doctors
from rosterplan.sheets.cells.text import bare
from rosterplan.sheets.forms.questionnaire import Asked, Questionnaire, concerned
from rosterplan.sheets.plan.content import LeaveColumns


@dataclass(frozen=True)
class Known:
    """The questionnaire of the period, with what is looked up again and again while reading."""

    questions: Questionnaire
    leaves: tuple[LeaveColumns, ...] = ()

    @property
    def instance(self) -> Instance:
        """The instance being answered about."""
        return self.questions.instance

    @property
    def period(self) -> Period:
        """The days planned."""
        return self.questions.instance.period

    @cached_property
    def names(self) -> Names:
        """Doctors by id and name."""
        return names_of_doctors(self.instance.doctors)

    @cached_property
    def duty_of_code(self) -> Mapping[str, str]:
        """Duty id of each number, as the forms of today would print it."""
        return self.questions.duty_of_code

    def asked(self, doctor: str) -> Asked | None:
        """What a doctor is asked; None for one who may hold nothing."""
        return self.questions.asked_of.get(doctor)

    def limited_to(self, asked: Asked, words: str) -> frozenset[str] | None:
        """The duties « samedi », « CAPS de Clisson », a line id or hours limit a statement to; None if unknown words."""
        wanted = bare(words)
        if not wanted:
            return asked.duty_ids
        for label, ids in concerned(self.instance, asked).items():
            if bare(label) == wanted:
                return ids
        by_name = [duty.id for duty in asked.duties if wanted in self._names_of(duty)]
        if by_name:
            return frozenset(by_name)
        known_elsewhere = any(wanted in self._names_of(duty) for duty in self.instance.duties)
        return frozenset() if known_elsewhere else None

    def _names_of(self, duty: Duty) -> tuple[str, ...]:
        line = self.instance.line_by_id[duty.line]
        return bare(line.id), bare(line.name), bare(duty.band), bare(duty.id), bare(self.questions.codes[duty.id])
