"""Which pieces are worth their effort: shapes and engines drawn by what they gained of late, their sizes learnt.

Small windows gain most at first and nothing once they are proved; pieces of everybody over two weeks, or of many over the
whole period, gain when nothing smaller does. What each gains per effort changes as the roster does, so it is learnt anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rosterplan.model.task import Outcome

Engine = Literal["cp-sat", "mip"]

EFFORT: dict[Engine, float] = {"cp-sat": 2.0, "mip": 5.0}
"""Deterministic time of a piece, about half the seconds it takes.

Measured on 45 people over two weeks: CP-SAT finds nothing in 2, HiGHS, begun with what is held, gains in 10.
"""

FIRST_SIZE: dict[Engine, float] = {"cp-sat": 500.0, "mip": 1_000.0}
SMALLEST, LARGEST = 150, 6_000

FASTEST = 1.6
"""A size grows at most so much at once."""

MEMORY = 0.8
"""What is kept of an arm's past at each of its pieces."""

LONG_MEMORY = 0.95
LITTLE = 0.002
"""Share of all costs that pieces of CP-SAT gain per effort, below which HiGHS joins.

Measured on 45 people over six weeks: with HiGHS from the start 8313 after a minute, 5962 without; from 5399 on, over 70
seconds, its pieces gained 0.2 to 0.4 % per effort, those of CP-SAT 0.6.
"""

EXPLORED = 0.3
"""Share of the effort given to all arms alike."""

DISPATCH = 0.1
"""What a piece costs before it is solved, as effort."""


@dataclass
class Arm:
    """Pieces of one shape by one engine: their size in pairs, what they gained and cost of late."""

    shape: int
    engine: Engine
    size: float
    gained: float = 0.0
    spent: float = 0.0
    cost: float = DISPATCH

    @property
    def rate(self) -> float:
        """Gain per effort, cautious where little was spent."""
        return self.gained / (self.spent + 1.0)


class Arms:
    """All arms, and the draw among them; HiGHS joins once CP-SAT gains little."""

    def __init__(self, shapes: int, *, highs: bool) -> None:
        engines: tuple[Engine, ...] = ("cp-sat", "mip") if highs else ("cp-sat",)
        self.of = {engine: [Arm(shape, engine, FIRST_SIZE[engine]) for shape in range(shapes)] for engine in engines}
        self.joined = False
        self._gained = self._spent = 0.0

    def drawn(self, draw: np.random.Generator, count: int, engine: Engine | None = None) -> list[Arm]:
        """Return so many arms of one engine, which take about as long: often those that gained most per effort."""
        if engine is None:
            every = [arm for one, arms in self.of.items() for arm in arms if one == "cp-sat" or self.joined]
            engine = every[_one_of(every, draw)].engine
        same = self.of[engine]
        return [same[_one_of(same, draw)] for _ in range(count)]

    def learn(self, arm: Arm, outcome: Outcome, gain: int, value: int) -> None:
        """Remember what a piece gained and cost where all costs ``value``; grow where it is proved soon, shrink where it is not."""
        spent, most = outcome.effort + DISPATCH, EFFORT[arm.engine]
        arm.gained, arm.spent = MEMORY * arm.gained + gain, MEMORY * arm.spent + spent
        arm.cost = MEMORY * arm.cost + (1 - MEMORY) * spent
        self._gained, self._spent = LONG_MEMORY * self._gained + gain, LONG_MEMORY * self._spent + spent
        self.joined |= self._spent > most and self._gained < LITTLE * value * self._spent
        if outcome.verdict in ("optimal", "infeasible"):
            factor = float(np.clip(np.sqrt(most / 2 / max(outcome.effort, most / 20)), 1.0, FASTEST))
        else:
            factor = 1.0 if arm.engine == "mip" and gain else 0.8
        arm.size = min(max(arm.size * factor, SMALLEST), LARGEST)


def _one_of(arms: list[Arm], draw: np.random.Generator) -> int:
    """Return the place of an arm drawn: shares of effort by gain, some to all alike."""
    rate = np.array([arm.rate for arm in arms])
    share = np.full(len(arms), 1 / len(arms))
    if rate.sum() > 0:
        share = EXPLORED * share + (1 - EXPLORED) * rate / rate.sum()
    share /= np.array([arm.cost for arm in arms])
    return int(draw.choice(len(arms), p=share / share.sum()))
