"""Balances held − due as a quarter opens; they sum to zero in each group and band.

A newcomer has none, which is the mean. A leaver's balance is spread over those who stay, by coefficient. Someone
away for the whole quarter keeps his or hers, frozen. The balance given for a feast band is that of four years: the
ledger adds those up, nothing here looks back.
"""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from rosterplan.domain.fairness.apportion import DEFAULT_SEED, apportioned
from rosterplan.domain.fairness.coefficients import shares_of
from rosterplan.domain.fairness.positions import Cell, Key
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor


def lot_of(instance: Instance, seed: int, cell: Cell) -> str:
    """The name of the draw of a quarter for one group and band."""
    return f"{seed}\n{instance.period.start.isoformat()}\n{cell[0]}\n{cell[1]}"


def opening_balances(instance: Instance, seed: int = DEFAULT_SEED) -> dict[Key, int]:
    """Balances of this instance's doctors [hundredths of a duty], leavers' spread by coefficient.

    A leaver is a doctor who is no longer in the instance, who left the list before the period, or who volunteers no
    more. Σ over doctors is unchanged in each (group, band) unless nobody is left to take a leaver's part.
    """
    staying: dict[Key, int] = defaultdict(int)
    left: dict[Cell, int] = defaultdict(int)
    groups = {group.id for group in instance.groups}
    for row in instance.balances:
        if row.group not in groups:
            continue
        if _stays(instance, instance.doctor_by_id.get(row.doctor)):
            staying[row.doctor, row.group, row.band] += row.balance_hundredths
        else:
            left[row.group, row.band] += row.balance_hundredths
    weights: dict[Cell, dict[str, float]] = defaultdict(dict)
    for share in shares_of(instance) if any(left.values()) else ():
        weights[share.group, share.band][share.doctor] = share.coefficient
    for cell, balance in left.items():
        for doctor, part in _spread(balance, weights[cell], lot_of(instance, seed, cell)).items():
            staying[doctor, *cell] += part
    return dict(staying)


def _stays(instance: Instance, doctor: Doctor | None) -> bool:
    """True if the doctor may still come back to the list in this period or later."""
    return (
        doctor is not None
        and doctor.volunteer
        and (doctor.on_list.end is None or doctor.on_list.end >= instance.period.start)
    )


def _spread(balance: int, weights: dict[str, float], lot: str) -> dict[str, int]:
    """Return a leaver's balance in whole hundredths, in proportion to weights; nothing if nobody has one."""
    total = fsum(weights.values())
    if balance == 0 or total <= 0:
        return {}
    sign = 1 if balance > 0 else -1
    parts = {doctor: abs(balance) * weight / total for doctor, weight in weights.items()}
    return {doctor: sign * part for doctor, part in apportioned(parts, abs(balance), lot).items()}
