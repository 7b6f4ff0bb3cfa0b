"""Published rosters in the ledger: taken in whole from their folder, read back as nouns."""

from __future__ import annotations

import json
import sqlite3
import zlib
from pathlib import Path

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Assignment, Due, Roster
from rosterplan.domain.versions import Version
from rosterplan.ledger.errors import LedgerError
from rosterplan.ledger.folder import (
    INSTANCE_FILE,
    ROSTER_FILE,
    read_file,
    read_manifest,
    roster_of_json,
    version_folders,
)
from rosterplan.ledger.store import Ledger
from rosterplan.messages import say


def take_in(ledger: Ledger, out: Path, plan: str) -> None:
    """Write the versions under ``out`` that the ledger does not hold yet; one transaction each.

    Raises:
        LedgerError: a version of another plan, damaged, or that the ledger holds otherwise.
    """
    known = {version.number: content for version, content in _manifests(ledger, plan)}
    for folder in version_folders(out):
        version, content = read_manifest(folder)
        if version.plan != plan:
            raise LedgerError(say(fr=f"{folder} est une version du planning {version.plan}, non de {plan} : donnez un autre dossier avec --out.",
                                  en=f"{folder} is a version of plan {version.plan}, not of {plan}: give another folder with --out."))  # fmt: skip
        if version.number not in known:
            _take_in_one(ledger, folder, version, content)
        elif known[version.number] != content:
            raise LedgerError(say(fr=f"{folder} ne dit pas la même chose que le registre {ledger.path} : l’un des deux a été remplacé.",
                                  en=f"{folder} and the ledger {ledger.path} disagree: one of them was replaced."))  # fmt: skip


def versions(ledger: Ledger, plan: str) -> tuple[Version, ...]:
    """The versions of a plan, by number."""
    return tuple(version for version, _ in _manifests(ledger, plan))


def roster(ledger: Ledger, plan: str, number: int) -> Roster:
    """The roster of a version: assignments and dues, in the order of roster.json."""
    key = (plan, number)
    held = ledger.connection.execute(
        "SELECT duty, doctor, locked, replaced_by, kind FROM assignments WHERE plan = ? AND number = ?", key
    )
    owed = ledger.connection.execute(
        "SELECT doctor, team, band, due, target FROM dues WHERE plan = ? AND number = ? ORDER BY doctor, team, band",
        key,
    )
    assignments = tuple(
        Assignment(duty=duty, doctor=doctor, locked=bool(locked), replaced_by=taken, kind=kind)
        for duty, doctor, locked, taken, kind in held
    )
    dues = tuple(
        Due(doctor=doctor, group=team, band=band, due_hundredths=due, target_hundredths=target)
        for doctor, team, band, due, target in owed
    )
    return Roster(assignments=assignments, dues=dues)


def instance(ledger: Ledger, plan: str, number: int) -> Instance:
    """The instance a version was made for."""
    return Instance.model_validate_json(instance_bytes(ledger, plan, number))


def instance_bytes(ledger: Ledger, plan: str, number: int) -> bytes:
    """The canonical instance.json a version was made for."""
    row = ledger.connection.execute(
        "SELECT content FROM inputs JOIN versions ON sha256 = input_sha256 WHERE plan = ? AND number = ?",
        (plan, number),
    ).fetchone()
    return zlib.decompress(row[0])


def group_names(ledger: Ledger) -> dict[str, str]:
    """Name of each sector and line, as the last version of each plan wrote it: a group bears the code of one or the other."""
    found: dict[str, str] = {}
    last = ledger.connection.execute(
        "SELECT plan, max(number) FROM versions JOIN plans USING (plan) GROUP BY plan ORDER BY period_start, plan"
    )
    for plan, number in last.fetchall():
        made_for = json.loads(instance_bytes(ledger, plan, number))
        for kind in ("lines", "sectors"):
            found |= {one["id"]: one["name"] for one in made_for.get(kind, ())}
    return found


def _manifests(ledger: Ledger, plan: str) -> list[tuple[Version, bytes]]:
    rows = ledger.connection.execute("SELECT manifest FROM versions WHERE plan = ? ORDER BY number", (plan,))
    return [(Version.model_validate_json(content), content) for (content,) in rows]


def _take_in_one(ledger: Ledger, folder: Path, version: Version, manifest: bytes) -> None:
    document = read_file(folder, version, ROSTER_FILE)
    input_json = read_file(folder, version, INSTANCE_FILE)
    made_for = Instance.model_validate_json(input_json)
    published = roster_of_json(document)
    with ledger.writing() as database:
        _name_plan(database, made_for)
        database.execute(
            "INSERT OR IGNORE INTO inputs VALUES (?, ?)", (version.input_sha256, zlib.compress(input_json))
        )
        database.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?)",
            (version.plan, version.number, version.state, version.when.isoformat(), version.input_sha256, manifest,
             zlib.compress(document)),
        )  # fmt: skip
        key = (version.plan, version.number)
        database.executemany(
            "INSERT INTO assignments VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(*key, one.duty, one.doctor, int(one.locked), one.replaced_by, one.kind) for one in published.assignments],
        )
        database.executemany(
            "INSERT INTO people VALUES (?, ?, ?, ?)", [(*key, doctor.id, doctor.name) for doctor in made_for.doctors]
        )
        database.executemany(
            "INSERT INTO dues VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(*key, one.doctor, one.group, one.band, one.due_hundredths, one.target_hundredths) for one in published.dues],
        )  # fmt: skip


def _name_plan(database: sqlite3.Connection, made_for: Instance) -> None:
    """Write the plan if it is new; a name another period bears already is refused."""
    period = (made_for.period.start.isoformat(), made_for.period.end.isoformat())
    row = database.execute("SELECT period_start, period_end FROM plans WHERE plan = ?", (made_for.id,)).fetchone()
    if row is None:
        database.execute("INSERT INTO plans VALUES (?, ?, ?, ?)", (made_for.id, *period, made_for.timezone))
    elif tuple(row) != period:
        raise LedgerError(say(fr=f"Le registre connaît déjà le planning {made_for.id}, pour une autre période ({row[0]} – {row[1]}) : changez le « Nom du planning » dans la feuille Plan.",
                              en=f"The ledger knows plan {made_for.id} already, for another period ({row[0]} – {row[1]}): change its name in sheet Plan."))  # fmt: skip
