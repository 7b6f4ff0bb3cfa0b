"""Runs, days off, hours, order, staffing, priced requests and scales: borders, locks, the past, need 0 and 2."""

from datetime import date

from rosterplan.domain.instance import FixedAssignment, Lock, Period
from rosterplan.domain.rulebook import HARD, UNLESS_ACCEPTED, Scope, soft
from rosterplan.rules.hours_window import HoursWindow
from rosterplan.rules.largest_gap import LargestGap
from rosterplan.rules.min_days_off import MinDaysOff
from rosterplan.rules.min_run import MinRun
from rosterplan.rules.requests import Requests
from rosterplan.rules.staffing import Staffing
from rosterplan.rules.succession import Succession
from rosterplan.rules.workload_scale import WorkloadScale
from tests.exact.example import (
    Example,
    caps_the_penalty,
    forgets_the_last_day,
    forgets_the_past,
    forgets_what_is_decided,
    posts_as,
    slipped,
)
from tests.exact.examples_time import past
from tests.exact.harness import a_doctor, a_duty, an_instance

COMFORT = soft("comfort", 3)
A, B = a_doctor("A"), a_doctor("B")
WILLING = a_doctor("W", accepts_beyond_cap=True)


def mornings(*days, line="L1", hours=8, band="jour", **more):
    return tuple(a_duty(f"2027-01-{day:02d} 08:00", hours, line=line, band=band, **more) for day in days)


def name_of(day, line="L1", hours=8):
    return f"{line}/2027-01-{day:02d}T08:00+01:00/{hours * 60}"


# a Friday without duty in the middle, two duties on the 6th; the period is longer than its duties at the end
WEEK = an_instance(
    (*mornings(4, 5, 6, 7, 9, 10), *mornings(6, line="L2")), (A,), period=Period(start=date(2027, 1, 4), end=date(2027, 1, 11)),
    history=(past("A", "2027-01-03 08:00", 8),),
)  # fmt: skip
LONG = an_instance(mornings(*range(4, 14)), (A,), period=Period(start=date(2027, 1, 3), end=date(2027, 1, 13)))
DECIDED = an_instance(
    mornings(*range(4, 14)), (A,), period=Period(start=date(2027, 1, 3), end=date(2027, 1, 14)),
    locks=(Lock(duty=name_of(7), doctor="A"), Lock(duty=name_of(12), doctor=None)),
    fixed=(FixedAssignment(doctor="A", duty=name_of(9)), FixedAssignment(doctor="A", duty=name_of(12))),
)  # fmt: skip
TWO = an_instance((*mornings(4, 5, 6), *mornings(4, 5, 6, line="L2", hours=12)), (A, WILLING))
NIGHTS = an_instance(
    (
        *mornings(5, 6), a_duty("2027-01-05 20:00", 12, line="N", band="nuit"), a_duty("2027-01-06 20:00", 12, line="N", band="nuit"),
        *mornings(7, line="L2"),
    ),
    (A, WILLING),
    history=(past("A", "2027-01-04 20:00", 12, line="N", band="nuit"), past("W", "2027-01-04 08:00", 8, line="N", band="jour")),
    locks=(Lock(duty=name_of(7, "L2"), doctor="A"),),
)  # fmt: skip
HOURS = an_instance(
    (*mornings(4, 5, 6, 8), a_duty("2027-01-06 20:30", 10.5, line="L2", band="nuit")), (A, B),
    history=(past("A", "2027-01-03 08:00", 8), past("B", "2027-01-03 08:00", 4)),
    locks=(Lock(duty=name_of(5), doctor="A"),),
)  # fmt: skip
WANTED = an_instance(
    (
        *mornings(4, need_min=1, need_max=3), *mornings(5, need_min=2, need_max=2), *mornings(6, need_min=0, need_max=1),
        *mornings(7, line="L2", need_min=0, need_max=0),
    ),
    (A, B, a_doctor("C")),
)  # fmt: skip
ASKS = Requests(
    wanted=("A = " + name_of(4), "A = " + name_of(5), "B = " + name_of(4), "C = " + name_of(6)),
    unwanted=("A=" + name_of(6), "B = " + name_of(5), "B = " + name_of(6), "Z = " + name_of(6)),
    scales={"B": "0 1 4 9", "C": "0 2"},
)
ASKED = an_instance(mornings(4, 5, 6, 7), (A, B, a_doctor("C")), locks=(Lock(duty=name_of(5), doctor="B"),))
SCALED = an_instance((*mornings(4, 5, 6), *mornings(8, line="L2")), (A, B), history=(past("A", "2027-01-03 08:00", 8),))


GAPS = an_instance(
    mornings(4, 5, 6, 7), (A, a_doctor("B", quota=0.6), a_doctor("C", quota=0.25)), history=(past("B", "2027-01-03 08:00", 8),),
    locks=(Lock(duty=name_of(5), doctor="B"), Lock(duty=name_of(7), doctor="A"), Lock(duty=name_of(7), doctor="C")),
)  # fmt: skip


def judges_borders(rule):
    """The run that touches the first day is judged too."""

    def audit(self, instance, roster):
        yield from rule.audit(instance.changed(period=Period(start=date(2027, 1, 1), end=date(2027, 1, 20))), roster)

    return slipped(rule, audit=audit)


EXAMPLES = (
    Example("two days in a row at least", MinRun(days=2, strength=HARD), WEEK,
            slips=(posts_as(days=1), posts_as(days=3), forgets_the_last_day, judges_borders)),
    Example("three days in a row at least", MinRun(days=3, strength=HARD), LONG,
            slips=(posts_as(days=2), posts_as(days=4), judges_borders)),
    Example("four days in a row, soft", MinRun(days=4, strength=COMFORT), LONG, forbids=False, costs=True,
            slips=(posts_as(days=3), posts_as(days=5), caps_the_penalty, judges_borders)),
    Example("three days in a row, some decided", MinRun(days=3, strength=HARD), DECIDED,
            slips=(posts_as(days=2), forgets_the_last_day)),
    Example("three days in a row, some decided, soft", MinRun(days=3, strength=COMFORT), DECIDED, forbids=False,
            costs=True, slips=(posts_as(days=2), posts_as(days=4), caps_the_penalty)),
    Example("two days off at least", MinDaysOff(days=2), WEEK,
            slips=(posts_as(days=1), posts_as(days=3))),
    Example("four days off at least", MinDaysOff(days=4), LONG,
            slips=(posts_as(days=3), posts_as(days=5))),
    Example("four days off, soft", MinDaysOff(days=4, strength=COMFORT), LONG, forbids=False, costs=True,
            slips=(posts_as(days=3), posts_as(days=5), caps_the_penalty)),
    Example("three days off, some decided", MinDaysOff(days=3), DECIDED,
            slips=(posts_as(days=2), forgets_what_is_decided, posts_as(days=4))),
    Example("three days off, some decided, soft", MinDaysOff(days=3, strength=COMFORT), DECIDED, forbids=False,
            costs=True, slips=(posts_as(days=2), posts_as(days=4), caps_the_penalty)),
    Example("no morning after a night", Succession(first=("N",), then=("jour",)), NIGHTS,
            slips=(posts_as(first=("jour",), then=("N",)), posts_as(after=2), forgets_the_past, forgets_the_last_day,
                   forgets_what_is_decided)),
    Example("nothing two days after a night, where accepted", Succession(first=("nuit",), after=2, strength=UNLESS_ACCEPTED),
            NIGHTS, costs=True, slips=(posts_as(after=1), posts_as(first=("jour",)), posts_as(then=("jour",)))),
    Example("no two days in a row, soft", Succession(strength=COMFORT), NIGHTS, forbids=False, costs=True,
            slips=(posts_as(after=2), posts_as(then=("nuit",)), forgets_the_past, posts_as(strength=soft("comfort", 2)))),
    Example("at most 18 h and a half", HoursWindow(most=18.5), HOURS,
            slips=(posts_as(most=18), posts_as(most=24), forgets_what_is_decided, forgets_the_last_day)),
    Example("at most 20 h in three days", HoursWindow(most=20, days=3), HOURS,
            slips=(posts_as(days=2), posts_as(days=4), forgets_the_past, forgets_what_is_decided)),
    Example("at most 16 h in three days, soft", HoursWindow(most=16, days=3, strength=COMFORT), HOURS, forbids=False,
            costs=True, slips=(posts_as(most=17), posts_as(days=4), forgets_the_past, caps_the_penalty)),
    Example("16 h at least", HoursWindow(least=16), HOURS, may_be_empty=False,
            slips=(posts_as(least=8), posts_as(least=16.5), forgets_what_is_decided, forgets_the_last_day)),
    Example("8 h at least in any three days, soft", HoursWindow(least=8, days=3, strength=COMFORT), HOURS, forbids=False,
            costs=True, slips=(posts_as(least=9), posts_as(days=2), posts_as(days=4), forgets_the_last_day)),
    Example("between 8 and 20 h, doctor B", HoursWindow(least=8, most=20, scope=Scope(doctors=("B",))), HOURS,
            may_be_empty=False, slips=(posts_as(most=18), posts_as(scope=Scope()), posts_as(least=0))),
    Example("doctors wanted", Staffing(strength=soft("comfort", 2), under=10, over=3), WANTED, costs=True,
            slips=(posts_as(under=9), posts_as(over=2), posts_as(over=0), caps_the_penalty, forgets_the_last_day)),
    Example("doctors wanted, more are free of charge", Staffing(over=0, scope=Scope(lines=("L1",))), WANTED, costs=True,
            slips=(posts_as(over=1), posts_as(scope=Scope()), posts_as(under=99))),
    Example("priced requests", ASKS, ASKED, forbids=False, costs=True,
            slips=(posts_as(scales={}), posts_as(wanted=()), posts_as(unwanted=()), forgets_what_is_decided,
                   posts_as(strength=soft("wishes", 9)))),
    Example("the largest gap, quotas and a lock", LargestGap(strength=soft("comfort", 7)), GAPS, forbids=False, costs=True,
            slips=(forgets_what_is_decided, forgets_the_last_day, posts_as(scope=Scope(doctors=("A", "B"))),
                   posts_as(strength=soft("comfort", 6)))),
    Example("a scale of workload", WorkloadScale(scales={"A": "1 2 4 8", "B": "0 1"}, scope=Scope(lines=("L1",))), SCALED,
            forbids=False, costs=True,
            slips=(posts_as(scope=Scope()), posts_as(scales={"A": "1 2 4 9"}), posts_as(scales={"A": "1 2 4 8"}))),
)  # fmt: skip
