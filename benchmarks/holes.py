"""The holes of a department explained: `python -m benchmarks.holes [NAME …]`, the table alone, then with remedies.

NAME is a generated size, or a planning folder under `instances/`; a roster of each is made first, within ``--start``
seconds, and loses every ``--every``-th of its duties where it has fewer than ten holes. Seconds are of processor and of
wall clock, on one core, the audit that finds the holes told apart. Printed, and written as csv and Markdown.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.engine_run import instance_of
from benchmarks.report import Figure, table, write
from rosterplan.audit import audit
from rosterplan.domain.roster import Roster
from rosterplan.explain.holes import MOST_REMEDIES, explained_holes
from rosterplan.model.solve import solve
from rosterplan.rules.book import rule_book

COLUMNS = (
    "holes",
    "doctors tried",
    "remedies",
    "audit",
    "table",
    "table, wall",
    "with remedies",
    "with remedies, wall",
)
FEW = 10

Made = TypeVar("Made")


@dataclass(frozen=True)
class Row:
    """The times of one instance: (processor, wall clock) seconds."""

    name: str
    holes: int
    tried: int
    remedies: int
    audit: tuple[float, float]
    table: tuple[float, float]
    whole: tuple[float, float]

    def cells(self) -> tuple[str, ...]:
        """The row as people read it, in the order of COLUMNS."""
        seconds = (self.audit[0], *self.table, *self.whole)
        return (*map(str, (self.holes, self.tried, self.remedies)), *(f"{one:.2f} s" for one in seconds))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write `benchmarks/results/holes.md` and `.csv` (elsewhere with --to)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=["tight", "44-pdsa"])
    parser.add_argument("--start", type=float, default=30.0, help="seconds given to the roster that is explained")
    parser.add_argument("--every", type=int, default=60, help="a complete roster loses one duty of so many")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "results")
    asked = parser.parse_args(arguments)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    rows = [measured(name, asked.start, asked.every) for name in asked.names]
    cells = {(row.name, column): cell for row in rows for column, cell in zip(COLUMNS, row.cells(), strict=True)}
    markdown = _words(table([row.name for row in rows], COLUMNS, cells, "instance"), asked.start, load)
    print(markdown)
    write(asked.to, "holes", markdown, [figure for row in rows for figure in _figures(row)])


def measured(name: str, start: float, every: int) -> Row:
    """Return the times of one instance, each from an instance read anew: nothing is known beforehand."""
    roster, _ = solve(
        instance_of(name, 1, blend=False),
        rule_book(instance_of(name, 1, blend=False)),
        workers=0,
        time_limit_seconds=start,
    )
    report = audit(instance_of(name, 1, blend=False), rule_book(instance_of(name, 1, blend=False)), roster)
    if sum(one.stage == "coverage" for one in report.findings) < FEW:
        roster = Roster(
            assignments=tuple(one for number, one in enumerate(roster.assignments) if number % every), dues=roster.dues
        )
    instance, rules = instance_of(name, 1, blend=False), rule_book(instance_of(name, 1, blend=False))
    report, of_audit = _timed(lambda: audit(instance, rules, roster))
    instance = instance_of(name, 1, blend=False)
    alone, of_table = _timed(lambda: explained_holes(instance, rules, roster, report=report, most=0))
    instance = instance_of(name, 1, blend=False)
    whole, of_whole = _timed(lambda: explained_holes(instance, rules, roster, report=report, most=MOST_REMEDIES))
    assert [one.candidates for one in alone] == [one.candidates for one in whole], "the table is the same either way"
    return Row(
        name, len(whole), sum(len(one.candidates) for one in whole), sum(len(one.remedies) for one in whole),
        of_audit, of_table, of_whole,
    )  # fmt: skip


def _timed(work: Callable[[], Made]) -> tuple[Made, tuple[float, float]]:
    """Return what is made and (processor, wall clock) seconds."""
    began, spent = time.perf_counter(), time.process_time()
    made = work()
    return made, (time.process_time() - spent, time.perf_counter() - began)


def _figures(row: Row) -> list[Figure]:
    counts = {"holes": row.holes, "doctors tried": row.tried, "remedies": row.remedies}
    times = {"audit": row.audit, "table": row.table, "with remedies": row.whole}
    return [
        *(Figure(row.name, "explain", measure, value) for measure, value in counts.items()),
        *(
            Figure(row.name, "explain", f"{measure}, {clock}", value, "s")
            for measure, both in times.items()
            for clock, value in zip(("processor", "wall"), both, strict=True)
        ),
    ]


def _words(rows: str, start: float, load: float) -> str:
    """The results for people."""
    return f"""# All holes of a department explained

`python -m benchmarks.holes`, one process, one core; the roster was given {start:g} s; load when it began: {load:.1f}. Asked: the
table within 1 s, with remedies within 10 s. A complete roster was made short first, one duty in sixty taken away.
« Audit » is the audit that finds the holes: `explain` makes it whatever is asked. « Table » is every doctor of every pool
with what keeps him or her; « with remedies » is all of it, each remedy confirmed by the audit.

{rows}
"""


if __name__ == "__main__":
    main()
