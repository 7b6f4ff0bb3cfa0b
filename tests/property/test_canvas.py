"""Invariants of the canvas: windows and cliques against plain loops, blocks against the whole, CP-SAT against both."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterplan.canvas import Canvas, Soft
from rosterplan.canvas.arrays import ints
from rosterplan.canvas.block import block, touched_convex
from rosterplan.canvas.program import Program
from rosterplan.canvas.windows import every_window, interval_cliques, maximal_windows
from rosterplan.domain.instance import PastDuty
from rosterplan.domain.result import STAGES
from rosterplan.model.engines import solve_task
from rosterplan.model.task import Task
from tests.exact.harness import a_doctor, a_duty, an_instance, at

times = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 14)), min_size=1, max_size=9)


@given(times, st.integers(1, 6))
def test_maximal_windows_hold_every_set_a_window_can_hold(columns: list[tuple[int, int]], span: int):
    group, time = ints([g for g, _ in columns]), ints([t for _, t in columns])
    order, first, last = maximal_windows(group, time, span)
    found = {frozenset(order[a:b].tolist()) for a, b in zip(first, last, strict=True)}
    wanted = {
        frozenset(i for i, (g, t) in enumerate(columns) if g == g0 and t0 <= t < t0 + span)
        for g0 in range(3)
        for t0 in range(-6, 21)
    } - {frozenset()}
    assert found <= wanted
    assert all(any(one <= other for other in found) for one in wanted)


@given(times, st.integers(1, 6))
def test_soft_windows_count_each_integer_window_once(columns: list[tuple[int, int]], span: int):
    group, time = ints([g for g, _ in columns]), ints([t for _, t in columns])
    order, first, last, many = every_window(group, time, span)
    found: dict[frozenset[int], int] = {}
    for a, b, count in zip(first, last, many, strict=True):
        key = frozenset(order[a:b].tolist())
        found[key] = found.get(key, 0) + int(count)
    wanted: dict[frozenset[int], int] = {}
    for g0 in range(3):
        for t0 in range(-8, 22):
            inside = frozenset(i for i, (g, t) in enumerate(columns) if g == g0 and t0 <= t < t0 + span)
            if inside:
                wanted[inside] = wanted.get(inside, 0) + 1
    assert found == wanted


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 12), st.integers(1, 6)), min_size=1, max_size=8))
def test_cliques_join_exactly_the_intervals_that_overlap(columns: list[tuple[int, int, int]]):
    group = ints([g for g, _, _ in columns])
    start = ints([s for _, s, _ in columns])
    end = ints([s + length for _, s, length in columns])
    clique, column = interval_cliques(group, start, end)
    found = set()
    for number in set(clique.tolist()):
        members = column[clique == number].tolist()
        found |= {frozenset(pair) for pair in combinations(members, 2)}
    wanted = {
        frozenset((i, j))
        for i, j in combinations(range(len(columns)), 2)
        if group[i] == group[j] and start[i] < end[j] and start[j] < end[i]
    }
    assert found == wanted


def a_canvas(draw_bits: int) -> Canvas:
    """Three doctors, five evenings in a row and a past duty, with every kind of row and cost."""
    duties = [a_duty(f"2027-03-0{day} 20:00", 4, band="soiree" if day < 5 else "samedi") for day in range(2, 7)]
    past = PastDuty(doctor="A", line="L1", start=at("2027-03-01 20:00"), end=at("2027-03-02 00:00"), band="soiree")
    instance = an_instance(duties, [a_doctor(name) for name in "ABC"], history=(past,))
    doctor, duty = (ints(axis) for axis in np.divmod(np.arange(15), 5))
    canvas = Canvas(instance, doctor, duty, np.arange(15) == draw_bits % 15)
    pairs = canvas.pairs
    new = pairs.where(pairs["past"] == 0)
    every_duty = {"duty": canvas.duties["duty"]}
    canvas.limit("cover", new, ("duty",), lo=1, hi=2, under=Soft("coverage", 5), groups=every_duty, about="duty")
    canvas.apart("rest", pairs, ("doctor",), "start", "end", 24 * 60)
    canvas.window("cap", pairs, ("doctor",), "day", 4, 1, over=Soft("comfort", 3))
    canvas.window("hard-cap", pairs, ("doctor",), "day", 5, 2)
    touched = canvas.any("touched", pairs, ("doctor", "week"))
    canvas.limit("weeks", touched, ("doctor",), hi=1, over=Soft("caps", 7))
    square = [ints([(10 * k - 13) ** 2 for k in range(7)])] * 3
    canvas.convex("fair", new, ("doctor",), square, "fairness", groups={"doctor": ints([0, 1, 2])})
    canvas.prefer("wish", new.where(new["doctor"] == draw_bits % 3), 4, "wishes")
    return canvas


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**15 - 1), st.integers(0, 2**15 - 1), st.integers(1, 2**15 - 1), st.integers(0, 14))
def test_a_block_changes_cost_and_feasibility_exactly_as_the_whole_does(now: int, then: int, free: int, fixed: int):
    program = a_canvas(fixed).program()
    bits = np.arange(program.pairs)
    before = (now >> bits & 1).astype(bool)
    inside = (free >> bits & 1).astype(bool)
    after = np.where(inside, (then >> bits & 1).astype(bool), before)
    chosen = np.flatnonzero(inside)
    part = block(program, chosen, program.values(before))
    whole = [program.costs(program.values(held)) for held in (before, after)]
    piece = [part.costs(part.values(held[chosen])) for held in (before, after)]
    assert (whole[1] - whole[0] == piece[1] - piece[0]).all()
    broken = [set(program.broken(program.values(held)).tolist()) for held in (before, after)]
    parts_broken = len(part.broken(part.values(after[chosen])))
    if not broken[0]:
        assert bool(parts_broken) == bool(broken[1])
    assert len(touched_convex(program, chosen, program.values(before))) == len(part.convex)


def best_by_enumeration(program: Program) -> int | None:
    """The least sum of all stages over the rosters that break nothing; None if there is none."""
    best = None
    for bits in range(2**program.pairs):
        column = program.values(np.array([bits >> place & 1 for place in range(program.pairs)], dtype=bool))
        if not len(program.broken(column)):
            worth = int(program.costs(column).sum())
            best = worth if best is None else min(best, worth)
    return best


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 14), st.sets(st.integers(0, 13), min_size=1, max_size=8), st.integers(0, 2**14 - 1))
def test_cp_sat_finds_the_best_roster_of_a_block(fixed: int, chosen: set[int], now: int):
    program = a_canvas(fixed).program()
    column = program.values((now >> np.arange(program.pairs) & 1).astype(bool))
    part = block(program, ints(sorted({place % program.pairs for place in chosen})), column)
    outcome = solve_task(Task(part, tuple((stage, 1) for stage in STAGES if stage != "blend"), 10.0, 1))
    best = best_by_enumeration(part)
    assert (outcome.verdict == "optimal") == (best is not None)
    if outcome.held is not None:
        column = part.values(outcome.held)
        assert not len(part.broken(column))
        assert int(part.costs(column).sum()) == best == outcome.objective == outcome.bound
