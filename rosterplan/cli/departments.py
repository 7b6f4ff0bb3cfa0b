"""One folder of many, planned by a process of its own: the same task on the processors here or on those of a cluster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rosterplan import __version__
from rosterplan.cli.exits import Exit

POLL_SECONDS = 0.2
WINDOWS = sys.platform == "win32"


@dataclass(frozen=True)
class Ended:
    """How the computation of one folder ended: exit code of `solve`, wall time, what it said last, and with what version.

    ``files`` holds what was written, by name, where it was written on another machine.
    """

    code: int
    seconds: float
    words: str
    version: str = __version__
    files: Mapping[str, bytes] | None = None


def planned_here(folder: Path, out: Path, options: Sequence[str], stop: threading.Event) -> Ended:
    """Plan a folder in a process of its own; ``stop`` asks it to end with the best it has, as Ctrl-C would."""
    if stop.is_set():
        return Ended(Exit.CUT, 0.0, "")
    began = time.monotonic()
    command = [sys.executable, "-m", "rosterplan.cli", "solve", str(folder), "--out", str(out), "--quiet", *options]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, start_new_session=not WINDOWS
        )
        try:
            _wait(process, stop)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        said.seek(0)
        words = said.read().decode("utf-8", "replace").strip()
    return Ended(_code_of(process.returncode), time.monotonic() - began, words)


def planned_elsewhere(name: str, content: Mapping[str, bytes], options: Sequence[str]) -> Ended:
    """Plan a folder sent whole, on the machine that runs this, and send back what was written; no disk is shared.

    ``name`` is that of the folder; an instance.json is sent as the only file, under its own name.
    """
    with tempfile.TemporaryDirectory(prefix="rosterplan-") as place:
        folder, out = Path(place) / name, Path(place) / "out"
        for path, data in content.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        alone = folder / name
        ended = planned_here(alone if alone.is_file() else folder, out, options, threading.Event())
        files = {path.name: path.read_bytes() for path in sorted(out.glob("*")) if path.is_file()}
    return Ended(ended.code, ended.seconds, ended.words, __version__, files)


def content_of(folder: Path) -> dict[str, bytes]:
    """Return the files a computation may read: the plan and what came back, hidden files left out; or the one file."""
    if folder.is_file():
        return {folder.name: folder.read_bytes()}
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    inside = {path.relative_to(folder): path for path in found}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in inside.items()
        if not any(part.startswith((".", "~$")) for part in name.parts)
    }


def _wait(process: subprocess.Popen[bytes], stop: threading.Event) -> None:
    """Wait for its end; on ``stop`` ask it once to end well. On Windows the console has asked it already."""
    asked = False
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(POLL_SECONDS)
            return
        if stop.is_set() and not asked:
            asked = True
            if not WINDOWS:
                with suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGINT)


def _code_of(returned: int) -> int:
    """Return the exit code of the contract: one stopped while it woke up was cut; one broken otherwise is our fault."""
    if returned in (-signal.SIGINT, 128 + signal.SIGINT):
        return Exit.CUT
    return returned if returned in set(Exit) else Exit.BUG
