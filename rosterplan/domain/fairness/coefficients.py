"""A doctor's coefficient w = q·π·e in each fairness group and band."""

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

    q: quota × part of it given to the group's sectors; parts beyond a whole are renfort (0), first sector first. A
    sector's part is split evenly over those of its groups the doctor may hold duties of. Who has no sector gives a
    quota evenly to the groups without a sector that are open to him or her: the house's lines, or lines held by
    name. π·e: part of the band's positions of the group dated while the doctor is on the list, not in a recognised
    long absence and not exempt; e is 0 if no duty of the band is one he or she may hold (place on the line, modality,
    skill, site, house). Dates refused on a form play no part. ``exemptions=False`` ignores exemptions.
    """
    line_of = {line.id: line for line in lines}
    bands = _kinds(groups, line_of, duties)
    by_name = frozenset(name for doctor in doctors for name in doctor.lines)
    of_sector: dict[str | None, list[str]] = defaultdict(list)
    for group in groups:
        sectors = {line_of[name].sector for name in group.lines} - {None}
        for sector in sectors or {None}:
            of_sector[sector].append(group.id)
    place = {group.id: number for number, group in enumerate(groups)}
    found = []
    for doctor in doctors:
        if not doctor.volunteer or doctor.quota == 0:
            continue
        open_to = _open_to(doctor, of_sector, bands, by_name)
        parts = _parts_of_quota(doctor, of_sector, open_to)
        for name in sorted(parts, key=place.__getitem__):
            for kind in open_to[name]:
                part = doctor.quota * parts[name] * kind.presence(doctor, exemptions)
                if part > 0:
                    found.append(Share(doctor=doctor.id, group=name, band=kind.band, coefficient=part))
    return tuple(found)


def shares_of(instance: Instance) -> tuple[Share, ...]:
    """The shares given with the instance; where it gives none, those its doctors, groups and duties imply."""
    if instance.shares:
        return tuple(share for share in instance.shares if share.coefficient > 0)
    return instance.once("shares", lambda: _shares_implied(instance))


def _shares_implied(instance: Instance) -> tuple[Share, ...]:
    from rosterplan.domain.fairness.houses import between_houses_of

    plain = coefficients(instance.doctors, instance.lines, instance.groups, instance.duties)
    return between_houses_of(plain, instance)


@dataclass
class _Kind:
    """The duties of one band in one group: positions per date, and the different sorts of duty to be held."""

    band: str
    positions: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    sorts: dict[tuple[object, ...], tuple[Line, Duty]] = field(default_factory=dict)

    def held_by(self, doctor: Doctor, by_name: frozenset[str]) -> bool:
        """e, exemptions apart: True if some duty of the band is one the doctor may hold."""
        return any(_may_hold(doctor, line, duty, by_name) for line, duty in self.sorts.values())

    def presence(self, doctor: Doctor, exemptions: bool) -> float:
        """π: part of the positions dated while the doctor is there and not exempt."""
        if _always_there(doctor, min(self.positions), max(self.positions)) and not (exemptions and doctor.exemptions):
            return 1.0
        there = sum(
            count
            for day, count in self.positions.items()
            if doctor.present(day) and not (exemptions and doctor.exempt(self.band, day))
        )
        return there / sum(self.positions.values())


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


def _open_to(
    doctor: Doctor,
    of_sector: Mapping[str | None, list[str]],
    bands: Mapping[str, list[_Kind]],
    by_name: frozenset[str],
) -> dict[str, list[_Kind]]:
    """Return the bands the doctor may hold of each group of his or her sectors, or of no sector."""
    sectors: list[str | None] = [member.sector for member in doctor.sectors]
    groups = [group for sector in sectors or [None] for group in of_sector.get(sector, ())]
    return {group: [kind for kind in bands[group] if kind.held_by(doctor, by_name)] for group in groups}


def _parts_of_quota(
    doctor: Doctor, of_sector: Mapping[str | None, list[str]], open_to: Mapping[str, list[_Kind]]
) -> dict[str, float]:
    """Return the part of the quota given to each group; a doctor without a sector has the one of no sector."""
    left = 1.0
    found: dict[str, float] = defaultdict(float)
    members: list[tuple[str | None, float]] = [(member.sector, member.participation) for member in doctor.sectors]
    for sector, participation in members or [(None, 1.0)]:
        part = min(participation, left)
        left -= part
        groups = of_sector.get(sector, ()) if part > 0 else ()
        several = [group for group in groups if open_to[group]]
        for group in several:
            found[group] += part / len(several)
    return found


def _may_hold(doctor: Doctor, line: Line, duty: Duty, by_name: frozenset[str]) -> bool:
    """Return True if nothing lasting keeps the doctor from such a duty: place on the line, modality, skill, site…"""
    site = duty.site or line.site
    return (
        _on_the_line(doctor, line, by_name)
        and duty.modality in doctor.modalities
        and set(line.skills) <= set(doctor.skills)
        and (site is None or site not in doctor.refused_sites)
        and (not duty.establishments or doctor.establishment in duty.establishments)
        and (duty.doctor is None or duty.doctor == doctor.id)
    )


def _on_the_line(doctor: Doctor, line: Line, by_name: frozenset[str]) -> bool:
    """Return True if the doctor names the line, or is a physician of its sector or house, or it is open to all."""
    if line.id in doctor.lines:
        return True
    if doctor.profession != "medecin":  # décret 2025-152: nurses and midwives hold the lines they name
        return False
    inside = line.sector is not None and any(member.sector == line.sector for member in doctor.sectors)
    inside |= doctor.establishment is not None and doctor.establishment in line.establishments
    return inside or (line.sector is None and not line.establishments and line.id not in by_name)
