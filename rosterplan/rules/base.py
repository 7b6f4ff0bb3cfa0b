"""What every rule of the rule book is: parameters, and the things the planner does with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from rosterplan.domain.base import Frozen
from rosterplan.domain.findings import Finding, Note, Severity
from rosterplan.domain.result import Stage
from rosterplan.domain.rulebook import HARD, RuleRow, Scope, Strength

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas
    from rosterplan.canvas.columns import Soft
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.roster import Roster
    from rosterplan.rules.admission import View

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


class Rule(Frozen, ABC):
    """One row of the rule book: who may (admit), what is allowed (post), what went wrong (audit), in words.

    ``post`` selects, groups and bounds columns of the canvas, without loops over pairs; ``audit`` walks the
    finished roster in plain loops. They share the parameters and the nouns of ``domain``, nothing else.
    """

    code: ClassVar[str]
    title: ClassVar[str]  # the French name in the workbook
    default: ClassVar[Strength] = HARD
    law: ClassVar[str] = "usage local"  # article of law or clause, unless the row gives its own

    row: str = ""
    scope: Scope = Scope()
    strength: Strength = HARD
    source: str = ""

    def admit(self, view: View) -> BoolArray | None:
        """Return which (doctor, duty) pairs of the view may exist, shape (doctors, duties); None = all."""
        return None

    def post(self, canvas: Canvas) -> None:
        """Post what is allowed or costs on the canvas."""
        return

    @abstractmethod
    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        """Yield every breach or cost of the roster, re-derived from the instance."""

    @abstractmethod
    def words(self) -> str:
        """Return the sentence a doctor reads, without its source."""

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Yield what looks hopeless or tight before solving."""
        yield from ()

    def hard_on(self, accepts: bool) -> bool:
        """True if nobody, or this doctor at least, may break the rule."""
        return self.strength.kind == "hard" or (self.strength.kind == "hard-unless-accepted" and not accepts)

    def finding(
        self,
        text: str,
        *,
        doctors: tuple[str, ...] = (),
        duties: tuple[str, ...] = (),
        amount: float = 1,
        cost: int = 0,
        severity: Severity | None = None,
        stage: Stage | None = None,
    ) -> Finding:
        """Return a finding of this rule; a soft rule or an accepted overrun is an `avertissement` with its cost."""
        charged = stage or (self.strength.stage if cost else None)
        return Finding(
            rule=self.code, row=self.row, severity=severity or ("avertissement" if charged else "erreur"),
            doctors=doctors, duties=duties, amount=amount, stage=charged, cost=cost, text=text,
        )  # fmt: skip


def read_rule(row: RuleRow, kinds: dict[str, type[Rule]]) -> Rule:
    """Return the rule a row asks for.

    Raises:
        KeyError: the code is unknown.
        pydantic.ValidationError: a parameter is unknown or out of range.
    """
    kind = kinds[row.code]
    return kind.model_validate(
        {
            **row.params,
            "row": row.row or row.code,
            "scope": row.scope,
            "strength": row.strength or kind.default,
            "source": row.source or kind.law,
        }
    )


def soft_of(strength: Strength) -> Soft | None:
    """Return the canvas form of a soft strength; None for a hard one."""
    from rosterplan.canvas.columns import Soft

    if strength.kind == "hard" or strength.stage is None:
        return None
    return Soft(strength.stage, strength.weight)
