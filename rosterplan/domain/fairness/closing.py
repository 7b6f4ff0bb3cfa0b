"""What a quarter leaves behind: dues of the duties really held, and balances that still sum to zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rosterplan.domain.fairness.apportion import DEFAULT_SEED, HUNDRED
from rosterplan.domain.fairness.balances import opening_balances
from rosterplan.domain.fairness.coefficients import shares_of
from rosterplan.domain.fairness.dues import dues, positions_of_dues
from rosterplan.domain.fairness.positions import Cell, Key, held_counts, positions_held
from rosterplan.domain.instance import Balance, Instance
from rosterplan.domain.roster import Assignment, Due, Roster


def credited(roster: Roster) -> Roster:
    """The roster as balances see it: an exchange is credited to who took the duty, all else to the titular."""

    def after_exchange(one: Assignment) -> Assignment:
        if one.kind == "echange" and one.replaced_by:
            return one.model_copy(update={"doctor": one.replaced_by})
        return one

    return Roster(assignments=tuple(after_exchange(one) for one in roster.assignments), dues=roster.dues)


def dues_at_closing(instance: Instance, served: Roster, seed: int = DEFAULT_SEED) -> tuple[Due, ...]:
    """The dues to close with, sorted by doctor, group and band.

    In each (group, band): the published ones, where the same doctors held as many positions as they share out; new
    ones of the positions really held elsewhere, so that balances keep their sum.
    """
    held = positions_held(instance, credited(served))
    published = positions_of_dues(served.dues)
    owing = _doctors_by_cell((one.doctor, one.group, one.band) for one in served.dues)
    sharing = _doctors_by_cell((one.doctor, one.group, one.band) for one in shares_of(instance))
    kept = {
        cell for cell, positions in held.items() if published.get(cell) == positions and owing[cell] == sharing[cell]
    }
    found = [one for one in served.dues if (one.group, one.band) in kept]
    found += [one for one in dues(instance, held, seed) if (one.group, one.band) not in kept]
    return tuple(sorted(found, key=lambda one: (one.doctor, one.group, one.band)))


def closing_balances(instance: Instance, served: Roster, seed: int = DEFAULT_SEED) -> tuple[Balance, ...]:
    """Opening balance + held − due of every doctor, group and band, sorted [hundredths of a duty].

    Who owes nothing keeps the opening balance (a long absence freezes it). Σ over doctors is what it was at opening:
    0 since the ledger's first day. What a renfort holds is in nobody's balance.
    """
    closing = defaultdict(int, opening_balances(instance, seed))
    held = held_counts(instance, credited(served))
    for due in dues_at_closing(instance, served, seed):
        key = (due.doctor, due.group, due.band)
        closing[key] += HUNDRED * held.get(key, 0) - due.due_hundredths
    return tuple(
        Balance(doctor=doctor, group=group, band=band, balance_hundredths=balance)
        for (doctor, group, band), balance in sorted(closing.items())
    )


def _doctors_by_cell(keys: Iterable[Key]) -> dict[Cell, set[str]]:
    """Return the doctors of each (group, band)."""
    found: dict[Cell, set[str]] = defaultdict(set)
    for doctor, group, band in keys:
        found[group, band].add(doctor)
    return found
