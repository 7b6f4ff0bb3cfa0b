"""The engine judged: bounds, gaps, times, memory and sameness on drawn sizes and on folders: `python -m benchmarks.engine`.

Each run is a process of its own (`benchmarks.engine_run`), watched from outside. Without names: small, medium, large,
GHT, tight and region at seeds 1 to 3, in the time of the targets; `--quick`: small and medium, one seed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import Figure, table, write
from benchmarks.watching import machine, run

TARGET_SECONDS = {"small": 20.0, "medium": 20.0, "large": 60.0, "ght": 60.0, "tight": 60.0, "region": 120.0}
BLEND_SECONDS = {"medium": 60.0, "large": 120.0}
QUICK = ("small", "medium")
SAME = (1, 2, 1, 2, 2)
"""Workers of the runs whose rosters must be the same."""

COLUMNS = (
    "pairs", "canvas", "block", "first roster", "holes", "F̂", "bound", "gap", "reached", "blend", "its bound", "blend gap",
    "seconds", "peak", "status",
)  # fmt: skip
SCALE = 10_000


def main() -> None:
    """Measure, then write `benchmarks/results/engine.md` and `.csv` (elsewhere with --to; nowhere with --quick)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__)
    parser.add_argument("names", nargs="*", help="sizes, or folders of instances/")
    parser.add_argument("--seeds", type=int, nargs="*", default=None)
    parser.add_argument("--time-limit", type=float, default=None, help="seconds; by default those of the targets")
    parser.add_argument("--full", action="store_true", help="no time limit: the whole effort")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--blend", action="store_true", help="the rule book that puts every cost into one sum")
    parser.add_argument("--same", action="store_true", help="five runs at one and two workers: the same roster?")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--to", type=Path, default=None)
    asked = parser.parse_args()
    names = asked.names or (QUICK if asked.quick else tuple(BLEND_SECONDS if asked.blend else TARGET_SECONDS))
    seeds = asked.seeds or ((1,) if asked.quick else (1, 2, 3))
    about, found = machine(), dict[str, dict[str, Any]]()
    for name in names:
        for seed in seeds if name in TARGET_SECONDS else (1,):
            found[f"{name}, seed {seed}"] = one = _measured(name, seed, asked, asked.workers)
            print(f"{name} {seed}", {column: _cells(one)[column] for column in COLUMNS}, file=sys.stderr, flush=True)
    about["load when it ended"] = machine()["load when it began"]
    same = {name: [_measured(name, 1, asked, workers)["hash"] for workers in SAME] for name in names if asked.same}
    text = markdown(about, found, same)
    print(text)
    folder = asked.to or (None if asked.quick else Path("benchmarks/results"))
    if folder is not None:
        write(folder, "engine-blend" if asked.blend else "engine", text, _figures(found, same, about))


def _measured(name: str, seed: int, asked: argparse.Namespace, workers: int) -> dict[str, Any]:
    """Return what one run gives, with its peak memory; a run that fails ends the benchmark."""
    limit = asked.time_limit or (BLEND_SECONDS if asked.blend else TARGET_SECONDS).get(name)
    command = [sys.executable, "-m", "benchmarks.engine_run", name, str(seed), "--workers", str(workers)]
    command += ["--blend"] if asked.blend else []
    command += ["--time-limit", str(limit)] if limit and not asked.full and not asked.same else []
    done = run(command)
    if done.code:
        raise SystemExit(f"{name}, seed {seed}: {done.errors}")
    return {**json.loads(done.output), "peak [MB]": done.peak_bytes / 1e6, "processor [s]": done.processor_seconds}


def _gap(stage: dict[str, Any]) -> float | None:
    """Return (value − bound) / value [%], None without a bound."""
    if stage["bound"] is None:
        return None
    return 100.0 * (stage["value"] - stage["bound"]) / max(abs(stage["value"]), 1)


def _cells(one: dict[str, Any]) -> dict[str, str]:
    fairness, blend = one["fairness"], one["blend"]
    gaps = {
        name: "–" if (gap := _gap(stage)) is None else f"{gap:.3f} %" for name, stage in one.items() if name in STAGES
    }
    return {
        "pairs": str(one["pairs"]), "canvas": f"{one['canvas [s]']:.2f} s", "block": f"{1000 * one['block [s]']:.0f} ms",
        "first roster": f"{one['first [s]'] - one['canvas [s]']:.1f} s", "holes": str(one["first holes"]),
        "F̂": f"{fairness['value'] / SCALE:.2f}",
        "bound": "–" if fairness["bound"] is None else f"{fairness['bound'] / SCALE:.2f}", "gap": gaps["fairness"],
        "reached": "–" if fairness["reached [s]"] is None else f"{fairness['reached [s]']:.0f} s",
        "blend": str(blend["value"]), "its bound": "–" if blend["bound"] is None else str(blend["bound"]),
        "blend gap": gaps["blend"], "seconds": f"{one['seconds']:.0f} s", "peak": f"{one['peak [MB]']:.0f} MB",
        "status": str(one["status"]),
    }  # fmt: skip


STAGES = ("fairness", "blend")


def markdown(about: dict[str, str], found: dict[str, dict[str, Any]], same: dict[str, list[str]]) -> str:
    """The results for people."""
    cells = {(row, column): text for row, one in found.items() for column, text in _cells(one).items()}
    parts = [
        "# The engine: values, bounds, times",
        "Made by `python -m benchmarks.engine`. " + " · ".join(f"{name} {value}" for name, value in about.items()) + ".",
        "Wall-clock times grow with the load of the machine. « first roster » counts from the end of the canvas's build; gap "
        "= (value − bound) / value of the best fairness; blend = wishes and comfort, or every cost of a blended rule book.",
        table(tuple(found), COLUMNS, cells),
    ]  # fmt: skip
    gaps = [gap for one in found.values() if (gap := _gap(one["fairness"])) is not None]
    if gaps:
        parts.append(f"Fairness gap: median {statistics.median(gaps):.3f} %, largest {max(gaps):.3f} %.")
    for name, hashes in same.items():
        agreed = sum(one == hashes[0] for one in hashes)
        parts.append(
            f"{name}: {agreed} of {len(hashes)} runs gave the same roster (workers {', '.join(map(str, SAME))})."
        )
    return "\n\n".join(parts) + "\n"


def _figures(found: dict[str, dict[str, Any]], same: dict[str, list[str]], about: dict[str, str]) -> Sequence[Figure]:
    figures = []
    for name, one in found.items():
        for measure, value in one.items():
            values = value.items() if isinstance(value, dict) else [("", value)]
            figures += [
                Figure(name, "engine", f"{measure} {part}".strip(), "none" if held is None else held)
                for part, held in values
            ]
    figures += [Figure(name, "same", "hashes", " ".join(hashes)) for name, hashes in same.items()]
    return [*figures, *(Figure("", "", name, value) for name, value in about.items())]


if __name__ == "__main__":
    main()
