"""Dues and targets in hundredths, computed by hand from the definitions of `rosterplan.domain.fairness`."""

from datetime import date

import pytest

from rosterplan.domain.fairness import (
    apportioned,
    dues,
    full_dues,
    parts,
    positions_held,
    positions_of_dues,
    with_dues,
)
from rosterplan.domain.fairness.apportion import corrected
from rosterplan.domain.instance import Balance, Period
from rosterplan.domain.people import Exemption, Membership
from rosterplan.domain.roster import Due, roster_of
from rosterplan.domain.rulebook import RuleRow
from tests.exact.harness import a_doctor, a_duty, an_instance


def evenings(count, **more):
    return tuple(a_duty(f"2027-01-{day:02} 20:00", 4, **more) for day in range(1, count + 1))


def saturdays(count):
    return tuple(a_duty(f"2027-02-{day:02} 12:00", 8, band="samedi", points=3) for day in range(1, count + 1))


def owed(instance, **more):
    return {(due.doctor, due.band): due.due_hundredths for due in full_dues(instance, **more)}


def aimed(instance, **more):
    return {(due.doctor, due.band): due.target_hundredths for due in full_dues(instance, **more)}


def balance(doctor, hundredths, band="soiree", group="S1"):
    return Balance(doctor=doctor, group=group, band=band, balance_hundredths=hundredths)


def test_the_due_is_the_part_of_the_weights():
    # 7 evenings, weights 1, 1 and 0.5: 7 / 2.5 = 2.80 each for a whole, 1.40 for a half
    instance = an_instance(evenings(7), (a_doctor("A"), a_doctor("B"), a_doctor("C", quota=0.5)))
    assert owed(instance) == {("A", "soiree"): 280, ("B", "soiree"): 280, ("C", "soiree"): 140}
    assert aimed(instance) == owed(instance)


def test_hundredths_sum_to_the_positions_and_the_odd_one_is_drawn_by_lot():
    instance = an_instance(evenings(1), (a_doctor("A"), a_doctor("B"), a_doctor("C")))
    found = owed(instance)
    assert sorted(found.values()) == [33, 33, 34]
    winners = {max(owed(instance, seed=seed), key=owed(instance, seed=seed).__getitem__) for seed in range(20)}
    assert len(winners) == 3  # another seed, another winner
    later = instance.model_copy(update={"period": Period(start=date(2027, 4, 1), end=date(2027, 6, 30))})
    assert any(owed(instance, seed=seed) != owed(later, seed=seed) for seed in range(5))  # another quarter too


def test_the_order_of_doctors_never_decides():
    doctors = tuple(a_doctor(name) for name in "ABCDEFG")
    forward, backward = an_instance(evenings(5), doctors), an_instance(evenings(5), doctors[::-1])
    assert full_dues(forward) == full_dues(backward)


def test_holes_and_renfort_create_no_debt():
    renfort = a_doctor("R", sectors=(Membership(sector="S2"), Membership(sector="S1")))
    duties = evenings(4)
    instance = an_instance(duties, (a_doctor("A"), a_doctor("B"), renfort))
    # of 4 evenings one is a hole and one is held by R: 2 are shared
    roster = roster_of({duties[0].id: ("A",), duties[1].id: ("A",), duties[2].id: ("R",)})
    found = dues(instance, positions_held(instance, roster))
    assert [(due.doctor, due.due_hundredths) for due in found] == [("A", 100), ("B", 100)]
    assert positions_of_dues(found) == {("S1", "soiree"): 2}


def test_a_declared_maximum_lowers_one_share_and_raises_the_others():
    # 9 evenings for three: 3.00 each; A takes 1 at most, so B and C share 8
    instance = an_instance(evenings(9), (a_doctor("A", maximum=1), a_doctor("B"), a_doctor("C")))
    assert owed(instance) == {("A", "soiree"): 100, ("B", "soiree"): 400, ("C", "soiree"): 400}


def test_a_maximum_scales_all_bands_alike():
    # 6 evenings and 3 Saturdays, A at most 2 of 3.00: f with 9f / (f + 2) = 2 is 4/7; evenings 4/3, Saturdays 2/3
    instance = an_instance(evenings(6) + saturdays(3), (a_doctor("A", maximum=2), a_doctor("B"), a_doctor("C")))
    found = {
        (part.doctor, part.band): part.share for part in parts(instance, {("S1", "soiree"): 6, ("S1", "samedi"): 3})
    }
    assert found["A", "soiree"] == pytest.approx(4 / 3)
    assert found["A", "samedi"] == pytest.approx(2 / 3)
    assert found["B", "soiree"] == pytest.approx(7 / 3)
    # rounding may add a hundredth per band
    assert 200 <= owed(instance)["A", "soiree"] + owed(instance)["A", "samedi"] <= 202


def test_a_share_raised_by_another_maximum_is_lowered_to_its_own():
    # 9 evenings, maxima 1 and 3: A 1, then B and C would have 4; B is held at 3 and C takes 5
    instance = an_instance(evenings(9), (a_doctor("A", maximum=1), a_doctor("B", maximum=3), a_doctor("C")))
    assert owed(instance) == {("A", "soiree"): 100, ("B", "soiree"): 300, ("C", "soiree"): 500}


def test_a_maximum_above_the_share_changes_nothing():
    with_maximum = an_instance(evenings(9), (a_doctor("A", maximum=4), a_doctor("B"), a_doctor("C")))
    without = an_instance(evenings(9), (a_doctor("A"), a_doctor("B"), a_doctor("C")))
    assert full_dues(with_maximum) == full_dues(without)


def test_a_maximum_of_none_gives_no_share():
    instance = an_instance(evenings(4), (a_doctor("A", maximum=0), a_doctor("B")))
    assert owed(instance) == {("A", "soiree"): 0, ("B", "soiree"): 400}


def test_maxima_that_cannot_carry_everything_are_passed_in_proportion():
    instance = an_instance(evenings(12), (a_doctor("A", maximum=1), a_doctor("B", maximum=2)))
    assert owed(instance) == {("A", "soiree"): 400, ("B", "soiree"): 800}


def test_an_exempt_band_is_carried_by_the_others():
    exempt = a_doctor("C", exemptions=(Exemption(bands=("samedi",)),))
    instance = an_instance(evenings(6) + saturdays(3), (a_doctor("A"), a_doctor("B"), exempt))
    assert owed(instance) == {
        ("A", "soiree"): 200, ("B", "soiree"): 200, ("C", "soiree"): 200, ("A", "samedi"): 150, ("B", "samedi"): 150,
    }  # fmt: skip


@pytest.mark.parametrize("yes", [True, "oui", "Oui "])
def test_with_compensation_its_points_are_owed_in_the_other_bands(yes):
    # not exempt, each would owe 2 × 2 + 1 × 3 = 7 points; C owes 7 / 2 = 3.50 evenings, A and B (6 − 3.5) / 2 = 1.25
    exempt = a_doctor("C", exemptions=(Exemption(bands=("samedi",)),))
    row = RuleRow(code="juste-repartition", params={"compensation": yes})
    instance = an_instance(evenings(6) + saturdays(3), (a_doctor("A"), a_doctor("B"), exempt), rules=(row,))
    assert owed(instance) == {
        ("A", "soiree"): 125, ("B", "soiree"): 125, ("C", "soiree"): 350, ("A", "samedi"): 150, ("B", "samedi"): 150,
    }  # fmt: skip


def test_with_compensation_an_exemption_from_everything_owes_nothing():
    row = RuleRow(code="juste-repartition", params={"compensation": True})
    exempt = a_doctor("C", exemptions=(Exemption(),))
    instance = an_instance(evenings(6), (a_doctor("A"), a_doctor("B"), exempt), rules=(row,))
    assert owed(instance) == {("A", "soiree"): 300, ("B", "soiree"): 300}


def test_nobody_repays_more_than_half_a_share():
    # T = 3.00 each: a balance of ± 2.00 counts for ± 1.50
    instance = an_instance(
        evenings(6), (a_doctor("A"), a_doctor("B")), balances=(balance("A", 200), balance("B", -200))
    )
    assert owed(instance) == {("A", "soiree"): 300, ("B", "soiree"): 300}
    assert aimed(instance) == {("A", "soiree"): 150, ("B", "soiree"): 450}


def test_a_small_share_may_repay_half_a_duty():
    # T = 0.50 each: the limit is half of one duty, not of the share
    instance = an_instance(
        evenings(1), (a_doctor("A"), a_doctor("B")), balances=(balance("A", 300), balance("B", -300))
    )
    assert aimed(instance) == {("A", "soiree"): 0, ("B", "soiree"): 100}


def test_targets_are_corrected_by_coefficient_to_the_positions():
    # T = 2.00 each; A gives back 0.70, and who owes those 0.70 is gone on leave: all three add 0.70 / 3 → + 0.23…
    doctors = (a_doctor("A"), a_doctor("B"), a_doctor("C"))
    found = aimed(an_instance(evenings(6), doctors, balances=(balance("A", 70),)))
    assert sum(found.values()) == 600
    assert found["A", "soiree"] in (153, 154)
    assert {found["B", "soiree"], found["C", "soiree"]} <= {223, 224}


def test_the_correction_is_twice_as_large_for_twice_the_coefficient():
    # T = 4.00 and 2.00; a = + 0.60 for A: 3.40 and 2.00, so 0.60 is missing: 0.40 to A, 0.20 to B
    instance = an_instance(evenings(6), (a_doctor("A"), a_doctor("B", quota=0.5)), balances=(balance("A", 60),))
    assert aimed(instance) == {("A", "soiree"): 380, ("B", "soiree"): 220}


def test_a_target_is_never_below_nothing_and_others_give_the_difference():
    # T = 0.25, 0.25 and 0.50; limits 0.50: A wants − 0.25 → 0, B 0.25 + 0.50 = 0.75, C 0.50: 1.25 for one position
    # B and C give 0.25 by coefficient 1 : 2
    doctors = (a_doctor("A"), a_doctor("B"), a_doctor("C", quota=2.0))
    instance = an_instance(evenings(1), doctors, balances=(balance("A", 90), balance("B", -90)))
    assert aimed(instance) == {("A", "soiree"): 0, ("B", "soiree"): 67, ("C", "soiree"): 33}


def test_a_feast_is_repaid_without_limit():
    feasts = evenings(2, feast="noel")
    instance = an_instance(feasts, (a_doctor("A"), a_doctor("B")), balances=(balance("A", 300), balance("B", -300)))
    assert aimed(instance) == {("A", "soiree"): 0, ("B", "soiree"): 200}
    plain = an_instance(evenings(2), (a_doctor("A"), a_doctor("B")), balances=instance.balances)
    assert aimed(plain) == {("A", "soiree"): 50, ("B", "soiree"): 150}


def test_a_newcomer_has_no_balance_and_an_ordinary_target():
    doctors = (a_doctor("A"), a_doctor("B"), a_doctor("N"))
    found = aimed(an_instance(evenings(6), doctors, balances=(balance("A", 50), balance("B", -50))))
    assert found == {("A", "soiree"): 150, ("B", "soiree"): 250, ("N", "soiree"): 200}


def test_wishes_kept_in_the_balances_repay_nothing():
    plain = an_instance(evenings(6), (a_doctor("A"), a_doctor("B")))
    asked = plain.model_copy(update={"balances": (balance("A", -80, band="voeux", group="voeux"),)})
    assert full_dues(asked) == full_dues(plain)


def test_a_band_nobody_holds_is_owed_by_nobody():
    instance = an_instance(
        evenings(3), (a_doctor("A"), a_doctor("B")), balances=(balance("A", -100), balance("B", 100))
    )
    assert all(due.due_hundredths == due.target_hundredths == 0 for due in dues(instance, {}))
    assert full_dues(an_instance((), (a_doctor("A"),))) == ()


def test_dues_a_roster_carries_are_kept_unchanged():
    duties = evenings(2)
    instance = an_instance(duties, (a_doctor("A"), a_doctor("B")))
    roster = roster_of({duties[0].id: ("A",), duties[1].id: ("A",)})
    fresh = with_dues(instance, roster)
    assert [due.due_hundredths for due in fresh.dues] == [100, 100]
    published = Due(doctor="A", group="S1", band="soiree", due_hundredths=200, target_hundredths=150)
    assert with_dues(instance, roster.model_copy(update={"dues": (published,)})).dues == (published,)


def test_apportioned_rounds_the_largest_remainders_up():
    assert apportioned({"a": 1.6, "b": 1.3, "c": 0.1}, 3, "lot") == {"a": 2, "b": 1, "c": 0}
    assert apportioned({"a": 0.9, "b": 0.8, "c": 1.3}, 3, "lot") == {"a": 1, "b": 1, "c": 1}


def test_corrected_is_the_nearest_in_weighted_squares():
    assert corrected({"a": 3.0, "b": 1.0}, {"a": 1.0, "b": 3.0}, 8.0) == {"a": 4.0, "b": 4.0}
    assert corrected({"a": 3.0, "b": -2.0}, {"a": 1.0, "b": 1.0}, 2.0) == {"a": 2.0, "b": 0.0}
    assert corrected({"a": 3.0, "b": 1.0}, {"a": 1.0, "b": 1.0}, 0.0) == {"a": 0.0, "b": 0.0}
