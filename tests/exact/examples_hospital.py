"""Hospital lines: equal rest, nights by modality, astreintes held together, average hours, parts of houses, delays."""

from datetime import date

from rosterplan.domain.instance import Lock, ServiceHours
from rosterplan.domain.people import Establishment, Travel
from rosterplan.domain.rulebook import HARD, Scope, soft
from rosterplan.domain.work import Line, Site
from rosterplan.rules.average_hours import AverageHours
from rosterplan.rules.equal_rest import EqualRest
from rosterplan.rules.house_quota import HouseQuota
from rosterplan.rules.max_delay import MaxDelay
from rosterplan.rules.no_overlap import NoOverlap
from rosterplan.rules.one_of_each import OneOfEach
from rosterplan.rules.rest_after_night import RestAfterNight
from tests.exact.example import (
    Example,
    admits_the_last_duty,
    charges_in_proportion,
    forgets_the_last_day,
    forgets_the_past,
    forgets_what_is_decided,
    posts_as,
    slipped,
)
from tests.exact.examples_time import past
from tests.exact.harness import a_doctor, a_duty, an_instance

SHARES = soft("shares", 5)
HOUSES = (
    Establishment(id="CH", name="Hôpital", full_time_equivalents=3.0),
    Establishment(id="CL", name="Clinique", status="prive", full_time_equivalents=1.0),
)


def hospital_line(name, modality="garde", **more):
    given = {"establishments": ("CH", "CL"), "sector": None} | more
    return Line(id=name, name=f"Ligne {name}", modality=modality, **given)


def a_shared_instance(duties, doctors, **more):
    return an_instance(duties, doctors, establishments=HOUSES, groups=(), **more)


def member(name, house="CH", **more):
    return a_doctor(name, establishment=house, modalities=("garde", "astreinte"), sectors=(), **more)


def nights(*days, line="L1", hours=14, **more):
    return tuple(a_duty(f"{day} 18:00", hours, line=line, band="nuit", modality="garde", **more) for day in days)


# Saturday night 18–8, Sunday 8–18, Sunday night: 14, 24 or 38 h; Monday at 8 and 21; Tuesday
LONG = an_instance(
    (
        *nights("2027-01-02", "2027-01-03"),
        a_duty("2027-01-03 08:00", 10, band="dimanche"),
        a_duty("2027-01-04 08:30", 4, line="L2"),
        a_duty("2027-01-04 21:00", 4, line="L2"),
        a_duty("2027-01-03 21:59", 2, line="L2"),
        a_duty("2027-01-03 22:00", 2, line="L3"),
        a_duty("2027-01-05 08:00", 1, line="L2"),
    ),
    (a_doctor("A"),),
    history=(past("A", "2027-01-01 16:00", 14),),
)
LONG_LOCKED = an_instance(
    (
        *nights("2027-01-02", "2027-01-03"),
        a_duty("2027-01-03 08:00", 10, band="dimanche"),
        a_duty("2027-01-04 16:00", 4),
    ),
    (a_doctor("A"), a_doctor("B")),
    locks=(
        Lock(duty="L1/2027-01-02T18:00+01:00/840", doctor="A"),
        Lock(duty="L1/2027-01-03T18:00+01:00/840", doctor="A"),
    ),
)

LINES = (
    hospital_line("G"),
    hospital_line("A1", "astreinte"),
    hospital_line("A2", "astreinte"),
    hospital_line("A3", "astreinte"),
)
TOGETHER = a_shared_instance(
    (
        a_duty("2027-01-04 20:00", 12, line="A1", modality="astreinte"),
        a_duty("2027-01-04 20:00", 12, line="A2", modality="astreinte"),
        a_duty("2027-01-04 22:00", 2, line="A2", modality="astreinte"),
        a_duty("2027-01-04 19:00", 2, line="A3", modality="astreinte"),
        a_duty("2027-01-04 18:00", 14, line="G", modality="garde"),
        a_duty("2027-01-05 07:59", 3, line="G", modality="garde"),
    ),
    (member("A"), member("B")),
    lines=LINES,
    locks=(Lock(duty="A1/2027-01-04T20:00+01:00/720", doctor="A"),),
)
MORNINGS = a_shared_instance(
    (
        a_duty("2027-01-04 20:00", 12, line="A1", modality="astreinte", band="nuit"),
        a_duty("2027-01-04 20:00", 12, line="A2", modality="astreinte", band="nuit"),
        a_duty("2027-01-04 18:00", 14, line="G", modality="garde"),
        a_duty("2027-01-05 08:00", 6, line="G", modality="garde"),
        a_duty("2027-01-05 18:00", 14, line="G", modality="garde"),
        a_duty("2027-01-05 14:00", 6, line="A2", modality="astreinte"),
    ),
    (member("A"),),
    lines=LINES,
    history=(past("A", "2027-01-03 18:00", 14, line="G", band="nuit"),),
)


def service(doctor, hours, start=date(2026, 10, 1), end=date(2027, 1, 31)):
    return ServiceHours(doctor=doctor, **{"from": start, "to": end}, hours=hours)


# October to January: 123 days, 17.57 weeks, 843 h at 48; A may add 43 h, B (half time) 21, W has consented, N is unknown
AVERAGE = a_shared_instance(
    (
        *nights("2027-01-04", "2027-01-31"),
        a_duty("2027-01-10 08:00", 9.5, line="G", modality="garde"),
        a_duty("2027-01-20 20:00", 12, line="A1", modality="astreinte"),
    ),
    (member("A"), member("W", accepts_beyond_cap=True), member("N")),
    lines=(hospital_line("L1"), *LINES),
    period={"start": date(2027, 1, 1), "end": date(2027, 1, 31)},
    service_hours=(service("A", 815), service("W", 833), service("N", 900, start=date(2026, 10, 2))),
    history=(past("A", "2026-12-31 20:00", 1), past("A", "2026-09-30 20:00", 9), past("W", "2026-11-02 20:00", 4)),
)
HALF_TIME = a_shared_instance(
    (*nights("2027-01-04", "2027-01-31"), a_duty("2027-01-20 20:00", 12, line="A1", modality="astreinte")),
    (member("B", quota=0.5), member("C", quota=1.5)),
    lines=(hospital_line("L1"), *LINES),
    period={"start": date(2027, 1, 1), "end": date(2027, 1, 31)},
    service_hours=(service("B", 400), service("C", 820)),
)

SHARED = a_shared_instance(
    (
        *nights("2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07"),
        a_duty("2027-01-10 08:00", 10, band="dimanche", modality="garde"),
    ),
    (member("A", quota=1.5), member("C", "CL", quota=0.5)),
    lines=(hospital_line("L1"), hospital_line("L2")),
    history=(past("A", "2027-01-03 18:00", 14, band="nuit"),),
    locks=(Lock(duty="L1/2027-01-04T18:00+01:00/840", doctor="A"),),
)
TWO_LINES = a_shared_instance(
    (
        *nights("2027-01-04", "2027-01-05"),
        *nights("2027-01-04", "2027-01-05", line="L2"),
        a_duty("2027-01-05 08:00", 10, line="L3", band="dimanche", modality="garde"),
    ),
    (member("A"), member("C", "CL")),
    lines=tuple(hospital_line(name) for name in ("L1", "L2", "L3")),
    history=(past("A", "2027-01-04 18:00", 14, band="nuit"),),
    locks=(Lock(duty="L1/2027-01-04T18:00+01:00/840", doctor="A"),),
)
NO_HOUSE = a_shared_instance(
    (*nights("2027-01-04"), *nights("2027-01-04", line="L2"), *nights("2027-01-04", line="L3")),
    (member("A"), a_doctor("X", modalities=("garde",)), member("B")),
    lines=tuple(hospital_line(name) for name in ("L1", "L2", "L3")),
)

SITES = (Site(id="NEAR", name="Près"), Site(id="FAR", name="Loin"))
DELAYS = an_instance(
    (
        *nights("2027-01-04", site="NEAR"),
        *nights("2027-01-05", site="FAR"),
        *nights("2027-01-06"),
        *nights("2027-01-07", site="FAR"),
    ),
    (
        a_doctor("A", travel=(Travel(site="NEAR", minutes=30), Travel(site="FAR", minutes=31))),
        a_doctor("B", travel=(Travel(site="NEAR", minutes=40),)),
        a_doctor("C"),
    ),
    sites=SITES,
)


def halves(rule):
    """The parts are posted as if the houses were equal."""
    other = rule.model_copy(update={"parts": {"CH": 50.0, "CL": 50.0}})
    return slipped(rule, post=lambda _, canvas: other.post(canvas))


EXAMPLES = (
    Example("equal rest after chains", EqualRest(), LONG,
            slips=(posts_as(longer_than=14), posts_as(longer_than=12, most=12), posts_as(gap_minutes=30),
                   forgets_the_last_day, forgets_the_past)),
    Example("equal rest up to 38 hours", EqualRest(most=38, longer_than=24), LONG,
            slips=(posts_as(most=24), posts_as(longer_than=13), forgets_the_last_day)),
    Example("equal rest after what is locked", EqualRest(), LONG_LOCKED,
            slips=(posts_as(longer_than=24), posts_as(most=20), forgets_what_is_decided)),
    Example("two astreintes at once where the convention says so", NoOverlap(lines_together=(("A1", "A2"),)), TOGETHER,
            slips=(posts_as(lines_together=()), posts_as(lines_together=(("A1", "A3"),)),
                   posts_as(lines_together=(("A1", "A2"), ("A2", "A3"))), forgets_what_is_decided)),
    Example("a garde is never held together", NoOverlap(lines_together=(("A1", "G"), ("A2", "A3"))), TOGETHER,
            slips=(posts_as(lines_together=(("A2", "A3"), ("A1", "A2"))), posts_as(lines_together=()),
                   forgets_what_is_decided)),
    Example("rest after gardes alone", RestAfterNight(modalities=("garde",)), MORNINGS,
            slips=(posts_as(modalities=()), posts_as(modalities=("astreinte",)), forgets_the_past)),
    Example("a light morning after a busy line", RestAfterNight(strength=soft("comfort", 3), hours=6, lines=("A1",)),
            MORNINGS, forbids=False, costs=True,
            slips=(posts_as(lines=()), posts_as(lines=("A2",)), posts_as(hours=7))),
    Example("48 hours on average", AverageHours(months=4), AVERAGE, costs=True,
            slips=(posts_as(hours=49), posts_as(months=3), forgets_the_past, charges_in_proportion)),
    Example("astreintes partly worked, for all", AverageHours(months=4, strength=HARD, astreinte_percent=30), AVERAGE,
            slips=(posts_as(astreinte_percent=0), posts_as(astreinte_percent=100), forgets_the_last_day)),
    Example("part-time doctors in proportion", AverageHours(months=4), HALF_TIME,
            slips=(posts_as(hours=47), posts_as(hours=49), forgets_the_last_day)),
    Example("parts by full-time equivalents", HouseQuota(strength=SHARES, tolerance=0), SHARED, forbids=False, costs=True,
            slips=(posts_as(tolerance=1), halves, forgets_what_is_decided)),
    Example("parts of the convention within one", HouseQuota(strength=SHARES, parts={"CH": 1.0, "CL": 1.0}), SHARED,
            forbids=False, costs=True,
            slips=(posts_as(tolerance=0), posts_as(tolerance=2), posts_as(scope=Scope(bands=("dimanche",))))),
    Example("one doctor of each house", OneOfEach(), TWO_LINES,
            slips=(posts_as(most=2), forgets_the_last_day, forgets_what_is_decided)),
    Example("two of each house, where possible", OneOfEach(strength=soft("comfort", 4), most=1), NO_HOUSE,
            forbids=False, costs=True,
            slips=(posts_as(most=2), posts_as(scope=Scope(lines=("L1", "L2"))), posts_as(strength=soft("comfort", 3)))),
    Example("delay to the site", MaxDelay(minutes=30), DELAYS,
            slips=(posts_as(minutes=29), posts_as(minutes=31), admits_the_last_duty)),
)  # fmt: skip
