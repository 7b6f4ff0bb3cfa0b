"""What a search tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rosterplan.domain.asked import Unit
from rosterplan.domain.result import Stage


@dataclass(frozen=True)
class Progress:
    """One event: the stage being improved, its value and bound, and how far the round is.

    ``positions`` counts what ``unit`` says; ``remaining`` is the time left in seconds where a limit was set.
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


Listener = Callable[[Progress], None]
