"""Published rosters of a fabricated department, for the tests of the ledger; no solver involved."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.versions import Change, State, Version
from rosterplan.ledger.folder import sha256, write_version
from rosterplan.sheets.instance_json import instance_json

WHEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def roster_bytes(roster: Roster, number: int = 1) -> bytes:
    """What the ledger reads of a roster.json."""
    plain = roster.model_dump(mode="json")
    return json.dumps({"schema": 1, "version": number, **plain}).encode()


def publish(
    out: Path, instance: Instance, roster: Roster, *, number: int = 1, state: State = "projet", last_change: int = 0
) -> Path:
    """Write a version as `publish` does."""
    content, document = instance_json(instance), roster_bytes(roster, number)
    version = Version(
        plan=instance.id, number=number, state=state, when=WHEN, input_sha256=sha256(content),
        roster_sha256=sha256(document), last_change=last_change, rosterplan="0",
    )  # fmt: skip
    return write_version(out, version, {"instance.json": content, "roster.json": document})[0]


def change(kind: str, duty: str, titular: str | None, doctor: str | None, why: str = "") -> Change:
    """A change agreed by the coordinator."""
    return Change(kind=kind, duty=duty, titular=titular, doctor=doctor, who="coordination", when=WHEN, why=why)
