"""A row of the sheet `Règles`, before any rule understands it: the form rules take in instance.json."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import Field, JsonValue

from rosterplan.domain.base import Frozen, Id
from rosterplan.domain.result import Stage

if TYPE_CHECKING:
    from rosterplan.domain.people import Doctor
    from rosterplan.domain.work import Line


class Scope(Frozen):
    """To whom and what a rule applies: every field given narrows it, an empty field does not."""

    lines: tuple[Id, ...] = ()
    sectors: tuple[Id, ...] = ()
    bands: tuple[Id, ...] = ()
    modalities: tuple[Id, ...] = ()
    statuses: tuple[Id, ...] = ()
    establishments: tuple[Id, ...] = ()
    doctors: tuple[Id, ...] = ()

    @cached_property
    def doctor_ids(self) -> frozenset[str]:
        """The doctors named: a scope may name a thousand."""
        return frozenset(self.doctors)

    def covers_doctor(self, doctor: Doctor) -> bool:
        """True if the rule applies to this doctor: by name, status and establishment."""
        return (
            (not self.doctors or doctor.id in self.doctor_ids)
            and (not self.statuses or doctor.status in self.statuses)
            and (not self.establishments or doctor.establishment in self.establishments)
        )

    def covers_line(self, line: Line) -> bool:
        """True if the rule applies to this line: by id, sector and modality."""
        return (
            (not self.lines or line.id in self.lines)
            and (not self.sectors or line.sector in self.sectors)
            and (not self.modalities or line.modality in self.modalities)
        )

    def covers_band(self, band: str) -> bool:
        """True if the rule applies to duties of this band."""
        return not self.bands or band in self.bands


class Strength(Frozen):
    """How strongly a rule holds: always, unless the doctor accepts more, or as a cost in a stage."""

    kind: Literal["hard", "hard-unless-accepted", "soft"] = "hard"
    stage: Stage | None = None
    weight: int = Field(default=0, ge=0, lt=2**31, description="cost of one unit, for a soft rule")


HARD = Strength()
UNLESS_ACCEPTED = Strength(kind="hard-unless-accepted", stage="caps", weight=1)


def soft(stage: Stage, weight: int) -> Strength:
    """Return the strength of a rule that costs ``weight`` per unit in ``stage``."""
    return Strength(kind="soft", stage=stage, weight=weight)


class RuleRow(Frozen):
    """One row of the rule book as data."""

    code: Id
    row: str = Field(default="", description="where it stands: « Règles!7 »; names the row in findings")
    scope: Scope = Scope()
    strength: Strength | None = Field(default=None, description="None = what the rule holds by itself")
    params: dict[str, JsonValue] = {}
    source: str = ""
