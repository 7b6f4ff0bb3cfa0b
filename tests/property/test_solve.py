"""Whole solves of tiny instances against enumeration, and what must hold of every solve."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from random import Random

import numpy as np
import pytest

from rosterplan.audit import audit
from rosterplan.domain.instance import Availability, Instance, Plan
from rosterplan.domain.result import STAGES, Result
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import RuleRow, Strength
from rosterplan.model.build import canvas_of
from rosterplan.model.solve import solve
from rosterplan.report.facts import Facts
from rosterplan.report.outputs import roster_files
from rosterplan.rules.book import rule_book
from tests.exact.harness import a_doctor, a_duty, an_instance

RULES = (
    RuleRow(code="coverage"),
    RuleRow(code="volunteers-only"),
    RuleRow(code="eligible"),
    RuleRow(code="availability"),
    RuleRow(code="no-overlap"),
    RuleRow(code="min-rest", params={"hours": 36}),
    RuleRow(code="wishes"),
    RuleRow(code="juste-repartition"),
)


def a_tiny_instance(seed: int, rules: tuple[RuleRow, ...] = RULES) -> Instance:
    """Three or four doctors, five to seven duties of three bands over nine days, some refusals and wishes."""
    random = Random(seed)
    doctors = [a_doctor(name, quota=random.choice((1.0, 1.0, 0.5))) for name in "ABCD"[: random.choice((3, 4))]]
    duties = []
    for place in sorted(random.sample(range(9), random.choice((5, 6, 7)))):
        day = date(2027, 1, 4) + timedelta(days=place)
        band = {5: "samedi", 6: "dimanche"}.get(day.weekday(), "soiree")
        duties.append(a_duty(f"{day} 20:00", 4, band=band, points={"samedi": 3, "dimanche": 5}.get(band, 2)))
    said = [
        Availability(doctor=doctor.id, duty=duty.id, value=random.choice(("impossible", "avoid", "wish")))
        for doctor in doctors
        for duty in duties
        if random.random() < 0.35
    ]
    return an_instance(duties, doctors, availability=tuple(said), rules=rules, plan=Plan(fairness_tolerance=0))


def worth(instance: Instance, roster: Roster) -> tuple[int, ...]:
    """(missing by priority 10, 5, fairness) under the roster's dues."""
    report = audit(instance, rule_book(instance), roster)
    missing = {10: 0, 5: 0}
    for duty in instance.duties:
        lacking = duty.need_min - len(roster.doctors_of.get(duty.id, ()))
        missing[5 if duty.band == "soiree" else 10] += max(lacking, 0)
    return missing[10], missing[5], report.value("fairness")


def best_worth(instance: Instance, roster: Roster) -> tuple[int, ...]:
    """The least worth over all rosters that lack what ``roster`` lacks at most, under its dues."""
    rules = rule_book(instance)
    program_canvas = canvas_of(instance, rules, dues=roster.dues)
    program = program_canvas.program()
    duty_of = program_canvas.pairs["duty"][program.pair]
    choices = [[-1, *np.flatnonzero(duty_of == number).tolist()] for number in range(len(instance.duties))]
    best: tuple[int, ...] | None = None
    for chosen in product(*choices):
        held = np.zeros(program.pairs, dtype=bool)
        held[[pair for pair in chosen if pair >= 0]] = True
        column = program.values(held)
        if len(program.broken(column)):
            continue
        lacking = [duty.band == "soiree" for duty, pair in zip(instance.duties, chosen, strict=True) if pair < 0]
        key = (lacking.count(False), lacking.count(True), int(program.costs(column)[STAGES.index("fairness")]))
        best = key if best is None else min(best, key)
    assert best is not None
    return best


@pytest.mark.parametrize("seed", range(40))
def test_a_solve_reaches_the_enumerated_optimum_and_audits_clean(seed: int):
    instance = a_tiny_instance(seed)
    roster, result = solve(instance, rule_book(instance), workers=0)
    report = audit(instance, rule_book(instance), roster)
    assert report.clean
    for stage in result.stages:
        assert stage.value == report.value(stage.name), stage.name
    best = best_worth(instance, roster)
    found = worth(instance, roster)
    assert found[:2] == best[:2]
    fairness = result.stage("fairness")
    assert (fairness.best is not None and fairness.best == best[2]) or found[:2] > (0, 0)
    assert fairness.bound is None or fairness.bound <= best[2]


@pytest.mark.parametrize("seed", range(6))
def test_the_same_input_gives_the_same_roster_with_and_without_processes(seed: int):
    instance = a_tiny_instance(seed + 100)
    alone, crew = (solve(instance, rule_book(instance), workers=workers)[0] for workers in (0, 2))
    assert alone == crew


@pytest.mark.parametrize("seed", range(10))
def test_permuting_doctors_keeps_the_proven_stages(seed: int):
    instance = a_tiny_instance(seed + 200)
    mixed = instance.model_copy(update={"doctors": tuple(reversed(instance.doctors))})
    mixed = Instance.model_validate(mixed.model_dump(by_alias=True))
    one, other = (solve(each, rule_book(each), workers=0)[1] for each in (instance, mixed))
    for stage in ("coverage", "caps", "shares", "fairness"):
        first, second = one.stage(stage), other.stage(stage)  # type: ignore[arg-type]
        if first.proven and second.proven:
            assert (first.best or first.value) == (second.best or second.value), stage


ADDED = (
    RuleRow(code="max-per-window", params={"days": 7, "most": 1}),
    RuleRow(code="max-per-period", params={"period": "month", "most": 2}, strength=Strength()),
    RuleRow(code="weekend-split", strength=Strength()),
    RuleRow(code="min-rest", params={"hours": 60}),
)


@pytest.mark.parametrize("seed", range(12))
def test_one_more_hard_rule_never_improves_the_stages_in_strict_order(seed: int):
    """Solved to proof with tolerance 0: the vector of proven stages, in order, never becomes better."""
    one = a_tiny_instance(seed + 300)
    more = a_tiny_instance(seed + 300, (*RULES, ADDED[seed % len(ADDED)]))
    loose, tight = (solve(each, rule_book(each), workers=0)[1] for each in (one, more))
    assert strict_order(loose, tight) <= strict_order(tight, loose)


def strict_order(result: Result, other: Result) -> tuple[int, ...]:
    """Misses by level, then what follows as long as both prove it; dues, hence fairness, compare where nothing is missing."""
    missing = [level.missing for level in result.stage("coverage").levels]
    if any(missing) or any(level.missing for level in other.stage("coverage").levels):
        return tuple(missing)
    vector: list[int] = []
    for stage in ("caps", "shares", "fairness", "blend"):
        mine, theirs = result.stage(stage), other.stage(stage)  # type: ignore[arg-type]
        if not (mine.proven and theirs.proven):
            break
        vector.append(mine.value if mine.best is None else mine.best)
    return (*missing, *vector)


def test_enough_of_these_instances_are_compared_down_to_fairness():
    compared = 0
    for seed in range(12):
        instance = a_tiny_instance(seed + 300)
        result = solve(instance, rule_book(instance), workers=0)[1]
        compared += not result.stage("coverage").value and result.stage("fairness").proven
    assert compared >= 6


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_and_effort_give_the_same_bytes(seed: int):
    instance = a_tiny_instance(seed + 400)
    documents = []
    for _ in range(2):
        roster, result = solve(instance, rule_book(instance), seed=seed, workers=0)
        report = audit(instance, rule_book(instance), roster)
        facts = Facts(instance, rule_book(instance), roster, result, report, input_sha256="0" * 64)
        documents.append(roster_files(facts, versions={})["roster.json"])
    assert documents[0] == documents[1]


def test_a_search_stopped_at_once_still_returns_a_roster_and_says_stopped():
    instance = a_tiny_instance(1)
    roster, result = solve(instance, rule_book(instance), workers=0, time_limit_seconds=0.0)
    assert result.status == "stopped"
    assert audit(instance, rule_book(instance), roster).clean
