"""A round over blocks: each tried in turn, accepted only if better; parallel where blocks do not touch.

The outcome is that of the blocks one after the other, whatever the number of processes and the order they finish in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.program import Program
from rosterplan.model.blocks import Block, waits_for
from rosterplan.model.crew import Alone, Crew
from rosterplan.model.task import Outcome, Task

TaskMaker = Callable[[Block, Program, IntArray], Task | None]
"""(block, its program cut from the incumbent, columns of the incumbent) -> what to solve, None for nothing."""

Judge = Callable[[Block, Program, BoolArray, BoolArray], bool]
"""(block, its program, pairs held before, pairs held after) -> is the change an improvement?"""

Watcher = Callable[["Incumbent", int, int, Block], None]


class Incumbent:
    """The roster being improved: pairs held, and all columns that follow from them."""

    def __init__(self, program: Program, held: BoolArray) -> None:
        self.program = program
        self.held = held.copy()
        self.column = program.values(held)

    def take(self, pairs: IntArray, held: BoolArray) -> None:
        """Hold exactly ``held`` among ``pairs``."""
        self.held[pairs] = held
        self.column = self.program.values(self.held)


@dataclass(frozen=True)
class RoundFacts:
    """What a round did: tasks solved, blocks improved, tasks lost to a dead or hung process, deterministic time."""

    tried: int = 0
    improved: int = 0
    lost: int = 0
    effort: float = 0.0


@dataclass
class _Turn:
    """Where one block stands in its attempts."""

    number: int
    attempt: int = 0
    program: Program | None = None
    digest: bytes = b""


def run_round(
    incumbent: Incumbent,
    blocks: Sequence[Block],
    attempts: Sequence[TaskMaker],
    judge: Judge,
    crew: Crew | Alone,
    *,
    stop: Callable[[], bool],
    watch: Watcher,
    settled: set[bytes] | None = None,
    waiting: Sequence[set[int]] | None = None,
) -> RoundFacts:
    """Try the blocks in order, each with ``attempts`` (each looks wider than the one before) until one improves it.

    ``settled`` remembers the tasks proved to hold no improvement: they are not solved again. ``waiting``: the earlier
    blocks each waits for, by default all that touch a row or cost it touches.
    """
    if stop():
        return RoundFacts()
    waiting = waits_for(incumbent.program, blocks) if waiting is None else waiting
    left = list(range(len(blocks)))
    going = _Round(incumbent, blocks, attempts, judge, crew, settled)
    while (left or going.running) and not stop():
        for number in [number for number in left if waiting[number] <= going.done]:
            if crew.idle <= 0:
                break
            left.remove(number)
            going.start(_Turn(number))
        for ticket, outcome in crew.outcomes():
            turn = going.running.pop(ticket, None)
            if turn is not None:
                going.take(turn, outcome)
                watch(incumbent, len(going.done), len(blocks), blocks[turn.number])
    return going.facts()


@dataclass
class _Round:
    """A round under way: turns running by ticket, blocks done, and what was spent on each."""

    incumbent: Incumbent
    blocks: Sequence[Block]
    attempts: Sequence[TaskMaker]
    judge: Judge
    crew: Crew | Alone
    settled: set[bytes] | None
    running: dict[int, _Turn] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    spent: dict[int, float] = field(default_factory=dict)
    tried: int = 0
    improved: int = 0
    lost: int = 0

    def start(self, turn: _Turn) -> None:
        """Send out the next task of a block; one with none left is done."""
        task = _next_task(self.incumbent, self.blocks[turn.number], turn, self.attempts, self.settled)
        if task is None:
            self.done.add(turn.number)
        else:
            self.running[self.crew.submit(task)] = turn

    def take(self, turn: _Turn, outcome: Outcome) -> None:
        """Take what came back of a block if it is better, else go on to its next attempt."""
        taken = _settle(self.incumbent, self.blocks[turn.number], turn, outcome, self.judge)
        self.tried, self.improved = self.tried + 1, self.improved + taken
        self.lost += outcome.verdict == "lost"
        self.spent[turn.number] = self.spent.get(turn.number, 0.0) + outcome.effort
        if self.settled is not None and not taken and outcome.verdict in ("optimal", "infeasible"):
            self.settled.add(turn.digest)
        turn.attempt = len(self.attempts) if taken else turn.attempt + 1
        self.start(turn)

    def facts(self) -> RoundFacts:
        """Return what the round did."""
        in_order = sum(self.spent[number] for number in sorted(self.spent))  # floating sums depend on their order
        return RoundFacts(self.tried, self.improved, self.lost, in_order)


def _next_task(
    incumbent: Incumbent, block: Block, turn: _Turn, attempts: Sequence[TaskMaker], settled: set[bytes] | None
) -> Task | None:
    """Return the next task worth solving for a block, None when its attempts are used up."""
    while turn.attempt < len(attempts):
        turn.program = cut(incumbent.program, block.pairs, incumbent.column)
        task = attempts[turn.attempt](block, turn.program, incumbent.column)
        if task is not None:
            turn.digest = task.digest() if settled is not None else b""
            if turn.digest not in (settled or ()):
                return task
        turn.attempt += 1
    return None


def _settle(incumbent: Incumbent, block: Block, turn: _Turn, outcome: Outcome, judge: Judge) -> bool:
    """Take the outcome if it breaks nothing more and the judge finds it better; engines may err, so look again."""
    if outcome.held is None or turn.program is None:
        return False
    before, after = incumbent.held[block.pairs], outcome.held
    if np.array_equal(before, after):
        return False
    program = turn.program
    broken_after = set(program.broken(program.values(after)).tolist())
    if broken_after - set(program.broken(program.values(before)).tolist()):
        return False
    if not judge(block, program, before, after):
        return False
    incumbent.take(block.pairs, after)
    return True
