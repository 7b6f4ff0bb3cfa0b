"""What became of a doctor's wishes and dates to avoid, and what each one not followed would have cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rosterplan.domain.explanations import MarkExplained
from rosterplan.domain.fairness import full_dues, wishes_of
from rosterplan.domain.result import OPTIMISED
from rosterplan.explain.board import Board, Verdict
from rosterplan.explain.moves import Moves, exchange, give, hand


def marked_duties(board: Board, doctor: str) -> tuple[MarkExplained, ...]:
    """Return every duty a doctor marked, by date; of those not followed, the gentlest simple way to follow it.

    Ways: the duty changes hands, or is exchanged for another between the two doctors.
    """
    dues = board.roster.dues or full_dues(board.instance)
    wishes = next((one for one in wishes_of(board.instance, dues) if one.doctor == doctor), None)
    if wishes is None:
        return ()
    granted = sum(board.holds(doctor, duty) for duty in wishes.wished)
    marks = [("wish", duty) for duty in wishes.wished - wishes.avoided]
    marks += [("avoid", duty) for duty in wishes.avoided - wishes.wished]
    order = board.instance.duty_by_id
    found = []
    for value, duty in sorted(marks, key=lambda mark: (order[mark[1]].start_minute, mark[1])):
        held = board.holds(doctor, duty)
        if held == (value == "wish"):
            found.append(MarkExplained(doctor=doctor, duty=duty, value=value, followed=True))
        else:
            more = value == "wish" and granted >= wishes.counted_wishes
            found.append(_explained(board, doctor, duty, value, more=more))
    return tuple(found)


def gentlest(verdicts: Iterable[Verdict]) -> Verdict | None:
    """Return the verdict that breaks nothing and costs least, stage by stage; None if every one breaks something."""
    legal = [one for one in verdicts if one.legal]
    return min(legal, key=lambda one: ([one.costs[stage] for stage in OPTIMISED], one.moves), default=None)


def _explained(board: Board, doctor: str, duty: str, value: str, *, more: bool) -> MarkExplained:
    ways = list(_granting(board, doctor, duty) if value == "wish" else _sparing(board, doctor, duty))
    verdicts = board.judge_all(ways)
    best = gentlest(verdicts)
    if best is None:
        return MarkExplained(
            doctor=doctor, duty=duty, value=value, followed=False, more=more, obstacles=_in_the_way(verdicts, doctor)
        )
    change = {stage: by for stage, by in best.costs.items() if by}
    return MarkExplained(doctor=doctor, duty=duty, value=value, followed=False, more=more, change=change, possible=True)


def _granting(board: Board, doctor: str, duty: str) -> Iterator[Moves]:
    """Yield ways to give a wished duty: vacant, from its holder, or against one of the doctor's own."""
    if (doctor, duty) not in board.column_of:
        return
    holders = board.roster.doctors_of.get(duty, ())
    if len(holders) < board.instance.duty_by_id[duty].need_min:
        yield give(duty, doctor)
    for holder in holders:
        yield hand(duty, holder, doctor)
        for own in board.roster.duties_of.get(doctor, ()):
            if (holder, own) in board.column_of and not board.holds(holder, own):
                yield exchange(holder, duty, doctor, own)


def _sparing(board: Board, doctor: str, duty: str) -> Iterator[Moves]:
    """Yield ways to take an avoided duty off a doctor: to a colleague, alone or against one of the same line and band."""
    of = board.instance.duty_by_id
    for colleague in board.instance.doctors:
        other = colleague.id
        if (other, duty) not in board.column_of or board.holds(other, duty):
            continue
        yield hand(duty, doctor, other)
        for theirs in board.roster.duties_of.get(other, ()):
            alike = (of[theirs].line, of[theirs].band) == (of[duty].line, of[duty].band)
            if alike and (doctor, theirs) in board.column_of and not board.holds(doctor, theirs):
                yield exchange(doctor, duty, other, theirs)


def _in_the_way(verdicts: Sequence[Verdict], doctor: str) -> tuple[str, ...]:
    """Return the rules about the doctor himself that forbid the way with the fewest of them; a colleague's are not told."""
    if not verdicts:
        return ()
    fewest = min(verdicts, key=lambda one: (len(one.rules), one.moves))
    return tuple(dict.fromkeys(blocker.rule.named for blocker in fewest.blockers if doctor in blocker.doctors))
