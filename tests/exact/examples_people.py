"""People apart, together, and of one practice."""

from datetime import date

from rosterplan.domain.instance import FixedAssignment, Lock
from rosterplan.domain.rulebook import HARD, Scope, soft
from rosterplan.rules.pairs_apart import PairsApart
from rosterplan.rules.pairs_together import PairsTogether
from rosterplan.rules.same_practice import SamePractice
from tests.exact.example import (
    Example,
    caps_below_the_weight,
    caps_the_penalty,
    forgets_the_last_day,
    forgets_the_past,
    forgets_what_is_decided,
    posts_as,
)
from tests.exact.examples_time import past
from tests.exact.harness import a_doctor, a_duty, an_instance

COMFORT = soft("comfort", 3)
TRIO = (a_doctor("A"), a_doctor("B"), a_doctor("C"))

COUPLE = an_instance(
    (
        a_duty("2027-01-02 12:00", 8, band="samedi"),
        a_duty("2027-01-02 20:00", 12, band="nuit"),
        a_duty("2027-01-03 00:00", 8, band="nuit", line="L2"),
        a_duty("2027-01-03 08:00", 16, band="dimanche"),
        a_duty("2027-01-02 19:59", 1, band="samedi", line="L2"),
    ),
    (a_doctor("A"), a_doctor("B")),
    history=(past("A", "2027-01-01 20:00", 17), past("B", "2027-01-01 20:00", 4)),
    locks=(Lock(duty="L1/2027-01-03T08:00+01:00/960", doctor="B"),),
)
THREE = an_instance(
    (
        a_duty("2027-01-04 20:00", 4, need_min=2, need_max=2),
        a_duty("2027-01-05 20:00", 4),
        a_duty("2027-01-04 12:00", 8, line="L2"),
    ),
    TRIO,
    locks=(Lock(duty="L1/2027-01-05T20:00+01:00/240", doctor="A"),),
)
TUTORS = an_instance(
    (
        a_duty("2027-01-04 20:00", 4, need_min=2, need_max=2),
        a_duty("2027-01-04 12:00", 8),
        a_duty("2027-01-05 20:00", 4, need_min=0, need_max=2),
        a_duty("2027-01-05 20:00", 4, line="L2"),
    ),
    TRIO,
    fixed=(FixedAssignment(doctor="A", duty="L1/2027-01-05T20:00+01:00/240"),),
)
CABINET = an_instance(
    (
        a_duty("2027-01-04 20:00", 4, need_min=2, need_max=2),
        a_duty("2027-01-04 12:00", 8, line="L2"),
        a_duty("2027-01-05 20:00", 4),
    ),
    (a_doctor("A", practice="Bourg"), a_doctor("B", practice="Bourg"), a_doctor("C", practice="Bourg"), a_doctor("D")),
    history=(past("C", "2027-01-05 08:00", 4), past("D", "2027-01-05 08:00", 4)),
)

EXAMPLES = (
    Example("a couple, by hours", PairsApart(couples=(("A", "B"),)), COUPLE,
            slips=(posts_as(when="date"), posts_as(couples=()), forgets_the_past, forgets_the_last_day,
                   forgets_what_is_decided)),
    Example("a couple, by date", PairsApart(couples=(("B", "A"),), when="date"), COUPLE,
            slips=(posts_as(when="hours"), forgets_what_is_decided, forgets_the_last_day)),
    Example("two couples, where possible", PairsApart(couples=(("A", "B"), ("C", "A")), strength=COMFORT), THREE,
            forbids=False, costs=True,
            slips=(posts_as(couples=(("A", "B"),)), forgets_what_is_decided, caps_below_the_weight)),
    Example("a tutor on the same duty", PairsTogether(couples=(("A", "B"),)), TUTORS,
            slips=(posts_as(when="date"), posts_as(couples=()), posts_as(couples=(("B", "A"),)))),
    Example("a tutor of two, on the same line and date, until a date",
            PairsTogether(couples=(("A", "B"), ("A", "C")), when="date", until=date(2027, 1, 5)), TUTORS,
            slips=(posts_as(when="duty"), posts_as(until=None), posts_as(couples=(("A", "B"),)),
                   posts_as(until=date(2027, 1, 4)))),
    Example("a tutor, where possible", PairsTogether(couples=(("A", "B"),), strength=COMFORT), TUTORS,
            forbids=False, costs=True,
            slips=(posts_as(strength=soft("comfort", 4)), forgets_what_is_decided, forgets_the_last_day,
                   caps_below_the_weight)),
    Example("one of a practice on one date", SamePractice(strength=HARD), CABINET,
            slips=(posts_as(most=2), forgets_the_past, forgets_the_last_day)),
    Example("one of a practice, where possible", SamePractice(), CABINET, forbids=False, costs=True,
            slips=(posts_as(most=2), forgets_the_past, caps_the_penalty)),
    Example("evenings alone", SamePractice(strength=HARD, scope=Scope(lines=("L1",))), CABINET,
            slips=(posts_as(scope=Scope()), posts_as(most=2))),
)  # fmt: skip
