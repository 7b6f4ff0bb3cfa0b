"""What each doctor should hold where all costs are one sum: the calendar and the patterns of counts, round after round.

Each round solves the linear program with the patterns known, bounds the sum and prices new patterns. Its optimum is nearly
whole in its counts (measured: 15 of 1,270 in fractions for 250 doctors) and rosters at these counts come within a few
percent of it, so they are what the search aims at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, ints
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import Program
from rosterplan.model.blend_bound import Joined, Relaxation
from rosterplan.model.patterns import generated_patterns
from rosterplan.model.patterns_data import Counts
from rosterplan.model.patterns_near import cheapest, patterns_beside
from rosterplan.model.patterns_pricing import FloatArray, Patterns, distinct

ROUNDS = 5
CLOSE = 0.03
"""Counts are worth aiming at once the bound is so near the optimum of the program: later patterns change few of them."""

DONE = 1e-4
WHOLE = 0.02
PASSED = 0.01

LIKELY = 1e-3
"""An interior optimum holds this much of every pair some optimum holds; the others cost more (measured: half of all pairs)."""


@dataclass(frozen=True)
class Ahead:
    """A bound, the count each cost table should stand at (−1: not said), and the pairs some of which are held to reach it.

    ``close`` once these are worth aiming at. ``done`` of ``parts`` are looked at, where the program is taken in parts.
    """

    value: int
    planned: IntArray
    likely: BoolArray
    close: bool
    done: int = 0
    parts: int = 0


def ahead_of(model: Relaxation, counts: IntArray, least: int) -> Iterator[Ahead]:
    """Yield what each round knows, from the ``counts`` (per cell) of a roster and a bound known."""
    best = least
    for joined in rounds_of(model, first_patterns(model.data, counts), least):
        best = max(best, joined.value)
        yield ahead(model, joined, best)


def first_patterns(data: Counts, counts: IntArray) -> Patterns:
    """Return the patterns fairness alone asks for and those beside them, and beside the ``counts`` (per cell) of a roster."""
    patterns = generated_patterns(data)
    return distinct([patterns, patterns_beside(data, cheapest(data, patterns)), patterns_beside(data, counts)])


def ahead(model: Relaxation, joined: Joined, best: int) -> Ahead:
    """Return what a round says of counts and pairs, ``best`` the bound so far."""
    likely = joined.columns[: model.program.pairs] > LIKELY
    return Ahead(best, _planned(model, joined), likely, joined.optimum - best <= CLOSE * abs(joined.optimum))


def rounds_of(
    model: Relaxation, patterns: Patterns, least: int, rounds: int = ROUNDS, known: BoolArray | None = None
) -> Iterator[Joined]:
    """Yield the optimum of each round, from the ``patterns`` given, until its bound is near enough or nothing is new.

    Rows that let one pair at most be held are left out until an optimum passes them, those ``known`` to matter apart.

    Most follow from dearer ones (rest, from what close duties cost), and without them a round takes half the time.
    """
    program = model.program
    left_out = _cliques(program)
    if known is not None:
        left_out &= ~known
    best = least
    for _ in range(rounds):
        joined = model.solved(patterns, np.flatnonzero(~left_out))
        best = max(best, joined.value)
        yield joined
        passed = left_out & (_activity(program, joined.columns) > program.rows.hi + PASSED)
        left_out &= ~passed
        more = distinct([patterns, joined.patterns])
        done = joined.optimum - best <= DONE * abs(joined.optimum)
        if not passed.any() and (done or len(more) == len(patterns)):
            return
        patterns = more


def _cliques(program: Program) -> BoolArray:
    """Return the hard rows of pairs of which one at most may be held, needs apart."""
    rows = program.rows
    least, _ = extremes(rows.terms)
    ones = rows.terms.sums(ints(rows.terms.coefs == 1)) == rows.terms.lengths
    hard = (rows.over_weight == 0) & (rows.under_weight == 0) & (rows.key == -1) & (rows.lo <= least)
    return np.asarray(hard & ones & (rows.hi == 1), dtype=bool)


def _activity(program: Program, columns: FloatArray) -> FloatArray:
    """Return Σ coefficient × column of each row, for columns in fractions."""
    terms = program.rows.terms
    held = terms.coefs * columns[terms.items]
    return np.asarray(np.bincount(terms.row_of_entry, weights=held, minlength=len(terms)), dtype=np.float64)


def _planned(model: Relaxation, joined: Joined) -> IntArray:
    """Return the count of each table whose cells are whole; totals follow from them and are not said."""
    data, counts = model.data, np.rint(joined.counts)
    planned = data.by_table(model.covered, ints(counts))
    planned[data.total_table] = -1
    unsure = np.abs(joined.counts - counts) > WHOLE
    tables = data.item_table[data.cell_item[unsure]]
    planned[tables[tables >= 0]] = -1
    return planned
