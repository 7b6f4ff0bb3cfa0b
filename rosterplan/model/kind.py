"""Wishes and comfort: rounds over units, windows of time and circles of doctors, fairness at most what it may cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import INF, BoolArray, IntArray, ints
from rosterplan.model import tasks
from rosterplan.model.blocks import (
    WINDOW_PAIRS,
    WINDOW_PAIRS_OF_ONE_SUM,
    Block,
    circles_of,
    side_by_side,
    windows_of,
)
from rosterplan.model.rounds import RoundFacts, TaskMaker, run_round
from rosterplan.model.search import BLOCK_EFFORT, LEAST_EFFORT, Search

KIND_EFFORT, KIND_EFFORT_PER_PAIR = 16.0, 0.001
"""Deterministic time of wishes and comfort at effort 1: some, and more for a large department."""

PURSE_TURNS = 3

WORTHWHILE = 0.002
"""A turn that gains less of wishes and comfort is the last one."""

UNIT_PAIRS = 4000
"""Units above this size are not solved whole: a turn of windows gains more in the same time (measured)."""

GIVING_EFFORT = 1.0
"""Deterministic time of giving the duties of one unit out anew in a turn."""


def kinder(search: Search, ceiling: int, ranges: tuple[IntArray, IntArray], *, one_sum: bool = False) -> None:
    """Improve wishes and comfort with fairness at most ``ceiling``, until no more is gained or effort is used up.

    A turn: duties of each unit given out anew, windows of time, circles of doctors, both again elsewhere, then whole
    units that are small enough. It is the last where it gains little, and nothing is begun once the bound is reached.
    What blocks proved early leave is spent by later ones. ``one_sum``: fairness is in the same sum, windows are smaller.
    """
    turn = number = 0
    left = kind_effort(search)
    while left > LEAST_EFFORT * len(search.units) and not search.limits.over() and not _kindest(search):
        before = search.unkindness()
        effort = min(GIVING_EFFORT, left / (4 * max(len(search.units), 1)))
        purse = _purses(search, ceiling, number) if not one_sum else {}
        maker = tasks.give_anew(search.setting(effort, turn), search.work, *(() if one_sum else (purse, ranges)))
        left -= _round(search, search.units, maker, purse).effort
        for blocks in _turn(search, turn, WINDOW_PAIRS_OF_ONE_SUM if one_sum and not turn else WINDOW_PAIRS):
            most = BLOCK_EFFORT * 2 if len(blocks) <= len(search.units) else BLOCK_EFFORT / 2
            share = min(most, 2 * left / max(len(blocks), 1))
            if share < LEAST_EFFORT or _kindest(search):
                continue
            purse = _purses(search, ceiling, number)
            left -= _round(search, blocks, tasks.kinder(search.setting(share), purse, ranges), purse).effort
            number += 1
        turn += 1
        if before - search.unkindness() <= before * WORTHWHILE:
            break


def kind_effort(search: Search) -> float:
    """Return the deterministic time wishes and comfort may take."""
    return search.limits.effort * (KIND_EFFORT + KIND_EFFORT_PER_PAIR * search.program.pairs)


def _kindest(search: Search) -> bool:
    """True if wishes and comfort are as low as they can be."""
    return bool(search.unkindness() <= search.bounds.get("blend", -INF))


def _turn(search: Search, turn: int, pairs: int) -> Iterator[tuple[Block, ...]]:
    """Yield the rounds of one turn, its windows of about ``pairs``."""
    for shifted in (False, True):
        yield windows_of(search.canvas, search.program, search.units, shifted=shifted, pairs=pairs)
        draw = search.limits.seed * 1000 + 2 * turn + shifted
        yield circles_of(search.canvas, search.program, search.units, draw=draw, pairs=pairs)
    yield tuple(unit for unit in search.units if len(unit.pairs) <= UNIT_PAIRS)


def _round(search: Search, blocks: Sequence[Block], maker: TaskMaker, purse: dict[int, int]) -> RoundFacts:
    """Try each block once; what a unit's blocks cost fairness is taken from its purse."""
    worth, fairness = search.worth, search.worth.fairness

    def judge(block: Block, program: Program, before: BoolArray, after: BoolArray) -> bool:
        old, new = worth.key(program, before), worth.key(program, after)
        spent = new[fairness] - old[fairness]
        better = new[:fairness] <= old[:fairness] and new[-1] < old[-1] and spent <= max(purse.get(block.unit, 0), 0)
        if better:
            purse[block.unit] = purse.get(block.unit, 0) - spent
        return better

    return run_round(
        search.incumbent, side_by_side(blocks, search.colours), [maker], judge, search.crew, stop=search.limits.over,
        watch=search.watch("blend"), settled=search.settled,
    )  # fmt: skip


def _purses(search: Search, ceiling: int, number: int) -> dict[int, int]:
    """Share out what fairness may still lose in a round: a third of the units in turn, by their positions.

    Shared among all, no unit could pay for a single duty that moves.
    """
    spare = max(ceiling - search.worth.key(search.program, search.incumbent.held)[search.worth.fairness], 0)
    turns = min(PURSE_TURNS, len(search.units))
    chosen = [unit for unit in search.units if unit.unit % turns == number % turns]
    held = ints([int(search.incumbent.held[unit.pairs].sum()) for unit in chosen])
    total = max(int(held.sum()), 1)
    return {unit.unit: spare * int(count) // total for unit, count in zip(chosen, held, strict=True)}
