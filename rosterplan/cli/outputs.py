"""Files that appear together or not at all: written beside their place, then moved into it at once.

All are written and flushed in a hidden folder of the same disk, so that a full disk, a crash or Ctrl-C leaves the
old files as they were; only then is each moved over its predecessor, and a refused move (a file open in a
spreadsheet on Windows) puts back those already moved.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType


def write_together(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write every file under ``folder`` (names may hold subfolders), or none; return their paths in order.

    Raises:
        OSError: nothing was changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".rosterplan-", dir=folder))
    try:
        for name, content in files.items():
            _write_through(stage / "new" / name, content)
        with _uninterrupted():
            _move_all(stage, folder, list(files))
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return tuple(folder / name for name in files)


def _write_through(path: Path, content: bytes) -> None:
    """Write to the disk itself, not only to its cache: a full disk is known before anything moves."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _move_all(stage: Path, folder: Path, names: list[str]) -> None:
    """Move each staged file over its predecessor; if one is refused, those already moved are put back."""
    for name in names:
        if (folder / name).exists():
            kept = stage / "old" / name
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / name, kept)
    moved: list[str] = []
    try:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / "new" / name).replace(folder / name)
            moved.append(name)
    except OSError:
        for name in moved:
            if (stage / "old" / name).exists():
                (stage / "old" / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C during the moves waits until they are over: a few milliseconds."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []

    def later(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before = signal.signal(signal.SIGINT, later)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if asked:
            signal.raise_signal(signal.SIGINT)
