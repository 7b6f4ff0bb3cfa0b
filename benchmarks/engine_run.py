"""One measured run of the engine in a process of its own: `python -m benchmarks.engine_run NAME SEED …` prints JSON."""

from __future__ import annotations

import argparse
import json
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.generate import generate
from benchmarks.rulebook import blended
from benchmarks.sizes import SIZES
from rosterplan.canvas.block import block
from rosterplan.domain.fairness import figures, full_dues
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Roster
from rosterplan.model.blocks import units_of
from rosterplan.model.build import canvas_of
from rosterplan.model.greedy import greedy
from rosterplan.model.progress import Progress
from rosterplan.model.solve import solve
from rosterplan.rules.book import rule_book

BLOCKS_CUT = 20


def instance_of(name: str, seed: int, *, blend: bool) -> Instance:
    """Return a generated instance (a size and a seed), or the folder of that name."""
    if name in SIZES:
        made = generate(name, seed)
    else:
        from rosterplan.sheets.folder import read_folder

        read = read_folder(Path("instances") / name).instance
        assert read is not None
        made = read
    return blended(made) if blend else made


def built(instance: Instance) -> dict[str, float]:
    """Return what the canvas of an instance takes: building, one block, the greedy roster [s], pairs and rows."""
    rules = rule_book(instance)
    began = time.perf_counter()
    dues = full_dues(instance, 1)
    with_dues = time.perf_counter()
    canvas = canvas_of(instance, rules, dues=dues)
    program = canvas.program()
    made = time.perf_counter()
    held = greedy(program)
    filled = time.perf_counter()
    units = units_of(canvas, program)
    column = program.values(held)
    block(program, units[0].pairs, column)  # the transposed tables are made once, with the first block
    cut = time.perf_counter()
    for unit in units[:BLOCKS_CUT]:
        block(program, unit.pairs, column)
    ended = time.perf_counter()
    return {
        "dues [s]": with_dues - began, "canvas [s]": made - with_dues, "greedy [s]": filled - made,
        "block [s]": (ended - cut) / len(units[:BLOCKS_CUT]), "pairs": program.pairs, "rows": len(program.rows),
    }  # fmt: skip


def solved(instance: Instance, asked: argparse.Namespace) -> dict[str, Any]:
    """Return what a solve of the instance gives: values, bounds, when each was reached, and the hash of the roster."""
    events: list[tuple[float, str, int, int | None, int]] = []
    began, spent = time.perf_counter(), time.process_time()

    def listener(event: Progress) -> None:
        events.append((event.seconds, event.stage, event.value, event.bound, event.positions - event.covered))

    roster, result = solve(
        instance, rule_book(instance), seed=asked.solver_seed, effort=asked.effort, workers=asked.workers,
        time_limit_seconds=asked.time_limit, listener=listener,
    )  # fmt: skip
    return {
        "seconds": time.perf_counter() - began, "processor here": time.process_time() - spent,
        "first [s]": events[0][0] if events else None, "first holes": events[0][4] if events else None,
        "positions": sum(duty.need_min for duty in instance.duties),
        "least holes": sum(level.bound or 0 for level in result.stage("coverage").levels),
        "status": result.status, **_stages(result, events), **_fair(instance, roster), "hash": _hash(roster, result),
    }  # fmt: skip


def _stages(result: Result, events: list[tuple[float, str, int, int | None, int]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for stage in result.stages:
        value = stage.value if stage.best is None else stage.best
        found[stage.name] = {"value": value, "bound": stage.bound, "proven": stage.proven, "final": stage.value}
        reached = [when for when, name, at, _, _ in events if name == stage.name and at <= value]
        found[stage.name]["reached [s]"] = reached[0] if reached else None
    return found


def _fair(instance: Instance, roster: Roster) -> dict[str, float]:
    """Return how near the roster printed is to each doctor's due and target, band by band."""
    even = figures(instance, roster)
    return {
        "outside due [%]": 100 * even.outside_due, "outside target [%]": 100 * even.outside_target,
        "mean |Δ|": even.mean_deviation, "largest |Δ|/w": even.largest_deviation,
    }  # fmt: skip


def _hash(roster: Roster, result: Result) -> str:
    said = [(one.duty, one.doctor) for one in roster.assignments], [stage.model_dump() for stage in result.stages]
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


def main() -> None:
    """Measure one instance and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine_run", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("seed", type=int)
    parser.add_argument("--blend", action="store_true", help="everything in one sum, the stage blend")
    parser.add_argument("--solver-seed", type=int, default=1)
    parser.add_argument("--effort", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--time-limit", type=float, default=None)
    parser.add_argument("--only-build", action="store_true")
    asked = parser.parse_args()
    np.seterr(all="raise", under="ignore")
    found: dict[str, Any] = dict(built(instance_of(asked.name, asked.seed, blend=asked.blend)))
    if not asked.only_build:  # an instance made anew: nothing it remembers was paid for before the clock starts
        found |= solved(instance_of(asked.name, asked.seed, blend=asked.blend), asked)
    json.dump(found, sys.stdout)
    print()


if __name__ == "__main__":
    main()
