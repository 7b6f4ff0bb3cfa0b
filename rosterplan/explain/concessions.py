"""What may be asked of a doctor or of the association, and what it weighs: the order in which remedies are offered.

A rule of law is never offered: only its holder may lift it, as a volunteer lifts a date or a maximum of his own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rosterplan.domain.explanations import ConcessionKind
from rosterplan.domain.instance import Instance
from rosterplan.explain.board import Blocker
from rosterplan.rules.base import Rule

PRICES: Final[Mapping[ConcessionKind, int]] = MappingProxyType(
    {"reponse": 9, "accord": 10, "maximum": 15, "renfort": 20, "date": 40, "regle": 60}
)
"""From a question to who has not answered yet, to an exception to a rule; a doctor's date weighs four consents."""

HANDED: Final = 8
"""A duty that changes hands: one more doctor to ask, nothing to concede."""

IMPOSSIBLE: Final = 10**9
"""Above any price: something that is never asked stands in the way."""

NEVER: Final = frozenset(
    {"no-overlap", "volunteers-only", "eligible", "locks", "fixed-assignments", "coverage", "dispo-min"}
)
"""Nobody is in two places at once; who is no volunteer is not asked; a cell signed by hand is undone by hand."""

_OF_RULE: Final[Mapping[str, ConcessionKind]] = MappingProxyType(
    {"availability": "date", "declared-maximum": "maximum"}
)

LOCAL: Final = ("usage local", "local custom")
"""How the source of a rule the association may relax begins."""


def kind_of(rule: Rule) -> ConcessionKind | None:
    """Return what passing a rule would be, once; None where it is never asked."""
    if rule.code in NEVER:
        return None
    if rule.code in _OF_RULE:
        return _OF_RULE[rule.code]
    if rule.strength.kind == "hard-unless-accepted":
        return "accord"
    return "regle" if rule.source.casefold().startswith(LOCAL) or not rule.source else None


def concession_of(instance: Instance, blocker: Blocker) -> ConcessionKind | None:
    """Return what would lift a blocker; None where it is never asked."""
    if blocker.decided:
        return None
    if blocker.outsider:
        return "renfort"
    kind = kind_of(blocker.rule)
    silent = kind == "date" and not any(_answered(instance, doctor) for doctor in blocker.doctors)
    return "reponse" if silent else kind


def price_of(kinds: list[ConcessionKind], handed: int) -> int:
    """Return the price of some concessions and of duties that change hands."""
    return sum(PRICES[kind] for kind in kinds) + HANDED * handed


def _answered(instance: Instance, doctor: str) -> bool:
    """True if a doctor gave an answer; where answers are not counted at all, everyone did."""
    return not instance.answered or doctor in instance.answered
