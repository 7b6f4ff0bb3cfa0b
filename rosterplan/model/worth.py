"""What a roster is worth: its holes by priority, then caps, shares, fairness, wishes and comfort; smaller is better."""

from __future__ import annotations

from dataclasses import dataclass

from rosterplan.canvas.arrays import BoolArray
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.model import tasks
from rosterplan.model.blocks import Block

Key = tuple[int, ...]
"""Missing by priority (gravest first), caps, shares, fairness, blend."""


@dataclass(frozen=True)
class Worth:
    """How rosters of a program compare, whole or of a block: stage after stage, ``priorities`` of coverage gravest first."""

    priorities: tuple[int, ...]

    @classmethod
    def of(cls, program: Program) -> Worth:
        """Return how rosters of a program compare."""
        return cls(tuple(sorted({priority for priority, _ in tasks.level_weights(program)}, reverse=True)))

    @property
    def fairness(self) -> int:
        """Where fairness stands in a key."""
        return len(self.priorities) + 2

    def key(self, program: Program, held: BoolArray) -> Key:
        """Return the worth of a roster, of the whole or of a block."""
        column = program.values(held)
        costs = program.costs(column)
        missing = tasks.missing_of(program, column)
        rows = program.rows
        levels = [
            int(missing[(rows.under_stage == tasks.COVERAGE) & (rows.under_weight == priority)].sum())
            for priority in self.priorities
        ]
        blend = sum(int(costs[stage]) for stage in tasks.BLEND)
        upper = [int(costs[STAGE_NUMBER[stage]]) for stage in ("caps", "shares", "fairness")]
        return (*levels, *upper, blend)

    def better(self, _block: Block, program: Program, before: BoolArray, after: BoolArray) -> bool:
        """Judge by worth, stage after stage."""
        return self.key(program, after) < self.key(program, before)
