"""What holds of every rule book: a strict rule never admits more, order never matters, empty is always allowed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterplan.audit import audit
from rosterplan.canvas.program import Program
from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Availability, Instance, Lock, PastDuty
from rosterplan.domain.people import DateSpan, Doctor, Membership
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.rulebook import HARD, Scope, soft
from rosterplan.domain.work import Line
from rosterplan.model.build import canvas_of, fixed_pairs
from rosterplan.rules.admission import admitted
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.base import Rule
from rosterplan.rules.consecutive_weekends import ConsecutiveWeekends
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.declared_maximum import DeclaredMaximum
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.max_stretch import MaxStretch
from rosterplan.rules.max_weekends import MaxWeekends
from rosterplan.rules.min_rest import MinRest
from rosterplan.rules.newcomer_ramp import NewcomerRamp
from rosterplan.rules.no_overlap import NoOverlap
from rosterplan.rules.pairs_apart import PairsApart
from rosterplan.rules.pairs_together import PairsTogether
from rosterplan.rules.rest_after_night import RestAfterNight
from rosterplan.rules.same_practice import SamePractice
from rosterplan.rules.spacing import Spacing
from rosterplan.rules.volunteers_only import VolunteersOnly
from rosterplan.rules.weekend_block import WeekendBlock
from rosterplan.rules.weekend_split import WeekendSplit
from tests.exact.harness import a_duty, an_instance, at

FRIDAY = date(2027, 3, 26)  # the clocks go forward on the Sunday
BANDS = ("soiree", "samedi", "nuit")
COMFORT = soft("comfort", 3)

starts = st.tuples(st.integers(0, 17), st.sampled_from((0, 8, 12, 20)), st.sampled_from((4, 8, 12)))
doctors = st.fixed_dictionaries(
    {
        "volunteer": st.sampled_from((True, True, True, False)),
        "quota": st.sampled_from((1.0, 0.5)),
        "maximum": st.sampled_from((None, None, 1, 3)),
        "practice": st.sampled_from((None, "P")),
        "accepts_beyond_cap": st.booleans(),
        "on_list": st.sampled_from((DateSpan(), DateSpan(start=FRIDAY + timedelta(days=2)))),
        "sectors": st.sampled_from(
            ((Membership(sector="S1"),), (Membership(sector="S1"),), (Membership(sector="S2"),))
        ),
        "modalities": st.just(("fixe",)),
    }
)
strengths = st.sampled_from((HARD, COMFORT))


def rule_books() -> st.SearchStrategy[list[Rule]]:
    """A few rules with small parameters; several of one kind may stand together."""
    small, days = st.integers(0, 3), st.integers(1, 9)
    scopes = st.sampled_from((Scope(), Scope(lines=("L1",)), Scope(bands=("samedi", "nuit")), Scope(doctors=("B",))))
    one = st.one_of(
        st.just(Coverage()),
        st.builds(VolunteersOnly, scope=scopes),
        st.builds(Eligible, scope=scopes),
        st.builds(DeclaredDates, scope=scopes),
        st.builds(NewcomerRamp, days=days),
        st.builds(NoOverlap, scope=scopes),
        st.builds(MinRest, hours=st.integers(0, 40), scope=scopes),
        st.builds(RestAfterNight, hours=st.integers(1, 30), strength=strengths),
        st.builds(MaxStretch, hours=st.integers(6, 30), gap_minutes=st.integers(1, 800), scope=scopes),
        st.builds(Spacing, days=days, adapt=st.booleans()),
        st.builds(DeclaredMaximum, scope=scopes),
        st.builds(MaxPerWindow, most=small, days=days, scope=scopes, at_least_share=st.booleans()),
        st.builds(
            MaxPerPeriod, most=small, period=st.sampled_from(("week", "month")), strength=strengths, scope=scopes
        ),
        st.builds(MaxWeekends, most=small, strength=strengths),
        st.builds(ConsecutiveWeekends, most=st.integers(0, 2), among=st.integers(1, 3), strength=strengths),
        st.builds(WeekendBlock, strength=strengths),
        st.builds(WeekendSplit, strength=strengths),
        st.builds(
            PairsApart, couples=st.just((("A", "B"),)), when=st.sampled_from(("hours", "date")), strength=strengths
        ),
        st.builds(
            PairsTogether, couples=st.just((("C", "B"),)), when=st.sampled_from(("duty", "date")), strength=strengths
        ),
        st.builds(SamePractice, most=st.integers(0, 2), strength=strengths),
    )
    return st.lists(one, min_size=1, max_size=6)


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Three doctors, up to seven duties of two lines around a clock change, history, refusals and locks."""
    people = [Doctor(id=name, last_name=name, **draw(doctors)) for name in "ABC"]
    duties = {}
    for number, (day, hour, length) in enumerate(draw(st.lists(starts, min_size=1, max_size=7))):
        when, needs = FRIDAY + timedelta(days=day), {"need_min": number % 3, "need_max": max(1, number % 3)}
        band = BANDS[number % 3]
        duty = a_duty(f"{when} {hour:02}:00", length, line=f"L{1 + number % 2}", band=band, **needs)
        duties[duty.id] = duty
    chosen = list(duties.values())
    names, some = st.sampled_from("ABC"), st.sampled_from(chosen)
    history = []
    for name, day, hour in draw(
        st.lists(st.tuples(names, st.integers(1, 9), st.sampled_from((0, 12, 20))), max_size=3)
    ):
        start = at(f"{FRIDAY - timedelta(days=day)} {hour:02}:00")
        history.append(
            PastDuty(doctor=name, line="L1", start=start, end=start + timedelta(hours=8), band="nuit", points=1)
        )
    said = [
        Availability(doctor=name, duty=duty.id, value=value)
        for name, duty, value in draw(
            st.lists(st.tuples(names, some, st.sampled_from(("impossible", "only"))), max_size=3)
        )
    ]
    locks = [
        Lock(duty=duty.id, doctor=name)
        for duty, name in draw(st.lists(st.tuples(some, st.sampled_from(("A", "B", "C", None))), max_size=2))
    ]
    lines = tuple(Line(id=name, name=name, sector="S1") for name in ("L1", "L2"))
    return an_instance(
        chosen, people, lines=lines, history=tuple(history), availability=tuple(said), locks=tuple(dict.fromkeys(locks))
    )


def taken(program: Program, canvas: object, cells: set[tuple[int, int]]) -> np.ndarray | None:
    """The columns of a program when these (doctor, duty) are held; None if one of them has no pair."""
    pairs = canvas.pairs  # type: ignore[attr-defined]
    keys = list(zip(pairs["doctor"][program.pair].tolist(), pairs["duty"][program.pair].tolist(), strict=True))
    if not cells <= set(keys):
        return None
    return program.values(np.array([key in cells for key in keys], dtype=bool))


def drawn_cells(instance: Instance, bits: int) -> set[tuple[int, int]]:
    """Some (doctor, duty) numbers, none of them decided by a lock."""
    decided = fixed_pairs(instance)
    closed = {lock.duty for lock in instance.locks if lock.doctor is None}
    cells = [
        (doctor, duty)
        for duty, one in enumerate(instance.duties)
        for doctor, who in enumerate(instance.doctors)
        if who.id not in decided.get(one.id, ()) and one.id not in closed
    ]
    return {cell for number, cell in enumerate(cells) if bits >> number & 1}


def roster_with(instance: Instance, cells: set[tuple[int, int]]) -> Roster:
    """Those cells and what is decided."""
    held = {(instance.duties[duty].id, instance.doctors[doctor].id) for doctor, duty in cells}
    held |= {(duty, doctor) for duty, who in fixed_pairs(instance).items() for doctor in who}
    return Roster(assignments=tuple(Assignment(duty=duty, doctor=doctor) for duty, doctor in sorted(held)))


def stood_already(found: Finding, before: Finding) -> bool:
    """True if locks alone broke as much: one more duty of a weekend a lock took already touches no weekend more."""
    same = (found.rule, found.row, found.doctors) == (before.rule, before.row, before.doctors)
    return same and found.amount <= before.amount and set(before.duties) <= set(found.duties)


BITS = st.integers(0, 2**21 - 1)
SPARSE = st.builds(lambda one, other: one & other, BITS, BITS)


@settings(max_examples=150, deadline=None)
@given(instances(), rule_books(), SPARSE)
def test_canvas_and_audit_agree_on_any_roster_of_any_rule_book(instance: Instance, rules: list[Rule], bits: int):
    canvas = canvas_of(instance, rules)
    program = canvas.program()
    cells = drawn_cells(instance, bits)
    roster = roster_with(instance, cells)
    report = audit(instance, rules, roster)
    free = {(instance.duties[duty].id, instance.doctors[doctor].id) for doctor, duty in cells}
    decided = audit(instance, rules, roster_with(instance, set())).findings
    errors = [
        one
        for one in report.findings
        if one.severity == "erreur"
        and any((duty, doctor) in free for duty in one.duties for doctor in one.doctors)
        and not any(stood_already(one, before) for before in decided)
    ]
    column = taken(program, canvas, cells)
    if column is None:
        assert errors
        return
    broken = program.broken(column)
    assert bool(len(broken)) == bool(errors)
    if not len(broken):
        costs = program.costs(column)
        assert [int(costs[number]) for number in (0, 1, 6)] == [
            report.value(stage) for stage in ("coverage", "caps", "comfort")
        ]


@settings(max_examples=100, deadline=None)
@given(instances(), rule_books(), rule_books(), SPARSE)
def test_a_strict_rule_more_never_admits_a_roster_more(
    instance: Instance, rules: list[Rule], more: list[Rule], bits: int
):
    strict = [rule.model_copy(update={"strength": HARD}) for rule in more if "hard" in rule.kinds]
    cells = drawn_cells(instance, bits)
    verdicts = []
    for book in (rules, [*rules, *strict]):
        canvas = canvas_of(instance, book)
        program = canvas.program()
        column = taken(program, canvas, cells)
        verdicts.append(column is not None and not len(program.broken(column)))
        if column is not None:
            verdicts.append(program.costs(column).tolist())
    if len(verdicts) == 4:
        assert verdicts[1] == verdicts[3]  # a strict rule has no cost
        assert verdicts[0] or not verdicts[2]
    elif len(verdicts) == 3:
        assert verdicts[0] is False or verdicts[2] is False


@settings(max_examples=100, deadline=None)
@given(instances(), rule_books(), SPARSE, st.randoms(use_true_random=False))
def test_the_order_of_rules_never_matters(instance: Instance, rules: list[Rule], bits: int, order: object):
    shuffled = list(rules)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    cells = drawn_cells(instance, bits)
    seen = []
    for book in (rules, shuffled):
        canvas = canvas_of(instance, book)
        program = canvas.program()
        column = taken(program, canvas, cells)
        told = (
            [] if column is None else [sorted(canvas.rule_names[program.rows.rule[r]] for r in program.broken(column))]
        )
        seen.append([program.pairs, column is None, *told, None if column is None else program.costs(column).tolist()])
    assert seen[0] == seen[1]


@settings(max_examples=100, deadline=None)
@given(instances(), rule_books())
def test_a_roster_always_exists_whatever_was_decided_before(instance: Instance, rules: list[Rule]):
    program = canvas_of(instance, rules).program()
    assert not len(program.broken(program.values(np.zeros(program.pairs, dtype=bool))))


@settings(max_examples=100, deadline=None)
@given(instances(), rule_books())
def test_a_pair_is_admitted_if_and_only_if_no_admission_finds_fault(instance: Instance, rules: list[Rule]):
    filters = [rule for rule in rules if type(rule).admit is not Rule.admit]
    open_pairs = {
        (table.doctors[row].id, table.duties[column].id)
        for table in admitted(instance, filters)
        for row, column in zip(*np.nonzero(table.mask), strict=True)
    }
    for doctor in instance.doctors:
        for duty in instance.duties:
            alone = Roster(assignments=(Assignment(duty=duty.id, doctor=doctor.id),))
            fault = any(True for rule in filters for _ in rule.audit(instance, alone))
            assert ((doctor.id, duty.id) in open_pairs) == (not fault)
