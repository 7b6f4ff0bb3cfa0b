"""`python -m benchmarks.shift_scheduling.compare DIR [NAMES…]`: ours, plain CP-SAT and plain HiGHS, one after the other.

The same files, time and cores for each; one checker judges all rosters. The table goes to `benchmarks/results/` and holds
what was measured in this run, wins and losses alike. Times count the start of each process.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.public import seconds_since_start
from benchmarks.report import Figure, table, write
from benchmarks.shift_scheduling.check import cost, faults
from benchmarks.shift_scheduling.plain import by_cp_sat, by_highs
from benchmarks.shift_scheduling.read import Problem, read

RESULTS = Path(__file__).resolve().parents[1] / "results"
PLAIN = {"plain CP-SAT": by_cp_sat, "plain HiGHS": by_highs}
OURS = "rosterplan"
Answer = dict[str, object]


def main(argv: Sequence[str] | None = None) -> None:
    """Run all contestants on all files asked for and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shift_scheduling.compare", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("names", nargs="*", default=[f"Instance{number}" for number in (1, 2, 3, 5, 7, 9, 11)])
    parser.add_argument(
        "--time-limit", type=float, default=120.0, metavar="S", help="seconds for each contestant and file"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="of our engine; the others run as they come")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--only", choices=list(PLAIN), help="one plain solver on one file, JSON on the output")
    given = parser.parse_args(argv)
    if given.only:
        problem = read(given.folder / f"{given.names[0]}.txt")
        print(json.dumps(_plain(problem, given.only, given.time_limit, given.workers)))
        return
    found: dict[tuple[str, str], Answer] = {}
    for name in given.names:
        for method in (OURS, *PLAIN):
            found[name, method] = _run(given, name, method)
            print(
                name, method, {key: found[name, method][key] for key in ("objective", "bound", "seconds")}, flush=True
            )
    _write(given, found)


def _plain(problem: Problem, method: str, seconds: float, workers: int) -> Answer:
    """Return what a plain solver found, judged by the checker."""
    left = max(1.0, seconds - seconds_since_start())
    found = PLAIN[method](problem, left, workers)
    broken = faults(problem, found.work) if found.cost is not None else []
    value = None if broken or found.cost is None else cost(problem, found.work)
    return {"objective": value, "bound": found.bound, "seconds": round(seconds_since_start(), 2)}


def _run(given: argparse.Namespace, name: str, method: str) -> Answer:
    """Return the answer of one contestant, a process of its own."""
    limits = ["--time-limit", str(given.time_limit), "--workers", str(given.workers)]
    if method == OURS:
        file, seed = str(given.folder / f"{name}.txt"), str(given.seed)
        command = ["benchmarks.shift_scheduling", file, *limits, "--seed", seed, "--json"]
    else:
        command = ["benchmarks.shift_scheduling.compare", str(given.folder), name, *limits, "--only", method]
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    nothing: Answer = {"objective": None, "bound": None, "seconds": None}
    if done.returncode:
        print(done.stderr.strip()[-500:], file=sys.stderr)
        return nothing
    answer: Answer = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def _write(given: argparse.Namespace, found: dict[tuple[str, str], Answer]) -> None:
    """Write the table of this run."""
    figures = [
        Figure(name, method, measure, answer[measure], "s" if measure == "seconds" else "")  # type: ignore[arg-type]
        for (name, method), answer in found.items()
        for measure in ("objective", "bound", "seconds")
        if answer[measure] is not None
    ]
    cells = {key: _cell(answer) for key, answer in found.items()}
    solvers = ", ".join(f"{one} {version(one)}" for one in ("ortools", "highspy"))
    text = (
        f"# Shift scheduling: side by side\n\nOne run, {given.time_limit:.0f} s each, {given.workers} workers on "
        f"{os.cpu_count()} cores ({platform.machine()}, Python {platform.python_version()}, {solvers}), seed {given.seed}. "
        "Cost [bound] seconds; start-up included.\n\n"
        f"{table(given.names, (OURS, *PLAIN), cells, 'instance')}\n"
    )
    write(given.out, "shift_scheduling", text, figures)


def _cell(answer: Answer) -> str:
    """Say cost, bound and time."""
    bound = answer["bound"]
    shown = f"{bound:.0f}" if isinstance(bound, int | float) and abs(bound) < 10**12 else "–"
    return f"{answer['objective'] if answer['objective'] is not None else 'none'} [{shown}] {answer['seconds']}"


if __name__ == "__main__":
    main()
