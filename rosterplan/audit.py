"""The independent check: everything re-derived from instance, rules and roster; sees neither canvas nor model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rosterplan.domain.fairness import credited
from rosterplan.domain.findings import AuditReport, Finding, StageValue
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import STAGES, Stage
from rosterplan.domain.roster import Roster
from rosterplan.domain.versions import as_served
from rosterplan.rules.base import Holder, Rule

_RANK = {"erreur": 0, "avertissement": 1, "information": 2}


def audit(instance: Instance, rules: Sequence[Rule], roster: Roster) -> AuditReport:
    """Return every finding of every rule, gravest first, and the value of each stage.

    `clean` is True when no `erreur` stands, but on assignments a person locked or corrected. Of a duty that changed
    hands since publication each rule sees who it is about (``Rule.looks_at``): rest concerns who is there, fairness who
    is credited. The agreement is signed, as a lock is.
    """
    seen = _seen(roster)
    found = [finding for rule in rules for finding in rule.audit(instance, seen[rule.looks_at])]
    signed = {(one.duty, one.doctor) for one in seen["serving"].assignments if one.locked}
    signed |= {(lock.duty, lock.doctor) for lock in instance.locks if lock.doctor}
    found.sort(key=lambda one: (_RANK[one.severity], one.rule, one.row, one.duties, one.doctors))
    return AuditReport(
        clean=all(one.severity != "erreur" or _by_hand(one, signed) for one in found),
        stages=_stages(found),
        findings=tuple(found),
    )


def _seen(roster: Roster) -> dict[Holder, Roster]:
    """Return the roster as each rule looks at it."""
    if not any(one.replaced_by for one in roster.assignments):
        return {"serving": roster, "listed": roster, "credited": roster}
    return {"serving": as_served(roster), "listed": roster, "credited": credited(roster)}


def _by_hand(finding: Finding, signed: set[tuple[str, str]]) -> bool:
    """True if a person decided some assignment the finding is about."""
    return any((duty, doctor) in signed for duty in finding.duties for doctor in finding.doctors)


def _stages(found: Sequence[Finding]) -> tuple[StageValue, ...]:
    """Return the value of each stage; `blend` is wishes and comfort together, and what is charged to it."""
    total: dict[Stage, int] = defaultdict(int)
    for finding in found:
        if finding.stage is not None:
            total[finding.stage] += finding.cost
    total["blend"] += total["wishes"] + total["comfort"]
    return tuple(StageValue(name=stage, value=total[stage]) for stage in STAGES)
