"""Where the roster itself chooses how many doctors hold a duty, the numbers are settled before they are shared.

A duty of need 0..k is filled as far as demands ask for it. Shares are those of the positions held, so once cover is
found the positions of each kind stay as many as they are: who holds them, and on which of its duties, stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray, ints, numbered
from rosterplan.domain.roster import Roster

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas

SETTLED = "positions"
"""Names the rows on the canvas that keep the number of positions."""

_KIND = ("group", "band", "points")


def optional(canvas: Canvas) -> BoolArray:
    """Return which duties may be held by more doctors than they need by themselves, and are wanted by no more."""
    return np.asarray(canvas.duties["need_max"] > canvas.duties["need_min"], dtype=bool)


def settle(canvas: Canvas, roster: Roster) -> None:
    """Post that each kind (group, band, points) with an optional duty keeps its number of positions."""
    kind, first = numbered([canvas.duties[name] for name in _KIND])
    some = np.unique(kind[optional(canvas) & (canvas.duties["group"] >= 0)])
    if not len(some):
        return
    number = canvas.codes["duty"]
    held = np.bincount(kind[ints([number[one.duty] for one in roster.assignments])], minlength=len(first))
    canvas.limit(
        SETTLED,
        canvas.pairs.where(canvas.pairs["past"] == 0),
        _KIND,
        lo=ints(held[some]),
        hi=ints(held[some]),
        groups={name: canvas.duties[name][first[some]] for name in _KIND},
    )


def settled_duties(canvas: Canvas, rule: IntArray, row: IntArray, duty: IntArray) -> dict[int, IntArray]:
    """Return the duties in each row that keeps a number of positions; ``row`` and ``duty`` per entry of the program."""
    if SETTLED not in canvas.rule_names:
        return {}
    inside = rule[row] == canvas.rule_names.index(SETTLED)
    return {int(one): np.unique(duty[inside & (row == one)]) for one in np.unique(row[inside])}
