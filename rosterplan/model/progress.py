"""What a search tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rosterplan.domain.asked import Unit
from rosterplan.domain.result import Stage

Step = Literal["program", "towards"]
"""Long work of which the roster shows nothing yet: a linear program says what can be reached, then units are planned towards that."""


@dataclass(frozen=True)
class Progress:
    """One event: the stage being improved, its value and bound, and how far the round is.

    ``positions`` counts what ``unit`` says; ``remaining`` is the time left in seconds where a limit was set. ``step``: what
    is being done where blocks are not simply improved; of a linear program taken as one, ``block`` counts its rounds done and
    ``blocks`` is 0: nobody knows how many it takes.
    """

    stage: Stage
    value: int
    bound: int | None
    covered: int
    positions: int
    block: int
    blocks: int
    seconds: float
    remaining: float | None = None
    unit: Unit = "duty"
    step: Step | None = None


Listener = Callable[[Progress], None]
