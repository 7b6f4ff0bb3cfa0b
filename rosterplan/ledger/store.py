"""The SQLite file of the ledger: opened, checked, migrated; every write is one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rosterplan.ledger.errors import LedgerError
from rosterplan.ledger.schema import APPLICATION_ID, MIGRATIONS
from rosterplan.messages import say

LEDGER_FILE: Final = "registre.sqlite"

_MAGIC: Final = b"SQLite format 3\0"

BUSY_SECONDS: Final = 15.0
"""How long a write waits for another program that writes."""


@dataclass(frozen=True)
class Ledger:
    """An open ledger; readers use ``connection``, writers the block ``writing``."""

    path: Path
    connection: sqlite3.Connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the only pen: all of the block is written, on disk, or none of it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")


@contextmanager
def open_ledger(path: Path, *, create: bool = True) -> Iterator[Ledger]:
    """The ledger at ``path``, made if absent unless ``create`` is False, brought to today's tables.

    Raises:
        LedgerError: no ledger there, another program's database, a damaged one, or one of a newer rosterplan.
    """
    if not create and not path.is_file():
        raise LedgerError(say(fr=f"Il n’y a pas de registre {path}.", en=f"There is no ledger {path}."))
    try:
        _refuse_other_files(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except (sqlite3.Error, OSError) as error:
        raise LedgerError(_unusable(path, error)) from None
    try:
        ledger = Ledger(path, connection)
        _prepare(ledger)
        yield ledger
    except sqlite3.Error as error:
        raise LedgerError(_unusable(path, error)) from error
    finally:
        connection.close()


def _prepare(ledger: Ledger) -> None:
    """Refuse what is not ours or not whole, then run the migrations still missing."""
    connection = ledger.connection
    owner, done = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    empty = not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    if owner != APPLICATION_ID and not empty:
        raise LedgerError(_no_ledger(ledger.path))
    if done > len(MIGRATIONS):
        raise LedgerError(say(fr=f"{ledger.path} a été écrit par une version plus récente de rosterplan : mettez rosterplan à jour.",
                              en=f"{ledger.path} was written by a newer rosterplan: update rosterplan."))  # fmt: skip
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if done == len(MIGRATIONS):
        return
    with ledger.writing():
        for number in range(_pragma(connection, "user_version"), len(MIGRATIONS)):
            for statement in _statements(MIGRATIONS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def damage(ledger: Ledger) -> list[str]:
    """What SQLite finds wrong in the file itself; nothing in a whole one."""
    found = [str(row[0]) for row in ledger.connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return found + [f"{row[0]} → {row[2]}" for row in ledger.connection.execute("PRAGMA foreign_key_check")]


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: `executescript` would commit before it begins."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _refuse_other_files(path: Path) -> None:
    """Refuse a file of another kind: SQLite would take a very short one for an empty database, and write over it.

    A ledger whose making was cut within those bytes holds nothing yet: it is emptied, and made again.
    """
    if path.is_file():
        with path.open("rb") as stream:
            head = stream.read(len(_MAGIC))
        if (
            0 < len(head) < len(_MAGIC)
            and _MAGIC.startswith(head)
            and not path.with_name(f"{path.name}-journal").exists()
        ):
            path.write_bytes(b"")
        elif not _MAGIC.startswith(head):
            raise LedgerError(_no_ledger(path))


def _no_ledger(path: Path) -> str:
    return say(fr=f"{path} n’est pas un registre de rosterplan : il n’a pas été touché.",
               en=f"{path} is no ledger of rosterplan: it was left alone.")  # fmt: skip


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _unusable(path: Path, error: Exception) -> str:
    return say(fr=f"Le registre {path} ne peut pas être utilisé ({error}). Rien n’y a été écrit.",
               en=f"The ledger {path} cannot be used ({error}). Nothing was written to it.")  # fmt: skip
