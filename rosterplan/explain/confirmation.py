"""The audit's word on moves: what it finds wrong after them that was not wrong before. The canvas has no part in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rosterplan.audit import audit
from rosterplan.domain.findings import AuditReport, Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Stage
from rosterplan.domain.roster import Roster
from rosterplan.explain.moves import Move, Moves, moved
from rosterplan.rules.base import Rule


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
    """Return what the audit of the hard rules says around the moves; many times faster on a department.

    Rules that look at one doctor see the doctors moved alone, with their whole timeline; those that look at who is on
    duty together see everyone within a day of a move too; every other rule sees the whole roster.
    """
    doctors = {move.doctor for move in moves}
    own = Roster(assignments=tuple(one for one in roster.assignments if one.doctor in doctors), dues=roster.dues)
    near = _around(instance, roster, moves)
    seen = {
        "own": (_narrowed(instance, doctors, None), own, moved(own, moves)),
        "near": (_narrowed(instance, {one.doctor for one in near.assignments}, moves), near, moved(near, moves)),
    }
    found: tuple[list[Finding], list[Finding]] = [], []
    for rule in rules:
        if rule.code in OF_DUTIES:
            said = _cover(instance, rule, roster, moves)
        elif rule.strength.kind == "soft":
            continue
        else:
            reach = "own" if rule.code in OWN else "near" if rule.code in TOGETHER else "all"
            if reach not in seen:  # a whole roster, only for the rules that want one
                seen[reach] = instance, roster, moved(roster, moves)
            where, before, after = seen[reach]
            said = [tuple(rule.audit(where, one)) for one in (before, after)]
        for all_found, some in zip(found, said, strict=True):
            all_found.extend(some)
    return Confirmation(*_compared(*found), {})


OF_DUTIES = frozenset({"coverage", "staffing"})
"""Rules that count the doctors of each duty: soft, and yet too many is an error."""

OWN = frozenset(
    {
        "volunteers-only", "eligible", "availability", "newcomer-ramp", "no-overlap", "min-rest", "rest-after-night",
        "max-stretch", "spacing", "declared-maximum", "max-per-window", "max-per-period", "max-weekends",
        "consecutive-weekends", "weekend-split", "one-feast",
    }
)  # fmt: skip
"""Rules that look at the duties of one doctor at a time."""

TOGETHER = frozenset({"weekend-block", "pairs-apart", "pairs-together", "same-practice"})
"""Rules that look at who is on duty on a day and its neighbours."""

NEAR_DAYS = 8
"""How far before a move the past of everyone stays in view: a weekend and its week [days]."""


def _cover(instance: Instance, rule: Rule, roster: Roster, moves: Moves) -> list[tuple[Finding, ...]]:
    """Return what cover finds before and after on the duties moved alone."""
    duties = {move.duty for move in moves}
    few = instance.changed(duties=tuple(instance.duty_by_id[duty] for duty in sorted(duties)), demands=())
    held = Roster(assignments=tuple(one for one in roster.assignments if one.duty in duties))
    return [tuple(rule.audit(few, one)) for one in (held, moved(held, moves))]


def _narrowed(instance: Instance, doctors: set[str], moves: Moves | None) -> Instance:
    """Return the instance with the past of some doctors, and of everyone just before the moves; all else is the same."""
    dates = [instance.duty_by_id[move.duty].date for move in moves or ()]
    first = min(dates, default=date.max) - timedelta(days=NEAR_DAYS)
    past = tuple(one for one in instance.history if one.doctor in doctors or one.end.date() >= first)
    narrow = instance.changed(history=past)
    narrow.worked_out.update({name: known for name, known in instance.worked_out.items() if name.startswith("full ")})
    for table in ("availability_of", "duty_by_id", "doctor_by_id", "line_by_id", "site_by_id", "group_of_line"):
        narrow.__dict__[table] = getattr(instance, table)
    return narrow


def _around(instance: Instance, roster: Roster, moves: Moves) -> Roster:
    doctors = {move.doctor for move in moves}
    days = {instance.duty_by_id[move.duty].date + timedelta(days=shift) for move in moves for shift in (-1, 0, 1)}
    of_day = instance.once("duties of each day", lambda: _duties_by_day(instance))
    duties = {duty for day in days for duty in of_day.get(day, ())}
    kept = [one for one in roster.assignments if one.doctor in doctors or one.duty in duties]
    return Roster(assignments=tuple(kept), dues=roster.dues)


def _duties_by_day(instance: Instance) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for duty in instance.duties:
        found.setdefault(duty.date, []).append(duty.id)
    return found


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
