"""What is measured, in the order in which it is worth most: one seed of everything, then the other seeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.country import drawn

FAIRNESS_SECONDS = {"small": 20.0, "medium": 20.0, "ght": 60.0, "large": 60.0, "region": 120.0}
BLEND_SECONDS = {"small": 20.0, "medium": 60.0, "large": 120.0}
FEW = ("round robin", "greedy", "rosterplan", "CP-SAT, hinted", "Timefold")
"""Contestants a target names; the others are measured last."""

OTHERS = ("CP-SAT", "HiGHS MIP", "Timefold, load balance")
INSTANT = ("round robin", "greedy")
SEEDS = (1, 2, 3)
SAME_WORKERS = (1, 2, 1, 2, 2)
DEPARTMENTS, FULL, QUARTERS = 100, 5, 40

OVERHEAD_SECONDS = {"small": 3.0, "medium": 7.0, "ght": 7.0, "large": 16.0, "region": 45.0}
"""Interpreter, generator, canvas, checks, beside the time limit (measured on two cores)."""

SAME_SECONDS = {"small": 40.0, "medium": 130.0}
FIRST_SECONDS, FULL_SECONDS, QUARTER_SECONDS = 6.0, 130.0, 5.0
"""A first roster with two departments at a time; a full effort; a quarter of the balance."""


@dataclass(frozen=True)
class Job:
    """One measurement: its part, what is measured, by whom, under which limit [s] (0: none), and about how long [s]."""

    part: str
    name: str
    seed: int
    method: str = ""
    limit: float = 0.0
    about: float = 0.0

    @property
    def key(self) -> str:
        """What names it in the journal."""
        return "/".join(filter(None, (self.part, self.name, self.method, str(self.seed))))


def plan(departments: int = DEPARTMENTS) -> list[Job]:
    """Return every measurement, the most wanted first."""
    made = list(_fairness(FAIRNESS_SECONDS, (1,)))
    made += [one for size in ("medium", "large", "small") for one in _blend(FEW, size, 1)]
    made += _same("small")
    made.append(Job("country-first", str(departments), 1, about=FIRST_SECONDS * departments))
    made.append(Job("balance", "small", 1, limit=float(QUARTERS), about=QUARTER_SECONDS * QUARTERS))
    made += _fairness(FAIRNESS_SECONDS, SEEDS[1:])
    made += _full(departments, FULL)
    made += [one for seed in SEEDS[1:] for one in _blend(FEW, "medium", seed)]
    made += _same("medium")
    made += [one for seed in SEEDS[1:] for one in _blend(FEW, "large", seed)]
    made += [one for size in ("medium", "large") for one in _blend(OTHERS, size, 1)]
    made += [one for seed in SEEDS[1:] for one in _blend(FEW, "small", seed)]
    made += [one for seed in SEEDS[1:] for size in ("medium", "large") for one in _blend(OTHERS, size, seed)]
    return made


def quick() -> list[Job]:
    """Return a little of every part: under five minutes in all."""
    made = list(_fairness({"small": 10.0, "medium": 15.0}, (1,)))
    made += [*_blend((*FEW, *OTHERS), "small", 1, 5.0), *_blend(FEW, "medium", 1, 10.0)]
    made += [Job("same", "small", run, f"{workers} workers", 0.0, 40.0) for run, workers in enumerate((1, 2), 1)]
    made.append(Job("country-first", "2", 1, about=2 * FIRST_SECONDS))
    made.append(Job("balance", "small", 1, limit=3.0, about=3 * QUARTER_SECONDS))
    return made


def _fairness(limits: dict[str, float], seeds: Sequence[int]) -> Iterator[Job]:
    for seed in seeds:
        for size, limit in limits.items():
            yield Job("fairness", size, seed, "", limit, limit + OVERHEAD_SECONDS[size])


def _blend(methods: Sequence[str], size: str, seed: int, limit: float | None = None) -> Iterator[Job]:
    seconds = BLEND_SECONDS[size] if limit is None else limit
    for method in methods:
        spent = 0.0 if method in INSTANT else seconds
        yield Job("blend", size, seed, method, seconds, spent + OVERHEAD_SECONDS[size])


def _same(size: str) -> Iterator[Job]:
    for run, workers in enumerate(SAME_WORKERS, 1):
        yield Job("same", size, run, f"{workers} workers", 0.0, SAME_SECONDS[size])


def _full(departments: int, many: int) -> Iterator[Job]:
    for number in drawn(departments, many):
        yield Job("country-full", str(departments), number, about=FULL_SECONDS)
