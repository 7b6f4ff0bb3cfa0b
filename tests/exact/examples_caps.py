"""Caps and weekends: history, calendar borders, quotas, consents, squares, locks, need 0 and 2."""

from rosterplan.domain.instance import FixedAssignment, Lock
from rosterplan.domain.rulebook import HARD, UNLESS_ACCEPTED, Scope, soft
from rosterplan.rules.consecutive_weekends import ConsecutiveWeekends
from rosterplan.rules.declared_maximum import DeclaredMaximum
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.max_weekends import MaxWeekends
from rosterplan.rules.weekend_block import WeekendBlock
from rosterplan.rules.weekend_split import WeekendSplit
from tests.exact.example import (
    Example,
    caps_below_the_weight,
    caps_the_penalty,
    charges_in_proportion,
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


def evenings(*days, line="L1", band="soiree", **more):
    return tuple(a_duty(f"{day} 20:00", 4, line=line, band=band, **more) for day in days)


def posts_a_maximum_of_two(rule):
    """The boundary: whatever was declared, two are posted."""
    other = MaxPerPeriod(most=2, period="year", strength=HARD)
    return slipped(rule, post=lambda self, canvas: other.post(canvas))


posts_a_maximum_of_two.__name__ = "posts_as_a_maximum_of_two"


def counts_windows_from_duties_only(rule):
    """The audit looks at windows that begin on a duty: enough for a strict cap, too few for a cost."""

    def audit(_, instance, roster):
        for finding in rule.audit(instance, roster):
            yield finding.model_copy(update={"cost": min(finding.cost, 2 * rule.strength.weight)})

    return slipped(rule, audit=audit)


MAXIMA = an_instance(
    evenings("2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07"),
    (a_doctor("A", maximum=2), a_doctor("B", maximum=0), a_doctor("C")),
    history=(past("A", "2027-01-03 20:00", 4),),
    locks=(
        Lock(duty="L1/2027-01-04T20:00+01:00/240", doctor="B"),
        Lock(duty="L1/2027-01-05T20:00+01:00/240", doctor="A"),
        Lock(duty="L1/2027-01-07T20:00+01:00/240", doctor=None),
    ),
)

CLOSE = an_instance(
    (
        *evenings("2027-01-04", "2027-01-05", "2027-01-08", "2027-01-11"),
        *evenings("2027-01-08", line="L2", band="renfort", need_min=0, need_max=2),
    ),
    (A, WILLING),
    history=(past("A", "2027-01-01 20:00", 4), past("W", "2027-01-02 20:00", 4), past("W", "2027-01-02 12:00", 4)),
    locks=(Lock(duty="L1/2027-01-11T20:00+01:00/240", doctor="W"),),
)
POINTS = an_instance(
    (
        a_duty("2027-01-09 12:00", 12, band="samedi", points=3),
        a_duty("2027-01-10 08:00", 16, band="dimanche", points=5),
        a_duty("2027-01-11 20:00", 4, points=2),
        a_duty("2027-01-12 20:00", 4, points=2),
    ),
    (A, WILLING),
    history=(past("A", "2027-01-08 20:00", 4, points=2),),
)
PAST_TOO_MANY = an_instance(
    evenings("2027-01-05", "2027-01-06", "2027-01-07"),
    (A, WILLING),
    history=tuple(past(name, f"2027-01-0{day} 20:00", 4) for name in "AW" for day in (2, 3, 4)),
    fixed=(FixedAssignment(doctor="A", duty="L1/2027-01-06T20:00+01:00/240"),),
)
# January ends on a Sunday: its last week, and its month, have one duty more of the past
BORDERS = an_instance(
    (
        *evenings("2027-01-31", "2027-02-01", "2027-02-07", "2027-02-08"),
        *evenings("2027-01-31", line="L2"),
    ),
    (A, WILLING),
    history=(past("A", "2027-01-25 20:00", 4), past("A", "2026-12-31 20:00", 4), past("W", "2027-01-31 08:00", 4)),
)
QUOTAS = an_instance(
    evenings("2027-03-01", "2027-03-02", "2027-03-30", "2027-03-31"),
    (a_doctor("A", quota=0.25), a_doctor("B", quota=0.5), a_doctor("C", quota=1.5, consents=("max-per-period",))),
)
# 6 evenings in March for two: B and C owe 3 each, so a cap of 1 becomes 4; in April 1 each: 2
SMALL = an_instance(
    evenings(*(f"2027-03-2{day}" for day in range(6)), "2027-04-03", "2027-04-06"),
    (a_doctor("B"), a_doctor("C")),
    locks=tuple(
        Lock(duty=f"L1/2027-03-2{day}T20:00+01:00/240", doctor=doctor)
        for day, held in enumerate("BBBC")
        for doctor in (held, None)
    ),
)

WEEKENDS = an_instance(
    (
        a_duty("2027-01-30 12:00", 12, band="samedi"),
        a_duty("2027-01-31 08:00", 16, band="dimanche"),
        a_duty("2027-02-05 20:00", 12, band="nuit"),
        a_duty("2027-02-06 12:00", 12, band="samedi"),
        a_duty("2027-02-14 08:00", 16, band="dimanche"),
    ),
    (A, WILLING),
    history=(past("A", "2027-01-24 08:00", 16), past("W", "2027-01-02 12:00", 4), past("W", "2027-01-09 12:00", 4)),
)
# 31 January 2027 is a Sunday: the weekend of Saturday 30 belongs to January, that of Saturday 27 February to February
IN_FEBRUARY = an_instance(
    (
        a_duty("2027-01-31 08:00", 16, band="dimanche"),
        a_duty("2027-02-06 12:00", 12, band="samedi"),
        a_duty("2027-02-27 12:00", 12, band="samedi"),
        a_duty("2027-02-28 08:00", 16, band="dimanche"),
        a_duty("2027-03-06 12:00", 12, band="samedi"),
    ),
    (A, a_doctor("B", consents=("max-weekends",))),
    locks=(Lock(duty="L1/2027-02-27T12:00+01:00/720", doctor="A"),),
)
BLOCKS = an_instance(
    (
        a_duty("2027-01-03 08:00", 16, band="dimanche"),
        a_duty("2027-01-09 12:00", 12, band="samedi", need_min=2, need_max=2),
        a_duty("2027-01-09 08:00", 4, band="samedi", line="L2"),
        a_duty("2027-01-10 08:00", 16, band="dimanche"),
        a_duty("2027-01-16 12:00", 12, band="samedi"),
    ),
    (A, B),
    history=(past("A", "2027-01-02 12:00", 12, band="samedi"), past("B", "2027-01-17 08:00", 1, line="L3")),
)
SHIFTS = an_instance(
    (
        a_duty("2027-01-09 12:00", 6, band="samedi"),
        a_duty("2027-01-09 18:00", 6, band="samedi"),
        a_duty("2027-01-10 08:00", 8, band="dimanche"),
        a_duty("2027-01-10 16:00", 8, band="dimanche"),
    ),
    (A, B),
    locks=(
        Lock(duty="L1/2027-01-09T12:00+01:00/360", doctor="A"),
        Lock(duty="L1/2027-01-10T16:00+01:00/480", doctor="B"),
    ),
)

EXAMPLES = (
    Example("declared maxima, one passed by a lock", DeclaredMaximum(), MAXIMA,
            slips=(forgets_the_last_day, forgets_what_is_decided,
                   posts_a_maximum_of_two)),
    Example("2 in 7 days, squared for who accepts", MaxPerWindow(), CLOSE, costs=True,
            slips=(posts_as(days=6), posts_as(days=8), posts_as(most=1), posts_as(most=3), forgets_the_last_day,
                   forgets_the_past, caps_the_penalty, charges_in_proportion, counts_windows_from_duties_only)),
    Example("2 dates in 7 days, soft", MaxPerWindow(unit="days", strength=COMFORT), CLOSE, forbids=False, costs=True,
            slips=(posts_as(unit="duties"), posts_as(days=6), forgets_the_last_day, forgets_the_past,
                   forgets_what_is_decided)),
    Example("one duty is too much", MaxPerWindow(most=0, days=1, strength=COMFORT), CLOSE, forbids=False, costs=True,
            slips=(posts_as(most=1), forgets_the_last_day, forgets_what_is_decided)),
    Example("points in 3 days", MaxPerWindow(most=4, days=3, unit="points"), POINTS, costs=True,
            slips=(posts_as(most=3), posts_as(most=5), posts_as(days=2), posts_as(unit="duties"), forgets_the_past,
                   charges_in_proportion)),
    Example("a past that passes the cap, strict or accepted", MaxPerWindow(most=2, days=7), PAST_TOO_MANY, costs=True,
            slips=(forgets_the_past, charges_in_proportion, forgets_the_last_day)),
    Example("a past that passes the cap, soft", MaxPerWindow(most=2, days=7, strength=COMFORT), PAST_TOO_MANY,
            forbids=False, costs=True, slips=(forgets_the_past, forgets_what_is_decided, forgets_the_last_day)),
    Example("per week", MaxPerPeriod(most=1, period="week"), BORDERS, costs=True,
            slips=(posts_as(most=2), posts_as(period="month"), forgets_the_past, charges_in_proportion)),
    Example("per month", MaxPerPeriod(most=2, period="month"), BORDERS, costs=True,
            slips=(posts_as(most=1), posts_as(most=3), posts_as(period="quarter"), forgets_the_past,
                   forgets_the_last_day)),
    Example("dates per quarter", MaxPerPeriod(most=2, period="quarter", unit="days"), BORDERS, costs=True,
            slips=(posts_as(unit="duties"), posts_as(period="month"), forgets_the_last_day, charges_in_proportion)),
    Example("points per year, soft", MaxPerPeriod(most=5, period="year", unit="points", strength=COMFORT), POINTS,
            forbids=False, costs=True, slips=(posts_as(most=6), posts_as(unit="duties"), caps_the_penalty)),
    Example("quotas, and a consent by name", MaxPerPeriod(most=2, proportional=True), QUOTAS, costs=True,
            slips=(posts_as(proportional=False), posts_as(most=1), posts_as(strength=HARD))),
    Example("one line, one band", MaxPerPeriod(most=1, scope=Scope(lines=("L1",), bands=("soiree",))), CLOSE, costs=True,
            slips=(posts_as(scope=Scope()), posts_as(most=2))),
    Example("never below the share", MaxPerPeriod(most=1, at_least_share=True, scope=Scope(doctors=("B", "C")),
                                                  strength=HARD), SMALL,
            slips=(posts_as(at_least_share=False), posts_as(most=5), forgets_what_is_decided)),
    Example("never below the share, in a window", MaxPerWindow(most=1, days=7, at_least_share=True, strength=HARD),
            SMALL, slips=(posts_as(at_least_share=False), posts_as(days=3))),
    Example("one weekend a month", MaxWeekends(), IN_FEBRUARY, costs=True,
            slips=(posts_as(most=2), posts_as(period="quarter"), forgets_what_is_decided,
                   posts_as(strength=HARD))),
    Example("two weekends a quarter, soft", MaxWeekends(most=2, period="quarter", strength=COMFORT), WEEKENDS,
            forbids=False, costs=True,
            slips=(posts_as(most=1), posts_as(most=3), forgets_the_past, forgets_the_last_day, caps_the_penalty)),
    Example("weekends never below the share", MaxWeekends(most=0, period="quarter", at_least_share=True), WEEKENDS, costs=True,
            slips=(posts_as(at_least_share=False), posts_as(most=4), forgets_the_past)),
    Example("no two weekends in a row", ConsecutiveWeekends(strength=UNLESS_ACCEPTED), WEEKENDS, costs=True,
            slips=(posts_as(among=3), posts_as(most=2), forgets_the_past, forgets_the_last_day)),
    Example("one weekend in three, soft", ConsecutiveWeekends(among=3), WEEKENDS, forbids=False, costs=True,
            slips=(posts_as(among=2), posts_as(among=4), forgets_the_past, caps_the_penalty)),
    Example("both days or none", WeekendBlock(strength=HARD), BLOCKS,
            slips=(forgets_the_past, posts_as(strength=COMFORT))),
    Example("both days, where possible", WeekendBlock(), BLOCKS, forbids=False, costs=True,
            slips=(forgets_the_past, posts_as(strength=COMFORT), caps_below_the_weight, lambda rule: slipped(
                rule, post=lambda self, canvas: WeekendBlock(scope=Scope(bands=("samedi",))).post(canvas)))),
    Example("both days, shifts and locks", WeekendBlock(strength=HARD), SHIFTS,
            slips=(forgets_what_is_decided, forgets_the_last_day)),
    Example("both days, shifts and locks, soft", WeekendBlock(), SHIFTS, forbids=False, costs=True,
            slips=(forgets_what_is_decided, forgets_the_last_day)),
    Example("never both days", WeekendSplit(), BLOCKS,
            slips=(forgets_the_past, forgets_the_last_day, posts_as(scope=Scope(lines=("L1",))))),
    Example("never both days, shifts and locks", WeekendSplit(strength=COMFORT), SHIFTS, forbids=False, costs=True,
            slips=(forgets_what_is_decided, forgets_the_last_day, posts_as(strength=soft("comfort", 4)),
                   caps_below_the_weight)),
)  # fmt: skip
