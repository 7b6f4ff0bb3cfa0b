"""Files appear together or not at all."""

from __future__ import annotations

import errno
import os
import signal
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


def test_ctrl_c_while_moving_waits_until_every_file_is_in_place(tmp_path, monkeypatch):
    write_together(tmp_path, OLD)
    move = Path.replace

    def struck(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return move(self, target)

    monkeypatch.setattr(Path, "replace", struck)
    with pytest.raises(KeyboardInterrupt):
        write_together(tmp_path, NEW)
    assert written(tmp_path) == NEW
