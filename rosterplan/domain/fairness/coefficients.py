"""A doctor's coefficient w = q·π·e in each fairness group and band (DESIGN section 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty, Group, Line, Share


def default_groups(lines: Iterable[Line]) -> tuple[Group, ...]:
    """One fairness group per sector, named after it, in the order sectors first appear; a line without one has none."""
    of_sector: dict[str, list[str]] = {}
    for line in lines:
        if line.sector:
            of_sector.setdefault(line.sector, []).append(line.id)
    return tuple(Group(id=sector, lines=tuple(names)) for sector, names in of_sector.items())


def coefficients(
    doctors: Sequence[Doctor],
    lines: Sequence[Line],
    groups: Sequence[Group],
    duties: Sequence[Duty],
    *,
    exemptions: bool = True,
) -> tuple[Share, ...]:
    """Coefficients above 0 of every doctor, by doctor, group and band in the orders given.

    q: quota × part of it given to the group's sectors; parts beyond a whole are renfort (0), first sector first, and a
    line held beside the sectors gives none. π·e: part of the band's positions of the group dated while the doctor
    is on the list, not in a recognised long absence and not exempt; e is 0 if no duty of the band is one he or she
    may hold (modality, skill, site, house). Dates refused on a form play no part. ``exemptions=False`` ignores them.
    """
    line_of = {line.id: line for line in lines}
    kinds = _kinds(groups, line_of, duties)
    of_sector: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for sector in {line_of[name].sector for name in group.lines} - {None}:
            of_sector[str(sector)].append(number)
    found = []
    for doctor in doctors:
        for number, participation in _participations(doctor, of_sector) if doctor.volunteer else ():
            name, q = groups[number].id, doctor.quota * participation
            for kind in kinds[name] if q > 0 else ():
                part = kind.part(doctor, exemptions)
                if part > 0:
                    found.append(Share(doctor=doctor.id, group=name, band=kind.band, coefficient=q * part))
    return tuple(found)


def shares_of(instance: Instance) -> tuple[Share, ...]:
    """The shares given with the instance; where it gives none, those its doctors, groups and duties imply."""
    if instance.shares:
        return tuple(share for share in instance.shares if share.coefficient > 0)
    return coefficients(instance.doctors, instance.lines, instance.groups, instance.duties)


@dataclass
class _Kind:
    """The duties of one band in one group: positions per date, and the different sorts of duty to be held."""

    band: str
    positions: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    sorts: dict[tuple[object, ...], tuple[Line, Duty]] = field(default_factory=dict)

    def part(self, doctor: Doctor, exemptions: bool) -> float:
        """π·e: part of the positions dated while the doctor is there and not exempt, 0 if none may be held."""
        total = sum(self.positions.values())
        if total == 0 or not any(_may_hold(doctor, line, duty) for line, duty in self.sorts.values()):
            return 0.0
        if _always_there(doctor, min(self.positions), max(self.positions)) and not (exemptions and doctor.exemptions):
            return 1.0
        there = sum(
            count
            for day, count in self.positions.items()
            if doctor.present(day) and not (exemptions and doctor.exempt(self.band, day))
        )
        return there / total


def _always_there(doctor: Doctor, first: date, last: date) -> bool:
    """Return True if the doctor is on the list on both days and has no long absence at all."""
    return not doctor.long_absences and doctor.on_the_list(first) and doctor.on_the_list(last)


def _kinds(groups: Sequence[Group], line_of: dict[str, Line], duties: Sequence[Duty]) -> dict[str, list[_Kind]]:
    """Return the bands of each group, in the order their duties come."""
    group_of = {line: group.id for group in groups for line in group.lines}
    kinds: dict[str, dict[str, _Kind]] = {group.id: {} for group in groups}
    for duty in duties:
        group = group_of.get(duty.line)
        if group is None or duty.need_max == 0:
            continue
        kind = kinds[group].setdefault(duty.band, _Kind(duty.band))
        kind.positions[duty.date] += duty.need_max
        sort = (duty.line, duty.modality, duty.site, duty.establishments, duty.doctor)
        kind.sorts.setdefault(sort, (line_of[duty.line], duty))
    return {group: list(found.values()) for group, found in kinds.items()}


def _participations(doctor: Doctor, of_sector: Mapping[str, list[int]]) -> list[tuple[int, float]]:
    """Return (group number, part of the quota given to it), by group; what passes a whole, sector by sector, is 0."""
    left = 1.0
    found: dict[int, float] = defaultdict(float)
    for member in doctor.sectors:
        part = min(member.participation, left)
        left -= part
        for number in of_sector.get(member.sector, ()):
            found[number] += part
    return sorted(found.items())


def _may_hold(doctor: Doctor, line: Line, duty: Duty) -> bool:
    """Return True if nothing lasting keeps the doctor from such a duty: modality, skill, site, house, owner."""
    site = duty.site or line.site
    return (
        duty.modality in doctor.modalities
        and set(line.skills) <= set(doctor.skills)
        and (site is None or site not in doctor.refused_sites)
        and (not duty.establishments or doctor.establishment in duty.establishments)
        and (duty.doctor is None or duty.doctor == doctor.id)
    )
