"""From the rows of an instance to its rule book."""

from __future__ import annotations

from rosterplan.domain.instance import Instance
from rosterplan.rules import BY_CODE
from rosterplan.rules.base import Rule, read_rule


def rule_book(instance: Instance) -> tuple[Rule, ...]:
    """Return the rules of an instance, in the order of their rows.

    Raises:
        KeyError: a code is unknown.
        pydantic.ValidationError: a parameter is unknown or out of range.
    """
    return tuple(read_rule(row, BY_CODE) for row in instance.rules)
