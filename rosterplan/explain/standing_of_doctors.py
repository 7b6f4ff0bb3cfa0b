"""Where each doctor stands before and after duties change hands: the balances of an exchange, a gift, a replacement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rosterplan.domain.fairness import HUNDRED, credited, held_counts, opening_balances
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.explain.swaps import Leg

Key = tuple[str, str, str]


@dataclass(frozen=True)
class BalanceChange:
    """A doctor’s balance in a group and band before and after [hundredths of a duty], positive = d’avance."""

    doctor: str
    group: str
    band: str
    before: int
    after: int


class Balances:
    """Balances of a roster as it stands, dues unchanged; worked out once."""

    def __init__(self, instance: Instance, roster: Roster, seed: int = 1) -> None:
        self.instance = instance
        self.opening: Mapping[Key, int] = opening_balances(instance, seed)
        self.held: Mapping[Key, int] = held_counts(instance, credited(roster))
        self.due = {(one.doctor, one.group, one.band): one.due_hundredths for one in roster.dues}

    def of(self, doctor: str, group: str, band: str) -> int:
        """Return opening + held − due [hundredths of a duty]; what a renfort holds is in nobody’s balance."""
        key = (doctor, group, band)
        if key not in self.due and key not in self.opening:
            return 0
        held = self.held.get(key, 0) if key in self.due else 0
        return self.opening.get(key, 0) + HUNDRED * held - self.due.get(key, 0)

    def in_all(self, doctor: str, group: str) -> int:
        """Return the sum over the bands of a group [hundredths of a duty]."""
        bands = {band for name, of, band in (*self.due, *self.opening) if name == doctor and of == group}
        return sum(self.of(doctor, group, band) for band in bands)

    def after(self, legs: Sequence[Leg]) -> tuple[BalanceChange, ...]:
        """Return the balances an exchange changes; each doctor’s duty given counts −1, taken +1."""
        changed: dict[Key, int] = {}
        for leg in legs:
            duty = self.instance.duty_by_id[leg.duty]
            group = self.instance.group_of_line.get(duty.line)
            if group is None:
                continue
            for doctor, step in ((leg.giver, -HUNDRED), (leg.taker, HUNDRED)):
                key = (doctor, group, duty.band)
                changed[key] = changed.get(key, 0) + (step if key in self.due else 0)
        return tuple(
            BalanceChange(*key, before=self.of(*key), after=self.of(*key) + step)
            for key, step in sorted(changed.items())
        )
