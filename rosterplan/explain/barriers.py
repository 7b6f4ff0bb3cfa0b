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
from rosterplan.rules.base import Rule
from rosterplan.rules.fixed_assignments import FixedAssignments
from rosterplan.rules.locks import Locks
from rosterplan.rules.people import People

NEIGHBOUR = "eligible"
"""The rule that asks a doctor to belong to the line; it is tried again as if he or she were entered for it."""


@dataclass(frozen=True)
class Exclusion:
    """A rule that does not admit a pair; ``outsider``: only because the doctor is neither of the sector nor entered."""

    rule: int
    outsider: bool = False


@dataclass(frozen=True)
class Barriers:
    """Who is kept from what by `admit`, by locks and by imposed duties; answers are remembered line by line."""

    instance: Instance
    rules: tuple[Rule, ...]
    roster: Roster
    _known: dict[str, dict[str, tuple[Exclusion, ...]]] = field(default_factory=dict, repr=False)

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
        duties = tuple(self.instance.duty_by_id[name] for name in names)
        found: list[dict[str, list[Exclusion]]] = [defaultdict(list) for _ in duties]
        view = self._view(line, duties, self._people)
        for number, rule in enumerate(self.rules):
            mask = rule.admit(view) if rule.strength.kind != "soft" else None
            if mask is None or mask.all():
                continue
            outside = rule.admit(self._view(line, duties, self._entered)) if rule.code == NEIGHBOUR else None
            for row, column in zip(*(~mask).nonzero(), strict=True):
                outsider = outside is not None and bool(outside[row, column])
                found[column][self.instance.doctors[row].id].append(Exclusion(number, outsider))
        for name, excluded in zip(names, found, strict=True):
            self._known[name] = {doctor: tuple(rules) for doctor, rules in excluded.items()}

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
