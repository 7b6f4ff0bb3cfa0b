"""What an instance holds, beside the reference table."""

from __future__ import annotations

from dataclasses import astuple, fields

from benchmarks.sizes import TABLE, Counts
from rosterplan.domain.instance import Instance

TOLERANCE = 0.05


def counts_of(instance: Instance) -> Counts:
    """Return sectors, doctors, slots, positions, pairs (member of the sector, not impossible) and shared doctors."""
    duties = {duty.id: duty for duty in instance.duties}
    of_sector: dict[str, list[str]] = {}
    for duty in instance.duties:
        of_sector.setdefault(instance.line_by_id[duty.line].sector or "", []).append(duty.id)
    pairs = 0
    for doctor in instance.doctors:
        said = [row for row in instance.availability_of.get(doctor.id, ()) if row.value == "impossible"]
        refused = {row.duty for row in said if row.duty}
        spans = [(row.start, row.end) for row in said if row.start and row.end]
        for member in doctor.sectors:
            pairs += sum(
                name not in refused and not any(start <= duties[name].date <= end for start, end in spans)
                for name in of_sector[member.sector]
            )
    return Counts(
        sectors=len(instance.sectors),
        doctors=len(instance.doctors),
        slots=len(instance.duties),
        positions=sum(duty.need_min for duty in instance.duties),
        pairs=pairs,
        shared=sum(len(doctor.sectors) > 1 for doctor in instance.doctors),
    )


def compared(name: str, counts: Counts) -> list[tuple[str, int, int, bool]]:
    """Return (column, ours, the table's, within 5 %) for a size of the table."""
    return [
        (field.name, ours, theirs, abs(ours - theirs) <= TOLERANCE * max(theirs, 1))
        for field, ours, theirs in zip(fields(Counts), astuple(counts), astuple(TABLE[name]), strict=True)
    ]
