"""What costs cover at large: what no roster can fill, with its proof, and what each family of rules costs at most.

Two levels, told apart: relaxations say what any roster must leave open; the roster's own holes say where one more
duty, or one more volunteer, would help.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from rosterplan.domain.explanations import (
    CoverExplained,
    CoverLevel,
    FamilyCost,
    HoleExplained,
    LineCover,
    ScarceMonth,
)
from rosterplan.domain.findings import AuditReport
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.work import Line
from rosterplan.explain.board import lay
from rosterplan.explain.holes import Short, explained_holes, short_duties
from rosterplan.explain.moves import Move, give
from rosterplan.explain.newcomers import joined, newcomer
from rosterplan.rules.admission import admitted, serving
from rosterplan.rules.base import Rule

if TYPE_CHECKING:
    from rosterplan.canvas.arrays import IntArray
    from rosterplan.canvas.program import Program

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "dates": ("availability",),
        "maxima": ("declared-maximum",),
        "plafonds": ("max-per-window", "max-per-period", "max-weekends", "one-feast", "hours-window", "average-hours"),
        "repos": ("min-rest", "rest-after-night", "equal-rest", "max-stretch", "max-delay", "min-days-off"),
        "rythme": ("spacing", "consecutive-weekends", "weekend-block", "weekend-split", "min-run"),
        "personnes": ("pairs-apart", "pairs-together", "same-practice", "newcomer-ramp", "never-alone", "one-of-each"),
    }
)
"""Families relaxed one at a time, by the codes of their rules; only hard rules of the book count."""

MOST_ROWS: Final = 60_000
"""Rows beyond which rests between two duties, most of them, are left out of the bounds."""

MOST_COLUMNS: Final = 15_000
"""Columns of a plan with demands beyond which no bound is looked for priority by priority: that of all alike is."""

LONG_ROW: Final = 10
"""Terms from which a row is no rest between a few duties, but a cap."""

VOLUNTEER: Final = "volontaire de plus"


def explained_cover(instance: Instance, rules: Sequence[Rule], roster: Roster, report: AuditReport) -> CoverExplained:
    """Return what costs cover; every bound is proved by integer multipliers, none is estimated."""
    short = short_duties(instance, report)
    open_positions = _open_by_priority(report)
    missing = sum(open_positions.values())
    hard = [rule for rule in rules if rule.strength.kind != "soft" or rule.code == "coverage"]
    program, lacking = _posted(instance, hard, roster)
    least, levels, unavoidable = _proved(instance, program, lacking, open_positions, report)
    holes = explained_holes(instance, rules, roster, report=report, most=0)
    least = min(missing, least)
    return CoverExplained(
        missing=missing, least=least, unavoidable=unavoidable, levels=levels,
        families=tuple(_families(instance, hard, roster, least)) if missing else (),
        months=_months(instance, holes), lines=_lines(instance, rules, roster, short),
    )  # fmt: skip


def _posted(instance: Instance, rules: Sequence[Rule], roster: Roster) -> tuple[Program, IntArray]:
    """Return the program of some rules and what the roster lacks in each of its rows; pairs not on it count nothing."""
    from rosterplan.model.build import canvas_of
    from rosterplan.model.tasks import missing_of

    canvas = canvas_of(instance, rules)
    program = canvas.program()
    numbers = {one.id: number for number, one in enumerate(instance.doctors)}
    duties = {one.id: number for number, one in enumerate(instance.duties)}
    held = {(numbers[one.doctor], duties[one.duty]) for one in roster.assignments}
    who, what = canvas.pairs["doctor"][program.pair], canvas.pairs["duty"][program.pair]
    columns = np.array([pair in held for pair in zip(who.tolist(), what.tolist(), strict=True)], dtype=bool)
    return _lightened(program, missing_of(program, program.values(columns)))


def _lightened(program: Program, lacking: IntArray) -> tuple[Program, IntArray]:
    """Return a program small enough for seconds: of one with too many rows, needs and long rows (caps) alone are kept.

    What is left forbids less, so every bound proved of it holds; it may only be weaker.
    """
    rows = program.rows
    if len(rows) <= MOST_ROWS:
        return program, lacking
    kept = np.flatnonzero((rows.under_weight > 0) | (rows.terms.lengths >= LONG_ROW))
    light = replace(program, rows=rows.take(kept, rows.terms.take(kept), rows.lo[kept], rows.hi[kept]))
    return light, lacking[kept]


def _proved(
    instance: Instance, program: Program, lacking: IntArray, count: Mapping[int, int], report: AuditReport
) -> tuple[int, tuple[CoverLevel, ...], tuple[str, ...]]:
    """Return the least missing of any roster, priority by priority too, and the duties every such roster leaves open."""
    from rosterplan.model.coverage_bound import CoverageBound, coverage_bound, fewest_missing

    shifts = bool(instance.wanted) and program.columns > MOST_COLUMNS
    bound = CoverageBound((), frozenset()) if shifts else coverage_bound(program, lacking)
    proved = dict(bound.levels)
    bands = _bands_by_priority(instance, report)
    least = fewest_missing(program, lacking)
    last = min(_priorities(program), default=0)
    levels: list[CoverLevel] = []
    for one in sorted(count, reverse=True):
        known = [proved[one]] if one in proved else []
        if one == last:  # nothing less grave could be left open instead
            known.append(least - sum(level.missing for level in levels))
        levels.append(
            CoverLevel(
                priority=one, bands=tuple(sorted(bands.get(one, ()))), missing=count[one],
                least=min(count[one], max(0, *known)) if known else None,
            )
        )  # fmt: skip
    open_always = tuple(instance.duties[number].id for number in sorted(bound.unavoidable))
    return least, tuple(levels), open_always


def _open_by_priority(report: AuditReport) -> dict[int, int]:
    """Return the positions left open at each priority: doctors missing on duties, and at each part of a demand."""
    count: dict[int, int] = defaultdict(int)
    for one in report.findings:
        if one.stage == "coverage" and one.amount > 0:
            count[round(one.cost / one.amount)] += int(one.amount)
    return dict(count)


def _bands_by_priority(instance: Instance, report: AuditReport) -> dict[int, set[str]]:
    """Return the bands of what is left open at each priority; a demand may have none."""
    known: dict[str, str | None] = {one.id: one.band for one in instance.wanted}
    known |= {one.id: one.band for one in instance.duties}
    bands: dict[int, set[str]] = defaultdict(set)
    for one in report.findings:
        if one.stage == "coverage" and one.amount > 0:
            bands[round(one.cost / one.amount)] |= {band for name in one.duties if (band := known.get(name))}
    return bands


def _priorities(program: Program) -> set[int]:
    """Return the priorities of all needs of the program."""
    from rosterplan.model.tasks import COVERAGE

    rows = program.rows
    needs = (rows.under_stage == COVERAGE) & (rows.under_weight > 0)
    return set(rows.under_weight[needs].tolist())


def _families(instance: Instance, rules: Sequence[Rule], roster: Roster, least: int) -> Iterator[FamilyCost]:
    """Yield the families the book has, those that cost most first; ``least``: the proved minimum under all of them."""
    from rosterplan.model.coverage_bound import fewest_missing

    found = []
    for family, codes in FAMILIES.items():
        relaxed = [rule for rule in rules if rule.code in codes]
        if relaxed:
            kept = [rule for rule in rules if rule.code not in codes]
            without = min(least, fewest_missing(*_posted(instance, kept, roster)))
            titles = tuple(dict.fromkeys(rule.named for rule in relaxed))
            found.append(FamilyCost(family=family, rules=titles, least=without, cost=least - without))
    yield from sorted(found, key=lambda one: -one.cost)


def _months(instance: Instance, holes: Sequence[HoleExplained]) -> tuple[ScarceMonth, ...]:
    """Return the doctor-months in which consent alone would fill holes, those of most holes first."""
    count: dict[tuple[str, date], int] = defaultdict(int)
    rules: dict[tuple[str, date], set[str]] = defaultdict(set)
    consents = {"max-per-window", "max-per-period", "max-weekends", "one-feast", "declared-maximum"}
    for hole in holes:
        for one in hole.candidates:
            if one.obstacles and {obstacle.rule for obstacle in one.obstacles} <= consents:
                key = one.doctor, hole.day.replace(day=1)
                count[key] += 1
                rules[key] |= {obstacle.title for obstacle in one.obstacles}
    ranked = sorted(count, key=lambda key: (-count[key], key[1], instance.doctor_by_id[key[0]].directory_name))
    return tuple(
        ScarceMonth(doctor=key[0], month=key[1], holes=count[key], rules=tuple(sorted(rules[key]))) for key in ranked
    )


def _lines(
    instance: Instance, rules: Sequence[Rule], roster: Roster, short: Mapping[str, Short]
) -> tuple[LineCover, ...]:
    """Return the lines with holes, those where one more volunteer fills most first."""
    holes: dict[str, list[str]] = defaultdict(list)
    for duty in short:
        holes[instance.duty_by_id[duty].line].append(duty)
    hard = [rule for rule in rules if rule.strength.kind != "soft"]
    tables = {table.line.id: table for table in admitted(instance, hard, lines=frozenset(holes))}
    serve = {
        line: serving(instance, instance.line_by_id[line]) | {doctor.id for doctor in table.doctors}
        for line, table in tables.items()
    }
    filled = _filled_by_one_more(instance, hard, roster, holes)
    total: dict[str, int] = defaultdict(int)
    for one in instance.duties:
        total[one.line] += one.need_min
    found = [
        LineCover(
            line=line, duties=total[line], doctors=len(serve[line]),
            offered=int(tables[line].mask.sum()), unfilled=sum(short[duty].missing for duty in open_duties),
            volunteer_fills=filled[line],
        )
        for line, open_duties in holes.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.volunteer_fills, -one.unfilled, one.line)))


def _filled_by_one_more(
    instance: Instance, rules: Sequence[Rule], roster: Roster, holes: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Return how many holes of each line one more doctor, free on all dates, takes one after another, no rule broken.

    The doctor `whatif --with` would add, shares worked out again. The gravest first, then by date: another order might
    do better, so the number is a least, the others keeping what they hold though their own share is smaller.
    """
    found: dict[str, int] = {}
    for lines in _apart(instance, list(holes)):
        newcomers = {line: newcomer(_lines_with(instance, line), f"{VOLUNTEER} {line}") for line in lines}
        pairs = [(newcomers[line].id, duty) for line in lines for duty in holes[line]]
        board = lay(joined(instance, list(newcomers.values())), rules, roster, pairs=pairs)
        for line in lines:
            taken: tuple[Move, ...] = ()
            for duty in holes[line]:
                if board.judge((*taken, *give(duty, newcomers[line].id))).legal:
                    taken = (*taken, *give(duty, newcomers[line].id))
            found[line] = len(taken)
    return found


def _lines_with(instance: Instance, line: str) -> list[Line]:
    """Return the lines of the sector of a line, itself first, or itself alone where it has none."""
    of = instance.line_by_id[line]
    return [of, *(one for one in instance.lines if of.sector and one.sector == of.sector and one is not of)]


def _apart(instance: Instance, lines: Sequence[str]) -> list[list[str]]:
    """Return the lines in few parts, in each of which no two newcomers share anything: they would lessen each other's share."""
    by_name = any(doctor.lines for doctor in instance.doctors)
    parts: list[tuple[set[str], list[str]]] = []
    for line in lines:
        of = instance.line_by_id[line]
        near = {
            one.id for one in instance.lines if one.sector == of.sector and (one.sector or not by_name or one is of)
        }
        marks = {instance.group_of_line.get(one, one) for one in near}
        part = next((part for part in parts if not part[0] & marks), None)
        if part is None:
            parts.append((marks, [line]))
        else:
            part[0].update(marks)
            part[1].append(line)
    return [names for _, names in parts]
