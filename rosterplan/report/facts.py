"""The roster as people look at it: positions in the order of time, names without doubt, holes, holidays."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from rosterplan.domain.calendar.holidays import holidays_between
from rosterplan.domain.explanations import Candidate
from rosterplan.domain.findings import AuditReport, Finding
from rosterplan.domain.instance import Instance, Lock
from rosterplan.domain.people import Doctor
from rosterplan.domain.rates import Rate
from rosterplan.domain.result import Result
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.work import Duty, Line, Sector
from rosterplan.messages.words import hours, unaccented
from rosterplan.report.holes import Hole, duties_for, holes_of, stretches
from rosterplan.report.places import place_of
from rosterplan.rules.base import Rule


@dataclass(frozen=True)
class Seat:
    """One position of a duty: who holds it, or nobody. ``rank`` counts from 1 within the duty."""

    duty: Duty
    line: Line
    sector: Sector | None
    rank: int
    start: datetime
    end: datetime
    place: str
    doctor: Doctor | None = None
    assignment: Assignment | None = None
    lock: Lock | None = None

    @property
    def unfilled(self) -> bool:
        """True for a position that is needed and that nobody holds."""
        return self.doctor is None and self.rank <= self.duty.need_min

    @property
    def locked(self) -> bool:
        """True where a person decided the cell, also to leave it empty."""
        return self.lock is not None or bool(self.assignment and self.assignment.locked)

    @property
    def hours(self) -> str:
        """« 20 h – 24 h »."""
        return hours(self.start, self.end)

    @property
    def sector_name(self) -> str:
        """The sector, or nothing for a line of the whole department."""
        return self.sector.name if self.sector else ""


@dataclass(frozen=True)
class Facts:
    """Everything the sheets are made from, looked up once."""

    instance: Instance
    rules: Sequence[Rule]
    roster: Roster
    result: Result
    audit: AuditReport
    input_sha256: str
    version: int = 0
    known_holidays: Mapping[date, str] | None = None
    rates: Sequence[Rate] = ()
    kept: Mapping[str, Sequence[Candidate]] | None = None
    """Who is kept from each duty of `hole_duties`, and by what: `explain` knows, the command line hands it over."""

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the wall clock people read."""
        return ZoneInfo(self.instance.timezone)

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """Every position by start, line, duty and rank: those held, then those missing."""
        duties = sorted(self.instance.duties, key=lambda duty: (duty.start_minute, duty.line, duty.id))
        return tuple(seat for duty in duties for seat in self._seats_of(duty))

    def _seats_of(self, duty: Duty) -> Iterator[Seat]:
        """Positions of one duty: as many as held or needed, and one to write in where none is needed."""
        held = sorted(self._assignments_of.get(duty.id, ()), key=lambda assignment: assignment.doctor)
        line = self.instance.line_by_id[duty.line]
        start, end = duty.start.astimezone(self.zone), duty.end.astimezone(self.zone)
        for rank in range(1, max(len(held), duty.need_min, min(duty.need_max, 1)) + 1):
            assignment = held[rank - 1] if rank <= len(held) else None
            doctor = self.instance.doctor_by_id.get(assignment.doctor) if assignment else None
            yield Seat(
                duty=duty, line=line, sector=self._sector_by_id.get(line.sector or ""), rank=rank, start=start, end=end,
                place=place_of(self.instance, duty, doctor), doctor=doctor, assignment=assignment,
                lock=self._lock_of.get((duty.id, doctor.id if doctor else None)),
            )  # fmt: skip

    @cached_property
    def _assignments_of(self) -> dict[str, list[Assignment]]:
        found: dict[str, list[Assignment]] = defaultdict(list)
        for assignment in self.roster.assignments:
            found[assignment.duty].append(assignment)
        return found

    @cached_property
    def _sector_by_id(self) -> dict[str, Sector]:
        return {sector.id: sector for sector in self.instance.sectors}

    @cached_property
    def sector_name(self) -> dict[str, str]:
        """Name of each sector."""
        return {sector.id: sector.name for sector in self.instance.sectors}

    @cached_property
    def group_name(self) -> dict[str, str]:
        """Name of each fairness group: that of its sector where it is one."""
        return {group.id: self.sector_name.get(group.id, group.id) for group in self.instance.groups}

    @cached_property
    def _lock_of(self) -> dict[tuple[str, str | None], Lock]:
        return {(lock.duty, lock.doctor): lock for lock in self.instance.locks}

    @cached_property
    def needed_seats(self) -> tuple[Seat, ...]:
        """Positions held or needed; those merely possible are left out."""
        return tuple(seat for seat in self.seats if seat.doctor or seat.unfilled)

    @cached_property
    def seats_of_line(self) -> dict[str, tuple[Seat, ...]]:
        """Positions held or needed on each line, in time order; every line is there."""
        found: dict[str, list[Seat]] = {line.id: [] for line in self.instance.lines}
        for seat in self.needed_seats:
            found[seat.line.id].append(seat)
        return {line: tuple(seats) for line, seats in found.items()}

    @cached_property
    def seats_of_doctor(self) -> dict[str, tuple[Seat, ...]]:
        """Positions each doctor holds, in time order; every doctor is there."""
        found: dict[str, list[Seat]] = {doctor.id: [] for doctor in self.instance.doctors}
        for seat in self.seats:
            if seat.doctor:
                found[seat.doctor.id].append(seat)
        return {doctor: tuple(seats) for doctor, seats in found.items()}

    @cached_property
    def holes(self) -> tuple[Hole, ...]:
        """Duties and demands short of their need, in time order."""
        return holes_of(self.instance, self.roster, self.result, self.audit)

    @cached_property
    def shown_holes(self) -> tuple[Hole, ...]:
        """The same, a need missed for hours being one hole: what people are shown."""
        return stretches(self.holes)

    @cached_property
    def hole_duties(self) -> dict[str, tuple[Duty, ...]]:
        """The duties somebody could take for each hole shown, by the id of what is short."""
        return {hole.of.id: duties_for(self.instance, self.roster, hole) for hole in self.shown_holes}

    @cached_property
    def name_of(self) -> dict[str, str]:
        """« Dr NOM Prénom » of each doctor, with the id where two bear the same name."""
        return _without_doubt({doctor.id: doctor.name for doctor in self.instance.doctors})

    @cached_property
    def directory(self) -> tuple[Doctor, ...]:
        """Every doctor in the order of a French directory."""
        return tuple(sorted(self.instance.doctors, key=alphabetical))

    @cached_property
    def rank_of(self) -> dict[str, int]:
        """Place of each doctor in the directory."""
        return {doctor.id: rank for rank, doctor in enumerate(self.directory)}

    @cached_property
    def short_name_of(self) -> dict[str, str]:
        """« NOM P. » where it is enough to know who it is, else the whole name."""
        short = {
            doctor.id: f"{doctor.last_name.upper()} {doctor.first_name[:1]}".strip() for doctor in self.instance.doctors
        }
        short = {key: f"{name}." if name[-2:-1] == " " else name for key, name in short.items()}
        shared = {name for name, count in Counter(short.values()).items() if count > 1}
        return {key: self.name_of[key].removeprefix("Dr ") if name in shared else name for key, name in short.items()}

    @cached_property
    def bands(self) -> tuple[str, ...]:
        """Bands of the duties, lightest first."""
        weight: dict[str, int] = {}
        for duty in self.instance.duties:
            weight[duty.band] = min(duty.points, weight.get(duty.band, duty.points))
        return tuple(sorted(weight, key=lambda band: (weight[band], band)))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of the period."""
        period = self.instance.period
        return tuple(period.start + timedelta(days=n) for n in range((period.end - period.start).days + 1))

    @cached_property
    def months(self) -> tuple[tuple[date, ...], ...]:
        """The days of the period, month by month."""
        found: dict[tuple[int, int], list[date]] = {}
        for day in self.days:
            found.setdefault((day.year, day.month), []).append(day)
        return tuple(tuple(days) for days in found.values())

    @cached_property
    def holidays(self) -> Mapping[date, str]:
        """Public holidays of the period: those given, or the statutory ones of metropolitan France."""
        if self.known_holidays is not None:
            return self.known_holidays
        return holidays_between(self.instance.period.start, self.instance.period.end)

    @cached_property
    def findings_of_seat(self) -> dict[tuple[str, str], tuple[Finding, ...]]:
        """Broken rules of each (duty, doctor), as the audit words them."""
        found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in self.audit.findings:
            if finding.severity != "erreur":
                continue
            for duty in finding.duties:
                for doctor in finding.doctors:
                    found[(duty, doctor)].append(finding)
        return {seat: tuple(findings) for seat, findings in found.items()}


def alphabetical(doctor: Doctor) -> tuple[str, str, str]:
    """The order of a French directory: accents do not count."""
    return unaccented(doctor.last_name), unaccented(doctor.first_name), doctor.id


def _without_doubt(names: dict[str, str]) -> dict[str, str]:
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    return {key: f"{name} ({key})" if name in shared else name for key, name in names.items()}
