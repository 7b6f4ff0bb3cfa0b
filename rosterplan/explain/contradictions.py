"""Hard rows that contradict each other whatever is assigned: imposed assignments no rule book allows together.

Cover is always soft, so a shortage is never a contradiction; only what people imposed can be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rosterplan.audit import audit
from rosterplan.domain.base import Frozen
from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import FixedAssignment, Instance
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.messages import say
from rosterplan.messages.words import hours, listed, long_date
from rosterplan.rules.base import Rule

LARGEST = 3
"""Sets of imposed assignments up to this size are tried for a smallest one; of larger sets, all that is not needed is left out."""


class Contradiction(Frozen):
    """Imposed assignments and one hard row that cannot hold together; no part of the set alone breaks the row."""

    rule: str
    row: str
    imposed: tuple[FixedAssignment, ...]
    text: str


def contradictions(instance: Instance, rules: Sequence[Rule]) -> tuple[Contradiction, ...]:
    """Return every contradiction among imposed assignments and hard rows; empty where all can hold.

    Each set is verified by the audit: with it the row breaks, without any one of it the row holds.
    """
    found: list[Contradiction] = []
    if not instance.fixed:
        return ()
    alone = instance.changed(locks=())
    for rule in rules:
        for finding in _breaches(alone, rule, instance.fixed):
            imposed = tuple(
                one for one in instance.fixed if one.duty in finding.duties and one.doctor in finding.doctors
            )
            smallest = _smallest(alone, rule, imposed)
            if smallest and not any(one.row == rule.row and one.imposed == smallest for one in found):
                found.append(
                    Contradiction(
                        rule=rule.code, row=rule.row, imposed=smallest, text=_said(instance, rule, smallest, finding)
                    )
                )
    return tuple(found)


def _breaches(instance: Instance, rule: Rule, imposed: Sequence[FixedAssignment]) -> Iterator[Finding]:
    """Yield what a rule alone finds strictly wrong with these assignments alone, of an instance without locks.

    All imposed assignments together are looked at in the instance itself, so that what rules work out once is kept.
    """
    roster = Roster(assignments=tuple(Assignment(duty=one.duty, doctor=one.doctor) for one in imposed))
    alone = instance if len(imposed) == len(instance.fixed) else instance.changed(fixed=tuple(imposed))
    for finding in audit(alone, (rule,), roster).findings:
        if finding.severity == "erreur" and finding.duties and finding.doctors:
            yield finding


def _smallest(instance: Instance, rule: Rule, imposed: tuple[FixedAssignment, ...]) -> tuple[FixedAssignment, ...]:
    """Return a part of ``imposed`` that breaks the rule and no part of which does: a smallest one if it is small."""
    for size in range(1, min(LARGEST, len(imposed)) + 1):
        for part in combinations(imposed, size):
            if any(True for _ in _breaches(instance, rule, part)):
                return part
    needed = imposed
    for one in imposed:
        rest = tuple(other for other in needed if other != one)
        if any(True for _ in _breaches(instance, rule, rest)):
            needed = rest
    return needed


def _said(instance: Instance, rule: Rule, imposed: Sequence[FixedAssignment], finding: Finding) -> str:
    """« Ces affectations imposées ne peuvent pas tenir ensemble : … Règle : … (source). »"""
    named = []
    for one in imposed:
        duty, doctor = instance.duty_by_id[one.duty], instance.doctor_by_id[one.doctor]
        named.append(
            f"{doctor.name}, {instance.line_by_id[duty.line].name}, {long_date(duty.date)}, {hours(duty.start, duty.end)}"
        )
    source = f" ({rule.source})" if rule.source else ""
    return say(
        fr=f"Affectation{'s' if len(named) > 1 else ''} imposée{'s' if len(named) > 1 else ''} contraire{'s' if len(named) > 1 else ''} "
        f"à une règle obligatoire : {listed(named)}. {finding.text} Règle : {rule.words()}{source} "
        "Retirez une de ces affectations, ou rendez la règle souple pour ce cas.",
        en=f"Imposed assignment{'s' if len(named) > 1 else ''} against a hard rule: {listed(named)}. {finding.text} "
        f"Rule: {rule.words()}{source} Withdraw one of them, or make the rule soft for this case.",
    )
