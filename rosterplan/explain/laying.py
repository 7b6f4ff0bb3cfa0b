"""An instance laid out for moves: its rules posted on every pair that may be asked about, nothing folded away.

The canvas of a solve holds the past, locks and imposed duties as fixed and drops the pairs they close. Here all are
columns, so that the rows they stand in can be named; what may not move is said by `barriers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import BoolArray, IntArray, ints
from rosterplan.canvas.freeze import frozen
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Due, Roster
from rosterplan.rules.admission import admitted_pairs
from rosterplan.rules.base import Rule

Pair = tuple[str, str]
"""(doctor, duty)."""


class Beside(NamedTuple):
    """A duty that counts in a row: of this roster, or of the past (``duty`` is None then)."""

    doctor: str
    duty: str | None
    line: str
    date: date


class OpenCanvas(Canvas):
    """A canvas that folds nothing, the past included; each row bears the number of the rule that posted it.

    Rules see the past as fixed, locks and imposed duties as free: what a person decided is judged like the rest here.
    """

    def __init__(
        self, instance: Instance, doctor: IntArray, duty: IntArray, admitted: BoolArray, dues: tuple[Due, ...] | None
    ) -> None:
        super().__init__(instance, doctor, duty, np.zeros(len(doctor), dtype=bool), dues)
        self.admitted = admitted  # the pairs come by duty, then doctor, as they were given
        self._free, self._fixed = len(self.pairs), [np.zeros(len(self.pairs), dtype=bool)]
        self._posting = 0
        self._members: dict[int, dict[tuple[str, str | int], tuple[int, Beside]]] = {}
        self._names: dict[int, Beside] = {}

    def post(self, rules: Sequence[Rule]) -> None:
        """Post every rule, each under its number."""
        for self._posting, rule in enumerate(rules):
            rule.post(self)

    def _rule(self, name: str) -> int:
        return self._posting

    def program(self) -> Program:
        """Return what was posted over all pairs; no pair is left out for what it alone would break."""
        return frozen(self._posted, self._is_fixed, np.concatenate(self._past), self._free, len(self.pairs))

    @cached_property
    def column_of(self) -> dict[Pair, int]:
        """The column of each (doctor, duty) laid; the past has none."""
        current = np.flatnonzero(self.pairs["past"] == 0)
        doctors, duties = self.instance.doctors, self.instance.duties
        who, what = self.pairs["doctor"][current].tolist(), self.pairs["duty"][current].tolist()
        return {(doctors[d].id, duties[u].id): one for d, u, one in zip(who, what, current.tolist(), strict=True)}

    def members(self, program: Program, row: int) -> dict[tuple[str, str | int], tuple[int, Beside]]:
        """Return (column, duty) of each pair a row counts, through derived columns too, by (doctor, duty or past column)."""
        if row not in self._members:
            found, left = set(), program.rows.terms.row(row).tolist()
            while left:
                column = left.pop()
                if column < program.pairs:
                    found.add(column)
                else:
                    left += program.any_of.row(column - program.pairs).tolist()
            named = [(column, self._named(column)) for column in sorted(found)]
            self._members[row] = {(one.doctor, one.duty or column): (column, one) for column, one in named}
        return self._members[row]

    def _named(self, column: int) -> Beside:
        known = self._names.get(column)
        if known is None:
            who, what, line, day = self._plain
            duty = self.instance.duties[what[column]].id if what[column] >= 0 else None
            doctor = self.instance.doctors[who[column]].id
            known = Beside(doctor, duty, self._lines[line[column]], date.fromordinal(day[column]))
            self._names[column] = known
        return known

    @cached_property
    def _plain(self) -> tuple[list[int], ...]:
        return tuple(self.pairs[name].tolist() for name in ("doctor", "duty", "line", "day"))

    @cached_property
    def _lines(self) -> dict[int, str]:
        return {number: line for line, number in self.codes["line"].items()}


def laid(instance: Instance, rules: Sequence[Rule], roster: Roster, more: Iterable[Pair] = ()) -> OpenCanvas:
    """Return the canvas of every pair the rules admit, those the roster holds, and ``more``, under the roster's dues."""
    doctor_number = {doctor.id: number for number, doctor in enumerate(instance.doctors)}
    duty_number = {duty.id: number for number, duty in enumerate(instance.duties)}
    doctor, duty = admitted_pairs(instance, rules)
    named = {(one.doctor, one.duty) for one in roster.assignments} | set(more)
    others = ints([(doctor_number[who], duty_number[what]) for who, what in sorted(named)]).reshape(-1, 2)
    size = max(len(instance.doctors), 1)
    usual = doctor + duty * size
    every = np.unique(np.concatenate((usual, others[:, 0] + others[:, 1] * size)))
    canvas = OpenCanvas(instance, ints(every % size), ints(every // size), np.isin(every, usual), roster.dues or None)
    canvas.post(rules)
    return canvas
