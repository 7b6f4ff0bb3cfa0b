"""Warm solver processes, one task at a time each; one that dies or hangs is replaced and its task is lost, not the run."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType

from rosterplan.canvas.arrays import BoolArray
from rosterplan.model.recheck import trusted
from rosterplan.model.task import Outcome, Task

PATIENCE_SECONDS_PER_EFFORT = 100.0
"""Wall seconds a unit of deterministic time may take before a process counts as hung (usual: 1 to 3)."""

START_SECONDS = 60.0

MEMORY_BYTES = 4 * 2**30
"""What one solver process may hold, where the system can tell it (Linux): a block of a region needs a tenth of it (measured)."""

NO_MEMORY = "solver process out of memory"


def _bounded(memory_bytes: int) -> None:
    """Let this process hold at most ``memory_bytes`` of data; more ends it, which loses one block instead of the computer."""
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    least = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (least, hard))


def _serve(pipe: Connection, memory_bytes: int) -> None:
    """Solve tasks as they come, until the parent closes the pipe or dies; Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bounded(memory_bytes)
    from rosterplan.model.engines import solve_task

    while True:
        try:
            task: Task | None = pipe.recv()
        except (EOFError, OSError):
            return
        except MemoryError:
            pipe.send(Outcome("lost", note=NO_MEMORY))
            return
        if task is None:
            return
        try:
            outcome = solve_task(task, pipe.send)
        except MemoryError:
            outcome = Outcome("lost", note=NO_MEMORY)
        except Exception as fault:  # whatever goes wrong in one block must not end the run; it is reported as lost
            outcome = Outcome("lost", note=f"{type(fault).__name__}: {fault}")
        try:
            pipe.send(outcome)
        except OSError:
            return


@contextmanager
def _born_deaf_to_interrupts() -> Iterator[None]:
    """A process started within never hears Ctrl-C, not even while it wakes up; the parent hears it a moment later."""
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:
        yield
        return
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


class _Hand:
    """One solver process and the ticket it works on."""

    def __init__(self, memory_bytes: int) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self.pipe: Connection = ours
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, memory_bytes), daemon=True)
        with _born_deaf_to_interrupts():
            self.process.start()
        theirs.close()
        self.ticket: int | None = None
        self.task: Task | None = None
        self.deadline = 0.0

    def close(self) -> None:
        """End the process now."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Alone:
    """The same face without a process: each task is solved here, when outcomes are asked for.

    For tests and for callers that are workers themselves; a fault of the solver is a fault of the caller.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[int, Task]] = []
        self._next = 0
        self.bounds: dict[int, int] = {}
        self.rosters: dict[int, BoolArray] = {}

    def __enter__(self) -> Alone:
        return self

    def __exit__(self, *_: object) -> None:
        return

    @property
    def idle(self) -> int:
        """One, less the tasks waiting."""
        return 1 - len(self._waiting)

    def submit(self, task: Task) -> int:
        """Queue a task and return its ticket."""
        ticket, self._next = self._next, self._next + 1
        self._waiting.append((ticket, task))
        return ticket

    def outcomes(self) -> Iterator[tuple[int, Outcome]]:
        """Solve what waits and yield it."""
        from rosterplan.model.engines import solve_task

        while self._waiting:
            ticket, task = self._waiting.pop(0)
            yield ticket, trusted(task, solve_task(task))


def crew_of(workers: int) -> Crew | Alone:
    """Return a crew of ``workers`` processes; 0 solves in this one."""
    return Crew(workers) if workers else Alone()


def gathered(crew: Crew | Alone, made: Sequence[Task], stop: Callable[[], bool]) -> list[Outcome]:
    """Return the outcomes of tasks, in their order; those not solved when asked to stop are unknown."""
    place_of: dict[int, int] = {}
    found = [Outcome("unknown")] * len(made)
    waiting = list(enumerate(made))
    while (waiting or place_of) and not stop():
        while waiting and crew.idle > 0:
            place, task = waiting.pop(0)
            place_of[crew.submit(task)] = place
        for ticket, outcome in crew.outcomes():
            if ticket in place_of:
                found[place_of.pop(ticket)] = outcome
    return found


class Crew:
    """At most ``workers`` processes of bounded memory; `submit` numbers a task, `outcomes` yields (ticket, outcome) as they come."""

    def __init__(self, workers: int, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        self._hands = [_Hand(memory_bytes) for _ in range(workers)]
        self._waiting: list[tuple[int, Task]] = []
        self._next = 0
        self.bounds: dict[int, int] = {}
        """Bounds reached so far by tasks that tell them meanwhile, by ticket."""
        self.rosters: dict[int, BoolArray] = {}
        """The best rosters so far of tasks that show them meanwhile, as found: nobody has looked at them again."""

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for hand in self._hands:
            hand.close()

    @property
    def idle(self) -> int:
        """Processes without a task, less tasks waiting."""
        return sum(hand.ticket is None for hand in self._hands) - len(self._waiting)

    def submit(self, task: Task) -> int:
        """Queue a task and return its ticket."""
        ticket, self._next = self._next, self._next + 1
        self._waiting.append((ticket, task))
        self._hand_out()
        return ticket

    def outcomes(self, patience_seconds: float = 0.2) -> Iterator[tuple[int, Outcome]]:
        """Yield what is finished, waiting at most ``patience_seconds`` for the first."""
        busy = {hand.pipe: hand for hand in self._hands if hand.ticket is not None}
        for ready in wait(list(busy), patience_seconds) if busy else ():
            hand = busy[ready]  # type: ignore[index]
            try:
                outcome: Outcome | int | BoolArray = hand.pipe.recv()
            except (EOFError, OSError) as fault:
                outcome = Outcome("lost", note=f"solver process ended: {fault}")
            assert hand.task is not None and hand.ticket is not None
            if isinstance(outcome, int):
                self.bounds[hand.ticket] = outcome
                continue
            if not isinstance(outcome, Outcome):
                self.rosters[hand.ticket] = outcome
                continue
            yield self._settle(hand, trusted(hand.task, outcome))
        now = time.monotonic()
        for hand in self._hands:
            if hand.ticket is not None and now > hand.deadline:
                yield self._settle(hand, Outcome("lost", note="solver process hung"))
        self._hand_out()

    def _settle(self, hand: _Hand, outcome: Outcome) -> tuple[int, Outcome]:
        ticket = hand.ticket
        assert ticket is not None
        hand.ticket = hand.task = None
        if outcome.verdict == "lost":
            hand.close()
            self._hands[self._hands.index(hand)] = _Hand(self._memory_bytes)
        self._hand_out()
        return ticket, outcome

    def _hand_out(self) -> None:
        for hand in self._hands:
            if hand.ticket is None and self._waiting:
                ticket, task = self._waiting.pop(0)
                hand.ticket, hand.task = ticket, task
                hand.deadline = time.monotonic() + START_SECONDS + PATIENCE_SECONDS_PER_EFFORT * task.effort
                try:
                    hand.pipe.send(task)
                except (BrokenPipeError, OSError):
                    hand.deadline = 0.0
