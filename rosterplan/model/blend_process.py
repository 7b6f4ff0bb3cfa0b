"""The bound of one large sum, made by a process of its own while the search goes on."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import numpy as np

from rosterplan.canvas.arrays import IntArray
from rosterplan.canvas.program import Program
from rosterplan.domain.result import Stage
from rosterplan.messages import say
from rosterplan.model import tasks
from rosterplan.model.blend_bound import Relaxation, relaxation
from rosterplan.model.deep import least_cost
from rosterplan.model.proof import Known
from rosterplan.model.search import Search

ONE_SUM: tuple[Stage, ...] = ("blend", "wishes", "comfort")


@contextmanager
def bound_meanwhile(search: Search) -> Iterator[Callable[[], dict[Stage, Known]]]:
    """Within the block a process of its own bounds the one sum of all costs; the function waits for it and returns it.

    It waits as long as it takes, or until the search must end. Empty where nothing came.
    """
    program = search.program
    missing = tasks.missing_of(program, search.incumbent.column)
    model = relaxation(search.canvas, program, missing, dict.fromkeys(ONE_SUM, 1), "blend")
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_relax, args=(model, theirs), daemon=True)
    process.start()
    theirs.close()

    def found() -> dict[Stage, Known]:
        while not ours.poll(0.1):
            if search.limits.over():
                return {}
        try:
            value: int | None = ours.recv()
        except (EOFError, OSError):
            return {}
        if value is None:
            return {}
        value = min(value, _one_hole_more(program, missing))
        how = say(
            fr="programme linéaire du calendrier et des répartitions de chaque médecin, multiplicateurs entiers",
            en="linear program of the calendar and of each doctor’s counts, integer multipliers",
        )
        search.bounds["blend"] = value
        search.tell("blend")
        return {"blend": Known(value, how)}

    try:
        yield found
    finally:
        process.kill()
        process.join()
        ours.close()


def _relax(model: Relaxation, pipe: Connection) -> None:
    """Send the bound of a model, None where it is too large to be exact; Ctrl-C is the parent's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        value: int | None = model.relaxed().value
    except OverflowError:
        value = None
    pipe.send(value)


def _one_hole_more(program: Program, missing: IntArray) -> int:
    """Return what a roster costs at least that lacks more than ``missing`` somewhere: what counts leave out."""
    rows = program.rows
    priced = np.unique(rows.under_weight[(rows.key != -1) & (rows.under_weight > 0)])
    lacking = int(missing[rows.key != -1].sum())
    if not len(priced) or (lacking and len(priced) > 1):
        return least_cost(program)
    return int(priced.min()) * (lacking + 1) + least_cost(program)
