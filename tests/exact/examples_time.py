"""Rest, overlap, chains and spacing: duties that touch, midnight, clock changes, history, locks."""

from datetime import timedelta

from rosterplan.domain.instance import Lock, PastDuty
from rosterplan.domain.people import Membership
from rosterplan.domain.rulebook import Scope, soft
from rosterplan.domain.work import Group
from rosterplan.rules.max_stretch import MaxStretch
from rosterplan.rules.min_rest import MinRest
from rosterplan.rules.no_overlap import NoOverlap
from rosterplan.rules.rest_after_night import RestAfterNight
from rosterplan.rules.spacing import Spacing
from tests.exact.example import (
    Example,
    caps_below_the_weight,
    caps_the_penalty,
    forgets_the_last_day,
    forgets_the_past,
    forgets_what_is_decided,
    posts_as,
    slipped,
)
from tests.exact.harness import a_doctor, a_duty, an_instance, at


def past(doctor, start, hours, **more):
    begin = at(start)
    given = {"doctor": doctor, "line": "L1", "start": begin, "end": begin + timedelta(hours=hours), "band": "soiree"}
    return PastDuty(**(given | more))


def rests(minutes):
    """The rule posts another rest than its own [minutes]."""

    def slip(rule):
        def post(_, canvas):
            from rosterplan.rules.selection import in_scope

            canvas.apart(rule.code, in_scope(canvas, rule.scope), ("doctor",), "start", "end", minutes)

        return slipped(rule, post=post)

    slip.__name__ = f"rests_{minutes}_minutes"
    return slip


def compares_neighbours_only(rule):
    """The audit looks at each duty and the next one, whatever lies beyond."""

    def audit(_, instance, roster):
        places = {duty.id: number for number, duty in enumerate(instance.duties)}
        for finding in rule.audit(instance, roster):
            numbers = [places[duty] for duty in finding.duties]
            if len(numbers) < 2 or abs(numbers[0] - numbers[1]) == 1:
                yield finding

    return slipped(rule, audit=audit)


A, B = a_doctor("A"), a_doctor("B")

TOUCHING = an_instance(
    (
        a_duty("2027-01-02 08:00", 12, line="L2", band="samedi"),
        a_duty("2027-01-02 20:00", 4, line="L1"),
        a_duty("2027-01-02 21:00", 1, line="L2"),
        a_duty("2027-01-02 23:59", 9, line="L2", band="nuit"),
        a_duty("2027-01-03 00:00", 8, line="L3", band="nuit"),
    ),
    (A, B),
    history=(past("A", "2027-01-01 20:00", 12.5), past("B", "2027-01-01 20:00", 12), past("B", "2027-01-01 21:00", 1)),
    locks=(Lock(duty="L1/2027-01-02T20:00+01:00/240", doctor="A"),),
)

# the night of 27 to 28 March lasts 11 h from 20 h to 8 h; that of 30 to 31 October 13 h
SPRING = an_instance(
    (
        a_duty("2027-03-27 20:00", 11, band="nuit"),
        a_duty("2027-03-28 08:00", 12, band="dimanche", line="L2"),
        a_duty("2027-03-28 18:59", 1, line="L3"),
        a_duty("2027-03-28 19:00", 5, line="L2"),
        a_duty("2027-03-28 20:00", 4, line="L3"),
        a_duty("2027-03-27 12:00", 8, band="samedi", line="L3"),
        a_duty("2027-03-29 12:00", 6, band="nuit", line="L3"),
        a_duty("2027-03-29 19:00", 1, line="L4"),
        a_duty("2027-03-27 17:00", 12, band="soiree", line="L4"),
    ),
    (A,),
    history=(past("A", "2027-03-26 20:00", 8), past("A", "2027-03-26 04:00", 4)),
)
AUTUMN = an_instance(
    (
        a_duty("2027-10-30 20:00", 13, band="samedi"),
        a_duty("2027-10-31 08:00", 12, band="dimanche", line="L2"),
        a_duty("2027-10-31 17:59", 4, line="L3"),
        a_duty("2027-10-31 18:00", 1, line="L4"),
        a_duty("2027-10-31 19:00", 1, line="L5"),
    ),
    (A, B),
    locks=(Lock(duty="L1/2027-10-30T20:00+02:00/780", doctor="B"),),
)
NIGHTS_TOGETHER = an_instance(
    (
        a_duty("2027-01-04 20:00", 12, band="nuit"),
        a_duty("2027-01-04 20:00", 12, band="soiree", line="L2"),
        a_duty("2027-01-05 08:00", 4, line="L3"),
        a_duty("2027-01-05 08:00", 4, line="L4"),
        a_duty("2027-01-05 00:00", 2, band="nuit", line="L4"),
    ),
    (A,),
)

CHAINS = an_instance(
    (
        a_duty("2027-01-02 08:00", 4, line="L1", band="samedi"),
        a_duty("2027-01-02 12:00", 4, line="L1", band="samedi"),
        a_duty("2027-01-02 16:30", 3.5, line="L2", band="samedi"),
        a_duty("2027-01-02 13:00", 2, line="L2", band="samedi"),
        a_duty("2027-01-02 20:00", 4.5, line="L1", band="samedi"),
        a_duty("2027-01-03 01:29", 8, line="L1", band="nuit"),
        a_duty("2027-01-02 08:00", 13, line="L3", band="samedi"),
        a_duty("2027-01-03 10:29", 3.5, line="L3", band="dimanche"),
    ),
    (A,),
    history=(past("A", "2027-01-02 04:00", 3.5), past("A", "2027-01-01 14:00", 13)),
)
LONG_PAST = an_instance(
    (a_duty("2027-01-02 08:00", 4), a_duty("2027-01-02 12:00", 4), a_duty("2027-01-02 16:00", 4.5)),
    (A, B),
    history=(past("A", "2027-01-01 20:00", 6), past("A", "2027-01-02 02:00", 6), past("A", "2027-01-01 14:00", 6)),
    locks=(Lock(duty="L1/2027-01-02T12:00+01:00/240", doctor="B"),),
)
TWO_LONG_DUTIES = an_instance(
    (a_duty("2027-10-30 20:00", 13), a_duty("2027-10-31 08:00", 12), a_duty("2027-10-29 20:00", 12)), (A, B)
)

DAYS = tuple(a_duty(f"2027-01-{day:02} 20:00", 4) for day in (4, 5, 6, 10, 12))
CROWDED = an_instance(
    (*DAYS, a_duty("2027-01-04 12:00", 4, line="L2")),
    (A,),
    history=(past("A", "2027-01-02 20:00", 4), past("A", "2027-01-03 20:00", 4), past("A", "2026-12-01 20:00", 4)),
    locks=(Lock(duty=DAYS[1].id, doctor="A"),),
)
# 9 days, 5 + 1 duties: A owes 2 of them, B 4; 4.5 days between duties of A, 2.25 of B
UNEVEN = an_instance(
    (*DAYS, a_duty("2027-01-04 12:00", 4, line="L2")),
    (a_doctor("A", quota=0.5), a_doctor("B"), a_doctor("C", sectors=(Membership(sector="S2"),))),
    groups=(Group(id="G", lines=("L1", "L2")),),
    locks=(Lock(duty=DAYS[0].id, doctor="B"), *(Lock(duty=duty.id, doctor=None) for duty in DAYS[3:])),
)

EXAMPLES = (
    Example(
        "duties that touch, overlap and contain others", NoOverlap(), TOUCHING,
        slips=(rests(1), rests(-1), forgets_the_past, forgets_what_is_decided, forgets_the_last_day,
               compares_neighbours_only),
    ),
    Example("overlap on two lines alone", NoOverlap(scope=Scope(lines=("L2", "L3"))), TOUCHING,
            slips=(posts_as(scope=Scope()), posts_as(scope=Scope(lines=("L2",))))),
    Example("rest across the short night", MinRest(hours=11), SPRING,
            slips=(rests(660 - 1), rests(661), forgets_the_last_day, forgets_the_past)),
    Example("rest across the long night", MinRest(hours=10), AUTUMN,
            slips=(rests(599), rests(601), forgets_the_last_day, forgets_what_is_decided)),
    Example("rest after a night, short night", RestAfterNight(hours=11), SPRING,
            slips=(posts_as(hours=10), posts_as(hours=12), posts_as(bands=()), forgets_the_last_day, forgets_the_past)),
    Example("rest after a night, long night", RestAfterNight(hours=11), AUTUMN,
            slips=(posts_as(hours=10), posts_as(hours=12), posts_as(night_ends=7), forgets_what_is_decided)),
    Example("nights that overlap are another rule's", RestAfterNight(), NIGHTS_TOGETHER,
            slips=(posts_as(bands=(), night_ends=7), rests(0), forgets_the_last_day)),
    Example("rest after a night, where possible", RestAfterNight(strength=soft("comfort", 7)), SPRING,
            forbids=False, costs=True,
            slips=(posts_as(hours=10), posts_as(hours=12), posts_as(strength=soft("comfort", 8)), caps_below_the_weight)),
    Example("chains of several duties", MaxStretch(hours=12, gap_minutes=60), CHAINS,
            slips=(posts_as(hours=11), posts_as(hours=13), posts_as(gap_minutes=59), posts_as(gap_minutes=61),
                   forgets_the_last_day, forgets_the_past)),
    Example("chains after a past already too long", MaxStretch(hours=12, gap_minutes=60), LONG_PAST,
            slips=(posts_as(hours=13), posts_as(hours=24), forgets_the_past, forgets_what_is_decided)),
    Example("a duty alone is never too long", MaxStretch(hours=12, gap_minutes=12 * 60 + 1), TWO_LONG_DUTIES,
            slips=(posts_as(gap_minutes=12 * 60), posts_as(hours=25), forgets_the_last_day)),
    Example("spacing of 3 days", Spacing(days=3, adapt=False), CROWDED, forbids=False, costs=True,
            slips=(posts_as(days=2), posts_as(days=4), forgets_the_last_day, forgets_the_past, caps_the_penalty)),
    Example("spacing after a lock", Spacing(days=3, adapt=False), CROWDED, forbids=False, costs=True,
            slips=(forgets_what_is_decided,)),
    Example("spacing shorter for who owes more", Spacing(days=4), UNEVEN, forbids=False, costs=True,
            slips=(posts_as(adapt=False), posts_as(days=3), caps_the_penalty)),
)  # fmt: skip
