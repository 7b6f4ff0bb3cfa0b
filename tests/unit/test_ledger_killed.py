"""The process is killed at any byte of any write: the ledger and the last version are whole, and the work can be done again.

The kernel kills the child when any of its files would grow beyond so many bytes (RLIMIT_FSIZE): every write of the
version's files, of the database and of its log is cut there. Other cuts fall between two steps of publishing.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from rosterplan.domain.versions import served_as_planned
from rosterplan.ledger import open_ledger, published_versions, record_changes, recorded_changes, roster_in_force
from rosterplan.ledger.closing import Signed, close_plan, is_closed
from rosterplan.ledger.folder import changed_files, read_manifest, version_folders
from rosterplan.ledger.published import in_force
from rosterplan.ledger.verify import faults
from tests.ledger_factory import (
    GROUPS,
    WHEN,
    change,
    doctor,
    publish,
    published_quarter,
    quarter,
    random_roster,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork, no RLIMIT_FSIZE")

KILLED = {signal.SIGXFSZ, signal.SIGKILL} if sys.platform != "win32" else set()


def a_world(folder: Path):
    """A plan with its definitive version in the ledger, and one change."""
    instance = quarter(0, [doctor(number, GROUPS[number % 2]) for number in range(6)])
    roster = random_roster(random.Random(4), instance)
    published_quarter(folder / "out", instance, roster)
    one = roster.assignments[0]
    other = next(at.doctor for at in roster.assignments if at.doctor != one.doctor)
    record_changes(
        folder / "registre.sqlite", folder / "out", instance.id, [change("don", one.duty, one.doctor, other)]
    )
    return folder, instance, roster


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return a_world(tmp_path_factory.mktemp("ledger"))


def publishing(folder: Path, instance, roster) -> None:
    publish(folder / "out", instance, roster, number=4, state="modifie", last_change=1)
    published_versions(folder / "registre.sqlite", folder / "out", instance.id)


def changing(folder: Path, instance, roster) -> None:
    one = roster.assignments[5]
    other = next(at.doctor for at in roster.assignments if at.doctor != one.doctor)
    record_changes(folder / "registre.sqlite", folder / "out", instance.id,
                   [change("echange", one.duty, one.doctor, other, "mariage " * 20)])  # fmt: skip


def closing(folder: Path, instance, roster) -> None:
    with open_ledger(folder / "registre.sqlite") as ledger:
        served = served_as_planned(in_force(ledger, instance.id).roster)
        close_plan(ledger, instance.id, served, Signed("coordination", WHEN, seed=1))


WORKS = {"publish": publishing, "change": changing, "close": closing}


def killed(work: Callable[[], None], prepare: Callable[[], None]) -> bool:
    """Run ``work`` in a child that ``prepare`` has doomed; True if it died of it, False if it finished before."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            prepare()
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) in KILLED
        return True
    assert os.WEXITSTATUS(status) == 0, "the child failed in another way than by being killed"
    return False


def beyond(size: int) -> Callable[[], None]:
    def prepare() -> None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return prepare


def at_step(number: int) -> Callable[[], None]:
    """Die just before the ``number``-th flush or renaming."""

    def prepare() -> None:
        left = [number]

        def counted(step):
            def run(*arguments, **options):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return step(*arguments, **options)

            return run

        os.fsync = counted(os.fsync)
        Path.rename = counted(Path.rename)

    return prepare


def assert_whole(folder: Path, instance) -> None:
    """Everything that was published before is as it was, and the ledger says nothing that cannot be worked out again."""
    path, out = folder / "registre.sqlite", folder / "out"
    known = published_versions(path, out, instance.id)
    assert [one.number for one in known][:3] == [1, 2, 3]
    assert roster_in_force(path, out, instance.id) is not None
    for place in version_folders(out):
        version, _ = read_manifest(place)
        assert changed_files(place, version) == []
    with open_ledger(path) as ledger:
        assert faults(ledger) == ()


def done(name: str, folder: Path, instance) -> bool:
    path, out = folder / "registre.sqlite", folder / "out"
    if name == "publish":
        return len(published_versions(path, out, instance.id)) == 4
    if name == "change":
        return len(recorded_changes(path, instance.id)) == 2
    with open_ledger(path) as ledger:
        return is_closed(ledger, instance.id)


def try_one(name: str, prepare: Callable[[], None], world, place: Path) -> bool:
    """Kill the work once, look at what is left, then do it again if it was not done; return whether it was killed."""
    source, instance, roster = world
    shutil.copytree(source, place)
    died = killed(lambda: WORKS[name](place, instance, roster), prepare)
    assert_whole(place, instance)
    if not done(name, place, instance):
        assert died
        WORKS[name](place, instance, roster)
    assert done(name, place, instance)
    assert_whole(place, instance)
    return died


@pytest.mark.parametrize("name", WORKS)
def test_killed_at_any_byte_of_any_write_all_is_whole(name, world, tmp_path) -> None:
    largest = max(path.stat().st_size for path in world[0].rglob("*") if path.is_file()) + 60_000
    draw = random.Random(name)
    cuts = [0, 1, 31, 32, 4096, *(draw.randrange(2 * 4096 * step) for step in range(1, 13))]
    cuts += [draw.randrange(largest) for _ in range(4)]
    died = [try_one(name, beyond(size), world, tmp_path / str(number)) for number, size in enumerate(cuts)]
    assert sum(died) >= 6, "the cuts must fall within the writes"


def test_killed_between_any_two_steps_of_publishing_all_is_whole(world, tmp_path) -> None:
    died = [try_one("publish", at_step(number), world, tmp_path / str(number)) for number in range(1, 9)]
    assert died[0] and not died[-1], "every step was tried"


def test_an_import_killed_at_any_byte_leaves_no_half_ledger(world, tmp_path) -> None:
    from rosterplan.ledger.exchange import make_ledger, tables_of

    with open_ledger(world[0] / "registre.sqlite") as ledger:
        tables = tables_of(ledger)
    died = []
    for number, size in enumerate((0, 5_000, 20_000, 50_000, 10**7)):
        target = tmp_path / f"{number}.sqlite"
        died.append(killed(lambda path=target: make_ledger(path, tables), beyond(size)))
        if died[-1]:
            assert not target.exists()
            make_ledger(target, tables)
        with open_ledger(target) as ledger:
            assert tables_of(ledger) == tables
    assert any(died) and not died[-1]
