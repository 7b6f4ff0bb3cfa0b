"""What is assumed of a doctor who has not answered (`Sans réponse`), and what it costs, doctor by doctor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rosterplan.domain.file_names import ANSWERS_FOLDER
from rosterplan.domain.findings import Problem, Severity
from rosterplan.domain.instance import Availability, Instance, MissingAnswers
from rosterplan.domain.people import Doctor
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.sheets.answers import doctor_days
from rosterplan.sheets.forms_content import Asked

LAST_QUARTER_DAYS = 92


@dataclass(frozen=True)
class Unanswered:
    """A doctor asked from whom no answer came, and what stands in its place.

    ``duties`` he or she may hold, dated on ``doctor_days`` days; ``refused`` of them are assumed impossible, on
    ``refused_days`` days; ``maximum`` is the number of duties assumed to be his or her most, None = not assumed.
    """

    doctor: Doctor
    assumed: MissingAnswers
    duties: int
    doctor_days: int
    refused: tuple[str, ...] = ()
    refused_days: int = 0
    maximum: int | None = None


def unanswered_doctors(instance: Instance, missing: Sequence[Asked]) -> tuple[Unanswered, ...]:
    """What is assumed of each doctor of ``missing`` under the choice of the sheet `Plan`."""
    return tuple(_assumed(instance, asked) for asked in missing)


def _assumed(instance: Instance, asked: Asked) -> Unanswered:
    chosen = instance.plan.missing_answers
    refused = list(asked.duties) if chosen == "indisponible" else []
    maximum = None
    if chosen == "comme-au-dernier-trimestre":
        held = _bands_of_last_quarter(instance, asked.doctor)
        refused = [duty for duty in asked.duties if duty.band not in held]
        maximum = len(held)
    return Unanswered(
        doctor=asked.doctor,
        assumed=chosen,
        duties=len(asked.duties),
        doctor_days=doctor_days(asked),
        refused=tuple(duty.id for duty in refused),
        refused_days=len({duty.date for duty in refused}),
        maximum=maximum,
    )


def _bands_of_last_quarter(instance: Instance, doctor: Doctor) -> list[str]:
    """The band of each duty the doctor held in the 92 days before the period."""
    since = instance.period.start - timedelta(days=LAST_QUARTER_DAYS)
    return [
        past.band
        for past in instance.history
        if past.doctor == doctor.id and since <= past.start.date() < instance.period.start
    ]


def with_assumptions(instance: Instance, unanswered: Sequence[Unanswered]) -> Instance:
    """The instance in which what is assumed stands as availability and as declared maxima; ``answered`` is unchanged."""
    assumed = {one.doctor.id: one for one in unanswered}
    rows = tuple(
        Availability(doctor=one.doctor.id, duty=duty, value="impossible") for one in unanswered for duty in one.refused
    )
    doctors = tuple(
        doctor.model_copy(update={"maximum": _least(doctor.maximum, assumed[doctor.id].maximum)})
        if doctor.id in assumed and assumed[doctor.id].maximum is not None
        else doctor
        for doctor in instance.doctors
    )
    return instance.changed(availability=(*instance.availability, *rows), doctors=doctors)


def _least(declared: int | None, assumed: int | None) -> int | None:
    return min((number for number in (declared, assumed) if number is not None), default=None)


def problem_of_missing(one: Unanswered, deadline: date | None, today: date | None) -> Problem:
    """The missing answer, named, with its effect; an error only while answers are waited for."""
    severities: dict[MissingAnswers, Severity] = {"a-relancer": "erreur", "disponible": "information"}
    late = deadline is not None and today is not None and today > deadline
    since = (
        say(fr=f" (date limite : {deadline:%d/%m/%Y}, dépassée)", en=f" (deadline {deadline:%d/%m/%Y}, past)")
        if late and deadline
        else ""
    )
    return Problem(
        severity=severities.get(one.assumed, "avertissement"),
        code="answer-missing",
        file=f"{ANSWERS_FOLDER}/",
        found=say(fr=f"{one.doctor.name} ({one.doctor.id}) n’a pas répondu{since}", en=f"{one.doctor.name} ({one.doctor.id}) has not answered{since}"),
        wanted=say(fr="un formulaire renvoyé, ou une ligne de la grille Saisie", en="a returned form, or a row of the grid Saisie"),
        remedy=_effect(one),
    )  # fmt: skip


def _effect(one: Unanswered) -> str:
    """What follows from the missing answer, in duties and doctor-days."""
    reach = say(
        fr=f"{plural(one.duties, 'garde possible', 'gardes possibles')} sur {plural(one.doctor_days, 'jour')}",
        en=f"{plural(one.duties, 'possible duty', 'possible duties')} on {plural(one.doctor_days, 'day')}",
    )
    match one.assumed:
        case "a-relancer":
            return say(
                fr=f"À relancer ({reach} en attente), ou choisissez une autre valeur de « Sans réponse » sur la feuille Plan.",
                en=f"Remind this doctor ({reach} waiting), or choose another value of “Sans réponse” on sheet Plan.",
            )
        case "indisponible":
            return say(
                fr=f"Considéré comme indisponible : {reach} en moins.", en=f"Taken as unavailable: {reach} fewer."
            )
        case "disponible":
            return say(fr=f"Considéré comme disponible : {reach}.", en=f"Taken as available: {reach}.")
        case "comme-au-dernier-trimestre":
            most = one.maximum or 0
            return say(
                fr=f"Comme au dernier trimestre : {plural(most, 'garde')} au plus, {plural(one.refused_days, 'jour')} de {reach} en moins.",
                en=f"As in the last quarter: {plural(most, 'duty', 'duties')} at most, {plural(one.refused_days, 'day')} of {reach} fewer.",
            )
