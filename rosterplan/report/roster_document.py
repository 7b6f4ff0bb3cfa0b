"""The contract of `roster.json` as nouns: what is written, what is read back, and its JSON Schema."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rosterplan.domain.base import Frozen, Id, Instant
from rosterplan.domain.people import Modality
from rosterplan.domain.result import Stage, Status
from rosterplan.domain.roster import Due

ROSTER_SCHEMA = 1


class AssignmentEntry(Frozen):
    """A duty held, with all a program needs to show it without the instance."""

    duty: Id
    line: Id
    start: Instant
    end: Instant
    band: Id
    points: int
    doctor: Id
    place: str = Field(description="where the duty is held, in words; empty where nobody said")
    modality: Modality
    locked: bool
    replaced_by: Id | None
    kind: Literal["remplacement", "echange", "don"] | None


class HoleEntry(Frozen):
    """A duty or a demand short of its need; ``proven`` if no roster as well covered can fill this very one."""

    duty: Id
    line: Id
    start: Instant
    end: Instant
    missing: int = Field(gt=0)
    priority: int
    proven: bool
    one_of: int = Field(
        default=0,
        description="where not proven of this one: doctors of its priority that every roster lacks in all, proven; which "
        "duties lack them is a choice. Absent where that is not proven",
    )


class LevelEntry(Frozen):
    """Missing positions of one coverage priority, highest first."""

    priority: int
    missing: int
    bound: int | None
    proven: bool


class StageEntry(Frozen):
    """A stage of the objective; ``best`` stands on fairness alone, ``levels`` on coverage alone."""

    name: Stage
    value: int
    bound: int | None
    proven: bool
    best: int | None = None
    levels: tuple[LevelEntry, ...] | None = None


class RosterDocument(Frozen):
    """A whole `roster.json`."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    instance: Id
    input_sha256: str = Field(pattern="^[0-9a-f]{64}$")
    rosterplan: str
    seed: int
    effort: int
    version: int = Field(ge=0, description="0 until published")
    status: Status
    assignments: tuple[AssignmentEntry, ...]
    holes: tuple[HoleEntry, ...]
    dues: tuple[Due, ...]
    stages: tuple[StageEntry, ...]
    rest_kept: bool = Field(default=False, description="written where a part was planned and the rest kept as it was")
