"""Exchanges: a few doctors share out anew the duties they hold, all shifts staying as many as they are.

Where needs are met by overlapping shifts, who holds them is a small question once the shifts are given, and a hopeless
one together with them: a circle of six is solved in a second or two, not in a minute otherwise (measured).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import BoolArray, IntArray, Ragged, grouped, ints, stacked
from rosterplan.canvas.harden import UPPER, hardened, unspent
from rosterplan.canvas.program import Rows
from rosterplan.model import tasks
from rosterplan.model.blocks import Block, waits_for
from rosterplan.model.rounds import TaskMaker, run_round
from rosterplan.model.search import Search
from rosterplan.model.task import Task

PAIRS = 400
"""Twice as many found nothing better in the same time (measured)."""

EFFORT = 0.4
"""Deterministic time of one circle."""

ROUNDS = 12
"""Rounds of circles at most, per unit of effort."""

WORTHWHILE = 0.002
"""A round that gains less of the fairness cost is the last one."""


def exchange(search: Search, goal: int) -> None:
    """Improve fairness by exchanges among circles of doctors, down to ``goal``, while it helps."""
    program, stop = search.program, search.limits.over
    duty = search.canvas.pairs["duty"][program.pair]
    setting = tasks.Setting(search.incumbent, search.limits.seed, EFFORT)
    for turn in range(ROUNDS * search.limits.effort):
        before, draw = search.fairness(), search.limits.seed * 1000 + turn
        if before <= goal or stop():
            break
        circles = exchanges_of(search.canvas, program, search.units, search.incumbent.held, draw=draw)
        run_round(
            search.incumbent, circles, [exchanged(setting, duty)], search.worth.better, search.crew, stop=stop,
            watch=lambda _incumbent, done, every, _circle: search.tell("fairness", done, every),
            waiting=waits_of_exchanges(program, duty, circles),
        )  # fmt: skip
        if search.fairness() > before * (1 - WORTHWHILE):
            break


def exchanges_of(
    canvas: Canvas, program: Program, units: Sequence[Block], held: BoolArray, *, draw: int, pairs: int = PAIRS
) -> tuple[Block, ...]:
    """Return each unit cut into circles of doctors, drawn by lot, with the duties someone of the circle holds."""
    doctor, duty = canvas.pairs["doctor"][program.pair], canvas.pairs["duty"][program.pair]
    found: list[Block] = []
    for unit in units:
        people = np.unique(doctor[unit.pairs])
        order = people[np.random.default_rng([draw, unit.unit]).permutation(len(people))]
        own = [unit.pairs[doctor[unit.pairs] == one] for one in order.tolist()]
        first = 0
        while first < len(order):
            last, chosen = first + 1, own[first]
            while last < len(order):
                among = np.concatenate(own[first : last + 1])
                free = among[np.isin(duty[among], duty[among[held[among]]])]
                if len(free) > pairs and last > first + 1:
                    break
                last, chosen = last + 1, free
            if last - first >= 2 and len(chosen):
                found.append(Block(f"{unit.name}, exchange {len(found)}", unit.unit, np.sort(chosen)))
            first = last
    return tuple(found)


def waits_of_exchanges(program: Program, duty: IntArray, circles: Sequence[Block]) -> list[set[int]]:
    """Return the earlier circles each waits for: those of a row that is not told by how many hold each duty.

    Numbers stay as they are in every circle, so rows told by them stand where they stood whoever goes first.
    """
    told = _told_by_numbers(program, np.unique(duty, return_inverse=True)[1])
    kept = np.flatnonzero(~told)
    rows = program.rows.take(kept, program.rows.terms.take(kept), program.rows.lo[kept], program.rows.hi[kept])
    alone = [replace(circle, unit=number) for number, circle in enumerate(circles)]
    return waits_for(replace(program, rows=rows), alone)


def exchanged(setting: tasks.Setting, duty: IntArray) -> TaskMaker:
    """Minimise fairness with as many doctors on each duty as now; ``duty``: that of each pair."""

    def make(block: Block, program: Program, _column: IntArray) -> Task | None:
        now = program.values(setting.incumbent.held[block.pairs])
        kept = _as_many(hardened(program, now, unspent(program, now, UPPER)), duty[block.pairs], now)
        return Task(
            kept, (("fairness", 1),), setting.effort, setting.seed, limits=tasks.limits_of(kept, now), name=block.name
        )  # fmt: skip

    return make


def _as_many(program: Program, duty: IntArray, now: IntArray) -> Program:
    """Return the program with each duty held by as many as now; rows that say no more than that are left out."""
    rows = program.rows
    _, place = np.unique(duty, return_inverse=True)
    many = ints(np.bincount(place, weights=now[: program.pairs]))
    count, none = len(many), np.zeros(len(many), dtype=np.int64)
    rest = np.flatnonzero(~_told_by_numbers(program, ints(place)))
    kept = rows.take(rest, rows.terms.take(rest), rows.lo[rest], rows.hi[rest])
    terms = grouped(ints(place), np.arange(len(duty), dtype=np.int64), np.ones(len(duty), dtype=np.int64), count)
    sides = {
        name: np.concatenate((getattr(kept, name), none + value))
        for name, value in (("over_weight", 0), ("over_stage", 0), ("under_weight", 0), ("under_stage", 0),
                            ("rule", 0), ("key", -1))
    }  # fmt: skip
    lo, hi = np.concatenate((kept.lo, many)), np.concatenate((kept.hi, many))
    return replace(program, rows=Rows(terms=stacked([kept.terms, terms]), lo=lo, hi=hi, **sides))


def _told_by_numbers(program: Program, place: IntArray) -> BoolArray:
    """Return which rows depend on how many hold each duty (``place`` per pair) alone, not on who does."""
    sizes = np.bincount(place, minlength=1)
    derived = _whole_duties(program.any_of, place, sizes, np.zeros(0, dtype=bool))
    return _whole_duties(program.rows.terms, place, sizes, derived)


def _whole_duties(lists: Ragged, place: IntArray, sizes: IntArray, derived: BoolArray) -> BoolArray:
    """Return which lists hold all pairs of each duty they hold, equally counted; ``derived``: columns told already."""
    row, items, pairs = lists.row_of_entry, lists.items, len(place)
    inside = items < pairs
    code = row[inside] * len(sizes) + place[items[inside]]
    both, first, many = np.unique(code, return_index=True, return_counts=True)
    coefs = lists.coefs[inside]
    same = np.repeat(coefs[first], many) == coefs[np.argsort(code, kind="stable")]
    alike = np.bincount(np.repeat(np.arange(len(both)), many), weights=~same, minlength=len(both)) == 0
    told = alike & (many == sizes[both % len(sizes)])
    known = np.concatenate((derived, np.zeros(1, dtype=bool)))[np.minimum(items[~inside] - pairs, len(derived))]
    other = np.bincount(row[~inside], weights=~known, minlength=len(lists)) > 0
    return np.asarray(~other & (np.bincount(both // len(sizes), weights=~told, minlength=len(lists)) == 0), dtype=bool)
