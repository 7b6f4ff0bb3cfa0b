"""Who holds what; no solver inside."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Literal

from rosterplan.domain.base import Frozen, Id


class Assignment(Frozen):
    """A duty held by a doctor; ``locked`` where a person decided it."""

    duty: Id
    doctor: Id
    locked: bool = False
    replaced_by: Id | None = None
    kind: Literal["remplacement", "echange", "don"] | None = None


class Due(Frozen):
    """A doctor's due and target in a group and band [hundredths of a duty]."""

    doctor: Id
    group: Id
    band: Id
    due_hundredths: int
    target_hundredths: int


class Roster(Frozen):
    """A set of assignments, and the dues they were made under."""

    assignments: tuple[Assignment, ...] = ()
    dues: tuple[Due, ...] = ()

    @cached_property
    def doctors_of(self) -> dict[str, tuple[str, ...]]:
        """Doctors holding each duty, sorted; a duty nobody holds is absent."""
        held: dict[str, list[str]] = defaultdict(list)
        for assignment in self.assignments:
            held[assignment.duty].append(assignment.doctor)
        return {duty: tuple(sorted(doctors)) for duty, doctors in held.items()}

    @cached_property
    def duties_of(self) -> dict[str, tuple[str, ...]]:
        """Duties each doctor holds; a doctor with none is absent."""
        held: dict[str, list[str]] = defaultdict(list)
        for assignment in self.assignments:
            held[assignment.doctor].append(assignment.duty)
        return {doctor: tuple(duties) for doctor, duties in held.items()}


def roster_of(pairs: dict[str, tuple[str, ...]]) -> Roster:
    """Return the roster in which ``pairs[duty]`` doctors hold each duty (for tests and imports)."""
    return Roster(
        assignments=tuple(Assignment(duty=duty, doctor=doctor) for duty, doctors in pairs.items() for doctor in doctors)
    )
