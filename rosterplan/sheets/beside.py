"""Work done beside ours, in a second process, where the system can split one in two at no cost; else done here.

Only Linux splits a process for nothing and safely (no thread may be running). Elsewhere a second process would import
everything again, which takes about as long as it saves.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Beside(Generic[Found]):
    """The result of ``work``, begun now in a second process if there is one to spare, at the latest when it is asked for.

    ``work`` must depend on nothing that changes meanwhile and return what can be pickled. A second process that dies,
    is refused by the system or fails costs its time alone: the work is then done here, and an error is raised here.
    """

    def __init__(self, work: Callable[[], Found], *, worth_it: bool = True) -> None:
        self._work = work
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        if worth_it and _can_split():
            with suppress(OSError):
                self._start()

    def result(self) -> Found:
        """Return what the work found; called once."""
        if self._process is None or self._pipe is None:
            return self._work()
        try:
            done: tuple[Found] | None = self._pipe.recv()
        except (EOFError, OSError):
            done = None
        finally:
            self._pipe.close()
            self._process.join()
        return self._work() if done is None else done[0]

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_send, args=(self._work, theirs), daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours


def _send(work: Callable[[], object], pipe: Connection) -> None:
    """Do the work and send it whole; whatever goes wrong is left to the parent, who does it again in plain sight."""
    with suppress(Exception, KeyboardInterrupt):
        pipe.send((work(),))


def _can_split() -> bool:
    """True if a second process costs nothing, is safe, and has a processor to run on."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1 or multiprocessing.current_process().daemon:
        return False
    return len(os.sched_getaffinity(0)) > 1
