"""What is assumed of the doctors from whom no answer came, in the words of the lists: days waiting, open or closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rosterplan.domain.instance import Instance
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.sheets.forms_content import Asked
from rosterplan.sheets.missing_answers import unanswered_doctors


@dataclass(frozen=True)
class Assumption:
    """What is assumed of one doctor, in days on which he or she may hold a duty [doctor-days].

    ``waiting`` where the plan waits for the answer, else ``open`` or ``closed``; ``maximum`` duties, None = not assumed.
    """

    asked: Asked
    waiting: int = 0
    open: int = 0
    closed: int = 0
    maximum: int | None = None

    def words(self) -> str:
        """« compté indisponible : 90 jours-médecin en moins »."""
        if self.waiting:
            return say(
                fr=f"à relancer : {_days(self.waiting)} en attente", en=f"to be chased: {_days(self.waiting)} waiting"
            )
        if self.maximum is not None:
            most = plural(self.maximum, say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
            return say(
                fr=f"comme au dernier trimestre : {most} au plus, {_days(self.open)} ouverts, {self.closed} en moins",
                en=f"as in the last quarter: {most} at most, {_days(self.open)} open, {self.closed} less",
            )
        if self.closed:
            return say(
                fr=f"compté indisponible : {_days(self.closed)} en moins",
                en=f"counted unavailable: {_days(self.closed)} less",
            )
        return say(
            fr=f"compté disponible : {_days(self.open)} ouverts", en=f"counted available: {_days(self.open)} open"
        )


def _days(count: int) -> str:
    return plural(count, say(fr="jour-médecin", en="doctor-day"), say(fr="jours-médecin", en="doctor-days"))


def assumptions(instance: Instance, missing: Sequence[Asked]) -> tuple[Assumption, ...]:
    """What the plan assumes of each doctor who did not answer."""
    made = []
    for asked, one in zip(missing, unanswered_doctors(instance, missing), strict=True):
        if one.assumed == "a-relancer":
            made.append(Assumption(asked, waiting=one.doctor_days))
        else:
            left = {duty.date for duty in asked.duties if duty.id not in set(one.refused)}
            made.append(Assumption(asked, open=len(left), closed=one.doctor_days - len(left), maximum=one.maximum))
    return tuple(made)


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
            fr="Sans réponse, un médecin est supposé tenir les mêmes catégories de garde qu'au dernier trimestre, et pas plus de gardes.",
            en="Without an answer, a doctor is assumed to hold the bands of duty of the last quarter, and no more duties.",
        ),
    }[instance.plan.missing_answers]
