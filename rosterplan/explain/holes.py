"""Each hole explained: one line per doctor of its pool, then the cheapest ways to fill it, checked and worded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from rosterplan.audit import audit
from rosterplan.domain.explanations import Candidate, HoleExplained, Obstacle, Remedy
from rosterplan.domain.findings import AuditReport
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.work import Duty
from rosterplan.explain.board import Blocker, Board, Verdict, lay
from rosterplan.explain.concessions import IMPOSSIBLE
from rosterplan.explain.laying import Pair
from rosterplan.explain.moves import give
from rosterplan.explain.phrases import blocker_words
from rosterplan.explain.remedies import Filling, fillings, kinds_of, price_of_verdict
from rosterplan.explain.requests import remedy_of
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.rules.base import Rule
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.needs import duties_meeting

MOST_REMEDIES = 4
"""Ways shown for a hole: each by another doctor, the cheapest first."""

ALIKE = 2
"""Ways shown that ask for the same kinds of things: the third renfort tells the coordinator nothing new."""


class Short(NamedTuple):
    """What a duty lacks: doctors, the priority of one, and for a shift that would meet a demand, what the audit says of it."""

    missing: int
    priority: int
    need: str = ""


def short_duties(instance: Instance, report: AuditReport) -> dict[str, Short]:
    """Return each duty short of doctors as the audit finds it, gravest first then by time.

    Of a demand left open, the shifts with room that together meet most of its parts, one doctor more each.
    """
    found: dict[str, Short] = {}
    for one in report.findings:
        if one.stage != "coverage" or not one.duties or one.amount <= 0:
            continue
        priority = round(one.cost / one.amount)
        if one.duties[0] in instance.duty_by_id:
            found[one.duties[0]] = Short(int(one.amount), priority)
        else:
            for shift in _shifts_for(instance, one.duties):
                found.setdefault(shift, Short(1, priority, one.text))

    def rank(duty: str) -> tuple[int, int, str]:
        return -found[duty].priority, instance.duty_by_id[duty].start_minute, duty

    return {duty: found[duty] for duty in sorted(found, key=rank)}


def _shifts_for(instance: Instance, parts: Sequence[str]) -> list[str]:
    """Return shifts that meet parts of a demand, those that meet most of what is left first."""
    number = {part.id: place for place, part in enumerate(instance.wanted)}
    left = {number[part] for part in parts if part in number}
    shifts, met = duties_meeting(instance)
    of_shift: dict[int, set[int]] = defaultdict(set)
    for shift, part in zip(shifts.tolist(), met.tolist(), strict=True):
        if part in left and instance.duties[shift].need_max > 0:
            of_shift[shift].add(part)
    chosen: list[str] = []
    while left:
        best = max(of_shift, key=lambda shift: (len(of_shift[shift] & left), -shift), default=None)
        if best is None or not of_shift[best] & left:
            break
        left -= of_shift.pop(best)
        chosen.append(instance.duties[best].id)
    return chosen


def explained_holes(
    instance: Instance,
    rules: Sequence[Rule],
    roster: Roster,
    *,
    report: AuditReport | None = None,
    only: Collection[str] | None = None,
    proven: Collection[str] = (),
    least: Mapping[int, int] = MappingProxyType({}),
    most: int = MOST_REMEDIES,
) -> tuple[HoleExplained, ...]:
    """Return every hole of a roster (or those in ``only``) with its candidates and at most ``most`` remedies each.

    ``proven``: holes no roster fills; ``least``: per priority, the doctors every roster lacks in all, where proven.
    """
    short = short_duties(instance, report or audit(instance, rules, roster))
    short = {duty: much for duty, much in short.items() if only is None or duty in only}
    board = (
        lay(instance, rules, roster, duties=short, near=neighbouring(instance))
        if most
        else _bare(instance, rules, roster, short)
    )
    tried = _tried(board, short)
    best = fillings(board, list(short), most) if most else {}
    explained = []
    for name, (missing, priority, need) in short.items():
        duty = instance.duty_by_id[name]
        explained.append(
            HoleExplained(
                duty=name, line=duty.line, day=duty.date, band=duty.band, missing=missing, priority=priority,
                need=need, proven=name in proven,
                one_of=0 if name in proven else least.get(priority, 0), candidates=_candidates(board, duty, tried),
                remedies=_remedies(board, duty, best.get(name, ()), most),
            )
        )  # fmt: skip
    return tuple(explained)


def who_is_kept(
    instance: Instance, rules: Sequence[Rule], roster: Roster, duties: Collection[str]
) -> dict[str, tuple[Candidate, ...]]:
    """Return the pool of each duty with what keeps each doctor from it, as `explained_holes` tells it, without remedies."""
    if not duties:
        return {}
    board = _bare(instance, rules, roster, duties)
    tried = _tried(board, duties)
    return {name: _candidates(board, instance.duty_by_id[name], tried) for name in duties}


def _bare(instance: Instance, rules: Sequence[Rule], roster: Roster, duties: Collection[str]) -> Board:
    """Return the board of what forbids alone: it needs no price, soft rules are not even posted."""
    hard = [rule for rule in rules if rule.strength.kind != "soft"]
    return lay(instance, hard, roster, duties=duties, near=lambda _doctor, _duty: False)


def neighbouring(instance: Instance) -> Callable[[str, str], bool]:
    """Return whether a doctor belongs to a sector next to a duty's: one that shares a doctor with it.

    Where no sector shares any doctor, every other sector is next to it.
    """
    sectors_of = {one.id: frozenset(member.sector for member in one.sectors) for one in instance.doctors}
    beside: dict[str, set[str]] = {sector.id: set() for sector in instance.sectors}
    for sectors in sectors_of.values():
        for sector in sectors:
            beside[sector] |= sectors - {sector}
    known = any(beside.values())

    def near(doctor: str, duty: str) -> bool:
        sector = instance.line_by_id[instance.duty_by_id[duty].line].sector
        return sector is not None and (not known or bool(sectors_of[doctor] & beside.get(sector, set())))

    return near


def _remedies(board: Board, duty: Duty, ranked: Iterable[Filling], most: int) -> tuple[Remedy, ...]:
    """Return the first remedies the audit confirms; of one kind no more than two before the other kinds are shown."""
    found: list[Remedy] = []
    kinds: Counter[tuple[str, ...]] = Counter()
    for filling in ranked:
        kind = kinds_of(board, filling)
        if len(found) == most:
            break
        if kinds[kind] == ALIKE:
            continue
        remedy = remedy_of(board, duty, filling)
        if remedy.checked:
            kinds[kind] += 1
            found.append(remedy)
    return tuple(found)


def _tried(board: Board, duties: Iterable[str]) -> dict[Pair, Verdict]:
    """Return what stands in the way of each doctor of the pool of each duty, where he can be judged at all."""
    pairs = [(doctor, duty) for duty in duties for doctor in pool_of(board, board.instance.duty_by_id[duty])]
    pairs = [pair for pair in pairs if pair in board.column_of]
    return dict(zip(pairs, board.judge_all([give(duty, doctor) for doctor, duty in pairs]), strict=True))


def _candidates(board: Board, duty: Duty, tried: Mapping[Pair, Verdict]) -> tuple[Candidate, ...]:
    """Return the doctors of the pool who do not hold the duty: those free first, then by price and name."""
    instance, excluded = board.instance, board.barriers.excluding(duty.id)
    found = []
    for doctor in pool_of(board, duty):
        verdict = tried.get((doctor, duty.id))
        blockers: Sequence[Blocker] = verdict.blockers if verdict else ()
        price = price_of_verdict(board, verdict) if verdict else IMPOSSIBLE
        if verdict is None:
            blockers = [
                Blocker(board.rules[one.rule], (doctor,), (duty.id,), outsider=one.outsider) for one in excluded[doctor]
            ]
        obstacles = tuple(obstacle_of(instance, duty, one, doctor) for one in merged(blockers))
        found.append(Candidate(doctor=doctor, obstacles=obstacles, price=None if price >= IMPOSSIBLE else price))

    def rank(one: Candidate) -> tuple[int, str]:
        return IMPOSSIBLE if one.price is None else one.price, instance.doctor_by_id[one.doctor].directory_name

    return tuple(sorted(found, key=rank))


def pool_of(board: Board, duty: Duty) -> list[str]:
    """Return who serves the line, or belongs to it but for a date, and does not hold the duty; a slot of one’s own has one."""
    serving = board.serving(duty.line) | board.barriers.of_the_line(duty.id)
    pool = {duty.doctor} if duty.doctor else serving
    return sorted(pool - set(board.roster.doctors_of.get(duty.id, ())))


def merged(blockers: Sequence[Blocker]) -> list[Blocker]:
    """Return one blocker per row of the rule book, with everything that counts in it."""
    found: dict[int, Blocker] = {}
    for one in blockers:
        first = found.get(id(one.rule))
        if first is None:
            found[id(one.rule)] = one
            continue
        beside = tuple(dict.fromkeys((*first.beside, *one.beside)))
        reach = max((reach for reach in (first.reach, one.reach) if reach), default=None)
        found[id(one.rule)] = replace(first, beside=beside, reach=reach)
    return list(found.values())


def obstacle_of(instance: Instance, duty: Duty, blocker: Blocker, doctor: str) -> Obstacle:
    """Return a blocker in words; what `eligible` asks for is said as its audit says it."""
    rule = blocker.rule
    said = ""
    if rule.code == Eligible.code and not blocker.outsider:
        alone = Roster(assignments=(Assignment(duty=duty.id, doctor=doctor),))
        reasons = [finding.text.rpartition(say(fr=" : ", en=": "))[2] for finding in rule.audit(instance, alone)]
        said = listed([reason.rstrip(".") for reason in reasons])
    text = blocker_words(instance, blocker, doctor, said)
    return Obstacle(rule=rule.code, row=rule.row, title=rule.named, source=rule.source, text=text)
