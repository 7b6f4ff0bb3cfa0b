"""Who may hold a duty, and on which dates: tiny instances with boundaries, locks and imposed duties."""

from datetime import date, timedelta

from rosterplan.domain.instance import Availability, FixedAssignment, Lock
from rosterplan.domain.people import DateSpan, Establishment, Exemption, Membership
from rosterplan.domain.rulebook import Scope
from rosterplan.domain.work import Line, Site
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.dispo_min import DispoMin
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.fixed_assignments import FixedAssignments
from rosterplan.rules.locks import Locks
from rosterplan.rules.newcomer_ramp import NewcomerRamp
from rosterplan.rules.volunteers_only import VolunteersOnly
from tests.exact.example import Example, admits_the_last_duty, admits_the_last_duty_refused, posts_as, reads_lists
from tests.exact.harness import a_doctor, a_duty, an_instance

DAY = timedelta(days=1)


def in_sectors(*names):
    return tuple(Membership(sector=name) for name in names)


TWO = (a_duty("2027-01-01 20:00", 4), a_duty("2027-01-02 12:00", 12, band="samedi", need_min=2, need_max=2))
LOCKED = (Lock(duty=TWO[0].id, doctor="B"),)

LINES = (
    Line(id="L1", name="CAPS 1", sector="S1"),
    Line(id="L2", name="CAPS 2", sector="S2"),
    Line(id="R", name="Régulation", modality="regulation"),
    Line(id="U", name="Urgence", establishments=("H1", "H2")),
)
ON_LINES = (
    a_duty("2027-01-01 20:00", 4, line="L1"),
    a_duty("2027-01-01 20:00", 4, line="L2"),
    a_duty("2027-01-02 11:00", 12, line="R", modality="regulation"),
)
HOUSES = {"establishments": (Establishment(id="H1", name="CH"), Establishment(id="H2", name="Clinique"))}

BELONGING = an_instance(
    ON_LINES,
    (
        a_doctor("A"),
        a_doctor("B", sectors=in_sectors("S2"), lines=("L1",), modalities=("fixe", "regulation")),
        a_doctor("N", profession="infirmier", modalities=("fixe", "regulation"), lines=("L2",)),
    ),
    lines=LINES[:3],
)
NAMED = an_instance(
    ON_LINES[2:],
    (a_doctor("A", modalities=("regulation",)), a_doctor("B", modalities=("regulation",), lines=("R",))),
    lines=LINES,
    **HOUSES,
)
TURNS = an_instance(
    (
        a_duty("2027-01-04 18:00", 14, line="U", establishments=("H1",)),
        a_duty("2027-01-05 18:00", 14, line="U", establishments=("H2",)),
        a_duty("2027-01-06 18:00", 14, line="U"),
        a_duty("2027-01-07 18:00", 14, line="U", doctor="B"),
    ),
    (a_doctor("A", establishment="H1"), a_doctor("B", establishment="H2"), a_doctor("C")),
    lines=LINES,
    **HOUSES,
)
SITES = (Site(id="P1", name="MMG du bourg"), Site(id="P2", name="MMG isolée", isolated=True))
SKILLS = an_instance(
    (
        a_duty("2027-01-04 20:00", 4, line="L1", site="P2"),
        a_duty("2027-01-05 20:00", 4, line="L1"),
        a_duty("2027-01-06 20:00", 12, line="L1", modality="mobile"),
    ),
    (
        a_doctor("A", refused_sites=("P2",), skills=("echo", "pediatrie")),
        a_doctor("B", refused_sites=("P1",), skills=("echo", "pediatrie"), modalities=("fixe",)),
        a_doctor("C", skills=("echo",)),
    ),
    lines=(Line(id="L1", name="CAPS 1", sector="S1", site="P1", skills=("echo", "pediatrie")),),
    sites=SITES,
)
DATES = an_instance(
    (
        a_duty("2027-01-30 12:00", 12, band="samedi"),
        a_duty("2027-01-31 20:00", 12, band="nuit"),
        a_duty("2027-02-01 00:00", 8, band="nuit"),
    ),
    (
        a_doctor("A", on_list=DateSpan(start=date(2027, 1, 31)), licence_until=date(2027, 1, 31)),
        a_doctor("B", long_absences=(DateSpan(end=date(2027, 1, 30)), DateSpan(start=date(2027, 2, 1)))),
        a_doctor("C", exemptions=(Exemption(bands=("nuit",), end=date(2027, 1, 31)),)),
        a_doctor("D", exemptions=(Exemption(start=date(2027, 1, 31), end=date(2027, 1, 31)),)),
    ),
)


def with_licence_a_day_longer(doctor):
    return doctor.model_copy(update={"licence_until": doctor.licence_until and doctor.licence_until + DAY})


def exempt_a_day_less(doctor):
    shorter = tuple(one.model_copy(update={"end": one.end - DAY}) if one.bands else one for one in doctor.exemptions)
    return doctor.model_copy(update={"exemptions": shorter})


WEEK = tuple(a_duty(f"2027-01-0{day} 20:00", 4) for day in (4, 5, 6, 7))
SAID = (
    Availability(doctor="A", start=date(2027, 1, 5), end=date(2027, 1, 6), value="impossible"),
    Availability(doctor="A", duty=WEEK[0].id, value="avoid"),
    Availability(doctor="B", start=date(2027, 1, 6), end=date(2027, 1, 7), value="only"),
    Availability(doctor="B", duty=WEEK[0].id, value="only"),
    Availability(doctor="B", duty=WEEK[2].id, value="impossible"),
    Availability(doctor="C", start=date(2027, 1, 1), end=date(2027, 1, 4), value="impossible"),
    Availability(doctor="C", duty=WEEK[3].id, value="impossible"),
)
ANSWERS = an_instance(
    WEEK, [a_doctor(name) for name in "ABC"], availability=SAID, locks=(Lock(duty=WEEK[1].id, doctor="A"),)
)


def ends_a_day_early(row):
    if row.value != "impossible" or row.end is None or row.start == row.end:
        return row
    return row.model_copy(update={"end": row.end - DAY})


def only_as_wish(row):
    return row.model_copy(update={"value": "wish"}) if row.value == "only" else row


NEW = an_instance(
    (
        a_duty("2027-03-31 20:00", 4, site="P2"),
        a_duty("2027-04-01 20:00", 4, site="P2"),
        a_duty("2027-03-28 08:00", 16, band="fete", feast="paques"),
    ),
    (a_doctor("A", on_list=DateSpan(start=date(2027, 1, 1))), a_doctor("B"), a_doctor("C", volunteer=False)),
    sites=SITES,
)
DECIDED = an_instance(
    WEEK[:3],
    (a_doctor("A"), a_doctor("B"), a_doctor("C")),
    locks=(
        Lock(duty=WEEK[0].id, doctor="B"),
        Lock(duty=WEEK[0].id, doctor=None),
        Lock(duty=WEEK[1].id, doctor=None),
    ),
    fixed=(FixedAssignment(doctor="A", duty=WEEK[1].id), FixedAssignment(doctor="A", duty=WEEK[2].id)),
)

EXAMPLES = (
    Example(
        "volunteers alone, but for what is locked", VolunteersOnly(),
        an_instance(TWO, (a_doctor("A"), a_doctor("B", volunteer=False)), locks=LOCKED),
        slips=(admits_the_last_duty, reads_lists(doctors=lambda one: one.model_copy(update={"volunteer": True}))),
    ),
    Example(
        "volunteers, on Saturdays only", VolunteersOnly(scope=Scope(bands=("samedi",))),
        an_instance(TWO, (a_doctor("A"), a_doctor("B", volunteer=False))),
        slips=(posts_as(scope=Scope()), posts_as(scope=Scope(bands=("soiree",)))),
    ),
    Example("sector, line, profession", Eligible(), BELONGING, slips=(admits_the_last_duty,)),
    Example("a line without sector held by who names it", Eligible(), NAMED, slips=(admits_the_last_duty,)),
    Example("houses and own slots", Eligible(), TURNS, slips=(admits_the_last_duty,)),
    Example("modality, skills, sites", Eligible(), SKILLS, slips=(admits_the_last_duty,)),
    Example(
        "dates of list, licence, absence, exemption", Eligible(), DATES,
        slips=(reads_lists(doctors=with_licence_a_day_longer), reads_lists(doctors=exempt_a_day_less),
               admits_the_last_duty),
    ),
    Example("eligible, for one doctor only", Eligible(scope=Scope(doctors=("C",))), DATES,
            slips=(posts_as(scope=Scope()), posts_as(scope=Scope(doctors=("D",))))),
    Example(
        "impossible and only dates", DeclaredDates(), ANSWERS,
        slips=(reads_lists(availability=ends_a_day_early), reads_lists(availability=only_as_wish), admits_the_last_duty),
    ),
    Example("dates of one line", DeclaredDates(scope=Scope(lines=("L2",))), ANSWERS, forbids=False,
            slips=(posts_as(scope=Scope()),)),
    Example(
        "a newcomer of 89 and 90 days", NewcomerRamp(days=90), NEW,
        slips=(posts_as(days=89), posts_as(days=91), posts_as(feasts=False), posts_as(isolated=False),
               admits_the_last_duty_refused),
    ),
    Example("what is imposed", FixedAssignments(), DECIDED, forbids=False),
    Example("what is locked", Locks(), DECIDED, forbids=False),
    Example("few dates break nothing", DispoMin(), ANSWERS, forbids=False),
)  # fmt: skip
