"""Quarters in a row under their own balances: how far accounts grow apart where no date is refused.

`python -m benchmarks.balance [SIZE] [--quarters N]`. The doctors, lines and duties of a generated size, no leave, no
refusals, no wishes, balances from 0: each quarter is planned by `solve` within a few seconds, and what each doctor held
beyond his or her due is handed on to the next. Added up here, without the ledger.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import Any

from benchmarks.generate import generate
from rosterplan.domain.instance import Balance, Instance
from rosterplan.domain.roster import Roster
from rosterplan.rules.book import rule_book

QUARTER_SECONDS = 4.0
Accounts = Counter[tuple[str, str, str]]
"""(doctor, group, band) → held − due [hundredths of a duty]."""


def live(size: str, seed: int, quarters: int, seconds: float = QUARTER_SECONDS) -> dict[str, Any]:
    """Return the largest |balance| of any doctor and band after each quarter [duties], and the positions left open."""
    from rosterplan.model.solve import solve

    bare = generate(size, seed).changed(availability=(), balances=())
    accounts: Accounts = Counter()
    largest, missing = [], 0
    for quarter in range(1, quarters + 1):
        instance = bare.changed(balances=carried(accounts))
        roster, _ = solve(instance, rule_book(instance), seed=quarter, workers=2, time_limit_seconds=seconds)
        accounts.update(beyond_due(instance, roster))
        largest.append(max(abs(amount) for amount in accounts.values()) / 100)
        missing += sum(max(0, one.need_min - len(roster.doctors_of.get(one.id, ()))) for one in instance.duties)
    return {"quarters": quarters, "largest": max(largest), "at the end": largest[-1], "missing": missing,
            "by quarter": largest}  # fmt: skip


def carried(accounts: Accounts) -> tuple[Balance, ...]:
    """The balances a quarter opens with."""
    return tuple(
        Balance(doctor=doctor, group=group, band=band, balance_hundredths=amount)
        for (doctor, group, band), amount in accounts.items()
    )


def beyond_due(instance: Instance, roster: Roster) -> Accounts:
    """What each doctor held of a group's band less his or her due [hundredths]; generated groups are single lines."""
    found: Accounts = Counter()
    for one in roster.assignments:
        duty = instance.duty_by_id[one.duty]
        found[one.doctor, duty.line, duty.band] += 100
    for due in roster.dues:
        found[due.doctor, due.group, due.band] -= due.due_hundredths
    return found


def main() -> None:
    """Print what the quarters come to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.balance", description=__doc__)
    parser.add_argument("size", nargs="?", default="small")
    parser.add_argument("--quarters", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(json.dumps(live(asked.size, asked.seed, asked.quarters)))


if __name__ == "__main__":
    main()
