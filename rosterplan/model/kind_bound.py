"""A bound of wishes and comfort: each unit alone, its own rules kept, what it shares with others counted once at its least.

Every roster as fair as asked, restricted to a unit, obeys the unit's program and costs at least its best; the sum over
units is a bound. CP-SAT gives the least of each unit, or how low it may be where the effort ends before.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rosterplan.canvas.arrays import INF, BoolArray, IntArray, Ragged, ints, ranges, stacked
from rosterplan.canvas.freeze import extremes
from rosterplan.canvas.program import STAGE_NUMBER, Convex, Program, Rows
from rosterplan.domain.result import Stage
from rosterplan.messages import say
from rosterplan.model import tasks
from rosterplan.model.blocks import Block
from rosterplan.model.crew import gathered
from rosterplan.model.kind import kind_effort
from rosterplan.model.patterns_cuts import alone
from rosterplan.model.proof import Known
from rosterplan.model.search import BLOCK_EFFORT, Search
from rosterplan.model.task import Task

FAIRNESS = STAGE_NUMBER["fairness"]
SHARE = 0.1
"""Of the effort for wishes and comfort, what their bound may take."""

SECONDS_PER_EFFORT, SECONDS_PER_PAIR = 1.5, 2e-5
"""Wall seconds with two processes (measured)."""


def bound_seconds(search: Search) -> float:
    """Return about how long the bound takes: its effort, and cutting each unit out of a large program."""
    return SECONDS_PER_EFFORT * kind_effort(search) * SHARE + SECONDS_PER_PAIR * search.program.pairs


def kind_bound(search: Search, ceiling: int, allowed: tuple[IntArray, IntArray]) -> dict[Stage, Known]:
    """Return what wishes and comfort cost at least with fairness at most ``ceiling`` and counts in ``allowed``.

    A unit not looked at in time counts at its least, nothing. Empty where no unit was, and where a cost that brings gain has
    no bound.
    """
    effort = min(BLOCK_EFFORT, kind_effort(search) * SHARE / max(len(search.units), 1))
    program, home = search.program, _home(search)
    missing = tasks.missing_of(program, search.incumbent.column)
    made = []
    for unit in search.units:
        if search.limits.over():
            return {}
        made.append(_task(search, unit, home, missing, ceiling, allowed, effort))
    bounds = [outcome.bound for outcome in gathered(search.crew, [task for task, _ in made], search.limits.over)]
    inside = np.concatenate([ints([]), *(numbers for _, numbers in made)])
    derived = program.linear[list(tasks.BLEND), program.pairs :]
    rest = _least_elsewhere(program, inside, tasks.BLEND) + int(np.minimum(derived, 0).sum())
    gains = bool((program.linear[list(tasks.BLEND)] < 0).any())
    if all(bound is None for bound in bounds) or (None in bounds and gains):
        return {}
    known = Known(
        rest + sum(bound or 0 for bound in bounds),
        say(
            fr="chaque secteur seul, à équité au plus celle retenue ; ce qui est partagé compte au moins",
            en="each sector alone, no less fair than was kept; what is shared counts at its least",
        ),
    )
    search.bounds["blend"] = known.value or 0
    search.tell("blend")
    return {"blend": known}


def _home(search: Search) -> IntArray:
    """Return the unit of each column; −1 for a derived column whose members stand in several."""
    program = search.program
    home = np.full(program.columns, -1, dtype=np.int64)
    for unit in search.units:
        home[unit.pairs] = unit.unit
    members, row = program.any_of, program.any_of.row_of_entry
    low = np.full(len(members), np.iinfo(np.int64).max)
    high = np.full(len(members), -1, dtype=np.int64)
    np.minimum.at(low, row, home[members.items])
    np.maximum.at(high, row, home[members.items])
    home[program.pairs :] = np.where(low == high, low, -1)
    return home


def _task(
    search: Search,
    unit: Block,
    home: IntArray,
    missing: IntArray,
    ceiling: int,
    allowed: tuple[IntArray, IntArray],
    effort: float,
) -> tuple[Task, IntArray]:
    """Return the search for the least of a unit alone, and the numbers of the tables it counts."""
    program = search.program
    part = alone(program, unit.pairs, _all_needed(program, unit.pairs, missing))
    inside = np.full(program.columns, -1, dtype=np.int64)
    inside[unit.pairs] = np.arange(len(unit.pairs))
    soft = _soft_rows(program, home, unit.unit, inside)
    tables, numbers = _tables(program, home, unit.unit, inside)
    rows = _joined(part.rows, soft)
    linear = np.zeros((len(program.linear), part.columns), dtype=np.int64)
    linear[:, : part.pairs] = program.linear[:, unit.pairs]
    low, high = (side[numbers] for side in allowed)
    task = Task(
        replace(part, rows=rows, convex=tables, linear=linear), (("blend", 1),), effort, search.limits.seed,
        limits=(("fairness", ceiling - _least_elsewhere(program, numbers, (FAIRNESS,))),),
        count_low=low, count_high=high, name=f"{unit.name}, alone",
    )  # fmt: skip
    return task, numbers


def _all_needed(program: Program, pairs: IntArray, missing: IntArray) -> BoolArray:
    """Return which pairs stand for needs of levels the incumbent fills altogether."""
    rows = program.rows
    short = np.unique(rows.under_weight[(missing > 0) & (rows.under_stage == tasks.COVERAGE)])
    terms = program.rows_of.take(pairs)
    doubtful = np.isin(rows.under_weight[terms.items], short) & (rows.under_stage[terms.items] == tasks.COVERAGE)
    return np.asarray(np.bincount(terms.row_of_entry, weights=doubtful, minlength=len(pairs)) == 0, dtype=bool)


def _soft_rows(program: Program, home: IntArray, unit: int, inside: IntArray) -> Rows:
    """Return the rows of pairs that charge wishes and comfort, owned by the first unit they touch."""
    rows, row = program.rows, program.rows.terms.row_of_entry
    owner = np.full(len(rows), np.iinfo(np.int64).max)
    np.minimum.at(owner, row, _or_last(home[rows.terms.items]))
    count = len(rows)
    outside = np.bincount(row, weights=inside[rows.terms.items] < 0, minlength=count) > 0
    negative = np.bincount(row, weights=rows.terms.coefs < 0, minlength=count) > 0
    over = (rows.over_weight > 0) & np.isin(rows.over_stage, tasks.BLEND) & ~(outside & negative)
    under = (rows.under_weight > 0) & np.isin(rows.under_stage, tasks.BLEND) & ~outside
    kept = np.flatnonzero((owner == unit) & (over | under))
    terms = rows.terms.take(kept)
    terms = terms.keep_entries(inside[terms.items] >= 0)
    terms = Ragged(terms.bounds, inside[terms.items], terms.coefs)
    lo, hi = np.where(under[kept], rows.lo[kept], -INF), np.where(over[kept], rows.hi[kept], INF)
    return rows.take(kept, terms, lo, hi)


def _tables(program: Program, home: IntArray, unit: int, inside: IntArray) -> tuple[Convex, IntArray]:
    """Return the tables of fairness, wishes and comfort the unit counts, and their numbers.

    One of wishes or comfort that stands on other units too is the first one's, at its least whatever others add.
    """
    convex, row = program.convex, program.convex.terms.row_of_entry
    own = inside[convex.terms.items] >= 0
    outside = np.bincount(row, weights=~own, minlength=len(convex)) > 0
    negative = np.bincount(row, weights=convex.terms.coefs < 0, minlength=len(convex)) > 0
    first = np.full(len(convex), np.iinfo(np.int64).max)
    np.minimum.at(first, row, _or_last(home[convex.terms.items]))
    whole = ~outside & (np.isin(convex.stage, (FAIRNESS, *tasks.BLEND)))
    shared = outside & ~negative & np.isin(convex.stage, tasks.BLEND)
    kept = np.flatnonzero((convex.terms.lengths > 0) & (first == unit) & (whole | shared))
    terms = convex.terms.take(kept)
    terms = terms.keep_entries(inside[terms.items] >= 0)
    terms = Ragged(terms.bounds, inside[terms.items], terms.coefs)
    added = extremes(convex.terms.take(kept))[1] - extremes(terms)[1]
    costs = [
        _least_with(convex.costs[start : start + size], int(most))
        for start, size, most in zip(convex.starts[kept], convex.sizes[kept], added, strict=True)
    ]
    sizes = convex.sizes[kept]
    starts = np.concatenate((ints([0]), np.cumsum(sizes)))[:-1]
    every = np.concatenate([ints([]), *costs])
    return Convex(
        terms, convex.base[kept], convex.low[kept], ints(starts), sizes, every, convex.stage[kept], convex.rule[kept]
    ), ints(kept)


def _or_last(home: IntArray) -> IntArray:
    """Return units, what stands in several after all others."""
    return np.where(home >= 0, home, np.iinfo(np.int64).max)


def _least_with(table: IntArray, most: int) -> IntArray:
    """Return the least of a convex table at each count when up to ``most`` more may be added."""
    if most == 0 or not len(table):
        return table
    ahead = np.minimum(np.arange(len(table)) + most, len(table) - 1)
    best = int(table.argmin())
    return ints(np.where(ahead <= best, table[ahead], np.where(np.arange(len(table)) >= best, table, table[best])))


def _least_elsewhere(program: Program, numbers: IntArray, stages: tuple[int, ...]) -> int:
    """Return the least that some stages cost outside the tables numbered and the columns of pairs."""
    convex = program.convex
    other = np.setdiff1d(np.flatnonzero(np.isin(convex.stage, stages)), numbers)
    least, most = (side[other] for side in extremes(convex.terms))
    lengths = most - least + 1
    values = convex.costs[ranges(convex.starts[other] + convex.base[other] + least - convex.low[other], lengths)]
    heads = np.concatenate((ints([0]), np.cumsum(lengths)))[:-1]
    tables = int(np.minimum.reduceat(values, heads).sum()) if len(heads) else 0
    return tables + sum(int(program.constant[stage]) for stage in stages)


def _joined(first: Rows, second: Rows) -> Rows:
    """Return the rows of both."""
    sides = {
        name: np.concatenate((getattr(first, name), getattr(second, name)))
        for name in ("lo", "hi", "over_weight", "over_stage", "under_weight", "under_stage", "rule", "key")
    }
    return Rows(terms=stacked([first.terms, second.terms]), **sides)
