"""Contestants side by side in one run, same instances, same judge, same processors: `python -m benchmarks peers [--quick]`."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.counting import compared, counts_of
from benchmarks.peers.contestants import CONTESTANTS, INSTANT, UNIT
from benchmarks.peers.problem import Problem, problem_of
from benchmarks.report import Figure, table, write
from benchmarks.watching import machine, run
from rosterplan.audit import audit
from rosterplan.domain.fairness import figures
from rosterplan.domain.roster import Assignment, Roster

SECONDS = {"small": 20.0, "medium": 60.0, "large": 120.0, "region": 300.0, "ght": 60.0, "tight": 60.0}
QUICK_SECONDS = {"small": 6.0, "medium": 12.0}
USUAL = ("small", "medium", "large")
SEEDS, QUICK_SEEDS = 3, 1
ROWS = ("blended cost", "bound of its own", "covered", "hard rules broken", "mean |Δ|", "seconds", "peak memory")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run every contestant on every size and seed; write `benchmarks/results/peers.md` and `.csv` (not with --quick)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks peers", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small and medium, one seed, seconds: under five minutes")
    parser.add_argument("--sizes", nargs="*", choices=list(SECONDS), default=None)
    parser.add_argument("--seeds", type=int, default=None)
    parser.add_argument("--only", nargs="*", choices=list(CONTESTANTS), default=None, help="these contestants alone")
    parser.add_argument("--times", type=float, default=1.0, help="every time limit times this")
    parser.add_argument("--to", type=Path, default=None)
    asked = parser.parse_args(arguments)
    limits = QUICK_SECONDS if asked.quick else SECONDS
    sizes = asked.sizes or (tuple(QUICK_SECONDS) if asked.quick else USUAL)
    seeds = range(1, 1 + (asked.seeds or (QUICK_SEEDS if asked.quick else SEEDS)))
    about, found = machine(), []
    for size in sizes:
        for seed in seeds:
            problem = problem_of(size, seed)
            found += _sizes(size, seed, problem)
            for name in asked.only or CONTESTANTS:
                found += measured(problem, name, size, seed, limits.get(size, SECONDS[size]) * asked.times)
    about["load when it ended"] = machine()["load when it began"]
    text = markdown(about, sizes, list(seeds), found)
    print(text)
    folder = asked.to or (None if asked.quick else Path("benchmarks/results"))
    if folder is not None:
        write(folder, "peers", text, [*found, *(Figure("", "", name, value) for name, value in about.items())])


def measured(problem: Problem, name: str, size: str, seed: int, seconds: float) -> list[Figure]:
    """One contestant as figures, told on the way."""
    where, answer = f"{size} {seed}", answered(problem, name, size, seed, seconds)
    if "found" not in answer:
        kind, why = next(iter(answer.items()))
        print(f"{where} {name}: {kind}: {why}", file=sys.stderr, flush=True)
        return [Figure(where, name, kind, why)]
    found = answer["found"]
    limit = "" if name in INSTANT else f" of {seconds:.0f}"
    print(f"{where} {name}: {found['blended cost']:.0f} in {found['seconds']:.1f}{limit} s {found['remark']}",
          file=sys.stderr, flush=True)  # fmt: skip
    return [Figure(where, name, measure, "none" if value is None else value, UNITS.get(measure, "")) for measure, value in found.items()]  # fmt: skip


UNITS = {
    "blended cost": "units", "bound of its own": "units", "covered": "%", "missing": "positions", "seconds": "s",
    "hard rules broken": "findings", "mean |Δ|": "duties", "largest |Δ|/w": "duties", "peak memory": "MB",
}  # fmt: skip


def answered(problem: Problem, name: str, size: str, seed: int, seconds: float) -> dict[str, Any]:
    """One contestant in a process of its own, judged here by the audit: ``found``, or why it was ``skipped`` or ``failed``."""
    command = [sys.executable, "-m", "benchmarks.peers.run", name, size, str(seed), str(seconds)]
    done = run(command)
    if done.code:
        return {"failed": (done.errors.strip().splitlines() or ["?"])[-1][:200]}
    answer: dict[str, Any] = json.loads(done.output.splitlines()[-1])
    if "absent" in answer:
        return {"skipped": answer["absent"]}
    roster = Roster(
        assignments=tuple(Assignment(duty=duty, doctor=doctor) for duty, doctor in answer["assignments"]),
        dues=problem.dues,
    )
    return {"found": {
        **_judged(problem, roster), "seconds": answer["seconds"], "peak memory": done.peak_bytes / 1e6,
        "bound of its own": answer["bound"], "remark": answer["note"],
    }}  # fmt: skip


def _judged(problem: Problem, roster: Roster) -> dict[str, Any]:
    """What the independent check says of a roster."""
    report, even = audit(problem.instance, problem.rules, roster), figures(problem.instance, roster)
    positions = sum(duty.need_min for duty in problem.instance.duties)
    missing = sum(max(0, duty.need_min - len(roster.doctors_of.get(duty.id, ()))) for duty in problem.instance.duties)
    return {
        "blended cost": report.value("blend") / UNIT,
        "covered": 100 * (positions - missing) / positions,
        "missing": missing,
        "hard rules broken": sum(one.severity == "erreur" for one in report.findings),
        "mean |Δ|": even.mean_deviation,
        "largest |Δ|/w": even.largest_deviation,
    }


def _sizes(size: str, seed: int, problem: Problem) -> list[Figure]:
    """What the instance holds, and whether it is within 5 % of the reference table."""
    return [
        Figure(f"{size} {seed}", "instance", column, f"{ours} ({theirs}{'' if near else ', NOT within 5 %'})")
        for column, ours, theirs, near in compared(size, counts_of(problem.instance))
    ]


def markdown(about: dict[str, str], sizes: Sequence[str], seeds: Sequence[int], found: Sequence[Figure]) -> str:
    """The results for people: medians over the seeds."""
    parts = [
        "# Peers: the same instances, the same judge, the same processors",
        "Made by `python -m benchmarks peers`. " + " · ".join(f"{name} {value}" for name, value in about.items()) + ".",
        f"Medians over seeds {', '.join(map(str, seeds))}. Blended cost: 20,000 per hole, 40 per duty to avoid, 20 per missed "
        "wish, 15 per window of 5 days with one duty too many, 10 × dev² / weight of fairness; re-derived by `rosterplan.audit` "
        "for every contestant under the same dues. Every limit counts from the instance in memory to the roster. Wall-clock "
        "times grow with the load of the machine; comparisons hold within a run.",
    ]  # fmt: skip
    for size in sizes:
        columns = [name for name in CONTESTANTS if any(one.method == name for one in found)]
        cells: dict[tuple[str, str], str] = {}
        for name in columns:
            for row in ROWS:
                cells[row, name] = _median(found, size, name, row)
            cells["against ours", name] = _ratio(found, size, name)
            why = {str(one.value) for one in found if one.method == name and one.measure in ("skipped", "failed")
                   and one.instance.startswith(f"{size} ")}  # fmt: skip
            if why:
                cells["blended cost", name] = "; ".join(sorted(why))
        holds = "; ".join(
            f"{one.measure} {one.value}"
            for one in found
            if one.instance == f"{size} {seeds[0]}" and one.method == "instance"
        )
        parts += [f"## {size}", f"Seed {seeds[0]} (reference table): {holds}.",
                  table(columns, ("blended cost", "against ours", *ROWS[1:]), {(name, row): cell for (row, name), cell in cells.items()})]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _values(found: Sequence[Figure], size: str, name: str, measure: str) -> list[float]:
    return [
        float(one.value)
        for one in found
        if one.instance.startswith(f"{size} ") and one.method == name and one.measure == measure and one.value != "none"
    ]


def _median(found: Sequence[Figure], size: str, name: str, measure: str) -> str:
    values = _values(found, size, name, measure)
    if not values:
        return "–"
    middle = statistics.median(values)
    return {"covered": f"{middle:.2f} %", "seconds": f"{middle:.1f} s", "peak memory": f"{middle:.0f} MB",
            "mean |Δ|": f"{middle:.2f}"}.get(measure, f"{middle:,.0f}")  # fmt: skip


def _ratio(found: Sequence[Figure], size: str, name: str) -> str:
    """Its blended cost over ours, as the median of the ratios seed by seed."""
    ratios = [
        theirs / our
        for our, theirs in zip(
            _values(found, size, "rosterplan", "blended cost"), _values(found, size, name, "blended cost"), strict=False
        )
        if our > 0
    ]
    return f"× {statistics.median(ratios):.2f}" if ratios else "–"


if __name__ == "__main__":
    main()
