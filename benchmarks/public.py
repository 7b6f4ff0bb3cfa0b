"""What the scripts of public instances share: the clock, the ordinary solve, and one JSON value on the output."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Roster


def seconds_since_start() -> float:
    """Return the seconds since this process began, start of the interpreter included [s]."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
        up = float(Path("/proc/uptime").read_text().split()[0])
        return up - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return time.perf_counter() - _LOADED


_LOADED = time.perf_counter()


def solved(instance: Instance, time_limit_seconds: float, *, workers: int, seed: int = 1) -> tuple[Roster, Result]:
    """Return the roster and result of the ordinary engine; the limit counts from the start of this process."""
    from rosterplan.model.solve import solve
    from rosterplan.rules.book import rule_book

    left = max(1.0, time_limit_seconds - seconds_since_start())
    return solve(
        instance, rule_book(instance), seed=seed, effort=EFFORT, time_limit_seconds=left, workers=workers
    )  # fmt: skip


EFFORT = 1000
"""Until proof or the end of time."""


def asked(name: str, about: str) -> argparse.Namespace:
    """Return the options every script has: a path, a time limit, workers, a seed, JSON."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=about)
    parser.add_argument("path", type=Path, metavar="FILE" if name != "longterm" else "DIR")
    parser.add_argument("--time-limit", type=float, default=60.0, metavar="S", help="seconds, start-up included")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON value alone on the output")
    given = parser.parse_args()
    if not given.path.exists():
        print(
            f"skipped: {given.path} does not exist; public instances are not copied into the project", file=sys.stderr
        )
        raise SystemExit(2)
    return given


def tell(answer: dict[str, object], *, as_json: bool, lines: Callable[[], str]) -> None:
    """Print the answer: one JSON value, or lines for people."""
    print(json.dumps(answer, ensure_ascii=False) if as_json else lines())
