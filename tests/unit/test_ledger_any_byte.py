"""Whatever byte or step the disk stops at, the versions and the ledger are whole: every one of them is tried, no process needed.

Python's own writes are cut at each byte and each step. SQLite's are replayed: its log is cut at every frame, around and
within, its pages torn, and its checkpoint stopped after each page; `test_ledger_killed` kills real processes beside.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from rosterplan.cli.outputs import write_together
from rosterplan.domain.versions import Version
from rosterplan.ledger import open_ledger
from rosterplan.ledger.exchange import Tables, tables_of
from rosterplan.ledger.folder import changed_files, read_manifest, sha256, version_folders, write_version
from rosterplan.ledger.store import damage
from rosterplan.ledger.verify import faults
from tests.disk import Log, cut_after
from tests.ledger_factory import WHEN
from tests.unit.test_ledger_killed import WORKS, a_world

FILES = {"instance.json": b"{}", "roster.json": b'{"assignments": []}', "agendas/A.ics": b"BEGIN"}


def a_version(number: int) -> Version:
    hashes = {"input_sha256": sha256(FILES["instance.json"]), "roster_sha256": sha256(FILES["roster.json"])}
    return Version(plan="p", number=number, state="projet", when=WHEN, rosterplan="0", **hashes)


def whole_versions(out: Path) -> int:
    """How many versions are there; each is whole."""
    found = version_folders(out)
    for folder in found:
        version, _ = read_manifest(folder)
        assert changed_files(folder, version) == []
    return len(found)


def test_a_version_cut_at_any_byte_or_step_is_whole_or_not_there_even_if_power_is_lost(tmp_path: Path) -> None:
    write_version(tmp_path, a_version(1), FILES)
    outcomes = []
    for last in count():
        disk = cut_after(last, lambda: write_version(tmp_path, a_version(2), FILES))
        outcomes.append(whole_versions(tmp_path))
        disk.lose_power()
        assert whole_versions(tmp_path) == outcomes[-1]
        if not disk.died:
            break
        for left in (tmp_path / "versions").glob(".en-cours-*"):
            shutil.rmtree(left)
        if outcomes[-1] == 2:  # cut between its name and the end: try the next tick on the same disk again
            shutil.rmtree(tmp_path / "versions" / "002")
    assert outcomes == sorted(outcomes) and set(outcomes) == {1, 2}
    assert len(outcomes) > sum(map(len, FILES.values())) + 300, "each byte of each file and of version.json is a cut"


def test_each_file_written_together_is_whole_old_or_new_at_any_byte_or_step(tmp_path: Path) -> None:
    old, new = ({name: f"{age} {name}".encode() for name in ("a.json", "hopital/b.xlsx")} for age in ("old", "new"))
    for last in count():
        for name, text in old.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(text)
        disk = cut_after(last, lambda: write_together(tmp_path, new))
        assert all((tmp_path / name).read_bytes() in (old[name], new[name]) for name in old)
        for left in tmp_path.glob(".rosterplan-*"):
            shutil.rmtree(left)
        if not disk.died:
            break
    assert all((tmp_path / name).read_bytes() == new[name] for name in new)
    assert last > sum(map(len, new.values()))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, object, object]:
    return a_world(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(scope="module", params=list(WORKS))
def log(request: pytest.FixtureRequest, world: tuple, tmp_path_factory: pytest.TempPathFactory) -> Log:
    """The log of one piece of work: another connection stays open, so that nothing is copied into the database."""
    source, instance, roster = world
    place = tmp_path_factory.mktemp(request.param) / "it"
    shutil.copytree(source, place)
    path = place / "registre.sqlite"
    before = path.read_bytes()
    keeper = sqlite3.connect(path)
    try:
        keeper.execute("SELECT count(*) FROM plans").fetchall()
        WORKS[request.param](place, instance, roster)
        assert path.read_bytes() == before, "nothing but the log has changed"
        return Log(before, path.with_name(f"{path.name}-wal").read_bytes())
    finally:
        keeper.close()


def content(place: Path, database: bytes, wal: bytes) -> Tables:
    """What a ledger of these bytes says; it is whole."""
    path = place / "registre.sqlite"
    path.write_bytes(database)
    path.with_name(f"{path.name}-wal").write_bytes(wal)
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    with open_ledger(path) as ledger:
        assert damage(ledger) == []
        return tables_of(ledger)


def states(log: Log, place: Path) -> list[tuple[int, Tables]]:
    """(where it is complete in the log, what is said) of each transaction, the state before them all first."""
    found = [(0, content(place, log.before, b""))]
    for end in log.committed():
        found.append((end, content(place, log.before, log.wal[:end])))
        with open_ledger(place / "registre.sqlite") as ledger:
            assert faults(ledger) == ()
    return found


def cuts(log: Log) -> Iterator[int]:
    """The head byte by byte, then around each frame, within its head and within its page."""
    draw = random.Random(len(log.wal))
    yield from range(0, 33, 4)
    for start in log.frames[:-1]:
        yield from (start + 1, start + 8, start + 23, start + 24)
        yield from sorted(start + draw.randrange(25, 23 + log.page) for _ in range(4))
        yield from (start + 23 + log.page, start + 24 + log.page)


def test_a_log_cut_at_any_frame_says_the_last_transaction_it_holds_whole(log: Log, tmp_path: Path) -> None:
    known = states(log, tmp_path)
    assert len(known) > 1 and known[0][1] != known[-1][1]
    for cut in cuts(log):
        expected = [said for end, said in known if end <= cut][-1]
        assert content(tmp_path, log.before, log.wal[:cut]) == expected, cut


def test_pages_of_the_log_that_never_reached_the_disk_take_their_transaction_back(log: Log, tmp_path: Path) -> None:
    known = states(log, tmp_path)
    (before, said), (last, _) = known[-2:]
    draw = random.Random(last)
    sectors = range(max(before, 32) // 512 + 1, last // 512)
    for sector in sorted(draw.sample(sectors, min(20, len(sectors)))):
        torn = log.wal[: sector * 512] + bytes(512) + log.wal[sector * 512 + 512 :]
        if torn != log.wal:
            assert content(tmp_path, log.before, torn) == said


def test_a_checkpoint_stopped_after_any_page_or_within_it_loses_nothing(log: Log, tmp_path: Path) -> None:
    after = content(tmp_path, log.before, log.wal)
    for frames in range(len(log.frames)):
        for torn in (0, 100, 512, 2048):
            assert content(tmp_path, log.checkpointed(frames, torn), log.wal) == after


@pytest.mark.parametrize("length", [0, 1, 7, 15])
def test_a_ledger_whose_making_was_cut_within_its_first_bytes_is_made_again(tmp_path: Path, length: int) -> None:
    path = tmp_path / "registre.sqlite"
    path.write_bytes(b"SQLite format 3\0"[:length])
    with open_ledger(path) as ledger:
        assert faults(ledger) == ()
