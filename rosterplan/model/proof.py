"""What may be claimed of a roster: value, bound and proof of each stage, never prettified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.domain.result import OPTIMISED, Level, Result, Stage, StageResult, Status
from rosterplan.messages import say
from rosterplan.model import tasks
from rosterplan.model.coverage_bound import coverage_bound
from rosterplan.model.search import Search


@dataclass(frozen=True)
class Known:
    """A lower bound of a stage and how it is known, in a planner's words; None where nothing is known."""

    value: int | None
    how: str


def highest(known: Mapping[Stage, Known], more: Mapping[Stage, Known]) -> dict[Stage, Known]:
    """Return the higher bound of each stage, the first where they are equal."""
    found = dict(known)
    for stage, one in more.items():
        before = found[stage].value if stage in found else None
        if one.value is not None and (before is None or one.value > before):
            found[stage] = one
    return found


@dataclass(frozen=True)
class CoverageKnown:
    """Least missing positions per priority given the misses of higher ones, and duties no roster can fill."""

    least: tuple[tuple[int, int | None], ...]
    unavoidable: frozenset[int]
    how: str


def coverage_known(search: Search) -> CoverageKnown:
    """Return what is proved of the holes, by linear programs over the parts that have some."""
    missing = tasks.missing_of(search.program, search.incumbent.column)
    if not missing.any():
        return CoverageKnown((), frozenset(), say(fr="tout est pourvu", en="all is filled"))
    if search.best_cover_proved():
        found = tuple(missing_per_level(search))
        how = say(fr="résolution exacte de la couverture entière", en="exact solution of the whole cover")
        return CoverageKnown(found, holes_no_one_can_fill(search), how)
    missing = tasks.missing_of(search.program, search.incumbent.column)
    bound = coverage_bound(search.program, missing, stop=search.limits.over)
    return CoverageKnown(
        bound.levels, bound.unavoidable | holes_no_one_can_fill(search),
        say(fr="programme linéaire, multiplicateurs entiers", en="linear program, integer multipliers"),
    )  # fmt: skip


def loads_known(search: Search) -> dict[Stage, Known]:
    """Return that caps and shares of the incumbent are the least there are with its holes."""
    how = say(
        fr="résolution exacte, à nombre de gardes non pourvues donné", en="exact solution, for the roster’s own holes"
    )
    costs = search.program.costs(search.incumbent.column)
    stages: tuple[Stage, ...] = ("caps", "shares")
    return {stage: Known(value, how) for stage in stages if (value := int(costs[STAGE_NUMBER[stage]])) > 0}


def missing_per_level(search: Search) -> list[tuple[int, int]]:
    """Return (priority, missing positions) of the incumbent, gravest first; rows dropped as idle lack nothing."""
    rows = search.program.rows
    missing = tasks.missing_of(search.program, search.incumbent.column)
    coverage = rows.under_stage == tasks.COVERAGE
    return [
        (priority, int(missing[coverage & (rows.under_weight == priority)].sum()))
        for priority in search.worth.priorities
    ]


def result_of(
    search: Search,
    coverage: CoverageKnown,
    known: dict[Stage, Known],
    best_fairness: int,
    *,
    stopped: bool,
    rest_kept: bool = False,
) -> Result:
    """Return the result of a search: each stage with its value, bound and proof."""
    costs = search.program.costs(search.incumbent.column)
    stages = [_coverage(search, coverage)]
    rest: tuple[Stage, ...] = ("caps", "shares", "fairness")
    for stage in rest:
        best = best_fairness if stage == "fairness" else None
        stages.append(_stage(stage, int(costs[STAGE_NUMBER[stage]]), known.get(stage), best))
    blend = sum(int(costs[number]) for number in tasks.BLEND)
    stages.append(_stage("blend", blend, known.get("blend"), None))
    stages.append(StageResult(name="wishes", value=int(costs[STAGE_NUMBER["wishes"]])))
    stages.append(StageResult(name="comfort", value=int(costs[STAGE_NUMBER["comfort"]])))
    optimal = all(stage.proven for stage in stages if stage.name in OPTIMISED)
    status: Status = "stopped" if stopped else "optimal" if optimal else "feasible"
    return Result(
        status=status, seed=search.limits.seed, effort=search.limits.effort, stages=tuple(stages),
        proven_holes=tuple(name for key in sorted(coverage.unavoidable) for name in _named(search, key)),
        rest_kept=rest_kept,
    )  # fmt: skip


def _named(search: Search, key: int) -> tuple[str, ...]:
    """Return the id of the duty, or those of the parts of a demand, a coverage row is about."""
    instance = search.canvas.instance
    if key >= 0:
        return (instance.duties[key].id,)
    return tuple(part.id for part, first in zip(instance.wanted, instance.alike, strict=True) if first == -2 - key)


def _coverage(search: Search, known: CoverageKnown) -> StageResult:
    """Return the coverage stage, priority by priority."""
    least = dict(known.least)
    levels, so_far = [], True
    for priority, missing in missing_per_level(search):
        bound = 0 if missing == 0 else least.get(priority)
        so_far = so_far and bound is not None and bound == missing
        levels.append(Level(priority=priority, missing=missing, bound=bound, proven=bound == missing))
    value = sum(level.priority * level.missing for level in levels)
    bounds = [level.bound for level in levels]
    total = None if None in bounds else sum(level.priority * (level.bound or 0) for level in levels)
    return StageResult(
        name="coverage", value=value, bound=total, proven=so_far, how=known.how, levels=tuple(levels)
    )  # fmt: skip


def _stage(stage: Stage, value: int, known: Known | None, best: int | None) -> StageResult:
    """Return one stage; a value of 0 that cannot be lower proves itself."""
    reached = value if best is None else best
    bound, how = (known.value, known.how) if known else (None, "")
    if bound is None and reached == 0:
        bound, how = 0, say(fr="valeur nulle, qui ne peut pas baisser", en="nil, which nothing can be below")
    return StageResult(
        name=stage, value=value, bound=bound, proven=bound is not None and bound >= reached, best=best, how=how
    )


def holes_no_one_can_fill(search: Search) -> frozenset[int]:
    """Return duties with fewer candidates than their need: no roster fills them, whatever else it does."""
    duties = search.canvas.duties
    pairs = search.canvas.pairs
    candidates = np.bincount(pairs["duty"][pairs["duty"] >= 0], minlength=len(duties))
    return frozenset(np.flatnonzero(candidates < duties["need_min"]).tolist())
