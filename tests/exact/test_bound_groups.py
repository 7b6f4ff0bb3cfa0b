"""The bound made of groups of sectors against every roster of tiny departments whose sectors share doctors."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest

from rosterplan.canvas.arrays import INF, IntArray
from rosterplan.canvas.block import block, numbers_of
from rosterplan.canvas.priced import priced
from rosterplan.canvas.program import Program
from rosterplan.domain.fairness import full_dues
from rosterplan.domain.instance import Availability, Instance
from rosterplan.domain.people import Membership
from rosterplan.domain.work import Group, Line, Sector
from rosterplan.model import blocks, tasks
from rosterplan.model.blend_bound import SCALE
from rosterplan.model.blend_counts import ahead_of
from rosterplan.model.blend_groups import (
    Whole,
    ahead_by_groups,
    at_prices,
    solved,
    waves,
    with_their_doctors,
    with_those_of,
)
from rosterplan.model.build import canvas_of
from rosterplan.model.crew import Alone
from rosterplan.model.rounds import Incumbent
from rosterplan.model.search import Limits, Search
from rosterplan.rules.book import rule_book
from tests.exact.harness import a_doctor, a_duty, an_instance
from tests.exact.test_bound_kind import DAYS, ROWS, every_roster

NOTHING = -(10**12)


@pytest.fixture(autouse=True)
def units_apart(monkeypatch):
    monkeypatch.setattr(blocks, "MERGE_OVERLAP", 2.0)


def three_sectors(seed: int) -> Instance:
    """Sectors in a row, two doctors between neighbours."""
    random = Random(seed)
    homes = {"A": ("S1",), "B": ("S1", "S2"), "C": ("S2",), "D": ("S2", "S3"), "E": ("S3",)}
    doctors = [
        a_doctor(name, sectors=tuple(Membership(sector=one, participation=1 / len(sectors)) for one in sectors))
        for name, sectors in homes.items()
    ]
    duties = [
        a_duty(
            f"{day} 20:00", 4, line=line, band="samedi" if day == DAYS[-1] else "soiree", points=2 + (day == DAYS[-1])
        )
        for line in ("L1", "L2", "L3")
        for day in random.sample(DAYS, 2)
    ]
    said = [
        Availability(doctor=doctor.id, duty=duty.id, value=random.choice(("impossible", "avoid", "avoid", "wish")))
        for doctor in doctors
        for duty in duties
        if random.random() < 0.4
    ]
    lines = tuple(Line(id=f"L{number}", name=f"Ligne {number}", sector=f"S{number}") for number in (1, 2, 3))
    groups = tuple(Group(id=f"S{number}", lines=(f"L{number}",)) for number in (1, 2, 3))
    sectors = tuple(Sector(id=group.id, name=group.id) for group in groups)
    return an_instance(
        duties, doctors, availability=tuple(said), rules=ROWS, lines=lines, groups=groups, sectors=sectors
    )


def no_more(program: Program, one: IntArray, missing: IntArray) -> bool:
    """True if a roster lacks no more of any priority."""
    lacks, weight = tasks.missing_of(program, one), program.rows.under_weight
    return all(
        lacks[weight == level].sum() <= missing[weight == level].sum() for level in np.unique(weight[weight > 0])
    )


def a_whole(seed: int) -> tuple[Whole, Sequence[IntArray], int]:
    """A priced department beside one of its fullest rosters drawn by lot, or nearly, its sectors, and the least any as full costs."""
    instance = three_sectors(seed)
    canvas = canvas_of(instance, rule_book(instance), dues=full_dues(instance, 1))
    program = priced(canvas.program(), Random(seed).randint(50, 900))
    nobody = Incumbent(program, np.zeros(program.pairs, dtype=bool))
    search = Search(canvas, program, Alone(), Limits(1, 1, lambda: False), lambda _event: None, nobody)
    rosters = every_roster(search)
    lacking = [int(tasks.missing_of(program, one).sum()) for one in rosters]
    most = min(lacking) + (seed % 3 == 0)  # some beside a hole that could be filled
    fullest = [one for one, many in zip(rosters, lacking, strict=True) if many == most]
    held = Random(seed).choice(fullest)[: program.pairs].astype(bool)
    missing = tasks.missing_of(program, program.values(held))
    least = min(
        sum(int(program.costs(one)[stage]) for stage in tasks.BLEND)
        for one in rosters
        if no_more(program, one, missing)
    )
    return Whole.of(canvas, program, held), [unit.pairs for unit in search.units], least


def test_no_roster_as_full_costs_less_than_the_groups_say_and_no_group_lowers_the_bound():
    bounds = leasts = 0
    for seed in range(25):
        whole, groups, least = a_whole(seed)
        assert len(groups) == 3
        values = [one.value for one in ahead_by_groups(whole, groups, NOTHING)]
        assert values == sorted(values) and values[-1] <= least, seed
        cell = np.zeros(len(whole.model.data.cell_doctor), dtype=np.int64)
        joined = [one.value for one in ahead_of(whole.model, cell, NOTHING)][-1]
        assert values[-1] <= joined + 1  # the linear program of the whole is the most prices can say
        bounds, leasts = bounds + values[-1], leasts + least
    assert bounds >= 0.95 * leasts, (bounds, leasts)


def test_a_bound_that_counts_a_shared_doctor_once_per_group_is_too_high_and_every_roster_shows_it():
    """The mutant: what groups cost alone, with all their doctors may hold elsewhere, added up."""
    caught = 0
    for seed in range(25):
        whole, groups, least = a_whole(seed)
        alone = [solved(at_prices(whole, pairs, whole.without_prices())) for pairs in with_their_doctors(whole, groups)]
        caught += sum(one[0].value for one in alone if one is not None) > least * SCALE
    assert caught >= 5


def test_prices_far_off_are_safe_too():
    rng = np.random.default_rng(3)
    for seed in range(15):
        whole, groups, least = a_whole(seed)
        wild = whole.without_prices()
        wild.cells[:] = rng.normal(size=len(wild.cells)) * 10_000
        wild.answer.rows[:] = rng.normal(size=len(wild.answer.rows)) * 10_000
        wild.answer.convex[:] = rng.normal(size=len(wild.answer.convex)) * 10_000
        assert whole.model.proved(wild)[0] <= least, seed
        for pairs in with_their_doctors(whole, groups):
            part = at_prices(whole, pairs, wild)
            found = solved(part)
            assert found is not None
            wild = with_those_of(wild, part, found[0])
            assert whole.model.proved(wild)[0] <= least, seed


def test_the_numbers_of_a_block_say_where_its_rows_tables_and_members_stand():
    for seed in range(8):
        whole, groups, _ = a_whole(seed)
        program, column = whole.program, whole.program.values(whole.held)
        for pairs in groups:
            part, numbers = block(program, pairs, column), numbers_of(program, pairs, column)
            assert (part.rows.rule == program.rows.rule[numbers.rows]).all()
            assert (part.rows.key == program.rows.key[numbers.rows]).all()
            assert (np.minimum(part.rows.hi, INF) <= program.rows.hi[numbers.rows]).all()
            assert (part.convex.rule == program.convex.rule[numbers.convex]).all()
            back = np.concatenate((pairs, numbers.derived + program.pairs))
            assert (back[part.any_of.items] == program.any_of.items[numbers.members]).all()
            for own, there in enumerate(numbers.rows.tolist()):
                assert set(back[part.rows.terms.row(own)].tolist()) <= set(program.rows.terms.row(there).tolist())


def test_counts_and_pairs_to_aim_at_are_what_each_group_says_of_itself_once_all_were_looked_at():
    whole, groups, _ = a_whole(4)
    assert waves(whole, with_their_doctors(whole, groups)) == [[0, 2], [1]]
    rounds = list(ahead_by_groups(whole, groups, NOTHING))
    assert [one.close for one in rounds] == [False, *[True] * (len(rounds) - 1)]
    assert [one.done for one in rounds] == [2, 3, 5, 6][: len(rounds)] and rounds[-1].done <= rounds[-1].parts
    assert not rounds[0].likely[groups[1]].any()
    assert all(rounds[1].likely[pairs].any() for pairs in groups)
    assert (rounds[1].planned >= 0).sum() >= len(rounds[1].planned) // 4


def test_the_outcome_is_the_same_however_many_threads_there_are():
    whole, groups, _ = a_whole(7)
    alone, many = (list(ahead_by_groups(whole, groups, NOTHING, threads)) for threads in (1, 3))
    assert [one.value for one in alone] == [one.value for one in many]
    for one, other in zip(alone, many, strict=True):
        assert (one.planned == other.planned).all() and (one.likely == other.likely).all()
