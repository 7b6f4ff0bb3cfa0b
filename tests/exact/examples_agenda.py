"""Régulation and shared agendas: company at night, remote after on site, the end of practice, slots a week and an hour."""

from datetime import date

from rosterplan.domain.instance import Availability, FixedAssignment, Lock, PastDuty, Period
from rosterplan.domain.people import DateSpan
from rosterplan.domain.rulebook import Scope, soft
from rosterplan.domain.work import Group, Line
from rosterplan.rules.after_practice import AfterPractice
from rosterplan.rules.agenda_spread import AgendaSpread
from rosterplan.rules.agenda_week import AgendaWeek
from rosterplan.rules.min_effection import MinEffection
from rosterplan.rules.never_alone import NeverAlone
from rosterplan.rules.remote_after_on_site import RemoteAfterOnSite
from tests.exact.example import Example, caps_the_penalty, forgets_the_last_day, forgets_the_past, posts_as
from tests.exact.harness import a_doctor, a_duty, an_instance, at

ROOM = Line(id="L1", name="Régulation", sector="S1", modality="regulation")
HOME = Line(id="LOIN", name="À distance", sector="S1", modality="regulation", counts_for="L1")
FIXED = Line(id="MMG", name="Maison médicale", sector="S1")
SHARED = (Group(id="S1", lines=("L1", "LOIN", "MMG")),)


def regulator(name: str, **more: object):
    return a_doctor(name, modalities=("regulation", "fixe"), **more)


NIGHTS = an_instance(
    (
        a_duty("2027-01-04 20:00", 8, need_max=2),  # to 4 h: alone until midnight is allowed
        a_duty("2027-01-05 02:00", 6, line="LOIN", need_max=2),
        a_duty("2027-01-05 08:00", 4, need_max=2),
        a_duty("2027-01-06 01:00", 4, need_max=2),
        a_duty("2027-01-06 05:00", 3, need_max=2),
        a_duty("2027-01-06 03:00", 5, line="MMG"),  # no company for a regulator
    ),
    (regulator("A"), regulator("B")),
    lines=(ROOM, HOME, FIXED),
    groups=SHARED,
)
ONE_PUT_THERE = an_instance(
    (*NIGHTS.duties[:3], NIGHTS.duties[3]),
    (*NIGHTS.doctors, regulator("C")),
    lines=(ROOM, HOME, FIXED),
    groups=SHARED,
    locks=(Lock(duty=NIGHTS.duties[0].id, doctor="A"),),
    fixed=(FixedAssignment(doctor="B", duty=NIGHTS.duties[1].id),),
)


def on_site(doctor: str, day: int, band: str = "soiree") -> PastDuty:
    return PastDuty(
        doctor=doctor, line="L1", start=at(f"2026-12-{day:02} 20:00"), end=at(f"2026-12-{day:02} 23:00"), band=band
    )


def elsewhere(doctor: str, month: int, day: int) -> PastDuty:
    day_ = f"2026-{month:02}-{day:02}"
    return PastDuty(doctor=doctor, line="CAPS-44", start=at(f"{day_} 20:00"), end=at(f"{day_} 23:00"), band="ailleurs")


REMOTE = an_instance(
    (
        a_duty("2027-01-04 20:00", 4),
        a_duty("2027-01-04 15:00", 4, line="LOIN"),  # same date: the shift of the evening is no earlier one
        a_duty("2027-01-09 08:00", 4, band="samedi"),
        a_duty("2027-01-10 08:00", 4, line="LOIN", band="dimanche"),
    ),
    (regulator("A"), regulator("B"), regulator("C")),
    lines=(ROOM, HOME),
    groups=(Group(id="S1", lines=("L1", "LOIN")),),
    history=(on_site("B", 20), on_site("B", 21), on_site("C", 26, "samedi")),
)
STOPPED = an_instance(
    (
        a_duty("2027-02-27 20:00", 4), a_duty("2027-02-28 20:00", 4), a_duty("2027-03-01 20:00", 4),
        a_duty("2026-08-30 20:00", 4, line="MMG"), a_duty("2026-08-31 20:00", 4, line="MMG"),
    ),
    (regulator("A", practice_ended=date(2026, 8, 31)), regulator("B")),
    lines=(ROOM, FIXED),
    groups=(Group(id="S1", lines=("L1", "MMG")),),
)  # fmt: skip
EFFECTORS = an_instance(
    (
        a_duty("2027-01-04 20:00", 4), a_duty("2027-01-09 08:00", 4, line="LOIN", band="samedi"),
         a_duty("2027-01-10 08:00", 4, line="MMG", band="dimanche"),
    ),
    (regulator("A"), regulator("B"), regulator("C"), regulator("D", practice_ended=date(2026, 12, 1))),
    lines=(ROOM, HOME, FIXED),
    groups=SHARED,
    history=(elsewhere("B", 10, 11), elsewhere("C", 10, 10), on_site("A", 20)),
)  # fmt: skip
DECIDED_EFFECTORS = an_instance(
    EFFECTORS.duties, EFFECTORS.doctors[:3], lines=(ROOM, HOME, FIXED), groups=SHARED, history=EFFECTORS.history,
    locks=(Lock(duty=EFFECTORS.duties[1].id, doctor="A"),),
)  # fmt: skip


def slot(start: str, doctor: str, line: str = "L1"):
    return a_duty(start, 0.25, line=line, need_min=0, doctor=doctor)


WEEKS = an_instance(
    (
        slot("2027-01-04 09:00", "A"), slot("2027-01-05 09:00", "A"), slot("2027-01-06 09:00", "A"),
        slot("2027-01-12 09:00", "A"), slot("2027-01-05 09:30", "B"), slot("2027-01-13 09:30", "B"),
    ),
    (a_doctor("A"), a_doctor("B", on_list=DateSpan(end=date(2027, 1, 10)))),
    period=Period(start=date(2027, 1, 1), end=date(2027, 1, 31)),
    availability=(Availability(doctor="A", start=date(2027, 1, 6), end=date(2027, 1, 7), value="impossible"),),
)  # fmt: skip
HOURS = an_instance(
    (
        slot("2027-01-04 09:00", "A"), slot("2027-01-04 09:30", "B"), slot("2027-01-04 09:45", "A"),
        slot("2027-01-04 10:00", "B"), slot("2027-01-05 09:15", "A"), slot("2027-01-05 09:45", "B", "L2"),
    ),
    (a_doctor("A"), a_doctor("B")),
)  # fmt: skip

EXAMPLES = (
    Example("never alone at night", NeverAlone(scope=Scope(lines=("L1", "LOIN"))), NIGHTS,
            slips=(posts_as(end=5), posts_as(start=2), posts_as(scope=Scope()))),
    Example("never alone, where some were put there", NeverAlone(), ONE_PUT_THERE, slips=(posts_as(end=1),)),
    Example("remote after two on site, one at a weekend", RemoteAfterOnSite(shifts=2), REMOTE,
            slips=(forgets_the_past, posts_as(shifts=3), posts_as(weekends=0), posts_as(bands=("soiree",)))),
    Example("who regulates was an effector in three months", MinEffection(months=3), EFFECTORS,
            slips=(posts_as(months=2), posts_as(months=4), posts_as(least=2), forgets_the_past, forgets_the_last_day)),
    Example("two duties of effection, one put there", MinEffection(least=2, months=3), DECIDED_EFFECTORS,
            slips=(posts_as(least=1), posts_as(least=3), forgets_the_past)),
    Example("regulation for a semester after practice", AfterPractice(), STOPPED,
            slips=(posts_as(months=5), posts_as(months=7), posts_as(scope=Scope(lines=("L1",))))),
    Example("two to three slots a week", AgendaWeek(least=2, most=2), WEEKS, forbids=False, costs=True,
            slips=(forgets_the_last_day, caps_the_penalty, posts_as(least=1), posts_as(most=3))),
    Example("one slot an hour", AgendaSpread(strength=soft("comfort", 4)), HOURS, forbids=False, costs=True,
            slips=(forgets_the_last_day, caps_the_penalty, posts_as(most=2))),
)  # fmt: skip
