"""Who is kept from a hole and by what, in words: for the sheet of the roster's workbook, and for what `explain` prints."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.explanations import Candidate, blocking_of, free_of
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.report.facts import Facts

MOST_NAMED = 5


def kept_words(facts: Facts, candidates: Sequence[Candidate]) -> str:
    """« À proposer à : Dr A. Empêchés : Dates impossibles (12), Repos (2). »."""
    if not candidates:
        return say(fr="Aucun médecin ne sert cette ligne.", en="No doctor serves this line.")
    parts = []
    if free := free_of(candidates):
        names = listed([facts.name_of[doctor] for doctor in free], most=MOST_NAMED)
        parts.append(say(fr=f"À proposer à : {names}.", en=f"To be offered to: {names}."))
    if blocking := blocking_of(candidates):
        rules = ", ".join(f"{title} ({count})" for title, count in blocking)
        parts.append(say(fr=f"Empêchés : {rules}.", en=f"Kept from it: {rules}."))
    return " ".join(parts)


def nothing() -> str:
    """What is said of a doctor whom no rule keeps from a hole."""
    return say(fr="libre, à qui proposer la garde", en="free, may be offered the duty")
