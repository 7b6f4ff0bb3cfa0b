"""One computation from start to files: solved under watch, audited apart, written whole, with its journal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from typing import TYPE_CHECKING

from rosterplan import __version__
from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.interrupts import refuse_stale, stopping_at, stopping_politely
from rosterplan.cli.progress import watched
from rosterplan.domain.file_names import JOURNAL_FILE
from rosterplan.messages import say

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from rosterplan.domain.findings import AuditReport
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.rates import Rate
    from rosterplan.domain.result import Result
    from rosterplan.domain.roster import Roster
    from rosterplan.model.build import Kept
    from rosterplan.model.progress import Progress
    from rosterplan.report.facts import Facts
    from rosterplan.report.journal import Event
    from rosterplan.rules.base import Rule

COMPUTED_BY = ("ortools", "highspy", "numpy", "pydantic", "XlsxWriter")
"""Packages whose version may change a roster or its workbook."""


@dataclass(frozen=True)
class Effort:
    """How hard and how long to compute, and how to show it."""

    seed: int
    effort: int
    workers: int
    time_limit_seconds: float | None
    lines: bool
    silent: bool
    stop_file: Path | None = None


@dataclass(frozen=True)
class Task:
    """What is computed: an instance and its rules, what stays as it is, and what it was read from."""

    instance: Instance
    rules: tuple[Rule, ...]
    kept: Kept | None = None
    sources: Mapping[str, str] | None = None
    set_aside: tuple[str, ...] = ()
    holidays: Mapping[date, str] | None = None
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True)
class Computed:
    """A roster with its result and its audit, never one without the others; the journal up to here."""

    facts: Facts
    events: tuple[Event, ...]
    began: datetime

    @property
    def roster(self) -> Roster:
        """Who holds what."""
        return self.facts.roster

    @property
    def result(self) -> Result:
        """What the solve claims."""
        return self.facts.result

    @property
    def audit(self) -> AuditReport:
        """What the independent check says."""
        return self.facts.audit

    @property
    def agrees(self) -> bool:
        """True if the check finds every value the solve claims."""
        return all(stage.value == self.audit.value(stage.name) for stage in self.result.stages)


def computed(task: Task, effort: Effort) -> Computed:
    """Return the roster of a task, audited.

    Raises:
        Refused: cut before a first full roster (exit 5); the stop file is there already (exit 2).
    """
    refuse_stale(effort.stop_file)
    import rosterplan.report.outputs  # noqa: F401 (a broken installation is known before the minutes of computing, not after)
    from rosterplan.audit import audit
    from rosterplan.model.solve import solve
    from rosterplan.report.facts import Facts
    from rosterplan.sheets.instance_json import input_sha256

    began = datetime.now(UTC)
    sha256 = input_sha256(task.instance)
    journal: list[Event] = [_started(task, effort, sha256, began)]
    first_full: list[bool] = []
    title = say(fr=f"Calcul du tableau {task.instance.id}", en=f"Computing roster {task.instance.id}")
    with stopping_politely() as asked, watched(title, lines=effort.lines, silent=effort.silent) as show:

        def listener(event: Progress) -> None:
            first_full.append(not stop() or event.covered == event.positions)
            show(event)
            note(event)

        note = _noting(journal)
        stop = stopping_at(effort.stop_file, asked)
        roster, result = solve(
            task.instance, task.rules, seed=effort.seed, effort=effort.effort, workers=effort.workers,
            time_limit_seconds=effort.time_limit_seconds, kept=task.kept, listener=listener, stop=stop,
        )  # fmt: skip
    if result.status == "stopped" and not (first_full and first_full[0]):
        raise Refused(say(fr="Arrêté avant un premier tableau complet. Rien n’a été écrit.",
                          en="Stopped before a first full roster. Nothing was written."), Exit.CUT)  # fmt: skip
    facts = Facts(
        instance=task.instance, rules=task.rules, roster=roster, result=result,
        audit=audit(task.instance, task.rules, roster), input_sha256=sha256, known_holidays=task.holidays,
        rates=task.rates,
    )  # fmt: skip
    return Computed(facts, tuple(journal), began)


def files_of(done: Computed, exit_code: int) -> dict[str, bytes]:
    """Return the four files of a computation, by name."""
    from rosterplan.cli.kept import with_kept
    from rosterplan.report.outputs import roster_files

    files = roster_files(with_kept(done.facts), versions=versions())
    return {**files, JOURNAL_FILE: _journal(done, files, exit_code)}


def versions() -> dict[str, str]:
    """Return what computed: versions by name."""
    found = {"rosterplan": __version__, "python": python_version()}
    for package in COMPUTED_BY:
        try:
            found[package.casefold()] = version(package)
        except PackageNotFoundError:
            found[package.casefold()] = "absent"
    return found


def _started(task: Task, effort: Effort, sha256: str, began: datetime) -> Event:
    from rosterplan.report.journal import Started

    return Started(
        at=began, instance=task.instance.id, input_sha256=sha256, files=dict(task.sources or {}),
        set_aside=task.set_aside, versions=versions(), seed=effort.seed, effort=effort.effort, workers=effort.workers,
        time_limit_s=effort.time_limit_seconds,
    )  # fmt: skip


def _noting(journal: list[Event]) -> Callable[[Progress], None]:
    """Return a listener that writes each new value or bound of a stage into the journal."""
    from rosterplan.report.journal import Improved

    last: dict[str, tuple[int, int | None]] = {}

    def note(event: Progress) -> None:
        if last.get(event.stage) != (event.value, event.bound):
            last[event.stage] = event.value, event.bound
            journal.append(
                Improved(at=datetime.now(UTC), seconds=round(event.seconds, 3), stage=event.stage, value=event.value,
                         bound=event.bound)
            )  # fmt: skip

    return note


def _journal(done: Computed, files: Mapping[str, bytes], exit_code: int) -> bytes:
    from rosterplan.report.journal import Finished, journal_jsonl, seconds_between

    now = datetime.now(UTC)
    finished = Finished(
        at=now, seconds=seconds_between(done.began, now), status=done.result.status, exit_code=exit_code,
        files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    )  # fmt: skip
    return journal_jsonl([*done.events, finished])
