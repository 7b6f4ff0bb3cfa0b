"""Blocks chosen by structure: units of lines that share doctors, windows of time; and which blocks wait for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import BoolArray, IntArray, ints, numbered
from rosterplan.canvas.block import touched_rows

MERGE_OVERLAP = 0.25
"""Units whose doctors overlap more (shared / all) are planned as one: apart, they block each other (GHT: 53 % shared)."""

MERGE_PAIRS = 9000
"""No merged unit passes this size: CP-SAT proves less above it than it gains from seeing both sides."""

WINDOW_DAYS = 31
WINDOW_PAIRS = 1200
"""A window of about this size is proved in a second or two; twice as large, often not at all (measured)."""

WINDOW_PAIRS_OF_ONE_SUM = 500
"""Where fairness is in the same sum, windows of 430 to 790 pairs are proved in a second, those of 1,200 not in three."""


@dataclass(frozen=True)
class Block:
    """Free pairs to improve together; ``unit`` numbers the unit they belong to."""

    name: str
    unit: int
    pairs: IntArray


def units_of(canvas: Canvas, program: Program) -> tuple[Block, ...]:
    """Return the units: fairness groups (or single lines), merged where their doctors overlap much."""
    table = canvas.pairs
    doctor, group, line = (table[name][program.pair] for name in ("doctor", "group", "line"))
    home, _ = numbered([np.where(group >= 0, -1, line), group])
    count = int(home.max()) + 1 if len(home) else 0
    people = [frozenset(doctor[home == unit].tolist()) for unit in range(count)]
    sizes = np.bincount(home, minlength=count)
    merged = _merged(people, sizes.tolist(), MERGE_OVERLAP, MERGE_PAIRS)
    return tuple(
        Block(f"unit {number}", number, np.flatnonzero(np.isin(home, ints(sorted(members)))))
        for number, members in enumerate(merged)
    )


def home_of(canvas: Canvas, program: Program) -> IntArray:
    """Return the number of the unit of each pair."""
    home = np.zeros(program.pairs, dtype=np.int64)
    for unit in units_of(canvas, program):
        home[unit.pairs] = unit.unit
    return home


def clusters_of(canvas: Canvas, program: Program, units: Sequence[Block], most: int) -> tuple[Block, ...]:
    """Return the units joined with those they share doctors with, the most overlapping first, up to ``most`` pairs."""
    doctor = canvas.pairs["doctor"][program.pair]
    people = [frozenset(doctor[unit.pairs].tolist()) for unit in units]
    joined = _merged(people, [len(unit.pairs) for unit in units], 0.0, most)
    return tuple(
        Block(
            " + ".join(units[place].name for place in sorted(members)), units[min(members)].unit,
            np.sort(np.concatenate([units[place].pairs for place in members])),
        )
        for members in joined
    )  # fmt: skip


def _merged(people: list[frozenset[int]], sizes: list[int], least: float, most: int) -> list[list[int]]:
    """Return places grouped: the most overlapping pair first, while the overlap is ``least`` and the size ``most``."""
    clusters = [([number], people[number], sizes[number]) for number in range(len(people))]
    while True:
        best: tuple[float, int, int] | None = None
        for left in range(len(clusters)):
            for right in range(left + 1, len(clusters)):
                shared = len(clusters[left][1] & clusters[right][1])
                if not shared or clusters[left][2] + clusters[right][2] > most:
                    continue
                overlap = shared / len(clusters[left][1] | clusters[right][1])
                if overlap >= least and (best is None or overlap > best[0]):
                    best = (overlap, left, right)
        if best is None:
            return [cluster[0] for cluster in clusters]
        _, left, right = best
        one, other = clusters[left], clusters.pop(right)
        clusters[left] = (one[0] + other[0], one[1] | other[1], one[2] + other[2])


def windows_of(
    canvas: Canvas, program: Program, units: Sequence[Block], *, shifted: bool, pairs: int = WINDOW_PAIRS
) -> tuple[Block, ...]:
    """Return each unit cut into windows of about ``pairs``, at most about a month; ``shifted`` cuts half a window later."""
    day = canvas.pairs["day"][program.pair]
    if len(day) == 0:
        return ()
    first, days = int(day.min()), int(day.max() - day.min()) + 1
    found = []
    for unit in units:
        length = min(WINDOW_DAYS, max(7, days * pairs // max(len(unit.pairs), 1)))
        number = (day[unit.pairs] - first + (length // 2 if shifted else 0)) // length
        for window in np.unique(number):
            found.append(Block(f"{unit.name}, window {window}", unit.unit, unit.pairs[number == window]))
    return tuple(found)


def circles_of(
    canvas: Canvas, program: Program, units: Sequence[Block], *, draw: int, pairs: int = WINDOW_PAIRS
) -> tuple[Block, ...]:
    """Return each unit cut into circles of doctors over the whole period, drawn by lot: costs that no window sees."""
    doctor = canvas.pairs["doctor"][program.pair]
    found = []
    for unit in units:
        people, many = np.unique(doctor[unit.pairs], return_counts=True)
        order = np.random.default_rng([draw, unit.unit]).permutation(len(people))
        circle = np.cumsum(many[order]) // pairs
        for number in np.unique(circle):
            members = people[order[circle == number]]
            if len(members) >= 2:
                chosen = unit.pairs[np.isin(doctor[unit.pairs], members)]
                found.append(Block(f"{unit.name}, circle {number}", unit.unit, chosen))
    return tuple(found)


def within_one(program: Program, units: Sequence[Block]) -> BoolArray:
    """Return which rows hold pairs of one unit and nothing else."""
    home = np.full(program.columns, -1, dtype=np.int64)
    for unit in units:
        home[unit.pairs] = unit.unit
    terms = program.rows.terms
    row, of_entry = terms.row_of_entry, home[terms.items]
    least, most = np.full(len(terms), np.iinfo(np.int64).max), np.full(len(terms), -1, dtype=np.int64)
    np.minimum.at(least, row, of_entry)
    np.maximum.at(most, row, of_entry)
    return np.asarray((least == most) & (least >= 0), dtype=bool)


def neighbours_of(canvas: Canvas, program: Program, units: Sequence[Block]) -> dict[int, list[int]]:
    """Return for each unit the units that share doctors with it, most shared first."""
    doctor = canvas.pairs["doctor"][program.pair]
    people = {unit.unit: set(doctor[unit.pairs].tolist()) for unit in units}
    return {
        one: sorted(
            (other for other in people if other != one and people[one] & people[other]),
            key=lambda other: (-len(people[one] & people[other]), other),
        )
        for one in people
    }


def waits_for(program: Program, blocks: Sequence[Block]) -> list[set[int]]:
    """Return, per block, the earlier blocks of its unit, and those that touch a row or cost it touches too.

    A round that respects this gives what the blocks one after the other would, however many run at once.
    """
    touched = [touched_rows(program, block.pairs) for block in blocks]
    owner = np.repeat(np.arange(len(blocks), dtype=np.int64), [len(rows) for rows in touched])
    rows = np.concatenate([ints([]), *touched])
    order = np.lexsort((owner, rows))
    rows, owner = rows[order], owner[order]
    waiting: list[set[int]] = [
        {earlier for earlier in range(later) if blocks[earlier].unit == block.unit}
        for later, block in enumerate(blocks)
    ]
    bounds = np.flatnonzero(np.concatenate(([True], np.diff(rows) != 0, [True]))) if len(rows) else ints([0])
    seen: set[tuple[int, ...]] = set()
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if end - start < 2:
            continue
        together = tuple(owner[start:end].tolist())
        if together in seen:
            continue
        seen.add(together)
        for place, later in enumerate(together):
            waiting[later].update(together[:place])
    return waiting


def colours_of(program: Program, units: Sequence[Block]) -> dict[int, int]:
    """Return a colour per unit, from 0, such that units of one colour touch no row or cost together."""
    found: dict[int, int] = {}
    beside: dict[int, set[int]] = {unit.unit: set() for unit in units}
    for later, earlier in enumerate(waits_for(program, units)):
        for place in earlier:
            beside[units[later].unit].add(units[place].unit)
            beside[units[place].unit].add(units[later].unit)
    for unit in units:
        taken = {found[other] for other in beside[unit.unit] if other in found}
        found[unit.unit] = next(colour for colour in range(len(units) + 1) if colour not in taken)
    return found


def side_by_side(blocks: Sequence[Block], colour: dict[int, int]) -> list[Block]:
    """Return the blocks in an order that lets many run at once: colour after colour, the units of one colour in turn, the smallest first.

    In the order of their units, neighbours that share doctors would wait for each other one by one.
    """
    number: dict[int, int] = {}
    ranked = []
    for block in blocks:
        number[block.unit] = number.get(block.unit, -1) + 1
        ranked.append((colour[block.unit], number[block.unit], block))
    return [block for _, _, block in sorted(ranked, key=lambda one: (one[0], one[1], len(one[2].pairs), one[2].unit))]
