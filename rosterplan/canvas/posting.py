"""What rules post, as arrays: sides and charges per row, rows, and squares above a bound; columns matched to groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, Ragged, ints, numbered
from rosterplan.canvas.columns import Cols, Soft
from rosterplan.canvas.freeze import PostedConvex, PostedRows, extremes
from rosterplan.canvas.program import STAGE_NUMBER, unbounded

By = Sequence[str]
Bound = int | IntArray


def side_of(side: Bound, count: int, per_group: Callable[[IntArray], IntArray]) -> IntArray:
    """Return one bound per group: the same for all, or what ``per_group`` makes of an array."""
    if isinstance(side, int | np.integer):
        return np.full(count, int(side), dtype=np.int64)
    return ints(per_group(side))


def matched(cols: Cols, by: By, groups: Mapping[str, IntArray], coef: Bound) -> tuple[IntArray, Cols, Bound]:
    """Return (row of ``groups`` each column belongs to, those columns, their coefficients); others are dropped."""
    count = len(next(iter(groups.values())))
    keys = [np.concatenate((groups[name], cols[name])) for name in by]
    number, _ = numbered(keys)
    row_of = np.full(int(number.max()) + 1 if len(number) else 0, -1, dtype=np.int64)
    row_of[number[:count]] = np.arange(count)
    group = row_of[number[count:]]
    kept = group >= 0
    coefs = coef if isinstance(coef, int | np.integer) else ints(coef)[kept]
    return group[kept], cols.where(kept), coefs


def rows_of(
    rule: int,
    terms: Ragged,
    lo: IntArray | None,
    hi: IntArray | None,
    over: Soft | None,
    under: Soft | None,
    weights: IntArray | None,
    about: IntArray | None,
) -> PostedRows:
    """Return lo ≤ terms ≤ hi, each side hard or soft; ``weights`` per row replace those of the soft sides."""
    count = len(terms)
    return PostedRows(
        rule, terms, unbounded(count, -1) if lo is None else lo, unbounded(count, 1) if hi is None else hi,
        *_charge(over, weights, count), *_charge(under, weights, count),
        np.full(count, -1, dtype=np.int64) if about is None else about,
    )  # fmt: skip


def squares_of(
    rule: int,
    terms: Ragged,
    fixed: BoolArray,
    past: BoolArray,
    hi: IntArray,
    over: Soft,
    weights: IntArray | None,
) -> PostedConvex:
    """Return weight × (units above ``hi``)² per row; what the past alone passes is not charged.

    ``fixed``, ``past``: what no plan can change, and what of it is history, by column.
    """
    count, row = len(terms), terms.row_of_entry
    decided = fixed[terms.items]
    held = np.bincount(row, weights=terms.coefs * decided, minlength=count).astype(np.int64)
    before = np.bincount(row, weights=terms.coefs * past[terms.items], minlength=count).astype(np.int64)
    free = terms.keep_entries(~decided)
    least, most = extremes(free)
    hi, (weight, _) = np.maximum(hi, before), _charge(over, weights, count)
    some = np.flatnonzero(held + most > hi)
    counts = [np.arange(low, high + 1) for low, high in zip((held + least)[some], (held + most)[some], strict=True)]
    costs = [
        weight[number] * np.maximum(count - hi[number], 0) ** 2 for number, count in zip(some, counts, strict=True)
    ]
    return PostedConvex(rule, STAGE_NUMBER[over.stage], free.take(some), held[some], (held + least)[some], costs)


def _charge(soft: Soft | None, weights: IntArray | None, count: int) -> tuple[IntArray, IntArray]:
    """Return (weight, stage number) per row; weight 0 = hard."""
    if soft is None:
        return np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    charged = np.full(count, soft.weight, dtype=np.int64) if weights is None else ints(weights)
    return charged, np.full(count, STAGE_NUMBER[soft.stage], dtype=np.int64)
