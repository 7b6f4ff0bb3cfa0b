"""Files appear together or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rosterplan.cli import outputs
from rosterplan.cli.outputs import write_together

OLD = {"tableau.xlsx": b"old workbook", "roster.json": b"old roster"}
NEW = {"tableau.xlsx": b"new workbook", "roster.json": b"new roster", "compris/M001.txt": b"new text"}


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_files_replace_their_predecessors_and_nothing_else_is_left(tmp_path):
    write_together(tmp_path / "out", OLD)
    paths = write_together(tmp_path / "out", NEW)
    assert written(tmp_path / "out") == NEW
    assert [path.read_bytes() for path in paths] == list(NEW.values())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["compris", "roster.json", "tableau.xlsx"]


def test_a_full_disk_leaves_the_old_files_as_they_were(tmp_path, monkeypatch):
    write_together(tmp_path, OLD)
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(outputs.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_together(tmp_path, NEW)
    assert written(tmp_path) == OLD


@pytest.mark.parametrize("refused", list(NEW))
def test_a_refused_move_puts_back_what_was_already_moved(tmp_path, monkeypatch, refused):
    write_together(tmp_path, OLD)
    move = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target == tmp_path / refused and "new" in self.parts:
            raise PermissionError(errno.EACCES, "open in a spreadsheet", str(target))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(PermissionError):
        write_together(tmp_path, NEW)
    assert written(tmp_path) == OLD


def test_ctrl_c_while_writing_leaves_the_old_files_as_they_were(tmp_path, monkeypatch):
    write_together(tmp_path, OLD)

    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(outputs.os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_together(tmp_path, NEW)
    assert written(tmp_path) == OLD


def test_ctrl_c_while_moving_waits_until_every_file_is_in_place(tmp_path, monkeypatch, ctrl_c_heard):
    write_together(tmp_path, OLD)
    move = Path.replace

    def struck(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return move(self, target)

    monkeypatch.setattr(Path, "replace", struck)
    with pytest.raises(KeyboardInterrupt):
        write_together(tmp_path, NEW)
    assert written(tmp_path) == NEW


def test_a_process_killed_while_writing_leaves_the_old_files_as_they_were(tmp_path):
    (tmp_path / "roster.json").write_bytes(b"old")
    killed = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from rosterplan.cli import outputs\n"
        "whole = outputs._write_through\n"
        "def dies(path, content):\n"
        "    os._exit(9) if path.name == 'tableau.xlsx' else whole(path, content)\n"
        "outputs._write_through = dies\n"
        "outputs.write_together(Path(sys.argv[1]), {'roster.json': b'new', 'tableau.xlsx': b'new'})\n"
    )
    assert subprocess.run([sys.executable, "-c", killed, str(tmp_path)], check=False).returncode == 9
    assert (tmp_path / "roster.json").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["roster.json"]
    # the next run is not disturbed by what the dead one left in its hidden folder
    write_together(tmp_path, {"roster.json": b"newer"})
    assert (tmp_path / "roster.json").read_bytes() == b"newer"
