"""The roster a spreadsheet makes: for each duty in order of time, the next doctor of the line's list who is free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rosterplan.domain.instance import Instance
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.work import Duty
from rosterplan.rules.admission import admitted
from rosterplan.rules.base import Rule

REST_MINUTES = 11 * 60
"""Free = free on the form, not on duty, and rested eleven hours: what a coordinator sees at a glance."""


def round_robin(instance: Instance, rules: Sequence[Rule]) -> Roster:
    """A roster by turns; each line has its own list, in the order of the sheet `Médecins`, helpers last.

    A helper (renfort) is called only where no doctor of the list is free; imposed duties are kept. Caps, weekends,
    spacing and shares are nobody's business here.
    """
    may_hold = _may_hold(instance, rules)
    lists, helpers = _lists(instance)
    imposed: dict[str, list[str]] = defaultdict(list)
    busy: dict[str, list[Duty]] = defaultdict(list)
    for one in instance.fixed:
        imposed[one.duty].append(one.doctor)
        busy[one.doctor].append(instance.duty_by_id[one.duty])
    turn: dict[str, int] = defaultdict(int)
    held: list[Assignment] = []
    for duty in sorted(instance.duties, key=lambda one: (one.start_minute, one.line)):
        chosen = list(imposed[duty.id])
        queue, next_one = lists[duty.line], turn[duty.line]
        for step, doctor in enumerate((*queue[next_one:], *queue[:next_one], *helpers[duty.line])):
            if len(chosen) >= duty.need_min:
                break
            if doctor not in chosen and (doctor, duty.id) in may_hold and _free(duty, busy[doctor]):
                chosen.append(doctor)
                busy[doctor].append(duty)
                if step < len(queue):
                    turn[duty.line] = (next_one + step + 1) % len(queue)
        held += [Assignment(duty=duty.id, doctor=doctor) for doctor in chosen]
    return Roster(assignments=tuple(held))


def _free(duty: Duty, held: Sequence[Duty]) -> bool:
    return all(
        duty.start_minute >= one.end_minute + REST_MINUTES or one.start_minute >= duty.end_minute + REST_MINUTES
        for one in held
    )


def _may_hold(instance: Instance, rules: Sequence[Rule]) -> set[tuple[str, str]]:
    """(doctor, duty) that no rule of who may, no exemption and no form forbids."""
    return {
        (table.doctors[row].id, table.duties[column].id)
        for table in admitted(instance, rules)
        for row, column in zip(*(found.tolist() for found in table.mask.nonzero()), strict=True)
    }


def _lists(instance: Instance) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The doctors of each line, and its helpers, in the order of the sheet."""
    lists: dict[str, list[str]] = {line.id: [] for line in instance.lines}
    helpers: dict[str, list[str]] = {line.id: [] for line in instance.lines}
    for line in instance.lines:
        for doctor in instance.doctors:
            for member in doctor.sectors:
                if member.sector == line.sector and line.modality in doctor.modalities:
                    (lists if member.participation > 0 else helpers)[line.id].append(doctor.id)
    return lists, helpers
