"""`solve`: the roster of a folder, from nothing, from a corrected workbook, or one sector at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rosterplan.cli.check import Without
from rosterplan.cli.computation import Computed, Effort, Task, computed, files_of
from rosterplan.cli.decisions import let_go, outliving, words_of_outliving
from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.folders import Opened, Plannable, holidays_of, located, plannable, rates_of, shown
from rosterplan.cli.opening import outdated_words
from rosterplan.cli.options import Common, seconds, whole_number
from rosterplan.cli.outputs import write_together
from rosterplan.cli.problems import problem_words
from rosterplan.cli.rosters import refuse_roster, roster_of
from rosterplan.cli.verdict import code_of, finding_lines, verdict_words
from rosterplan.cli.voice import answer, complain, conclude, tell
from rosterplan.domain.asked import asked, unit_of
from rosterplan.domain.file_names import ANSWERS_FOLDER, ROSTER_FILE
from rosterplan.messages import say
from rosterplan.messages.counted import filled_of, to_fill
from rosterplan.messages.words import listed, plural

if TYPE_CHECKING:
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.result import Stage
    from rosterplan.model.build import Kept
    from rosterplan.rules.base import Rule

CONTRADICTIONS_SCHEMA = 1

PROVED_STAGES = ("coverage", "fairness", "blend")
"""Stages told in the terminal; the workbook and the report of the calculation tell all."""

SCALED_STAGES: tuple[Stage, ...] = ("fairness", "blend")
"""Stages whose figure is no count of duties: what it measures, and that less is better, is said once."""

EffortUnits = Annotated[Any, typer.Option("--effort", parser=whole_number(1), metavar="N", help="option.effort")]
TimeLimit = Annotated[
    Any, typer.Option("--time-limit", parser=seconds, metavar="metavar.seconds", help="option.time_limit")
]
Workers = Annotated[Any, typer.Option("--workers", parser=whole_number(1), metavar="N", help="option.workers")]
Progress = Annotated[bool, typer.Option("--progress", help="option.progress")]
From = Annotated[Path | None, typer.Option("--from", metavar="metavar.file", help="option.from")]
SignedBy = Annotated[str, typer.Option("--signed-by", metavar="metavar.name", help="option.signed_by")]
Complete = Annotated[bool, typer.Option("--complete", help="option.complete")]
Folders = Annotated[list[Path], typer.Argument(metavar="metavar.folders", help="argument.folders", show_default=False)]
StopFile = Annotated[Path | None, typer.Option("--stop-file", metavar="metavar.file", help="option.stop_file")]
Jobs = Annotated[Any, typer.Option("--jobs", parser=whole_number(1), metavar="N", help="option.jobs")]
Cluster = Annotated[str | None, typer.Option("--cluster", metavar="metavar.address", help="option.cluster")]
Only = Annotated[list[str], typer.Option("--only", metavar="metavar.sector", help="option.only")]


def solve(
    common: Common,
    folders: Folders = [],  # noqa: B006
    effort: EffortUnits = 1,
    time_limit: TimeLimit = None,
    workers: Workers = None,
    from_: From = None,
    signed_by: SignedBy = "",
    complete: Complete = False,
    only: Only = [],  # noqa: B006 (typer's way to say « none »)
    sans: Without = [],  # noqa: B006
    progress: Progress = False,
    stop_file: StopFile = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
) -> int:
    """Compute one folder, or many side by side."""
    if len(folders) < 2 and cluster is None:
        folder = folders[0] if folders else None
        return solve_one(
            common, folder, effort, time_limit, workers, from_, signed_by, complete, only, sans, progress, stop_file
        )
    from rosterplan.cli.many import Side, solve_many

    alone = {"--from": from_, "--signed-by": signed_by, "--complete": complete, "--only": only, "--sans": sans,
             "--progress": progress, "--stop-file": stop_file if cluster is not None else None}  # fmt: skip
    if refused := [name for name, given in alone.items() if given]:
        raise Refused(
            say(fr=f"{listed(refused)} : pour un seul dossier à la fois.", en=f"{listed(refused)}: for one folder at a time.")
        )  # fmt: skip
    jobs = min(jobs or processors(), max(len(folders), 1))
    each = workers or max(1, processors() // jobs)
    options = _options_of_each(effort, each, time_limit, stop_file)
    return solve_many(common, folders or [located(None)], Side(jobs, cluster, options))


def _options_of_each(effort: int, workers: int, time_limit: float | None, stop_file: Path | None) -> tuple[str, ...]:
    """Return what each of many folders is told beside its name."""
    options = ["--effort", str(effort), "--workers", str(workers)]
    if time_limit:
        options += ["--time-limit", str(time_limit)]
    if stop_file:
        options += ["--stop-file", str(stop_file.resolve())]
    return tuple(options)


def solve_one(
    common: Common,
    folder: Path | None,
    effort: int = 1,
    time_limit: float | None = None,
    workers: int | None = None,
    from_: Path | None = None,
    signed_by: str = "",
    complete: bool = False,
    only: Sequence[str] = (),
    sans: Sequence[str] = (),
    progress: bool = False,
    stop_file: Path | None = None,
) -> int:
    """Compute, audit, write; what a person decided stays, and is said where it breaks a rule."""
    plan = plannable(common, folder, sans)
    decided = corrected(common, plan, from_, complete=complete, signed_by=signed_by)
    task = Task(
        decided, plan.rules, _kept(common, plan, decided, from_, only, complete=complete), sources_of(plan.opened),
        _set_aside_of(plan.opened), holidays_of(plan.opened), rates_of(plan.opened),
    )  # fmt: skip
    _refuse_contradictions(common, decided, plan.rules)
    _tell_begin(common, decided)
    if outdated := outdated_words(plan.opened, plan.instance):
        tell(common, outdated)
    if not (from_ or only) and (freed := let_go(plan, decided)):
        complain(freed)
    more = outliving(common, plan, decided, from_)
    how = Effort(
        common.seed, effort, workers or processors(), time_limit, progress, common.quiet or common.json, stop_file
    )
    return _finish(common, plan, computed(task, how), more)


def _finish(common: Common, plan: Plannable, done: Computed, more: Mapping[str, bytes]) -> int:
    """Write the files of a computation, and ``more``; say what it found. A roster its audit contradicts is our fault (101)."""
    code = code_of(done.audit) if done.agrees else Exit.BUG
    tell(common, say(fr="Écriture du classeur…", en="Writing the workbook…"))
    paths = write_together(plan.out, {**files_of(done, code), **more})
    if common.json:
        roster = json.loads((plan.out / ROSTER_FILE).read_bytes())
        answer({**roster, "paths": {path.name: str(path) for path in paths}})
    _tell_result(common, plan, done, paths[0])
    for words in words_of_outliving(plan, more):
        tell(common, words)
    return code


def corrected(common: Common, plan: Plannable, tableau: Path | None, *, complete: bool, signed_by: str) -> Instance:
    """Return the instance with the cells a person changed or locked in ``tableau``."""
    from rosterplan.sheets.tableau.corrections import with_corrections
    from rosterplan.sheets.tableau.read import read_tableau

    if tableau is None:
        if complete:
            raise Refused(
                say(
                    fr="--complete demande --from : le tableau à compléter.",
                    en="--complete needs --from: the roster to complete.",
                )
            )
        return plan.instance
    if not tableau.is_file():
        raise Refused(say(fr=f"Le fichier {tableau} n’existe pas.", en=f"There is no file {tableau}."))
    read = read_tableau(tableau, plan.instance, signed_by=signed_by)
    if any(problem.severity == "erreur" for problem in read.problems):
        raise refuse_roster(tableau, read.problems)
    for problem in read.problems:
        complain(problem_words(problem))
    tell(common, f"{tableau.name}{say(fr=' :', en=':')} {_kept_words(len(read.changed), complete=complete)}")
    locks = with_corrections(plan.instance.locks, read.completing() if complete else read.locks, read.freed)
    return plan.instance.changed(locks=locks)


def _kept_words(changed: int, *, complete: bool) -> str:
    """« 2 cases changées à la main, gardées telles quelles. Les autres peuvent changer… »."""
    cells = plural(changed, say(fr="case changée à la main, gardée telle quelle", en="cell changed by hand, kept as it is"),
                   say(fr="cases changées à la main, gardées telles quelles", en="cells changed by hand, kept as they are"))  # fmt: skip
    if complete:
        return say(
            fr=f"{cells}. Seules les cases vides seront remplies.", en=f"{cells}. Only empty cells will be filled."
        )
    return say(fr=f"{cells}. Les autres peuvent changer ; pour ne remplir que les vides : --complete.",
               en=f"{cells}. Others may change; to fill empty ones alone: --complete.")  # fmt: skip


def _refuse_contradictions(common: Common, instance: Instance, rules: Sequence[Rule]) -> None:
    """Refuse imposed assignments that hard rows forbid together, each explained (exit 4); a shortage is never one."""
    from rosterplan.explain.contradictions import contradictions

    found = contradictions(instance, rules)
    if not found:
        return
    if common.json:
        answer({"schema": CONTRADICTIONS_SCHEMA, "contradictions": [one.model_dump(mode="json") for one in found]})
    after = say(fr="Rien n’a été calculé : aucun tableau ne peut respecter tout cela à la fois.",
                en="Nothing was computed: no roster can keep all of this at once.")  # fmt: skip
    raise Refused("\n".join([*(f"– {one.text}" for one in found), "", after]), Exit.CONTRADICTION)


def _kept(
    common: Common, plan: Plannable, decided: Instance, tableau: Path | None, only: Sequence[str], *, complete: bool
) -> Kept | None:
    """Return what stays as the last roster (or ``--from``) has it: lines of other sectors, and all that is held for `--complete`."""
    from rosterplan.model.build import Kept

    if not only and not complete:
        return None
    sectors = {_sector(decided, typed) for typed in only}
    lines = frozenset(line.id for line in decided.lines)
    named = frozenset(line.id for line in decided.lines if line.sector in sectors) if only else lines
    base = roster_of(decided, plan.out, None if tableau is None else str(tableau), seed=common.seed)
    return Kept(lines, base.roster, filled=named) if complete else Kept(lines - named, base.roster)


def _sector(instance: Instance, typed: str) -> str:
    """Return the id of the sector named, by id or by name."""
    for sector in instance.sectors:
        if typed.casefold() in (sector.id.casefold(), sector.name.casefold()):
            return sector.id
    known = listed([f"{sector.name} ({sector.id})" for sector in instance.sectors], most=12)
    raise Refused(
        say(fr=f"Pas de secteur « {typed} ». Secteurs : {known}.", en=f"No sector “{typed}”. Sectors: {known}.")
    )


def sources_of(opened: Opened) -> Mapping[str, str]:
    """Return the hash of each file read; a form bears the id of its doctor, other answers their kind: never a name."""
    answers = opened.reading.answers
    named: dict[str, str] = {}
    for number, file in enumerate(answers.files if answers else (), 1):
        doctors = {given.doctor for given in file.answers}
        label = next(iter(doctors)) if file.kind == "doctor" and len(doctors) == 1 else f"{file.kind}-{number}"
        named[f"{ANSWERS_FOLDER}/{label}" if label not in named else f"{ANSWERS_FOLDER}/{label}-{number}"] = file.sha256
    others = {one.name: one.sha256 for one in opened.reading.sources if not one.name.startswith(f"{ANSWERS_FOLDER}/")}
    return {**others, **named}


def _set_aside_of(opened: Opened) -> tuple[str, ...]:
    """Return the hash of each file set aside with ``--sans``: names of files are names of people."""
    answers = opened.reading.answers
    files = answers.set_aside_files if answers else ()
    return tuple(sha256((opened.path / ANSWERS_FOLDER / name).read_bytes()).hexdigest() for name in files)


def processors() -> int:
    """Return how many processors this program may use."""
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available is not None else os.cpu_count() or 1


def _tell_begin(common: Common, instance: Instance) -> None:
    duties = to_fill(asked(instance), unit_of(instance))
    doctors = plural(len(instance.doctors), say(fr="médecin", en="doctor"))
    tell(common, say(fr=f"Calcul de {instance.id} : {duties}, {doctors}. S’arrête seul ; Ctrl-C garde le meilleur tableau.",
                     en=f"Computing {instance.id}: {duties}, {doctors}. Stops by itself; Ctrl-C keeps the best roster."))  # fmt: skip


def _tell_result(common: Common, plan: Plannable, done: Computed, workbook: Path) -> None:
    """Holes and broken rules, how much is filled, what is proved of each stage, and where the workbook is."""
    from rosterplan.report.claim_words import claim_sentence
    from rosterplan.report.indicators import coverage
    from rosterplan.report.proof_words import agreement_sentence, scale_words, stage_words
    from rosterplan.report.too_few import too_few

    facts = done.facts
    whole = coverage(facts)
    unit = unit_of(facts.instance)
    tell(common)
    for line in finding_lines(done.audit, {rule.code: rule.title for rule in plan.rules}):
        tell(common, line)
    for text in too_few(facts):
        tell(common, f"  – {text}")
    tell(common, f"{filled_of(whole.filled, whole.needed, unit)}.")
    conclude(common, verdict_words(done.audit, unit), good=code_of(done.audit) is Exit.DONE)
    tell(common)
    tell(common, claim_sentence(facts))
    for words in stage_words(facts):
        if words.stage.name in PROVED_STAGES:
            tell(common, say(fr=f"  {words.name} : {words.verdict}", en=f"  {words.name}: {words.verdict}"))
    if any(done.audit.value(name) for name in SCALED_STAGES):
        tell(common, f"  {scale_words()}")
    if done.agrees:
        tell(common, agreement_sentence(facts))
    else:
        complain(agreement_sentence(facts))
    tell(common)
    tell(common, say(fr=f"Le classeur à ouvrir : {shown(workbook)}", en=f"The workbook to open: {shown(workbook)}"))
