"""A changed roster taken: recorded in the ledger where one is published, written as the last roster otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rosterplan.cli.folders import Plannable, holidays_of, rates_of
from rosterplan.cli.ledgers import refusing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rosterplan.cli.options import Common
    from rosterplan.cli.standing import Standing
    from rosterplan.domain.roster import Assignment, Roster
    from rosterplan.domain.versions import Change


def roster_files_of(common: Common, plan: Plannable, standing: Standing, roster: Roster) -> dict[str, bytes]:
    """Return the files of a roster that was changed: its values are those of the audit, no bound is claimed."""
    from rosterplan.audit import audit
    from rosterplan.cli.computation import versions
    from rosterplan.cli.kept import with_kept
    from rosterplan.domain.result import STAGES, Result, StageResult
    from rosterplan.report.facts import Facts
    from rosterplan.report.outputs import roster_files
    from rosterplan.sheets.instance_json import input_sha256

    report = audit(standing.instance, plan.rules, roster)
    stages = tuple(StageResult(name=name, value=report.value(name)) for name in STAGES)
    result = Result(status="feasible", seed=common.seed, effort=1, stages=stages)
    facts = Facts(
        instance=standing.instance, rules=plan.rules, roster=roster, result=result, audit=report,
        input_sha256=input_sha256(plan.instance), known_holidays=holidays_of(plan.opened), rates=rates_of(plan.opened),
    )  # fmt: skip
    return roster_files(with_kept(facts), versions=versions())


def taken_into_ledger(
    common: Common, plan: Plannable, standing: Standing, roster: Roster, *, who: str, why: str
) -> tuple[Change, ...]:
    """Record how ``roster`` lists duties otherwise than the roster in force; return the changes with their numbers."""
    from rosterplan.ledger import record_changes

    changes = tuple(_changes(standing.roster, roster, who, why, moment(common)))
    if not changes:
        return ()
    with refusing():
        return record_changes(standing.ledger, plan.out, plan.instance.id, changes)


def moment(common: Common) -> datetime:
    """The instant of a decision: the clock's time, on the day of ``--today``."""
    now = datetime.now(UTC).replace(microsecond=0)
    return now.replace(year=common.today.year, month=common.today.month, day=common.today.day)


def _changes(before: Roster, after: Roster, who: str, why: str, when: datetime) -> Iterator[Change]:
    """Yield a `modification` per position listed otherwise; who leaves is paired with who comes, in order."""
    from rosterplan.domain.versions import Change, responsible

    old, new = _listed(before), _listed(after)
    for duty in sorted(old.keys() | new.keys()):
        stay = {one.doctor for one in old.get(duty, ())} & {one.doctor for one in new.get(duty, ())}
        gone = [responsible(one) for one in old.get(duty, ()) if one.doctor not in stay]
        come = [one.doctor for one in new.get(duty, ()) if one.doctor not in stay]
        for place in range(max(len(gone), len(come))):
            yield Change(
                kind="modification", duty=duty, titular=gone[place] if place < len(gone) else None,
                doctor=come[place] if place < len(come) else None, who=who, when=when, why=why,
            )  # fmt: skip


def _listed(roster: Roster) -> dict[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = {}
    for one in sorted(roster.assignments, key=lambda one: (one.duty, one.doctor)):
        found.setdefault(one.duty, []).append(one)
    return found
