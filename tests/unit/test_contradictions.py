"""Imposed assignments that no rule book allows together."""

from rosterplan.domain.instance import FixedAssignment, Lock
from rosterplan.explain.contradictions import contradictions
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.min_rest import MinRest
from tests.exact.harness import a_doctor, a_duty, an_instance

DUTIES = (a_duty("2027-01-02 20:00", 4), a_duty("2027-01-03 08:00", 4), a_duty("2027-01-09 08:00", 4))
RULES = (Coverage(row="Règles!2"), MinRest(hours=11, row="Règles!3"))


def imposed(*places: int) -> tuple[FixedAssignment, ...]:
    return tuple(FixedAssignment(doctor="A", duty=DUTIES[place].id) for place in places)


def test_two_imposed_duties_without_rest_between_them_are_a_contradiction_named_by_its_row():
    instance = an_instance(DUTIES, [a_doctor("A")], fixed=imposed(0, 1, 2))
    found = contradictions(instance, RULES)
    assert [(one.row, one.imposed) for one in found] == [("Règles!3", imposed(0, 1))]
    assert "11 h de repos" in found[0].text


def test_imposed_duties_far_apart_are_no_contradiction_even_if_holes_remain():
    assert contradictions(an_instance(DUTIES, [a_doctor("A")], fixed=imposed(0, 2)), RULES) == ()


def test_what_a_person_locked_by_hand_is_flagged_elsewhere_never_called_a_contradiction():
    locks = tuple(Lock(duty=one.duty, doctor="A", who="coordination") for one in imposed(0, 1))
    assert contradictions(an_instance(DUTIES, [a_doctor("A")], locks=locks), RULES) == ()


def test_a_large_contradiction_is_cut_to_what_is_needed_and_no_part_of_it_is_one():
    days = tuple(a_duty(f"2027-01-{day:02} 20:00", 4) for day in range(4, 11))
    cap = MaxPerPeriod(row="Règles!4", most=4, strength={"kind": "hard"})
    fixed = tuple(FixedAssignment(doctor="A", duty=duty.id) for duty in days)
    [found] = contradictions(an_instance(days, [a_doctor("A")], fixed=fixed), (Coverage(row="Règles!2"), cap))
    assert len(found.imposed) == 5
    for left_out in found.imposed:
        rest = tuple(one for one in found.imposed if one != left_out)
        assert contradictions(an_instance(days, [a_doctor("A")], fixed=rest), (cap,)) == ()
