"""What holds of juste répartition whatever the doctors, the duties and the past."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rosterplan.domain.fairness import (
    SCALE,
    closing_balances,
    costs_of,
    dues,
    fairness_value,
    figures,
    full_dues,
    opening_balances,
    parts,
    positions_held,
    positions_needed,
    shares_of,
    tables,
    wish_balances,
    wishes_of,
)
from rosterplan.domain.instance import Availability, Balance, Instance
from rosterplan.domain.people import DateSpan, Exemption, Membership
from rosterplan.domain.roster import Roster, roster_of
from rosterplan.domain.rulebook import RuleRow
from rosterplan.rules.juste_repartition import JusteRepartition
from rosterplan.rules.wishes import WishPoints
from tests.exact.harness import a_doctor, a_duty, an_instance, at

BANDS = (("soiree", 2, None), ("samedi", 3, None), ("dimanche", 5, None), ("fete", 6, "noel"))
NAMES = "ABCDEFGH"
START = at("2027-01-01 20:00").date()


@st.composite
def doctors(draw, names=NAMES):
    people = []
    for name in names[: draw(st.integers(1, len(names)))]:
        absence = draw(st.none() | st.tuples(st.integers(0, 20), st.integers(0, 10)))
        spans = ()
        if absence:
            first = START + timedelta(days=absence[0])
            spans = (DateSpan(start=first, end=first + timedelta(days=absence[1])),)
        exempt = draw(st.none() | st.sampled_from(BANDS))
        sectors = draw(
            st.sampled_from(
                (
                    (Membership(sector="S1"),),
                    (Membership(sector="S2"), Membership(sector="S1")),
                    (Membership(sector="S1", participation=0.5), Membership(sector="S2", participation=0.5)),
                )
            )
        )
        people.append(
            a_doctor(
                name,
                sectors=sectors,
                quota=draw(st.sampled_from((0.25, 0.3, 0.5, 0.75, 1.0, 1.5))),
                maximum=draw(st.none() | st.integers(0, 6)),
                long_absences=spans,
                exemptions=(Exemption(bands=(exempt[0],)),) if exempt and draw(st.booleans()) else (),
            )
        )
    return tuple(people)


@st.composite
def instances(draw, zero_sum=False):
    people = draw(doctors())
    duties = []
    for day in range(draw(st.integers(1, 24))):
        band, points, feast = draw(st.sampled_from(BANDS))
        need = draw(st.integers(0, 2))
        line = draw(st.sampled_from(("L1", "L2")))
        start = (START + timedelta(days=day)).isoformat()
        duties.append(
            a_duty(f"{start} 20:00", 4, line=line, band=band, points=points, feast=feast, need_min=need, need_max=need)
        )
    base = an_instance(duties, people)
    lines = tuple(line.model_copy(update={"sector": {"L1": "S1", "L2": "S2"}[line.id]}) for line in base.lines)
    groups = tuple(base.groups[0].model_copy(update={"id": line.sector, "lines": (line.id,)}) for line in lines)
    rows = (RuleRow(code="juste-repartition", params={"compensation": draw(st.booleans())}),)
    balances = draw(past(people, [group.id for group in groups], zero_sum))
    return Instance.model_validate(
        base.model_copy(update={"lines": lines, "groups": groups, "rules": rows, "balances": balances}).model_dump()
    )


@st.composite
def past(draw, people, groups, zero_sum):
    """Balances of those there, and of one who left; of each (group, band) zero-sum on demand."""
    found = []
    names = [person.id for person in people] + ["GONE"]
    for group in groups:
        for band, _, _ in BANDS:
            some = draw(st.lists(st.integers(-400, 400), min_size=len(names), max_size=len(names)))
            if zero_sum:
                some[0] -= sum(some)
            found += [
                Balance(doctor=name, group=group, band=band, balance_hundredths=value)
                for name, value in zip(names, some, strict=True)
            ]
    return tuple(found)


@st.composite
def rosters(draw, instance):
    """Whoever, on whatever: renfort, exempt and absent doctors too."""
    names = [doctor.id for doctor in instance.doctors]
    pairs = {}
    for duty in instance.duties:
        most = min(duty.need_max, len(names))
        pairs[duty.id] = tuple(draw(st.lists(st.sampled_from(names), max_size=most, unique=True)))
    return roster_of(pairs)


def by_cell(rows, value):
    found = defaultdict(int)
    for row in rows:
        found[row.group, row.band] += value(row)
    return dict(found)


@settings(max_examples=40, deadline=None)
@given(instances())
def test_dues_and_targets_sum_to_the_positions_and_no_target_is_negative(instance):
    shared = {(one.group, one.band) for one in shares_of(instance)}
    needed = {cell: 100 * count for cell, count in positions_needed(instance).items() if cell in shared}
    found = full_dues(instance)
    assert by_cell(found, lambda due: due.due_hundredths) == needed
    assert by_cell(found, lambda due: due.target_hundredths) == needed
    assert all(due.due_hundredths >= 0 and due.target_hundredths >= 0 for due in found)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_permuting_the_doctors_changes_nobodys_due_nor_cost(data):
    instance = data.draw(instances())
    order = data.draw(st.permutations(instance.doctors))
    other = instance.model_copy(
        update={"doctors": tuple(order), "balances": tuple(data.draw(st.permutations(instance.balances)))}
    )
    other = Instance.model_validate(other.model_dump())
    assert full_dues(other) == full_dues(instance)
    roster = data.draw(rosters(instance))
    under = dues(instance, positions_held(instance, roster))
    assert fairness_value(other, roster, tables(other, under)) == fairness_value(
        instance, roster, tables(instance, under)
    )


@settings(max_examples=40, deadline=None)
@given(instances())
def test_a_due_is_near_its_exact_share_and_a_small_repayment(instance):
    shares = {(one.doctor, one.group, one.band): one.share for one in parts(instance, positions_needed(instance))}
    for due in full_dues(instance):
        assert abs(due.due_hundredths - 100 * shares[due.doctor, due.group, due.band]) < 1 + 1e-6


@settings(max_examples=40, deadline=None)
@given(instances())
def test_a_declared_maximum_holds_where_someone_without_one_shares_every_band(instance):
    free = [doctor for doctor in instance.doctors if doctor.maximum is None]
    found = parts(instance, positions_needed(instance))
    carried = {(one.group, one.band) for one in found if one.doctor in {doctor.id for doctor in free}}
    owed = defaultdict(float)
    for one in found:
        owed[one.doctor] += one.share
    for doctor in instance.doctors:
        mine = {(one.group, one.band) for one in found if one.doctor == doctor.id}
        if doctor.maximum is not None and mine <= carried:
            assert owed[doctor.id] <= doctor.maximum + 0.005


@settings(max_examples=40, deadline=None)
@given(instances())
def test_lowering_for_a_maximum_never_lowers_who_declared_none(instance):
    without = instance.model_copy(
        update={
            "doctors": tuple(doctor.model_copy(update={"maximum": None}) for doctor in instance.doctors),
            "rules": (),
        }
    )
    before = {(one.doctor, one.group, one.band): one.share for one in parts(without, positions_needed(without))}
    plain = instance.model_copy(update={"rules": ()})
    free = {doctor.id for doctor in instance.doctors if doctor.maximum is None}
    for one in parts(plain, positions_needed(plain)):
        if one.doctor in free:
            assert one.share >= before[one.doctor, one.group, one.band] - 1e-9


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_tables_are_convex_and_sum_to_the_real_cost_and_to_the_audit(data):
    instance = data.draw(instances())
    roster = data.draw(rosters(instance))
    under = data.draw(st.sampled_from((full_dues(instance), dues(instance, positions_held(instance, roster)))))
    roster = roster.model_copy(update={"dues": under})
    made = tables(instance, under)
    for table in [item.table for item in made.items] + [total.table for total in made.totals]:
        steps = table.marginals(30).tolist()
        assert all(one <= two for one, two in pairwise(steps))
        assert table.costs(30).tolist()[0] == table.constant
    most = np.array(
        data.draw(st.lists(st.integers(0, 12), min_size=len(made.items), max_size=len(made.items))), dtype=np.int64
    )
    swept = costs_of([item.table for item in made.items], most)
    assert [one.tolist() for one in swept] == [
        item.table.costs(int(count)).tolist() for item, count in zip(made.items, most, strict=True)
    ]
    units = sum(duty.points * len(roster.doctors_of.get(duty.id, ())) for duty in instance.duties)
    rounded = (
        len(made.items) + len(made.totals) + len(roster.assignments) + units
    )  # one rounding of at most a half each
    value = fairness_value(instance, roster, made)
    assert abs(value - SCALE * figures(instance, roster, under).cost) <= rounded / 2 + 1e-3
    if under:
        assert sum(finding.cost for finding in JusteRepartition().audit(instance, roster)) == value


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_balances_keep_their_sum_from_quarter_to_quarter(data):
    instance = data.draw(instances(zero_sum=True))
    served = data.draw(rosters(instance))
    under = data.draw(st.sampled_from(((), full_dues(instance))))
    opening = defaultdict(int)
    for (_, group, band), value in opening_balances(instance).items():
        opening[group, band] += value
    closing = by_cell(
        closing_balances(instance, served.model_copy(update={"dues": under})), lambda one: one.balance_hundredths
    )
    shared = {(one.group, one.band) for one in shares_of(instance)}
    for cell, total in closing.items():
        assert total == opening[cell]
        if cell in shared:
            assert total == 0  # the one who left is spread over those who stay


@settings(max_examples=40, deadline=None)
@given(instances())
def test_a_newcomer_opens_at_nothing_and_changes_no_balance(instance):
    newcomer = a_doctor("NEW")
    there = {row for row in instance.balances if row.doctor != "GONE"}
    alone = instance.model_copy(
        update={"balances": tuple(sorted(there, key=lambda row: (row.doctor, row.group, row.band)))}
    )
    joined = alone.model_copy(update={"doctors": (*instance.doctors, newcomer)})
    joined = Instance.model_validate(joined.model_dump())
    assert opening_balances(joined) == opening_balances(alone)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_refusals_agree_with_the_audit_and_their_balances_keep_their_sum(data):
    instance = data.draw(instances())
    said = []
    for doctor in instance.doctors:
        for value in ("avoid", "wish"):
            for duty in data.draw(st.lists(st.sampled_from(instance.duties), max_size=4, unique=True)):
                said.append(Availability(doctor=doctor.id, value=value, duty=duty.id))
            if data.draw(st.booleans()):
                first = START + timedelta(days=data.draw(st.integers(0, 10)))
                said.append(Availability(doctor=doctor.id, value=value, start=first, end=first + timedelta(days=3)))
    instance = Instance.model_validate(instance.model_copy(update={"availability": tuple(said)}).model_dump())
    roster = data.draw(rosters(instance))
    under = full_dues(instance)
    marked = wishes_of(instance, under)
    costs = {one.doctor: int(one.costs(1000)[one.refused(roster.duties_of.get(one.doctor, ()))]) for one in marked}
    audited = {finding.doctors[0]: finding.cost for finding in WishPoints().audit(instance, roster)}
    assert {doctor: cost for doctor, cost in costs.items() if cost} == audited
    for one in marked:
        steps = one.costs(1000)
        assert all(
            later - here >= here - before for before, here, later in zip(steps, steps[1:], steps[2:], strict=False)
        )
    assert sum(row.balance_hundredths for row in wish_balances(instance, roster, under)) == 0


def test_the_same_quarter_planned_forty_times_keeps_every_balance_within_a_duty():
    # 5 equal doctors and 3 duties a quarter; each quarter everyone holds the rounded target: nobody drifts away
    people = tuple(a_doctor(name) for name in "ABCDE")
    duties = tuple(a_duty(f"2027-01-0{day} 20:00", 4) for day in (1, 2, 3))
    balances: tuple[Balance, ...] = ()
    for quarter in range(40):
        instance = an_instance(duties, people, balances=balances)
        under = full_dues(instance, quarter)
        ranked = sorted(under, key=lambda due: (-due.target_hundredths, due.doctor))
        roster = Roster(
            assignments=roster_of(
                {duty.id: (due.doctor,) for duty, due in zip(duties, ranked, strict=False)}
            ).assignments,
            dues=under,
        )
        balances = closing_balances(instance, roster, quarter)
        assert sum(one.balance_hundredths for one in balances) == 0
        assert max(abs(one.balance_hundredths) for one in balances) <= 100
    assert floor(sum(abs(one.balance_hundredths) for one in balances)) < 500
    assert pytest.approx(0) == sum(one.balance_hundredths for one in balances)
