"""What a quarter leaves in the accounts: dues of what was really held, leavers' balances spread, and what is forgotten.

Pure arithmetic on nouns: `close` writes what it returns, `ledger verify` works it out again and compares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from rosterplan.domain.fairness import (
    HUNDRED,
    WISHES,
    Cell,
    Key,
    apportioned,
    dues_at_closing,
    feast_bands,
    held_counts,
    opening_balances,
    wish_balances,
)
from rosterplan.domain.instance import Balance, Instance
from rosterplan.domain.roster import Assignment, Due, Roster
from rosterplan.domain.versions import Served

TransferKind = Literal["reprise", "depart", "oubli"]
"""Taken over from before the ledger; a leaver's balance spread; what the association lets fade."""

REPRISE: Final[TransferKind] = "reprise"


@dataclass(frozen=True)
class Reckoning:
    """The entries of one closing: dues, feast cells, transfers [hundredths of a duty], and the balances they lead to.

    ``refusals``: what the wishes refused in the roster as published add to each doctor's account of wishes.
    """

    owed: tuple[Due, ...]
    feasts: frozenset[Cell]
    transfers: Mapping[tuple[Key, TransferKind], int]
    refusals: Mapping[str, int]
    closing: Mapping[Key, int]


def reckon(
    instance: Instance, served: Iterable[Served], published: Roster, before: Mapping[Key, int],
    known: Collection[str], *, decay: int, seed: int,
) -> Reckoning:  # fmt: skip
    """The entries that close the period of ``instance``.

    ``before`` holds the balances of the ledger as the period opened; of groups the ledger does not know yet (``known``
    are those it does), the balances given with the instance are taken over. ``decay`` is in hundredths of a balance.
    """
    taken = {_key(row): row.balance_hundredths for row in instance.balances if row.group not in known}
    base: dict[Key, int] = defaultdict(int, before)
    for key, balance in taken.items():
        base[key] += balance
    opened = instance.changed(balances=_rows(base))
    moved = _departures(opened, base, seed)
    held = Roster(assignments=_credits(served), dues=published.dues)
    owed = dues_at_closing(opened, held, seed)
    closing = defaultdict(int, base)
    for key, amount in moved.items():
        closing[key] += amount
    counts = held_counts(opened, held)
    for due in owed:
        key = (due.doctor, due.group, due.band)
        closing[key] += HUNDRED * counts.get(key, 0) - due.due_hundredths
    feasts = feast_bands(instance)
    refusals = _refusals(opened, published, seed)
    for doctor, amount in refusals.items():
        closing[doctor, WISHES, WISHES] += amount
    forgotten = _forgotten(closing, {group.id for group in instance.groups}, feasts, decay)
    for key, amount in forgotten.items():
        closing[key] += amount
    transfers: dict[tuple[Key, TransferKind], int] = {}
    kinds: tuple[tuple[TransferKind, Mapping[Key, int]], ...] = (
        (REPRISE, taken), ("depart", moved), ("oubli", forgotten),
    )  # fmt: skip
    for kind, amounts in kinds:
        transfers |= {(key, kind): amount for key, amount in sorted(amounts.items()) if amount}
    return Reckoning(owed, feasts, transfers, refusals, dict(closing))


def balances_of(amounts: Mapping[Key, int]) -> tuple[Balance, ...]:
    """Balances as nouns, sorted; those of nothing are left out."""
    return _rows({key: amount for key, amount in amounts.items() if amount})


def _credits(served: Iterable[Served]) -> tuple[Assignment, ...]:
    """What each doctor is credited with; two who served one duty for the same titular count once."""
    held = dict.fromkeys((one.duty, one.credited) for one in served)
    return tuple(Assignment(duty=duty, doctor=doctor) for duty, doctor in held)


def _departures(opened: Instance, base: Mapping[Key, int], seed: int) -> dict[Key, int]:
    """What leavers lose and others take over; nothing in a (group, band) where nobody is left to take it."""
    opening = opening_balances(opened, seed)
    groups = {group.id for group in opened.groups}
    moved = {
        key: opening.get(key, 0) - base.get(key, 0) for key in {*opening, *base} if key[1] in groups
    }  # fmt: skip
    total: dict[Cell, int] = defaultdict(int)
    for (_, group, band), amount in moved.items():
        total[group, band] += amount
    return {key: amount for key, amount in moved.items() if amount and not total[key[1], key[2]]}


def _refusals(opened: Instance, published: Roster, seed: int) -> dict[str, int]:
    """What each doctor's account of wishes gains or loses; the sum is nothing."""
    before = {row.doctor: row.balance_hundredths for row in opened.balances if row.group == WISHES}
    after = {row.doctor: row.balance_hundredths for row in wish_balances(opened, published, seed=seed)}
    return {
        doctor: amount - before.get(doctor, 0) for doctor, amount in after.items() if amount != before.get(doctor, 0)
    }


def _forgotten(
    closing: Mapping[Key, int], groups: Collection[str], feasts: Collection[Cell], decay: int
) -> dict[Key, int]:
    """What fades of each balance, feasts apart: as much of those d'avance as of those en retard, so that the sum stays."""
    found: dict[Key, int] = {}
    cells = {(group, band) for _, group, band in closing if group in groups and (group, band) not in feasts}
    for cell in sorted(cells) if decay else ():
        here = {key[0]: amount for key, amount in closing.items() if key[1:] == cell and amount}
        ahead = sum(amount for amount in here.values() if amount > 0)
        behind = -sum(amount for amount in here.values() if amount < 0)
        fades = min(ahead, behind) * decay // HUNDRED
        for sign, total in ((1, ahead), (-1, behind)):
            parts = (
                {name: fades * abs(amount) / total for name, amount in here.items() if amount * sign > 0}
                if total
                else {}
            )
            for name, part in apportioned(parts, fades if parts else 0, f"oubli {cell}").items():
                found[name, *cell] = -sign * part
    return found


def _key(row: Balance) -> Key:
    return row.doctor, row.group, row.band


def _rows(amounts: Mapping[Key, int]) -> tuple[Balance, ...]:
    return tuple(
        Balance(doctor=doctor, group=group, band=band, balance_hundredths=amount)
        for (doctor, group, band), amount in sorted(amounts.items())
    )
