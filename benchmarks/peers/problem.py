"""One instance as every peer gets it: the same rules, the same dues, the same posted program, the same judge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from benchmarks.generate import generate
from benchmarks.rulebook import blended
from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import BoolArray
from rosterplan.domain.fairness import full_dues
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Due, Roster
from rosterplan.model.build import canvas_of
from rosterplan.model.solve import roster_of_held
from rosterplan.rules.base import Rule
from rosterplan.rules.book import rule_book


@dataclass(frozen=True)
class Problem:
    """A generated instance whose whole cost is the stage `blend`; dues are those of full cover, for all alike."""

    instance: Instance
    rules: tuple[Rule, ...]
    dues: tuple[Due, ...]

    @cached_property
    def canvas(self) -> Canvas:
        """The canvas with every rule posted."""
        return canvas_of(self.instance, self.rules, dues=self.dues)

    @cached_property
    def program(self) -> Program:
        """The same, frozen."""
        return self.canvas.program()

    def roster(self, held: BoolArray) -> Roster:
        """The roster that holds these pairs of the program."""
        return roster_of_held(self.canvas, self.program, held)


@dataclass(frozen=True)
class Answer:
    """What a peer found: its roster, seconds from instance to roster, its own bound [units of the blend], a remark."""

    roster: Roster
    seconds: float
    bound: float | None = None
    note: str = ""


class Absent(Exception):
    """A peer is not installed; its text says in words what to install."""


def problem_of(size: str, seed: int) -> Problem:
    """The blended instance of a size and a seed."""
    instance = blended(generate(size, seed))
    return Problem(instance, rule_book(instance), full_dues(instance, seed))
