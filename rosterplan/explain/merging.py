"""What if sectors were one: their doctors, lines, fairness groups, balances and rules brought together."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.people import Doctor, Membership
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Group
from rosterplan.explain.newcomers import shared_again
from rosterplan.explain.scenarios import Scenario
from rosterplan.messages import say
from rosterplan.messages.words import listed


def merged(scenario: Scenario, sectors: Sequence[str]) -> Scenario:
    """Return the scenario with sectors made one: their doctors serve all their lines, their fairness groups are one."""
    instance, first, names = scenario.instance, sectors[0], set(sectors)
    known = {sector.id: sector.name for sector in instance.sectors}
    new_name = " + ".join(known[name] for name in sectors)
    lines = tuple(
        line.model_copy(update={"sector": first}) if line.sector in names else line for line in instance.lines
    )
    inside = {line.id for line in lines if line.sector == first}
    joined = [group for group in instance.groups if set(group.lines) & inside]
    renamed = {group.id: joined[0].id for group in joined}
    groups = _groups_joined(instance.groups, joined)
    changed = instance.changed(
        sectors=tuple(
            sector.model_copy(update={"name": new_name}) if sector.id == first else sector
            for sector in instance.sectors
            if sector.id == first or sector.id not in names
        ),
        lines=lines, groups=groups, doctors=tuple(_member_of_one(doctor, names, first) for doctor in instance.doctors),
        balances=tuple(one.model_copy(update={"group": renamed.get(one.group, one.group)}) for one in instance.balances),
        rules=tuple(_rule_of_one(row, names, first) for row in instance.rules),
    )  # fmt: skip
    said = say(
        fr=f"{listed([known[name] for name in sectors])} réunis",
        en=f"{listed([known[name] for name in sectors])} merged",
    )
    return scenario.with_(shared_again(changed), said, {first})


def _groups_joined(groups: Sequence[Group], joined: Sequence[Group]) -> tuple[Group, ...]:
    if not joined:
        return tuple(groups)
    lines = tuple(dict.fromkeys(name for group in joined for name in group.lines))
    gone = {group.id for group in joined[1:]}
    return tuple(
        group.model_copy(update={"lines": lines}) if group.id == joined[0].id else group
        for group in groups
        if group.id not in gone
    )


def _member_of_one(doctor: Doctor, names: set[str], first: str) -> Doctor:
    """Return the doctor with the memberships of merged sectors added up into one."""
    mine = [member for member in doctor.sectors if member.sector in names]
    if not mine:
        return doctor
    part = min(sum(member.participation for member in mine), 1.0)
    kept: list[Membership] = []
    for member in doctor.sectors:
        if member.sector not in names:
            kept.append(member)
        elif all(one.sector != first for one in kept):
            kept.append(Membership(sector=first, participation=part))
    return doctor.model_copy(update={"sectors": tuple(kept)})


def _rule_of_one(row: RuleRow, names: set[str], first: str) -> RuleRow:
    if not set(row.scope.sectors) & names:
        return row
    sectors = tuple(dict.fromkeys(first if name in names else name for name in row.scope.sectors))
    return row.model_copy(update={"scope": row.scope.model_copy(update={"sectors": sectors})})
