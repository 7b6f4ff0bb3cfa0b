"""Scales of costs, « 0 3 7 12 »: what 0, 1, 2… of something cost one doctor, rising ever faster."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated

import numpy as np
from pydantic import AfterValidator

from rosterplan.messages import say
from rosterplan.rules.base import IntArray

HEAVIEST = 2**31


def _rising(scales: Mapping[str, str]) -> Mapping[str, str]:
    """Refuse scales that are no list of whole numbers, or not convex."""
    for name, text in scales.items():
        try:
            steps = numbers(text)
        except ValueError:
            steps = ()
        rises = [after - before for before, after in pairwise(steps)]
        if (
            len(steps) < 2
            or any(after < before for before, after in pairwise(rises))
            or max(map(abs, rises)) >= HEAVIEST
        ):
            raise ValueError(
                say(
                    fr=f"barème de {name} : des nombres entiers qui montent de plus en plus, comme « 0 3 7 12 »",
                    en=f"scale of {name}: whole numbers that rise ever faster, such as “0 3 7 12”",
                )
            )
    return scales


Scales = Annotated[dict[str, str], AfterValidator(_rising)]
"""A scale per doctor; « M001 = 0 3 7 12 ; M002 = 0 1 2 » in a cell."""


def numbers(text: str) -> tuple[int, ...]:
    """« 0 3 7 12 » as numbers.

    Raises:
        ValueError: something is not a whole number.
    """
    return tuple(int(part) for part in text.split())


def table_of(text: str | None, weight: int, most: int) -> IntArray:
    """Return the costs of 0..most for the canvas: the scale, drawn on at its last rise, or ``weight`` each."""
    if text is None:
        return np.arange(most + 1, dtype=np.int64) * weight
    steps = np.array(numbers(text), dtype=np.int64)
    beyond = np.arange(1, max(most + 2 - len(steps), 1), dtype=np.int64) * (steps[-1] - steps[-2])
    return np.asarray(np.concatenate((steps, steps[-1] + beyond))[: most + 1], dtype=np.int64)


def cost_of(text: str | None, weight: int, count: int) -> int:
    """Return the cost of ``count`` for the audit, step by step."""
    if text is None:
        return weight * count
    steps, cost = numbers(text), numbers(text)[0]
    for step in range(1, count + 1):
        last = min(step, len(steps) - 1)
        cost += steps[last] - steps[last - 1]
    return cost
