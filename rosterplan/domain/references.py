"""Ids of an instance are unique, and what it refers to exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rosterplan.domain.instance import Instance


def faults_of(instance: Instance) -> list[str]:
    """Return what is unsound in an instance: duplicate ids, references that lead nowhere."""
    faults: list[str] = []
    named = {
        "establishment": [item.id for item in instance.establishments],
        "site": [item.id for item in instance.sites],
        "sector": [item.id for item in instance.sectors],
        "line": [item.id for item in instance.lines],
        "doctor": [item.id for item in instance.doctors],
        "duty": [item.id for item in instance.duties],
        "group": [item.id for item in instance.groups],
    }
    for noun, ids in named.items():
        if len(set(ids)) < len(ids):
            twice = sorted({name for name in ids if ids.count(name) > 1})[:5] if len(ids) < 2000 else ["…"]
            faults.append(f"{noun} given twice: {', '.join(twice)}")
    known = {noun: set(ids) for noun, ids in named.items()}
    for noun, name, where in _references(instance):
        if name not in known[noun]:
            faults.append(f"{where}: unknown {noun} {name!r}")
    return faults


def _references(instance: Instance) -> list[tuple[str, str, str]]:
    """Return (noun, id, where) for each id that must exist."""
    refs: list[tuple[str, str, str]] = []
    refs += [("site", house.site, house.id) for house in instance.establishments if house.site]
    for line in instance.lines:
        refs += [("sector", line.sector, line.id)] if line.sector else []
        refs += [("site", line.site, line.id)] if line.site else []
        refs += [("establishment", house, line.id) for house in line.establishments]
        refs += [("line", line.counts_for, line.id)] if line.counts_for else []
    for doctor in instance.doctors:
        refs += [("sector", member.sector, doctor.id) for member in doctor.sectors]
        refs += [("line", line, doctor.id) for line in doctor.lines]
        refs += [("establishment", doctor.establishment, doctor.id)] if doctor.establishment else []
        refs += [("site", doctor.site, doctor.id)] if doctor.site else []
        refs += [("site", way.site, doctor.id) for way in doctor.travel]
    for duty in instance.duties:
        refs.append(("line", duty.line, duty.id))
        refs += [("site", duty.site, duty.id)] if duty.site else []
        refs += [("doctor", duty.doctor, duty.id)] if duty.doctor else []
    refs += [("line", line, group.id) for group in instance.groups for line in group.lines]
    refs += [("line", demand.line, demand.id) for demand in instance.demands]
    for said in instance.availability:
        refs.append(("doctor", said.doctor, "availability"))
        refs += [("duty", said.duty, "availability")] if said.duty else []
    for fixed in instance.fixed:
        refs += [("doctor", fixed.doctor, "fixed"), ("duty", fixed.duty, "fixed")]
    for lock in instance.locks:
        refs.append(("duty", lock.duty, "locks"))
        refs += [("doctor", lock.doctor, "locks")] if lock.doctor else []
    refs += [("doctor", share.doctor, "shares") for share in instance.shares]
    refs += [("group", share.group, "shares") for share in instance.shares]
    return refs
