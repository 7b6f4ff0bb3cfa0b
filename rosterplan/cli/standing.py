"""The roster that stands: the one asked for, else the published one with its changes, else the last one computed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterplan.cli.folders import Plannable, shown
from rosterplan.cli.ledgers import ledger_path, refusing
from rosterplan.cli.rosters import roster_of
from rosterplan.messages import say

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.roster import Roster
    from rosterplan.domain.versions import InForce


@dataclass(frozen=True)
class Standing:
    """A roster and the instance it is looked at with; ``published`` where it is the one in force; ``called`` in words."""

    instance: Instance
    roster: Roster
    called: str
    ledger: Path
    published: InForce | None = None


def standing_of(common: Common, plan: Plannable, asked: str | None, ledger: Path | None) -> Standing:
    """Return the roster to work on; today's files say who may what, the ledger who holds what."""
    path = ledger_path(plan.opened.path, ledger)
    with refusing():
        now = None if asked is not None else in_force_of(plan, path)
    if now is not None and _known(plan.instance, now.roster):
        label = say(
            fr=f"le tableau publié, version {now.version.number}",
            en=f"the published roster, version {now.version.number}",
        )
        if now.changes:
            label += say(fr=" avec les changements notés depuis", en=" with the changes recorded since")
        return Standing(plan.instance, now.roster, label, path, now)
    found = roster_of(plan.instance, plan.out, asked, seed=common.seed)
    return Standing(found.instance, found.roster, shown(found.path), path)


def in_force_of(plan: Plannable, path: Path) -> InForce | None:
    """Return the published roster in force of a folder; None while nothing is published."""
    from rosterplan.ledger import roster_in_force

    return roster_in_force(path, plan.out, plan.instance.id)


def refuse_closed(ledger: Path, plan: str) -> None:
    """Refuse at once what would change a roster whose quarter is closed."""
    from rosterplan.ledger import refuse_change_of_closed

    with refusing():
        refuse_change_of_closed(ledger, plan)


def _known(instance: Instance, roster: Roster) -> bool:
    """True if today's files know every doctor and duty of the roster; else the files are looked at, and refuse it in words."""
    return all(one.duty in instance.duty_by_id and one.doctor in instance.doctor_by_id for one in roster.assignments)
