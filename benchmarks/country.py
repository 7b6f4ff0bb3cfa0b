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
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
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
    rows = list(first_of_all(asked.departments, asked.seed, asked.jobs, range(asked.departments)))
    wall = time.perf_counter() - began
    full = [
        full_effort(asked.departments, asked.seed, number, asked.jobs, asked.time_limit)
        for number in drawn(asked.departments, asked.full, asked.seed)
    ]
    about["load when it ended"] = machine()["load when it began"]
    found = list(_figures(rows, full, wall))
    made_by = f"python -m benchmarks country --departments {asked.departments} --jobs {asked.jobs}"
    told = " · ".join(f"{name} {value}" for name, value in about.items())
    text = markdown([f"Made by `{made_by}`. {told}."], rows, full, wall, asked.jobs)
    print(text)
    write(asked.to, "country", text, [*found, *(Figure("", "", name, value) for name, value in about.items())])


def first_of_all(departments: int, seed: int, jobs: int, numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Yield the row of each department asked for, in order, planned ``jobs`` at a time in processes of their own.

    Closed early, it waits for those begun and starts no other.
    """
    wanted = list(numbers)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=10) as pool:
        waiting = deque[Future[dict[str, Any]]]()
        try:
            for place, number in enumerate(wanted, 1):
                waiting.append(pool.submit(first_roster, (departments, seed, number)))
                while len(waiting) > jobs or (waiting and place == len(wanted)):
                    row = waiting.popleft().result()
                    print(json.dumps(row), file=sys.stderr, flush=True)
                    yield row
        finally:
            pool.shutdown(cancel_futures=True)


def drawn(departments: int, many: int, seed: int = 1) -> list[int]:
    """Return the numbers of the departments that are computed to full effort."""
    chosen = np.random.default_rng(seed).choice(departments, size=min(many, departments), replace=False)
    return sorted(int(number) for number in chosen)


def _department(departments: int, seed: int, number: int) -> Instance:
    """The department of this number."""
    return generate(departments_of(seed, departments)[number], seed)


def first_roster(which: tuple[int, int, int]) -> dict[str, Any]:
    """First complete roster, bound of its cover and audit of one department (departments, seed, number).

    The roster is what `solve` has once it goes on to fairness: greedy, polished, its holes filled unit by unit.
    Returns what each step took [s], and what was found.
    """
    from rosterplan.model.build import canvas_of
    from rosterplan.model.coverage_bound import coverage_bound
    from rosterplan.model.crew import crew_of
    from rosterplan.model.greedy import greedy, polished
    from rosterplan.model.rounds import Incumbent
    from rosterplan.model.search import Limits, Search
    from rosterplan.model.solve import POLISHING_PASSES, roster_of_held
    from rosterplan.model.tasks import missing_of

    departments, seed, number = which
    instance = _department(departments, seed, number)
    rules, counts = rule_book(instance), counts_of(instance)
    clock = [time.perf_counter()]
    canvas = canvas_of(instance, rules, dues=full_dues(instance, seed))
    program = canvas.program()
    clock.append(time.perf_counter())
    incumbent = Incumbent(program, polished(program, greedy(program), passes=POLISHING_PASSES))
    with crew_of(0) as crew:
        limits = Limits(seed, 1, lambda: False)
        Search(canvas, program, crew, limits, lambda _progress: None, incumbent).fill_holes()
    clock.append(time.perf_counter())
    missing = missing_of(program, incumbent.column)
    lacking = int(missing.sum())
    bound = sum(least for _, least in coverage_bound(program, missing, examine=False).levels) if lacking else 0
    clock.append(time.perf_counter())
    report = audit(instance, rules, roster_of_held(canvas, program, incumbent.held))
    clock.append(time.perf_counter())
    took = dict(zip(("canvas", "first roster", "bound", "audit"), np.diff(clock).round(3).tolist(), strict=True))
    return {
        "name": instance.id, "sectors": counts.sectors, "doctors": counts.doctors, "positions": counts.positions,
        "pairs": counts.pairs, "missing": lacking, "missing, bound": bound, "clean": report.clean, **took,
        "seconds": round(clock[-1] - clock[0], 3),
        "memory": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def full_effort(
    departments: int, seed: int, number: int, workers: int, time_limit_seconds: float | None = None
) -> dict[str, Any]:
    """One department by `solve` at effort 1, on all processors."""
    from rosterplan.model.solve import solve

    instance = _department(departments, seed, number)
    rules = rule_book(instance)
    began, used = time.perf_counter(), _processor_seconds()
    roster, result = solve(instance, rules, seed=seed, workers=workers, time_limit_seconds=time_limit_seconds)
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


def markdown(
    head: Sequence[str], rows: Sequence[dict[str, Any]], full: Sequence[dict[str, Any]], wall: float, jobs: int
) -> str:
    """The results for people, under paragraphs that say how they were made."""
    total = {name: sum(row[name] for row in rows) for name in ("sectors", "doctors", "positions")}
    parts = [
        "# A country",
        *head,
        f"{len(rows)} departments, {total['sectors']} sectors, {total['doctors']} volunteers, {total['positions']} positions "
        f"(shared doctors counted once per department).",
        *_of_all(rows, wall, jobs),
        *(_of_drawn(rows, full) if full else ()),
    ]
    return "\n\n".join(parts) + "\n"


def _of_all(rows: Sequence[dict[str, Any]], wall: float, jobs: int) -> list[str]:
    """What every department took, measured."""
    missing, least = sum(row["missing"] for row in rows), sum(row["missing, bound"] for row in rows)
    spent = {name: sum(row[name] for row in rows) for name in ("canvas", "first roster", "bound", "audit", "seconds")}
    unclean = [row["name"] for row in rows if not row["clean"]]
    constant, exponent = growth(rows, "seconds")
    return [
        "## First roster, bound of cover and audit of all: measured",
        f"Wall time {wall / 60:.1f} min on {jobs} processes (asked: 30 min on 2 cores). Positions missing {missing}, "
        f"proved minimum {least}. Audits clean: {len(rows) - len(unclean)} of {len(rows)}"
        + (f" (not: {', '.join(unclean)})." if unclean else "."),
        table(["canvas", "first roster", "bound", "audit", "seconds"], ("all [s]", "median [s]", "largest [s]"), {
            key: value for name in spent for key, value in (
                ((name, "all [s]"), f"{spent[name]:.1f}"),
                ((name, "median [s]"), f"{statistics.median(row[name] for row in rows):.2f}"),
                ((name, "largest [s]"), f"{max(row[name] for row in rows):.2f}"))}),
        f"Cost against size: {constant:.2f} s at 1,000 positions, exponent {exponent:.2f}. Memory of a process: "
        f"{statistics.median(row['memory'] for row in rows):.0f} MB median, {max(row['memory'] for row in rows)} MB at most.",
    ]  # fmt: skip


def _of_drawn(rows: Sequence[dict[str, Any]], full: Sequence[dict[str, Any]]) -> list[str]:
    """What a full effort took where it was made, measured; and what it would take everywhere, extrapolated."""
    columns = [name for name in full[0] if name != "name"]
    cells = {(row["name"], name): str(row[name]) for row in full for name in columns}
    alone, braked = extrapolated(rows, full), any(row["status"] == "stopped" for row in full)
    return [
        f"## Full effort on {len(full)} drawn by seed: measured",
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


def _shared_out(rows: Sequence[dict[str, Any]], full: Sequence[dict[str, Any]], machines: int) -> float:
    """Seconds until the last machine ends when each next largest department goes to the one that is free first."""
    per_position = sum(row["seconds"] for row in full) / sum(row["positions"] for row in full)
    busy = [0.0] * machines
    for positions in sorted((row["positions"] for row in rows), reverse=True):
        busy[busy.index(min(busy))] += per_position * positions
    return max(busy)


if __name__ == "__main__":
    main()
