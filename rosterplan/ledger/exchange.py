"""The whole ledger as plain tables, both ways: what leaves in a workbook makes the same ledger again."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path

from rosterplan.domain.ledger_layout import Value
from rosterplan.ledger.errors import LedgerError
from rosterplan.ledger.schema import CONTENT
from rosterplan.ledger.store import Ledger, open_ledger
from rosterplan.ledger.verify import faults
from rosterplan.messages import say

Tables = Mapping[str, Sequence[Sequence[Value]]]
"""Rows of each table; the first row bears the names of its columns. Bytes are « base64: » and their text."""

_BYTES = "base64:"


def tables_of(ledger: Ledger) -> dict[str, list[list[Value]]]:
    """Every table of the ledger, rows sorted; the same ledger gives the same tables."""
    found: dict[str, list[list[Value]]] = {}
    for table in CONTENT:
        cursor = ledger.connection.execute(f'SELECT * FROM "{table}"')
        columns: list[Value] = [column[0] for column in cursor.description]
        rows = [[_plain(value) for value in row] for row in cursor]
        found[table] = [columns, *sorted(rows, key=lambda row: [(value is not None, str(value)) for value in row])]
    return found


def make_ledger(path: Path, tables: Tables) -> None:
    """Make the ledger that these tables describe, sound in every respect, where there is none.

    Raises:
        LedgerError: there is a ledger already, or the tables do not make a sound one. Nothing was written.
    """
    if path.exists():
        raise LedgerError(say(fr=f"{path} existe déjà : un registre ne s’importe que là où il n’y en a pas.",
                              en=f"{path} exists already: a ledger is imported only where there is none."))  # fmt: skip
    stage = path.with_name(f".{path.name}.import")
    _remove(stage)
    try:
        with open_ledger(stage) as ledger:
            _fill(ledger, tables)
            wrong = faults(ledger)
            if wrong:
                raise LedgerError("\n".join(wrong[:20]))
            ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        stage.rename(path)
    finally:
        _remove(stage)


def _fill(ledger: Ledger, tables: Tables) -> None:
    """Write every row in one transaction; a table or a column that is not ours is refused."""
    with ledger.writing() as database:
        for table in CONTENT:
            columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
            heading, *rows = tables.get(table) or [columns]
            if list(heading) != columns:
                raise LedgerError(say(fr=f"La feuille « {table} » n’a pas les colonnes attendues : {', '.join(columns)}.",
                                      en=f"Sheet “{table}” has not the columns wanted: {', '.join(columns)}."))  # fmt: skip
            marks = ", ".join("?" * len(columns))
            try:
                database.executemany(
                    f'INSERT INTO "{table}" VALUES ({marks})', [[_value(value) for value in row] for row in rows]
                )
            except Exception as error:
                raise LedgerError(say(fr=f"La feuille « {table} » ne s’accorde pas avec les autres ({error}).",
                                      en=f"Sheet “{table}” does not agree with the others ({error}).")) from None  # fmt: skip


def _plain(value: object) -> Value:
    if isinstance(value, bytes):
        return _BYTES + base64.b64encode(value).decode()
    assert value is None or isinstance(value, str | int)
    return value


def _value(value: Value) -> object:
    if isinstance(value, str) and value.startswith(_BYTES):
        return base64.b64decode(value.removeprefix(_BYTES))
    return value


def _remove(path: Path) -> None:
    for mark in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + mark).unlink(missing_ok=True)
