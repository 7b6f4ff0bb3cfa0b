"""Repairs against brute force: cover first, then really the least change, then fair and kind; nothing before the day moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product

import numpy as np
import pytest

from rosterplan.audit import audit
from rosterplan.domain.events import Event, instance_after, taken_away
from rosterplan.domain.fairness import with_dues
from rosterplan.domain.instance import Availability, Instance, Lock
from rosterplan.domain.people import Membership
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.rulebook import soft
from rosterplan.domain.work import Group, Line
from rosterplan.model.repair import Case, lost_of, repaired, with_at_most
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.juste_repartition import JusteRepartition
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.min_rest import MinRest
from rosterplan.rules.spacing import Spacing
from tests.exact.harness import a_doctor, a_duty, an_instance

RULES = (
    Coverage(priorities={"samedi": 10, "soiree": 5}), Eligible(), DeclaredDates(), MinRest(hours=11),
    MaxPerPeriod(most=3, period="month"), JusteRepartition(), Spacing(days=2, strength=soft("comfort", 10)),
)  # fmt: skip
FIRST = date(2027, 1, 4)


def two_sectors(seed: int) -> Instance:
    """Two lines, five evenings; four doctors, one of both sectors; answers drawn."""
    rng = np.random.default_rng(seed)
    duties = [
        a_duty(f"2027-01-{4 + day + 1:02} 20:00", 4, line=line, band="samedi" if day % 2 else "soiree")
        for day, line in ((-2, "L1"), (0, "L1"), (1, "L1"), (0, "L2"), (1, "L2"))
    ]
    lines = (Line(id="L1", name="Un", sector="S1"), Line(id="L2", name="Deux", sector="S2"))
    doctors = [
        a_doctor(name, sectors=tuple(Membership(sector=sector, participation=1 / len(own)) for sector in own))
        for name, own in (("A", ("S1",)), ("B", ("S1",)), ("C", ("S1", "S2")), ("D", ("S2",)))
    ]
    said = tuple(
        Availability(doctor=doctor.id, duty=duty.id, value="impossible")
        for duty in duties
        for doctor in doctors
        if rng.random() < 0.2
    )
    groups = (Group(id="S1", lines=("L1",)), Group(id="S2", lines=("L2",)))
    return an_instance(duties, doctors, lines=lines, availability=said, groups=groups)


def rosters_of(instance: Instance, pinned: tuple[Assignment, ...]):
    """Every roster of one doctor or none per duty, with what is pinned."""
    kept = {one.duty: one.doctor for one in pinned}
    names = [None, *(doctor.id for doctor in instance.doctors)]
    choices = [[kept.get(duty.id)] if duty.id in kept or duty.date < FIRST else names for duty in instance.duties]
    for held in product(*choices):
        yield Roster(
            assignments=tuple(
                Assignment(duty=duty.id, doctor=name) for duty, name in zip(instance.duties, held, strict=True) if name
            )
        )


def legal(instance: Instance, roster: Roster) -> bool:
    return not any(one.severity == "erreur" for one in audit(instance, RULES, roster).findings)


def worth(instance: Instance, roster: Roster) -> tuple[int, int]:
    report = audit(instance, RULES, roster)
    return report.value("fairness"), report.value("blend")


def missing(instance: Instance, roster: Roster) -> tuple[int, int]:
    """Holes by priority, gravest first."""
    short = [duty.band for duty in instance.duties if duty.id not in roster.doctors_of]
    return short.count("samedi"), short.count("soiree")


def changed(roster: Roster, remaining: tuple[Assignment, ...], weight: dict[str, int]) -> int:
    """The weight of the duties whose holder is not who remained."""
    was = {one.duty: one.doctor for one in remaining}
    now = {one.duty: one.doctor for one in roster.assignments}
    return sum(weight.get(duty, 1) for duty in was.keys() | now.keys() if was.get(duty) != now.get(duty))


def case_of(seed: int) -> tuple[Instance, Case, list[Event]]:
    """A drawn instance, its best roster, and an absence."""
    before = two_sectors(seed)
    best = min(
        (one for one in rosters_of(before, ()) if legal(before, one)),
        key=lambda one: (missing(before, one), worth(before, with_dues(before, one))),
    )
    roster = with_dues(before, best)
    rng = np.random.default_rng(seed + 1000)
    start = FIRST + timedelta(days=int(rng.integers(0, 2)))
    who = str(rng.choice(sorted({one.doctor for one in roster.assignments})))
    events = [Event(kind="absence", doctor=who, start=start, end=start + timedelta(days=int(rng.integers(1, 5))))]
    after = instance_after(before, events)
    lost = lost_of(after, RULES, roster, FIRST, lambda duty, doctor: taken_away(before, events, duty, doctor))
    weight = {duty.id: int(rng.integers(1, 4)) for duty in after.duties}
    return after, Case(after, RULES, roster, lost, FIRST, weight, frozenset({who})), events


@cache
def drawn(seed: int) -> tuple[Instance, Case, tuple[Roster, ...]]:
    """A case, and every legal roster with the dues in force that keeps what lies before the day."""
    instance, case, _ = case_of(seed)
    pinned = tuple(one for one in case.remaining if instance.duty_by_id[one.duty].date < FIRST)
    return (
        instance,
        case,
        tuple(
            one.model_copy(update={"dues": case.roster.dues})
            for one in rosters_of(instance, pinned)
            if legal(instance, one)
        ),
    )


@pytest.mark.parametrize("seed", (3, 5, 7, 10, 16, 17))  # filled at once, in part, with moves, not at all
def test_no_roster_that_fills_as_much_changes_less_and_none_of_them_is_fairer_or_kinder(seed):
    instance, case, all_of_them = drawn(seed)
    found = repaired(case)
    assert legal(instance, found.roster)
    mended = missing(instance, found.roster)
    if found.opened or not found.unfilled:
        assert mended == min(missing(instance, one) for one in all_of_them) or not case.lost
    as_good = [one for one in all_of_them if missing(instance, one) <= mended]
    weight = changed(found.roster, case.remaining, case.weight)
    assert weight == found.weight == min(changed(one, case.remaining, case.weight) for one in as_good)
    assert found.least in ("everywhere", "scope")
    as_few = [one for one in as_good if changed(one, case.remaining, case.weight) == weight]
    assert worth(instance, found.roster) == min(worth(instance, one) for one in as_few)


def handed_on(case: Case, titular: str, served: Assignment) -> tuple[Case, Assignment]:
    """The case where a duty that stays was the titular's and is served by another; the assignment as it is listed."""
    locked = served.model_copy(update={"locked": True})
    there = tuple(locked if one == served else one for one in case.roster.assignments)
    listed = Assignment(duty=served.duty, doctor=titular, replaced_by=served.doctor, kind="remplacement")
    roster = case.roster.model_copy(update={"assignments": there})
    return replace(case, roster=roster, credit={(served.duty, served.doctor): titular}), listed


def test_a_repair_counts_a_replaced_duty_for_its_titular_and_is_then_the_fairest():
    compared = differs = 0
    for seed in (3, 5, 7, 10, 16, 17):
        instance, plain, all_of_them = drawn(seed)
        for served in plain.remaining:
            titular = next(one.id for one in instance.doctors if one.id not in (served.doctor, *plain.touched))
            case, listed = handed_on(plain, titular, served)
            here = [one for one in all_of_them if served.doctor in one.doctors_of.get(served.duty, ())]

            def credited_worth(roster: Roster, served=served, listed=listed, instance=instance) -> tuple[int, int]:
                at = tuple(listed if one.duty == served.duty else one for one in roster.assignments)
                return worth(instance, roster.model_copy(update={"assignments": at}))

            found = repaired(case)
            assert any(one.duty == served.duty and one.doctor == served.doctor for one in found.roster.assignments)
            mended, weight = missing(instance, found.roster), changed(found.roster, case.remaining, case.weight)
            as_good = [
                one
                for one in here
                if missing(instance, one) <= mended and changed(one, case.remaining, case.weight) == weight
            ]
            assert credited_worth(found.roster) == min(credited_worth(one) for one in as_good)
            compared += 1
            differs += credited_worth(repaired(plain).roster) != credited_worth(found.roster)
    assert compared > 10
    assert differs  # the credit changes which repair is best


@pytest.mark.parametrize("seed", (5, 7, 10))
def test_each_row_of_the_dial_is_the_best_with_so_many_changes(seed):
    instance, case, all_of_them = drawn(seed)
    least = repaired(case)
    once = dict.fromkeys(case.weight, 1)
    for most in range(least.changes + 2):
        row = with_at_most(case, least, most)
        assert legal(instance, row.roster)
        assert changed(row.roster, case.remaining, once) == row.changes <= most
        within = [one for one in all_of_them if changed(one, case.remaining, once) <= most]
        if most <= least.changes or {"S1", "S2"} == set(row.opened):
            assert missing(instance, row.roster) == min(missing(instance, one) for one in within)
        if {"S1", "S2"} == set(row.opened):
            assert row.best[0] == "coverage" and row.best[-1] == "blend", "so small a plan is proved whole"
            as_full = [one for one in within if missing(instance, one) == missing(instance, row.roster)]
            assert worth(instance, row.roster) == min(worth(instance, one) for one in as_full)


def test_a_row_of_the_dial_cut_before_any_proof_claims_none():
    instance, case, _ = drawn(5)
    least = repaired(case)
    row = with_at_most(replace(case, effort=1e-9), least, least.changes + 1)
    assert row.best == ()
    assert legal(instance, row.roster)


def test_nothing_lost_changes_nothing():
    instance = two_sectors(3)
    roster = with_dues(
        instance, next(one for one in rosters_of(instance, ()) if legal(instance, one) and len(one.assignments) > 3)
    )
    lost = lost_of(instance, RULES, roster, FIRST, lambda *_: False)
    assert lost == ()
    holes = [duty.id for duty in instance.duties if duty.id not in roster.doctors_of]
    found = repaired(Case(instance, RULES, roster, lost, FIRST, {}))
    assert set(roster.assignments) <= set(found.roster.assignments)
    assert found.changes <= len(holes)


def test_a_late_answer_loses_what_it_refuses_and_a_lock_outlives_it():
    instance = two_sectors(3)
    roster = Roster(
        assignments=tuple(
            Assignment(duty=duty.id, doctor="C" if duty.line == "L1" else "D") for duty in instance.duties[1:]
        )
    )
    first, second = roster.assignments[0], roster.assignments[-1]
    refusals = tuple(Availability(doctor=one.doctor, duty=one.duty, value="impossible") for one in (first, second))
    late = instance.changed(
        availability=(*instance.availability, *refusals), locks=(Lock(duty=second.duty, doctor=second.doctor),)
    )
    assert first in lost_of(late, RULES, roster, FIRST, lambda *_: False)
    assert second not in lost_of(late, RULES, roster, FIRST, lambda *_: False)
    assert lost_of(late, RULES, roster, date(2028, 1, 1), lambda *_: False) == ()
