"""Why a line has holes that no roster can fill: too few doctors for its caps that month, and the overruns that would do."""

from __future__ import annotations

from rosterplan.report.facts import Facts
from rosterplan.rules.max_per_period import MaxPerPeriod


def too_few(facts: Facts) -> tuple[str, ...]:
    """What caps foresee of the lines and months that have holes: the rule, the month, the overruns that would fill them."""
    holes = {
        (hole.of.line, f"{(hole.duty.date if hole.duty else hole.of.start.astimezone(facts.zone).date()):%Y-%m}")
        for hole in facts.holes
    }
    if not holes:
        return ()
    notes = (note for rule in facts.rules if isinstance(rule, MaxPerPeriod) for note in rule.foresee(facts.instance))
    return tuple(note.text for note in notes if note.severity == "avertissement" and (note.line, note.month) in holes)
