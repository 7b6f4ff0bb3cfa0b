"""Cover: need 0, 1 and 2, bands of different priority, a duty nobody may hold, locks."""

from rosterplan.domain.instance import FixedAssignment, Lock
from rosterplan.domain.rulebook import soft
from rosterplan.domain.work import Demand, Line
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.no_surplus import NoSurplus
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


def a_demand(start: str, hours: float, need: int, *, line: str = "L1", **more: object) -> Demand:
    """A need of ``need`` doctors during hours of a line."""
    asked = a_duty(start, hours, line=line)
    return Demand(id=f"{asked.id}/besoin", line=line, start=asked.start, end=asked.end, need=need, **more)


SHIFTS = an_instance(
    (
        a_duty("2027-01-04 08:00", 4, need_min=0, need_max=2),
        a_duty("2027-01-04 10:00", 4, need_min=0, need_max=1),
        a_duty("2027-01-04 12:00", 4, line="LOIN", need_min=0, need_max=2),
        a_duty("2027-01-04 20:00", 4, need_min=1, need_max=2),
    ),
    (a_doctor("A"), a_doctor("B")),
    lines=(
        Line(id="L1", name="Ligne L1", sector="S1"), Line(id="LOIN", name="À distance", sector="S1", counts_for="L1"),
    ),
    demands=(
        a_demand("2027-01-04 08:00", 2, 1, band="samedi"),
        a_demand("2027-01-04 10:00", 5, 2),  # cut at 12 h and 14 h, where shifts end
        a_demand("2027-01-04 20:00", 4, 2),  # on top of a duty that needs one by itself
    ),
)  # fmt: skip
SLOTS = an_instance(
    (
        a_duty("2027-01-04 09:00", 0.25, need_min=0, doctor="A"),
        a_duty("2027-01-04 10:00", 0.25, need_min=0, doctor="B"),
        a_duty("2027-01-04 12:45", 0.5, need_min=0, doctor="B"),
        a_duty("2027-01-04 13:00", 0.25, need_min=0, doctor="A"),
    ),
    (a_doctor("A"), a_doctor("B")),
    demands=(a_demand("2027-01-04 08:00", 5, 2, in_all=True),),
)

EXAMPLES = (
    Example("needs of 0, 1 and 2", Coverage(), NEEDS, costs=True,
            slips=(forgets_the_last_day, caps_the_penalty, posts_as(priorities={"samedi": 9}))),
    Example("needs met by decisions, one passed by them", Coverage(), DECIDED, costs=True,
            slips=(forgets_what_is_decided, forgets_the_last_day)),
    Example("needs by the hour, met by shifts that overlap", Coverage(), SHIFTS, costs=True,
            slips=(forgets_the_last_day, caps_the_penalty, posts_as(priorities={"samedi": 9}))),
    Example("needs of slots in all", Coverage(), SLOTS, forbids=True, costs=True, slips=(caps_the_penalty,)),
    Example("nobody called in for nothing", NoSurplus(), SHIFTS, forbids=False, costs=True,
            slips=(forgets_the_last_day, caps_the_penalty, posts_as(strength=soft("comfort", 2)))),
    Example("slots beyond those wanted", NoSurplus(strength=soft("comfort", 3)), SLOTS, forbids=False, costs=True,
            slips=(caps_the_penalty,)),
    Example("cover in the blend", Coverage(strength=soft("comfort", 7)), NEEDS, costs=True,
            slips=(posts_as(strength=soft("comfort", 6)), caps_the_penalty)),
)  # fmt: skip
