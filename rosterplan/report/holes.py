"""What the roster leaves short: duties and demands below their need, with their priority and whether it is proven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rosterplan.domain.findings import AuditReport
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Demand, Duty


@dataclass(frozen=True)
class Hole:
    """A duty or a demand short of its need by ``missing`` doctors."""

    of: Duty | Demand
    missing: int
    priority: int
    proven: bool

    @property
    def duty(self) -> Duty | None:
        """The duty, None for a demand."""
        return self.of if isinstance(self.of, Duty) else None


def holes_of(instance: Instance, roster: Roster, result: Result, audit: AuditReport) -> tuple[Hole, ...]:
    """Holes sorted by start, line and id; the priority is the audit's cost of one missing doctor, 1 where it has none."""
    priority = _priorities(audit)
    proven = frozenset(result.proven_holes)
    short: list[tuple[Duty | Demand, int]] = [*_short_duties(instance, roster), *_short_demands(instance, roster)]
    found = [Hole(of, missing, priority.get(of.id, 1), of.id in proven) for of, missing in short]
    return tuple(sorted(found, key=lambda hole: (hole.of.start_minute, hole.of.line, hole.of.id)))


def _priorities(audit: AuditReport) -> dict[str, int]:
    """Cost of one missing doctor per duty or demand id, as the audit charged it to coverage."""
    costs: dict[str, int] = {}
    for finding in audit.findings:
        if finding.stage == "coverage" and finding.duties and finding.amount > 0:
            costs[finding.duties[0]] = round(finding.cost / finding.amount)
    return costs


def _short_duties(instance: Instance, roster: Roster) -> Iterator[tuple[Duty, int]]:
    for duty in instance.duties:
        missing = duty.need_min - len(roster.doctors_of.get(duty.id, ()))
        if missing > 0:
            yield duty, missing


def _short_demands(instance: Instance, roster: Roster) -> Iterator[tuple[Demand, int]]:
    """Demands and the most doctors missing at any moment of them."""
    held: dict[str, list[tuple[int, int]]] = {}
    for duty_id, doctors in roster.doctors_of.items():
        duty = instance.duty_by_id[duty_id]
        held.setdefault(duty.line, []).extend([(duty.start_minute, duty.end_minute)] * len(doctors))
    for demand in instance.demands:
        missing = demand.need - _least_present(demand, held.get(demand.line, []))
        if missing > 0:
            yield demand, missing


def _least_present(demand: Demand, held: list[tuple[int, int]]) -> int:
    """The fewest doctors present at one moment of the demand; the number changes only where a duty starts or ends."""
    inside = [(start, end) for start, end in held if start < demand.end_minute and end > demand.start_minute]
    moments = {demand.start_minute, *(end for _, end in inside if end < demand.end_minute)}
    return min(sum(start <= moment < end for start, end in inside) for moment in moments)
