"""Cost tables at scale 10,000, and the figures printed of a roster, against sums done by hand."""

from itertools import pairwise

import pytest

from rosterplan.domain.fairness import (
    SCALE,
    UnaryTable,
    accounts,
    dues,
    fairness_by_doctor,
    fairness_value,
    figures,
    full_dues,
    positions_held,
    tables,
)
from rosterplan.domain.fairness.tables import LARGEST, unary
from rosterplan.domain.instance import Availability, Balance
from rosterplan.domain.people import DateSpan, Membership
from rosterplan.domain.roster import Due, Roster, roster_of
from rosterplan.rules.juste_repartition import JusteRepartition
from tests.exact.harness import a_doctor, a_duty, an_instance


def evenings(count, **more):
    return tuple(a_duty(f"2027-01-{day:02} 20:00", 4, **more) for day in range(1, count + 1))


def saturdays(count):
    return tuple(a_duty(f"2027-02-{day:02} 12:00", 8, band="samedi", points=3) for day in range(1, count + 1))


def holding(instance, dues=None, **held):
    """The roster in which each doctor holds the first free duties of each band: A=(evenings, Saturdays)."""
    free = {"soiree": [], "samedi": []}
    for duty in instance.duties:
        free[duty.band].append(duty.id)
    pairs = {}
    for doctor, counts in held.items():
        for band, count in zip(("soiree", "samedi"), counts, strict=True):
            for _ in range(count):
                pairs[free[band].pop(0)] = (doctor,)
    roster = roster_of(pairs)
    return roster.model_copy(update={"dues": full_dues(instance) if dues is None else dues})


def test_marginal_costs_are_those_of_the_squared_deviation():
    # weight 1, T* = 2.80: (n − 2.8)² is 7.84, 3.24, 0.64, 0.04, 1.44
    table = unary(SCALE * 1.0, 1.0, 2.8)
    assert table.constant == 78_400
    assert table.marginals(4).tolist() == [-46_000, -26_000, -6_000, 14_000]
    assert table.costs(4).tolist() == [78_400, 32_400, 6_400, 400, 14_400]
    assert table.cost(3) == 400


def test_rounded_marginals_never_decrease_where_rounded_values_would():
    # 1.4·n²: values 0, 1, 6, 13, 22, 35 have differences 1, 5, 7, 9, 13; at 0.4·n²: 0, 0, 2, 4, 6, 10 dip (0, 2, 2, 2, 4)
    for weight in (0.1, 0.3, 0.4, 1.4):
        steps = unary(weight, 1.0, 0.37).marginals(200).tolist()
        assert all(one <= two for one, two in pairwise(steps))


def test_marginals_stay_below_two_to_the_thirty_one_and_convex_where_they_are_cut():
    table = unary(SCALE * 4.0, 1.0, 40_000.0)
    steps = table.marginals(80_000)
    assert steps.min() == -LARGEST
    assert steps.max() == LARGEST
    assert (steps[1:] >= steps[:-1]).all()


def test_an_item_costs_alpha_times_the_square_over_the_weight():
    # 6 evenings of 2 points and 3 Saturdays of 3: mean 21 / 9 = 7/3 points; alpha 6/7 and 9/7
    # A and B weigh 1, C a half: evenings 2.40, 2.40, 1.20; Saturdays 1.20, 1.20, 0.60
    instance = an_instance(evenings(6) + saturdays(3), (a_doctor("A"), a_doctor("B"), a_doctor("C", quota=0.5)))
    given = tables(instance, full_dues(instance))
    assert given.mean_points == pytest.approx(7 / 3)
    items = {(item.doctor, item.band): item for item in given.items}
    # C with 2 evenings: 6/7 × (2 − 1.20)² / 0.5 = 1.097 142…
    assert items["C", "soiree"].table.cost(2) == pytest.approx(10_971.43, abs=1.5)
    assert items["A", "samedi"].table.cost(1) == pytest.approx(SCALE * 9 / 7 * 0.04, abs=1.5)
    # C over all: X* = 6/7 × 1.20 + 9/7 × 0.60 = 1.80 average duties, weight 0.5; 7 points are 3 of them
    total = {one.doctor: one for one in given.totals}["C"]
    assert (total.target, total.weight) == (pytest.approx(1.8), pytest.approx(0.5))
    assert total.table.cost(7) == pytest.approx(SCALE * (3 - 1.8) ** 2 / 0.5, abs=4)


def test_a_small_weight_counts_for_a_quarter_in_costs():
    instance = an_instance(evenings(6), (a_doctor("A", quota=0.1), a_doctor("B", quota=0.25), a_doctor("C")))
    given = tables(instance, full_dues(instance))
    assert [item.weight for item in given.items] == [0.25, 0.25, 1.0]
    assert [total.weight for total in given.totals] == [0.25, 0.25, 1.0]


def test_renfort_counts_in_the_total_alone():
    renfort = a_doctor("R", sectors=(Membership(sector="S2"), Membership(sector="S1")))
    instance = an_instance(evenings(3), (a_doctor("A"), renfort))
    roster = holding(instance, A=(1, 0), R=(2, 0))
    under = dues(instance, positions_held(instance, roster))
    given = tables(instance, under)
    assert [item.doctor for item in given.items] == ["A"]
    # A holds the one duty that is shared; R holds 2 average duties for nothing owed: 2² / 0.25
    assert fairness_by_doctor(instance, roster, given) == {"A": 0, "R": 16 * SCALE}
    assert figures(instance, roster, under).cost == pytest.approx(16)


def test_duties_without_points_all_count_alike():
    instance = an_instance(evenings(4, points=0), (a_doctor("A"), a_doctor("B")))
    roster = holding(instance, A=(3, 0), B=(1, 0))
    given = tables(instance, roster.dues)
    assert fairness_value(instance, roster, given) == 2 * SCALE
    assert figures(instance, roster).cost == pytest.approx(2)


def test_dues_of_a_doctor_who_left_cost_nothing():
    instance = an_instance(evenings(4), (a_doctor("A"),))
    gone = Due(doctor="Z", group="S1", band="soiree", due_hundredths=100, target_hundredths=100)
    kept = Due(doctor="A", group="S1", band="soiree", due_hundredths=300, target_hundredths=300)
    given = tables(instance, (gone, kept))
    assert [item.doctor for item in given.items] == ["A"]
    assert [total.doctor for total in given.totals] == ["A"]


def test_the_value_is_the_sum_of_the_tables_and_near_the_real_cost():
    instance = an_instance(evenings(6) + saturdays(3), (a_doctor("A"), a_doctor("B"), a_doctor("C", quota=0.5)))
    roster = holding(instance, A=(4, 0), B=(2, 1), C=(0, 2))
    given = tables(instance, roster.dues)
    by_hand = (
        6 / 7 * (1.6**2 + 0.4**2 + 1.2**2 / 0.5)
        + 9 / 7 * (1.2**2 + 0.2**2 + 1.4**2 / 0.5)
        + (8 * 3 / 7 - 3.6) ** 2 + (7 * 3 / 7 - 3.6) ** 2 + (6 * 3 / 7 - 1.8) ** 2 / 0.5
    )  # fmt: skip
    assert figures(instance, roster).cost == pytest.approx(by_hand)
    assert fairness_value(instance, roster, given) == pytest.approx(SCALE * by_hand, abs=20)
    audited = sum(finding.cost for finding in JusteRepartition().audit(instance, roster))
    assert audited == fairness_value(instance, roster, given)


def test_figures_are_what_they_say():
    # dues 2.80, 2.80, 1.40; held 4, 2, 1: deviations + 1.20, − 0.80, − 0.40
    instance = an_instance(evenings(7), (a_doctor("A"), a_doctor("B"), a_doctor("C", quota=0.5)))
    found = figures(instance, holding(instance, A=(4, 0), B=(2, 0), C=(1, 0)))
    assert found.outside_due == pytest.approx(1 / 3)  # 4 is above ⌈2.80⌉, 2 and 1 are the roundings down
    assert found.outside_target == found.outside_due
    assert found.largest_deviation == pytest.approx(1.2)
    assert found.mean_deviation == pytest.approx(0.8)
    assert [(one.group, one.band, one.spread) for one in found.spreads] == [("S1", "soiree", 2.0)]
    # ratios 4/2.8, 2/2.8, 1/1.4 = 10/7, 5/7, 5/7: (20/7)² / (3 × 150/49) = 400 / 450
    assert found.jain == pytest.approx(8 / 9)


def test_repaying_a_balance_is_outside_the_due_and_inside_the_target():
    balances = (
        Balance(doctor="A", group="S1", band="soiree", balance_hundredths=200),
        Balance(doctor="B", group="S1", band="soiree", balance_hundredths=-200),
    )
    instance = an_instance(evenings(6), (a_doctor("A"), a_doctor("B")), balances=balances)
    found = figures(instance, holding(instance, A=(1, 0), B=(5, 0)))  # targets 1.50 and 4.50
    assert (found.outside_due, found.outside_target) == (1.0, 0.0)


def test_an_empty_roster_is_even():
    found = figures(an_instance(evenings(2), (a_doctor("A"),)), Roster())
    assert (found.cost, found.outside_due, found.mean_deviation, found.spreads, found.jain) == (0, 0, 0, (), 1)


def test_accounts_hold_the_arithmetic_of_the_share():
    balances = (
        Balance(doctor="A", group="S1", band="soiree", balance_hundredths=40),
        Balance(doctor="B", group="S1", band="soiree", balance_hundredths=-40),
    )
    doctors = (a_doctor("A"), a_doctor("B"), a_doctor("C", quota=0.5))
    instance = an_instance(evenings(7), doctors, balances=balances)
    one = accounts(instance, holding(instance, A=(3, 0), B=(3, 0), C=(1, 0)))[0]
    assert (one.doctor, one.coefficient, one.weight, one.positions, one.total_weight) == ("A", 1.0, 1.0, 7, 2.5)
    assert (one.due_hundredths, one.opening_hundredths, one.target_hundredths) == (280, 40, 240)
    assert (one.held, one.closing_hundredths, one.cause) == (3, 40 + 300 - 280, None)


def test_the_cause_of_a_shortfall_is_rounding_too_few_dates_or_a_rule():
    duties = evenings(9)
    refusal = Availability(doctor="B", value="impossible", start=duties[3].date, end=duties[8].date)
    only = (
        Availability(doctor="C", value="only", start=duties[0].date, end=duties[7].date),
        Availability(doctor="C", value="impossible", duty=duties[0].id),
        Availability(doctor="C", value="avoid", start=duties[1].date, end=duties[8].date),
    )
    instance = an_instance(duties, (a_doctor("A"), a_doctor("B"), a_doctor("C")), availability=(refusal, *only))
    found = {one.doctor: one for one in accounts(instance, holding(instance, A=(7, 0), B=(1, 0), C=(1, 0)))}
    assert (found["A"].cause, found["A"].open_duties) == (None, 9)
    assert (found["B"].cause, found["B"].open_duties) == ("faute-de-dates", 3)  # fewer than twice 3.00
    assert (found["C"].cause, found["C"].open_duties) == ("regle", 7)
    rounded = accounts(instance, holding(instance, A=(4, 0), B=(3, 0), C=(2, 0)))
    assert [one.cause for one in rounded] == [None, None, "regle"]  # a whole duty short is not rounding
    near = an_instance(evenings(7), (a_doctor("A"), a_doctor("B")))
    assert [one.cause for one in accounts(near, holding(near, A=(3, 0), B=(4, 0)))] == ["arrondi", None]


def test_days_off_the_list_are_not_open():
    duties = evenings(4)
    away = a_doctor("A", long_absences=(DateSpan(start=duties[0].date, end=duties[1].date),))
    instance = an_instance(duties, (away, a_doctor("B")))
    assert [one.open_duties for one in accounts(instance, holding(instance, B=(4, 0)))] == [2, 4]


def test_a_table_of_nothing_is_its_constant():
    assert UnaryTable(constant=5, slope=1.0, offset=0.0).costs(0).tolist() == [5]
