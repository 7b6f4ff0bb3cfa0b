"""Cover: need 0, 1 and 2, bands of different priority, a duty nobody may hold, locks."""

from rosterplan.domain.instance import FixedAssignment, Lock
from rosterplan.domain.rulebook import soft
from rosterplan.rules.coverage import Coverage
from tests.exact.example import Example, caps_the_penalty, forgets_the_last_day, forgets_what_is_decided, posts_as
from tests.exact.harness import a_doctor, a_duty, an_instance

NEEDS = an_instance(
    (
        a_duty("2027-01-01 20:00", 4),
        a_duty("2027-01-02 12:00", 12, band="samedi", need_min=2, need_max=2),
        a_duty("2027-01-03 08:00", 16, band="dimanche", need_min=1, need_max=2),
        a_duty("2027-01-04 00:00", 8, band="nuit", need_min=0, need_max=1),
        a_duty("2027-01-04 20:00", 4, band="inconnue", need_min=0, need_max=0),
    ),
    (a_doctor("A"), a_doctor("B")),
)
DECIDED = an_instance(
    NEEDS.duties[:3],
    (*NEEDS.doctors, a_doctor("C")),
    locks=(Lock(duty=NEEDS.duties[0].id, doctor="A"), Lock(duty=NEEDS.duties[0].id, doctor="B")),
    fixed=(FixedAssignment(doctor="A", duty=NEEDS.duties[1].id), FixedAssignment(doctor="B", duty=NEEDS.duties[2].id)),
)

EXAMPLES = (
    Example("needs of 0, 1 and 2", Coverage(), NEEDS, costs=True,
            slips=(forgets_the_last_day, caps_the_penalty, posts_as(priorities={"samedi": 9}))),
    Example("needs met by decisions, one passed by them", Coverage(), DECIDED, costs=True,
            slips=(forgets_what_is_decided, forgets_the_last_day)),
    Example("cover in the blend", Coverage(strength=soft("comfort", 7)), NEEDS, costs=True,
            slips=(posts_as(strength=soft("comfort", 6)), caps_the_penalty)),
)  # fmt: skip
