"""What the roster leaves short: duties and demands below their need, with their priority and whether it is proven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rosterplan.domain.findings import AuditReport
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Demand, Duty
from rosterplan.rules.needs import present


@dataclass(frozen=True)
class Hole:
    """A duty or a demand short of its need by ``missing`` doctors.

    ``proven``: no roster as well covered fills this very one. ``one_of``: where that is not proven, the number of doctors
    of its priority that every roster lacks in all, if as many are missing here; which duties lack them is then a choice.
    """

    of: Duty | Demand
    missing: int
    priority: int
    proven: bool
    one_of: int = 0

    @property
    def duty(self) -> Duty | None:
        """The duty, None for a demand."""
        return self.of if isinstance(self.of, Duty) else None


def holes_of(instance: Instance, roster: Roster, result: Result, audit: AuditReport) -> tuple[Hole, ...]:
    """Holes sorted by start, line and id; the priority is the audit's cost of one missing doctor, 1 where it has none."""
    priority = _priorities(audit)
    proven = frozenset(result.proven_holes)
    least = proven_totals(result)
    short: list[tuple[Duty | Demand, int]] = [*_short_duties(instance, roster), *_short_demands(instance, roster)]
    found = []
    for of, missing in short:
        grave, alone = priority.get(of.id, 1), of.id in proven
        found.append(Hole(of, missing, grave, alone, 0 if alone else least.get(grave, 0)))
    return tuple(sorted(found, key=lambda hole: (hole.of.start_minute, hole.of.line, hole.of.id)))


def proven_totals(result: Result) -> dict[int, int]:
    """Per priority, how many doctors are missing where no roster lacks fewer: those of the gravest levels, all proven."""
    least: dict[int, int] = {}
    coverage = next((stage for stage in result.stages if stage.name == "coverage"), None)
    for level in sorted(coverage.levels if coverage else (), key=lambda one: -one.priority):
        if not level.proven:
            break
        least[level.priority] = level.missing
    return least


def stretches(holes: tuple[Hole, ...]) -> tuple[Hole, ...]:
    """Holes as people read them: parts of a need one after the other that lack as much are one, from first to last."""
    shown: list[Hole] = []
    last: dict[tuple[str, int, int, bool], int] = {}
    for hole in holes:
        key = (hole.of.line, hole.missing, hole.priority, hole.proven)
        place = last.get(key)
        before = shown[place].of if place is not None else None
        if place is not None and isinstance(before, Demand) and _goes_on(before, hole.of):
            shown[place] = replace(shown[place], of=before.model_copy(update={"end": hole.of.end}))
            continue
        last[key] = len(shown)
        shown.append(hole)
    return tuple(shown)


def duties_for(instance: Instance, roster: Roster, hole: Hole) -> tuple[Duty, ...]:
    """The duty a hole is, or for a need those that would meet it: the shift with room that covers most, or every slot."""
    need = hole.of
    if isinstance(need, Duty):
        return (need,)
    held = roster.doctors_of
    counted = instance.lines_for[need.line]
    room = [
        duty for duty in instance.duties
        if duty.line in counted and len(held.get(duty.id, ())) < duty.need_max
        and duty.start_minute < need.end_minute and duty.end_minute > need.start_minute
    ]  # fmt: skip
    if need.in_all:
        return tuple(duty for duty in room if need.met_by(duty))
    covers = {
        duty.id: min(duty.end_minute, need.end_minute) - max(duty.start_minute, need.start_minute) for duty in room
    }
    return tuple(sorted(room, key=lambda duty: (-covers[duty.id], duty.line != need.line, duty.minutes, duty.id))[:1])


def _goes_on(before: Demand, of: Duty | Demand) -> bool:
    """True for a need at each moment that begins where the one before ends."""
    return isinstance(of, Demand) and not of.in_all and before.end_minute == of.start_minute


def _priorities(audit: AuditReport) -> dict[str, int]:
    """Cost of one missing doctor per duty or demand id, as the audit charged it to coverage."""
    costs: dict[str, int] = {}
    for finding in audit.findings:
        if finding.stage == "coverage" and finding.duties and finding.amount > 0:
            costs |= dict.fromkeys(finding.duties, round(finding.cost / finding.amount))
    return costs


def _short_duties(instance: Instance, roster: Roster) -> Iterator[tuple[Duty, int]]:
    for duty in instance.duties:
        missing = duty.need_min - len(roster.doctors_of.get(duty.id, ()))
        if missing > 0:
            yield duty, missing


def _short_demands(instance: Instance, roster: Roster) -> Iterator[tuple[Demand, int]]:
    """Parts of a demand and the doctors missing there."""
    for demand, there in present(instance, roster):
        if there < demand.need:
            yield demand, demand.need - there
