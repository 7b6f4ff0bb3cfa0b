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
    """Return positions short of their need and the stages of the audit; a roster without dues gets those of its positions."""
    from rosterplan.audit import audit
    from rosterplan.domain.fairness import with_dues
    from rosterplan.domain.versions import as_served
    from rosterplan.report.changes_book import Reached
    from rosterplan.rules.needs import lacking

    report = audit(instance, rules, with_dues(instance, roster))
    stages = {stage.name: stage.value for stage in report.stages if told(stage.name, rules)}
    return Reached(lacking(instance, as_served(roster)), stages)


def told(stage: Stage, rules: Sequence[Rule]) -> bool:
    """True if a stage means something under these rules: the parts of establishments only where a rule posts them."""
    return stage != "shares" or any(rule.strength.stage == "shares" for rule in rules)
