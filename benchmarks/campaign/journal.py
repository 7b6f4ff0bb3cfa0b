"""What was measured so far, a line of JSON each, written as soon as it is known: a cut loses nothing."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.watching import machine

Record = dict[str, Any]
"""``key``; ``about``: machine, versions, load and source; ``found``: the measures, or ``failed``: in words."""


class Journal:
    """A file of records; the last record of a key counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.records: dict[str, Record] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                self.records[record["key"]] = record

    def add(self, key: str, about: dict[str, str], **found: Any) -> None:
        """Append a record and keep it."""
        record: Record = {"key": key, "about": about, **found}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
        self.records[key] = record

    def done(self, key: str) -> bool:
        """True if this was measured, and did not fail."""
        return "found" in self.records.get(key, {})

    def of(self, *start: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (rest of the key, measures) of all keys that begin so, in the order measured."""
        head = "/".join(start) + "/"
        for key, record in self.records.items():
            if key.startswith(head) and "found" in record:
                yield key.removeprefix(head), record["found"]

    def measures(self, *key: str) -> dict[str, Any] | None:
        """Return what was measured under a key, or None."""
        found: dict[str, Any] | None = self.records.get("/".join(key), {}).get("found")
        return found


def about_now() -> dict[str, str]:
    """Cores, versions, load, and which source is measured."""
    return {**machine(), "source": _source()}


def _source() -> str:
    """The commit, with + where files differ from it; the version of the package outside a checkout."""
    try:
        here = Path(__file__).parent
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=here, capture_output=True, text=True, check=True
        )
        changed = subprocess.run(["git", "status", "--porcelain", "--untracked-files=no", "--", "*.py"],
                                 cwd=here.parents[1], capture_output=True, text=True, check=True)  # fmt: skip
        return commit.stdout.strip() + ("+" if changed.stdout.strip() else "")
    except (OSError, subprocess.CalledProcessError):
        from importlib.metadata import version

        return version("rosterplan")
