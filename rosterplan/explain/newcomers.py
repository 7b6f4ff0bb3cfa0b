"""One more volunteer, the same wherever one is imagined: in scenarios, and where cover is explained."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.fairness import coefficients
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor, Membership
from rosterplan.domain.work import Line
from rosterplan.messages import say


def newcomer(lines: Sequence[Line], name: str, first_name: str = "") -> Doctor:
    """Return a doctor who refuses no date and holds whatever the lines ask: all of one sector, or one without any."""
    sector = lines[0].sector
    houses = lines[0].establishments
    return Doctor(
        id=name, last_name=say(fr="Nouveau", en="New"), first_name=first_name,
        modalities=tuple(dict.fromkeys(line.modality for line in lines)),
        skills=tuple(dict.fromkeys(skill for line in lines for skill in line.skills)),
        lines=() if sector else tuple(line.id for line in lines), establishment=houses[0] if houses else None,
        sectors=(Membership(sector=sector),) if sector else (),
    )  # fmt: skip


def joined(instance: Instance, newcomers: Sequence[Doctor]) -> Instance:
    """Return the instance with more doctors who answered; every share, and each cap that follows it, is worked out again."""
    answered = (*instance.answered, *(one.id for one in newcomers)) if instance.answered else ()
    return shared_again(instance.changed(doctors=(*instance.doctors, *newcomers), answered=answered))


def shared_again(instance: Instance) -> Instance:
    """Return the instance with its coefficients worked out again, if it carries any."""
    if not instance.shares:
        return instance
    return instance.changed(shares=coefficients(instance.doctors, instance.lines, instance.groups, instance.duties))
