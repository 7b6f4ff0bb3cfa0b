"""A disk that may stop at any moment: what Python writes dies at the nth byte or step; what SQLite wrote is cut or torn.

A tick is a byte written, or one step of another kind (make a folder, flush, rename, remove). At the last tick nothing
more happens to the disk, not even what `finally` would tidy: as when the process is killed. Where power is lost, what was
written and never flushed is gone too.
"""

from __future__ import annotations

import os
import shutil
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pytest

FRAME_HEAD, WAL_HEAD = 24, 32


class Died(BaseException):
    """The process is no more."""


@dataclass
class Disk:
    """Counts ticks; dies after ``last``. ``unflushed``: files written since they were last flushed."""

    last: int
    ticks: int = 0
    unflushed: set[Path] = field(default_factory=set)
    died: bool = False

    def tick(self) -> None:
        """Let one more thing happen, or die before it."""
        if self.ticks >= self.last:
            raise Died
        self.ticks += 1

    def lose_power(self) -> None:
        """Empty what was never flushed: the worst that a lost cache leaves of it."""
        for path in self.unflushed:
            if path.exists():
                path.write_bytes(b"")

    def step(self, run: Callable[..., Any]) -> Callable[..., Any]:
        """Return a step that may be the one that never happens."""

        def stepped(*arguments: Any, **options: Any) -> Any:
            self.tick()
            return run(*arguments, **options)

        return stepped


class _Written:
    """A file opened for writing, byte after byte."""

    def __init__(self, disk: Disk, stream: BinaryIO, path: Path) -> None:
        self._disk, self._stream, self._path = disk, stream, path

    def __enter__(self) -> _Written:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def write(self, content: bytes) -> None:
        self._disk.unflushed.add(self._path)
        room = self._disk.last - self._disk.ticks
        self._stream.write(content[: max(room, 0)])
        self._disk.ticks += min(len(content), max(room, 0))
        if len(content) > room:
            self._stream.flush()
            raise Died

    def flush(self) -> None:
        self._stream.flush()

    def fileno(self) -> int:
        return self._stream.fileno()


@contextmanager
def dying(disk: Disk) -> Iterator[None]:
    """Within the block, the files and folders Python writes are on this disk; flushing is counted, not done."""
    opened, rename, replaced = Path.open, Path.rename, Path.replace
    paths: dict[int, Path] = {}

    def open_(path: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if "w" not in mode:
            return opened(path, mode, *arguments, **options)
        disk.tick()
        stream = opened(path, mode, *arguments, **options)
        paths[stream.fileno()] = path
        return _Written(disk, stream, path)

    def flushed(handle: int) -> None:
        disk.tick()
        disk.unflushed.discard(paths.get(handle, Path()))

    def moved(move: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def run(path: Path, target: Path) -> Path:
            disk.tick()
            lost = {one for one in disk.unflushed if one == path or path in one.parents}
            assert not lost, f"{path} is given its name before it is on the disk"
            return move(path, target)

        return run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", open_)
        patch.setattr(os, "fsync", flushed)
        patch.setattr(Path, "rename", moved(rename))
        patch.setattr(Path, "replace", moved(replaced))
        for owner, name in ((Path, "mkdir"), (Path, "unlink"), (Path, "chmod"), (tempfile, "mkdtemp"), (shutil, "copy2"), (shutil, "rmtree")):  # fmt: skip
            patch.setattr(owner, name, disk.step(getattr(owner, name)))
        yield


def cut_after(last: int, work: Callable[[], object]) -> Disk:
    """Do the work on a disk that dies after ``last`` ticks; return the disk, dead if it died before the end."""
    disk = Disk(last)
    try:
        with dying(disk):
            work()
    except Died:
        disk.died = True
    return disk


@dataclass(frozen=True)
class Log:
    """What one piece of work left in a write-ahead log: the database before it, and the bytes of the log."""

    before: bytes
    wal: bytes

    @property
    def page(self) -> int:
        """Bytes of a page."""
        return int(struct.unpack(">I", self.wal[8:12])[0])

    @property
    def frames(self) -> tuple[int, ...]:
        """Where each frame begins, and where the last one ends."""
        return tuple(range(WAL_HEAD, len(self.wal) + 1, FRAME_HEAD + self.page))

    def committed(self) -> tuple[int, ...]:
        """Where each frame that ends a transaction ends."""
        return tuple(end for start, end in zip(self.frames, self.frames[1:], strict=False) if self._size(start))

    def checkpointed(self, frames: int, torn: int) -> bytes:
        """The database once the first ``frames`` pages of the log, and ``torn`` bytes of the next, were copied into it."""
        data = bytearray(self.before)
        for number, start in enumerate(self.frames[:-1][: frames + 1]):
            content = self.wal[start + FRAME_HEAD : start + FRAME_HEAD + self.page]
            if number == frames:
                content = content[:torn]
            place = (struct.unpack(">I", self.wal[start : start + 4])[0] - 1) * self.page
            data.extend(bytes(max(0, place + len(content) - len(data))))
            data[place : place + len(content)] = content
        return bytes(data)

    def _size(self, start: int) -> int:
        return int(struct.unpack(">I", self.wal[start + 4 : start + 8])[0])
