"""Three ways to make a roster of one folder, side by side: by turns, greedily, and by `solve`; judged by one audit."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.report import Figure
from benchmarks.round_robin import round_robin
from benchmarks.watching import Run, rosterplan, run
from rosterplan.audit import audit
from rosterplan.domain.fairness import figures, full_dues, with_dues
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.report.roster_json import read_roster_document, read_roster_json
from rosterplan.rules.base import Rule
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import read_folder

SEED = 1
SCALE = 10_000

ROUND_ROBIN, GREEDY, POLISHED, SOLVE = "round robin", "greedy", "greedy, polished", "solve"
METHODS = (ROUND_ROBIN, GREEDY, POLISHED, SOLVE)

FAIRNESS = (
    "F", "outside [⌊T⌋, ⌈T⌉]", "outside [⌊T*⌋, ⌈T*⌉]", "largest |Δ|/w", "mean |Δ|", "largest spread", "mean spread", "Jain",
)  # fmt: skip
"""Fairness figures of the audit; lower is better, but for Jain's index."""


@dataclass(frozen=True)
class Solved:
    """What `solve` did on a folder, as a person sees it."""

    run: Run
    first_seconds: float
    computed_seconds: float
    status: str
    coverage: tuple[int, int | None]
    fairness: tuple[int, int, int | None]  # value, best, bound
    roster: Roster


def contest(folder: Path, time_limit_seconds: float) -> tuple[list[Figure], Solved]:
    """Every figure of every method on a folder."""
    began = time.perf_counter()
    instance = read_folder(folder).instance
    if instance is None:
        raise SystemExit(f"{folder}: has errors")
    rules = rule_book(instance)
    name, found = folder.name, [Figure(folder.name, "", "reading", time.perf_counter() - began, "s")]
    solved = solved_by_command(folder, time_limit_seconds)
    rosters = {**_in_process(instance, rules), SOLVE: (solved.roster, solved.computed_seconds)}
    for method in METHODS:
        roster, seconds = rosters[method]
        found.append(Figure(name, method, "time", seconds, "s"))
        found += _judged(name, method, instance, rules, roster)
    return found + _of_solve(name, solved), solved


def _in_process(instance: Instance, rules: Sequence[Rule]) -> dict[str, tuple[Roster, float]]:
    """Round robin, greedy, and greedy with its moves, each with the seconds from instance to roster."""
    from rosterplan.model.build import canvas_of
    from rosterplan.model.greedy import greedy, polished
    from rosterplan.model.solve import POLISHING_PASSES, roster_of_held

    clock = time.perf_counter()
    by_turns = round_robin(instance, rules)
    turns_seconds = time.perf_counter() - clock
    clock = time.perf_counter()
    canvas = canvas_of(instance, rules, dues=full_dues(instance, SEED))
    program = canvas.program()
    held = greedy(program)
    greedy_seconds = time.perf_counter() - clock
    moved = polished(program, held, passes=POLISHING_PASSES)
    return {
        ROUND_ROBIN: (by_turns, turns_seconds),
        GREEDY: (_without_dues(roster_of_held(canvas, program, held)), greedy_seconds),
        POLISHED: (_without_dues(roster_of_held(canvas, program, moved)), time.perf_counter() - clock),
    }


def _without_dues(roster: Roster) -> Roster:
    """The assignments alone: each roster is judged by the dues of the positions it holds."""
    return Roster(assignments=roster.assignments)


def _judged(name: str, method: str, instance: Instance, rules: Sequence[Rule], roster: Roster) -> list[Figure]:
    """Coverage, broken rules, the value of each stage and every fairness figure of a roster."""
    roster = with_dues(instance, roster, SEED)
    report, even = audit(instance, rules, roster), figures(instance, roster)
    positions = sum(duty.need_min for duty in instance.duties)
    covered = sum(min(duty.need_min, len(roster.doctors_of.get(duty.id, ()))) for duty in instance.duties)
    broken = [one for one in report.findings if one.severity == "erreur"]
    spreads = [one.spread for one in even.spreads]
    values: dict[str, tuple[float | int | str, str]] = {
        "covered": (covered, "positions"), "positions": (positions, "positions"),
        "hard rules broken": (len(broken), "findings"),
        "F": (even.cost, "squared duties"), "outside [⌊T⌋, ⌈T⌉]": (100 * even.outside_due, "%"),
        "outside [⌊T*⌋, ⌈T*⌉]": (100 * even.outside_target, "%"), "largest |Δ|/w": (even.largest_deviation, "duties"),
        "mean |Δ|": (even.mean_deviation, "duties"), "largest spread": (max(spreads, default=0.0), "duties"),
        "mean spread": (sum(spreads) / len(spreads) if spreads else 0.0, "duties"), "Jain": (even.jain, ""),
    }  # fmt: skip
    values |= {f"stage {one.name}": (one.value, "units") for one in report.stages}
    for band in sorted({one.band for one in even.spreads}):
        of_band = [one.spread for one in even.spreads if one.band == band]
        values[f"mean spread, {band}"] = (sum(of_band) / len(of_band), "duties")
    return [Figure(name, method, measure, value, unit) for measure, (value, unit) in values.items()]


def _of_solve(name: str, solved: Solved) -> list[Figure]:
    value, best, bound = solved.fairness
    coverage, coverage_bound = solved.coverage
    values: dict[str, tuple[float | int | str, str]] = {
        "first complete roster": (solved.first_seconds, "s"), "whole command": (solved.run.seconds, "s"),
        "processor": (solved.run.processor_seconds, "s"), "peak memory": (solved.run.peak_bytes / 1e6, "MB"),
        "status": (solved.status, ""), "exit code": (solved.run.code, ""),
        "coverage": (coverage, "missing × priority"),
        "coverage, bound": ("none" if coverage_bound is None else coverage_bound, "missing × priority"),
        "F of this roster, by its tables": (value / SCALE, "squared duties"), "F̂": (best / SCALE, "squared duties"),
        "F̂, bound": ("none" if bound is None else bound / SCALE, "squared duties"),
    }  # fmt: skip
    return [Figure(name, SOLVE, measure, found, unit) for measure, (found, unit) in values.items()]


def solved_by_command(folder: Path, time_limit_seconds: float) -> Solved:
    """`rosterplan solve FOLDER` at effort 1, from the start of the command."""
    with tempfile.TemporaryDirectory() as out:
        done = run(rosterplan(
            "solve", str(folder), "--out", out, "--time-limit", str(time_limit_seconds), "--seed", str(SEED), "--quiet"
        ))  # fmt: skip
        if done.code not in (0, 1):
            raise SystemExit(f"{folder.name}: exit {done.code}\n{done.errors}")
        journal = [json.loads(line) for line in (Path(out) / "journal.jsonl").read_text("utf-8").splitlines()]
        content = (Path(out) / "roster.json").read_bytes()
    first = next(event for event in journal if event["event"] == "improved")
    last = [event for event in journal if event["event"] == "finished"][-1]
    document = read_roster_document(content)
    coverage = next(stage for stage in document.stages if stage.name == "coverage")
    fairness = next(stage for stage in document.stages if stage.name == "fairness")
    return Solved(
        run=done,
        first_seconds=(datetime.fromisoformat(first["at"]) - done.started).total_seconds(),
        computed_seconds=(datetime.fromisoformat(last["at"]) - done.started).total_seconds(),
        status=document.status,
        coverage=(coverage.value, coverage.bound),
        fairness=(fairness.value, fairness.value if fairness.best is None else fairness.best, fairness.bound),
        roster=read_roster_json(content),
    )
