"""How each kind of measurement is made: in processes of its own, written into the journal as soon as it is known."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from benchmarks.campaign.jobs import Job
from benchmarks.campaign.journal import Journal, about_now
from benchmarks.country import first_of_all
from benchmarks.generate import generate
from benchmarks.peers.__main__ import answered
from benchmarks.peers.problem import Problem, problem_of
from benchmarks.watching import Run, rosterplan, run
from rosterplan.sheets.instance_json import instance_json

JOBS = 2


def fairness(job: Job, journal: Journal, _deadline: float) -> None:
    """`solve` on a generated size, in the time of its target."""
    arguments = ("--workers", "2", "--time-limit", str(job.limit))
    _told(job, journal, run([sys.executable, "-m", "benchmarks.engine_run", job.name, str(job.seed), *arguments]))


def blend(job: Job, journal: Journal, _deadline: float) -> None:
    """One contestant on the blended cost, judged here."""
    about = about_now()
    found = answered(_problem(job.name, job.seed), job.method, job.name, job.seed, job.limit)
    journal.add(job.key, about, **found)


def same(job: Job, journal: Journal, _deadline: float) -> None:
    """The bytes of `roster.json` after a full effort."""
    with tempfile.TemporaryDirectory() as place:
        file, workers = Path(place) / "instance.json", job.method.split()[0]
        file.write_bytes(instance_json(generate(job.name, 1)))
        about = about_now()
        done = run(rosterplan("solve", str(file), "--out", place, "--workers", workers, "--seed", "1", "--quiet"))
        written = Path(place) / "roster.json"
        if done.code not in (0, 1) or not written.exists():
            journal.add(job.key, about, failed=_last_words(done))
            return
        content = written.read_bytes()
    found = {"sha256": sha256(content).hexdigest(), "status": json.loads(content)["status"], "seconds": done.seconds}
    journal.add(job.key, about, found=found)


def country_first(job: Job, journal: Journal, deadline: float) -> None:
    """First rosters of all departments, two at a time, a record each; stops between two when time is over."""
    departments = int(job.name)
    left = [number for number in range(departments) if not journal.done(f"country/{departments}/{number}")]
    about, clock = about_now(), time.perf_counter()
    rows = first_of_all(departments, 1, JOBS, left)
    for number, row in zip(left, rows, strict=True):
        now = time.perf_counter()
        journal.add(f"country/{departments}/{number}", about, found={**row, "wall": now - clock})
        clock = now
        if time.monotonic() > deadline:
            rows.close()
            return
    journal.add(job.key, about, found={"departments": departments})


def country_full(job: Job, journal: Journal, _deadline: float) -> None:
    """One department drawn by seed, to full effort."""
    _told(job, journal, run([sys.executable, "-m", "benchmarks.campaign.one", "full", job.name, str(job.seed)]))


def balance(job: Job, journal: Journal, _deadline: float) -> None:
    """Quarters in a row under their own balances."""
    words = ("balance", job.name, str(job.seed), f"{job.limit:.0f}")
    _told(job, journal, run([sys.executable, "-m", "benchmarks.campaign.one", *words]))


@cache
def _problem(size: str, seed: int) -> Problem:
    return problem_of(size, seed)


def _told(job: Job, journal: Journal, done: Run) -> None:
    """Write what a process printed as JSON on its last line, or how it failed."""
    about = about_now()
    if done.code:
        journal.add(job.key, about, failed=_last_words(done))
        return
    found: dict[str, Any] = json.loads(done.output.splitlines()[-1])
    journal.add(job.key, about, found={**found, "peak [MB]": done.peak_bytes / 1e6, "whole [s]": done.seconds})


def _last_words(done: Run) -> str:
    return (done.errors.strip().splitlines() or [f"exit {done.code}"])[-1][:200]


RUNNERS: Mapping[str, Callable[[Job, Journal, float], None]] = MappingProxyType({
    "fairness": fairness, "blend": blend, "same": same, "country-first": country_first, "country-full": country_full,
    "balance": balance,
})  # fmt: skip
