"""What a repair is given and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rosterplan.domain.instance import Instance
from rosterplan.domain.result import Stage
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.rules.base import Rule

EFFORT = 3.0
"""Deterministic time of one solve; a repair takes at most seven."""

Reach = Literal["everywhere", "scope", "none"]
"""What « least » is proved among: all rosters, those that change the duties opened only, or nothing."""


@dataclass(frozen=True)
class Case:
    """A roster to mend: the instance as it is now, the roster in force with the dues to use, and what was lost of it.

    Duties dated before ``first_day`` never move. ``weight`` is what a change of each duty counts, at least 1.
    """

    instance: Instance
    rules: tuple[Rule, ...]
    roster: Roster
    lost: tuple[Assignment, ...]
    first_day: date
    weight: Mapping[str, int]
    touched: frozenset[str] = frozenset()
    """Doctors an event is about: their sectors are opened where more changes are allowed than needed."""
    seed: int = 1
    effort: float = EFFORT
    credit: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Who is credited with a duty, by (duty, who serves it), where that is another: the titular of a replacement."""

    @property
    def remaining(self) -> tuple[Assignment, ...]:
        """What stays of the roster."""
        gone = {(one.duty, one.doctor) for one in self.lost}
        return tuple(one for one in self.roster.assignments if (one.duty, one.doctor) not in gone)


@dataclass(frozen=True)
class Repaired:
    """A mended roster; ``changes`` counts positions given to someone else than what remained, ``weight`` weighs them.

    ``unfilled``: duties of what was lost that stay short. ``opened``: the sectors whose duties could move; none where
    filling what was lost was enough.
    """

    roster: Roster
    changes: int
    weight: int
    unfilled: tuple[str, ...]
    opened: tuple[str, ...]
    cover_proven: bool
    least: Reach
    stages: Mapping[Stage, int] = field(default_factory=dict)
    best: tuple[Stage, ...] = ()
    """Stages proved best, in order, each given those before it, among the rosters that move the sectors opened only."""
