"""The fairness bound against every roster of tiny departments, with and without holes, caps, rests and locks."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from rosterplan.canvas import Canvas, Program
from rosterplan.canvas.arrays import IntArray, ints
from rosterplan.canvas.columns import Soft
from rosterplan.canvas.harden import hardened, unspent
from rosterplan.canvas.program import STAGE_NUMBER
from rosterplan.domain.instance import Balance
from rosterplan.domain.people import Membership
from rosterplan.domain.work import Group, Line
from rosterplan.model.patterns import Counting, FairnessBound, fairness_bound
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.juste_repartition import JusteRepartition
from rosterplan.rules.min_rest import MinRest
from tests.exact.harness import a_doctor, a_duty, an_instance

FAIRNESS, COVERAGE = STAGE_NUMBER["fairness"], STAGE_NUMBER["coverage"]
UPPER = (STAGE_NUMBER["caps"], STAGE_NUMBER["shares"])
BANDS = (("soiree", 2, 4), ("samedi", 3, 8), ("dimanche", 5, 12), ("nuit", 4, 8))


@dataclass(frozen=True)
class Tiny:
    canvas: Canvas
    program: Program
    costs: IntArray  # fairness of every roster that breaks no hard row
    missing: IntArray  # roster × row


def a_department(seed: int, *, rest: int | None, cap: int | None, holes: bool, fixed: bool = False) -> Tiny:
    rng = np.random.default_rng(seed)
    duties = []
    for number in range(int(rng.integers(3, 6))):
        band, points, length = BANDS[int(rng.integers(len(BANDS)))]
        line = str(rng.choice(["L1", "L2"]))
        day = 4 + 2 * number + int(rng.integers(2))
        duties.append(a_duty(f"2027-01-{day:02d} 12:00", length, line=line, band=band, points=points))
    duties = list({duty.id: duty for duty in duties}.values())
    sectors = (("S1",), ("S1",), ("S2",), ("S1", "S2"))
    doctors = [
        a_doctor(f"M{number}", quota=float(rng.choice([1, 0.5])),
                 sectors=tuple(Membership(sector=one, participation=1 / len(of)) for one in of))
        for number, of in enumerate(sectors)
    ]  # fmt: skip
    groups = tuple(Group(id=f"S{one}", lines=(f"L{one}",)) for one in (1, 2))
    instance = an_instance(
        duties, doctors, groups=groups,
        lines=tuple(Line(id=f"L{one}", name=f"Ligne {one}", sector=f"S{one}") for one in (1, 2)),
        balances=(Balance(doctor="M0", group="S1", band="samedi", balance_hundredths=-100),
                  Balance(doctor="M1", group="S1", band="samedi", balance_hundredths=100)),
    )  # fmt: skip
    member = {"L1": {0, 1, 3}, "L2": {2, 3}}
    pairs = [
        (doctor, duty)
        for duty, one in enumerate(instance.duties)
        for doctor in sorted(member[one.line])
        if rng.random() < (0.6 if holes else 0.8)
    ]
    pairs = pairs[:11]
    taken = rng.random(len(pairs)) < 0.2 if fixed else np.zeros(len(pairs), dtype=bool)
    canvas = Canvas(instance, ints([one for one, _ in pairs]), ints([two for _, two in pairs]), taken)
    Coverage().post(canvas)
    JusteRepartition().post(canvas)
    if rest is not None:
        MinRest(hours=rest).post(canvas)
    if cap is not None:
        canvas.limit("cap", canvas.pairs, ("doctor",), hi=cap)
    program = canvas.program()
    costs, missing = everything(program)
    return Tiny(canvas, program, costs, missing)


def everything(program: Program) -> tuple[IntArray, IntArray]:
    rows, convex = program.rows, program.convex
    choices = (np.arange(2**program.pairs)[:, None] >> np.arange(program.pairs)) & 1
    activity = np.zeros((len(choices), len(rows)), dtype=np.int64)
    for number in range(len(rows)):
        activity[:, number] = choices[:, rows.terms.row(number)].sum(axis=1)
    broken = (activity > rows.hi) & (rows.over_weight == 0) | (activity < rows.lo) & (rows.under_weight == 0)
    kept = ~broken.any(axis=1)
    costs = np.full(len(choices), program.constant[FAIRNESS])
    for number in range(len(convex)):
        inside = slice(convex.terms.bounds[number], convex.terms.bounds[number + 1])
        counts = choices[:, convex.terms.items[inside]] @ convex.terms.coefs[inside] + convex.base[number]
        costs += convex.costs[convex.starts[number] + counts - convex.low[number]]
    missing = np.where(rows.under_weight > 0, np.maximum(rows.lo - activity, 0), 0)
    return costs[kept], missing[kept]


def best_beside(tiny: Tiny, incumbent: IntArray) -> int:
    """The least cost among rosters that miss no more per priority than the incumbent."""
    weights = tiny.program.rows.under_weight
    kept = np.ones(len(tiny.costs), dtype=bool)
    for weight in set(weights[weights > 0].tolist()):
        level = weights == weight
        kept &= tiny.missing[:, level].sum(axis=1) <= incumbent[level].sum()
    return int(tiny.costs[kept].min())


def checked(tiny: Tiny, *, cut_rounds: int = 25) -> tuple[FairnessBound, int]:
    """Assert that the bound is safe beside a best and beside a random roster; return it with the best cost."""
    best = int(np.lexsort((tiny.costs, tiny.missing.sum(axis=1)))[0])
    for incumbent in (tiny.missing[len(tiny.costs) // 2], tiny.missing[best]):
        bound = fairness_bound(tiny.canvas, tiny.program, incumbent, cut_rounds=cut_rounds)
        least = best_beside(tiny, incumbent)
        assert bound.value <= least
        if bound.planned is not None:
            assert bound.value <= bound.planned
    return bound, least


def test_without_calendar_the_bound_is_the_best_roster_itself_nearly_always():
    equal = 0
    for seed in range(100):
        bound, least = checked(a_department(seed, rest=None, cap=None, holes=False), cut_rounds=0)
        equal += bound.value == least
    assert equal >= 95


def test_with_rests_caps_holes_and_locks_the_bound_is_safe_and_often_tight():
    equal = cut = 0
    for seed in range(120):
        tiny = a_department(1000 + seed, rest=60, cap=2 if seed % 2 else None, holes=seed % 3 == 0, fixed=seed % 5 == 0)
        bound, least = checked(tiny)
        equal += bound.value == least
        cut += bound.cuts
    assert equal >= 60
    assert cut >= 10


def test_cuts_only_raise_the_bound_and_stay_below_the_best_roster():
    raised = 0
    for seed in range(60):
        tiny = a_department(2000 + seed, rest=72, cap=None, holes=False)
        bound, least = checked(tiny)
        plain = fairness_bound(tiny.canvas, tiny.program, tiny.missing[0] * 0 + tiny.missing.max(axis=0), cut_rounds=0)
        assert plain.value <= bound.value <= least
        raised += bound.value > plain.value
    assert raised >= 10


def test_units_cut_as_one_raise_the_bound_of_units_cut_alone_and_stay_below_the_best_roster(monkeypatch):
    monkeypatch.setattr("rosterplan.model.blocks.MERGE_OVERLAP", 2.0)
    raised = units = 0
    for seed in range(60):
        tiny = a_department(7000 + seed, rest=72, cap=None, holes=seed % 3 == 0)
        best = tiny.missing[int(np.lexsort((tiny.costs, tiny.missing.sum(axis=1)))[0])]
        counting = Counting(tiny.canvas, tiny.program, best)
        while counting.tighten(counting.homes):
            pass
        alone, plan = counting.value, counting.found().counts
        units = max(units, len(counting.homes))
        if plan is not None and counting.tighten_together(counting.homes, plan):
            assert counting.value >= alone
        assert alone <= counting.value <= best_beside(tiny, best)
        raised += counting.value > alone
    assert units == 2
    assert raised >= 3


def test_planned_counts_cost_what_the_tables_say():
    for seed in range(40):
        tiny = a_department(3000 + seed, rest=None, cap=3, holes=False, fixed=seed % 2 == 0)
        bound, _ = checked(tiny)
        if bound.counts is None:
            continue
        program, counts = tiny.program, bound.data.by_table(tiny.program, bound.counts)
        assert (counts[program.convex.terms.lengths > 0] >= 0).all()
        known = np.where(counts >= 0, counts, program.convex.base)
        total = int(program.constant[FAIRNESS]) + int(program.convex.cost(known).sum())
        assert total == bound.planned


def test_a_table_over_several_doctors_is_left_out_safely():
    for seed in range(20):
        tiny = a_department(4000 + seed, rest=None, cap=None, holes=False)
        canvas = tiny.canvas
        pairs = canvas.pairs
        costs = [np.array([7, 0, 3, 20, 50, 90, 140, 200, 270, 350, 440, 540])]
        group = {"past": np.array([0])}
        canvas.convex("house", pairs, ("past",), costs, "fairness", groups=group)
        program = canvas.program()
        values, missing = everything(program)
        bound, least = checked(replace(tiny, program=program, costs=values, missing=missing))
        assert bound.value <= least


def with_houses(seed: int) -> tuple[Canvas, Program]:
    """A department of two houses, each with a part of every band, and a cap that may be passed at a price."""
    rng = np.random.default_rng(seed)
    canvas = a_department(seed, rest=48 if seed % 2 else None, cap=None, holes=seed % 3 == 0).canvas
    pairs = canvas.pairs.where(canvas.pairs["past"] == 0)
    for name, members in (("one", (0, 1)), ("other", (2, 3))):
        low = int(rng.integers(0, 3))
        own = pairs.where(np.isin(pairs["doctor"], members))
        soft = Soft("shares", int(rng.integers(1, 4)))
        canvas.limit(name, own, ("band",), lo=min(low, 1), hi=low + 1, over=soft, under=soft)
    canvas.limit("cap", pairs, ("doctor",), hi=1, over=Soft("caps", 2))
    return canvas, canvas.program()


def of_every_roster(program: Program) -> IntArray:
    """Return the columns of every roster that breaks no hard row, a roster per row."""
    choices = (np.arange(2**program.pairs)[:, None] >> np.arange(program.pairs)) & 1
    return ints([program.values(one.astype(bool)) for one in choices if not len(program.broken(one))])


def test_what_stages_above_have_left_to_spend_makes_sides_hard_and_loses_no_roster():
    tightened = 0
    for seed in range(30):
        _, program = with_houses(5000 + seed)
        rosters = of_every_roster(program)
        costs = np.array([program.costs(one)[list(UPPER)] for one in rosters])
        for place in (0, len(rosters) // 2, int(costs.sum(axis=1).argmin())):
            within = hardened(program, rosters[place], UPPER)
            kept = (costs <= costs[place]).all(axis=1)
            assert all(not len(within.broken(one)) for one in rosters[kept])
            tightened += sum(len(within.broken(one)) > 0 for one in rosters[~kept])
            exact = hardened(program, rosters[place], unspent(program, rosters[place], UPPER))
            if len(unspent(program, rosters[place], UPPER)) == len(UPPER):
                assert [not len(exact.broken(one)) for one in rosters] == kept.tolist()
    assert tightened > 1000


def test_with_parts_of_houses_the_bound_is_safe_and_sees_them():
    seen = equal = 0
    for seed in range(30):
        canvas, program = with_houses(6000 + seed)
        rosters = of_every_roster(program)
        costs = np.array([program.costs(one) for one in rosters])
        missing = ints(
            [
                np.where(program.rows.under_weight > 0, np.maximum(program.rows.lo - program.rows.terms.dot(one), 0), 0)
                for one in rosters
            ]
        )
        need = program.rows.under_stage == COVERAGE
        best = int(np.lexsort((costs[:, FAIRNESS], costs[:, UPPER[1]], costs[:, UPPER[0]], costs[:, COVERAGE]))[0])
        upper = list(UPPER)
        same = (missing[:, need].sum(axis=1) <= missing[best][need].sum()) & (
            costs[:, upper] <= costs[best, upper]
        ).all(axis=1)
        within = hardened(program, rosters[best], UPPER)
        bound = fairness_bound(canvas, within, missing[best] * need)
        plain = fairness_bound(canvas, program, missing[best] * need)
        least = int(costs[same, FAIRNESS].min())
        assert plain.value <= bound.value <= least
        seen += bound.value > plain.value
        equal += bound.value == least
    assert seen >= 10
    assert equal >= 20


def test_cut_doctor_by_doctor_the_bound_is_safe_and_still_sees_rests(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("rosterplan.model.patterns_cuts.too_large", lambda *_: True)
    cut = 0
    for seed in range(60):
        bound, _ = checked(a_department(8000 + seed, rest=60, cap=2 if seed % 2 else None, holes=seed % 3 == 0))
        cut += bound.cuts
    assert cut >= 5
