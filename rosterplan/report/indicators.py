"""What the authorities follow: completeness by sector and by soirée, week-end et fériés, nuit profonde; fragile sectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal

from rosterplan.domain.work import Demand, Line
from rosterplan.messages import say
from rosterplan.report.facts import Facts, Seat
from rosterplan.rules.needs import present

Family = Literal["soiree", "week-end", "nuit"]
"""The three periods the Ordre publishes the coverage of."""

FAMILIES: Final[tuple[Family, ...]] = ("soiree", "week-end", "nuit")

FRAGILE, VERY_FRAGILE = 10, 5
"""Sectors with fewer volunteers than this are called fragile (CNOM, 2021)."""

DEEP_NIGHT_ENDS = 8
"""Deep night is 0 h to this hour."""

EVENING_FROM = 16
"""A weekday duty that starts at this hour or later, and before midnight, is an evening [hour]."""


@dataclass(frozen=True)
class Coverage:
    """Positions needed and filled."""

    needed: int = 0
    filled: int = 0

    @property
    def share(self) -> float | None:
        """Filled ÷ needed in whole percents rounded down, so that 100 % means all; None where nothing is needed."""
        return (100 * self.filled // self.needed) / 100 if self.needed else None

    @property
    def missing(self) -> int:
        """Positions nobody holds."""
        return self.needed - self.filled


@dataclass(frozen=True)
class SectorCoverage:
    """A sector, or a line of no sector: volunteers, and what is covered."""

    name: str
    volunteers: int
    serving: int
    families: dict[Family, Coverage]
    whole: Coverage

    @property
    def fragile(self) -> str:
        """« moins de 5 volontaires »; empty where there are enough."""
        for limit in (VERY_FRAGILE, FRAGILE):
            if self.volunteers < limit:
                return say(fr=f"moins de {limit} volontaires", en=f"fewer than {limit} volunteers")
        return ""


@dataclass(frozen=True)
class Need:
    """A part of a demand and how many doctors are there, up to its need."""

    part: Demand
    line: Line
    start: datetime
    end: datetime
    filled: int


def needs_of(facts: Facts) -> tuple[Need, ...]:
    """Parts of demands, on the wall clock, in the order of the instance."""
    return tuple(
        Need(part, facts.instance.line_by_id[part.line], part.start.astimezone(facts.zone), part.end.astimezone(facts.zone), min(there, part.need))
        for part, there in present(facts.instance, facts.roster)
    )  # fmt: skip


def family_of(facts: Facts, seat: Seat | Need) -> Family:
    """The period of the Ordre's figures a position belongs to: deep night where half of 0 h – 8 h or more is covered.

    A part of a need is short: it is of the deep night where half of its own hours are.
    """
    half = DEEP_NIGHT_ENDS / 2
    if isinstance(seat, Need):
        half = min(half, (seat.end - seat.start).total_seconds() / 7200)
    if _deep_night_hours(seat.start, seat.end) >= half:
        return "nuit"
    day = seat.duty.date if isinstance(seat, Seat) else seat.start.date()
    if day in facts.holidays or day.weekday() >= 5 or seat.start.hour < EVENING_FROM:
        return "week-end"
    return "soiree"


def _deep_night_hours(start: datetime, end: datetime) -> float:
    """Hours between 0 h and 8 h, on the wall, that a duty covers."""
    covered = 0.0
    for midnight in (datetime.combine(start.date() + timedelta(days=n), time(), start.tzinfo) for n in range(2)):
        first, last = max(start, midnight), min(end, midnight + timedelta(hours=DEEP_NIGHT_ENDS))
        covered += max(0.0, (last - first).total_seconds() / 3600)
    return covered


def family_word(family: Family) -> str:
    """« Week-end et fériés »."""
    return {
        "soiree": say(fr="Soirée", en="Evening"),
        "week-end": say(fr="Week-end et fériés", en="Weekend and holidays"),
        "nuit": say(fr="Nuit profonde", en="Deep night"),
    }[family]


def asked_of(facts: Facts) -> tuple[Seat | Need, ...]:
    """What is wanted: positions of duties held or needed, then parts of demands."""
    return (*facts.needed_seats, *needs_of(facts))


def coverage(facts: Facts) -> Coverage:
    """Coverage of the whole roster."""
    return coverage_of(asked_of(facts))


def coverage_of(seats: Iterable[Seat | Need]) -> Coverage:
    """Needed and filled positions, and posts of demands; those held beyond the need are not counted."""
    needed = filled = 0
    for seat in seats:
        if isinstance(seat, Need):
            needed, filled = needed + seat.part.need, filled + seat.filled
        elif seat.rank <= seat.duty.need_min:
            needed, filled = needed + 1, filled + (seat.doctor is not None)
    return Coverage(needed, filled)


def coverage_by_family(facts: Facts, seats: Iterable[Seat | Need]) -> dict[Family, Coverage]:
    """Coverage of each of the three periods; all three are there."""
    sorted_out: dict[Family, list[Seat | Need]] = {family: [] for family in FAMILIES}
    for seat in seats:
        sorted_out[family_of(facts, seat)].append(seat)
    return {family: coverage_of(found) for family, found in sorted_out.items()}


def sector_coverages(facts: Facts) -> tuple[SectorCoverage, ...]:
    """Every sector in the order of the instance, then every line of no sector."""
    seats_of: dict[str, list[Seat | Need]] = {}
    for seat in asked_of(facts):
        seats_of.setdefault(seat.line.sector or f"\n{seat.line.id}", []).append(seat)
    volunteers = _volunteers(facts)
    found = []
    for key, name in _places(facts):
        seats = seats_of.get(key, [])
        serving = len({seat.doctor.id for seat in seats if isinstance(seat, Seat) and seat.doctor})
        found.append(
            SectorCoverage(name, volunteers[key], serving, coverage_by_family(facts, seats), coverage_of(seats))
        )
    return tuple(found)


def _places(facts: Facts) -> list[tuple[str, str]]:
    sectors = [(sector.id, sector.name) for sector in facts.instance.sectors]
    return sectors + [(f"\n{line.id}", line.name) for line in facts.instance.lines if line.sector is None]


def _volunteers(facts: Facts) -> Counter[str]:
    """Volunteers of each sector, renfort left out, and of each line of no sector."""
    found: Counter[str] = Counter()
    for doctor in facts.instance.doctors:
        if doctor.volunteer:
            found.update(member.sector for member in doctor.sectors if member.participation > 0)
            found.update(f"\n{line}" for line in doctor.lines)
    return found
