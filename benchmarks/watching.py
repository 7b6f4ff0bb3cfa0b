"""A command watched from outside: time, processor time and memory of itself and of all it starts."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

SAMPLE_SECONDS = 0.2


@dataclass(frozen=True)
class Run:
    """A command that has ended. Memory is the largest sum of shares (PSS) of its processes, sampled [bytes].

    Where the system tells no shares, it is the largest resident size of one process.
    """

    started: datetime
    seconds: float
    processor_seconds: float
    peak_bytes: int
    code: int
    output: str
    errors: str


def rosterplan(*arguments: str) -> list[str]:
    """The command line of `rosterplan` in this Python."""
    return [sys.executable, "-c", "from rosterplan.cli.main import main; main()", *arguments]


def run(command: Sequence[str], *, sampled: bool = True) -> Run:
    """Run a command to its end and say what it took; ``sampled=False`` leaves a short command alone."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started, clock = datetime.now(UTC), time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, stdin=subprocess.DEVNULL)
        peak = 0
        while sampled and process.poll() is None:
            peak = max(peak, _shares(process.pid))
            time.sleep(SAMPLE_SECONDS)
        code = process.wait()
        seconds = time.perf_counter() - clock
        output.seek(0)
        errors.seek(0)
        said, complained = output.read().decode("utf-8", "replace"), errors.read().decode("utf-8", "replace")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(started, seconds, used, peak or after.ru_maxrss * 1024, code, said, complained)


def _shares(first: int) -> int:
    """What a process and those it started hold in memory now, each page shared out among who maps it [bytes]."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    total, waiting = 0, [first]
    while waiting:
        process = waiting.pop()
        waiting += parents.get(process, [])
        total += _share(process)
    return total


def _share(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def machine() -> dict[str, str]:
    """Cores and versions: what a figure means depends on them; nothing that names the machine."""
    from importlib.metadata import version

    packages = ("ortools", "highspy", "numpy", "pydantic", "XlsxWriter", "python-calamine")
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return {
        "cores": str(os.cpu_count()), "load when it began": load, "python": sys.version.split()[0],
        **{package: version(package) for package in packages},
    }  # fmt: skip
