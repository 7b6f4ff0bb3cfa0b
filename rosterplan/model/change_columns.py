"""A program that counts its changes against a roster: which columns are changes, and what each counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import INF, BoolArray, IntArray, Ragged, grouped, ints
from rosterplan.canvas.program import STAGE_NUMBER, Convex, Rows, unbounded

_COVERAGE = STAGE_NUMBER["coverage"]


@dataclass(frozen=True)
class Counted:
    """``program`` with ``dropped`` columns after its first ``pairs`` ones: a position that nobody takes over.

    The changes of a roster are its pairs that are new and its dropped columns: of a duty held by P and now by N that
    is max(|P − N|, |N − P|). ``weight`` is per column what one counts, 0 where it is none.
    """

    program: Program
    pairs: int
    kept: BoolArray
    weight: IntArray
    counting_rows: int

    def completed(self, held: BoolArray) -> BoolArray:
        """Return ``held`` with as many positions dropped as nobody takes over, so that the count of changes is true."""
        done = held.copy()
        done[self.pairs :] = False
        rows = self.program.rows
        for number in range(len(rows) - self.counting_rows, len(rows)):
            members = rows.terms.row(number)
            lacking = int(rows.lo[number]) - int(done[members].sum())
            dropped = members[members >= self.pairs]
            done[dropped[: max(lacking, 0)]] = True
        return done

    def one_each(self) -> IntArray:
        """Each change counted once, whatever its weight."""
        return (self.weight > 0).astype(np.int64)


def counting_changes(canvas: Canvas, program: Program, base: set[tuple[int, int]], weight_of_duty: IntArray) -> Counted:
    """Return the program counting changes against ``base``, the (duty, doctor) numbers of what remains of a roster."""
    duty, doctor = canvas.pairs["duty"][program.pair], canvas.pairs["doctor"][program.pair]
    kept = np.array([pair in base for pair in zip(duty.tolist(), doctor.tolist(), strict=True)], dtype=bool)
    owner = duty[kept]
    many = len(owner)
    weight = np.where(kept, 0, weight_of_duty[duty])
    wide = _widened(program, many)
    width = wide.columns - program.columns + program.pairs
    held = np.unique(owner)
    member = np.flatnonzero(np.isin(duty, held))
    row_of = np.searchsorted(held, np.concatenate((duty[member], owner)))
    items = np.concatenate((member, np.arange(many, dtype=np.int64) + program.pairs))
    terms = grouped(row_of, items, np.ones(len(items), dtype=np.int64), len(held))
    wide = with_rows(wide, terms, np.bincount(np.searchsorted(held, owner), minlength=len(held)), None)
    assert width == program.pairs + many
    rest = np.zeros(wide.columns - width, dtype=np.int64)
    total = np.concatenate((weight, weight_of_duty[owner], rest))
    return Counted(wide, program.pairs, kept, total, len(held))


def at_most_changes(counted: Counted, weight: IntArray, most: int) -> Program:
    """Return the program in which changes, so weighed, sum to ``most`` at most."""
    columns = np.flatnonzero(weight)
    terms = Ragged(ints([0, len(columns)]), columns, weight[columns])
    return with_rows(counted.program, terms, None, ints([most]))


def bare(program: Program, weight: IntArray) -> Program:
    """Return the program of cover and changes alone: hard rows and needs; ``weight`` per column is `comfort`."""
    rows = program.rows
    hard = (rows.over_weight == 0) & (rows.under_weight == 0)
    cover = (rows.under_weight > 0) & (rows.under_stage == _COVERAGE)
    over_hard = (rows.over_weight == 0) & (rows.hi < INF)
    under_hard = (rows.under_weight == 0) & (rows.lo > -INF)
    chosen = np.flatnonzero(hard | cover | over_hard | under_hard)
    soft_over, soft_under = (rows.over_weight > 0)[chosen], ((rows.under_weight > 0) & ~cover)[chosen]
    none = np.zeros(len(chosen), dtype=np.int64)
    kept = Rows(
        rows.terms.take(chosen), np.where(soft_under, -INF, rows.lo[chosen]), np.where(soft_over, INF, rows.hi[chosen]),
        none, none, np.where(cover[chosen], rows.under_weight[chosen], 0), np.where(cover[chosen], _COVERAGE, 0),
        rows.rule[chosen], rows.key[chosen],
    )  # fmt: skip
    empty = ints([])
    linear = np.zeros_like(program.linear)
    linear[STAGE_NUMBER["comfort"]] = weight
    nothing = Convex(Ragged(ints([0]), empty, empty), empty, empty, empty, empty, empty, empty, empty)
    return Program(program.pair, program.any_of, kept, nothing, linear, np.zeros_like(program.constant))


def _widened(program: Program, many: int) -> Program:
    """Return the program with ``many`` free columns between its pairs and its derived columns."""

    def moved(items: IntArray) -> IntArray:
        return np.where(items >= program.pairs, items + many, items)

    def shifted(terms: Ragged) -> Ragged:
        return Ragged(terms.bounds, moved(terms.items), terms.coefs)

    linear = np.insert(program.linear, [program.pairs] * many, 0, axis=1)
    return Program(
        np.concatenate((program.pair, np.full(many, -1, dtype=np.int64))), shifted(program.any_of),
        replace(program.rows, terms=shifted(program.rows.terms)),
        replace(program.convex, terms=shifted(program.convex.terms)), linear, program.constant,
    )  # fmt: skip


def with_rows(program: Program, terms: Ragged, low: IntArray | None, high: IntArray | None) -> Program:
    """Return the program with hard rows added: low ≤ terms ≤ high."""
    rows, count = program.rows, len(terms)
    none, far = np.zeros(count, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    lo = unbounded(count, -1) if low is None else low
    hi = unbounded(count, 1) if high is None else high
    both = Ragged(
        np.concatenate((rows.terms.bounds, rows.terms.bounds[-1] + terms.bounds[1:])),
        np.concatenate((rows.terms.items, terms.items)), np.concatenate((rows.terms.coefs, terms.coefs)),
    )  # fmt: skip
    added = Rows(
        both, np.concatenate((rows.lo, lo)), np.concatenate((rows.hi, hi)), np.concatenate((rows.over_weight, none)),
        np.concatenate((rows.over_stage, none)), np.concatenate((rows.under_weight, none)),
        np.concatenate((rows.under_stage, none)), np.concatenate((rows.rule, far)), np.concatenate((rows.key, far)),
    )  # fmt: skip
    return replace(program, rows=added)
