"""Exchanges against every roster: as many hold each duty as before, and no such roster is fairer than the one found."""

from __future__ import annotations

import numpy as np

from rosterplan.canvas import Program
from rosterplan.canvas.arrays import IntArray
from rosterplan.canvas.block import block as cut
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.model import tasks
from rosterplan.model.blocks import Block, units_of
from rosterplan.model.engines import solve_task
from rosterplan.model.exchange import exchanged, exchanges_of, waits_of_exchanges
from rosterplan.model.rounds import Incumbent
from tests.exact.test_bound_fairness import a_department

FAIRNESS = STAGE_NUMBER["fairness"]


def legal(program: Program) -> list[IntArray]:
    choices = (np.arange(2**program.pairs)[:, None] >> np.arange(program.pairs)) & 1
    values = [program.values(one.astype(bool)) for one in choices]
    return [one for one in values if not len(program.broken(one))]


def test_a_circle_of_all_finds_the_fairest_roster_with_as_many_on_each_duty():
    better = 0
    for seed in range(40):
        tiny = a_department(7000 + seed, rest=60 if seed % 2 else None, cap=3, holes=False)
        program, duty = tiny.program, tiny.canvas.pairs["duty"][tiny.program.pair]
        rosters = legal(program)
        now = rosters[int(np.random.default_rng(seed).integers(len(rosters)))]
        incumbent = Incumbent(program, now[: program.pairs].astype(bool))
        numbers = [np.bincount(duty, weights=one[: program.pairs]).tolist() for one in rosters]
        same = [
            one
            for one, many in zip(rosters, numbers, strict=True)
            if many == np.bincount(duty, weights=now[: program.pairs]).tolist()
        ]
        least = min(int(program.costs(one)[FAIRNESS]) for one in same)
        block = Block("all", 0, np.arange(program.pairs))
        task = exchanged(tasks.Setting(incumbent, 1, 3.0), duty)(block, program, now)
        assert task is not None
        outcome = solve_task(task)
        assert outcome.verdict == "optimal" and outcome.held is not None
        found = program.values(outcome.held)
        assert (
            np.bincount(duty, weights=outcome.held).tolist() == np.bincount(duty, weights=now[: program.pairs]).tolist()
        )
        assert not len(program.broken(found))
        assert int(program.costs(found)[FAIRNESS]) == least
        better += least < int(program.costs(now)[FAIRNESS])
    assert better >= 15


def test_circles_hold_each_doctor_once_and_only_duties_someone_of_them_holds():
    for seed in range(10):
        tiny = a_department(7100 + seed, rest=None, cap=None, holes=False)
        canvas, program = tiny.canvas, tiny.program
        held = legal(program)[-1][: program.pairs].astype(bool)
        doctor, duty = canvas.pairs["doctor"][program.pair], canvas.pairs["duty"][program.pair]
        circles = exchanges_of(canvas, program, units_of(canvas, program), held, draw=seed, pairs=6)
        seen: list[tuple[int, int]] = []
        for circle in circles:
            assert set(duty[circle.pairs]) == set(duty[circle.pairs][held[circle.pairs]])
            seen += [(circle.unit, int(one)) for one in np.unique(doctor[circle.pairs])]
        assert len(seen) == len(set(seen))
        assert [one.pairs.tolist() for one in circles] == [
            one.pairs.tolist()
            for one in exchanges_of(canvas, program, units_of(canvas, program), held, draw=seed, pairs=6)
        ]


def test_circles_that_do_not_wait_for_each_other_end_the_same_whoever_goes_first():
    free = 0
    for seed in range(30):
        tiny = a_department(7200 + seed, rest=60 if seed % 2 else None, cap=3, holes=False)
        canvas, program, duty = tiny.canvas, tiny.program, tiny.canvas.pairs["duty"][tiny.program.pair]
        rosters = sorted(legal(program), key=lambda one: -int(one[: tiny.program.pairs].sum()))
        held = rosters[seed % 3][: program.pairs].astype(bool)
        circles = exchanges_of(canvas, program, units_of(canvas, program), held, draw=seed, pairs=3)[:2]
        if len(circles) < 2 or waits_of_exchanges(program, duty, circles)[1]:
            continue
        ends = []
        for order in ((0, 1), (1, 0)):
            incumbent = Incumbent(program, held)
            maker = exchanged(tasks.Setting(incumbent, 1, 3.0), duty)
            for number in order:
                pairs = circles[number].pairs
                task = maker(circles[number], cut(program, pairs, incumbent.column), incumbent.column)
                assert task is not None
                outcome = solve_task(task)
                assert outcome.verdict == "optimal" and outcome.held is not None
                incumbent.take(pairs, outcome.held)
                assert not len(program.broken(incumbent.column))
            ends.append(incumbent.held.tolist())
        assert ends[0] == ends[1]
        free += 1
    assert free >= 8
