"""Wish points: every doctor has as many, spread evenly over what he or she marked; past refusals are remembered.

Marked: the duties the doctor said to avoid, and those wished for; a span of days marks the duties of the lines he or
she serves (of a sector of his or hers, or held beside) dated within it, a duty named marks itself.
Counted as marks: every avoided duty, and of the wished ones no more than the doctor is to hold (targets rounded up), so
that wishing for twenty Saturdays when three are due is no way to be refused seventeen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, fsum

import numpy as np
from numpy.typing import NDArray

from rosterplan.domain.fairness.apportion import DEFAULT_SEED, HUNDRED, apportioned
from rosterplan.domain.fairness.balances import lot_of
from rosterplan.domain.instance import Availability, Balance, Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Due, Roster

WISHES = "voeux"
"""Group and band of the balances of wishes: the mean refused share less the doctor's own, summed over the years."""


@dataclass(frozen=True)
class Wishes:
    """What one doctor marked. Refused = max(0, avoided duties held + ``counted_wishes`` − wished duties held)."""

    doctor: str
    avoided: frozenset[str]
    wished: frozenset[str]
    counted_wishes: int  # wished duties, or the duties to hold if fewer
    lost_before: float  # past refusals beyond the mean, 0..1 of a whole set of wishes

    @property
    def marks(self) -> int:
        """Number of marks that share the doctor's points: the most that can be refused."""
        return len(self.avoided) + self.counted_wishes

    def refused(self, held: Iterable[str]) -> int:
        """Refused marks when these duties are held; a duty both avoided and wished cancels out."""
        mine = frozenset(held)
        return max(0, len(self.avoided & mine) + self.counted_wishes - len(self.wished & mine))

    def costs(self, weight: int) -> NDArray[np.int64]:
        """Cost of 0, 1, … ``marks`` refusals: weight·((past + share)² − past²) with whole marginals, each at least 1.

        The marginals never decrease: the second refusal of a doctor costs more than the first of a colleague.
        """
        total, past = self.marks, self.lost_before
        costs = [0]
        for refused in range(1, total + 1):
            before, after = past + (refused - 1) / total, past + refused / total
            costs.append(costs[-1] + max(1, floor(weight * (after * after - before * before) + 0.5)))
        return np.array(costs, dtype=np.int64)


def wishes_of(instance: Instance, dues: Iterable[Due]) -> tuple[Wishes, ...]:
    """The wishes of every doctor who marked something, in the order of the instance."""
    to_hold: dict[str, int] = defaultdict(int)
    for due in dues:
        to_hold[due.doctor] += due.target_hundredths
    past = {
        row.doctor: min(1.0, max(0, -row.balance_hundredths) / HUNDRED)
        for row in instance.balances
        if row.group == WISHES
    }
    dated = _dated(instance)
    found = []
    for doctor in instance.doctors:
        said = instance.availability_of.get(doctor.id, ())
        avoided = _marked(instance, dated, doctor, [row for row in said if row.value == "avoid"])
        wished = _marked(instance, dated, doctor, [row for row in said if row.value == "wish"])
        most = min(len(wished), ceil(to_hold[doctor.id] / HUNDRED))
        if avoided or wished:
            found.append(Wishes(doctor.id, avoided, wished, most, past.get(doctor.id, 0.0)))
    return tuple(found)


def wish_balances(
    instance: Instance, roster: Roster, dues: Sequence[Due] | None = None, seed: int = DEFAULT_SEED
) -> tuple[Balance, ...]:
    """The balances of wishes as the period closes, by doctor [hundredths of a whole set of wishes].

    Who marked something gains the mean refused share of those who did, and loses his or her own: the sum stays.
    """
    balance = defaultdict(int, {row.doctor: row.balance_hundredths for row in instance.balances if row.group == WISHES})
    marked = [one for one in wishes_of(instance, roster.dues if dues is None else dues) if one.marks]
    lost = {one.doctor: one.refused(roster.duties_of.get(one.doctor, ())) / one.marks for one in marked}
    if lost:
        mean = fsum(lost.values()) / len(lost)
        lot = lot_of(instance, seed, (WISHES, WISHES))
        # gains sum to zero: shifted by a whole set each, they can be apportioned like shares
        shifted = {doctor: HUNDRED * (1 + mean - share) for doctor, share in lost.items()}
        for doctor, hundredths in apportioned(shifted, HUNDRED * len(lost), lot).items():
            balance[doctor] += hundredths - HUNDRED
    return tuple(
        Balance(doctor=doctor, group=WISHES, band=WISHES, balance_hundredths=value)
        for doctor, value in sorted(balance.items())
    )


def _dated(instance: Instance) -> dict[str, list[tuple[date, str]]]:
    """Return (date, duty) of each line."""
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for duty in instance.duties:
        found[duty.line].append((duty.date, duty.id))
    return found


def _marked(
    instance: Instance, dated: dict[str, list[tuple[date, str]]], doctor: Doctor, rows: Sequence[Availability]
) -> frozenset[str]:
    """Return the duties some answers mark."""
    named = {row.duty for row in rows if row.duty is not None}
    spans = [(row.start, row.end) for row in rows if row.start is not None and row.end is not None]
    if spans:
        sectors = {member.sector for member in doctor.sectors}
        served = {line.id for line in instance.lines if line.sector in sectors} | set(doctor.lines)
        for line in served:
            named |= {duty for day, duty in dated.get(line, ()) if any(start <= day <= end for start, end in spans)}
    return frozenset(named)
