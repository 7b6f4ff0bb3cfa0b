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
from rosterplan.sheets.forms.questionnaire import Asked

LAST_QUARTER_DAYS = 92


@dataclass(frozen=True)
class Unanswered:
    """A doctor asked from whom no answer came, and what is assumed in its place.

    ``refused`` are the ids of the duties assumed impossible; ``maximum`` is the number of duties assumed to be his or
    her most, None = not assumed.
    """

    asked: Asked
    assumed: MissingAnswers
    refused: frozenset[str] = frozenset()
    maximum: int | None = None

    @property
    def doctor(self) -> Doctor:
        """Who did not answer."""
        return self.asked.doctor

    @property
    def waiting_days(self) -> int:
        """Days the plan waits to hear of [doctor-days]."""
        return self.asked.doctor_days if self.assumed == "a-relancer" else 0

    @property
    def open_days(self) -> int:
        """Days on which the doctor is assumed free for a duty at least [doctor-days]."""
        return 0 if self.waiting_days else len({duty.date for duty in self.asked.duties if duty.id not in self.refused})

    @property
    def refused_days(self) -> int:
        """Days on which every duty is assumed impossible [doctor-days]."""
        return self.asked.doctor_days - self.open_days - self.waiting_days

    def words(self) -> str:
        """« compté indisponible : 90 jours-médecin en moins »."""
        left = plural(self.open_days, say(fr="jour-médecin ouvert", en="doctor-day open"),
                      say(fr="jours-médecin ouverts", en="doctor-days open"))  # fmt: skip
        match self.assumed:
            case "a-relancer":
                days = _days(self.waiting_days)
                return say(fr=f"à relancer : {days} en attente", en=f"to be chased: {days} waiting")
            case "comme-au-dernier-trimestre":
                most = plural(self.maximum or 0, say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
                return say(
                    fr=f"comme au dernier trimestre : {most} au plus, {left}, {self.refused_days} en moins",
                    en=f"as in the last quarter: {most} at most, {left}, {self.refused_days} less",
                )
            case "indisponible":
                days = _days(self.refused_days)
                return say(fr=f"compté indisponible : {days} en moins", en=f"counted unavailable: {days} less")
            case "disponible":
                return say(fr=f"compté disponible : {left}", en=f"counted available: {left}")


def _days(count: int) -> str:
    return plural(count, say(fr="jour-médecin", en="doctor-day"), say(fr="jours-médecin", en="doctor-days"))


def unanswered_doctors(instance: Instance, missing: Sequence[Asked]) -> tuple[Unanswered, ...]:
    """What is assumed of each doctor of ``missing`` under the choice of the sheet `Plan`."""
    return tuple(_assumed(instance, asked) for asked in missing)


def _assumed(instance: Instance, asked: Asked) -> Unanswered:
    chosen = instance.plan.missing_answers
    if chosen == "indisponible":
        return Unanswered(asked, chosen, asked.duty_ids)
    if chosen == "comme-au-dernier-trimestre":
        held = _bands_of_last_quarter(instance, asked.doctor)
        refused = frozenset(duty.id for duty in asked.duties if duty.band not in held)
        return Unanswered(asked, chosen, refused, len(held))
    return Unanswered(asked, chosen)


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
        Availability(doctor=one.doctor.id, duty=duty.id, value="impossible")
        for one in unanswered
        for duty in one.asked.duties
        if duty.id in one.refused
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
        remedy=_remedy(one),
    )  # fmt: skip


def _remedy(one: Unanswered) -> str:
    """What follows from the missing answer, in duties and days."""
    reach = say(
        fr=f"{plural(len(one.asked.duties), 'garde possible', 'gardes possibles')} sur {plural(one.asked.doctor_days, 'jour')}",
        en=f"{plural(len(one.asked.duties), 'possible duty', 'possible duties')} on {plural(one.asked.doctor_days, 'day')}",
    )
    if one.assumed == "a-relancer":
        return say(
            fr=f"À relancer ({reach} en attente), ou choisissez une autre valeur de « Sans réponse » sur la feuille Plan.",
            en=f"Remind this doctor ({reach} waiting), or choose another value of “Sans réponse” on sheet Plan.",
        )
    assumed = one.words()
    return f"{assumed[0].upper()}{assumed[1:]} ({reach})."


def policy_words(instance: Instance) -> str:
    """What the plan does of missing answers, as a sentence."""
    return {
        "a-relancer": say(
            fr="Le calcul attend : il ne commencera pas tant qu’une réponse manque.",
            en="The solver waits: it will not start while an answer is missing.",
        ),
        "indisponible": say(
            fr="Sans réponse, un médecin est compté indisponible toute la période.",
            en="Without an answer, a doctor is counted unavailable for the whole period.",
        ),
        "disponible": say(
            fr="Sans réponse, un médecin est compté disponible pour toutes ses gardes.",
            en="Without an answer, a doctor is counted available for every duty.",
        ),
        "comme-au-dernier-trimestre": say(
            fr="Sans réponse, un médecin est supposé tenir les mêmes catégories de garde qu’au dernier trimestre, et pas plus de gardes.",
            en="Without an answer, a doctor is assumed to hold the bands of duty of the last quarter, and no more duties.",
        ),
    }[instance.plan.missing_answers]


def effect_words(assumed: Sequence[Unanswered]) -> str:
    """The effect of missing answers over the whole plan [doctor-days]."""
    if not assumed:
        return say(fr="Toutes les réponses sont arrivées.", en="Every answer has come.")
    doctors = plural(len(assumed), say(fr="médecin", en="doctor"))
    waiting, opened = sum(one.waiting_days for one in assumed), sum(one.open_days for one in assumed)
    closed = sum(one.refused_days for one in assumed)
    parts = [
        say(fr=f"{waiting} jours-médecin en attente", en=f"{waiting} doctor-days waiting") if waiting else "",
        say(fr=f"{opened} jours-médecin comptés disponibles", en=f"{opened} doctor-days counted available")
        if opened
        else "",
        say(fr=f"{closed} jours-médecin comptés indisponibles", en=f"{closed} doctor-days counted unavailable")
        if closed
        else "",
    ]
    effect = ", ".join(part for part in parts if part)
    silent = "n’a pas répondu" if len(assumed) == 1 else "n’ont pas répondu"
    return say(fr=f"{doctors} {silent} : {effect}.", en=f"No answer from {doctors}: {effect}.")
