"""Ctrl-C, a polite kill and a stop file ask a computation to stop with the best it has; Ctrl-C twice stops the program."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from rosterplan.cli.exits import Exit, Refused
from rosterplan.messages import say

LOOK_SECONDS = 0.2
"""How often the stop file is looked for."""


@contextmanager
def stopping_politely() -> Iterator[threading.Event]:
    """Within the block, the event is set by the first Ctrl-C or SIGTERM; a second one raises KeyboardInterrupt."""
    asked = threading.Event()

    def heard(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def refuse_stale(stop_file: Path | None) -> None:
    """Refuse a stop file that is there before the computation begins: it would stop at once.

    Raises:
        Refused: the file exists (exit 2).
    """
    if stop_file is not None and stop_file.exists():
        raise Refused(
            say(
                fr=f"Le fichier d’arrêt {stop_file} existe déjà : supprimez-le avant de lancer le calcul.",
                en=f"The stop file {stop_file} is there already: delete it before you start the computation.",
            ),
            Exit.USAGE,
        )


def stopping_at(stop_file: Path | None, asked: threading.Event) -> Callable[[], bool]:
    """Return what says whether to stop: once the event is set, or the file has appeared."""
    looked = [0.0]

    def stop() -> bool:
        if stop_file is None or asked.is_set():
            return asked.is_set()
        now = time.monotonic()
        if now - looked[0] >= LOOK_SECONDS:
            looked[0] = now
            if stop_file.exists():
                asked.set()
        return asked.is_set()

    return stop
