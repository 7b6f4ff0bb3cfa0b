"""The search: a full roster at once, then only improvements: its state, and the phases of holes, caps and shares.

`fair` improves fairness, `kind` wishes and comfort; `worth` says which of two rosters is better.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import BoolArray, IntArray, numbered
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.domain.asked import asked, unit_of
from rosterplan.domain.result import Stage
from rosterplan.model import tasks
from rosterplan.model.blocks import Block, colours_of, neighbours_of, units_of
from rosterplan.model.crew import Alone, Crew
from rosterplan.model.greedy import thinned
from rosterplan.model.progress import Listener, Progress, Step
from rosterplan.model.rounds import Incumbent, RoundFacts, TaskMaker, run_round
from rosterplan.model.settle import optional
from rosterplan.model.task import Outcome, Task, Work
from rosterplan.model.worth import Worth

PAIRS_PROVED_WHOLE = 6000
"""Coverage of a program up to this size is solved whole: the linear bound alone leaves small sectors unproved."""

LEAST_EFFORT = 0.1
"""A block given less would not even be presolved."""

DEAR = 20
"""A hole that costs as much as so many of the next dearest things is never traded for them."""

BLOCK_EFFORT = 3.0
"""Deterministic time of one block at effort 1; most windows are proved in less (measured)."""


ENDING_SECONDS = 0.5
"""What a last solve leaves to the end of the run."""


@dataclass(frozen=True)
class Limits:
    """How long and how to search; ``stop`` is asked often and ends the search with the best roster."""

    seed: int
    effort: int
    stop: Callable[[], bool]
    deadline: float | None = None
    end: float | None = None  # of the whole run, where some of its time is kept for later

    def over(self) -> bool:
        """True when the search must end now."""
        return self.stop() or (self.deadline is not None and time.monotonic() >= self.deadline)

    def left(self, most: float) -> float:
        """Return the seconds left, at most ``most``; a second where there are fewer."""
        left = most if self.deadline is None else self.deadline - time.monotonic() - ENDING_SECONDS
        return max(min(left, most), 1.0)

    def sparing(self, seconds: float = float("inf"), most: float = 1 / 3) -> Limits:
        """Return the same with so much kept for later, at most a share of what is left; the same where time is not limited."""
        if self.deadline is None:
            return self
        left = max(self.deadline - time.monotonic(), 0.0)
        return replace(self, deadline=self.deadline - min(seconds, left * most), end=self.end or self.deadline)

    def remaining(self) -> float | None:
        """Return the seconds left of the whole run, None where time is not limited."""
        end = self.end or self.deadline
        return None if end is None else max(end - time.monotonic(), 0.0)


@dataclass
class Search:
    """One search over a program: its incumbent, its units and what it reports."""

    canvas: Canvas
    program: Program
    crew: Crew | Alone
    limits: Limits
    listener: Listener
    incumbent: Incumbent
    bounds: dict[Stage, int] = field(default_factory=dict)
    settled: set[bytes] = field(default_factory=set)
    arrived: dict[int, Outcome] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.units = units_of(self.canvas, self.program)
        self.worth = Worth.of(self.program)

    def missing_by_duty(self) -> IntArray:
        """Return how many doctors each duty lacks now, then each part of a demand, the last part first."""
        wanted = len(self.canvas.instance.wanted)
        missing = np.zeros(len(self.canvas.duties) + wanted, dtype=np.int64)
        lacking = tasks.missing_of(self.program, self.incumbent.column)
        key = self.program.rows.key
        about = key != -1
        np.add.at(missing, tasks.place_of(key[about]), lacking[about])
        return missing

    # -- phases -----------------------------------------------------------------------------------------------------

    def fill_holes(self) -> None:
        """Improve coverage unit by unit, then units joined with their neighbours, while it helps."""
        if not self.missing_by_duty().any():
            return
        setting = self.setting(BLOCK_EFFORT * 2)
        self.round("coverage", self.units, [tasks.cover(setting)])
        beside = neighbours_of(self.canvas, self.program, self.units)
        pairs_of = {unit.unit: unit.pairs for unit in self.units}
        joined = [
            Block(f"{unit.name} + {other}", unit.unit, np.union1d(unit.pairs, pairs_of[other]))
            for unit in self.units
            for other in beside[unit.unit][:2]
        ]
        self.round("coverage", joined, [tasks.cover(setting)])

    def thin(self) -> None:
        """Give up what covers no need: doctors beyond what a duty and the demands it meets ask for."""
        spare = optional(self.canvas)[self.canvas.pairs["duty"][self.program.pair]]
        if (spare & self.incumbent.held).any():
            minutes = self.canvas.pairs["minutes"][self.program.pair]
            held = thinned(self.program, self.incumbent.held, spare, minutes)
            self.incumbent.take(np.arange(self.program.pairs), held)

    def best_cover_proved(self) -> bool:
        """True if a solve of the whole proves that no roster covers more, priority after priority.

        Tried on small programs only; a better roster found on the way is taken.
        """
        column = self.incumbent.column
        every = np.arange(self.program.pairs)
        if self.program.pairs > PAIRS_PROVED_WHOLE or self.limits.over():
            return False
        part = cut(self.program, every, column)
        return self._solved_whole(tasks.cover(self.setting(BLOCK_EFFORT * 4))(Block("whole", 0, every), part, column))

    def _solved_whole(self, task: Task | None) -> bool:
        """True if the solver proves that no roster is better in what a task over all pairs minimises; None: nothing can be."""
        if task is None:
            return True
        ticket = self.crew.submit(task)
        while not self.limits.over():
            for found, outcome in self.crew.outcomes():
                if found == ticket:
                    if outcome.held is not None:
                        self.adopt(np.arange(self.program.pairs), outcome.held)
                    return outcome.verdict == "optimal"
        return False

    def lighten(self) -> bool:
        """Lower the caps passed by consent and the distance to the shares between houses.

        True if a solve of the whole proves that neither can be lower with these holes; tried on small programs only.
        """
        self.round("caps", self.units, [tasks.lighten(self.setting(BLOCK_EFFORT * 2))])
        if self.program.pairs > PAIRS_PROVED_WHOLE or self.limits.over():
            return False
        every, column = np.arange(self.program.pairs), self.incumbent.column
        block, part = Block("whole", 0, every), cut(self.program, every, column)
        return self._solved_whole(tasks.lighten(self.setting(BLOCK_EFFORT * 4))(block, part, column))

    def adopt(self, pairs: IntArray, held: BoolArray) -> None:
        """Hold ``held`` among ``pairs`` if the whole roster breaks nothing more and is better for it."""
        after = self.incumbent.held.copy()
        after[pairs] = held
        column = self.program.values(after)
        if set(self.program.broken(column).tolist()) - set(self.program.broken(self.incumbent.column).tolist()):
            return
        if self.worth.key(self.program, after) < self.worth.key(self.program, self.incumbent.held):
            self.incumbent.take(pairs, held)

    def adopt_kinder(self, held: BoolArray, ceiling: int) -> bool:
        """Hold another roster if it is as fair as ``ceiling`` asks, no worse above that, and kinder; True if it is as fair."""
        fairness = self.worth.fairness
        old, new = self.worth.key(self.program, self.incumbent.held), self.worth.key(self.program, held)
        column = self.program.values(held)
        breaks = set(self.program.broken(column).tolist()) - set(self.program.broken(self.incumbent.column).tolist())
        fair = new[fairness] <= ceiling
        if fair and new[:fairness] <= old[:fairness] and new[-1] < old[-1] and not breaks:
            self.incumbent.take(np.arange(self.program.pairs), held)
        return fair

    def fairness(self) -> int:
        """Return the fairness cost of the incumbent."""
        return int(self.program.costs(self.incumbent.column)[STAGE_NUMBER["fairness"]])

    def unkindness(self) -> int:
        """Return what wishes and comfort of the incumbent cost."""
        costs = self.program.costs(self.incumbent.column)
        return sum(int(costs[stage]) for stage in tasks.BLEND)

    @cached_property
    def colours(self) -> dict[int, int]:
        """A colour per unit: those of one colour are planned side by side."""
        return colours_of(self.program, self.units)

    @cached_property
    def work(self) -> Work:
        """Of each pair: its doctor, its duty, and the kind of duty (group and band)."""
        pairs, pair = self.canvas.pairs, self.program.pair
        kind, _ = numbered([pairs[name][pair] for name in ("group", "band")])
        return Work(pairs["doctor"][pair], pairs["duty"][pair], kind)

    # -- helpers ----------------------------------------------------------------------------------------------------

    def round(self, stage: Stage, blocks: Sequence[Block], attempts: Sequence[TaskMaker]) -> RoundFacts:
        """Try the blocks in order; what is better, stage after stage, is taken."""
        return run_round(
            self.incumbent, blocks, attempts, self.worth.better, self.crew, stop=self.limits.over,
            watch=self.watch(stage),
        )  # fmt: skip

    def setting(self, effort: float, turn: int = 0) -> tasks.Setting:
        """Return what tasks are made of: the incumbent, the seed of this turn, the deterministic time of each."""
        return tasks.Setting(self.incumbent, self.limits.seed + turn, effort, kept_covered=self.holes_dear)

    @cached_property
    def holes_dear(self) -> bool:
        """True if needs are priced in a stage below `coverage` and a hole costs far more than anything else one could gain by it."""
        rows = self.program.rows
        need = (rows.key != -1) & (rows.under_weight > 0)
        if not need.any() or (rows.under_stage[need] == tasks.COVERAGE).any():
            return False
        others = (
            rows.over_weight.max(initial=0),
            rows.under_weight[~need].max(initial=0),
            self.program.linear.max(initial=0),
        )
        return int(rows.under_weight[need].min()) >= DEAR * int(max(others))

    def watch(self, stage: Stage) -> Callable[[Incumbent, int, int, Block], None]:
        """Return what reports each block done in a stage."""

        def tell(_incumbent: Incumbent, done: int, blocks: int, _block: Block) -> None:
            self.tell(stage, done, blocks)

        return tell

    def tell(self, stage: Stage, done: int = 0, blocks: int = 0, step: Step | None = None) -> None:
        """Report where the search stands."""
        costs = self.program.costs(self.incumbent.column)
        value = int(costs[STAGE_NUMBER[stage]])
        if stage == "blend":
            value = sum(int(costs[number]) for number in tasks.BLEND)
        positions = asked(self.canvas.instance)
        self.listener(
            Progress(
                stage=stage, value=value, bound=self.bounds.get(stage),
                covered=positions - int(self.missing_by_duty().sum()), positions=positions, block=done, blocks=blocks,
                seconds=time.monotonic() - self.started, remaining=self.limits.remaining(),
                unit=unit_of(self.canvas.instance), step=step,
            )
        )  # fmt: skip
