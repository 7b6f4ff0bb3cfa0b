"""Pieces are drawn by what they gained per effort of late; their sizes grow where they are proved and shrink where not."""

from __future__ import annotations

from collections import Counter

import numpy as np

from rosterplan.model.arms import EFFORT, LARGEST, SMALLEST, Arms
from rosterplan.model.task import Outcome

PROVED, OPEN = Outcome("optimal", effort=0.0), Outcome("unknown", effort=2.0)


def drawn(arms: Arms, times: int = 400) -> Counter[tuple[str, int]]:
    draw = np.random.default_rng(3)
    return Counter((arm.engine, arm.shape) for _ in range(times) for arm in arms.drawn(draw, 2))


def test_an_arm_that_gains_is_drawn_more_often_and_no_arm_is_forgotten():
    arms = Arms(4, highs=False)
    for _ in range(5):
        for arm in arms.of["cp-sat"]:
            arms.learn(arm, PROVED, 100 if arm.shape == 2 else 0, 10_000)
    often = drawn(arms)
    assert often["cp-sat", 2] > 3 * max(often["cp-sat", shape] for shape in (0, 1, 3))
    assert all(often["cp-sat", shape] for shape in range(4))


def test_what_is_gained_is_weighed_by_what_it_cost_and_forgotten_in_time():
    arms = Arms(2, highs=False)
    cheap, dear = arms.of["cp-sat"]
    arms.learn(cheap, Outcome("optimal", effort=0.1), 10, 10_000)
    arms.learn(dear, Outcome("feasible", effort=9.0), 10, 10_000)
    assert cheap.rate > 5 * dear.rate
    before = cheap.rate
    for _ in range(10):
        arms.learn(cheap, Outcome("optimal", effort=0.1), 0, 10_000)
    assert cheap.rate < before / 5


def test_sizes_stay_within_their_limits_and_follow_what_is_proved():
    arms = Arms(1, highs=True)
    for engine in ("cp-sat", "mip"):
        arm = arms.of[engine][0]
        first = arm.size
        arms.learn(arm, OPEN, 0, 10_000)
        assert arm.size < first
        for _ in range(40):
            arms.learn(arm, OPEN, 0, 10_000)
        assert arm.size == SMALLEST
        for _ in range(40):
            arms.learn(arm, PROVED, 0, 10_000)
        assert arm.size == LARGEST


def test_a_piece_of_highs_that_gains_without_a_proof_keeps_its_size():
    arm = Arms(1, highs=True).of["mip"][0]
    size = arm.size
    Arms(1, highs=True).learn(arm, Outcome("feasible", effort=EFFORT["mip"]), 100, 10_000)
    assert arm.size == size


def test_highs_joins_once_pieces_of_cp_sat_gain_little_of_all_there_is():
    for gain, joined in ((1_000, False), (10, True)):
        arms = Arms(2, highs=True)
        assert {engine for engine, _ in drawn(arms)} == {"cp-sat"}
        for _ in range(20):
            arms.learn(arms.of["cp-sat"][0], Outcome("optimal", effort=1.0), gain, 100_000)
        assert ({engine for engine, _ in drawn(arms)} == {"cp-sat", "mip"}) == joined
    arms.learn(arms.of["cp-sat"][0], Outcome("optimal", effort=1.0), 50_000, 100_000)
    assert {engine for engine, _ in drawn(arms)} == {"cp-sat", "mip"}


def test_pieces_of_one_draw_are_of_one_engine_and_the_same_draw_gives_the_same():
    arms = Arms(3, highs=True)
    arms.joined = True
    draws = [arms.drawn(np.random.default_rng(seed), 2) for seed in range(60)]
    assert all(first.engine == second.engine for first, second in draws)
    assert {first.engine for first, _ in draws} == {"cp-sat", "mip"}
    assert draws[7] == arms.drawn(np.random.default_rng(7), 2)


def test_where_highs_has_no_place_it_never_joins():
    arms = Arms(3, highs=False)
    for _ in range(50):
        arms.learn(arms.of["cp-sat"][0], OPEN, 0, 10_000)
    assert {engine for engine, _ in drawn(arms)} == {"cp-sat"}
