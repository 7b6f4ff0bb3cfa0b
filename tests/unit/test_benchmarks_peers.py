"""Contestants are given the same problem and judged by the same audit; the arithmetic of the country."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.country import _shared_out, extrapolated, growth
from benchmarks.generate import departments_of
from benchmarks.peers import timefold
from benchmarks.peers.contestants import CONTESTANTS, UNIT, greedily, highs, hinted
from benchmarks.peers.problem import Absent, Problem, problem_of
from benchmarks.rulebook import BLEND_UNIT, CLOSE, HOLE
from rosterplan.audit import audit
from rosterplan.domain.roster import Roster
from rosterplan.model.greedy import greedy


@pytest.fixture(scope="module")
def small() -> Problem:
    return problem_of("small", 1)


def cost(problem: Problem, roster: Roster) -> float:
    return audit(problem.instance, problem.rules, roster).value("blend") / UNIT


def test_what_timefold_reads_is_the_cost_everybody_is_judged_by(small):
    """Columns, tables and windows of its text, added up here, are the audit's blend."""
    numbers = iter(map(int, timefold._text(small, "tables").split()))
    take = lambda many: [next(numbers) for _ in range(many)]  # noqa: E731
    doctors, duties, tables, pairs, members = take(5)
    assert (doctors, duties, pairs, members) == (20, 215, small.program.pairs, len(small.dues))
    assert take(4) == [48 * 60, 5, CLOSE * BLEND_UNIT, HOLE * BLEND_UNIT]
    take(2 * doctors)
    rows = [take(7) for _ in range(duties)]
    costs = [(base, take(many)) for base, many in (take(2) for _ in range(tables))]
    told = [(*take(3), take(1), [tuple(take(2)) for _ in range(take(1)[0])]) for _ in range(pairs)]
    assert min(ahead for *_, ahead in (take(4) for _ in range(members))) == 0
    assert next(numbers, None) is None

    held = greedy(small.program)
    counts = np.zeros(tables, dtype=int)
    total, days = 0, {}
    for taken, (duty, doctor, linear, _load, adds) in zip(held, told, strict=True):
        if taken:
            total += linear
            days.setdefault(doctor, []).append(rows[duty][4])
            for table, more in adds:
                counts[table] += more
    total += sum(table[base + count] for (base, table), count in zip(costs, counts, strict=True))
    total += HOLE * BLEND_UNIT * (sum(row[6] for row in rows) - int(held.sum()))
    for own in days.values():
        own.sort()
        total += sum(CLOSE * BLEND_UNIT * max(0, 5 - (b - a)) for n, a in enumerate(own) for b in own[n + 1 :])
    triple = CLOSE * 2  # three duties within five days stand in one window more than their pairs say
    assert total / UNIT == pytest.approx(cost(small, small.roster(held)), abs=triple)


def java() -> bool:
    try:
        timefold.jars()
    except Absent:
        return False
    return True


@pytest.mark.skipif(not java(), reason="Timefold or Java is absent")
def test_the_score_of_timefold_is_the_cost_everybody_is_judged_by_less_a_constant(small):
    """The constant is what all tables cost at no duty: a table that shifts reach by several ways is one sum."""
    answer = CONTESTANTS["Timefold"](small, 2.0, 1)
    score = int(answer.note.removeprefix("0hard/").removesuffix("soft")) / UNIT
    convex = small.program.convex
    idle = int(convex.costs[convex.starts + convex.base - convex.low].sum()) / UNIT
    triples = CLOSE * 4  # three duties within five days stand in one window more than their pairs say
    assert score + cost(small, answer.roster) == pytest.approx(idle, abs=triples)


def test_a_hint_is_never_lost_and_the_bound_of_highs_is_below_every_roster(small):
    first = cost(small, greedily(small, 1, 1).roster)
    assert cost(small, hinted(small, 2.0, 1).roster) <= first
    found = highs(small, 2.0, 1)
    assert found.bound is not None
    assert 0 < found.bound <= first


def test_an_absent_peer_says_what_to_install(small, monkeypatch):
    monkeypatch.setattr(timefold.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(Absent, match=r"pip install -e '.\[bench\]'"):
        CONTESTANTS["Timefold"](small, 1.0, 1)


def test_a_country_has_fifteen_hundred_sectors_and_twenty_five_thousand_volunteers():
    sizes = departments_of(1, 100)
    assert len({size.name for size in sizes}) == 100
    assert sum(size.sectors for size in sizes) == 1500
    assert abs(sum(size.doctors for size in sizes) - 25_000) <= 50
    assert departments_of(1, 100) == sizes != departments_of(2, 100)


def test_what_is_extrapolated_is_in_proportion_and_shared_out_whole():
    rows = [
        {"positions": 1000, "seconds": 2.0},
        {"positions": 2000, "seconds": 4.0},
        {"positions": 4000, "seconds": 8.0},
    ]
    full = [{"positions": 2000, "seconds": 100.0}]
    assert growth(rows, "seconds") == (pytest.approx(2.0), pytest.approx(1.0))
    assert extrapolated(rows, full) == pytest.approx(350.0)
    assert [_shared_out(rows, full, many) for many in (1, 2, 3, 9)] == pytest.approx([350.0, 200.0, 200.0, 200.0])
