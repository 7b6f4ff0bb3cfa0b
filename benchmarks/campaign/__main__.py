"""All that is asked of the engine, in one plan: `python -m benchmarks all [--minutes M] [--parts P …] [--fresh]`.

Every measurement is written as it is made; cut it anywhere, call it again and it goes on with what is missing. The plan
takes one seed of everything first, then the other seeds; with `--minutes` it leaves out what would not end in time.
Results: `campaign.md` and `campaign.csv` beside `campaign.jsonl`, the journal they are made from.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.campaign.jobs import DEPARTMENTS, INSTANT, Job, plan, quick
from benchmarks.campaign.journal import Journal
from benchmarks.campaign.runs import RUNNERS
from benchmarks.campaign.tables import figures, markdown
from benchmarks.report import write

RESULTS = Path("benchmarks/results")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is missing, then print and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks all", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a little of every part, under five minutes, printed only")
    parser.add_argument("--minutes", type=float, default=None, help="begin nothing that would end later")
    parser.add_argument("--parts", nargs="*", choices=list(RUNNERS), default=None, help="these parts alone")
    parser.add_argument("--names", nargs="*", default=None, help="these sizes alone")
    parser.add_argument("--seeds", nargs="*", type=int, default=None, help="these seeds alone")
    parser.add_argument("--departments", type=int, default=DEPARTMENTS)
    parser.add_argument("--times", type=float, default=1.0, help="every time limit times this (to try the plan out)")
    parser.add_argument(
        "--list", action="store_true", help="print what is left to measure, and about how long it takes"
    )
    parser.add_argument("--fresh", action="store_true", help="forget what was measured")
    parser.add_argument("--to", type=Path, default=None)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as nowhere:
        place = asked.to or (Path(nowhere) if asked.quick else RESULTS)
        if asked.fresh:
            (place / "campaign.jsonl").unlink(missing_ok=True)
        journal = Journal(place / "campaign.jsonl")
        left = [job for job in chosen(asked) if not journal.done(job.key)]
        if asked.list:
            print(*(f"{job.about:6.0f} s  {job.key}" for job in left), sep="\n")
            print(f"{sum(job.about for job in left) / 60:6.1f} min in all")
            return
        carry_out(left, journal, asked.minutes)
        text = markdown(journal, judged=not asked.quick and asked.times == 1)
        print(text)
        if not asked.quick or asked.to:
            write(place, "campaign", text, figures(journal))


def chosen(asked: argparse.Namespace) -> list[Job]:
    """Return the measurements asked for, in order, their limits scaled."""
    jobs = quick() if asked.quick else plan(asked.departments)
    return [
        _scaled(job, asked.times) for job in jobs
        if (not asked.parts or job.part in asked.parts) and (not asked.names or job.name in asked.names)
        and (not asked.seeds or job.seed in asked.seeds)
    ]  # fmt: skip


def _scaled(job: Job, times: float) -> Job:
    """The measurement with its time limit changed; the quarters of a balance are a count, not a limit."""
    if job.part not in ("fairness", "blend"):
        return job
    spent = 0.0 if job.method in INSTANT else job.limit * (times - 1)
    return replace(job, limit=job.limit * times, about=job.about + spent)


def carry_out(jobs: Sequence[Job], journal: Journal, minutes: float | None) -> None:
    """Make the measurements one after the other; what would not end in time is left for another day."""
    end = float("inf") if minutes is None else time.monotonic() + 60 * minutes
    for number, job in enumerate(jobs, 1):
        cuttable = job.part == "country-first"
        if time.monotonic() + (0 if cuttable else job.about) > end:
            continue
        began = time.monotonic()
        print(f"{number}/{len(jobs)} {job.key} (about {job.about:.0f} s)", end=" ", file=sys.stderr, flush=True)
        RUNNERS[job.part](job, journal, end)
        failed = journal.records.get(job.key, {}).get("failed", "")
        print(f"{time.monotonic() - began:.0f} s {failed}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
