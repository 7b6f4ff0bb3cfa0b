"""The fairness bound: the pattern linear program, solved by column generation over the whole department at once.

A column is the counts of one doctor over all his or her (group, band); its cost is the exact sum of the tables. The
bound is made of rounded prices, so it is safe wherever the generation stops.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from rosterplan.canvas import Canvas
from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.program import STAGE_NUMBER, Program
from rosterplan.domain.result import Stage
from rosterplan.messages import say
from rosterplan.model.blocks import home_of
from rosterplan.model.highs import Stop, never
from rosterplan.model.patterns_cuts import Block, blocks_of
from rosterplan.model.patterns_data import Counts, counts_of
from rosterplan.model.patterns_master import UNIT, Master, safe_value
from rosterplan.model.patterns_pricing import GRAIN, Crowd, Patterns, crowds_of, joined, priced, take
from rosterplan.model.patterns_rows import row_cuts
from rosterplan.model.patterns_whole import is_whole, whole_counts

ROUNDS = 60
CUT_ROUNDS = 25
CLOSE = 1e-6
WORTH = 1e-3
"""A pattern enters the master where it is cheaper than its doctor's price by this [cost units]."""


@dataclass(frozen=True)
class FairnessBound:
    """What the counts of duties say of a stage, for rosters that miss no more per priority than the incumbent.

    ``value``: no such roster costs less. ``counts``: duties per cell of ``data`` at cost ``planned``, whole, None
    where none were found; they obey needs and caps, not yet the calendar. ``cuts``: how many the calendar added.
    """

    value: int
    how: str
    seconds: float
    data: Counts
    counts: IntArray | None
    planned: int | None
    cuts: int


def fairness_bound(
    canvas: Canvas, program: Program, missing: IntArray, *, stage: Stage = "fairness", cut_rounds: int = CUT_ROUNDS
) -> FairnessBound:
    """Return the bound of a stage; ``missing``: positions the incumbent lacks in each row of the program.

    ``cut_rounds=0`` leaves the calendar out: a weaker bound, in a tenth of the time. Deterministic: stops by rounds.
    """
    counting = Counting(canvas, program, missing, stage)
    for _ in range(cut_rounds):
        if not counting.tighten(counting.homes):
            break
    return counting.found()


class Counting:
    """The pattern program of a stage, kept warm: its bound and plan so far, and cuts for the units asked about.

    ``missing``: positions the incumbent lacks in each row. ``homes``: numbers of the units that may be cut. Once
    ``stop`` says so, the bound stays where it is and no plan is made.
    """

    def __init__(
        self, canvas: Canvas, program: Program, missing: IntArray, stage: Stage = "fairness", stop: Stop = never
    ) -> None:
        self._started, self.stage, self._stop = time.perf_counter(), stage, stop
        self._program, self._home = program, home_of(canvas, program)
        self.data = counts_of(canvas, program, STAGE_NUMBER[stage], missing)
        self.homes = tuple(np.unique(self._home).tolist())
        self._blocks: dict[tuple[int, ...], tuple[Block, ...]] = {}
        self._crowds, self._master = crowds_of(self.data), Master(self.data, stop)
        for cut in row_cuts(program, self.data):
            self._master.add_cut(cut)
        self.value = _generated(self._master, self._crowds, _least_without_prices(self._master, self._crowds), stop)

    def tighten(self, units: Collection[int], wanted: IntArray | None = None) -> int:
        """Cut away the counts ``wanted`` (the master's own, in fractions, by default) where no calendar of ``units`` has them.

        Return how many cuts were added; 0 leaves bound and plan as they were.
        """
        return self._cut([(unit,) for unit in sorted(units)], wanted)

    def tighten_together(self, units: Collection[int], wanted: IntArray) -> int:
        """Cut away the counts ``wanted`` where no calendar of all ``units`` as one has them; return how many cuts were added."""
        together = [tuple(sorted(units))]
        added = self._cut(together, wanted)
        for _ in range(CUT_ROUNDS if added else 0):
            if not self._cut(together):
                break
        return added

    def _cut(self, groups: Sequence[tuple[int, ...]], wanted: IntArray | None = None) -> int:
        counts = self._master.counts() if wanted is None else wanted.astype(np.float64)
        blocks = (block for group in groups for block in self._of(group))
        cuts = [cut for block in blocks if not self._stop() and (cut := block.cut(counts))]
        for cut in cuts:
            self._master.add_cut(cut)
        if cuts:
            self.value = _generated(self._master, self._crowds, self.value, self._stop)
        return len(cuts)

    def found(self) -> FairnessBound:
        """Return the bound, and whole counts at the best cost the columns made so far allow; none once stopped."""
        if not self._stop() and not is_whole(self._master):
            _enriched(self._master, self._crowds)
        plan = None if self._stop() else whole_counts(self._master, self._stop)
        cuts = len(self._master.cuts)
        return FairnessBound(
            value=self.value, how=_how(cuts), seconds=time.perf_counter() - self._started, data=self.data,
            counts=plan.counts if plan else None, planned=plan.cost if plan else None, cuts=cuts,
        )  # fmt: skip

    def _of(self, units: tuple[int, ...]) -> tuple[Block, ...]:
        """Return the blocks of units taken as one: themselves, or each of their doctors where they are too large."""
        if units not in self._blocks:
            self._blocks[units] = blocks_of(self._program, self.data, self._home, units, self._stop)
        return self._blocks[units]


def generated_patterns(data: Counts) -> Patterns:
    """Return the patterns a bound by counts alone makes, and the best ones at its final prices."""
    crowds, master = crowds_of(data), Master(data)
    _generated(master, crowds, _least_without_prices(master, crowds), never)
    _enriched(master, crowds)
    return joined(master.patterns)


def _how(cuts: int) -> str:
    """Say what the bound rests on."""
    if cuts:
        return say(
            fr="programme linéaire des répartitions possibles de chaque médecin, resserré par le calendrier",
            en="linear program over each doctor's possible counts, tightened by the calendar",
        )
    return say(
        fr="programme linéaire des répartitions possibles de chaque médecin",
        en="linear program over each doctor's possible counts",
    )


def _least_without_prices(master: Master, crowds: tuple[Crowd, ...]) -> int:
    """Add the patterns each doctor would choose alone; their cost is a first bound."""
    found = priced(master.data, crowds, np.zeros(len(master.data.cell_doctor)))
    master.add_patterns(found.patterns)
    return -int(-found.least.sum() // GRAIN) + master.data.constant


def _enriched(master: Master, crowds: tuple[Crowd, ...]) -> None:
    """Add the best patterns of the best totals at the final prices: columns a fraction never needs, a whole may."""
    master.solve()
    prices = master.prices().of_cells(master.data, master.cuts)
    master.add_patterns(priced(master.data, crowds, prices).patterns)
    master.solve()


def _generated(master: Master, crowds: tuple[Crowd, ...], best: int, stop: Stop) -> int:
    """Add columns until the master is within a millionth of the bound, or stopped; return the best bound met."""
    data = master.data
    for _ in range(ROUNDS):
        if stop():
            break
        value = master.solve()
        if stop():
            break
        prices = master.prices()
        found = priced(data, crowds, prices.of_cells(data, master.cuts))
        best = max(best, safe_value(data, found.least, prices, master.cuts))
        if value - best <= CLOSE * max(abs(value), 1.0):
            break
        worth: BoolArray = found.reduced / GRAIN < master.doctor_prices()[found.patterns.doctor] * UNIT - WORTH
        if master.add_patterns(take(found.patterns, np.flatnonzero(worth))) == 0:
            break
    return best
