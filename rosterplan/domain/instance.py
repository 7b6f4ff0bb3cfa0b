"""The whole input of a plan, materialised: what instance.json holds and what every other room reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar, cast

from pydantic import Field, model_validator

from rosterplan.domain.base import Frozen, Id, Instant, minute_of
from rosterplan.domain.demands import alike, lines_for, parts_of_demands
from rosterplan.domain.people import Doctor, Establishment
from rosterplan.domain.references import faults_of
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Demand, Duty, Group, Line, Sector, Share, Site

Known = TypeVar("Known")

Kind = Literal["pdsa", "pdses", "pediatrie", "regulation", "snp"]


class Period(Frozen):
    """The days planned, both included."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError("period ends before it starts")
        return self


class Availability(Frozen):
    """What a doctor said of one duty, or of all duties dated ``start`` to ``end``, both days included.

    `only` on any duty makes every other duty of that doctor impossible.
    """

    doctor: Id
    duty: Id | None = None
    start: date | None = Field(default=None, alias="from")
    end: date | None = Field(default=None, alias="to")
    value: Literal["impossible", "avoid", "wish", "only"]

    @model_validator(mode="after")
    def _duty_or_days(self) -> Availability:
        if (self.duty is None) == (self.start is None or self.end is None):
            raise ValueError("give a duty, or from and to")
        return self


class FixedAssignment(Frozen):
    """A duty given to a doctor before planning (`Affectations imposées`)."""

    doctor: Id
    duty: Id


class Lock(Frozen):
    """A cell a person decided: the duty goes to ``doctor``, or stays empty if None. Signed."""

    duty: Id
    doctor: Id | None
    who: str = ""
    why: str = ""


class PastDuty(Frozen):
    """A duty held before the period: it counts for rest, caps, weekends and feasts."""

    doctor: Id
    line: Id
    start: Instant
    end: Instant
    band: Id
    points: int = 0
    site: Id | None = None
    feast: Id | None = None


class ServiceHours(Frozen):
    """Hours of ordinary service a doctor works between two dates, both included."""

    doctor: Id
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    hours: float = Field(ge=0)


class Balance(Frozen):
    """Held − due since the ledger began [hundredths of a duty]; positive = d'avance."""

    doctor: Id
    group: Id
    band: Id
    balance_hundredths: int


MissingAnswers = Literal["a-relancer", "indisponible", "disponible", "comme-au-dernier-trimestre"]


class Plan(Frozen):
    """Choices of the coordinator for this period."""

    answer_deadline: date | None = None
    missing_answers: MissingAnswers = "a-relancer"
    fairness_tolerance: float = Field(
        default=0.02, ge=0, le=1, description="part of fairness that wishes and comfort may cost"
    )


class Instance(Frozen):
    """Everything a plan depends on. Lists keep the order given; ids are unique; references exist."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    id: Id
    kinds: tuple[Kind, ...] = ("pdsa",)
    timezone: str = "Europe/Paris"
    period: Period
    establishments: tuple[Establishment, ...] = ()
    sites: tuple[Site, ...] = ()
    sectors: tuple[Sector, ...] = ()
    lines: tuple[Line, ...] = ()
    doctors: tuple[Doctor, ...] = ()
    duties: tuple[Duty, ...] = ()
    demands: tuple[Demand, ...] = ()
    groups: tuple[Group, ...] = ()
    shares: tuple[Share, ...] = ()
    availability: tuple[Availability, ...] = ()
    fixed: tuple[FixedAssignment, ...] = ()
    history: tuple[PastDuty, ...] = ()
    service_hours: tuple[ServiceHours, ...] = ()
    plan: Plan = Plan()
    answered: tuple[Id, ...] = ()
    locks: tuple[Lock, ...] = ()
    balances: tuple[Balance, ...] = ()
    rules: tuple[RuleRow, ...] = ()

    @cached_property
    def doctor_by_id(self) -> dict[str, Doctor]:
        """Doctors by id."""
        return {doctor.id: doctor for doctor in self.doctors}

    @cached_property
    def duty_by_id(self) -> dict[str, Duty]:
        """Duties by id."""
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def line_by_id(self) -> dict[str, Line]:
        """Lines by id."""
        return {line.id: line for line in self.lines}

    @cached_property
    def site_by_id(self) -> dict[str, Site]:
        """Sites by id."""
        return {site.id: site for site in self.sites}

    @cached_property
    def group_of_line(self) -> dict[str, str]:
        """The fairness group of each line that has one; a line belongs to at most one."""
        return {line: group.id for group in self.groups for line in group.lines}

    @cached_property
    def wanted(self) -> tuple[Demand, ...]:
        """Demands as shifts can meet them, cut where a shift begins or ends."""
        return parts_of_demands(self.demands, self.duties, self.lines) if self.demands else ()

    @cached_property
    def alike(self) -> tuple[int, ...]:
        """For each part in ``wanted``, the number of the first one it is covered and missed together with."""
        return alike(self.wanted, self.duties, self.lines)

    @cached_property
    def lines_for(self) -> dict[str, frozenset[str]]:
        """The lines whose duties cover the demands of each line that has some."""
        return {line: lines_for(line, self.lines) for line in {demand.line for demand in self.demands}}

    @cached_property
    def availability_of(self) -> dict[str, tuple[Availability, ...]]:
        """What each doctor said, in the order given."""
        said: dict[str, list[Availability]] = {}
        for row in self.availability:
            said.setdefault(row.doctor, []).append(row)
        return {doctor: tuple(rows) for doctor, rows in said.items()}

    def changed(self, **fields: object) -> Instance:
        """This instance with some fields replaced, unchecked; tables by id computed from the old ones are not carried over."""
        kept = {name: getattr(self, name) for name in Instance.model_fields}
        return Instance.model_construct(**{**kept, **fields})

    def once(self, name: str, worked_out: Callable[[], Known]) -> Known:
        """Return ``worked_out()``, computed once for this instance: ``name`` says what of, and stands for one type."""
        if name not in self.worked_out:
            self.worked_out[name] = worked_out()
        return cast(Known, self.worked_out[name])

    @cached_property
    def worked_out(self) -> dict[str, object]:
        """What ``once`` computed: all of it follows from the fields, so no copy inherits it."""
        return {}

    @model_validator(mode="after")
    def _sound(self) -> Instance:
        faults = faults_of(self)
        if faults:
            raise ValueError("; ".join(faults[:20]))
        return self


class Held(NamedTuple):
    """A duty on a doctor's timeline, of this roster or of the past (``duty`` is None then)."""

    doctor: str
    duty: str | None
    line: str
    start_minute: int
    end_minute: int
    date: date
    band: str
    points: int
    site: str | None
    feast: str | None

    @property
    def past(self) -> bool:
        """True for a duty of the history, which no roster can change."""
        return self.duty is None


def held_of_history(past: PastDuty) -> Held:
    """Return a past duty as it stands on its doctor's timeline."""
    return Held(
        doctor=past.doctor, duty=None, line=past.line, start_minute=minute_of(past.start),
        end_minute=minute_of(past.end), date=past.start.date(), band=past.band, points=past.points,
        site=past.site, feast=past.feast,
    )  # fmt: skip


def held_of_duty(doctor: str, duty: Duty) -> Held:
    """Return a duty as it stands on the timeline of the doctor who holds it."""
    return Held(
        doctor=doctor, duty=duty.id, line=duty.line, start_minute=duty.start_minute,
        end_minute=duty.end_minute, date=duty.date, band=duty.band, points=duty.points,
        site=duty.site, feast=duty.feast,
    )  # fmt: skip
