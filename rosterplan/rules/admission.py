"""Which (doctor, duty) pairs may exist at all: every rule's `admit`, line by line.

Used by the canvas builder, by the forms (only duties a doctor may hold) and by explanations; numpy only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty, Line
from rosterplan.rules.base import BoolArray, IntArray, Rule


@dataclass(frozen=True)
class View:
    """A dense table of doctors × duties of one line, for `admit`: doctors are rows, duties columns."""

    instance: Instance
    line: Line
    doctors: tuple[Doctor, ...]
    duties: tuple[Duty, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """(doctors, duties)."""
        return len(self.doctors), len(self.duties)

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

    def restricted(self, rows: BoolArray) -> View:
        """The view on some of its doctors."""
        return View(
            self.instance, self.line, tuple(d for d, kept in zip(self.doctors, rows, strict=True) if kept), self.duties
        )


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
    for line in instance.lines:
        if lines is not None and line.id not in lines:
            continue
        view = View(instance, line, instance.doctors, tuple(duties_of.get(line.id, ())))
        mask = view.everyone()
        for rule in filters:
            kept = rule.admit(view)
            if kept is None:
                continue
            mask &= kept
            rows = np.asarray(mask.any(axis=1), dtype=bool)
            if not rows.all():
                view, mask = view.restricted(rows), mask[rows]
        yield Admitted(line, view.doctors, view.duties, mask)
