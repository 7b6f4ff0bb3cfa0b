"""Rules that concern everyone: a scope would leave some people out of what all share."""

from __future__ import annotations

from abc import ABC
from typing import Self

from pydantic import model_validator

from rosterplan.domain.rulebook import Scope
from rosterplan.messages import say
from rosterplan.rules.base import Rule


class ForEveryone(Rule, ABC):
    """A rule without scope; a row that gives one is refused in words."""

    @model_validator(mode="after")
    def _concerns_all(self) -> Self:
        if self.scope != Scope():
            raise ValueError(
                say(
                    fr=f"« {self.title} » concerne tout le monde : laissez la portée vide",
                    en=f"{self.code} concerns everyone: leave its scope empty",
                )
            )
        return self
