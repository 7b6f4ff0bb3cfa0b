"""One block to improve and what came back: frozen data that travels between processes; no ortools here."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, field, replace
from typing import Literal

from rosterplan.canvas.arrays import BoolArray, IntArray
from rosterplan.canvas.program import Program
from rosterplan.domain.result import Stage

Verdict = Literal["optimal", "feasible", "infeasible", "unknown", "lost"]


@dataclass(frozen=True)
class Work:
    """Of each pair of a block: its doctor, the duty it fills and the kind of that duty, as numbers."""

    doctor: IntArray
    duty: IntArray
    kind: IntArray

    def of(self, pairs: IntArray) -> Work:
        """The same of some pairs."""
        return Work(self.doctor[pairs], self.duty[pairs], self.kind[pairs])


@dataclass(frozen=True)
class Task:
    """Minimise the given stages over a block, within limits.

    ``minimise`` weighs stages; ``level_weight`` replaces coverage priorities by lexicographic weights where coverage
    is minimised. ``limits`` caps the block's value of a stage. ``missing_cap`` caps what each row may lack (−1: free).
    ``count_low``/``count_high`` bound the count of each cost table, ``group_counts`` those of the groups of each largest gap
    (None: free). ``effort`` is CP-SAT deterministic time.
    ``engine``: CP-SAT, or HiGHS in whole numbers (`mip`, at most ``seconds`` where given, to a relative ``gap``), or HiGHS for a
    bound alone (`relax`); HiGHS knows what is minimised and hard rows, none of the limits above. `giving` improves
    ``start`` by giving duties out anew among the doctors of ``work``; `gaps` is CP-SAT at the counts whose largest gap is least. ``symmetry``: CP-SAT looks for doctors who could change places.
    """

    program: Program
    minimise: tuple[tuple[Stage, int], ...]
    effort: float
    seed: int
    level_weight: tuple[tuple[int, int], ...] = ()
    limits: tuple[tuple[Stage, int], ...] = ()
    missing_cap: IntArray | None = None
    count_low: IntArray | None = None
    count_high: IntArray | None = None
    group_counts: tuple[tuple[IntArray, IntArray] | None, ...] | None = None
    hint: BoolArray | None = None
    name: str = ""
    engine: Literal["cp-sat", "mip", "relax", "giving", "gaps"] = "cp-sat"
    start: BoolArray | None = None
    work: Work | None = None
    seconds: float | None = None
    gap: float = 0.0
    symmetry: bool = True

    def digest(self) -> bytes:
        """What tells this task from any other, its name apart."""
        return hashlib.sha256(pickle.dumps(replace(self, name=""), protocol=5)).digest()


@dataclass(frozen=True)
class Outcome:
    """What a solve of a task gave; ``lost`` when its process died or hung."""

    verdict: Verdict
    held: BoolArray | None = None
    objective: int | None = None
    bound: int | None = None
    effort: float = 0.0
    note: str = field(default="", compare=False)
