"""Tiny programs drawn from a seed, and their least cost found by trying every choice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rosterplan.canvas.arrays import INF, IntArray, Ragged, ints
from rosterplan.canvas.bound import Costs
from rosterplan.canvas.program import Convex, Program, Rows
from rosterplan.domain.result import STAGES


def ragged(lists: list[list[int]], coefs: list[list[int]] | None = None) -> Ragged:
    lengths = [len(one) for one in lists]
    flat = [item for one in lists for item in one]
    values = [item for one in coefs for item in one] if coefs is not None else [1] * len(flat)
    return Ragged(ints(np.concatenate(([0], np.cumsum(lengths)))), ints(flat), ints(values))


def a_program(rng: np.random.Generator) -> Program:
    """Up to 7 pairs, 2 derived columns, 5 rows with hard or soft sides, 3 tables, costs of either sign."""
    pairs, derived = int(rng.integers(3, 8)), int(rng.integers(0, 3))
    columns = pairs + derived

    def some(most: int) -> list[int]:
        size = int(rng.integers(1, most + 1))
        return sorted(int(one) for one in rng.choice(most, size, replace=False))

    return Program(
        pair=np.arange(pairs),
        any_of=ragged([some(pairs) for _ in range(derived)]),
        rows=_rows(rng, [some(columns) for _ in range(int(rng.integers(1, 6)))]),
        convex=_tables(rng, [some(columns) for _ in range(int(rng.integers(0, 4)))]),
        linear=ints(rng.integers(-4, 8, size=(len(STAGES), columns)) * (rng.random((len(STAGES), 1)) < 0.5)),
        constant=ints(rng.integers(-3, 4, size=len(STAGES))),
    )


def _rows(rng: np.random.Generator, items: list[list[int]]) -> Rows:
    count = len(items)
    coefs = [[int(rng.choice([1, 1, 1, 2, -1])) for _ in one] for one in items]
    lo = ints(rng.integers(-1, 3, size=count))
    hi = lo + rng.integers(0, 3, size=count)
    return Rows(
        terms=ragged(items, coefs),
        lo=np.where(rng.random(count) < 0.4, -INF, lo),
        hi=np.where(rng.random(count) < 0.3, INF, hi),
        over_weight=ints(rng.integers(1, 9, size=count) * (rng.random(count) < 0.5)),
        over_stage=ints(rng.integers(0, len(STAGES), size=count)),
        under_weight=ints(rng.integers(1, 9, size=count) * (rng.random(count) < 0.7)),
        under_stage=ints(rng.integers(0, len(STAGES), size=count)),
        rule=np.zeros(count, dtype=np.int64),
        key=np.full(count, -1),
    )


def _tables(rng: np.random.Generator, items: list[list[int]]) -> Convex:
    count = len(items)
    coefs = [[int(rng.choice([1, 1, 2])) for _ in one] for one in items]
    base = ints(rng.integers(0, 3, size=count))
    tables = []
    for number, one in enumerate(coefs):
        slopes = np.sort(rng.integers(-9, 10, size=sum(one) + int(base[number])))
        tables.append(np.concatenate(([int(rng.integers(0, 5))], slopes)).cumsum())
    sizes = ints([len(table) for table in tables])
    return Convex(
        terms=ragged(items, coefs), base=base, low=np.zeros(count, dtype=np.int64),
        starts=ints(np.concatenate(([0], np.cumsum(sizes)))[:-1]), sizes=sizes,
        costs=np.concatenate([ints(), *tables]).astype(np.int64),
        stage=ints(rng.integers(0, len(STAGES), size=count)), rule=np.zeros(count, dtype=np.int64),
    )  # fmt: skip


def every_choice(program: Program) -> Iterator[IntArray]:
    """All columns of every choice of pairs that breaks no hard row."""
    for number in range(2**program.pairs):
        column = program.values(np.array([number >> bit & 1 for bit in range(program.pairs)], dtype=bool))
        if len(program.broken(column)) == 0:
            yield column


def cost_of(program: Program, costs: Costs, column: IntArray) -> int:
    """The costs of a choice, added up row by row and table by table."""
    rows, convex = program.rows, program.convex
    total = costs.constant + int(costs.column @ column)
    for number, activity in enumerate(rows.terms.dot(column).tolist()):
        if rows.over_weight[number]:
            total += int(costs.over[number]) * max(0, activity - int(rows.hi[number]))
        if rows.under_weight[number]:
            total += int(costs.under[number]) * max(0, int(rows.lo[number]) - activity)
    for number, moved in enumerate(convex.terms.dot(column).tolist()):
        place = int(convex.starts[number] + convex.base[number] + moved - convex.low[number])
        total += int(costs.convex[number]) * int(convex.costs[place])
    return total
