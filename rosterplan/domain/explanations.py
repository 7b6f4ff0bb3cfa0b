"""What is explained of a roster: what keeps each doctor from a hole, what would fill it, and at what price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal

from rosterplan.domain.base import Frozen, Id

ConcessionKind = Literal["reponse", "accord", "maximum", "renfort", "date", "regle"]
"""An answer not yet given; a cap passed by consent; a declared maximum passed; help from outside the sector; a date
declared impossible given up; an exception to a local rule, which the association grants."""


class Obstacle(Frozen):
    """A rule that keeps a doctor from a duty: which row, its source, and what of this roster makes it so."""

    rule: Id
    row: str
    title: str
    source: str
    text: str


class Candidate(Frozen):
    """A doctor of the pool of a hole; no obstacle = free to take it. ``price``: of what alone would let him; None = never."""

    doctor: Id
    obstacles: tuple[Obstacle, ...] = ()
    price: int | None = 0

    @property
    def text(self) -> str:
        """What stands in the way, in one line."""
        return " ".join(one.text for one in self.obstacles)


class Concession(Frozen):
    """What one doctor, or the association for him, would accept once."""

    kind: ConcessionKind
    rule: Id
    row: str
    doctor: Id
    text: str


class Step(Frozen):
    """A doctor receives a duty (``gives``) or is freed of it."""

    doctor: Id
    duty: Id
    gives: bool


class Request(Frozen):
    """What may be sent to one doctor, as it stands."""

    doctor: Id
    text: str


class Remedy(Frozen):
    """Moves that fill a hole and what must be conceded for them; none = nothing stands in the way.

    ``price`` ranks remedies (see `explain.concessions`); ``change``: of each stage. ``checked``: the audit finds that
    the hole is filled and nothing broken but what is conceded.
    """

    steps: tuple[Step, ...]
    concessions: tuple[Concession, ...]
    price: int
    change: dict[str, int]
    text: str
    requests: tuple[Request, ...] = ()
    checked: bool = False


class HoleExplained(Frozen):
    """One duty short of doctors: who serves the line and what keeps each, then the cheapest ways to fill it.

    ``need``: for a shift that would meet a demand left open, what is said of that demand. ``proven``: no roster as well
    covered fills it; ``one_of``: else, how many doctors of its priority every roster lacks in all, 0 if not proven.
    """

    duty: Id
    line: Id
    day: date
    band: Id
    missing: int
    priority: int
    need: str = ""
    proven: bool
    one_of: int = 0
    candidates: tuple[Candidate, ...]
    remedies: tuple[Remedy, ...]


def free_of(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the doctors nothing keeps from a hole."""
    return tuple(one.doctor for one in candidates if not one.obstacles)


def blocking_of(candidates: Sequence[Candidate]) -> tuple[tuple[str, int], ...]:
    """Return the rules by title and how many doctors each is the first to keep from a hole, most frequent first."""
    count = Counter(one.obstacles[0].title for one in candidates if one.obstacles)
    return tuple(sorted(count.items(), key=lambda item: (-item[1], item[0])))


class MarkExplained(Frozen):
    """One duty a doctor wished for, or would rather avoid, and what the roster made of it.

    ``obstacles``: titles of the rules about the doctor himself that forbid the simplest way to follow it; ``change``: of each stage by the
    gentlest way that breaks nothing, {} where there is none or it is followed; ``more``: wished beyond what he is to hold.
    """

    doctor: Id
    duty: Id
    value: Literal["wish", "avoid"]
    followed: bool
    more: bool = False
    obstacles: tuple[str, ...] = ()
    change: dict[str, int] = {}
    possible: bool = False


class Takeover(Frozen):
    """A doctor who could take a duty over from its holder: what stands in the way, and what it changes."""

    doctor: Id
    obstacles: tuple[Obstacle, ...]
    change: dict[str, int]


class DutyExplained(Frozen):
    """A duty, one of its holders (None: nobody), and who could take it over, the fairest first, those kept by rules last."""

    duty: Id
    holder: Id | None
    decided: bool
    wished: bool
    takeovers: tuple[Takeover, ...]


class FamilyCost(Frozen):
    """What a family of rules costs cover: without it the proved minimum of positions unfilled falls by ``cost`` to ``least``."""

    family: str
    rules: tuple[str, ...]
    least: int
    cost: int


class ScarceMonth(Frozen):
    """A doctor's month in which one more duty, by consent, would fill one of ``holes`` duties."""

    doctor: Id
    month: date
    holes: int
    rules: tuple[str, ...]


class LineCover(Frozen):
    """A line with holes: its duties, who serves it, dates offered, and what one more volunteer would fill at least."""

    line: Id
    duties: int
    doctors: int
    offered: int
    unfilled: int
    volunteer_fills: int


class CoverLevel(Frozen):
    """Positions unfilled at one priority, and the least any roster leaves given those of graver ones; None = unknown."""

    priority: int
    bands: tuple[str, ...]
    missing: int
    least: int | None


class CoverExplained(Frozen):
    """What costs cover at large. ``least``: no roster under these rules and dates leaves fewer positions unfilled."""

    missing: int
    least: int
    unavoidable: tuple[Id, ...]
    levels: tuple[CoverLevel, ...]
    families: tuple[FamilyCost, ...]
    months: tuple[ScarceMonth, ...]
    lines: tuple[LineCover, ...]
