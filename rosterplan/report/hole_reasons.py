"""Why a hole stays open: each doctor of the pool is tried in it, and the rules that forbid it are worded.

The rules themselves answer: `admit` for what may exist at all, then `audit` of the roster with the hole given to the
doctor. Each doctor tries one hole at a time, many doctors at once: an audit per round, not one per pair. Soft rules
never forbid. The cheapest concessions are the work of `explain`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rosterplan.domain.findings import Finding
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.work import Demand, Duty
from rosterplan.report.facts import Facts
from rosterplan.report.holes import Hole
from rosterplan.report.pools import Pools
from rosterplan.rules.admission import View
from rosterplan.rules.base import Rule

MOST_AUDITED: Final = 18_000
"""Positions audited again and again for one workbook; it sets in how many holes a doctor is tried, at least 4.

Holes of the highest priority come first; the rest is left to `explain`.
"""

CHECKING_ROUNDS: Final = 2
"""Doctors nothing seems to keep are tried a second time, one a day; beyond so many rounds, the first trial stands."""


@dataclass(frozen=True)
class Obstacle:
    """What keeps one doctor from one hole; no rule if nothing does."""

    doctor: Doctor
    rule: str = ""
    text: str = ""
    source: str = ""


@dataclass(frozen=True)
class HoleReasons:
    """The doctors of a hole's pool and what keeps each; where not all were tried, ``examined`` is False."""

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


@dataclass(frozen=True)
class _Trial:
    """One doctor in one hole."""

    duty: str
    doctor: str


@dataclass(frozen=True)
class _Broken:
    """A rule a trial breaks, as the audit words it."""

    rule: Rule
    text: str


def reasons_of(facts: Facts, pools: Pools) -> tuple[HoleReasons, ...]:
    """The reasons of every hole of a duty, in time order; holes of the highest priority are examined first."""
    hard = [rule for rule in facts.rules if rule.strength.kind != "soft"]
    barred: dict[_Trial, Rule | None] = {}
    ranked = sorted(facts.shown_holes, key=lambda hole: -hole.priority)
    tried: dict[str, list[_Trial]] = {}
    for hole in ranked:
        mine: dict[_Trial, Rule | None] = {}
        for duty in duties_for(facts, hole):
            own = [facts.instance.doctor_by_id[duty.doctor]] if duty.doctor else pools.of_line[duty.line]
            mine |= _barred(facts, hard, duty, own)
        barred |= mine
        tried[hole.of.id] = list(mine)
    broken, untried = _broken_in_rounds(facts, hard, [trial for trial, rule in barred.items() if rule is None])
    return tuple(
        HoleReasons(
            hole,
            tuple(
                _obstacle(facts.instance.doctor_by_id[trial.doctor], barred[trial], broken.get(trial))
                for trial in tried[hole.of.id]
                if trial not in untried
            ),
            examined=not any(trial in untried for trial in tried[hole.of.id]),
        )
        for hole in facts.shown_holes
    )


def duties_for(facts: Facts, hole: Hole) -> tuple[Duty, ...]:
    """The duty a hole is, or for a need those that would meet it: the shift with room that covers most, or every slot."""
    if hole.duty:
        return (hole.duty,)
    need = hole.of
    assert isinstance(need, Demand)
    held = facts.roster.doctors_of
    counted = facts.instance.lines_for[need.line]
    room = [
        duty for duty in facts.instance.duties
        if duty.line in counted and len(held.get(duty.id, ())) < duty.need_max
        and duty.start_minute < need.end_minute and duty.end_minute > need.start_minute
    ]  # fmt: skip
    if need.in_all:
        return tuple(duty for duty in room if need.met_by(duty))
    covers = {
        duty.id: min(duty.end_minute, need.end_minute) - max(duty.start_minute, need.start_minute) for duty in room
    }
    return tuple(sorted(room, key=lambda duty: (-covers[duty.id], duty.line != need.line, duty.minutes, duty.id))[:1])


def _obstacle(doctor: Doctor, barring: Rule | None, broken: _Broken | None) -> Obstacle:
    if barring is not None:
        return Obstacle(doctor, barring.named, "", barring.source)
    return Obstacle(doctor, broken.rule.named, broken.text, broken.rule.source) if broken else Obstacle(doctor)


def _barred(facts: Facts, hard: Sequence[Rule], duty: Duty, pool: Sequence[Doctor]) -> dict[_Trial, Rule | None]:
    """For each doctor of the pool who does not hold the duty already, the first rule that does not admit it, or None."""
    here = facts.roster.doctors_of.get(duty.id, ())
    doctors = tuple(doctor for doctor in pool if doctor.id not in here)
    view = View(facts.instance, facts.instance.line_by_id[duty.line], doctors, (duty,))
    masks = [(rule, rule.admit(view)) for rule in hard]
    return {
        _Trial(duty.id, doctor.id): next((rule for rule, mask in masks if mask is not None and not mask[row, 0]), None)
        for row, doctor in enumerate(doctors)
    }


def _broken_in_rounds(
    facts: Facts, hard: Sequence[Rule], trials: Sequence[_Trial]
) -> tuple[dict[_Trial, _Broken], frozenset[_Trial]]:
    """What each trial breaks, and the trials beyond the last round; those that break nothing are checked alone."""
    before = {rule.row: _said(rule.audit(facts.instance, facts.roster)) for rule in hard} if trials else {}
    most = max(4, MOST_AUDITED // max(1, len(facts.roster.assignments)))
    rounds = _rounds(trials, lambda trial: (trial.doctor,))
    broken: dict[_Trial, _Broken] = {}
    for together in rounds[:most]:
        broken |= _broken(facts, hard, together, before)
    free = [trial for together in rounds[:most] for trial in together if trial not in broken]
    duties = facts.instance.duty_by_id
    for together in _rounds(free, lambda trial: (trial.doctor, duties[trial.duty].date))[:CHECKING_ROUNDS]:
        broken |= _broken(facts, hard, together, before)
    return broken, frozenset(trial for later in rounds[most:] for trial in later)


def _rounds(trials: Sequence[_Trial], marks: Callable[[_Trial], tuple[object, ...]]) -> list[list[_Trial]]:
    """Trials in the fewest rounds taken in order, no two of a round bearing a same mark."""
    rounds: list[list[_Trial]] = []
    next_round: dict[object, int] = {}
    for trial in trials:
        number = max(next_round.get(mark, 0) for mark in marks(trial))
        next_round |= dict.fromkeys(marks(trial), number + 1)
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(trial)
    return rounds


def _broken(
    facts: Facts, hard: Sequence[Rule], trials: Sequence[_Trial], before: Mapping[str, frozenset[tuple[str, str]]]
) -> dict[_Trial, _Broken]:
    """The first rule each trial breaks when all are added at once; a breach two trials share is tried again alone."""
    roster = _with(facts, trials)
    of_doctor = {trial.doctor: trial for trial in trials}
    broken: dict[_Trial, _Broken] = {}
    doubtful: set[_Trial] = set()
    for rule in hard:
        for finding in rule.audit(facts.instance, roster):
            blamed = [of_doctor[doctor] for doctor in finding.doctors if doctor in of_doctor]
            for trial in blamed:
                if trial in broken or not _caused(finding, trial, before[rule.row]):
                    continue
                if len(blamed) > 1:
                    doubtful.add(trial)
                else:
                    broken[trial] = _Broken(rule, finding.text)
    for trial in doubtful - broken.keys() if len(trials) > 1 else ():
        broken |= _broken(facts, hard, [trial], before)
    return broken


def _caused(finding: Finding, trial: _Trial, before: frozenset[tuple[str, str]]) -> bool:
    """True if the trial itself breaks the rule: the finding names the hole, or did not exist before."""
    if finding.severity != "erreur":
        return False
    return trial.duty in finding.duties or (trial.doctor, finding.text) not in before


def _said(findings: Iterable[Finding]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (doctor, found.text) for found in findings if found.severity == "erreur" for doctor in found.doctors
    )


def _with(facts: Facts, trials: Sequence[_Trial]) -> Roster:
    """The timelines of the doctors tried and everyone on duty on the same days, the trials added."""
    duty_by_id = facts.instance.duty_by_id
    doctors = {trial.doctor for trial in trials}
    days = {duty_by_id[trial.duty].date for trial in trials}
    kept = [held for held in facts.roster.assignments if held.doctor in doctors or duty_by_id[held.duty].date in days]
    return Roster(assignments=(*kept, *(Assignment(duty=trial.duty, doctor=trial.doctor) for trial in trials)))
