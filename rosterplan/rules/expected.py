"""What each doctor may expect to hold before any roster exists: shares of full cover, spread over the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import TypeVar

from rosterplan.domain.fairness import full_parts
from rosterplan.domain.instance import Instance
from rosterplan.domain.work import Duty

Slot = TypeVar("Slot", bound=Hashable)


def expected(
    instance: Instance, slot_of: Callable[[Duty], Slot], counted: Callable[[Duty], int]
) -> dict[tuple[str, Slot], float]:
    """Return Σ share × counted positions of the slot / positions, per doctor and slot, over groups and bands.

    ``counted`` is what a position of a duty counts for (0 leaves it out), ``slot_of`` where it counts (a month…). A
    doctor's share of a group and band is spread over its duties evenly.
    """
    in_slot: dict[tuple[str, str], dict[Slot, int]] = defaultdict(lambda: defaultdict(int))
    for duty in instance.duties:
        group = instance.group_of_line.get(duty.line)
        if group is not None and duty.need_min and counted(duty):
            in_slot[group, duty.band][slot_of(duty)] += duty.need_min * counted(duty)
    found: dict[tuple[str, Slot], float] = defaultdict(float)
    for part in full_parts(instance):
        for slot, positions in in_slot.get((part.group, part.band), {}).items():
            found[part.doctor, slot] += part.share * positions / part.positions
    return dict(found)


def expected_in_all(instance: Instance, counted: Callable[[Duty], int] = lambda _: 1) -> dict[str, float]:
    """Return what each doctor may expect to hold over the whole period."""
    return {doctor: share for (doctor, _), share in expected(instance, lambda _: None, counted).items()}
