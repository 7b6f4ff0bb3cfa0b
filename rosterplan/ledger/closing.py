"""The closing of a quarter: what was served and what it leaves in the accounts, written once, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rosterplan.domain.instance import Balance, Instance
from rosterplan.domain.versions import InForce, Served, served_as_planned
from rosterplan.ledger.accounts import balances, decay, known_groups, served_rows
from rosterplan.ledger.errors import LedgerError
from rosterplan.ledger.published import another_name_words, closing_day, in_force
from rosterplan.ledger.reckoning import Reckoning, reckon
from rosterplan.ledger.store import Ledger
from rosterplan.messages import say
from rosterplan.messages.words import long_date


@dataclass(frozen=True)
class Signed:
    """Who closes, when, and where the list of duties served comes from: the roster in force, or a file by its hash."""

    who: str
    when: datetime
    seed: int
    source: str = "prevu"


@dataclass(frozen=True)
class Closed:
    """A closing as written: the roster it closed, what was served, and the accounts."""

    now: InForce
    served: tuple[Served, ...]
    reckoning: Reckoning
    differs: tuple[Balance, ...]
    """Opening balances of the plan that are not those of the ledger, which holds."""


def close_plan(ledger: Ledger, plan: str, served: Sequence[Served], signed: Signed) -> Closed:
    """Close a plan: what was served, dues and transfers are entered together, for ever.

    Raises:
        LedgerError: no definitive version, closed already, or out of the order of time. Nothing was written.
    """
    with ledger.writing() as database:
        now, reckoning, differs = closable(ledger, plan, served, seed=signed.seed)
        last_change = max([now.version.last_change, *(change.number for change in now.changes)])
        database.execute(
            "INSERT INTO closings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (plan, signed.when.isoformat(), signed.who, now.version.number, last_change, signed.seed, decay(ledger),
             signed.source),
        )  # fmt: skip
        database.executemany(
            f"INSERT INTO served VALUES ({', '.join('?' * 14)})", served_rows(now.instance, tuple(served))
        )
        database.executemany(
            "INSERT INTO owed VALUES (?, ?, ?, ?, ?, ?)",
            [(plan, due.doctor, due.group, due.band, due.due_hundredths, int((due.group, due.band) in reckoning.feasts))
             for due in reckoning.owed],
        )  # fmt: skip
        database.executemany(
            "INSERT INTO transfers VALUES (?, ?, ?, ?, ?, ?)",
            [(plan, *key, kind, amount) for (key, kind), amount in reckoning.transfers.items()],
        )
        database.executemany(
            "INSERT INTO refusals VALUES (?, ?, ?)", [(plan, *entry) for entry in sorted(reckoning.refusals.items())]
        )
    return Closed(now, tuple(served), reckoning, differs)


def closable(
    ledger: Ledger, plan: str, served: Sequence[Served] | None, *, seed: int
) -> tuple[InForce, Reckoning, tuple[Balance, ...]]:
    """What closing a plan now would enter, everything served as planned where ``served`` is None.

    Raises:
        LedgerError: no definitive version, closed already, or out of the order of time.
    """
    now = in_force(ledger, plan)
    if now is None or now.version.state not in ("definitif", "modifie"):
        raise LedgerError(say(fr=f"{plan} n’a pas de version définitive : publiez-la d’abord (rosterplan publish).",
                              en=f"{plan} has no definitive version: publish it first (rosterplan publish)."))  # fmt: skip
    day = closing_day(ledger, plan)
    if day is not None:
        raise LedgerError(say(fr=f"{plan} est déjà clos, depuis le {long_date(day)}.", en=f"{plan} is closed already, since {long_date(day)}.")
                          + "\n" + another_name_words(ledger))  # fmt: skip
    _refuse_out_of_order(ledger, now.instance)
    reckoning, differs = reckoned(ledger, now, served_as_planned(now.roster) if served is None else served, seed=seed)
    return now, reckoning, differs


def reckoned(
    ledger: Ledger, now: InForce, served: Sequence[Served], *, seed: int, fading: int | None = None
) -> tuple[Reckoning, tuple[Balance, ...]]:
    """What closing would enter; and the opening balances of the plan that the ledger knows otherwise."""
    instance = now.instance
    before = balances(ledger, instance.period.start)
    known = known_groups(ledger, instance.period.start)
    done = reckon(
        instance, served, now.published, before, known,
        decay=decay(ledger) if fading is None else fading, seed=seed,
    )  # fmt: skip
    return done, differing(ledger, instance)


def differing(ledger: Ledger, instance: Instance) -> tuple[Balance, ...]:
    """The opening balances of an instance that are not those of the ledger, of the groups the ledger knows."""
    before, known = balances(ledger, instance.period.start), known_groups(ledger, instance.period.start)
    given = {
        (row.doctor, row.group, row.band): row.balance_hundredths for row in instance.balances if row.group in known
    }
    groups = {group.id for group in instance.groups}
    other = {key for key in {*given, *before} if key[1] in groups and given.get(key, 0) != before.get(key, 0)}
    return tuple(
        Balance(doctor=doctor, group=group, band=band, balance_hundredths=given.get((doctor, group, band), 0))
        for doctor, group, band in sorted(other)
    )


def open_before(ledger: Ledger, instance: Instance) -> str | None:
    """The first definitive plan of the same groups before an instance that is not closed yet; None if all are."""
    groups = [group.id for group in instance.groups]
    marks = ", ".join("?" * len(groups)) or "NULL"
    row = ledger.connection.execute(
        f"SELECT DISTINCT plan FROM dues JOIN plans USING (plan) JOIN versions USING (plan, number) "
        f"WHERE period_end < ? AND state IN ('definitif', 'modifie') AND team IN ({marks}) "
        "AND plan NOT IN (SELECT plan FROM closings) ORDER BY period_start",
        (instance.period.start.isoformat(), *groups),
    ).fetchone()
    return str(row[0]) if row else None


def is_closed(ledger: Ledger, plan: str) -> bool:
    """True if the plan is closed."""
    return closing_day(ledger, plan) is not None


def _refuse_out_of_order(ledger: Ledger, instance: Instance) -> None:
    """Refuse to close after a later period of the same groups, or before an earlier one that is definitive."""
    groups = [group.id for group in instance.groups]
    marks = ", ".join("?" * len(groups)) or "NULL"
    later = ledger.connection.execute(
        f"SELECT DISTINCT plan FROM entries JOIN plans USING (plan) WHERE period_start > ? AND team IN ({marks})",
        (instance.period.end.isoformat(), *groups),
    ).fetchone()
    if later:
        raise LedgerError(say(fr=f"{later[0]}, qui vient après {instance.id}, est déjà clos : {instance.id} ne peut plus l’être.",
                              en=f"{later[0]}, which comes after {instance.id}, is closed already: {instance.id} cannot be closed any more."))  # fmt: skip
    earlier = open_before(ledger, instance)
    if earlier:
        raise LedgerError(say(fr=f"{earlier}, qui vient avant {instance.id}, n’est pas encore clos : clôturez-le d’abord.",
                              en=f"{earlier}, which comes before {instance.id}, is not closed yet: close it first."))  # fmt: skip
