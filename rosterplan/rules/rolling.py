"""Windows of days as an auditor counts them: every window, day after day, with what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rosterplan.domain.instance import Held


@dataclass(frozen=True)
class Overrun:
    """Windows that follow each other day after day and each hold too much."""

    held: tuple[Held, ...]  # what stands in some of the windows
    worst: int  # most units above the cap in one window
    cost: int


def overruns(
    held: Sequence[Held],
    position: Callable[[Held], int],
    span: int,
    excess: Callable[[Sequence[Held]], int],
    cost: Callable[[Sequence[Held]], int],
) -> Iterator[Overrun]:
    """Yield the runs of windows [t, t + span) of positions, t whole, that hold a duty of this roster and an excess.

    ``excess`` and ``cost`` are those of what one window holds.
    """
    placed = sorted(held, key=position)
    places = [position(one) for one in placed]
    run: list[tuple[Sequence[Held], int, int]] = []
    first = last = 0  # the window holds placed[first:last]
    ours = [place for one, place in zip(placed, places, strict=True) if not one.past]
    for start in range(ours[0] - span + 1, ours[-1] + 2) if ours else ():  # no other window holds a duty of the roster
        while first < len(places) and places[first] < start:
            first += 1
        while last < len(places) and places[last] < start + span:
            last += 1
        inside = placed[first:last]
        above = excess(inside) if any(not one.past for one in inside) else 0
        if above > 0:
            run.append((inside, above, cost(inside)))
        elif run:
            yield _joined(held, run)
            run = []


def _joined(held: Sequence[Held], run: Sequence[tuple[Sequence[Held], int, int]]) -> Overrun:
    """Return a run of windows as one overrun."""
    inside = {id(one) for window, _, _ in run for one in window}
    return Overrun(
        tuple(one for one in held if id(one) in inside),
        max(above for _, above, _ in run),
        sum(cost for _, _, cost in run),
    )
