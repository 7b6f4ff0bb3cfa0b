"""What is printed for each doctor: coefficient, share in one line of arithmetic, balances, target, held, and why short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from rosterplan.domain.base import Frozen
from rosterplan.domain.fairness.apportion import DEFAULT_SEED, HUNDRED
from rosterplan.domain.fairness.balances import opening_balances
from rosterplan.domain.fairness.dues import positions_of_dues
from rosterplan.domain.fairness.positions import Key, held_counts
from rosterplan.domain.fairness.weights import parts
from rosterplan.domain.instance import Availability, Balance, Instance
from rosterplan.domain.roster import Due, Roster
from rosterplan.domain.work import Duty

Cause = Literal["faute-de-dates", "regle", "arrondi"]
"""Why a doctor holds less than the target."""


class Account(Frozen):
    """A doctor's line in one group and band; due = 100 · weight × positions / total_weight, rounded."""

    doctor: str
    group: str
    band: str
    coefficient: float  # w = q·π·e
    weight: float  # w after an openly declared maximum and compensation
    total_weight: float  # Σ weights of the (group, band)
    positions: int  # S
    due_hundredths: int
    opening_hundredths: int
    target_hundredths: int
    held: int
    closing_hundredths: int
    open_duties: int  # duties of the group and band on the doctor's dates, none refused on the form
    cause: Cause | None  # None where the target is met


def accounts(
    instance: Instance, roster: Roster, dues: Sequence[Due] | None = None, seed: int = DEFAULT_SEED
) -> tuple[Account, ...]:
    """The accounts of every due of the roster (or of those given), in their order.

    A shortfall below one duty is `arrondi`; else it is `faute-de-dates` if the form left fewer than twice the
    target (the threshold of `dispo-min`), and `regle` otherwise.
    """
    used = roster.dues if dues is None else tuple(dues)
    held = held_counts(instance, roster)
    opening = opening_balances(instance, seed)
    part_of = {(one.doctor, one.group, one.band): one for one in parts(instance, positions_of_dues(used))}
    open_duties = _open_duties(instance, used)
    found = []
    for due in used:
        key = (due.doctor, due.group, due.band)
        part, count, before = part_of.get(key), held.get(key, 0), opening.get(key, 0)
        found.append(
            Account(
                doctor=due.doctor, group=due.group, band=due.band,
                coefficient=part.coefficient if part else 0.0, weight=part.weight if part else 0.0,
                total_weight=part.total_weight if part else 0.0, positions=part.positions if part else 0,
                due_hundredths=due.due_hundredths, opening_hundredths=before,
                target_hundredths=due.target_hundredths, held=count,
                closing_hundredths=before + HUNDRED * count - due.due_hundredths,
                open_duties=open_duties[key],
                cause=_cause(due.target_hundredths, count, open_duties[key]),
            )
        )  # fmt: skip
    return tuple(found)


def largest_balance(balances: Iterable[Balance]) -> float:
    """The largest |balance| [duties]; 0 if there is none."""
    return max((abs(one.balance_hundredths) / HUNDRED for one in balances), default=0.0)


def _cause(target: int, held: int, open_duties: int) -> Cause | None:
    """Return why ``held`` duties miss a target [hundredths]."""
    lacking = target - HUNDRED * held
    if lacking <= 0:
        return None
    if lacking < HUNDRED:
        return "arrondi"
    return "faute-de-dates" if HUNDRED * open_duties < 2 * target else "regle"


def _open_duties(instance: Instance, dues: Iterable[Due]) -> dict[Key, int]:
    """Return how many duties of each (doctor, group, band) the doctor's presence and form leave open."""
    duties: dict[tuple[str, str], list[Duty]] = defaultdict(list)
    for duty in instance.duties:
        duties[instance.group_of_line.get(duty.line, ""), duty.band].append(duty)
    found: dict[Key, int] = {}
    answers: dict[str, _Answers] = {}
    for due in dues:
        doctor = instance.doctor_by_id.get(due.doctor)
        if due.doctor not in answers:
            answers[due.doctor] = _Answers(instance.availability_of.get(due.doctor, ()))
        said = answers[due.doctor]
        found[due.doctor, due.group, due.band] = sum(
            1
            for duty in duties[due.group, due.band]
            if doctor and said.leaves(duty) and doctor.present(duty.date) and not doctor.exempt(duty.band, duty.date)
        )
    return found


class _Answers:
    """What a doctor's form refuses: the duties and days that are impossible, or not among the only ones."""

    def __init__(self, said: Sequence[Availability]) -> None:
        self.refused = _Marks(row for row in said if row.value == "impossible")
        self.only = _Marks(row for row in said if row.value == "only")

    def leaves(self, duty: Duty) -> bool:
        """True if the form does not refuse the duty."""
        return not self.refused.hold(duty) and (self.only.empty or self.only.hold(duty))


class _Marks:
    """Duties marked by name or by the days they are dated."""

    def __init__(self, rows: Iterable[Availability]) -> None:
        self.duties: set[str] = set()
        self.days: list[tuple[date, date]] = []
        for row in rows:
            if row.duty is not None:
                self.duties.add(row.duty)
            elif row.start is not None and row.end is not None:
                self.days.append((row.start, row.end))
        self.empty = not self.duties and not self.days

    def hold(self, duty: Duty) -> bool:
        """True if the duty is marked."""
        return duty.id in self.duties or any(start <= duty.date <= end for start, end in self.days)
