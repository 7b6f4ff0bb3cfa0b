"""`audit`: any roster checked rule by rule, ours or corrected by hand, without a solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rosterplan.cli.against_published import beside_published
from rosterplan.cli.exits import Exit
from rosterplan.cli.folders import plannable
from rosterplan.cli.ledgers import LedgerFile
from rosterplan.cli.looked_at import looked_at
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.problems import problem_words
from rosterplan.cli.rosters import Found
from rosterplan.cli.verdict import code_of, finding_lines, verdict_words
from rosterplan.cli.voice import answer, complain, conclude, tell
from rosterplan.domain.asked import unit_of
from rosterplan.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rosterplan.domain.findings import AuditReport
    from rosterplan.rules.base import Rule

AuditedRoster = Annotated[str | None, typer.Option("--roster", metavar="metavar.file", help="option.audit_roster")]

AUDIT_SCHEMA = 1


def audit(common: Common, folder: Folder = None, roster: AuditedRoster = None, ledger: LedgerFile = None) -> int:
    """Tell every broken rule and every cost of a roster, and how it differs from the published one; exit 1 where something is missing or broken."""
    from rosterplan.audit import audit as audited

    plan = plannable(common, folder)
    looked = looked_at(common, plan, roster, ledger)
    beside = beside_published(common, plan, looked) if common.json or not looked.in_force else None
    found = looked.found if beside is None else beside.found
    report = audited(found.instance, looked.rules, found.roster)
    if common.json:
        compared = {} if beside is None else {"published": {**beside.document(), "in_force": looked.in_force}}
        answer({"schema": AUDIT_SCHEMA, **report.model_dump(mode="json"), **compared})
        return code_of(report)
    for remark in found.remarks:
        complain(problem_words(remark))
    tell(
        common,
        say(
            fr=f"Contrôle {'du' if looked.in_force else 'de'} {looked.called}, règle par règle.",
            en=f"Check of {looked.called}, rule by rule.",
        ),
    )
    if looked.note:
        tell(common, looked.note)
    _tell_changed(common, found)
    for line in finding_lines(report, {rule.code: rule.title for rule in looked.rules}):
        tell(common, line)
    _tell_stages(common, report, looked.rules)
    if beside is not None:
        beside.tell(common)
    conclude(common, verdict_words(report, unit_of(found.instance)), good=code_of(report) is Exit.DONE)
    return code_of(report)


def _tell_changed(common: Common, found: Found) -> None:
    """A word where the files have changed since the roster was made: the check is of today's files."""
    from rosterplan.sheets.instance_json import input_sha256

    if found.input_sha256 and found.path.suffix == ".json" and found.input_sha256 != input_sha256(found.instance):
        tell(common, say(fr="Les fichiers du dossier ne sont plus ceux de ce tableau ; il est contrôlé avec ceux d’aujourd’hui.",
                         en="The files of the folder are no longer those of this roster; it is checked with today’s."))  # fmt: skip


def _tell_stages(common: Common, report: AuditReport, rules: Sequence[Rule]) -> None:
    from rosterplan.cli.reached import told
    from rosterplan.report.proof_words import scale_words, squared, stage_name

    tell(common)
    for stage in report.stages:
        if not told(stage.name, rules):
            continue
        value = squared(stage.value) if stage.name == "fairness" else str(stage.value)
        tell(common, say(fr=f"{stage_name(stage.name)} : {value}", en=f"{stage_name(stage.name)}: {value}"))
    if report.value("fairness") or report.value("blend"):
        tell(common, scale_words())
