"""What several statements about one duty come to: the latest answer wins; within one answer, doubt protects the doctor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rosterplan.sheets.answers.said import Reach, Source, Statement
from rosterplan.sheets.forms.words import Value

_CAUTION: Final[dict[Value, int]] = {"impossible": 0, "avoid": 1, "neutral": 2, "only": 3, "wish": 4}
"""The most careful reading first: nobody is on duty against a refusal because of a slip elsewhere."""

_CLASHES: Final = frozenset({
    ("impossible", "wish"), ("impossible", "only"), ("impossible", "neutral"), ("avoid", "wish"), ("avoid", "only"),
})  # fmt: skip

_SOURCE_RANK: Final[dict[Source, int]] = {
    "form": 0,
    "sector": 1,
    "table": 2,
    "paper": 3,
    "mail": 4,
    "spoken": 5,
    "phone": 6,
}
"""Of two answers received the same day, what the coordinator typed goes after what a file says."""

Layer = tuple[date, int]
"""When an answer came, then its source: layers are compared, the last one wins."""


@dataclass(frozen=True)
class Resolved:
    """The value kept for one duty; ``only`` if it is among « seulement ces dates »; what clashed or was outdated."""

    value: Value
    only: bool
    kept: Statement
    clash: tuple[Statement, Statement] | None = None
    exception: tuple[Statement, Statement] | None = None
    outdated: tuple[Statement, ...] = ()


def _layer_of(statement: Statement) -> Layer:
    """When a statement came; undated ones came first."""
    return statement.received or date.min, _SOURCE_RANK[statement.source]


def resolve(said: Sequence[Statement]) -> Resolved:
    """What the statements about one duty (at least one) come to."""
    if len(said) == 1:
        return Resolved(said[0].value, said[0].value == "only", said[0])
    last = max(map(_layer_of, said))
    present = [statement for statement in said if _layer_of(statement) == last]
    resolved = _within(present)
    older = tuple(one for one in said if _layer_of(one) != last and one.value != resolved.value)
    return Resolved(resolved.value, resolved.only, resolved.kept, resolved.clash, resolved.exception, older)


def _within(said: Sequence[Statement]) -> Resolved:
    """What statements of one layer come to: what is said of the duty itself goes before a habit, not before a refusal."""
    by_reach: dict[Reach, list[Statement]] = {}
    for statement in said:
        by_reach.setdefault("period" if statement.reach == "all" else statement.reach, []).append(statement)
    exception: tuple[Statement, Statement] | None = None
    if "duty" in by_reach and "weekday" in by_reach:
        habit, own = _most_careful(by_reach["weekday"]), _most_careful(by_reach["duty"])
        if habit.value == "impossible" and own.value in ("neutral", "wish", "only"):
            exception = (own, habit)
        if habit.value != "impossible" or own.value != "avoid":
            del by_reach["weekday"]
    kept = [_most_careful(statements) for statements in by_reach.values()]
    clash = next((pair for statements in by_reach.values() if (pair := _clash(statements))), None)
    clash = clash or _clash_of_reaches(by_reach)
    best = _of_reaches(dict(zip(by_reach, kept, strict=True)))
    only = best.value != "impossible" and any(one.value == "only" for one in kept)
    return Resolved(best.value, only, best, clash, exception)


def _most_careful(said: Sequence[Statement]) -> Statement:
    return min(said, key=lambda statement: _CAUTION[statement.value])


def _of_reaches(kept: Mapping[Reach, Statement]) -> Statement:
    """Between reaches: a refusal always holds; else the duty's own word, then the more telling of the other two."""
    refusals = [one for one in kept.values() if one.value == "impossible"]
    if refusals:
        return refusals[0]
    own, span = kept.get("duty"), kept.get("period")
    if own is not None:
        return span if span is not None and span.value == "avoid" and own.value in ("wish", "only") else own
    telling: dict[Value, int] = {"avoid": 0, "wish": 1, "only": 2, "neutral": 3, "impossible": 4}
    return min(kept.values(), key=lambda statement: telling[statement.value])


def _clash(said: Sequence[Statement]) -> tuple[Statement, Statement] | None:
    """Two statements of one reach that cannot both be meant."""
    careful = _most_careful(said)
    other = next((one for one in said if (careful.value, one.value) in _CLASHES), None)
    return (careful, other) if other is not None else None


def _clash_of_reaches(by_reach: Mapping[Reach, Sequence[Statement]]) -> tuple[Statement, Statement] | None:
    """A duty wished inside a period refused, and the like. A duty refused inside a period wished only narrows it."""
    if "period" not in by_reach:
        return None
    span = _most_careful(by_reach["period"])
    for reach, said in by_reach.items():
        own = _most_careful(said)
        narrowing = reach == "weekday" and (span.value, own.value) != ("avoid", "wish")
        if reach != "period" and not narrowing and (span.value, own.value) in _CLASHES:
            return span, own
    return None
