"""Windows of time and cliques of intervals: which columns a rolling cap or a rest concerns together."""

from __future__ import annotations

import numpy as np

from rosterplan.canvas.arrays import IntArray, ints, ranges


def maximal_windows(group: IntArray, time: IntArray, span: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return (order, first, last) of the maximal windows [t, t + span) inside each group.

    ``order`` sorts the columns by group and time; window k holds ``order[first[k]:last[k]]``. A window inside
    another of its group is left out: its cap follows.
    """
    order = np.lexsort((time, group))
    key = _line_up(group[order], time[order], span)
    last = np.searchsorted(key, key + span, side="left")
    new = np.ones(len(key), dtype=bool)
    new[1:] = last[1:] > last[:-1]
    return order, np.flatnonzero(new), last[new]


def every_window(group: IntArray, time: IntArray, span: int) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return (order, first, last, times) of all windows [t, t + span), t integer, that hold some column.

    Windows holding the same columns appear once, with the number of ``times`` they occur.
    """
    order = np.lexsort((time, group))
    ordered_group, ordered_time = group[order], time[order]
    key = _line_up(ordered_group, ordered_time, span)
    if len(key) == 0:
        return order, ints([]), ints([]), ints([])
    heads = np.flatnonzero(np.concatenate(([True], np.diff(ordered_group) != 0)))
    tails = np.concatenate((heads[1:], [len(key)])) - 1
    lengths = key[tails] - key[heads] + span
    starts = ranges(key[heads] - span + 1, lengths)
    first = np.searchsorted(key, starts, side="left")
    last = np.searchsorted(key, starts + span, side="left")
    some = last > first
    first, last = first[some], last[some]
    if len(first) == 0:
        return order, ints([]), ints([]), ints([])
    new = np.concatenate(([True], (np.diff(first) != 0) | (np.diff(last) != 0)))
    positions = np.flatnonzero(new)
    times = np.diff(np.concatenate((positions, [len(first)])))
    return order, first[new], last[new], ints(times)


def interval_cliques(group: IntArray, start: IntArray, end: IntArray) -> tuple[IntArray, IntArray]:
    """Return (clique, column) entries of the maximal sets of columns of one group that overlap pairwise.

    Intervals are half-open [start, end). Two columns of a group overlap if and only if some clique holds both.
    """
    order = np.lexsort((end, start, group))
    longest = int((end - start).max()) if len(start) else 0
    key = _line_up(group[order], start[order], longest)
    until = key + (end[order] - start[order])
    reach = np.searchsorted(key, key - longest, side="right")
    here = np.arange(len(key), dtype=np.int64)
    lengths = here - reach + 1
    member = ranges(reach, lengths)
    point = np.repeat(here, lengths)
    overlapping = until[member] > key[point]
    member, point = member[overlapping], point[overlapping]
    if len(point) == 0:
        return ints([]), ints([])
    heads = np.flatnonzero(np.concatenate(([True], np.diff(point) != 0)))
    first_end = np.minimum.reduceat(until[member], heads)
    next_start = np.concatenate((key[1:], [np.iinfo(np.int64).max]))
    sizes = np.diff(np.concatenate((heads, [len(point)])))
    kept = (next_start >= first_end) & (sizes >= 2)
    clique = np.cumsum(kept) - 1
    shown = kept[point]
    return clique[point[shown]], order[member[shown]]


def _line_up(group: IntArray, time: IntArray, span: int) -> IntArray:
    """Return times shifted so that groups follow each other and no window of ``span`` reaches two of them."""
    if len(group) == 0:
        return ints([])
    low, high = int(time.min()), int(time.max())
    return (time - low) + group * (high - low + 2 * span + 2)
