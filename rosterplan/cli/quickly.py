"""The roster in force within a second: from the ledger alone where the files have not changed since the last version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterplan.cli.folders import default_out, located, plannable
from rosterplan.cli.ledgers import ledger_path, refusing
from rosterplan.cli.standing import standing_of
from rosterplan.domain.file_names import ANSWERS_FOLDER, CORRECTIONS_FILE, PLAN_FILE

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.roster import Roster
    from rosterplan.rules.base import Rule


@dataclass(frozen=True)
class Now:
    """What stands today: who holds what, who may what, and where to record a change."""

    instance: Instance
    rules: tuple[Rule, ...]
    roster: Roster
    out: Path
    ledger: Path
    called: str
    published: bool


def now_of(common: Common, folder: Path | None, asked: str | None, ledger: Path | None) -> Now:
    """Return what stands: of the ledger where nothing has changed since it was published, else of today’s files."""
    path = located(folder)
    quick = None if asked is not None else _of_ledger(common, path, ledger)
    if quick is not None:
        return quick
    plan = plannable(common, path)
    standing = standing_of(common, plan, asked, ledger)
    return Now(
        standing.instance, plan.rules, standing.roster, plan.out, standing.ledger, standing.called,
        standing.published is not None,
    )  # fmt: skip


def _of_ledger(common: Common, path: Path, asked: Path | None) -> Now | None:
    """Return the roster in force if no input is newer than the last version; None where the files must be read."""
    from rosterplan.ledger import roster_in_force
    from rosterplan.rules.book import rule_book

    out = common.out or default_out(path, None)
    manifests = sorted(out.glob("versions/*/version.json"))
    if not manifests or not path.is_dir() or _newest(path) >= manifests[-1].stat().st_mtime:
        return None
    try:
        plan = str(json.loads(manifests[-1].read_bytes())["plan"])
    except (ValueError, KeyError, TypeError):
        return None
    where = ledger_path(path, asked)
    with refusing():
        now = roster_in_force(where, out, plan)
    if now is None:
        return None
    return Now(now.instance, rule_book(now.instance), now.roster, out, where, f"v{now.version.number}", published=True)


def _newest(folder: Path) -> float:
    """Return when the last input was saved."""
    answers = folder / ANSWERS_FOLDER
    files = [folder / PLAN_FILE, folder / CORRECTIONS_FILE, *(answers.iterdir() if answers.is_dir() else ())]
    return max((file.stat().st_mtime for file in files if file.is_file()), default=float("inf"))
