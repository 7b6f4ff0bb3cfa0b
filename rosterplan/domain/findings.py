"""What is said about data and rosters: problems when reading, notes before solving, findings after."""

from __future__ import annotations

from typing import Literal

from rosterplan.domain.base import Frozen
from rosterplan.domain.result import Stage

Severity = Literal["erreur", "avertissement", "information"]


class Problem(Frozen):
    """Something wrong or odd in what was read: where, what was found, what was wanted, what to do."""

    severity: Severity
    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    found: str = ""
    wanted: str = ""
    remedy: str = ""


class Note(Frozen):
    """A shortage or tightness foreseen before any solving."""

    code: str
    severity: Severity = "avertissement"
    line: str | None = None
    month: str | None = None
    doctor: str | None = None
    need: int | None = None
    supply: int | None = None
    text: str


class Finding(Frozen):
    """What the audit says of a roster: one breach or one cost, in a planner's words.

    ``amount`` is in the rule's own unit (hours missing, duties too many); ``cost`` is what it adds to ``stage``.
    """

    rule: str
    row: str
    severity: Severity
    doctors: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    amount: float = 0
    stage: Stage | None = None
    cost: int = 0
    text: str


class StageValue(Frozen):
    """The value of one stage as the audit adds it up."""

    name: Stage
    value: int


class AuditReport(Frozen):
    """Everything an independent check says of a roster."""

    clean: bool
    stages: tuple[StageValue, ...]
    findings: tuple[Finding, ...]

    def value(self, stage: Stage) -> int:
        """Return the value of a stage, 0 where no rule costs anything in it."""
        return next((found.value for found in self.stages if found.name == stage), 0)
