"""The rule book: one file per idea; RULES is its table of contents (a test fails on a forgotten one)."""

from rosterplan.rules.after_practice import AfterPractice
from rosterplan.rules.agenda_spread import AgendaSpread
from rosterplan.rules.agenda_week import AgendaWeek
from rosterplan.rules.availability import DeclaredDates
from rosterplan.rules.average_hours import AverageHours
from rosterplan.rules.base import Rule
from rosterplan.rules.consecutive_weekends import ConsecutiveWeekends
from rosterplan.rules.coverage import Coverage
from rosterplan.rules.declared_maximum import DeclaredMaximum
from rosterplan.rules.dispo_min import DispoMin
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.equal_rest import EqualRest
from rosterplan.rules.feast_rotation import FeastRotation
from rosterplan.rules.fixed_assignments import FixedAssignments
from rosterplan.rules.hours_window import HoursWindow
from rosterplan.rules.house_quota import HouseQuota
from rosterplan.rules.juste_repartition import JusteRepartition
from rosterplan.rules.largest_gap import LargestGap
from rosterplan.rules.locks import Locks
from rosterplan.rules.max_delay import MaxDelay
from rosterplan.rules.max_per_period import MaxPerPeriod
from rosterplan.rules.max_per_window import MaxPerWindow
from rosterplan.rules.max_stretch import MaxStretch
from rosterplan.rules.max_weekends import MaxWeekends
from rosterplan.rules.min_days_off import MinDaysOff
from rosterplan.rules.min_effection import MinEffection
from rosterplan.rules.min_rest import MinRest
from rosterplan.rules.min_run import MinRun
from rosterplan.rules.never_alone import NeverAlone
from rosterplan.rules.newcomer_ramp import NewcomerRamp
from rosterplan.rules.no_overlap import NoOverlap
from rosterplan.rules.no_surplus import NoSurplus
from rosterplan.rules.one_feast import OneFeast
from rosterplan.rules.one_of_each import OneOfEach
from rosterplan.rules.pairs_apart import PairsApart
from rosterplan.rules.pairs_together import PairsTogether
from rosterplan.rules.remote_after_on_site import RemoteAfterOnSite
from rosterplan.rules.requests import Requests
from rosterplan.rules.rest_after_night import RestAfterNight
from rosterplan.rules.same_practice import SamePractice
from rosterplan.rules.spacing import Spacing
from rosterplan.rules.stability import Stability
from rosterplan.rules.staffing import Staffing
from rosterplan.rules.succession import Succession
from rosterplan.rules.volunteers_only import VolunteersOnly
from rosterplan.rules.weekend_block import WeekendBlock
from rosterplan.rules.weekend_split import WeekendSplit
from rosterplan.rules.wishes import WishPoints
from rosterplan.rules.workload_scale import WorkloadScale

RULES: tuple[type[Rule], ...] = (
    # cover
    Coverage, Staffing, NoSurplus, NeverAlone,
    # who may
    VolunteersOnly, Eligible, MaxDelay, DeclaredDates, DispoMin, NewcomerRamp, FixedAssignments, Locks,
    RemoteAfterOnSite, AfterPractice, MinEffection,
    # time
    NoOverlap, MinRest, RestAfterNight, MaxStretch, Spacing, MinRun, MinDaysOff, HoursWindow, Succession,
    EqualRest, AverageHours,
    # caps
    DeclaredMaximum, MaxPerWindow, MaxPerPeriod, MaxWeekends, ConsecutiveWeekends, WeekendBlock, WeekendSplit,
    # agenda
    AgendaWeek, AgendaSpread,
    # people
    PairsApart, PairsTogether, SamePractice,
    # between establishments
    HouseQuota, OneOfEach,
    # fairness
    JusteRepartition, FeastRotation, OneFeast, WishPoints, Requests, WorkloadScale, LargestGap,
    # a published roster
    Stability,
)  # fmt: skip

BY_CODE: dict[str, type[Rule]] = {rule.code: rule for rule in RULES}
