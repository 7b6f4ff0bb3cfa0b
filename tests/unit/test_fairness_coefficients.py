"""Coefficients w = q·π·e, and the groups and positions they share out, computed by hand."""

from datetime import date

import pytest

from rosterplan.domain.fairness import (
    band_points,
    coefficients,
    default_groups,
    feast_bands,
    full_dues,
    held_points,
    positions_held,
    positions_needed,
)
from rosterplan.domain.people import DateSpan, Establishment, Exemption, Membership
from rosterplan.domain.roster import roster_of
from rosterplan.domain.work import Group, Line
from tests.exact.harness import a_doctor, a_duty, an_instance

# ten evenings, 1 to 10 January 2027, and two Saturdays of two doctors each
EVENINGS = tuple(a_duty(f"2027-01-{day:02} 20:00", 4) for day in range(1, 11))
SATURDAYS = tuple(
    a_duty(f"2027-01-{day:02} 12:00", 8, band="samedi", points=3, need_min=2, need_max=2) for day in (2, 9)
)
DUTIES = EVENINGS + SATURDAYS


def weights(*doctors, duties=DUTIES, **more):
    instance = an_instance(duties, doctors, **more)
    found = coefficients(instance.doctors, instance.lines, instance.groups, instance.duties)
    return {(one.doctor, one.group, one.band): one.coefficient for one in found}


def test_a_full_volunteer_counts_one_and_a_half_quota_half():
    assert weights(a_doctor("A"), a_doctor("B", quota=0.5)) == {
        ("A", "S1", "soiree"): 1.0, ("A", "S1", "samedi"): 1.0, ("B", "S1", "soiree"): 0.5, ("B", "S1", "samedi"): 0.5,
    }  # fmt: skip


def test_presence_counts_the_positions_dated_on_the_list_and_out_of_long_absences():
    # on the list from 4 January: 7 evenings of 10, the second Saturday alone: 2 positions of 4
    # a long absence from 6 to 7 January takes two more evenings: 5 of 10
    doctor = a_doctor(
        "A",
        on_list=DateSpan(start=date(2027, 1, 4)),
        long_absences=(DateSpan(start=date(2027, 1, 6), end=date(2027, 1, 7)),),
    )
    assert weights(doctor) == {("A", "S1", "soiree"): 0.5, ("A", "S1", "samedi"): 0.5}


def test_a_licence_ends_the_share_with_it():
    assert weights(a_doctor("A", licence_until=date(2027, 1, 3)))["A", "S1", "soiree"] == pytest.approx(0.3)


def test_an_exempt_band_gives_no_share_and_a_dated_exemption_part_of_one():
    whole = a_doctor("A", exemptions=(Exemption(bands=("samedi",)),))
    dated = a_doctor("B", exemptions=(Exemption(bands=("soiree",), start=date(2027, 1, 9)),))
    assert weights(whole, dated) == {
        ("A", "S1", "soiree"): 1.0, ("B", "S1", "soiree"): 0.8, ("B", "S1", "samedi"): 1.0,
    }  # fmt: skip


def test_refused_dates_never_change_the_coefficient():
    from rosterplan.domain.instance import Availability

    refusal = Availability(doctor="A", value="impossible", start=date(2027, 1, 1), end=date(2027, 1, 9))
    assert weights(a_doctor("A"), availability=(refusal,)) == weights(a_doctor("A"))


@pytest.mark.parametrize(
    "unfit",
    [
        {"modalities": ("mobile",)},
        {"refused_sites": ("MMG",)},
        {"skills": ()},
        {"volunteer": False},
        {"quota": 0.0},
        {"sectors": ()},
        {"sectors": (), "lines": ("L1",)},  # a line held beside gives no share
        {"sectors": (Membership(sector="S2"),), "lines": ("L1",)},
        {"profession": "infirmier"},  # but of the lines she names
    ],
)
def test_no_share_of_a_band_the_doctor_may_never_hold(unfit):
    from rosterplan.domain.work import Site

    line = Line(id="L1", name="CAPS", sector="S1", site="MMG", skills=("echographie",))
    fit = {"skills": ("echographie",)}
    more = {"lines": (line,), "sites": (Site(id="MMG", name="MMG"),)}
    assert weights(a_doctor("A", **fit), **more)
    assert weights(a_doctor("A", **fit | unfit), **more) == {}


def two_sectors(**more):
    lines = (Line(id="L1", name="Ligne 1", sector="S1"), Line(id="L2", name="Ligne 2", sector="S2"))
    duties = (a_duty("2027-01-01 20:00", 4), a_duty("2027-01-02 20:00", 4, line="L2"))
    return weights(a_doctor("A", **more), duties=duties, lines=lines, groups=default_groups(lines))


def test_a_second_sector_is_renfort_unless_the_quota_is_split():
    both = (Membership(sector="S2"), Membership(sector="S1"))
    assert two_sectors(sectors=both) == {("A", "S2", "soiree"): 1.0}
    split = (Membership(sector="S1", participation=0.75), Membership(sector="S2", participation=0.75))
    # 0.75 given to the first, the quarter that is left to the second; a quota of 0.8 in all
    assert two_sectors(sectors=split, quota=0.8) == pytest.approx(
        {("A", "S1", "soiree"): 0.6, ("A", "S2", "soiree"): 0.2}
    )


def test_a_group_of_two_sectors_takes_the_parts_of_both():
    lines = (Line(id="L1", name="Ligne 1", sector="S1"), Line(id="L2", name="Ligne 2", sector="S2"))
    duties = (a_duty("2027-01-01 20:00", 4), a_duty("2027-01-02 20:00", 4, line="L2"))
    split = (Membership(sector="S1", participation=0.5), Membership(sector="S2", participation=0.25))
    found = weights(
        a_doctor("A", sectors=split), duties=duties, lines=lines, groups=(Group(id="G", lines=("L1", "L2")),)
    )
    assert found == {("A", "G", "soiree"): 0.75}


def hospital(*doctors, **more):
    """Two lines without a sector, of houses H and K, each its own group."""
    houses = tuple(Establishment(id=name, name=name) for name in "HK")
    lines = (
        Line(id="L1", name="Bloc", establishments=("H", "K")),
        Line(id="L2", name="Maternité", establishments=("H",), skills=("maternite",)),
    )
    duties = (a_duty("2027-01-01 20:00", 4), a_duty("2027-01-02 20:00", 4, line="L2"))
    groups = (Group(id="G1", lines=("L1",)), Group(id="G2", lines=("L2",)))
    return weights(*doctors, duties=duties, lines=lines, groups=groups, establishments=houses, **more)


def test_who_has_no_sector_shares_the_lines_of_the_house_evenly():
    both = a_doctor("A", sectors=(), establishment="H", skills=("maternite",), quota=0.8)
    one = a_doctor("B", sectors=(), establishment="H")
    other = a_doctor("C", sectors=(), establishment="K", skills=("maternite",))
    beside = a_doctor("D", establishment="H")  # of sector S1: helps the hospital out
    assert hospital(both, one, other, beside) == {
        ("A", "G1", "soiree"): 0.4, ("A", "G2", "soiree"): 0.4, ("B", "G1", "soiree"): 1.0, ("C", "G1", "soiree"): 1.0,
    }  # fmt: skip


def test_a_line_without_sector_or_house_is_shared_by_those_who_name_it_else_by_all():
    line = Line(id="L1", name="Pédiatrie")
    duty = a_duty("2027-01-02 12:00", 8)
    named, silent = a_doctor("A", sectors=(), lines=("L1",)), a_doctor("B", sectors=())
    assert weights(named, silent, duties=(duty,), lines=(line,)) == {("A", "S1", "soiree"): 1.0}
    assert weights(silent, duties=(duty,), lines=(line,)) == {("B", "S1", "soiree"): 1.0}


def test_a_sector_of_two_groups_takes_half_a_quota_each_of_who_may_hold_both():
    lines = (Line(id="L1", name="Fixe", sector="S1"), Line(id="L2", name="Mobile", sector="S1"))
    duties = (a_duty("2027-01-01 20:00", 4), a_duty("2027-01-02 20:00", 4, line="L2", modality="mobile"))
    groups = (Group(id="G1", lines=("L1",)), Group(id="G2", lines=("L2",)))
    found = weights(a_doctor("A"), a_doctor("B", modalities=("fixe",)), duties=duties, lines=lines, groups=groups)
    assert found == {("A", "G1", "soiree"): 0.5, ("A", "G2", "soiree"): 0.5, ("B", "G1", "soiree"): 1.0}


def test_default_groups_are_the_sectors():
    lines = (
        Line(id="L1", name="1", sector="S2"), Line(id="L2", name="2", sector="S1"), Line(id="L3", name="3", sector="S2"),
        Line(id="L4", name="4"),
    )  # fmt: skip
    assert [(group.id, group.lines) for group in default_groups(lines)] == [("S2", ("L1", "L3")), ("S1", ("L2",))]


def test_positions_held_leave_out_holes_renfort_and_lines_without_a_group():
    renfort = a_doctor("R", sectors=(Membership(sector="S2"), Membership(sector="S1")))
    loose = a_duty("2027-01-12 20:00", 4, line="L9")
    instance = an_instance((*DUTIES, loose), (a_doctor("A"), renfort), groups=(Group(id="S1", lines=("L1",)),))
    roster = roster_of({EVENINGS[0].id: ("A",), EVENINGS[1].id: ("R",), SATURDAYS[0].id: ("A", "R"), loose.id: ("A",)})
    assert positions_needed(instance) == {("S1", "soiree"): 10, ("S1", "samedi"): 4}
    assert positions_held(instance, roster) == {("S1", "soiree"): 1, ("S1", "samedi"): 1}
    assert held_points(instance, roster) == {"A": 2 + 3, "R": 2 + 3}
    assert sum(due.due_hundredths for due in full_dues(instance) if due.doctor == "R") == 0


def test_points_of_a_band_are_the_mean_over_its_positions():
    dear = a_duty("2027-01-12 20:00", 4, points=5)
    instance = an_instance((*EVENINGS[:2], dear), (a_doctor("A"),))
    assert band_points(instance) == {("S1", "soiree"): 3.0}  # (2 + 2 + 5) / 3


def test_a_feast_band_is_one_whose_duties_all_fall_on_a_feast():
    duties = (
        a_duty("2027-01-01 20:00", 4, band="fete", feast="jour-de-l-an"),
        a_duty("2027-03-28 08:00", 12, band="dimanche", feast="paques"),
        a_duty("2027-01-03 08:00", 12, band="dimanche"),
    )
    assert feast_bands(an_instance(duties, ())) == {("S1", "fete")}
