"""What a solve claims: status, and per stage value, bound and proof, never merged or prettified."""

from __future__ import annotations

from typing import Literal

from rosterplan.domain.base import Frozen

Stage = Literal["coverage", "caps", "shares", "fairness", "blend", "wishes", "comfort"]

STAGES: tuple[Stage, ...] = ("coverage", "caps", "shares", "fairness", "blend", "wishes", "comfort")
"""In the order of importance; `blend` = wishes + comfort, the last two are informational."""

OPTIMISED: tuple[Stage, ...] = STAGES[:5]

Status = Literal["optimal", "feasible", "stopped"]


class Level(Frozen):
    """Missing positions of one coverage priority, and the least any roster can miss given higher levels."""

    priority: int
    missing: int
    bound: int | None
    proven: bool


class StageResult(Frozen):
    """One stage: ``value`` of this roster; ``bound`` and ``proven`` concern ``best`` where it is given."""

    name: Stage
    value: int
    bound: int | None = None
    proven: bool = False
    best: int | None = None
    how: str = ""
    levels: tuple[Level, ...] = ()


class Result(Frozen):
    """The outcome of a solve, beside its roster."""

    status: Status
    seed: int
    effort: int
    stages: tuple[StageResult, ...]
    proven_holes: tuple[str, ...] = ()
    """Duties whose hole is proven unavoidable."""
    rest_kept: bool = False
    """True where lines were kept as they were: every bound then speaks of rosters that keep them too."""

    def stage(self, name: Stage) -> StageResult:
        """Return one stage; KeyError if it was not computed."""
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise KeyError(name)
