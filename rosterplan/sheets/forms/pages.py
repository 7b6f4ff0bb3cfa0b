"""Where a long form is cut into A4 pages, and at what scale, so that no week is cut in two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

A4_HEIGHT_POINTS = 842 - 0.95 * 72
"""What the margins of the forms leave of a portrait page."""

_ROOM = 0.97  # Excel and LibreOffice draw rows up to 3 % taller than asked.
_SMALLEST_ON_ONE_PAGE, _SMALLEST_GOOD, _SMALLEST = 0.90, 0.80, 0.70


@dataclass(frozen=True)
class Pages:
    """Rows before which a new page begins, and the print scale [percent]."""

    breaks: tuple[int, ...]
    percent: int


def pages_of(heights: Mapping[int, float], row_count: int, *, months: Sequence[int], weeks: Sequence[int]) -> Pages:
    """The fewest pages that stay readable: one at 90 %, two cut before a month at 80 % or before a week at 70 %, more.

    ``heights`` are the rows' heights [points]; ``months`` and ``weeks`` the rows a page may begin with.
    """
    tops = [0.0]
    for row in range(row_count):
        tops.append(tops[-1] + heights.get(row, 15.0))
    attempts = ((1, months, _SMALLEST_ON_ONE_PAGE), (2, months, _SMALLEST_GOOD), (2, weeks, _SMALLEST))
    for page_count, allowed, smallest in attempts:
        cut = _best_cut(tops, allowed, page_count)
        if cut is not None and cut[0] >= smallest:
            return Pages(cut[1], int(min(cut[0], 1.0) * 100))
    return _many_pages(tops, weeks)


def _best_cut(tops: Sequence[float], allowed: Sequence[int], page_count: int) -> tuple[float, tuple[int, ...]] | None:
    """The largest scale that fits ``page_count`` pages cut at allowed rows, with the cuts; None if there are too few."""
    best: tuple[float, tuple[int, ...]] | None = None
    for cuts in combinations(allowed, page_count - 1):
        edges = (0, *cuts, len(tops) - 1)
        tallest = max(tops[end] - tops[start] for start, end in pairwise(edges))
        scale = A4_HEIGHT_POINTS * _ROOM / max(tallest, 1.0)
        if best is None or scale > best[0]:
            best = (scale, cuts)
    return best


def _many_pages(tops: Sequence[float], weeks: Sequence[int]) -> Pages:
    """Pages filled one after the other at the smallest readable scale."""
    room = A4_HEIGHT_POINTS * _ROOM / _SMALLEST
    breaks: list[int] = []
    start = 0
    ends = [*weeks[1:], len(tops) - 1]
    for week, end in zip(weeks, ends, strict=True):
        if tops[end] - tops[start] > room and week > start:
            breaks.append(week)
            start = week
    return Pages(tuple(breaks), int(_SMALLEST * 100))
