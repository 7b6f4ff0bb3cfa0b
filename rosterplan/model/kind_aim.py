"""Wishes and comfort of a department planned at once: fairness at a price makes one sum, whose linear program shows the way.

Any price gives a bound: fairness + price × the rest is never below the bound of the sum, so the rest is never below (that −
what fairness may cost) / price. Rosters at the counts the program wants have a sixth to a fifth less of it left than windows and
circles find in the same time (measured: departments of 11,000 and 26,000 pairs; a hospital group of 10,000: a fiftieth). The
program of a large department is taken by groups of sectors.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import INF, IntArray
from rosterplan.canvas.bound import least_cost
from rosterplan.canvas.harden import UPPER, hardened
from rosterplan.canvas.priced import priced
from rosterplan.domain.result import Stage
from rosterplan.messages import say
from rosterplan.model.blend_process import bound_meanwhile
from rosterplan.model.blocks import Block, clusters_of
from rosterplan.model.change_columns import with_rows
from rosterplan.model.one_sum import aim
from rosterplan.model.progress import Progress
from rosterplan.model.proof import Known, highest
from rosterplan.model.rounds import Incumbent
from rosterplan.model.search import Search
from rosterplan.model.tasks import FAIRNESS

WHOLE_PAIRS = 30_000
"""Above this the linear program of the whole takes minutes (35,000 pairs: more than two, measured): it is taken by groups."""

GROUP_PAIRS = 4_000
"""Sectors that share doctors are one group up to this size; many small ones are looked at side by side, large ones take far longer."""

TRIES, STEP = 2, 2
"""Prices tried, each so many times lower than the last: while the roster is not as fair as asked; one where groups take minutes."""

SECONDS_PER_PAIR = 2.5e-3
"""Seconds of one processor that a turn over all groups takes (measured on 52,000 pairs; 1 ms on 11,000)."""

SHARE = 0.5
"""Of the time left, what all this may take."""


def aimed(search: Search, ceiling: int, allowed: tuple[IntArray, IntArray]) -> dict[Stage, Known]:
    """Plan anew with fairness at a price; take the roster if it is as fair as asked and kinder; return the bound of the rest.

    ``ceiling``: what fairness may cost; ``allowed``: counts each cost table may stand at. Nothing where the program has a cost
    that is a largest gap or needs met by overlapping shifts (a linear program of 27,000 such pairs came to nothing in three
    minutes, measured), or time is too short. The first price makes what fairness costs now and what wishes and comfort cost
    now weigh the same.
    """
    program, known = search.program, dict[Stage, Known]()
    demands = bool((program.rows.key < -1).any())
    if program.spreads or demands or search.limits.over() or _too_long(search):
        return known
    limits = search.limits
    search.limits = limits.sparing(most=1 - SHARE)
    base = _within_ranges(hardened(program, search.incumbent.column, UPPER), allowed)
    price = max(1, search.fairness() // max(search.unkindness(), 1))
    for _ in range(TRIES):
        found, fair = _at_price(search, base, ceiling, price)
        known = highest(known, found)
        if fair or price == 1 or program.pairs > WHOLE_PAIRS or search.limits.over():
            break
        price = max(1, price // STEP)
    search.limits = limits
    return known


def _within_ranges(program: Program, allowed: tuple[IntArray, IntArray]) -> Program:
    """Return the program in which every fairness table stays at counts that are allowed."""
    low, high = allowed
    tables = np.flatnonzero((program.convex.stage == FAIRNESS) & (low > -INF) & (high < INF))
    base = program.convex.base[tables]
    return with_rows(program, program.convex.terms.take(tables), low[tables] - base, high[tables] - base)


def _at_price(search: Search, base: Program, ceiling: int, price: int) -> tuple[dict[Stage, Known], bool]:
    """Return the bound this price gives, and whether a roster planned at it is as fair as asked."""
    one_sum = priced(base, price)

    def heard(event: Progress) -> None:
        """Tell what the sum's bound says of wishes and comfort, and how far its planning is."""
        if event.bound is not None:
            _know(search, event.bound, ceiling, price)
        search.tell("blend", event.block, event.blocks, event.step)

    inner = replace(
        search, program=one_sum, incumbent=Incumbent(one_sum, search.incumbent.held), bounds={}, settled=set(), arrived={},
        listener=heard,
    )  # fmt: skip
    with bound_meanwhile(inner, as_covered=True, groups=_groups(search)) as beside:
        plan = beside.plan()
        if plan is None:
            return {}, True
        if not search.limits.over():
            aim(inner, plan)
        least = beside.last_value()
    fair = search.adopt_kinder(inner.incumbent.held, ceiling)
    if least is None:
        return {}, fair
    how = say(
        fr="programme linéaire du calendrier et des répartitions de chaque médecin, à l’équité retenue",
        en="linear program of the calendar and of each doctor’s counts, at the fairness kept",
    )
    known = Known(_know(search, least, ceiling, price), how)
    search.tell("blend")
    return {"blend": known}, fair


def _too_long(search: Search) -> bool:
    """True if time is limited and a turn over the groups of a large department would take more than all this may: windows do better."""
    needed = SECONDS_PER_PAIR * search.program.pairs / max(search.crew.idle, 1)
    return search.program.pairs > WHOLE_PAIRS and search.limits.sparing(most=1 - SHARE).left(math.inf) < needed


def _groups(search: Search) -> tuple[Block, ...]:
    """Return sectors joined with those they share doctors with, none where the whole is small enough for one program."""
    if search.program.pairs <= WHOLE_PAIRS:
        return ()
    return clusters_of(search.canvas, search.program, search.units, GROUP_PAIRS)


def _know(search: Search, least: int, ceiling: int, price: int) -> int:
    """Return what wishes and comfort cost at least where the priced sum is never below ``least``; the search knows it from now on."""
    value = max(-((ceiling - least) // price), least_cost(search.program))
    search.bounds["blend"] = max(value, search.bounds.get("blend", value))
    return value
