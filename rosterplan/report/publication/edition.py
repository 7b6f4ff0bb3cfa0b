"""One publication as its files see it: the roster in force, its state, who serves, and what changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from rosterplan.domain.circuit import Circuit, circuit_of
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.versions import Change, State, serving
from rosterplan.domain.work import Site, monday_of
from rosterplan.messages import say
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.holes import Hole
from rosterplan.report.publication.week import week_words


@dataclass(frozen=True)
class Earlier:
    """A version published before: what calendars must update or cancel."""

    number: int
    state: State
    instance: Instance
    roster: Roster


@dataclass(frozen=True)
class Edition:
    """``facts`` holds the roster in force, titulars listed; ``changes`` are those laid in since the version before."""

    facts: Facts
    number: int
    state: State
    rank: int
    when: datetime
    reply_to: str = ""
    earlier: Sequence[Earlier] = ()
    changes: Sequence[Change] = ()
    week: date | None = None
    """The Monday of the week published alone; None: the whole roster."""

    @property
    def published_on(self) -> date:
        """The day of publication, on the wall of the plan."""
        return self.when.astimezone(self.facts.zone).date()

    @property
    def label(self) -> str:
        """« Version 3 – définitif »."""
        whole = f"Version {self.number} – {state_word(self.state, self.rank, self.facts.instance.kinds)}"
        return f"{whole}, {week_words(self.week)}" if self.week else whole

    @property
    def circuit(self) -> Circuit:
        """Where this roster goes."""
        return circuit_of(self.facts.instance.kinds)

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Holes, those of the week alone where one is published, those that matter most first, then in time order."""
        zone = self.facts.zone
        found = [
            hole for hole in self.facts.holes
            if self.week in (None, monday_of(hole.of.start.astimezone(zone).date()))
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda hole: (-hole.priority, hole.of.start_minute, hole.of.line)))

    @cached_property
    def served(self) -> Facts:
        """The same facts with the doctors who are to serve in place of those listed."""
        there = (
            Assignment(duty=one.duty, doctor=serving(one), locked=one.locked) for one in self.facts.roster.assignments
        )
        return replace(self.facts, roster=self.facts.roster.model_copy(update={"assignments": tuple(there)}))

    def serving(self, seat: Seat) -> Doctor | None:
        """Who is to serve a position; None for a hole."""
        if seat.assignment is None or seat.assignment.replaced_by is None:
            return seat.doctor
        return self.facts.instance.doctor_by_id.get(seat.assignment.replaced_by, seat.doctor)

    def site(self, seat: Seat, doctor: Doctor | None) -> Site | None:
        """The place of a position held by ``doctor``: the duty's, the line's, or the doctor's own practice."""
        sites = self.facts.instance.site_by_id
        if seat.line.site_follows_doctor:
            return sites.get(doctor.site) if doctor and doctor.site else None
        return sites.get(seat.duty.site or seat.line.site or "")

    def name(self, doctor: Doctor | None) -> str:
        """« Dr NOM Prénom », or that nobody is there."""
        return self.facts.name_of[doctor.id] if doctor else say(fr="NON POURVUE", en="UNFILLED")

    def remark(self, seat: Seat) -> str:
        """« remplacé par le Dr MARTIN Luc », « échangée avec… », « cédée à… »; empty where the doctor listed serves."""
        held = seat.assignment
        if held is None or held.replaced_by is None:
            return ""
        taker = self.facts.name_of.get(held.replaced_by, held.replaced_by)
        return {
            "remplacement": say(fr=f"remplacé par {taker}", en=f"replaced by {taker}"),
            "echange": say(fr=f"échangée avec {taker}", en=f"exchanged with {taker}"),
            "don": say(fr=f"cédée à {taker}", en=f"given to {taker}"),
        }[held.kind or "remplacement"]


def state_word(state: State, rank: int = 0, kinds: Collection[str] = ("pdsa",)) -> str:
    """« transmis au CDOM » (to the direction or the secretariat, as the circuit is), « modifié 2 »."""
    sent = {
        "ordre": say(fr="transmis au CDOM", en="sent to the CDOM"),
        "direction": say(fr="transmis à la direction", en="sent to the direction"),
        "secretariat": say(fr="transmis au secrétariat", en="sent to the secretariat"),
    }[circuit_of(kinds).code]
    return {
        "projet": say(fr="projet", en="draft"),
        "cdom": sent,
        "definitif": say(fr="définitif", en="definitive"),
        "modifie": say(fr=f"modifié {rank}", en=f"modified {rank}"),
    }[state]


def in_sector_order(facts: Facts, seats: Sequence[Seat]) -> list[Seat]:
    """Positions sector by sector as the plan orders them, lines of no sector last; within, by line and time.

    The same duties always stand in the same order, whoever holds them: whoever types them again finds them in place.
    """
    sectors = {sector.id: rank for rank, sector in enumerate(facts.instance.sectors)}
    lines = {line.id: rank for rank, line in enumerate(facts.instance.lines)}

    def order(seat: Seat) -> tuple[int, int, int, str, int]:
        sector = sectors.get(seat.line.sector or "", len(sectors))
        return sector, lines[seat.line.id], seat.duty.start_minute, seat.duty.id, seat.rank

    return sorted(seats, key=order)
