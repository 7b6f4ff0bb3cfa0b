"""A whole country on this machine: `python -m benchmarks country [--departments N] [--jobs N] [--full N]`.

Every department gets its first roster, the bound of its cover and an audit; some, drawn by seed, are computed to full
effort; what a full effort everywhere would take is extrapolated from those, and called so.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.counting import counts_of
from benchmarks.generate import departments_of, generate
from benchmarks.report import Figure, table, write
from benchmarks.watching import machine
from rosterplan.audit import audit
from rosterplan.domain.fairness import full_dues
from rosterplan.domain.instance import Instance
from rosterplan.rules.book import rule_book

DEPARTMENTS, FULL = 100, 5
MACHINES = (1, 2, 5, 10, 25, 50, 100)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write `benchmarks/results/country.md` and `.csv` (elsewhere with --to)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks country", description=__doc__)
    parser.add_argument("--departments", type=int, default=DEPARTMENTS)
    parser.add_argument("--jobs", type=int, default=2, help="departments at a time")
    parser.add_argument("--full", type=int, default=FULL, help="departments drawn by seed for a full effort")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--time-limit", type=float, default=None, help="a brake on each full effort [s]; said where it bites"
    )
    parser.add_argument("--to", type=Path, default=Path("benchmarks/results"))
    asked = parser.parse_args(arguments)
    about, began = machine(), time.perf_counter()
    rows = list(_first_of_all(asked.departments, asked.seed, asked.jobs))
    wall = time.perf_counter() - began
    drawn = np.random.default_rng(asked.seed).choice(len(rows), size=min(asked.full, len(rows)), replace=False)
    full = [_full_effort(asked, int(number)) for number in sorted(drawn.tolist())]
    about["load when it ended"] = machine()["load when it began"]
    found = list(_figures(rows, full, wall))
    text = markdown(about, asked, rows, full, wall)
    print(text)
    write(asked.to, "country", text, [*found, *(Figure("", "", name, value) for name, value in about.items())])


def _first_of_all(departments: int, seed: int, jobs: int) -> Iterator[dict[str, Any]]:
    """Yield the row of each department, in order, planned ``jobs`` at a time in processes of their own."""
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=10) as pool:
        for number, row in enumerate(
            pool.map(first_roster, ((departments, seed, one) for one in range(departments))), 1
        ):
            print(f"{number}/{departments} {json.dumps(row)}", file=sys.stderr, flush=True)
            yield row


def _drawn(departments: int, seed: int, number: int) -> Instance:
    """The department of this number."""
    return generate(departments_of(seed, departments)[number], seed)


def first_roster(which: tuple[int, int, int]) -> dict[str, Any]:
    """First roster, bound of its cover and audit of one department: what each took [s], and what was found."""
    from rosterplan.model.build import canvas_of
    from rosterplan.model.coverage_bound import coverage_bound
    from rosterplan.model.greedy import greedy, polished
    from rosterplan.model.solve import POLISHING_PASSES, roster_of_held
    from rosterplan.model.tasks import missing_of

    instance = _drawn(*which)
    rules, counts = rule_book(instance), counts_of(instance)
    clock = [time.perf_counter()]
    canvas = canvas_of(instance, rules, dues=full_dues(instance, which[1]))
    program = canvas.program()
    clock.append(time.perf_counter())
    held = polished(program, greedy(program), passes=POLISHING_PASSES)
    clock.append(time.perf_counter())
    missing = missing_of(program, program.values(held))
    lacking = int(missing.sum())
    bound = sum(least for _, least in coverage_bound(program, missing).levels) if lacking else 0
    clock.append(time.perf_counter())
    report = audit(instance, rules, roster_of_held(canvas, program, held))
    clock.append(time.perf_counter())
    took = dict(zip(("canvas", "first roster", "bound", "audit"), np.diff(clock).round(3).tolist(), strict=True))
    return {
        "name": instance.id, "sectors": counts.sectors, "doctors": counts.doctors, "positions": counts.positions,
        "pairs": counts.pairs, "missing": lacking, "missing, bound": bound, "clean": report.clean, **took,
        "seconds": round(clock[-1] - clock[0], 3),
        "memory": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def _full_effort(asked: argparse.Namespace, number: int) -> dict[str, Any]:
    """One department by `solve` at effort 1, on all processors."""
    from rosterplan.model.solve import solve

    instance = _drawn(asked.departments, asked.seed, number)
    rules = rule_book(instance)
    began, used = time.perf_counter(), _processor_seconds()
    roster, result = solve(instance, rules, seed=asked.seed, workers=asked.jobs, time_limit_seconds=asked.time_limit)
    seconds = time.perf_counter() - began
    fairness, report = result.stage("fairness"), audit(instance, rules, roster)
    best = fairness.value if fairness.best is None else fairness.best
    row = {
        "name": instance.id, "positions": sum(duty.need_min for duty in instance.duties), "seconds": round(seconds, 1),
        "processor": round(_processor_seconds() - used, 1), "status": result.status, "clean": report.clean,
        "missing": report.value("coverage"), "F": best / 1e4,
        "F, bound": None if fairness.bound is None else fairness.bound / 1e4,
    }  # fmt: skip
    print(json.dumps(row), file=sys.stderr, flush=True)
    return row


def _processor_seconds() -> float:
    """Processor time of this process and of those it started and saw end [s]."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _figures(rows: Sequence[dict[str, Any]], full: Sequence[dict[str, Any]], wall: float) -> Iterator[Figure]:
    for method, many in (("first", rows), ("full effort", full)):
        for row in many:
            yield from (
                Figure(row["name"], method, measure, "none" if value is None else value)
                for measure, value in row.items() if measure != "name"
            )  # fmt: skip
    yield Figure("country", "first", "wall", wall, "s")


def growth(rows: Sequence[dict[str, Any]], measure: str) -> tuple[float, float]:
    """Return (seconds at 1,000 positions, exponent) of the line through log seconds against log positions."""
    size = np.log([row["positions"] / 1000 for row in rows])
    if len({row["positions"] for row in rows}) < 2:
        return float(statistics.median(row[measure] for row in rows)), 1.0
    exponent, constant = np.polyfit(size, np.log([max(row[measure], 1e-3) for row in rows]), 1)
    return float(np.exp(constant)), float(exponent)


def extrapolated(rows: Sequence[dict[str, Any]], full: Sequence[dict[str, Any]]) -> float:
    """Return the seconds a full effort on every department would take one after the other, from those measured."""
    per_position = sum(row["seconds"] for row in full) / sum(row["positions"] for row in full)
    return per_position * sum(row["positions"] for row in rows)


def markdown(about: dict[str, str], asked: argparse.Namespace, rows: Sequence[dict[str, Any]],
             full: Sequence[dict[str, Any]], wall: float) -> str:  # fmt: skip
    """The results for people."""
    total = {
        name: sum(row[name] for row in rows)
        for name in ("sectors", "doctors", "positions", "missing", "missing, bound")
    }
    spent = {name: sum(row[name] for row in rows) for name in ("canvas", "first roster", "bound", "audit", "seconds")}
    unclean = [row["name"] for row in rows if not row["clean"]]
    constant, exponent = growth(rows, "seconds")
    parts = [
        "# A country",
        f"Made by `python -m benchmarks country --departments {asked.departments} --jobs {asked.jobs}`. "
        + " · ".join(f"{name} {value}" for name, value in about.items()) + ".",
        f"{len(rows)} departments, {total['sectors']} sectors, {total['doctors']} volunteers, {total['positions']} positions "
        f"(shared doctors counted once per department).",
        "## First roster, bound of cover and audit of all: measured",
        f"Wall time {wall / 60:.1f} min on {asked.jobs} processes (asked: 30 min on 2 cores). Positions missing {total['missing']}, "
        f"proved minimum {total['missing, bound']}. Audits clean: {len(rows) - len(unclean)} of {len(rows)}"
        + (f" (not: {', '.join(unclean)})." if unclean else "."),
        table(["canvas", "first roster", "bound", "audit", "seconds"], ("all [s]", "median [s]", "largest [s]"), {
            key: value for name in spent for key, value in (
                ((name, "all [s]"), f"{spent[name]:.1f}"),
                ((name, "median [s]"), f"{statistics.median(row[name] for row in rows):.2f}"),
                ((name, "largest [s]"), f"{max(row[name] for row in rows):.2f}"))}),
        f"Cost against size: {constant:.2f} s at 1,000 positions, exponent {exponent:.2f}. Memory of a process: "
        f"{statistics.median(row['memory'] for row in rows):.0f} MB median, {max(row['memory'] for row in rows)} MB at most.",
    ]  # fmt: skip
    if full:
        columns = [name for name in full[0] if name != "name"]
        cells = {(row["name"], name): str(row[name]) for row in full for name in columns}
        alone, braked = extrapolated(rows, full), any(row["status"] == "stopped" for row in full)
        parts += [
            f"## Full effort on {len(full)} drawn by seed {asked.seed}: measured",
            table([row["name"] for row in full], columns, cells),
            "## Full effort on all: **extrapolated** from these, not measured",
            ("**Some were stopped by the brake: what follows is a lower end.** " if braked else "")
            + f"In proportion to positions: {alone / 3600:.1f} h on one machine like this one, one department after the other.",
            table([str(many) for many in MACHINES], ("wall time, extrapolated",), {
                (str(many), "wall time, extrapolated"): f"{_shared_out(rows, full, many) / 60:.0f} min" for many in MACHINES
            }, corner="machines"),
            "Departments are independent: whole departments are dealt to machines, the largest first; sending folders and "
            "starting workers are left out.",
        ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _shared_out(rows: Sequence[dict[str, Any]], full: Sequence[dict[str, Any]], machines: int) -> float:
    """Seconds until the last machine ends when each next largest department goes to the one that is free first."""
    per_position = sum(row["seconds"] for row in full) / sum(row["positions"] for row in full)
    busy = [0.0] * machines
    for positions in sorted((row["positions"] for row in rows), reverse=True):
        busy[busy.index(min(busy))] += per_position * positions
    return max(busy)


if __name__ == "__main__":
    main()
