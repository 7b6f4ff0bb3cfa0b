"""The fairness stage: the bound, a roster at the counts that reach it, then unit by unit what is left to gain."""

from __future__ import annotations

import numpy as np

from rosterplan.canvas.block import touched_convex
from rosterplan.canvas.harden import UPPER, hardened, unspent
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.domain.result import Stage
from rosterplan.model import tasks
from rosterplan.model.blocks import Block, circles_of, windows_of, within_one
from rosterplan.model.exchange import exchange
from rosterplan.model.greedy import greedy, polished
from rosterplan.model.joining import Joined, Joining, cut_down
from rosterplan.model.patterns import Counting, FairnessBound
from rosterplan.model.patterns_cuts import too_large
from rosterplan.model.plan import Plan
from rosterplan.model.proof import Known
from rosterplan.model.rounds import Incumbent, RoundFacts, TaskMaker, run_round
from rosterplan.model.search import BLOCK_EFFORT, LEAST_EFFORT, Search

FAIRNESS = STAGE_NUMBER["fairness"]
FAIR_EFFORT, FAIR_EFFORT_PER_PAIR = 6.0, 0.0005
"""Deterministic time spent where the plan was not met, at effort 1."""

JOININGS = 12
"""Times a plan whose units have no calendar together is cut and made again: eight were the most that helped (measured)."""

TOGETHER, TOGETHER_PAIRS = 4, 6_000
"""Groups of units that are improved as one, and the pairs of the largest; the first groups gain it all (measured)."""

SLACKS = (1, 3)
"""Duties from the plan a unit may go where it has no calendar at the plan itself."""

IN_PARTS = 3
"""Turns of windows and circles that look for a fairer roster, per unit of effort."""


def fairly(search: Search) -> dict[Stage, Known]:
    """Improve fairness: at the counts the pattern program wants, then unit by unit; return what is proved."""
    if not (search.program.convex.stage == FAIRNESS).any() or search.limits.over():
        return {}
    program, column = search.program, search.incumbent.column
    within = hardened(program, column, UPPER)
    counting = Counting(search.canvas, within, tasks.missing_of(program, column), stop=search.limits.over)
    search.bounds["fairness"] = counting.value
    if any(too_large(program, len(unit.pairs)) for unit in search.units):
        return _in_parts(search, counting)
    bound, plan, at_odds = _planned(search, counting)
    goal = bound.value if bound.planned is None else bound.planned
    if plan is not None and search.fairness() > goal:
        _together(search, plan, at_odds)
    left = search.limits.effort * (FAIR_EFFORT + FAIR_EFFORT_PER_PAIR * search.program.pairs)
    while search.fairness() > goal and left > LEAST_EFFORT * len(search.units) and not search.limits.over():
        before = search.fairness()
        left -= _fairer(search, plan, min(BLOCK_EFFORT / 2, left / len(search.units))).effort
        if search.fairness() >= before:
            break
    if search.canvas.instance.wanted:
        _fairer_in_parts(search, goal)
    return {"fairness": Known(bound.value, bound.how)}


def _in_parts(search: Search, counting: Counting) -> dict[Stage, Known]:
    """Improve fairness where no calendar of a unit can be asked for at once; return what is proved.

    Windows and whole units found nothing there within a minute (measured).
    """
    cut_down(counting, counting.homes, search.limits.over)
    bound = counting.found()
    search.bounds["fairness"] = bound.value
    exchange(search, bound.value)
    return {"fairness": Known(bound.value, bound.how)}


def _joining(search: Search) -> Joining:
    program, column = search.program, search.incumbent.column
    apart = within_one(program, search.units)  # what units fill together, one alone need not
    exact = hardened(program, column, unspent(program, column, UPPER), apart)
    return Joining(
        Incumbent(exact, search.incumbent.held), search.units, search.missing_by_duty(), search.crew, search.limits.seed, BLOCK_EFFORT,
        search.limits.over, lambda done, every: search.tell("fairness", done, every),
    )  # fmt: skip


def _planned(search: Search, counting: Counting) -> tuple[FairnessBound, Plan | None, tuple[tuple[int, ...], ...]]:
    """Take the roster made at the plan; where units have no calendar together, the plan is cut and made again.

    Return the bound, the last plan, and the groups of units that could not stand at it together.
    """
    joining = _joining(search)
    bound, plan = joining.agreed(counting)
    joined: Joined | None = None
    for _ in range(JOININGS):
        search.bounds["fairness"] = bound.value
        goal = bound.value if bound.planned is None else bound.planned
        if plan is None or search.fairness() <= goal or search.limits.over():
            break
        joined = joining.joined(plan, None if joined is None else joined.roster)
        _take(search, joining, joined, plan)
        if not joined.left or search.fairness() <= goal or not joining.apart(counting, plan, joined):
            break
        bound, plan = joining.agreed(counting)
    return bound, plan, joined.at_odds if joined else ()


def _together(search: Search, plan: Plan, groups: tuple[tuple[int, ...], ...]) -> None:
    """Improve units that could not stand at the plan beside each other, each group of them as one."""
    pairs_of, missing = {unit.unit: unit.pairs for unit in search.units}, search.missing_by_duty()
    blocks = [
        Block(" + ".join(map(str, group)), group[0], np.sort(np.concatenate([pairs_of[unit] for unit in group])))
        for group in groups
    ]
    setting = tasks.Setting(search.incumbent, search.limits.seed, BLOCK_EFFORT / 2)
    near = [tasks.near_plan(setting, plan, missing, slack) for slack in SLACKS]
    _round(search, search.incumbent, [block for block in blocks if len(block.pairs) <= TOGETHER_PAIRS][:TOGETHER], near)


def _take(search: Search, joining: Joining, joined: Joined, plan: Plan) -> None:
    """Take the roster made at the plan, or the units of it that are better.

    Units the plan left empty are planned near it, then as a greedy planner would.
    """
    program, missing = search.program, joining.missing
    fresh, left = Incumbent(joined.roster.program, joined.roster.held), joined.left
    near = tasks.Setting(fresh, search.limits.seed, BLOCK_EFFORT / 2, search.incumbent)
    _round(search, fresh, left, [tasks.near_plan(near, plan, missing, slack) for slack in SLACKS])
    if left:
        whole = greedy(program, fresh.held, stop=search.limits.over)
        search.adopt(np.arange(program.pairs), polished(program, whole, passes=2, stop=search.limits.over))
    search.adopt(np.arange(program.pairs), fresh.held)
    for unit in search.units:
        if not np.array_equal(search.incumbent.held[unit.pairs], fresh.held[unit.pairs]):
            search.adopt(unit.pairs, fresh.held[unit.pairs])


def _round(
    search: Search, fresh: Incumbent, blocks: tuple[Block, ...] | list[Block], attempts: list[TaskMaker]
) -> None:
    run_round(
        fresh, blocks, attempts, search.worth.better, search.crew, stop=search.limits.over,
        watch=lambda _incumbent, done, every, _block: search.tell("fairness", done, every),
    )  # fmt: skip


def _fairer(search: Search, plan: Plan | None, effort: float) -> RoundFacts:
    """Improve fairness unit by unit; with a plan, only where it is not met, near its counts before further away."""
    setting, missing = search.setting(effort), search.missing_by_duty()
    if plan is None:
        return search.round("fairness", search.units, [tasks.fairer(setting)])
    unmet = [unit for unit in search.units if not _meets(search, unit, plan)]
    near = [tasks.near_plan(setting, plan, missing, slack) for slack in SLACKS]
    return search.round("fairness", unmet, [*near, tasks.fairer(setting)])


def _meets(search: Search, unit: Block, plan: Plan) -> bool:
    """True if the incumbent holds what the plan wants of a unit."""
    column = search.incumbent.column
    numbers = touched_convex(search.program, unit.pairs, column)
    convex = search.program.convex
    counts = convex.base[numbers] + convex.terms.take(numbers).dot(column)
    return plan.met(numbers, counts)


def _fairer_in_parts(search: Search, goal: int) -> None:
    """Improve fairness in windows of time and circles of doctors, down to ``goal``, while it helps.

    For needs several shifts meet together: no plan of counts sees them, and a whole unit of them is too large.
    """
    setting = search.setting(BLOCK_EFFORT / 2)
    for turn in range(IN_PARTS * search.limits.effort):
        before = search.fairness()
        blocks = [windows_of(search.canvas, search.program, search.units, shifted=bool(turn % 2))]
        blocks += [circles_of(search.canvas, search.program, search.units, draw=search.limits.seed * 1000 + turn)]
        for part in blocks:
            if search.fairness() > goal and not search.limits.over():
                search.round("fairness", part, [tasks.fairer(setting)])
        if search.fairness() >= before or search.limits.over():
            break
