"""What the scripts of public instances share: the clock, the ordinary solve, and one JSON value on the output."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

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


class FormatError(Exception):
    """A file is not of the format: which, where, and what was wanted."""


Problem, Held = TypeVar("Problem"), TypeVar("Held")


def planned_and_judged(
    name: str,
    about: str,
    *,
    read: Callable[[Path], Problem],
    instance_of: Callable[[Problem], Instance],
    held_in: Callable[[Problem, Instance, Roster], Held],
    faults: Callable[[Problem, Held], Iterable[str]],
    cost: Callable[[Problem, Held], int],
    shown: Callable[[Held], dict[str, object]],
) -> None:
    """Read a file, plan it, have its own checker judge the plan, print the answer.

    Raises:
        SystemExit: with words where the file cannot be read, 1 where the checker finds limits broken or another cost.
    """
    given = asked(name, about)
    try:
        problem = read(given.path)
        instance = instance_of(problem)
    except (FormatError, ValueError, OSError) as fault:
        raise SystemExit(f"cannot be read: {fault}") from fault
    roster, result = solved(instance, given.time_limit, workers=given.workers, seed=given.seed)
    held = held_in(problem, instance, roster)
    broken, blend = list(faults(problem, held)), result.stage("blend")
    objective = None if broken else cost(problem, held)
    if broken:
        print(f"{len(broken)} limits broken: {'; '.join(broken[:5])}", file=sys.stderr)
    elif blend.value != objective:
        print(f"the checker finds {objective}, the plan says {blend.value}", file=sys.stderr)
    seconds = round(seconds_since_start(), 2)
    answer: dict[str, object] = {"objective": objective, "bound": blend.bound, **shown(held), "seconds": seconds}
    tell(
        answer, as_json=given.json,
        lines=lambda: f"{given.path.stem}: cost {objective}, bound {blend.bound} ({blend.how or 'none'}), {seconds} s",
    )  # fmt: skip
    if broken or blend.value != objective:
        raise SystemExit(1)
