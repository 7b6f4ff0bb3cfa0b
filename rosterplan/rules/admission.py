"""Which (doctor, duty) pairs may exist at all: every rule's `admit`, line by line.

Used by the canvas builder, by the forms (only duties a doctor may hold) and by explanations; numpy only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty, Line
from rosterplan.rules.base import BoolArray, IntArray, Rule
from rosterplan.rules.people import People


@dataclass(frozen=True)
class View:
    """A dense table of doctors × duties of one line, for `admit`: doctors are rows, duties columns.

    ``known``: doctors as arrays made before, and the number there of each row; made from ``doctors`` by default.
    """

    instance: Instance
    line: Line
    doctors: tuple[Doctor, ...]
    duties: tuple[Duty, ...]
    known: tuple[People, IntArray] | None = field(default=None, repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """(doctors, duties)."""
        return len(self.doctors), len(self.duties)

    @cached_property
    def people(self) -> People:
        """The doctors, or more, as arrays."""
        return self.known[0] if self.known else People(self.instance, self.doctors)

    @cached_property
    def number(self) -> IntArray:
        """The number of each row's doctor in ``people``."""
        return self.known[1] if self.known else np.arange(len(self.doctors), dtype=np.int64)

    @cached_property
    def dates(self) -> IntArray:
        """Date of each duty as a proleptic ordinal."""
        return np.array([duty.date.toordinal() for duty in self.duties], dtype=np.int64)

    @cached_property
    def starts(self) -> IntArray:
        """Start of each duty [minutes UTC]."""
        return np.array([duty.start_minute for duty in self.duties], dtype=np.int64)

    @cached_property
    def ends(self) -> IntArray:
        """End of each duty [minutes UTC]."""
        return np.array([duty.end_minute for duty in self.duties], dtype=np.int64)

    @cached_property
    def bands(self) -> tuple[str, ...]:
        """Band of each duty."""
        return tuple(duty.band for duty in self.duties)

    @cached_property
    def position(self) -> dict[str, int]:
        """Column of each duty id."""
        return {duty.id: column for column, duty in enumerate(self.duties)}

    def everyone(self) -> BoolArray:
        """All pairs admitted."""
        return np.ones(self.shape, dtype=bool)

    def whole_rows(self, rows: BoolArray) -> BoolArray:
        """All duties of the given rows admitted, none of the others."""
        return np.broadcast_to(rows[:, None], self.shape)

    def restricted(self, rows: BoolArray) -> View:
        """The view on some of its doctors."""
        kept = tuple(self.doctors[row] for row in np.flatnonzero(rows).tolist())
        return View(self.instance, self.line, kept, self.duties, (self.people, self.number[rows]))


@dataclass(frozen=True)
class Admitted:
    """Pairs of one line: ``mask[d, u]`` is True where ``doctors[d]`` may hold ``duties[u]``."""

    line: Line
    doctors: tuple[Doctor, ...]
    duties: tuple[Duty, ...]
    mask: BoolArray


def admitted(instance: Instance, rules: Sequence[Rule], *, lines: frozenset[str] | None = None) -> Iterator[Admitted]:
    """Yield what may be held on each line, in the order of ``instance.lines``; doctors with nothing are left out."""
    duties_of: dict[str, list[Duty]] = {}
    for duty in instance.duties:
        duties_of.setdefault(duty.line, []).append(duty)
    filters = [rule for rule in rules if type(rule).admit is not Rule.admit]
    filters.sort(key=lambda rule: not rule.narrows)  # whole doctors first: later rules see short tables
    people, everyone = People(instance, instance.doctors), np.arange(len(instance.doctors), dtype=np.int64)
    for line in instance.lines:
        if lines is not None and line.id not in lines:
            continue
        duties = tuple(duties_of.get(line.id, ()))
        yield _admitted_on(View(instance, line, instance.doctors, duties, (people, everyone)), filters)


def admitted_pairs(instance: Instance, rules: Sequence[Rule]) -> tuple[IntArray, IntArray]:
    """Return (doctor, duty) numbers of the pairs every rule admits, line by line."""
    number_of = {doctor.id: number for number, doctor in enumerate(instance.doctors)}
    duty_number = {duty.id: number for number, duty in enumerate(instance.duties)}
    none = np.zeros(0, dtype=np.int64)
    doctors, duties = [none], [none]
    for table in admitted(instance, rules):
        rows, columns = np.nonzero(table.mask)
        doctors.append(np.array([number_of[doctor.id] for doctor in table.doctors], dtype=np.int64)[rows])
        duties.append(np.array([duty_number[duty.id] for duty in table.duties], dtype=np.int64)[columns])
    return np.concatenate(doctors), np.concatenate(duties)


def serving(instance: Instance, line: Line) -> set[str]:
    """Doctors who said they serve the line or its sector and hold its modality, even where every date is refused."""
    return {
        doctor.id
        for doctor in instance.doctors
        if line.id in doctor.lines or (line.sector and any(member.sector == line.sector for member in doctor.sectors))
        if line.modality in doctor.modalities
    }


def _admitted_on(view: View, filters: Sequence[Rule]) -> Admitted:
    """Return what all filters admit on one line."""
    mask: BoolArray | None = None
    for rule in filters:
        kept = rule.admit(view)
        if kept is None:
            continue
        mask = kept if mask is None else mask & kept
        rows = np.asarray(mask.any(axis=1), dtype=bool)
        if not rows.all():
            view, mask = view.restricted(rows), mask[rows]
    return Admitted(view.line, view.doctors, view.duties, view.everyone() if mask is None else mask.copy())
