"""What one may do to a roster by hand: give a duty to a doctor, take it away, hand it over, exchange two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rosterplan.domain.roster import Assignment, Roster


class Move(NamedTuple):
    """A doctor receives a duty (``gives``) or is freed of it."""

    doctor: str
    duty: str
    gives: bool


Moves = tuple[Move, ...]


def give(duty: str, doctor: str) -> Moves:
    """The doctor holds the duty from now on, beside whoever holds it."""
    return (Move(doctor, duty, True),)


def take(duty: str, doctor: str) -> Moves:
    """The doctor holds the duty no more."""
    return (Move(doctor, duty, False),)


def hand(duty: str, giver: str, receiver: str) -> Moves:
    """The duty goes from one doctor to another."""
    return (*take(duty, giver), *give(duty, receiver))


def exchange(first: str, first_duty: str, second: str, second_duty: str) -> Moves:
    """Two doctors exchange a duty each."""
    return (*hand(first_duty, first, second), *hand(second_duty, second, first))


def moved(roster: Roster, moves: Iterable[Move]) -> Roster:
    """Return the roster after the moves, its dues unchanged; moves that change nothing are passed over."""
    kept = {(one.duty, one.doctor): one for one in roster.assignments}
    for move in moves:
        if not move.gives:
            kept.pop((move.duty, move.doctor), None)
        elif (move.duty, move.doctor) not in kept:
            kept[move.duty, move.doctor] = Assignment(duty=move.duty, doctor=move.doctor)
    return Roster(assignments=tuple(kept.values()), dues=roster.dues)
