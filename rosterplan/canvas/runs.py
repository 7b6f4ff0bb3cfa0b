"""Runs of days: no run of days held, or no gap between two of them, is shorter than so many days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, Ragged, grouped, ints


@dataclass(frozen=True)
class Days:
    """One column per group and day on which it has one: ``id`` and ``decided`` (what no plan can change), by place.

    The place of day t of group g is ``g × width + t − first``; −1 where no column stands. Days outside
    [first, last] are not known, so nothing that touches them is judged.
    """

    id: IntArray
    decided: BoolArray
    width: int

    @classmethod
    def of(cls, group: IntArray, time: IntArray, number: IntArray, decided: BoolArray, first: int, last: int) -> Days:
        """The columns of the groups on the days first..last."""
        width, inside = last - first + 1, (time >= first) & (time <= last)
        size = (int(group.max()) + 1) * width if len(group) else 0
        ids, fixed = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=bool)
        place = (group * width + time - first)[inside]
        ids[place], fixed[place] = number[inside], decided[inside]
        return cls(ids, fixed, width)

    def starts(self, before: int, length: int) -> IntArray:
        """Return the places with ``before`` known days before them and ``length`` from them on."""
        day = np.arange(len(self.id), dtype=np.int64) % max(self.width, 1)
        return np.flatnonzero((day >= before) & (day + length <= self.width))


@dataclass(frozen=True)
class Row:
    """Rows Σ coef·column ≤ hi, one per place, and how many days each of them says are missing."""

    terms: Ragged
    hi: IntArray
    missing: IntArray


def too_short(days: Days, shortest: int, *, gaps: bool, each_once: bool) -> list[Row]:
    """Return the rows a run shorter than ``shortest`` breaks; of two days apart, one short gap where ``gaps``.

    ``each_once``: a run one day too short or more breaks exactly one row, whose ``missing`` says how many days it
    lacks (for costs). Otherwise fewer columns per row and a tighter relaxation. Runs of which something is decided,
    and gaps between two decided days, are spared.
    """
    make = _gap_rows if gaps else _run_rows
    return [make(days, length, shortest - length, each_once) for length in range(1, shortest)]


def _run_rows(days: Days, length: int, missing: int, each_once: bool) -> Row:
    """Day t held, the day before not: then day t + length too; ``each_once``: if all between are held."""
    place = days.starts(1, length + 1)
    place = place[days.id[place] >= 0]
    for step in range(length + 1):
        place = place[~days.decided[place + step]]
    inside = range(length) if each_once else (0,)
    if each_once:
        for step in inside:
            place = place[days.id[place + step] >= 0]
    return _rows(days, place, inside, (-1, length), missing)


def _gap_rows(days: Days, length: int, missing: int, each_once: bool) -> Row:
    """The day before t held, day t not: then day t + length not either; ``each_once``: if none between is held."""
    place = days.starts(1, length + 1)
    place = place[(days.id[place - 1] >= 0) & (days.id[place + length] >= 0)]
    for step in range(length + 1):  # a gap from a decided day to a decided one is spared, whatever lies beyond
        place = place[~(days.decided[place - 1] & days.decided[place + step])]
    return _rows(days, place, (-1, length), range(length) if each_once else (0,), missing)


def _rows(days: Days, place: IntArray, plus: object, minus: object, missing: int) -> Row:
    """Return Σ plus − Σ minus ≤ (number of plus) − 1, one row per place; steps without a column count 0."""
    number, column, coef = [ints([])], [ints([])], [ints([])]
    rows = np.arange(len(place), dtype=np.int64)
    many = 0
    for steps, sign in ((plus, 1), (minus, -1)):
        for step in steps:  # type: ignore[attr-defined]
            many += sign > 0
            ids = days.id[place + step]
            here = ids >= 0
            number.append(rows[here])
            column.append(ids[here])
            coef.append(np.full(int(here.sum()), sign, dtype=np.int64))
    terms = grouped(np.concatenate(number), np.concatenate(column), np.concatenate(coef), len(place))
    return Row(terms, np.full(len(place), many - 1, dtype=np.int64), np.full(len(place), missing, dtype=np.int64))
