"""The audit's word on moves: what it finds wrong after them that was not wrong before. The canvas has no part in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from rosterplan.audit import audit
from rosterplan.domain.findings import AuditReport, Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Stage
from rosterplan.domain.roster import Roster
from rosterplan.explain.moves import Move, Moves, moved
from rosterplan.rules.base import Rule
from rosterplan.rules.coverage import Coverage


@dataclass(frozen=True)
class Confirmation:
    """Findings of severity `erreur` that moves bring and those they end; change of each stage, {} where not added up."""

    broken: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    costs: dict[Stage, int]

    @property
    def legal(self) -> bool:
        """True if the audit finds nothing new wrong."""
        return not self.broken

    @property
    def rows(self) -> frozenset[str]:
        """The rows of the rule book that the moves break."""
        return frozenset(finding.row for finding in self.broken)


def confirmed(
    instance: Instance, rules: Sequence[Rule], roster: Roster, moves: Iterable[Move], before: AuditReport | None = None
) -> Confirmation:
    """Return what the whole audit says of the roster with the moves, beside the roster as it is (``before``)."""
    first = before or audit(instance, rules, roster)
    after = audit(instance, rules, moved(roster, moves))
    broken, mended = _compared(first.findings, after.findings)
    costs = {stage.name: stage.value - first.value(stage.name) for stage in after.stages}
    return Confirmation(broken, mended, costs)


def checked(instance: Instance, rules: Sequence[Rule], roster: Roster, moves: Moves) -> Confirmation:
    """Return what the audit of the hard rules says around the moves; a hundred times faster on a department.

    The doctors moved keep their whole timeline; of the others, only duties within a day of a move stay in view.
    """
    duties = {move.duty for move in moves}
    near = _around(instance, roster, moves)
    hard = [rule for rule in rules if rule.strength.kind != "soft"]
    after = moved(near, moves)
    narrow = instance.changed(duties=tuple(instance.duty_by_id[duty] for duty in sorted(duties)))
    found = []
    for one in (near, after):
        held = Roster(assignments=tuple(a for a in one.assignments if a.duty in duties))
        cover = [finding for rule in rules if isinstance(rule, Coverage) for finding in rule.audit(narrow, held)]
        found.append([*cover, *(finding for rule in hard for finding in rule.audit(instance, one))])
    return Confirmation(*_compared(*found), {})


def _around(instance: Instance, roster: Roster, moves: Moves) -> Roster:
    doctors = {move.doctor for move in moves}
    days = {instance.duty_by_id[move.duty].date + timedelta(days=shift) for move in moves for shift in (-1, 0, 1)}
    kept = [one for one in roster.assignments if one.doctor in doctors or instance.duty_by_id[one.duty].date in days]
    return Roster(assignments=tuple(kept), dues=roster.dues)


def _compared(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return (new errors, errors gone); one that only shrinks is neither."""
    wrong, still = [[one for one in found if one.severity == "erreur"] for found in (before, after)]
    gone = [one for one in wrong if one not in still]
    new = [one for one in still if one not in wrong]
    grown = [one for one in new if not any(_shrunk(old, one) for old in gone)]
    return tuple(grown), tuple(one for one in gone if not any(_shrunk(one, left) for left in new))


def _shrunk(old: Finding, new: Finding) -> bool:
    """True if ``new`` is what is left of ``old``: the same row and doctors, no duty added, no larger amount."""
    same = (old.rule, old.row, old.doctors) == (new.rule, new.row, new.doctors)
    return same and new.amount <= old.amount and set(new.duties) <= set(old.duties)
