"""How much a folder asks for, and what it counts in: duties, slots of an agenda, or posts of a need by interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rosterplan.domain.instance import Instance

Unit = Literal["duty", "slot", "post"]
"""A duty to fill; a slot wanted among those doctors offer; one doctor wanted during one interval."""


def asked(instance: Instance) -> int:
    """Doctors the duties need by themselves, and those every part of a demand needs."""
    return sum(duty.need_min for duty in instance.duties) + sum(part.need for part in instance.wanted)


def unit_of(instance: Instance) -> Unit:
    """What ``asked`` counts: posts as soon as a number of doctors is wanted at each moment, or where kinds are mixed."""
    if not instance.wanted:
        return "duty"
    slots = all(part.in_all for part in instance.wanted) and not any(duty.need_min for duty in instance.duties)
    return "slot" if slots else "post"
