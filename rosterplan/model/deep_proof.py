"""What is proved beside the pieces: CP-SAT on a small whole first, then HiGHS, or a relaxation."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from rosterplan.canvas.block import block as cut
from rosterplan.canvas.strengthen import strengthened
from rosterplan.messages import say
from rosterplan.model.pieces import BLEND, awaited, take, value_of
from rosterplan.model.proof import Known
from rosterplan.model.search import Search
from rosterplan.model.task import Outcome, Task

PAIRS_AT_ONCE = 1_500
"""Up to it CP-SAT proves most wholes in seconds, so they are tried first."""
PAIRS_PROVED_WHOLE = 12_000
"""Up to it the whole is given to HiGHS beside the pieces (measured: 36 doctors × 28 days × 4 shifts)."""
WHOLE_EFFORT = 3.0
WHOLE_EFFORT_OF_COUNTS = 8.0
"""Costs by counts of duties are proved whole (measured: a month of 85 physicians in 0.3), and are no business of HiGHS."""
AT_ONCE = 2
"""Pieces planned from one roster before any is taken: fixed, so that the number of processes changes nothing."""
STALE_PIECES = 60
"""Pieces without a gain before the search ends where the effort has no time limit of its own."""
LAST_SECONDS = 4.0
"""What the end of a run needs for itself: rendering and audit are not counted here."""


class Proof:
    """What is proved meanwhile: CP-SAT on a small whole first, then HiGHS, or a relaxation."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.whole = strengthened(cut(search.program, np.arange(search.program.pairs), search.incumbent.column))
        now = self.whole.values(search.incumbent.held)
        self.apart = value_of(search.program, search.incumbent.column) - value_of(self.whole, now)
        self.known = Known(self.apart, say(fr="ce que rien ne peut changer", en="what nothing can change"))
        self.ticket: int | None = None
        self.stage = 0
        self.timed = search.limits.deadline is not None
        self.found: Outcome | None = None  # waits for the end of the pieces where no clock ends them

    @property
    def small(self) -> bool:
        """True if the whole may be solved as one."""
        return self.whole.pairs <= PAIRS_PROVED_WHOLE

    def done(self) -> bool:
        """True if the roster is proved best."""
        return self.known.value is not None and self.known.value >= value_of(
            self.search.program, self.search.incumbent.column
        )

    def first(self) -> None:
        """The whole by CP-SAT for a short while, where it is small; HiGHS beside it where a process would be idle."""
        counts = bool(len(self.whole.convex)) or bool(self.whole.spreads)
        if not self.small:
            self._submit("relax", 20.0)
        elif not counts:
            self.listen(0)
        if self.whole.pairs > (PAIRS_PROVED_WHOLE if counts else PAIRS_AT_ONCE):
            return
        effort = WHOLE_EFFORT_OF_COUNTS if counts else WHOLE_EFFORT
        task = Task(self.whole, BLEND, effort, self.search.limits.seed, name="whole")
        outcome = awaited(self.search, [self.search.crew.submit(task)])[0]
        take(self.search, np.arange(self.whole.pairs), outcome)
        self._learn(outcome, say(fr="résolution exacte du tableau entier", en="exact solution of the whole roster"))

    def listen(self, stale: int) -> None:
        """Take what came; start HiGHS on the whole: once pieces bring nothing, at once where time counts and two can work.

        It knows no largest gap, so a whole with one is not for it.
        """
        if self.ticket is not None and self.ticket in self.search.arrived:
            self._arrived(self.search.arrived.pop(self.ticket))
        if self.ticket is not None and self.ticket in self.search.crew.bounds:
            self._learn(Outcome("unknown", bound=self.search.crew.bounds.pop(self.ticket)), _by_whole_numbers())
        if self.ticket is not None and self.ticket in self.search.crew.rosters:
            shown = Outcome("feasible", self.search.crew.rosters.pop(self.ticket))
            take(self.search, np.arange(self.whole.pairs), shown)
        alone = self.search.crew.idle < AT_ONCE  # one process: pieces come first
        early = self.timed and not alone
        due = early or stale >= (STALE_PIECES if self.timed else STALE_PIECES // 3)
        if self.small and not self.whole.spreads and self.ticket is None and self.stage == 0 and due:
            self.stage = 1
            self._submit("mip", 100.0)

    def end(self) -> None:
        """Wait for what is about to come before the time is over."""
        limits = self.search.limits
        while self.ticket is not None and not self.done() and not limits.over():
            self.search.arrived.update(self.search.crew.outcomes())
            self.listen(0)
        if self.found is not None and not self.done():  # what is proved best stays, whenever another as good came
            take(self.search, np.arange(self.whole.pairs), self.found)

    def _submit(self, engine: str, effort: float) -> None:
        deadline = self.search.limits.deadline
        seconds = None if deadline is None else max(deadline - time.monotonic() - LAST_SECONDS, 1.0)
        task = Task(self.whole, BLEND, effort, self.search.limits.seed, name=engine, seconds=seconds)
        self.ticket = self.search.crew.submit(replace(task, engine=engine))  # type: ignore[arg-type]

    def _arrived(self, outcome: Outcome) -> None:
        self.ticket = None
        linear = say(fr="programme linéaire, multiplicateurs entiers", en="linear program, integer multipliers")
        how = linear if outcome.held is None else _by_whole_numbers()
        self._learn(outcome, how)
        if self.timed:
            take(self.search, np.arange(self.whole.pairs), outcome)
        else:
            self.found = outcome

    def _learn(self, outcome: Outcome, how: str) -> None:
        if outcome.bound is None:
            return
        bound = outcome.bound + self.apart
        if (
            self.known.value is None
            or bound > self.known.value
            or (bound == self.known.value and outcome.held is not None)
        ):
            self.known = Known(bound, how)
            self.search.bounds["blend"] = bound


def _by_whole_numbers() -> str:
    return say(fr="programme en nombres entiers du tableau entier", en="integer program of the whole roster")
