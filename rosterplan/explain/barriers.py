"""What keeps a doctor from a duty before any count is made: rules that do not admit the pair, and cells decided by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Duty, Line
from rosterplan.explain.moves import Move
from rosterplan.rules.admission import View
from rosterplan.rules.base import IntArray, Rule
from rosterplan.rules.fixed_assignments import FixedAssignments
from rosterplan.rules.locks import Locks
from rosterplan.rules.people import People
from rosterplan.rules.volunteers_only import VolunteersOnly

NEIGHBOUR = "eligible"
"""The rule that asks a doctor to belong to the line; it is tried again as if he or she were entered for it."""


@dataclass(frozen=True)
class Exclusion:
    """A rule that does not admit a pair; ``outsider``: only because the doctor is neither of the sector nor entered."""

    rule: int
    outsider: bool = False


@dataclass(frozen=True)
class _Kept:
    """What `admit` says of one duty: who is excluded and by what, who may be asked all the same, who is of the line."""

    excluding: dict[str, tuple[Exclusion, ...]]
    askable: tuple[tuple[str, bool], ...]
    ours: frozenset[str]


@dataclass(frozen=True)
class Barriers:
    """Who is kept from what by `admit`, by locks and by imposed duties; answers are remembered line by line."""

    instance: Instance
    rules: tuple[Rule, ...]
    roster: Roster
    _known: dict[str, _Kept] = field(default_factory=dict, repr=False)

    def look_at(self, duties: Iterable[str]) -> None:
        """Work out who is excluded from these duties, line by line."""
        missing: dict[str, list[str]] = defaultdict(list)
        for duty in dict.fromkeys(duties):
            if duty not in self._known:
                missing[self.instance.duty_by_id[duty].line].append(duty)
        for line, names in missing.items():
            self._look_at_line(self.instance.line_by_id[line], names)

    def excluding(self, duty: str) -> dict[str, tuple[Exclusion, ...]]:
        """Return the rules that exclude each doctor from a duty; a doctor every rule admits is absent."""
        return self._of(duty).excluding

    def askable(self, duty: str) -> tuple[tuple[str, bool], ...]:
        """Return who is excluded but may be asked, and whether as an outsider: at most one rule beside not being of the sector."""
        return self._of(duty).askable

    def of_the_line(self, duty: str) -> frozenset[str]:
        """Return who belongs to the duty's line, as far as rules on whole doctors go: no date counts here."""
        return self._of(duty).ours

    def _of(self, duty: str) -> _Kept:
        if duty not in self._known:
            self.look_at((duty,))
        return self._known[duty]

    def decided(self, move: Move) -> Rule | None:
        """Return the rule of the cell a move would overrule: a lock first, then an imposed duty; None if it is free."""
        locked = (move.doctor, move.duty) in self._locked
        if move.gives:
            return self._locks if move.duty in self._locked_empty and not locked else None
        if locked:
            return self._locks
        return self._fixed if (move.doctor, move.duty) in self._imposed else None

    def _look_at_line(self, line: Line, names: Sequence[str]) -> None:
        """Doctors are told apart by what excludes them, all duties at once; few patterns are met on a line."""
        duties = tuple(self.instance.duty_by_id[name] for name in names)
        view = self._view(line, duties, self._people)
        pattern = np.zeros(view.shape, dtype=np.int64)
        met: list[tuple[Exclusion, ...]] = [()]
        for number, rule in enumerate(self.rules):
            mask = rule.admit(view) if rule.strength.kind != "soft" else None
            if mask is None or mask.all():
                continue
            kind = (~mask).astype(np.int64)
            if rule.code == NEIGHBOUR:
                outside = rule.admit(self._view(line, duties, self._entered))
                kind += ~mask & (outside if outside is not None else False)
            seen, place = np.unique(pattern * 3 + kind, return_inverse=True)
            pattern = place.reshape(view.shape)
            more = ((), (Exclusion(number),), (Exclusion(number, True),))
            met = [(*met[one // 3], *more[one % 3]) for one in seen.tolist()]
        self._remember(names, pattern, met)

    def _remember(self, names: Sequence[str], pattern: IntArray, met: Sequence[tuple[Exclusion, ...]]) -> None:
        """Keep who is excluded from each duty; ``pattern[doctor, duty]`` is a place in ``met``."""
        doctors = [doctor.id for doctor in self.instance.doctors]
        whole = {number for number, rule in enumerate(self.rules) if rule.code in (NEIGHBOUR, VolunteersOnly.code)}
        asked = [bool(by) and sum(not one.outsider for one in by) <= 1 for by in met]
        outside = [any(one.outsider for one in by) for by in met]
        ours = [not any(one.rule in whole for one in by) for by in met]
        for name, column in zip(names, pattern.T.tolist(), strict=True):
            self._known[name] = _Kept(
                {doctor: met[by] for doctor, by in zip(doctors, column, strict=True) if met[by]},
                tuple((doctor, outside[by]) for doctor, by in zip(doctors, column, strict=True) if asked[by]),
                frozenset(doctor for doctor, by in zip(doctors, column, strict=True) if ours[by]),
            )

    def _view(self, line: Line, duties: tuple[Duty, ...], people: People) -> View:
        every = np.arange(len(people.doctors), dtype=np.int64)
        return View(self.instance, line, people.doctors, duties, (people, every))

    @cached_property
    def _people(self) -> People:
        return People(self.instance, self.instance.doctors)

    @cached_property
    def _entered(self) -> People:
        """The doctors as if each were entered for every line; nurses and midwives serve only where they are."""
        lines = tuple(line.id for line in self.instance.lines)
        known = [
            one.model_copy(update={"lines": lines}) if one.profession == "medecin" else one
            for one in self.instance.doctors
        ]
        return People(self.instance, tuple(known))

    @cached_property
    def _locks(self) -> Rule:
        return next((rule for rule in self.rules if rule.code == Locks.code), Locks(source=Locks.law))

    @cached_property
    def _fixed(self) -> Rule:
        return next(
            (rule for rule in self.rules if rule.code == FixedAssignments.code),
            FixedAssignments(source=FixedAssignments.law),
        )

    @cached_property
    def _locked(self) -> frozenset[tuple[str, str]]:
        signed = {(one.doctor, one.duty) for one in self.roster.assignments if one.locked}
        return frozenset(signed | {(lock.doctor, lock.duty) for lock in self.instance.locks if lock.doctor})

    @cached_property
    def _locked_empty(self) -> frozenset[str]:
        return frozenset(lock.duty for lock in self.instance.locks if lock.doctor is None)

    @cached_property
    def _imposed(self) -> frozenset[tuple[str, str]]:
        decided = {lock.duty for lock in self.instance.locks}
        return frozenset((one.doctor, one.duty) for one in self.instance.fixed if one.duty not in decided)
