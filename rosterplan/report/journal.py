"""`journal.jsonl`: what a run did, a line per event; ids, hashes and times, never a name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field

from rosterplan.domain.base import Frozen, Instant
from rosterplan.domain.result import Stage, Status

JOURNAL_SCHEMA = 1


class Started(Frozen):
    """A run begins: what it reads, what computes, how hard.

    Forms are named by the id of their doctor: the names of files people send are names of people.
    """

    event: Literal["started"] = "started"
    at: Instant
    instance: str
    input_sha256: str
    files: dict[str, str] = Field(
        default_factory=dict, description="« plan.xlsx », or the id of a form’s doctor: SHA-256"
    )
    set_aside: tuple[str, ...] = Field(default=(), description="forms left out with --sans: ids, or hashes of the file")
    versions: dict[str, str] = Field(default_factory=dict)
    seed: int
    effort: int
    workers: int
    time_limit_s: float | None = None


class Improved(Frozen):
    """A better roster, or a better bound, of a stage."""

    event: Literal["improved"] = "improved"
    at: Instant
    seconds: float = Field(ge=0, description="since the start of the run")
    stage: Stage
    value: int
    bound: int | None = None


class Noted(Frozen):
    """Anything else worth finding later: a worker replaced, a file refused; codes and ids only."""

    event: Literal["noted"] = "noted"
    at: Instant
    code: str
    about: tuple[str, ...] = Field(default=(), description="ids, never names")


class Finished(Frozen):
    """The run ends: its status and the files it wrote (file name: SHA-256)."""

    event: Literal["finished"] = "finished"
    at: Instant
    seconds: float = Field(ge=0)
    status: Status
    exit_code: int
    files: dict[str, str] = Field(default_factory=dict)


Event = Started | Improved | Noted | Finished


def journal_jsonl(events: Iterable[Event]) -> bytes:
    """The journal as UTF-8, one JSON object per line in the order given."""
    return "".join(_line(event.model_dump(mode="json")) for event in events).encode()


def _line(entry: Mapping[str, object]) -> str:
    return json.dumps({"schema": JOURNAL_SCHEMA, **entry}, ensure_ascii=False, separators=(",", ":")) + "\n"


def seconds_between(start: datetime, end: datetime) -> float:
    """Seconds of a run, to the millisecond."""
    return round((end - start).total_seconds(), 3)
