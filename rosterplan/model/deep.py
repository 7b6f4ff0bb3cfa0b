"""Costs all in one sum, with limits that must be reached: a roster that breaks nothing first, then wide neighbourhoods.

Greedy cannot start where doctors owe hours or long runs: each doctor's whole period is planned in turn. Then pieces of
the roster (some doctors over some days) are planned again, two at a time from one roster whatever the number of
processes, so that the outcome is the same; beside them HiGHS works on the whole, and where time counts shows its rosters.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import BoolArray, IntArray, ints
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.canvas.strengthen import strengthened
from rosterplan.domain.result import Stage
from rosterplan.model.arms import EFFORT, Arm, Arms
from rosterplan.model.deep_proof import AT_ONCE, PAIRS_PROVED_WHOLE, STALE_PIECES, Proof
from rosterplan.model.pieces import BLEND, SHAPES, awaited, piece_of, solved, take, value_of
from rosterplan.model.proof import Known
from rosterplan.model.search import Search
from rosterplan.model.task import Outcome, Task

MEND_EFFORTS = (0.05, 2.0, 8.0)
"""Effort of one doctor's period, round after round; HiGHS has the first where it knows all that costs.

Measured on a year of 16 shifts: HiGHS has a plan after 0.3 to 0.5 s, CP-SAT after 2 to 8.
"""

LONG_PERIOD, LONG_GAP, SHORT_GAP = 1_000, 0.03, 0.001
"""Pairs of a doctor above which HiGHS leaves his or her plan at the larger distance from the best, relative.

Measured on a year of 16 shifts: 0.01 takes up to 7 s for what pieces gain later; a month takes 0.1 s at most.
"""

PIECES_PER_EFFORT = 150


def all_in_blend(program: Program) -> bool:
    """True if every cost is in `blend`, wishes or comfort, and nothing is lexicographic."""
    rows, convex = program.rows, program.convex
    upper = [STAGE_NUMBER[stage] for stage in ("coverage", "caps", "shares", "fairness")]
    charged = (
        np.isin(rows.over_stage[rows.over_weight > 0], upper).any()
        or np.isin(rows.under_stage[rows.under_weight > 0], upper).any()
        or np.isin(convex.stage, upper).any()
    )
    return not charged and not any(program.linear[stage].any() for stage in upper)


def concerns(search: Search) -> bool:
    """True for a roster of one sum that is small, breaks something at first, or has no cost by counts of duties."""
    program = search.program
    if not all_in_blend(program):
        return False
    broken = bool(len(program.broken(search.incumbent.column)))
    small = program.pairs <= PAIRS_PROVED_WHOLE and not search.holes_dear
    return broken or small or not len(program.convex)


def mend(search: Search) -> bool:
    """Plan each doctor who breaks something anew over the whole period; True if nothing is broken in the end."""
    program, incumbent = search.program, search.incumbent
    doctor = search.canvas.pairs["doctor"][program.pair]
    for effort in MEND_EFFORTS:
        by_highs = effort == MEND_EFFORTS[0] and not program.spreads
        broken = program.rows.terms.take(program.broken(incumbent.column))
        if not len(broken):
            return True
        who = np.unique(doctor[_pairs_of(program, np.unique(broken.items))])
        order = who[np.random.default_rng(search.limits.seed).permutation(len(who))].tolist()
        for start in range(0, len(order), AT_ONCE):
            if search.limits.over():
                return False
            pieces = [np.flatnonzero(doctor == one) for one in order[start : start + AT_ONCE]]
            for piece, outcome in zip(pieces, _planned(search, pieces, effort, by_highs), strict=True):
                take(search, piece, outcome)
            search.tell("blend", start, len(order))
    return not len(program.broken(incumbent.column))


def _planned(search: Search, pieces: Sequence[IntArray], effort: float, by_highs: bool) -> list[Outcome]:
    """Return the outcome of each piece planned anew, whatever it cost before."""
    if not by_highs:
        return solved(search, pieces, effort, better=False)
    program, column, seed = search.program, search.incumbent.column, search.limits.seed
    parts = [strengthened(cut(program, piece, column)) for piece in pieces]
    gaps = [LONG_GAP if part.pairs > LONG_PERIOD else SHORT_GAP for part in parts]
    made = [
        Task(part, BLEND, effort, seed, name="piece", engine="mip", gap=gap)
        for part, gap in zip(parts, gaps, strict=True)
    ]
    return awaited(search, [search.crew.submit(task) for task in made])


def _pairs_of(program: Program, columns: IntArray) -> IntArray:
    """Return the pairs among columns, and those their derived columns are made of."""
    derived = columns[columns >= program.pairs] - program.pairs
    inside = program.any_of.take(ints(derived)).items
    return np.unique(np.concatenate((columns[columns < program.pairs], inside[inside < program.pairs])))


def deepen(search: Search) -> dict[Stage, Known]:
    """Improve the roster piece by piece; return what is proved of the blend.

    The roster in the end is the first that reached its cost: when a proof comes changes nothing.
    """
    draw, stale, number = np.random.default_rng([search.limits.seed, 7]), 0, 0
    proof = Proof(search)
    proof.first()
    pieces_left = PIECES_PER_EFFORT * search.limits.effort
    timed = search.limits.deadline is not None
    arms = Arms(len(SHAPES), highs=timed and not search.program.spreads and not len(search.program.convex))
    least, first = value_of(search.program, search.incumbent.column), search.incumbent.held.copy()
    again: list[Drawn] = []
    while not search.limits.over() and not proof.done() and number < pieces_left and (timed or stale < STALE_PIECES):
        drawn, again, gains = _round(search, arms, draw, again)
        stale = 0 if gains else stale + len(drawn)
        number += AT_ONCE
        proof.listen(stale)
        now = value_of(search.program, search.incumbent.column)
        if now < least:
            least, first = now, search.incumbent.held.copy()
        search.tell("blend", number, number)
    search.incumbent.take(np.arange(search.program.pairs), first)
    proof.end()
    return {"blend": proof.known} if proof.known.value is not None else {}


Drawn = tuple[Arm, IntArray]
"""An arm and the pairs of a piece."""


def _round(
    search: Search, arms: Arms, draw: np.random.Generator, again: Sequence[Drawn]
) -> tuple[list[Drawn], list[Drawn], int]:
    """Plan pieces anew, those of ``again`` first; return them, what to plan again, and what was gained.

    A piece that was better until the one before it was taken is worth another turn: what it gained is there still.
    """
    drawn = list(again)
    for arm in arms.drawn(draw, AT_ONCE - len(drawn), again[0][0].engine if again else None):
        others = [piece for _, piece in drawn]
        drawn.append((arm, piece_of(search, SHAPES[arm.shape], round(arm.size), draw, others)))
    engine, incumbent = drawn[0][0].engine, search.incumbent
    pieces = [piece for _, piece in drawn]
    start, value = incumbent.held.copy(), value_of(search.program, incumbent.column)
    outcomes = solved(search, pieces, EFFORT[engine], better=True, by_highs=engine == "mip")
    gains, better = 0, []
    for (arm, piece), outcome in zip(drawn, outcomes, strict=True):
        gain = take(search, piece, outcome)
        arms.learn(arm, outcome, gain, value)
        if not gain and gains and was_better(search.program, start, piece, outcome, value):
            better.append((arm, piece))
        gains += gain
    return drawn, better, gains


def was_better(program: Program, held: BoolArray, piece: IntArray, outcome: Outcome, value: int) -> bool:
    """True if what was found costs less than ``value`` beside the roster it was found for."""
    if outcome.held is None:
        return False
    then = held.copy()
    then[piece] = outcome.held
    return value_of(program, program.values(then)) < value
