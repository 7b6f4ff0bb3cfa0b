"""Coverage bounds against every choice of tiny programs."""

from dataclasses import replace

import numpy as np

from rosterplan.canvas.arrays import INF, Ragged, ints
from rosterplan.canvas.program import STAGE_NUMBER, Convex, Program, Rows
from rosterplan.domain.result import STAGES
from rosterplan.model.coverage_bound import coverage_bound
from tests.exact.tiny_programs import every_choice, ragged

PRIORITIES = (10, 5)


def a_cover(rng) -> Program:
    """Duties of two priorities, two departments of doctors with caps and a weekend cap on derived columns."""
    terms, lo, hi, weight, key = [], [], [], [], []
    pairs, owner = 0, []
    for department in range(2):
        doctors = 2
        for _ in range(int(rng.integers(1, 4))):
            able = [doctor for doctor in range(doctors) if rng.random() < 0.6][: 2 if department else 1 + doctors]
            terms.append(list(range(pairs, pairs + len(able))))
            owner += [(department, doctor) for doctor in able]
            pairs += len(able)
            lo.append(int(rng.integers(1, 3)))
            hi.append(lo[-1])
            weight.append(int(rng.choice(PRIORITIES)))
            key.append(len(key))
    derived = []
    for who in sorted(set(owner)):
        mine = [pair for pair, one in enumerate(owner) if one == who]
        terms.append(mine)
        hi.append(int(rng.integers(1, 3)))
        if len(mine) > 1 and rng.random() < 0.4:
            derived.append(mine[:2])
            terms.append([pairs + len(derived) - 1])
            hi.append(0)
    lo += [-INF] * (len(terms) - len(lo))
    count, zero = len(terms), ints([])
    weights = np.zeros(count, dtype=np.int64)
    weights[: len(weight)] = weight
    keys = np.full(count, -1)
    keys[: len(key)] = key
    none = np.zeros(count, dtype=np.int64)
    rows = Rows(
        ragged(terms), ints(lo), ints(hi), none, none, weights, np.full(count, STAGE_NUMBER["coverage"]), none, keys
    )
    return Program(
        pair=np.arange(pairs), any_of=ragged(derived), rows=rows,
        convex=Convex(Ragged(ints([0]), zero, zero), *([zero] * 7)),
        linear=np.zeros((len(STAGES), pairs + len(derived)), dtype=np.int64),
        constant=np.zeros(len(STAGES), dtype=np.int64),
    )  # fmt: skip


def missing_of(program, column):
    rows = program.rows
    return np.where(rows.under_weight > 0, np.maximum(rows.lo - rows.terms.dot(column), 0), 0)


def levels_of(program, missing):
    return tuple(int(missing[program.rows.under_weight == priority].sum()) for priority in PRIORITIES)


def test_no_roster_misses_less_and_the_best_is_nearly_always_proved():
    proved = missing_somewhere = open_proved = 0
    for seed in range(150):
        program = a_cover(np.random.default_rng(seed))
        found = [
            (levels_of(program, missing), missing)
            for missing in (missing_of(program, column) for column in every_choice(program))
        ]
        best, incumbent = min(found, key=lambda one: one[0])
        bound = coverage_bound(program, incumbent)
        least = dict(bound.levels)
        for place, priority in enumerate(PRIORITIES):
            given = [levels[place] for levels, _ in found if levels[:place] <= best[:place]]
            assert least.get(priority, 0) <= min(given)
        proved += all(least.get(priority, 0) == best[place] for place, priority in enumerate(PRIORITIES))
        missing_somewhere += sum(best) > 0
        for duty in bound.unavoidable:
            row = int(np.flatnonzero(program.rows.key == duty)[0])
            assert all(missing[row] > 0 for levels, missing in found if levels <= best)
            open_proved += 1
    assert missing_somewhere > 80
    assert proved > 140
    assert open_proved > 100


def test_a_bound_from_a_poor_incumbent_is_still_safe():
    for seed in range(60):
        rng = np.random.default_rng(500 + seed)
        program = a_cover(rng)
        found = [missing_of(program, column) for column in every_choice(program)]
        incumbent = found[int(rng.integers(len(found)))]
        given = levels_of(program, incumbent)
        least = dict(coverage_bound(program, incumbent).levels)
        reached = [levels_of(program, missing) for missing in found]
        assert least.get(10, 0) <= min(levels[0] for levels in reached)
        assert least.get(5, 0) <= min(levels[1] for levels in reached if levels[0] <= given[0])


def test_a_complete_roster_needs_no_proof():
    program = a_cover(np.random.default_rng(1))
    complete = replace(program, rows=replace(program.rows, lo=np.minimum(program.rows.lo, 0)))
    bound = coverage_bound(complete, np.zeros(len(program.rows), dtype=np.int64))
    assert bound.levels == ()
    assert bound.unavoidable == frozenset()
