"""What the ledger refuses, in the reader's words."""

from __future__ import annotations

from rosterplan.domain.versions import Misfit
from rosterplan.messages import say


class LedgerError(Exception):
    """The ledger or a version cannot be read, or refuses what is asked; ``text`` is for people."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def misfit_words(misfit: Misfit) -> str:
    """Why a change does not fit the roster in force."""
    change = misfit.change
    return {
        "not-held": say(
            fr=f"{change.titular} ne tient pas la garde {change.duty} dans le tableau en vigueur.",
            en=f"{change.titular} does not hold duty {change.duty} in the roster in force.",
        ),
        "already-there": say(
            fr=f"{change.doctor} est déjà inscrit sur la garde {change.duty}.",
            en=f"{change.doctor} is already on duty {change.duty}.",
        ),
        "under-replacement": say(
            fr=f"La garde {change.duty} est déjà remplacée ou cédée : elle ne peut pas être échangée.",
            en=f"Duty {change.duty} is already replaced or given away: it cannot be exchanged.",
        ),
    }.get(
        misfit.code,
        say(
            fr=f"Le changement de la garde {change.duty} est incomplet : il manque le médecin qui la tient ou celui qui la prend.",
            en=f"The change of duty {change.duty} is incomplete: who holds it, or who takes it, is missing.",
        ),
    )
