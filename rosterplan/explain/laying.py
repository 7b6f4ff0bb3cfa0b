"""An instance laid out for moves: its rules posted on every pair that may be asked about, nothing folded away.

The canvas of a solve holds the past, locks and imposed duties as fixed and drops the pairs they close. Here all are
columns, so that the rows they stand in can be named; what may not move is said by `barriers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.canvas.freeze import frozen
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Due, Roster
from rosterplan.rules.admission import admitted_pairs
from rosterplan.rules.base import Rule

Pair = tuple[str, str]
"""(doctor, duty)."""


class OpenCanvas(Canvas):
    """A canvas that folds nothing, the past included; each row bears the number of the rule that posted it.

    Rules still see the past as fixed, and locks and imposed duties as free.
    """

    def __init__(self, instance: Instance, doctor: IntArray, duty: IntArray, dues: tuple[Due, ...] | None) -> None:
        super().__init__(instance, doctor, duty, np.zeros(len(doctor), dtype=bool), dues)
        self._free, self._fixed = len(self.pairs), [np.zeros(len(self.pairs), dtype=bool)]
        self._posting = 0

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

    @cached_property
    def line_name(self) -> dict[int, str]:
        """The line of each number."""
        return {number: line for line, number in self.codes["line"].items()}


def laid(instance: Instance, rules: Sequence[Rule], roster: Roster, more: Iterable[Pair] = ()) -> OpenCanvas:
    """Return the canvas of every pair the rules admit, those the roster holds, and ``more``, under the roster's dues."""
    doctor_number = {doctor.id: number for number, doctor in enumerate(instance.doctors)}
    duty_number = {duty.id: number for number, duty in enumerate(instance.duties)}
    doctor, duty = admitted_pairs(instance, rules)
    named = {(one.doctor, one.duty) for one in roster.assignments} | set(more)
    others = ints([(doctor_number[who], duty_number[what]) for who, what in sorted(named)]).reshape(-1, 2)
    size = max(len(instance.doctors), 1)
    every = np.unique(np.concatenate((doctor + duty * size, others[:, 0] + others[:, 1] * size)))
    canvas = OpenCanvas(instance, ints(every % size), ints(every // size), roster.dues or None)
    canvas.post(rules)
    return canvas
