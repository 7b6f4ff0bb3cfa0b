"""The roster at planned counts: units alone, those that cannot are cut from the plan, then all of them joined.

A unit whose doctors are held elsewhere on the days it needs takes them all the same, as few as it can; the units it
took them from are planned again around it. Taking from the same unit again costs more each time, so it ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.closed import closed_pairs
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.canvas.strengthen import strengthened
from rosterplan.model import tasks
from rosterplan.model.blocks import Block, waits_for
from rosterplan.model.crew import Alone, Crew, gathered
from rosterplan.model.patterns import Counting, FairnessBound
from rosterplan.model.plan import Plan, plan_of
from rosterplan.model.rounds import Incumbent
from rosterplan.model.task import Outcome, Task

CUT_ROUNDS = 25
CUT_FIRST = 12_000
"""Up to so many pairs linear programs cut the plan before a search is asked for it: it may take ten seconds to say no."""

CUT_TOGETHER = 12_000
"""Pairs of units that are cut as one: their linear program takes a tenth of a second (measured)."""

TAKINGS = 6
"""Times a unit may take doctors from its neighbours."""

COMFORT = STAGE_NUMBER["comfort"]
Watch = Callable[[int, int], None]


def cut_down(counting: Counting, units: Collection[int], stop: Callable[[], bool]) -> None:
    """Cut the master's own counts for as long as some unit has no calendar for them."""
    for _ in range(CUT_ROUNDS):
        if stop() or not counting.tighten(units):
            break


@dataclass(frozen=True)
class Joined:
    """A roster at the planned counts; the units it left empty; and units that would not stand beside each other, by groups."""

    roster: Incumbent
    left: tuple[Block, ...]
    at_odds: tuple[tuple[int, ...], ...] = ()


@dataclass
class Joining:
    """What is needed to plan units one by one: ``missing`` per duty is what the best coverage lacks; ``best`` the roster so far."""

    best: Incumbent
    units: Sequence[Block]
    missing: IntArray
    crew: Crew | Alone
    seed: int
    effort: float
    stop: Callable[[], bool]
    watch: Watch = lambda _done, _all: None
    _known: dict[bytes, Outcome] = field(default_factory=dict)

    @property
    def program(self) -> Program:
        """The whole program."""
        return self.best.program

    def agreed(self, counting: Counting) -> tuple[FairnessBound, Plan | None]:
        """Return the bound and a plan each unit has a calendar for by itself, as far as cuts can tell."""
        if self.program.pairs <= CUT_FIRST:
            cut_down(counting, counting.homes, self.stop)
        for _ in range(CUT_ROUNDS):
            bound = counting.found()
            plan = plan_of(self.program, bound, counting.stage)
            if plan is None or bound.counts is None or self.stop():
                break
            failing = [unit.unit for unit in self._without_calendar(plan)]
            if not failing or self.stop() or not counting.tighten(failing, bound.counts):
                break
            cut_down(counting, failing, self.stop)
        return bound, plan

    def joined(self, plan: Plan, kept: Incumbent | None = None) -> Joined:
        """Return a roster at the planned counts; units of ``kept`` that stand at them are placed at first."""
        placing = _Placing(self, plan)
        if kept is not None:
            placing.keep(kept)
        while placing.queue and not self.stop():
            placing.wave()
            self.watch(len(self.units) - len(placing.queue), len(self.units))
        left = tuple(unit for unit in self.units if unit.unit not in placing.placed)
        return Joined(placing.roster, left, placing.at_odds() if left else ())

    def apart(self, counting: Counting, plan: Plan, joined: Joined) -> bool:
        """True if units at odds are proved to have no calendar together at the plan, which is cut away."""
        sizes = {unit.unit: len(unit.pairs) for unit in self.units}
        found = False
        for group in joined.at_odds:
            if self.stop() or sum(sizes[unit] for unit in group) > CUT_TOGETHER:
                continue
            found = counting.tighten_together(group, plan.of_cell) > 0
            if found:
                break
        return found

    def at_plan(self, plan: Plan, unit: Block, column: IntArray) -> Task:
        """Return the search for any calendar of a unit at the plan, beside what ``column`` holds."""
        nothing = Incumbent(self.program, np.zeros(self.program.pairs, dtype=bool))
        setting = tasks.Setting(nothing, self.seed, self.effort, self.best)
        part = strengthened(cut(self.program, unit.pairs, column))
        task = tasks.at_plan(setting, plan, self.missing)(unit, part, column)
        assert task is not None
        return task

    def solved(self, made: Sequence[Task]) -> list[Outcome]:
        """Return the outcomes of tasks, in their order; what was asked before is not solved again."""
        keys = [task.digest() for task in made]
        new = [place for place, key in enumerate(keys) if key not in self._known]
        outcomes = gathered(self.crew, [made[place] for place in new], self.stop)
        found = {keys[place]: outcome for place, outcome in zip(new, outcomes, strict=True)}
        self._known.update((key, outcome) for key, outcome in found.items() if outcome.verdict != "lost")
        return [found.get(key) or self._known[key] for key in keys]

    def _without_calendar(self, plan: Plan) -> list[Block]:
        """Return the units proved to have no calendar at the plan, whatever the others do."""
        nothing = np.zeros(self.program.columns, dtype=np.int64)
        made = [self.at_plan(plan, unit, nothing) for unit in self.units if not self.stop()]
        if self.stop():
            return []
        outcomes = self.solved(made)
        return [unit for unit, outcome in zip(self.units, outcomes, strict=True) if outcome.verdict == "infeasible"]


class _Placing:
    """Units placed so far, those that wait, and how often each lost doctors to another."""

    def __init__(self, joining: Joining, plan: Plan) -> None:
        self.joining, self.plan, self.program = joining, plan, joining.program
        self.roster = Incumbent(self.program, np.zeros(self.program.pairs, dtype=bool))
        self.queue = list(joining.units)
        self.placed: set[int] = set()
        self.takings: Counter[int] = Counter()
        self.tension: Counter[int] = Counter()
        self.odds: Counter[tuple[int, int]] = Counter()
        self.beside = _beside(self.program, joining.units)
        self._unit = {unit.unit: unit for unit in joining.units}

    def keep(self, other: Incumbent) -> None:
        """Place the units that stand at the plan in another roster, as they stand there."""
        cell, wanted = self.plan.cell_of_pair, self.plan.of_cell
        held = np.bincount(cell[other.held & (cell >= 0)], minlength=len(wanted))
        for unit in list(self.queue):
            cells = np.unique(cell[unit.pairs][cell[unit.pairs] >= 0])
            if other.held[unit.pairs].any() and (held[cells] == wanted[cells]).all():
                self._place(unit, other.held[unit.pairs])
                self.queue.remove(unit)

    def at_odds(self) -> tuple[tuple[int, ...], ...]:
        """Return the pairs of units that took from each other, most often first, then all of these as one."""
        often = sorted(self.odds, key=lambda pair: (-self.odds[pair], pair))
        together = tuple(sorted({unit for pair in often for unit in pair}))
        return (*often, together) if len(often) > 1 else tuple(often)

    def wave(self) -> None:
        """Place the first units of the queue that do not touch each other."""
        wave: list[Block] = []
        for unit in self.queue:
            if not any(other.unit in self.beside[unit.unit] for other in wave):
                wave.append(unit)
        self.queue = [unit for unit in self.queue if unit not in wave]
        asked = [self.joining.at_plan(self.plan, unit, self.roster.column) for unit in wave]
        outcomes = self.joining.solved(asked)
        crowded = [unit for unit, outcome in zip(wave, outcomes, strict=True) if outcome.held is None]
        crowded = [unit for unit in crowded if self._around(unit) and self.takings[unit.unit] < TAKINGS]
        taking = self.joining.solved([self._taking(unit) for unit in crowded])
        for unit, outcome in zip(wave, outcomes, strict=True):
            if outcome.held is not None:
                self._place(unit, outcome.held)
        for unit, outcome in zip(crowded, taking, strict=True):
            self.takings[unit.unit] += 1
            if outcome.held is not None:
                self._place(unit, outcome.held)

    def _around(self, unit: Block) -> list[Block]:
        return [self._unit[other] for other in sorted(self.beside[unit.unit]) if other in self.placed]

    def _taking(self, unit: Block) -> Task:
        """Return the search for a calendar that takes as few doctors as it can from the units around."""
        around = self._around(unit)
        task = self.joining.at_plan(self.plan, unit, self._column(without=around))
        price = np.zeros(len(unit.pairs), dtype=np.int64)
        for other in around:
            others = [one for one in around if one is not other]
            closed = closed_pairs(cut(self.program, unit.pairs, self._column(without=others)))
            price += closed * (1 + self.tension[other.unit])
        linear = task.program.linear.copy()
        linear[COMFORT] = 0
        linear[COMFORT, : len(unit.pairs)] = price
        rows, convex = task.program.rows, task.program.convex
        program = replace(
            task.program, linear=linear,
            rows=replace(rows, over_stage=_elsewhere(rows.over_stage), under_stage=_elsewhere(rows.under_stage)),
            convex=replace(convex, stage=_elsewhere(convex.stage)),
        )  # fmt: skip
        return replace(task, program=program, minimise=(("comfort", 1),))

    def _place(self, unit: Block, held: BoolArray) -> None:
        """Hold a unit; the units around that it cannot stand beside lose their calendar and wait again."""
        before = set(self.program.broken(self.roster.column).tolist())
        self.roster.take(unit.pairs, held)
        self.placed.add(unit.unit)
        around = self._around(unit)
        for other in around:
            column = self._column(without=[one for one in around if one is not other])
            if set(self.program.broken(column).tolist()) - before:
                self._eject(other, unit)
        while set(self.program.broken(self.roster.column).tolist()) - before and self._around(unit):
            self._eject(self._around(unit)[0], unit)

    def _eject(self, unit: Block, taker: Block) -> None:
        """Empty a unit that another took doctors from."""
        self.roster.take(unit.pairs, np.zeros(len(unit.pairs), dtype=bool))
        self.placed.discard(unit.unit)
        self.tension[unit.unit] += 1
        self.odds[min(unit.unit, taker.unit), max(unit.unit, taker.unit)] += 1
        self.queue.append(unit)

    def _column(self, *, without: Sequence[Block]) -> IntArray:
        held = self.roster.held.copy()
        for unit in without:
            held[unit.pairs] = False
        return self.program.values(held)


def _elsewhere(stage: IntArray) -> IntArray:
    """Return stages with comfort counted among wishes: comfort stands for the doctors taken."""
    return np.where(stage == COMFORT, STAGE_NUMBER["wishes"], stage)


def _beside(program: Program, units: Sequence[Block]) -> dict[int, set[int]]:
    """Return the units that stand in some row or cost together."""
    found: dict[int, set[int]] = {unit.unit: set() for unit in units}
    for unit, earlier in zip(units, waits_for(program, units), strict=True):
        for place in earlier:
            found[unit.unit].add(units[place].unit)
            found[units[place].unit].add(unit.unit)
    return found
