"""What every rule of the rule book is: parameters, and the things the planner does with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from rosterplan.domain.base import Frozen
from rosterplan.domain.findings import Finding, Note, Severity
from rosterplan.domain.result import Stage
from rosterplan.domain.rulebook import HARD, RuleRow, Scope, Strength
from rosterplan.messages import say

if TYPE_CHECKING:
    from datetime import date

    from rosterplan.canvas import Canvas
    from rosterplan.canvas.columns import Soft
    from rosterplan.domain.instance import Instance, PastDuty
    from rosterplan.domain.people import Doctor
    from rosterplan.domain.roster import Roster
    from rosterplan.domain.work import Line
    from rosterplan.rules.admission import View

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

USUAL_DAYS = 92
"""Rests, runs, weekends and months look no farther back."""

_BREACHES: frozenset[Stage] = frozenset({"coverage", "caps", "shares"})
"""Stages whose cost is something a coordinator must know of; the others measure how good a roster is."""


Holder = Literal["serving", "listed", "credited"]
"""Of a duty replaced, exchanged or given away: who is to be there, who the roster names, or who it is counted to."""


class Rule(Frozen, ABC):
    """One row of the rule book: who may (admit), what is allowed (post), what went wrong (audit), in words.

    ``post`` selects, groups and bounds columns of the canvas, without loops over pairs; ``audit`` walks the
    finished roster in plain loops. They share the parameters and the nouns of ``domain``, nothing else.
    """

    code: ClassVar[str]
    title: ClassVar[str]  # the French name in the workbook
    title_en: ClassVar[str] = ""  # its English name; the French one where there is none
    default: ClassVar[Strength] = HARD
    law: ClassVar[str] = "usage local"  # article of law or clause, unless the row gives its own
    kinds: ClassVar[tuple[str, ...]] = ("hard", "hard-unless-accepted", "soft")  # of strength the rule knows
    narrows: ClassVar[bool] = False  # True: `admit` leaves most doctors out by cheap tests, so it comes first
    looks_at: ClassVar[Holder] = "serving"  # who holds a duty that changed hands since publication, for this rule

    row: str = ""
    scope: Scope = Scope()
    strength: Strength = HARD
    source: str = ""

    @model_validator(mode="after")
    def _strength_known(self) -> Self:
        if self.strength.kind not in self.kinds:
            raise ValueError(
                say(
                    fr=f"« {self.title} » ne peut être que : {', '.join(self.kinds)}",
                    en=f"{self.code} can only be: {', '.join(self.kinds)}",
                )
            )
        if self.strength.kind != "hard" and (self.strength.stage is None or self.strength.weight == 0):
            raise ValueError(
                say(
                    fr=f"« {self.title} » : une règle souple a une étape et un poids d’au moins 1",
                    en=f"{self.code}: a soft rule has a stage and a weight of at least 1",
                )
            )
        return self

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

    @property
    def named(self) -> str:
        """What people call the rule, in the language they read."""
        return say(fr=self.title, en=self.title_en or self.title)

    def foresee(self, instance: Instance) -> Iterator[Note]:
        """Yield what looks hopeless or tight before solving."""
        yield from ()

    def most_held(self, instance: Instance, doctor: Doctor, line: Line, first: date, last: date) -> int | None:
        """Return the most duties of a line the rule lets a doctor hold from ``first`` to ``last``; None = no limit."""
        return None

    def looks_back_to(self, start: date) -> date:
        """Return the first past day that may count in a period that begins ``start``; a quarter back unless a rule says more."""
        return start - timedelta(days=USUAL_DAYS)

    def remembers(self, past: Sequence[PastDuty], start: date, lines: Sequence[Line]) -> Iterable[PastDuty]:
        """Return the past duties the rule needs in a period that begins ``start``: what is left out changes nothing."""
        first = self.looks_back_to(start)
        return [one for one in past if one.start.date() >= first]

    def lifted_by(self, doctor: Doctor) -> bool:
        """True if the doctor accepts more than this rule allows: « accepte au-delà du plafond », or named consent."""
        return doctor.accepts_beyond_cap or self.code in doctor.consents

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
        """Return a finding of this rule: `erreur`, or where it has a cost `avertissement`, `information` for comfort."""
        charged = stage or (self.strength.stage if cost else None)
        told: Severity = "erreur" if charged is None else "avertissement" if charged in _BREACHES else "information"
        return Finding(
            rule=self.code, row=self.row, severity=severity or told,
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
