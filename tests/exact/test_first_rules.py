"""Coverage and rest on every roster of tiny instances."""

from rosterplan.domain.instance import PastDuty
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.min_rest import MinRest
from tests.exact.harness import a_doctor, a_duty, an_instance, at, canvas_and_audit_agree

DOCTORS = (a_doctor("A"), a_doctor("B"))


def test_coverage_counts_every_missing_doctor_and_forbids_too_many():
    duties = (
        a_duty("2027-01-02 12:00", 12, band="samedi"),
        a_duty("2027-01-03 08:00", 16, band="dimanche", need_min=2, need_max=2),
        a_duty("2027-01-04 20:00", 4, need_min=0, need_max=1),
    )
    allowed, forbidden = canvas_and_audit_agree(an_instance(duties, DOCTORS), Coverage())
    assert (allowed, forbidden) == (3 * 4 * 3, 64 - 36)


def test_rest_of_exactly_eleven_hours_is_enough():
    duties = (
        a_duty("2027-01-01 20:00", 4),
        a_duty("2027-01-02 11:00", 5),
        a_duty("2027-01-03 02:59", 2),
        a_duty("2027-03-28 00:00", 8),  # the short night: ends 9:00
        a_duty("2027-03-28 20:00", 4),
    )
    past = PastDuty(doctor="A", line="L1", start=at("2027-01-01 00:00"), end=at("2027-01-01 09:30"), band="nuit")
    instance = an_instance(duties, DOCTORS[:1], history=(past,))
    allowed, forbidden = canvas_and_audit_agree(instance, MinRest(hours=11))
    assert allowed and forbidden
