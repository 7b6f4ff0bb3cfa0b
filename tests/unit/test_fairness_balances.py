"""Balances from one quarter to the next, of duties and of wishes, computed by hand."""

from datetime import date

import pytest

from rosterplan.domain.fairness import (
    closing_balances,
    dues_at_closing,
    full_dues,
    largest_balance,
    opening_balances,
    wish_balances,
    wishes_of,
)
from rosterplan.domain.instance import Availability, Balance
from rosterplan.domain.people import DateSpan, Membership
from rosterplan.domain.roster import Assignment, Due, Roster, roster_of
from rosterplan.rules.wishes import WishPoints
from tests.exact.harness import a_doctor, a_duty, an_instance

EVENINGS = tuple(a_duty(f"2027-01-{day:02} 20:00", 4) for day in range(1, 7))


def balance(doctor, hundredths, band="soiree", group="S1"):
    return Balance(doctor=doctor, group=group, band=band, balance_hundredths=hundredths)


def closed(instance, roster):
    return {one.doctor: one.balance_hundredths for one in closing_balances(instance, roster)}


def holding(**held):
    """The first duties to the first doctor named, and so on."""
    duties = iter(EVENINGS)
    return roster_of({next(duties).id: (doctor,) for doctor, count in held.items() for _ in range(count)})


def test_the_balance_closes_at_opening_plus_held_minus_due():
    # due 3.00 each: A 0.50 + 4 − 3 = 1.50
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("B")), balances=(balance("A", 50), balance("B", -50)))
    assert closed(instance, holding(A=4, B=2)) == {"A": 150, "B": -150}


def test_a_hole_and_a_renfort_put_nobody_behind():
    renfort = a_doctor("R", sectors=(Membership(sector="S2"), Membership(sector="S1")))
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("B"), renfort))
    assert closed(instance, holding(A=2, B=2, R=1)) == {"A": 0, "B": 0}


def test_a_leaver_is_spread_by_coefficient():
    # Z left 1.00 in advance: 0.50, 0.50 and 0.25 of 1.25 → 0.40, 0.40, 0.20
    doctors = (a_doctor("A"), a_doctor("B"), a_doctor("C", quota=0.5))
    instance = an_instance(EVENINGS, doctors, balances=(balance("Z", 100), balance("A", -100)))
    assert opening_balances(instance) == {
        ("A", "S1", "soiree"): -60, ("B", "S1", "soiree"): 40, ("C", "S1", "soiree"): 20,
    }  # fmt: skip
    owing = an_instance(EVENINGS, doctors, balances=(balance("Z", -100),))
    assert opening_balances(owing)["C", "S1", "soiree"] == -20


@pytest.mark.parametrize("gone", [{"on_list": DateSpan(end=date(2026, 12, 31))}, {"volunteer": False}])
def test_who_left_the_list_before_the_period_is_a_leaver(gone):
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("Z", **gone)), balances=(balance("Z", 100),))
    assert opening_balances(instance) == {("A", "S1", "soiree"): 100}


def test_a_long_absence_freezes_the_balance():
    away = a_doctor("Z", long_absences=(DateSpan(start=date(2026, 12, 1), end=date(2027, 3, 1)),))
    instance = an_instance(
        EVENINGS, (a_doctor("A"), a_doctor("B"), away), balances=(balance("Z", -80), balance("A", 80))
    )
    found = closed(instance, holding(A=3, B=3))
    assert found == {"A": 80, "B": 0, "Z": -80}


def test_a_leaver_nobody_can_relieve_is_forgotten_rather_than_lost_on_someone():
    instance = an_instance(EVENINGS, (a_doctor("A"),), balances=(balance("Z", 100, band="nuit"),))
    assert opening_balances(instance) == {}


def test_published_dues_close_the_quarter_while_as_many_positions_were_held():
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("B")))
    published = (
        Due(doctor="A", group="S1", band="soiree", due_hundredths=250, target_hundredths=250),
        Due(doctor="B", group="S1", band="soiree", due_hundredths=350, target_hundredths=350),
    )
    kept = holding(A=3, B=3).model_copy(update={"dues": published})
    assert dues_at_closing(instance, kept) == published
    assert closed(instance, kept) == {"A": 50, "B": -50}
    fewer = holding(A=3, B=2).model_copy(update={"dues": published})
    assert closed(instance, fewer) == {"A": 50, "B": -50}  # five held: 2.50 each again


def test_an_arrival_opens_a_new_computation():
    published = full_dues(an_instance(EVENINGS, (a_doctor("A"), a_doctor("B"))))
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("B"), a_doctor("N")))
    served = holding(A=2, B=2, N=2).model_copy(update={"dues": published})
    assert closed(instance, served) == {"A": 0, "B": 0, "N": 0}


def test_balances_follow_the_titular_but_for_an_exchange():
    instance = an_instance(EVENINGS[:4], (a_doctor("A"), a_doctor("B")))

    def served(kind):
        first = Assignment(duty=EVENINGS[0].id, doctor="A", replaced_by="B", kind=kind)
        rest = [Assignment(duty=duty.id, doctor=name) for duty, name in zip(EVENINGS[1:4], "AAB", strict=True)]
        return Roster(assignments=(first, *rest))

    assert closed(instance, served("remplacement")) == {"A": 100, "B": -100}
    assert closed(instance, served("don")) == {"A": 100, "B": -100}
    assert closed(instance, served("echange")) == {"A": 0, "B": 0}


def test_the_largest_balance_is_in_duties():
    assert largest_balance([balance("A", -250), balance("B", 120)]) == 2.5
    assert largest_balance([]) == 0.0


def wish(doctor, value, *duties):
    return tuple(Availability(doctor=doctor, value=value, duty=duty.id) for duty in duties)


def test_wishes_beyond_the_duties_to_hold_do_not_count():
    # A is to hold 3 of 6: six wishes count for three, so two duties on wished dates leave one wish refused
    said = wish("A", "wish", *EVENINGS)
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("B")), availability=said)
    (one,) = wishes_of(instance, full_dues(instance))
    assert (one.counted_wishes, one.marks) == (3, 3)
    held = [duty.id for duty in EVENINGS]
    assert [one.refused(held[:count]) for count in range(5)] == [3, 2, 1, 0, 0]


def test_an_avoided_duty_held_is_a_refusal_and_both_marks_cancel_out():
    said = wish("A", "avoid", EVENINGS[0], EVENINGS[1]) + wish("A", "wish", EVENINGS[1])
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("B")), availability=said)
    (one,) = wishes_of(instance, full_dues(instance))
    assert one.marks == 3
    # nothing held: the wish is refused; the first: it and the wish; the second: the wish is met, the other mark is not
    assert [one.refused(held) for held in ([], [EVENINGS[0].id], [EVENINGS[1].id])] == [1, 2, 1]


def test_a_span_marks_the_duties_of_the_lines_served():
    other = a_duty("2027-01-02 20:00", 4, line="L2")
    base = an_instance((*EVENINGS, other), (a_doctor("A"),))
    lines = tuple(line.model_copy(update={"sector": "S2"}) if line.id == "L2" else line for line in base.lines)
    span = Availability(doctor="A", value="avoid", start=EVENINGS[1].date, end=EVENINGS[2].date)
    instance = base.model_copy(update={"lines": lines, "availability": (span,)})
    (one,) = wishes_of(instance, ())
    assert one.avoided == {EVENINGS[1].id, EVENINGS[2].id}
    beside = instance.model_copy(update={"doctors": (a_doctor("A", lines=("L2",)),)})
    assert other.id in wishes_of(beside, ())[0].avoided


def test_the_loss_is_convex_and_the_points_are_shared():
    said = wish("A", "avoid", *EVENINGS[:4]) + wish("B", "avoid", EVENINGS[0])
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("B")), availability=said)
    many, single = wishes_of(instance, ())
    assert many.costs(1600).tolist() == [0, 100, 400, 900, 1600]  # 1600 × (k / 4)²
    assert single.costs(1600).tolist() == [0, 1600]
    assert many.costs(4).tolist() == [0, 1, 2, 3, 5]  # 0.25, 0.75, 1.25, 1.75: whole, and never free


def test_past_refusals_make_the_next_dearer():
    said = wish("A", "avoid", *EVENINGS[:2])
    balances = (balance("A", -50, "voeux", "voeux"),)
    instance = an_instance(EVENINGS, (a_doctor("A"),), availability=said, balances=balances)
    (one,) = wishes_of(instance, ())
    # 100 × ((0.5 + 0.5)² − 0.5²) = 75, 100 × ((0.5 + 1)² − 0.5²) = 200
    assert one.costs(100).tolist() == [0, 75, 200]
    luckier = instance.model_copy(update={"balances": (balance("A", 50, "voeux", "voeux"),)})
    assert wishes_of(luckier, ())[0].costs(100).tolist() == [0, 25, 100]


def test_refused_shares_become_balances_that_sum_to_what_they_were():
    # A refused 1 of 2, B 0 of 1, C marked nothing: mean 0.25 → A − 0.25, B + 0.25
    said = wish("A", "avoid", *EVENINGS[:2]) + wish("B", "avoid", EVENINGS[0])
    balances = (balance("A", 10, "voeux", "voeux"), balance("C", -10, "voeux", "voeux"))
    doctors = (a_doctor("A"), a_doctor("B"), a_doctor("C"))
    instance = an_instance(EVENINGS, doctors, availability=said, balances=balances)
    roster = roster_of({EVENINGS[1].id: ("A",)})
    found = {one.doctor: one.balance_hundredths for one in wish_balances(instance, roster, ())}
    assert found == {"A": -15, "B": 25, "C": -10}


def test_what_a_refusal_says_is_readable():
    said = wish("A", "avoid", EVENINGS[1]) + wish("A", "wish", *EVENINGS[3:])
    instance = an_instance(EVENINGS, (a_doctor("A"), a_doctor("B")), availability=said)
    roster = roster_of({EVENINGS[1].id: ("A",), EVENINGS[3].id: ("A",)})
    (finding,) = WishPoints().audit(instance, roster)
    assert finding.text == (
        "Dr A : 3 demandes non suivies sur 4 ; à éviter mais attribué : sam. 02/01 ; souhaits accordés : 1 sur 3."
    )
    assert finding.severity == "information"
