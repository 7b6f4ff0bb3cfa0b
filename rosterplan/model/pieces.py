"""Pieces of a roster planned again: some doctors over some days; chosen by what costs, solved, taken if no worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.strengthen import strengthened
from rosterplan.domain.result import Stage
from rosterplan.model import tasks
from rosterplan.model.mip import SECONDS_PER_EFFORT
from rosterplan.model.search import Search
from rosterplan.model.task import Outcome, Task

BLEND: tuple[tuple[Stage, int], ...] = (("blend", 1),)

SHAPES = (3, 5, 7, 10, 14, 21, 28, 10_000)
"""Days of a piece; the last is the whole period."""


def piece_of(search: Search, days: int, size: int, draw: np.random.Generator, others: Sequence[IntArray]) -> IntArray:
    """Return about ``size`` pairs of some doctors over some days, more often than not where something costs.

    Doctors of ``others`` stay out while enough are left: limits of one doctor then bind one piece alone.
    """
    program, pairs = search.program, search.canvas.pairs
    day, doctor = pairs["day"][program.pair], pairs["doctor"][program.pair]
    first, last = int(day.min()), int(day.max())
    days = min(days, last - first + 1)
    centre = _costly_day(program, search.incumbent.column, day, draw) if draw.random() < 0.6 else None
    if centre is None:
        centre = int(draw.integers(first, last + 1))
    begin = min(max(centre - int(draw.integers(days)), first), last - days + 1)
    inside = (day >= begin) & (day < begin + days)
    busy = np.unique(np.concatenate([ints([]), *(doctor[piece] for piece in others)]))
    if len(np.unique(doctor)) - len(busy) >= 2 * len(busy):
        inside &= ~np.isin(doctor, busy)
    who, many = np.unique(doctor[inside], return_counts=True)
    order = draw.permutation(len(who))
    count = max(2, int(np.searchsorted(np.cumsum(many[order]), size)))
    return np.flatnonzero(inside & np.isin(doctor, who[order[:count]]))


def _costly_day(program: Program, column: IntArray, day: IntArray, draw: np.random.Generator) -> int | None:
    """Return the day of a need that is not met as it should, drawn by what it costs."""
    rows = program.rows
    activity = rows.terms.dot(column)
    lack = np.maximum(rows.lo - activity, 0) * rows.under_weight * (rows.under_weight > 0)
    above = np.where(rows.over_weight > 0, np.maximum(activity - rows.hi, 0) * rows.over_weight, 0)
    price = (np.where(rows.under_weight > 0, lack, 0) + above).astype(np.float64)
    price[rows.terms.lengths == 0] = 0
    if price.sum() <= 0:
        return None
    row = int(draw.choice(len(price), p=price / price.sum()))
    column_of = int(rows.terms.row(row)[0])
    return int(day[column_of]) if column_of < program.pairs else None


def solved(
    search: Search, pieces: Sequence[IntArray], effort: float, *, better: bool, by_highs: bool = False
) -> list[Outcome]:
    """Return the outcome of each piece planned anew from the roster of now; HiGHS begins with what is held."""
    program, column = search.program, search.incumbent.column
    tickets = []
    for piece in pieces:
        part = strengthened(cut(program, piece, column))
        if by_highs:
            held = search.incumbent.held[piece]
            made = Task(part, BLEND, effort, search.limits.seed, name="piece", engine="mip", start=held)
            tickets.append(search.crew.submit(replace(made, seconds=search.limits.left(SECONDS_PER_EFFORT * effort))))
            continue
        limits: tuple[tuple[Stage, int], ...] = ()
        if better:
            costs = part.costs(part.values(search.incumbent.held[piece]))
            limits = (("blend", int(sum(costs[stage] for stage in tasks.BLEND))),)
        tickets.append(search.crew.submit(Task(part, BLEND, effort, search.limits.seed, limits=limits, name="piece")))
    return awaited(search, tickets)


def awaited(search: Search, tickets: Sequence[int]) -> list[Outcome]:
    """Return the outcomes in the order of the tickets; what comes of other tasks is kept for those who wait for it."""
    found = search.arrived
    while not set(tickets) <= found.keys() and not search.limits.over():
        found.update(search.crew.outcomes())
    return [found.pop(ticket, Outcome("lost")) for ticket in tickets]


def take(search: Search, piece: IntArray, outcome: Outcome) -> int:
    """Hold what was found if it breaks less, or breaks nothing more and costs no more; return what it gains, 0 where nothing."""
    incumbent, program = search.incumbent, search.program
    if outcome.held is None or np.array_equal(outcome.held, incumbent.held[piece]):
        return 0
    held = incumbent.held.copy()
    held[piece] = outcome.held
    column = program.values(held)
    before, after = len(program.broken(incumbent.column)), len(program.broken(column))
    old, new = value_of(program, incumbent.column), value_of(program, column)
    if after > before or (after == before and new > old):
        return 0
    incumbent.take(piece, outcome.held)
    return max(old - new, int(after < before))


def value_of(program: Program, column: IntArray) -> int:
    """Return the cost of `blend`, wishes and comfort."""
    costs = program.costs(column)
    return int(sum(costs[stage] for stage in tasks.BLEND))
