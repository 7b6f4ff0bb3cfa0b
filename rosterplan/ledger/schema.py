"""The tables of the ledger and their migrations; rows are added, never changed: the database itself refuses."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x52504C31
"""Written in the header of the file: any other SQLite database is refused, never touched."""

_FIRST: Final = """
CREATE TABLE plans (
  plan TEXT PRIMARY KEY, period_start TEXT NOT NULL, period_end TEXT NOT NULL, timezone TEXT NOT NULL
) STRICT;
CREATE TABLE inputs (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
CREATE TABLE versions (
  plan TEXT NOT NULL REFERENCES plans, number INTEGER NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL,
  input_sha256 TEXT NOT NULL REFERENCES inputs, manifest BLOB NOT NULL, roster BLOB NOT NULL,
  PRIMARY KEY (plan, number)
) STRICT;
CREATE TABLE assignments (
  plan TEXT NOT NULL, number INTEGER NOT NULL, duty TEXT NOT NULL, doctor TEXT NOT NULL, locked INTEGER NOT NULL,
  replaced_by TEXT, kind TEXT,
  PRIMARY KEY (plan, number, duty, doctor), FOREIGN KEY (plan, number) REFERENCES versions
) STRICT, WITHOUT ROWID;
CREATE TABLE dues (
  plan TEXT NOT NULL, number INTEGER NOT NULL, doctor TEXT NOT NULL, team TEXT NOT NULL, band TEXT NOT NULL,
  due INTEGER NOT NULL, target INTEGER NOT NULL,
  PRIMARY KEY (plan, number, doctor, team, band), FOREIGN KEY (plan, number) REFERENCES versions
) STRICT, WITHOUT ROWID;
CREATE TABLE changes (
  plan TEXT NOT NULL REFERENCES plans, number INTEGER NOT NULL, deal INTEGER NOT NULL, kind TEXT NOT NULL,
  duty TEXT NOT NULL, titular TEXT, doctor TEXT, who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (plan, number)
) STRICT;
CREATE TABLE closings (
  plan TEXT PRIMARY KEY REFERENCES plans, at TEXT NOT NULL, who TEXT NOT NULL, number INTEGER NOT NULL,
  last_change INTEGER NOT NULL, seed INTEGER NOT NULL, decay INTEGER NOT NULL, source TEXT NOT NULL,
  FOREIGN KEY (plan, number) REFERENCES versions
) STRICT;
CREATE TABLE served (
  plan TEXT NOT NULL REFERENCES closings, duty TEXT NOT NULL, listed TEXT, doctor TEXT NOT NULL, credited TEXT NOT NULL,
  kind TEXT, line TEXT NOT NULL, team TEXT, band TEXT NOT NULL, points INTEGER NOT NULL, feast TEXT, site TEXT,
  start TEXT NOT NULL, "end" TEXT NOT NULL,
  PRIMARY KEY (plan, duty, doctor)
) STRICT, WITHOUT ROWID;
CREATE TABLE owed (
  plan TEXT NOT NULL REFERENCES closings, doctor TEXT NOT NULL, team TEXT NOT NULL, band TEXT NOT NULL,
  due INTEGER NOT NULL, feast INTEGER NOT NULL,
  PRIMARY KEY (plan, doctor, team, band)
) STRICT, WITHOUT ROWID;
CREATE TABLE transfers (
  plan TEXT NOT NULL REFERENCES closings, doctor TEXT NOT NULL, team TEXT NOT NULL, band TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('reprise', 'depart', 'oubli')), hundredths INTEGER NOT NULL,
  PRIMARY KEY (plan, doctor, team, band, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE settings (number INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE VIEW entries AS
  SELECT served.plan, served.credited AS doctor, served.team, served.band, 'tenue' AS kind, 100 AS hundredths
    FROM served JOIN owed ON owed.plan = served.plan AND owed.doctor = served.credited
     AND owed.team = served.team AND owed.band = served.band
  UNION ALL SELECT plan, doctor, team, band, 'part', -due FROM owed
  UNION ALL SELECT plan, doctor, team, band, kind, hundredths FROM transfers;
"""
"""``team`` is a fairness group; amounts are hundredths of a duty, ``decay`` hundredths of a whole."""

CONTENT: Final = (
    "plans", "inputs", "versions", "assignments", "dues", "people", "changes", "closings", "served", "owed", "transfers",
    "refusals", "settings",
)  # fmt: skip
"""Every table, those others refer to first: what an export holds."""

_TABLES: Final = (
    "plans", "inputs", "versions", "assignments", "dues", "changes", "closings", "served", "owed", "transfers", "settings",
)  # fmt: skip


def _append_only(table: str) -> str:
    return "".join(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;\n"
        for verb in ("update", "delete")
    )


_PEOPLE: Final = """
CREATE TABLE people (
  plan TEXT NOT NULL, number INTEGER NOT NULL, doctor TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (plan, number, doctor), FOREIGN KEY (plan, number) REFERENCES versions
) STRICT, WITHOUT ROWID;
"""
"""Names as each version printed them, so that the ledger can be read without its folders."""

_REFUSALS: Final = """
CREATE TABLE refusals (
  plan TEXT NOT NULL REFERENCES closings, doctor TEXT NOT NULL, hundredths INTEGER NOT NULL, PRIMARY KEY (plan, doctor)
) STRICT, WITHOUT ROWID;
DROP VIEW entries;
CREATE VIEW entries AS
  SELECT served.plan, served.credited AS doctor, served.team, served.band, 'tenue' AS kind, 100 AS hundredths
    FROM served JOIN owed ON owed.plan = served.plan AND owed.doctor = served.credited
     AND owed.team = served.team AND owed.band = served.band
  UNION ALL SELECT plan, doctor, team, band, 'part', -due FROM owed
  UNION ALL SELECT plan, doctor, team, band, kind, hundredths FROM transfers
  UNION ALL SELECT plan, doctor, 'voeux', 'voeux', 'voeux', hundredths FROM refusals;
"""
"""Wishes refused beyond the mean [hundredths of a whole set of wishes]: an account like the others."""

MIGRATIONS: Final[tuple[str, ...]] = (
    _FIRST + "".join(_append_only(table) for table in _TABLES),
    _PEOPLE + _append_only("people"),
    _REFUSALS + _append_only("refusals"),
)
"""Scripts in order; ``PRAGMA user_version`` counts those already run. A published script never changes."""
