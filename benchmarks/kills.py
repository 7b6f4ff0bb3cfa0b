"""The ledger and the versions under real kills: `python -m benchmarks.kills [--points N]`, Unix only.

A roster of generated `small` is published, changed and closed again and again, each time by a process of its own that
dies: when any file it writes would grow beyond a size (RLIMIT_FSIZE, sizes spread over all there are), or by SIGKILL after a
while. What is left is looked at from end to end, and the work is done again. The quick proof byte by byte is a test
(`tests/unit/test_ledger_any_byte.py`); this one believes nothing of how files are written. Exits 1 if anything is lost.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.generate import generate
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.versions import Change, State, Version, served_as_planned
from rosterplan.ledger import LEDGER_FILE, open_ledger, published_versions, record_changes, roster_in_force
from rosterplan.ledger.closing import Signed, close_plan
from rosterplan.ledger.folder import changed_files, read_manifest, sha256, version_folders, write_version
from rosterplan.ledger.published import in_force
from rosterplan.ledger.verify import faults
from rosterplan.model.solve import solve
from rosterplan.rules.book import rule_book
from rosterplan.sheets.instance_json import instance_json

WHEN = datetime(2027, 1, 1, tzinfo=UTC)
LONGEST_SECONDS = 0.25

Work = Callable[[Path], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill, look, do again; print a line per piece of work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=400, help="kills of each piece of work, half of each sort")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    instance = generate("small")
    roster, _ = solve(instance, rule_book(instance), workers=0, time_limit_seconds=5)
    print(f"{'work':10}{'killed':>8}{'finished':>10}{'whole':>8}{'seconds':>9}")
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "start"
        for number, state in enumerate(("projet", "definitif"), 1):
            _publish(start, instance, roster, number, state)
        for name, work in _works(instance, roster).items():
            began = time.monotonic()
            killed, finished, whole = _many(Path(folder), start, work, instance, asked.points, asked.seed)
            lost += killed + finished - whole
            print(f"{name:10}{killed:>8}{finished:>10}{whole:>8}{time.monotonic() - began:>9.0f}", flush=True)
    return 1 if lost else 0


def _works(instance: Instance, roster: Roster) -> dict[str, Work]:
    one = roster.assignments[0]
    other = next(doctor.id for doctor in instance.doctors if doctor.id not in roster.doctors_of[one.duty])
    given = Change(
        kind="don", duty=one.duty, titular=one.doctor, doctor=other, who="essai", when=WHEN, why="essai " * 50
    )

    def close(place: Path) -> None:
        with open_ledger(place / LEDGER_FILE) as ledger:
            now = in_force(ledger, instance.id)
            assert now is not None
            close_plan(ledger, instance.id, served_as_planned(now.roster), Signed("essai", WHEN, seed=1))

    return {
        "publish": lambda place: _publish(place, instance, roster, 3, "modifie"),
        "change": lambda place: void(record_changes(place / LEDGER_FILE, place / "out", instance.id, [given])),
        "close": close,
    }


def void(_: object) -> None:
    """Forget a result."""


def _publish(place: Path, instance: Instance, roster: Roster, number: int, state: State) -> None:
    content, document = instance_json(instance), roster.model_dump_json().encode()
    version = Version(
        plan=instance.id, number=number, state=state, when=WHEN, input_sha256=sha256(content),
        roster_sha256=sha256(document), rosterplan="0",
    )  # fmt: skip
    write_version(place / "out", version, {"instance.json": content, "roster.json": document})
    published_versions(place / LEDGER_FILE, place / "out", instance.id)


def _many(folder: Path, start: Path, work: Work, instance: Instance, points: int, seed: int) -> tuple[int, int, int]:
    """Return how many processes were killed, how many finished first, and after how many everything was whole."""
    killed = finished = whole = 0
    for doom in _dooms(points, seed, start):
        place = folder / "it"
        shutil.copytree(start, place)
        if _dies(lambda place=place: work(place), doom):
            killed += 1
        else:
            finished += 1
        whole += _is_whole(place, instance)
        shutil.rmtree(place)
    return killed, finished, whole


def _dooms(points: int, seed: int, start: Path) -> Iterator[Callable[[], None]]:
    """Yield what makes a child die: a size no file may pass, then a moment."""
    draw = random.Random(seed)
    largest = 3 * max(path.stat().st_size for path in start.rglob("*") if path.is_file())
    for _ in range(points // 2):
        size = draw.choice((draw.randrange(8192), draw.randrange(largest)))

        def limit(size: int = size) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        yield limit
    for _ in range(points - points // 2):
        seconds = draw.uniform(0.0005, LONGEST_SECONDS)

        def alarm(seconds: float = seconds) -> None:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, seconds)

        yield alarm


def _dies(work: Callable[[], None], doom: Callable[[], None]) -> bool:
    """Run the work in a doomed child; return whether it died of it."""
    child = os.fork()
    if child == 0:
        try:
            doom()
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit("a child failed in another way than by being killed")
    return os.WIFSIGNALED(status)


def _is_whole(place: Path, instance: Instance) -> bool:
    """True if what was published before is there as it was, and the ledger is sound; said where it is not."""
    path, out = place / LEDGER_FILE, place / "out"
    numbers = [one.number for one in published_versions(path, out, instance.id)]
    changed = [name for one in version_folders(out) for name in changed_files(one, read_manifest(one)[0])]
    with open_ledger(path) as ledger:
        wrong = faults(ledger)
    sound = numbers[:2] == [1, 2] and not changed and not wrong and roster_in_force(path, out, instance.id) is not None
    if not sound:
        print(f"LOST: versions {numbers}, changed {changed}, {wrong}", file=sys.stderr)
    return sound


if __name__ == "__main__":
    sys.exit(main())
