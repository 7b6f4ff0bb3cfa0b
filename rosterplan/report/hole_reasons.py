"""Why a hole stays open: each doctor of the pool is tried in it, and the rules that forbid it are worded.

The rules themselves answer: `admit` for what may exist at all, then `audit` of the doctor's own timeline with the hole
added. Soft rules never forbid. Cheapest concessions are the work of `explain`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rosterplan.domain.findings import Finding
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.work import Duty
from rosterplan.report.facts import Facts
from rosterplan.report.holes import Hole
from rosterplan.report.pools import Pools
from rosterplan.rules.admission import View
from rosterplan.rules.base import Rule

MOST_TRIED: Final = 3000
"""Timelines tried for one workbook; beyond, holes of least priority are left to `explain`."""


@dataclass(frozen=True)
class Obstacle:
    """What keeps one doctor from one hole; no rule if nothing does."""

    doctor: Doctor
    rule: str = ""
    text: str = ""
    source: str = ""


@dataclass(frozen=True)
class HoleReasons:
    """The doctors of a hole's pool and what keeps each; ``examined`` is False where the limit was reached."""

    hole: Hole
    obstacles: tuple[Obstacle, ...]
    examined: bool = True

    @property
    def free(self) -> tuple[Doctor, ...]:
        """Doctors no rule keeps from the hole, as far as their own timeline goes."""
        return tuple(obstacle.doctor for obstacle in self.obstacles if self.examined and not obstacle.rule)

    @property
    def blocking(self) -> tuple[tuple[str, int], ...]:
        """Rules and how many doctors each keeps from the hole, the most frequent first."""
        return tuple(Counter(obstacle.rule for obstacle in self.obstacles if obstacle.rule).most_common())


def reasons_of(facts: Facts, pools: Pools) -> tuple[HoleReasons, ...]:
    """The reasons of every hole of a duty, in time order; holes of the highest priority are examined first."""
    hard = [rule for rule in facts.rules if rule.strength.kind != "soft"]
    found: dict[str, HoleReasons] = {}
    tried = 0
    for hole in sorted(facts.holes, key=lambda hole: -hole.priority):
        duty = hole.duty
        if duty is None:
            continue
        if tried >= MOST_TRIED:
            found[duty.id] = HoleReasons(hole, (), examined=False)
            continue
        here = facts.roster.doctors_of.get(duty.id, ())
        pool = [doctor for doctor in pools.of_line[duty.line] if doctor.id not in here]
        obstacles = tuple(_obstacles(facts, hard, duty, pool))
        tried += sum(1 for obstacle in obstacles if obstacle.rule == "" or obstacle.text)
        found[duty.id] = HoleReasons(hole, obstacles)
    return tuple(found[hole.of.id] for hole in facts.holes if hole.of.id in found)


def _obstacles(facts: Facts, hard: Sequence[Rule], duty: Duty, pool: Sequence[Doctor]) -> Iterator[Obstacle]:
    """For each doctor of the pool, the first rule that does not admit the duty, else the first that breaks, else none."""
    line = facts.instance.line_by_id[duty.line]
    view = View(facts.instance, line, tuple(pool), (duty,))
    masks = [(rule, rule.admit(view)) for rule in hard]
    for row, doctor in enumerate(pool):
        barred = next((rule for rule, mask in masks if mask is not None and not mask[row, 0]), None)
        if barred:
            yield Obstacle(doctor, barred.title, "", barred.source)
        else:
            yield _broken(facts, hard, duty, doctor)


def _broken(facts: Facts, hard: Sequence[Rule], duty: Duty, doctor: Doctor) -> Obstacle:
    """The first rule broken on the doctor's timeline once the duty is added."""
    instance, without, after = _timeline(facts, duty, doctor)
    for rule in hard:
        found = list(_errors(rule.audit(instance, after), doctor))
        new = [finding for finding in found if duty.id in finding.duties]
        if not new and found:
            before = set(_texts(_errors(rule.audit(instance, without), doctor)))
            new = [finding for finding in found if finding.text not in before]
        if new:
            return Obstacle(doctor, rule.title, new[0].text, rule.source)
    return Obstacle(doctor)


def _timeline(facts: Facts, duty: Duty, doctor: Doctor) -> tuple[Instance, Roster, Roster]:
    """The doctor's duties and the colleagues' of the same day, without and with the duty, in an instance of these alone."""
    whole = facts.instance
    own = facts.roster.duties_of.get(doctor.id, ())
    beside = [other for other in facts.roster.assignments if whole.duty_by_id[other.duty].date == duty.date]
    kept = [
        *beside,
        *(Assignment(duty=name, doctor=doctor.id) for name in own if whole.duty_by_id[name].date != duty.date),
    ]
    duties = {name: whole.duty_by_id[name] for name in [*(one.duty for one in kept), duty.id]}
    fields = {name: getattr(whole, name) for name in Instance.model_fields}
    small = Instance.model_construct(
        **{
            **fields,
            "duties": tuple(duties.values()),
            "demands": (),
            "history": tuple(past for past in whole.history if past.doctor == doctor.id),
            "availability": tuple(
                said for said in whole.availability_of.get(doctor.id, ()) if said.duty is None or said.duty in duties
            ),
            "fixed": tuple(fixed for fixed in whole.fixed if fixed.duty in duties),
            "locks": tuple(lock for lock in whole.locks if lock.duty in duties),
        }
    )
    added = Assignment(duty=duty.id, doctor=doctor.id)
    return small, Roster(assignments=tuple(kept)), Roster(assignments=(*kept, added))


def _errors(findings: Iterable[Finding], doctor: Doctor) -> Iterator[Finding]:
    return (finding for finding in findings if finding.severity == "erreur" and doctor.id in finding.doctors)


def _texts(findings: Iterable[Finding]) -> Iterator[str]:
    return (finding.text for finding in findings)
