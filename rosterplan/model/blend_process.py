"""The bound of one large sum, made by a process of its own while the search goes on."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection

import numpy as np

from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.canvas.bound import least_cost
from rosterplan.canvas.program import Program
from rosterplan.domain.result import Stage
from rosterplan.messages import say
from rosterplan.model import tasks
from rosterplan.model.blend_counts import Ahead, ahead_of
from rosterplan.model.blend_groups import Whole, ahead_by_groups
from rosterplan.model.blocks import Block
from rosterplan.model.proof import Known
from rosterplan.model.search import Search

HEARD_EVERY_SECONDS = 5.0
"""How often who waits for a round is told that it goes on."""


class Beside:
    """A process that bounds the one sum of all costs round after round, and says what counts to aim at.

    What it says is the same whenever it is asked: the first counts worth aiming at, and the bound of its last round.
    """

    def __init__(self, search: Search, pipe: Connection, most: int | None) -> None:
        """``most``: what a roster costs at least that lacks more than the incumbent; None where none such is asked about."""
        self._search, self._pipe, self._most = search, pipe, most
        self._last: Ahead | None = None
        self._done, self._parts = 0, 0

    def plan(self) -> Ahead | None:
        """Wait for counts worth aiming at; None where none come or the search must end."""
        while self._heard():
            if self._last is not None and self._last.close:
                return self._last
        return None

    def known(self) -> dict[Stage, Known]:
        """Wait for the last round, or until the search must end; empty where nothing came."""
        while self._heard():
            pass
        if self._last is None:
            return {}
        how = say(
            fr="programme linéaire du calendrier et des répartitions de chaque médecin, multiplicateurs entiers",
            en="linear program of the calendar and of each doctor’s counts, integer multipliers",
        )
        return {"blend": Known(self._value(), how)}

    def last_value(self) -> int | None:
        """The bound of the last round waited for, for rosters that lack no more than the incumbent did; None before one came.

        Waits for the last round, or until the search must end.
        """
        while self._heard():
            pass
        return None if self._last is None else self._last.value

    def _heard(self) -> bool:
        """Take the next message; False once there is none or the search must end. Who waits is told so now and then."""
        told = -HEARD_EVERY_SECONDS
        while not self._pipe.poll(0.1):
            if self._search.limits.over():
                return False
            if time.monotonic() - told >= HEARD_EVERY_SECONDS:
                told = time.monotonic()
                self._search.tell("blend", self._done, self._parts, "program")
        try:
            found: Ahead | None = self._pipe.recv()
        except (EOFError, OSError):
            return False
        if found is None:
            return False
        self._last = found
        self._done, self._parts = found.done if found.parts else self._done + 1, found.parts
        self._search.bounds["blend"] = self._value()
        self._search.tell("blend", self._done, self._parts, "program")
        return True

    def _value(self) -> int:
        """The bound of the last message, at least what every roster costs, for rosters that may lack more too where they count."""
        least = least_cost(self._search.program)
        if self._last is None:
            return least
        return max(least, self._last.value if self._most is None else min(self._last.value, self._most))


@contextmanager
def bound_meanwhile(search: Search, *, as_covered: bool = False, groups: Sequence[Block] = ()) -> Iterator[Beside]:
    """Within the block a process of its own bounds the one sum of all costs, as one or by ``groups``.

    ``as_covered``: of rosters that lack no more than the incumbent.
    """
    rounds, missing = rounds_of(search, groups), tasks.missing_of(search.program, search.incumbent.column)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_relax, args=(rounds, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Beside(search, ours, None if as_covered else _one_hole_more(search.program, missing))
    finally:
        process.kill()
        process.join()
        ours.close()


def rounds_of(search: Search, groups: Sequence[Block]) -> Callable[[], Iterator[Ahead]]:
    """Return what makes the rounds in a process of its own."""
    program, least = search.program, least_cost(search.program)
    whole = Whole.of(search.canvas, program, search.incumbent.held)
    if groups:
        return partial(ahead_by_groups, whole, [group.pairs for group in groups], least, max(search.crew.idle, 1))
    cell = whole.model.data.cell_of_pair[search.incumbent.held]
    counts = ints(np.bincount(cell[cell >= 0], minlength=len(whole.model.data.cell_doctor)))
    return partial(ahead_of, whole.model, counts, least)


def _relax(rounds: Callable[[], Iterator[Ahead]], pipe: Connection) -> None:
    """Send what each round knows, None after the last or where it is too large to be exact; Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for found in rounds():
            pipe.send(found)
    except OverflowError:
        pass
    pipe.send(None)


def _one_hole_more(program: Program, missing: IntArray) -> int:
    """Return what a roster costs at least that lacks more than ``missing`` somewhere: what counts leave out."""
    rows = program.rows
    priced = np.unique(rows.under_weight[(rows.key != -1) & (rows.under_weight > 0)])
    lacking = int(missing[rows.key != -1].sum())
    if not len(priced) or (lacking and len(priced) > 1):
        return least_cost(program)
    return int(priced.min()) * (lacking + 1) + least_cost(program)
