"""What is assumed of the doctors from whom no answer came, as the sheet `Plan` chose under « Sans réponse »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from rosterplan.domain.instance import Availability, Instance, MissingAnswers
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.sheets.forms_content import Asked


@dataclass(frozen=True)
class Assumption:
    """What is assumed of one doctor: ``open`` if counted available, closed if not, None where the plan waits."""

    asked: Asked
    open: bool | None
    days: int
    """Days on which the doctor may hold a duty [doctor-days]."""

    def words(self) -> str:
        """« compté indisponible : 90 jours-médecin en moins »."""
        days = plural(self.days, say(fr="jour-médecin", en="doctor-day"), say(fr="jours-médecin", en="doctor-days"))
        if self.open is None:
            return say(fr=f"à relancer : {days} en attente", en=f"to be chased: {days} waiting")
        if self.open:
            return say(fr=f"compté disponible : {days} ouverts", en=f"counted available: {days} open")
        return say(fr=f"compté indisponible : {days} en moins", en=f"counted unavailable: {days} less")


def doctor_days(asked: Asked) -> int:
    """On how many days the doctor may hold a duty [doctor-days]."""
    return len({duty.date for duty in asked.duties})


def assumptions(instance: Instance, missing: Sequence[Asked]) -> tuple[Assumption, ...]:
    """What is assumed of each doctor who did not answer.

    « comme au dernier trimestre » counts available those who held a duty in the last period of the same length.
    """
    served = (
        _served_last_period(instance) if instance.plan.missing_answers == "comme-au-dernier-trimestre" else frozenset()
    )
    policy = instance.plan.missing_answers
    return tuple(Assumption(asked, _open(policy, asked.doctor.id in served), doctor_days(asked)) for asked in missing)


def _open(policy: MissingAnswers, served: bool) -> bool | None:
    if policy == "a-relancer":
        return None
    return policy == "disponible" or (policy == "comme-au-dernier-trimestre" and served)


def _served_last_period(instance: Instance) -> frozenset[str]:
    """Doctors who held a duty in the days before the period, as many days as it lasts."""
    period = instance.period
    first = period.start - (period.end - period.start) - timedelta(days=1)
    return frozenset(past.doctor for past in instance.history if first <= past.start.date() < period.start)


def assumed_availability(instance: Instance, missing: Sequence[Asked]) -> tuple[Availability, ...]:
    """The rows that close the whole period for the doctors counted unavailable."""
    period = instance.period
    return tuple(
        Availability(doctor=one.asked.doctor.id, start=period.start, end=period.end, value="impossible")
        for one in assumptions(instance, missing)
        if one.open is False
    )


def policy_words(instance: Instance) -> str:
    """What the plan does of missing answers, as a sentence."""
    return {
        "a-relancer": say(
            fr="Le calcul attend : il ne commencera pas tant qu'une réponse manque.",
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
            fr="Sans réponse, un médecin est compté disponible s'il a tenu une garde à la période précédente, indisponible sinon.",
            en="Without an answer, a doctor is counted available if he or she held a duty in the last period, else unavailable.",
        ),
    }[instance.plan.missing_answers]
