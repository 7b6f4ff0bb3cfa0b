"""What changed from one roster to another, duty by duty and doctor by doctor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rosterplan.domain.base import Frozen, Id
from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Roster
from rosterplan.domain.versions import serving


class Difference(Frozen):
    """A duty whose doctors are not the same any more: ``gone`` serve it no longer, ``come`` do now."""

    duty: Id
    gone: tuple[Id, ...] = ()
    come: tuple[Id, ...] = ()

    @property
    def positions(self) -> int:
        """How many positions changed hands."""
        return max(len(self.gone), len(self.come))


def differences(instance: Instance, before: Roster, after: Roster) -> tuple[Difference, ...]:
    """Return the duties served by other doctors than before, by start, line and id; duties unknown today come last."""
    old, new = _serving(before), _serving(after)
    found = [
        Difference(duty=duty, gone=tuple(sorted(old[duty] - new[duty])), come=tuple(sorted(new[duty] - old[duty])))
        for duty in old.keys() | new.keys()
        if old[duty] != new[duty]
    ]

    def order(one: Difference) -> tuple[bool, int, str, str]:
        duty = instance.duty_by_id.get(one.duty)
        return duty is None, duty.start_minute if duty else 0, duty.line if duty else "", one.duty

    return tuple(sorted(found, key=order))


def by_doctor(changed: Iterable[Difference]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each doctor concerned, sorted, the duties no longer served and those served from now on."""
    lost: dict[str, list[str]] = defaultdict(list)
    won: dict[str, list[str]] = defaultdict(list)
    for one in changed:
        for doctor in one.gone:
            lost[doctor].append(one.duty)
        for doctor in one.come:
            won[doctor].append(one.duty)
    return {name: (tuple(lost[name]), tuple(won[name])) for name in sorted(lost.keys() | won.keys())}


def positions_changed(changed: Sequence[Difference]) -> int:
    """Return how many positions changed hands in all."""
    return sum(one.positions for one in changed)


def _serving(roster: Roster) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in roster.assignments:
        found[one.duty].add(serving(one))
    return found
