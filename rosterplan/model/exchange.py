"""Exchanges: a few doctors share out anew the duties they hold, all shifts staying as many as they are.

Where needs are met by overlapping shifts, who holds them is a small question once the shifts are given, and a hopeless
one together with them: a circle of six is solved in a second or two, not in a minute otherwise (measured).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import BoolArray, IntArray, grouped, ints, stacked
from rosterplan.canvas.harden import hardened, unspent
from rosterplan.canvas.program import STAGE_NUMBER, Rows
from rosterplan.domain.result import Stage
from rosterplan.model import tasks
from rosterplan.model.blocks import Block
from rosterplan.model.rounds import TaskMaker
from rosterplan.model.task import Task

PAIRS = 400
"""Twice as many found nothing better in the same time (measured)."""

UPPER = (STAGE_NUMBER["caps"], STAGE_NUMBER["shares"])


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


def exchanged(setting: tasks.Setting, duty: IntArray, stage: Stage = "fairness") -> TaskMaker:
    """Minimise a stage with as many doctors on each duty as now; ``duty``: that of each pair."""

    def make(block: Block, program: Program, _column: IntArray) -> Task | None:
        now = program.values(setting.incumbent.held[block.pairs])
        kept = _as_many(hardened(program, now, unspent(program, now, UPPER)), duty[block.pairs], now)
        return Task(
            kept, ((stage, 1),), setting.effort, setting.seed, limits=tasks.limits_of(kept, now), name=block.name
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
    terms, row = program.rows.terms, program.rows.terms.row_of_entry
    pairs = terms.items < program.pairs
    sizes = np.bincount(place)
    code = row[pairs] * len(sizes) + place[terms.items[pairs]]
    both, first, many = np.unique(code, return_index=True, return_counts=True)
    same = np.repeat(terms.coefs[pairs][first], many) == terms.coefs[pairs][np.argsort(code, kind="stable")]
    alike = np.bincount(np.repeat(np.arange(len(both)), many), weights=~same, minlength=len(both)) == 0
    told = alike & (many == sizes[both % len(sizes)])
    other = np.bincount(row, weights=~pairs, minlength=len(terms)) > 0
    return np.asarray(~other & (np.bincount(both // len(sizes), weights=~told, minlength=len(terms)) == 0), dtype=bool)
