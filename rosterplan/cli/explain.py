"""`explain`: why a duty is not filled and what would fill it, what costs cover, what a doctor holds and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterplan.cli.audit import RosterFile
from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import plannable, shown
from rosterplan.cli.naming import duty_named
from rosterplan.cli.options import Common, Folder
from rosterplan.cli.outputs import write_together
from rosterplan.cli.problems import problem_words
from rosterplan.cli.rosters import roster_of
from rosterplan.cli.voice import answer, complain, tell
from rosterplan.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from rosterplan.report.explications.page import Page
    from rosterplan.report.facts import Facts
    from rosterplan.rules.base import Rule

EXPLAIN_SCHEMA = 1

HoleAsked = Annotated[str | None, typer.Option("--hole", metavar="metavar.duty_or_all", help="option.hole")]


@dataclass
class Told:
    """What the topics asked for add up to: pages of the workbook, lines of the screen, the JSON, files, the exit code."""

    pages: list[Page] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    payload: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    code: Exit = Exit.DONE


def explain(common: Common, folder: Folder = None, hole: HoleAsked = None, roster: RosterFile = None) -> int:
    """Answer each topic asked for on screen, in explications.xlsx and, with --json, on stdout."""
    plan = plannable(common, folder)
    found = roster_of(plan.instance, plan.out, roster, seed=common.seed)
    for remark in found.remarks:
        complain(problem_words(remark))
    facts = _facts(common, found.instance, plan.rules, found.roster, found.path)
    told = Told()
    if hole is not None:
        _tell_holes(told, facts, hole)
    return _conclude(common, plan.out, facts, told)


def _facts(common: Common, instance: Any, rules: tuple[Rule, ...], roster: Any, path: Path) -> Facts:
    """Return the roster as reports look at it, with the proofs its file carries."""
    from rosterplan.audit import audit
    from rosterplan.domain.result import Result
    from rosterplan.report.facts import Facts
    from rosterplan.report.roster_json import read_roster_document

    proven: tuple[str, ...] = ()
    if path.suffix.casefold() == ".json":
        proven = tuple(one.duty for one in read_roster_document(path.read_bytes()).holes if one.proven)
    result = Result(status="feasible", seed=common.seed, effort=1, stages=(), proven_holes=proven)
    return Facts(instance, rules, roster, result, audit(instance, rules, roster), input_sha256="0" * 64)


def _tell_holes(told: Told, facts: Facts, asked: str) -> None:
    from rosterplan.explain.holes import explained_holes, short_duties
    from rosterplan.report.explications.holes import hole_lines, hole_pages

    short = short_duties(facts.instance, facts.audit)
    every = asked.strip().casefold() in ("all", "tout", "toutes", "tous")
    only = None if every else {_hole_named(facts, asked, short)}
    holes = explained_holes(
        facts.instance, facts.rules, facts.roster, report=facts.audit, only=only, proven=facts.result.proven_holes
    )
    told.payload["holes"] = [hole.model_dump(mode="json") for hole in holes]
    if not holes:
        told.lines.append(say(fr="Toutes les gardes sont pourvues.", en="Every duty is filled."))
        return
    told.lines += hole_lines(facts, holes, whole=len(holes) == 1)
    told.pages += hole_pages(facts, holes)
    told.code = Exit.HOLES


def _hole_named(facts: Facts, asked: str, short: Iterable[str]) -> str:
    """Return the hole typed; a duty that has its doctors is refused with their names."""
    holes = tuple(short)
    duty = duty_named(facts.instance, asked, held=holes)
    if duty not in holes:
        held = ", ".join(facts.name_of[doctor] for doctor in facts.roster.doctors_of.get(duty, ()))
        raise Refused(
            say(fr=f"Cette garde n’est pas vacante{f' : {held} la tient' if held else ''}. Pour savoir qui pourrait la prendre : --duty {duty}",
                en=f"This duty is not vacant{f': {held} holds it' if held else ''}. To know who could take it: --duty {duty}")
        )  # fmt: skip
    return duty


def _conclude(common: Common, out: Path, facts: Facts, told: Told) -> int:
    """Write the files, then say everything."""
    from rosterplan.report.explications.page import explanations_xlsx
    from rosterplan.report.trade import period_word

    if told.pages:
        title = f"{say(fr='Explications', en='Explanations')} – {facts.instance.id}"
        told.files[say(fr="explications.xlsx", en="explanations.xlsx")] = explanations_xlsx(
            title, period_word(facts.instance.period), told.pages
        )
    paths = write_together(out, told.files) if told.files else ()
    if common.json:
        answer({"schema": EXPLAIN_SCHEMA, **told.payload, "paths": [str(path) for path in paths]})
        return told.code
    for line in told.lines:
        tell(common, line)
    for path in paths:
        tell(common, say(fr=f"Écrit : {shown(path)}", en=f"Written: {shown(path)}"))
    return told.code
