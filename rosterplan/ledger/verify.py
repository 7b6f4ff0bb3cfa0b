"""The ledger checked from end to end: the file, the hashes, the chain of versions, and every balance worked out again."""

from __future__ import annotations

import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator

from pydantic import ValidationError

from rosterplan.domain.fairness import Cell
from rosterplan.domain.versions import InForce, Misfit, Served, Version, laid_over, served_as_planned
from rosterplan.ledger import rosters
from rosterplan.ledger.accounts import served_of, served_rows
from rosterplan.ledger.closing import reckoned
from rosterplan.ledger.folder import manifest_of, roster_of_json, sha256
from rosterplan.ledger.published import changes_of
from rosterplan.ledger.reckoning import Reckoning
from rosterplan.ledger.store import Ledger, damage
from rosterplan.messages import say


def faults(ledger: Ledger) -> tuple[str, ...]:
    """Everything wrong in the ledger, in sentences; nothing in a sound one."""
    broken = damage(ledger)
    if broken:
        return tuple(say(fr=f"Le fichier est abîmé : {one}.", en=f"The file is damaged: {one}.") for one in broken)
    try:
        return tuple(_faults(ledger))
    except (sqlite3.Error, zlib.error, ValidationError, ValueError) as error:
        return (say(fr=f"Le registre ne se relit pas ({error}).", en=f"The ledger cannot be read back ({error})."),)


def closed_plans(ledger: Ledger) -> tuple[str, ...]:
    """The plans closed, in the order of time."""
    rows = ledger.connection.execute("SELECT plan FROM closings JOIN plans USING (plan) ORDER BY period_start, plan")
    return tuple(plan for (plan,) in rows)


def known_plans(ledger: Ledger) -> tuple[str, ...]:
    """The plans published, in the order of time."""
    return tuple(plan for (plan,) in ledger.connection.execute("SELECT plan FROM plans ORDER BY period_start, plan"))


def _faults(ledger: Ledger) -> Iterator[str]:
    for plan in known_plans(ledger):
        before: Version | None = None
        for version in rosters.versions(ledger, plan):
            yield from _version_faults(ledger, version, before)
            before = version
    for plan in closed_plans(ledger):
        yield from _closing_faults(ledger, plan)
    yield from _sums(ledger)


def _version_faults(ledger: Ledger, version: Version, before: Version | None) -> Iterator[str]:
    name = say(fr=f"{version.plan}, version {version.number}", en=f"{version.plan}, version {version.number}")
    key = (version.plan, version.number)
    document = zlib.decompress(
        ledger.connection.execute("SELECT roster FROM versions WHERE plan = ? AND number = ?", key).fetchone()[0]
    )
    if sha256(document) != version.roster_sha256:
        yield say(
            fr=f"{name} : le tableau n’est plus celui qui a été publié.",
            en=f"{name}: the roster is not the one published.",
        )
    if sha256(rosters.instance_bytes(ledger, *key)) != version.input_sha256:
        yield say(fr=f"{name} : les données d’entrée ont changé.", en=f"{name}: the input has changed.")
    published, told = roster_of_json(document), rosters.roster(ledger, *key)
    if set(published.assignments) != set(told.assignments) or set(published.dues) != set(told.dues):
        yield say(
            fr=f"{name} : les gardes du registre ne sont plus celles du tableau.",
            en=f"{name}: the duties of the ledger are not those of the roster.",
        )
    expected = sha256(manifest_of(before)) if before else None
    if version.previous_sha256 is not None and version.previous_sha256 != expected:
        yield say(fr=f"{name} : la version précédente a été remplacée.", en=f"{name}: the version before was replaced.")


def _closing_faults(ledger: Ledger, plan: str) -> Iterator[str]:
    """What the closing of a plan says that does not follow from its roster, the changes and what was served."""
    number, last_change, seed, fading, source = ledger.connection.execute(
        "SELECT number, last_change, seed, decay, source FROM closings WHERE plan = ?", (plan,)
    ).fetchone()
    version = next(one for one in rosters.versions(ledger, plan) if one.number == number)
    published, instance = rosters.roster(ledger, plan, number), rosters.instance(ledger, plan, number)
    changes = tuple(one for one in changes_of(ledger, plan) if version.last_change < one.number <= last_change)
    try:
        roster = laid_over(published, changes)
    except Misfit as misfit:
        yield say(
            fr=f"{plan} : un changement ne s’applique pas ({misfit}).", en=f"{plan}: a change does not fit ({misfit})."
        )
        return
    now = InForce(version=version, instance=instance, published=published, changes=changes, roster=roster)
    served = served_of(ledger, plan)
    yield from _served_faults(ledger, now, served, source)
    reckoning, _ = reckoned(ledger, now, served, seed=seed, fading=fading)
    yield from _reckoning_faults(ledger, plan, reckoning)


def _served_faults(ledger: Ledger, now: InForce, served: tuple[Served, ...], source: str) -> Iterator[str]:
    """What is entered as served and is not what the roster in force, or the plan, says."""
    plan = now.version.plan
    if source == "prevu" and set(served) != set(served_as_planned(now.roster)):
        yield say(fr=f"{plan} : les gardes effectuées ne sont plus celles du tableau en vigueur.",
                  en=f"{plan}: the duties served are not those of the roster in force.")  # fmt: skip
    rows = ledger.connection.execute("SELECT * FROM served WHERE plan = ?", (plan,)).fetchall()
    if set(rows) != set(served_rows(now.instance, served)):
        yield say(
            fr=f"{plan} : les gardes effectuées ne sont plus celles du planning.",
            en=f"{plan}: the duties served are not those of the plan.",
        )


def _reckoning_faults(ledger: Ledger, plan: str, reckoning: Reckoning) -> Iterator[str]:
    """What is entered as owed or carried over and is not what ``reckoning`` comes to."""
    owed = {
        (one.doctor, one.group, one.band, one.due_hundredths, int((one.group, one.band) in reckoning.feasts))
        for one in reckoning.owed
    }
    told = ledger.connection.execute("SELECT doctor, team, band, due, feast FROM owed WHERE plan = ?", (plan,))
    if owed != set(told.fetchall()):
        yield say(fr=f"{plan} : les parts ne se retrouvent pas.", en=f"{plan}: the dues cannot be worked out again.")
    moved = {(*key, kind, amount) for (key, kind), amount in reckoning.transfers.items()}
    told = ledger.connection.execute(
        "SELECT doctor, team, band, kind, hundredths FROM transfers WHERE plan = ?", (plan,)
    )
    if moved != set(told.fetchall()):
        yield say(
            fr=f"{plan} : les reports ne se retrouvent pas.", en=f"{plan}: the transfers cannot be worked out again."
        )


def _sums(ledger: Ledger) -> Iterator[str]:
    """What each closing entered must sum to nothing in every group and band, what was taken over apart."""
    rows = ledger.connection.execute(
        "SELECT plan, team, band, sum(hundredths) FROM entries WHERE kind <> 'reprise' GROUP BY plan, team, band"
    )
    wrong: dict[str, list[Cell]] = defaultdict(list)
    for plan, team, band, total in rows:
        if total:
            wrong[plan].append((team, band))
    for plan, cells in wrong.items():
        group, band = cells[0]
        yield say(
            fr=f"{plan} : les soldes de {group}, {band} ne s’annulent pas.",
            en=f"{plan}: the balances of {group}, {band} do not sum to nothing.",
        )
