"""`explain`: why a duty is not filled and what would fill it, what costs cover, what a doctor holds and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rosterplan.cli.audit import AuditedRoster
from rosterplan.cli.exits import Refused
from rosterplan.cli.folders import plannable, shown
from rosterplan.cli.ledgers import LedgerFile
from rosterplan.cli.looked_at import LookedAt, looked_at
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.outputs import write_together
from rosterplan.cli.problems import problem_words
from rosterplan.cli.topics import Told, tell_cover, tell_doctor, tell_duty, tell_holes
from rosterplan.cli.voice import answer, complain, tell
from rosterplan.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from rosterplan.report.facts import Facts

EXPLAIN_SCHEMA = 1

CoverAsked = Annotated[bool, typer.Option("--cover", help="option.cover")]
DoctorAsked = Annotated[str | None, typer.Option("--doctor", metavar="metavar.doctor", help="option.explain_doctor")]
ComparedTo = Annotated[str | None, typer.Option("--compare-to", metavar="metavar.doctor", help="option.compare_to")]
LetterAsked = Annotated[bool, typer.Option("--lettre", "--letter", help="option.lettre")]
DutyAsked = Annotated[str | None, typer.Option("--duty", metavar="metavar.duty", help="option.explain_duty")]
HoleAsked = Annotated[str | None, typer.Option("--hole", metavar="metavar.duty_or_all", help="option.hole")]


def explain(
    common: Common,
    folder: Folder = None,
    hole: HoleAsked = None,
    cover: CoverAsked = False,
    doctor: DoctorAsked = None,
    compare_to: ComparedTo = None,
    lettre: LetterAsked = False,
    duty: DutyAsked = None,
    roster: AuditedRoster = None,
    ledger: LedgerFile = None,
) -> int:
    """Answer each topic asked for on screen, in a workbook each and, with --json, on stdout; all holes by default."""
    if doctor is None and (compare_to is not None or lettre):
        raise Refused(
            say(fr="--lettre et --compare-to vont avec --doctor.", en="--lettre and --compare-to go with --doctor.")
        )
    plan = plannable(common, folder)
    looked = looked_at(common, plan, roster, ledger)
    for remark in looked.found.remarks:
        complain(problem_words(remark))
    if looked.in_force or looked.note:
        tell(common, _about(looked))
    facts = _facts(common, looked)
    told = Told()
    if hole is not None or (doctor is None and duty is None and not cover):
        tell_holes(told, facts, hole or "all")
    if cover:
        tell_cover(told, facts)
    if doctor is not None:
        tell_doctor(told, facts, doctor, compare_to, letter_of=common.today if lettre else None)
    if duty is not None:
        tell_duty(told, facts, duty)
    return _conclude(common, plan.out, facts, told)


def _about(looked: LookedAt) -> str:
    """Say which roster is explained where there are two: the published one with its changes, or one computed since."""
    said = say(fr=f"À propos du {looked.called}.", en=f"About {looked.called}.") if looked.in_force else ""
    return " ".join(part for part in (said, looked.note) if part)


def _facts(common: Common, looked: LookedAt) -> Facts:
    """Return the roster as reports look at it, with the proofs its file carries if it was made from this very input.

    Of these only holes no roster can fill are told: a change recorded since takes nothing from that.
    """
    from rosterplan.audit import audit
    from rosterplan.domain.result import Result
    from rosterplan.report.facts import Facts
    from rosterplan.report.roster_json import read_roster_document, result_of_document
    from rosterplan.sheets.instance_json import input_sha256

    found, rules = looked.found, looked.rules
    instance, sha256 = found.instance, found.input_sha256
    result = Result(status="feasible", seed=common.seed, effort=1, stages=())
    if found.path.suffix.casefold() == ".json" and sha256 == input_sha256(instance):
        result = result_of_document(read_roster_document(found.path.read_bytes()))
    report = audit(instance, rules, found.roster)
    return Facts(instance, rules, found.roster, result, report, input_sha256=sha256)


def _conclude(common: Common, out: Path, facts: Facts, told: Told) -> int:
    """Write the files, then say everything."""
    from rosterplan.report.explications.page import explanations_xlsx
    from rosterplan.report.trade import period_word

    title = f"{say(fr='Explications', en='Explanations')} – {facts.instance.id}"
    for name, pages in told.books.items():
        told.files[name] = explanations_xlsx(title, period_word(facts.instance.period), pages)
    paths = write_together(out, told.files) if told.files else ()
    if common.json:
        answer({"schema": EXPLAIN_SCHEMA, **told.payload, "paths": [str(path) for path in paths]})
        return told.code
    for line in told.lines:
        tell(common, line)
    for path in paths:
        tell(common, say(fr=f"Écrit : {shown(path)}", en=f"Written: {shown(path)}"))
    return told.code
