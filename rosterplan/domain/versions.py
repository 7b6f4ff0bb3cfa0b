"""A roster once it is published: its versions, the changes laid over them, and the roster in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from pydantic import Field

from rosterplan.domain.base import Frozen, Id, Instant
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Assignment, Roster

State = Literal["projet", "cdom", "definitif", "modifie"]
"""Draft to doctors, sent to the CDOM (J-45), definitive (J-10), modified after that."""

ChangeKind = Literal["remplacement", "echange", "don", "modification"]
"""Replaced, exchanged, given away; or listed anew: the roster itself is corrected."""

Hash = str
"""A SHA-256, 64 hexadecimal digits."""


class Version(Frozen):
    """A published roster: frozen, numbered from 1 within its plan, hashed, chained to the one before."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    plan: Id
    number: int = Field(ge=1)
    state: State
    rank: int = Field(default=0, ge=0, description="n of « modifié n », 0 in other states")
    when: Instant
    who: str = ""
    input_sha256: Hash
    roster_sha256: Hash = Field(description="of the bytes of roster.json")
    previous_sha256: Hash | None = Field(default=None, description="of version.json of the version before")
    last_change: int = Field(default=0, ge=0, description="number of the last change laid into this version")
    rosterplan: str = Field(description="version of the program that published")
    files: Mapping[str, Hash] = Field(default_factory=dict, description="SHA-256 of each file beside version.json")


class Change(Frozen):
    """A duty that passes from one doctor to another after a publication.

    ``number`` is given by the ledger, 0 before. The changes of one agreement (an exchange is two) share ``deal``.
    ``titular`` is who answers for the duty until now, None for a hole; ``doctor`` takes it, None leaves it empty: both
    only in a `modification`. ``why`` never says anything of health.
    """

    number: int = Field(default=0, ge=0)
    deal: int = Field(default=0, ge=0)
    kind: ChangeKind
    duty: Id
    titular: Id | None
    doctor: Id | None
    who: str
    when: Instant
    why: str = ""


class InForce(Frozen):
    """The published roster as it stands now: the last version, and ``roster`` with the later ``changes`` laid over."""

    version: Version
    instance: Instance
    published: Roster
    changes: tuple[Change, ...] = ()
    roster: Roster


class Misfit(ValueError):
    """A change that does not fit the roster: ``code`` is not-held, already-there, under-replacement or incomplete."""

    def __init__(self, code: str, change: Change) -> None:
        super().__init__(f"{code}: {change.duty}")
        self.code = code
        self.change = change


def responsible(assignment: Assignment) -> str:
    """Who answers for a duty and is credited with it: who took it in an exchange, else the doctor listed."""
    if assignment.kind == "echange" and assignment.replaced_by:
        return assignment.replaced_by
    return assignment.doctor


def serving(assignment: Assignment) -> str:
    """Who is expected to serve the duty, and is paid for it."""
    return assignment.replaced_by or assignment.doctor


def as_served(roster: Roster) -> Roster:
    """The roster of who is to serve: rest concerns who is there; what was agreed since stays as a lock does."""
    there = tuple(
        one.model_copy(update={"doctor": serving(one), "replaced_by": None, "kind": None, "locked": True})
        if one.replaced_by
        else one
        for one in roster.assignments
    )
    return roster.model_copy(update={"assignments": there})


def same_holders(one: Roster, other: Roster) -> bool:
    """True if two rosters list the same doctors and are served by the same, locks and dues apart."""

    def held(roster: Roster) -> set[tuple[str, str, str | None]]:
        return {(at.duty, at.doctor, at.replaced_by) for at in roster.assignments}

    return held(one) == held(other)


def laid_over(roster: Roster, changes: Iterable[Change]) -> Roster:
    """The roster after these changes, in their order: the titular stays listed, ``replaced_by`` and ``kind`` say the rest.

    A replacement or a gift back to the titular clears both. Who took a duty in an exchange and is replaced in turn is
    listed from then on: he or she answers for it. A modification rewrites the list itself.

    Raises:
        Misfit: a change that the roster does not allow.
    """
    held = list(roster.assignments)
    for change in changes:
        _apply(held, change)
    return roster.model_copy(update={"assignments": tuple(held)})


def _apply(held: list[Assignment], change: Change) -> None:
    place = _place_of(held, change)
    if change.doctor is not None and any(
        one.duty == change.duty and serving(one) == change.doctor and number != place for number, one in enumerate(held)
    ):
        raise Misfit("already-there", change)
    if change.kind == "modification":
        _rewrite(held, place, change)
        return
    if place is None or change.doctor is None:
        raise Misfit("incomplete", change)
    before = held[place]
    if change.kind == "echange" and before.kind in ("remplacement", "don"):
        raise Misfit("under-replacement", change)
    listed = before.doctor if change.kind == "echange" else responsible(before)
    taken = None if change.doctor == listed else change.doctor
    held[place] = before.model_copy(
        update={"doctor": listed, "replaced_by": taken, "kind": change.kind if taken else None}
    )


def _place_of(held: list[Assignment], change: Change) -> int | None:
    """Return where the titular's assignment stands; None for a hole to be filled."""
    if change.titular is None:
        return None
    for number, one in enumerate(held):
        if one.duty == change.duty and responsible(one) == change.titular:
            return number
    raise Misfit("not-held", change)


def _rewrite(held: list[Assignment], place: int | None, change: Change) -> None:
    if change.doctor is not None:
        listed = Assignment(duty=change.duty, doctor=change.doctor)
        if place is None:
            held.append(listed)
        else:
            held[place] = listed
    elif place is not None:
        del held[place]
    else:
        raise Misfit("incomplete", change)


class Served(Frozen):
    """A duty as it was really served: who was listed, who served it and is paid, who is credited with it."""

    duty: Id
    listed: Id | None
    doctor: Id
    credited: Id
    kind: Literal["remplacement", "echange", "don"] | None = None


def served_as_planned(roster: Roster) -> tuple[Served, ...]:
    """Everything served as the roster in force says, sorted by duty and doctor."""
    found = (
        Served(duty=one.duty, listed=one.doctor, doctor=serving(one), credited=responsible(one), kind=one.kind)
        for one in roster.assignments
    )
    return tuple(sorted(found, key=lambda one: (one.duty, one.doctor)))


def served_as_listed(roster: Roster, there: Mapping[str, Iterable[str]]) -> tuple[Served, ...]:
    """What was served where ``there`` (doctors by duty) was noted instead of what the roster in force says.

    A doctor there in place of the one expected is a replacement: the titular stays credited. Who held a hole, or came
    in addition, is credited; a duty nobody served counts for nobody.
    """
    expected: dict[str, list[Assignment]] = {}
    for one in roster.assignments:
        expected.setdefault(one.duty, []).append(one)
    found: list[Served] = []
    for duty in expected.keys() | there.keys():
        came = sorted(set(there.get(duty, ())))
        planned = sorted(expected.get(duty, ()), key=lambda one: one.doctor)
        as_planned = [one for one in planned if serving(one) in came]
        found += served_as_planned(Roster(assignments=tuple(as_planned)))
        others = [doctor for doctor in came if doctor not in {serving(one) for one in as_planned}]
        found += _in_place_of(duty, [one for one in planned if one not in as_planned], others)
    return tuple(sorted(found, key=lambda one: (one.duty, one.doctor)))


def _in_place_of(duty: str, missing: Sequence[Assignment], others: Sequence[str]) -> Iterator[Served]:
    """Pair those who came with those who did not: first the titulars who served after all, then in order."""
    left, came = list(missing), list(others)
    for titular in missing:
        own = [doctor for doctor in (responsible(titular), titular.doctor) if doctor in came]
        if own:
            left.remove(titular)
            came.remove(own[0])
            yield Served(duty=duty, listed=titular.doctor, doctor=own[0], credited=responsible(titular))
    for place, doctor in enumerate(came):
        if place < len(left):
            titular = left[place]
            yield Served(
                duty=duty, listed=titular.doctor, doctor=doctor, credited=responsible(titular), kind="remplacement"
            )
        else:
            yield Served(duty=duty, listed=None, doctor=doctor, credited=doctor)
