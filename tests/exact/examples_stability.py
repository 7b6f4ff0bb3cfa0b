"""Changes to a published roster: nearness, the legal dates, duties for two, holes filled, doctors gone, locks, scope."""

from datetime import date

from rosterplan.domain.instance import Lock, Period
from rosterplan.domain.rulebook import Scope, soft
from rosterplan.rules.stability import Stability
from tests.exact.example import (
    Example,
    caps_the_penalty,
    forgets_the_last_day,
    forgets_what_is_decided,
    posts_as,
    slipped,
)
from tests.exact.harness import a_doctor, a_duty, an_instance

NEAR = a_duty("2027-01-05 20:00", 4)
FOR_TWO = a_duty("2027-01-09 12:00", 8, band="samedi", need_min=1, need_max=2)
FAR = a_duty("2027-03-06 12:00", 8, band="samedi", line="L2")
DUTIES = (NEAR, FOR_TWO, FAR)
THREE = an_instance(
    DUTIES, (a_doctor("A"), a_doctor("B"), a_doctor("C", status="salarie")),
    period=Period(start=date(2027, 1, 1), end=date(2027, 3, 31)), locks=(Lock(duty=FAR.id, doctor="B"),),
)  # fmt: skip
PUBLISHED = ((NEAR.id, "A"), (FOR_TWO.id, "A"), (FOR_TWO.id, "B"), (FAR.id, "A"), (FAR.id, "gone"), ("no-duty", "A"))
RULE = Stability(published=PUBLISHED, today=date(2026, 12, 29), strength=soft("comfort", 10))


def counts_new_holders_only(rule):
    """A position that nobody takes over is not counted."""

    def audit(self, instance, roster):
        was = {(duty, doctor) for duty, doctor in rule.published}
        for finding in type(rule).audit(self, instance, roster):
            held = roster.doctors_of.get(finding.duties[0], ())
            come = sum((finding.duties[0], doctor) not in was for doctor in held)
            yield finding.model_copy(update={"cost": int(finding.cost / finding.amount * come)})

    return slipped(rule, audit=audit)


def forgets_the_first_published(rule):
    return posts_as(published=rule.published[1:])(rule)


EXAMPLES = (
    Example(
        "changes to a published roster", RULE, THREE, forbids=False, costs=True,
        slips=(
            posts_as(at_hand=6), posts_as(soon=5), posts_as(today=date(2026, 12, 20)), posts_as(today=None),
            counts_new_holders_only, forgets_the_first_published, forgets_what_is_decided, forgets_the_last_day,
            caps_the_penalty,
        ),
    ),
    Example(
        "changes of some doctors on some lines",
        RULE.model_copy(update={"scope": Scope(statuses=("liberal",), lines=("L1",))}), THREE, forbids=False, costs=True,
        slips=(posts_as(scope=Scope(lines=("L1",))), posts_as(scope=Scope(statuses=("liberal",))), counts_new_holders_only),
    ),
)  # fmt: skip
