"""A duty explained: who holds it, and who could take it over, the fairest first."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.explanations import DutyExplained, Takeover
from rosterplan.domain.instance import Instance
from rosterplan.domain.result import OPTIMISED
from rosterplan.domain.roster import Roster
from rosterplan.explain.board import Board, Verdict, lay
from rosterplan.explain.holes import merged, obstacle_of, pool_of
from rosterplan.explain.moves import give, hand, take
from rosterplan.rules.base import Rule


def explained_duty(instance: Instance, rules: Sequence[Rule], roster: Roster, duty: str) -> tuple[DutyExplained, ...]:
    """Return the duty once per holder, or once where nobody holds it; takeovers: the whole pool of its line."""
    board = lay(instance, rules, roster, duties=[duty], near=lambda _doctor, _duty: False)
    holders = roster.doctors_of.get(duty, ())
    return tuple(_explained(board, duty, holder) for holder in holders or (None,))


def _explained(board: Board, duty: str, holder: str | None) -> DutyExplained:
    instance = board.instance
    pool = [doctor for doctor in pool_of(board, instance.duty_by_id[duty]) if (doctor, duty) in board.column_of]
    ways = [give(duty, one) if holder is None else hand(duty, holder, one) for one in pool]
    found = [
        _takeover(board, duty, doctor, verdict) for doctor, verdict in zip(pool, board.judge_all(ways), strict=True)
    ]

    def order(one: Takeover) -> tuple[int, list[int], str]:
        cost = [one.change.get(stage, 0) for stage in OPTIMISED]
        return len(one.obstacles), cost, instance.doctor_by_id[one.doctor].directory_name

    wished = any(row.value == "wish" and row.duty == duty for row in instance.availability_of.get(holder or "", ()))
    decided = holder is not None and board.barriers.decided(take(duty, holder)[0]) is not None
    return DutyExplained(
        duty=duty, holder=holder, decided=decided, wished=wished, takeovers=tuple(sorted(found, key=order))
    )


def _takeover(board: Board, duty: str, doctor: str, verdict: Verdict) -> Takeover:
    """Return what stands in a colleague's own way; that the holder's cell was decided by hand is said apart."""
    own = [one for one in verdict.blockers if doctor in one.doctors]
    of = board.instance.duty_by_id[duty]
    return Takeover(
        doctor=doctor, obstacles=tuple(obstacle_of(board.instance, of, one, doctor) for one in merged(own)),
        change={stage: by for stage, by in verdict.costs.items() if by},
    )  # fmt: skip
