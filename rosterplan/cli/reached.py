"""What a roster reaches, by its audit: positions unfilled and the value of each stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.result import Stage
    from rosterplan.domain.roster import Roster
    from rosterplan.report.changes_book import Reached
    from rosterplan.rules.base import Rule


def reached(instance: Instance, rules: Sequence[Rule], roster: Roster) -> Reached:
    """Return positions short of their need and the stages of the audit; a roster without dues gets those of its positions.

    Rules look at who is to serve; the juste répartition at who is credited: the titular of a duty replaced or given away.
    """
    from rosterplan.audit import audit
    from rosterplan.domain.fairness import credited, with_dues
    from rosterplan.domain.versions import as_served
    from rosterplan.report.changes_book import Reached
    from rosterplan.rules.needs import lacking

    dated = with_dues(instance, roster)
    report = audit(instance, rules, as_served(dated))
    stages = {stage.name: stage.value for stage in report.stages if told(stage.name, rules)}
    if any(one.replaced_by for one in roster.assignments):
        stages["fairness"] = audit(instance, rules, credited(dated)).value("fairness")
    return Reached(lacking(instance, as_served(roster)), stages)


def told(stage: Stage, rules: Sequence[Rule]) -> bool:
    """True if a stage means something under these rules: the parts of establishments only where a rule posts them."""
    return stage != "shares" or any(rule.strength.stage == "shares" for rule in rules)
