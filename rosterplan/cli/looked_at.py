"""Which roster a check looks at, named in words: the one asked for, the published one in force, or one made since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterplan.cli.exits import Refused
from rosterplan.cli.folders import Plannable, shown
from rosterplan.cli.ledgers import ledger_path, refusing
from rosterplan.cli.rosters import Found, last_roster, roster_of
from rosterplan.cli.standing import in_force_of
from rosterplan.messages import say
from rosterplan.messages.words import plural, unaccented

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.domain.instance import Lock
    from rosterplan.domain.versions import InForce
    from rosterplan.rules.base import Rule

IN_FORCE = frozenset({"en-vigueur", "en vigueur", "publie", "in-force", "in force", "published"})
"""What one types after --roster for the published roster with the changes recorded since."""


@dataclass(frozen=True)
class LookedAt:
    """The roster a check looks at and the rules it is checked by; ``now`` is the published one, ``in_force`` if it is this."""

    found: Found
    rules: tuple[Rule, ...]
    called: str
    now: InForce | None = None
    in_force: bool = False
    note: str = ""
    """What the reader must know of the roster chosen; empty where nothing is published, or that one is looked at."""


def looked_at(common: Common, plan: Plannable, asked: str | None, ledger: Path | None) -> LookedAt:
    """Return the roster asked for; by default the last one, in force with its changes once it is published."""
    with refusing():
        now = in_force_of(plan, ledger_path(plan.opened.path, ledger))
    if asked is not None and unaccented(asked) in IN_FORCE:
        if now is None:
            raise Refused(say(fr="Rien n’est encore publié : il n’y a pas de tableau en vigueur (rosterplan publish).",
                              en="Nothing is published yet: there is no roster in force (rosterplan publish)."))  # fmt: skip
        return _in_force(plan, now)
    if asked is None and now is not None and last_roster(plan.out) is None:
        return _in_force(plan, now)
    found = roster_of(plan.instance, plan.out, asked, seed=common.seed)
    if asked is None and now is not None and _published(found, now):
        return _in_force(plan, now)
    return LookedAt(found, plan.rules, shown(found.path), now, note=_since(now) if asked is None else "")


def _published(found: Found, now: InForce) -> bool:
    """True if the last roster written is the published one: what changed since was recorded, not computed."""
    from rosterplan.domain.versions import same_holders

    return same_holders(found.roster, now.published) or same_holders(found.roster, now.roster)


def _in_force(plan: Plannable, now: InForce) -> LookedAt:
    """Return the published roster with its changes, by today’s files where they know all of it, else by its own."""
    from rosterplan.domain.file_names import ROSTER_FILE
    from rosterplan.report.publication.edition import state_word
    from rosterplan.rules.book import rule_book

    version = now.version
    state = state_word(version.state, version.rank, now.instance.kinds)
    called = say(fr=f"tableau publié en vigueur (version {version.number}, {state}", en=f"the published roster in force (version {version.number}, {state}")  # fmt: skip
    if now.changes:
        called += ", " + plural(len(now.changes), say(fr="changement noté depuis", en="change recorded since"),
                                say(fr="changements notés depuis", en="changes recorded since"))  # fmt: skip
    known = plan.instance.duty_by_id, plan.instance.doctor_by_id
    today = all(one.duty in known[0] and one.doctor in known[1] for one in now.roster.assignments)
    instance = plan.instance.changed(locks=_locks(plan, now)) if today else now.instance
    note = "" if today else say(fr="Les fichiers du dossier ne connaissent plus tous ses médecins et ses gardes : il est lu avec ceux de sa publication.",
                                en="The files of the folder no longer know all its doctors and duties: it is read with those of its publication.")  # fmt: skip
    path = plan.out / "versions" / f"{version.number:03}" / ROSTER_FILE
    found = Found(path, instance, now.roster, input_sha256=version.input_sha256)
    return LookedAt(found, plan.rules if today else rule_book(instance), f"{called})", now, in_force=True, note=note)


def _locks(plan: Plannable, now: InForce) -> tuple[Lock, ...]:
    """Return the cells decided by hand when it was published, and those decided since."""
    return (*now.instance.locks, *(lock for lock in plan.instance.locks if lock not in now.instance.locks))


def _since(now: InForce | None) -> str:
    """Say that the last roster is not the published one, and how to check that one."""
    if now is None:
        return ""
    return say(fr=f"Ce tableau n’est pas celui qui est publié (version {now.version.number}). Pour regarder celui-ci : --roster en-vigueur",
               en=f"This roster is not the published one (version {now.version.number}). To look at that one: --roster in-force")  # fmt: skip
