"""Who may hold what, as the rules admit it: the pool of each line, and the wishes that could be granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.report.facts import Facts, alphabetical
from rosterplan.rules.admission import admitted, serving
from rosterplan.rules.base import Rule


@dataclass(frozen=True)
class Pools:
    """``of_line``: doctors of each line by name; ``wishes``: (doctor, duty) pairs wished for that the rules admit."""

    of_line: dict[str, tuple[Doctor, ...]]
    wishes: frozenset[tuple[str, str]]


def pools_of(facts: Facts) -> Pools:
    """The pools of an instance under its rules; doctors who already hold a duty of a line belong to its pool."""
    instance = facts.instance
    may: dict[str, set[str]] = {line.id: serving(instance, line) for line in instance.lines}
    wished = [(said.doctor, said.duty) for said in instance.availability if said.value == "wish" and said.duty]
    possible: set[tuple[str, str]] = set()
    for table in admitted(instance, _who_may(facts.rules)):
        may[table.line.id].update(doctor.id for doctor in table.doctors)
        row_of = {doctor.id: row for row, doctor in enumerate(table.doctors)}
        column_of = {duty.id: column for column, duty in enumerate(table.duties)}
        here = ((doctor, duty) for doctor, duty in wished if duty in column_of and doctor in row_of)
        possible.update((doctor, duty) for doctor, duty in here if table.mask[row_of[doctor], column_of[duty]])
    for line, seats in facts.seats_of_line.items():
        may[line].update(seat.doctor.id for seat in seats if seat.doctor)
    return Pools({line: _by_name(instance, ids) for line, ids in may.items()}, frozenset(possible))


def _who_may(rules: Sequence[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.strength.kind != "soft"]


def _by_name(instance: Instance, ids: set[str]) -> tuple[Doctor, ...]:
    return tuple(sorted((instance.doctor_by_id[doctor] for doctor in ids), key=alphabetical))
