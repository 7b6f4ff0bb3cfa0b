"""What keeps doctors from the holes of a roster, worked out by `explain` for the workbook: reports do not see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rosterplan.report.facts import Facts


def with_kept(facts: Facts) -> Facts:
    """Return the facts with who is kept from each hole, and by what."""
    from rosterplan.explain.holes import who_is_kept

    duties = dict.fromkeys(duty.id for duties in facts.hole_duties.values() for duty in duties)
    return replace(facts, kept=who_is_kept(facts.instance, facts.rules, facts.roster, duties))
