"""Every roster of a tiny instance, both ways: the canvas (and CP-SAT) against the audit.

For one rule: a roster breaks a hard row of the canvas if and only if the audit finds an `erreur`; and the cost
of each stage on the canvas is the cost the audit adds up. Pairs the rule does not admit must be found too, and with
every free duty left empty no hard row is broken: there is always a roster.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import numpy as np

from rosterplan.audit import audit
from rosterplan.domain.instance import Instance, Period
from rosterplan.domain.people import Doctor, Membership
from rosterplan.domain.result import STAGES
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.work import Duty, Group, Line, Sector, duty_id
from rosterplan.model.build import canvas_of, fixed_pairs
from rosterplan.rules.base import Rule

PARIS = ZoneInfo("Europe/Paris")


def at(text: str) -> datetime:
    """« 2027-01-02 20:00 » in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def a_duty(
    start: str, hours: float, *, line: str = "L1", band: str = "soiree", points: int = 2, **more: object
) -> Duty:
    """A duty of true length ``hours`` from a Paris time."""
    begin = at(start)
    end = (begin.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(PARIS)
    name = duty_id(line, begin, end)
    return Duty(id=name, line=line, start=begin, end=end, date=begin.date(), band=band, points=points, **more)


def a_doctor(name: str, **more: object) -> Doctor:
    """A volunteer of sector S1."""
    given = {"sectors": (Membership(sector="S1"),), "modalities": ("fixe", "mobile")} | more
    return Doctor(id=name, last_name=name, **given)


def an_instance(duties: Sequence[Duty], doctors: Sequence[Doctor], **more: object) -> Instance:
    """An instance around the duties: their lines in sector S1, one fairness group."""
    lines = more.pop("lines", None) or tuple(
        Line(id=name, name=f"Ligne {name}", sector="S1") for name in sorted({duty.line for duty in duties})
    )
    days = [duty.date for duty in duties] or [date(2027, 1, 1)]
    given = {
        "id": "tiny",
        "period": Period(start=min(days), end=max(days)),
        "sectors": (Sector(id="S1", name="Secteur 1"), Sector(id="S2", name="Secteur 2")),
        "lines": lines,
        "doctors": tuple(doctors),
        "duties": tuple(sorted(duties, key=lambda duty: (duty.start_minute, duty.line))),
        "groups": (Group(id="S1", lines=tuple(line.id for line in lines)),),
    } | more
    return Instance(**given)


def every_roster(instance: Instance) -> Iterator[Roster]:
    """All rosters over all (doctor, duty) pairs, admitted or not; locked and imposed pairs always held."""
    decided = {(duty, doctor) for duty, who in fixed_pairs(instance).items() for doctor in who}
    empty = {lock.duty for lock in instance.locks if lock.doctor is None}
    cells = [(duty.id, doctor.id) for duty in instance.duties for doctor in instance.doctors]
    open_cells = [cell for cell in cells if cell not in decided and cell[0] not in empty]
    assert len(open_cells) <= 12, "keep exact instances tiny"
    for size in range(len(open_cells) + 1):
        for chosen in combinations(open_cells, size):
            yield Roster(
                assignments=tuple(
                    Assignment(duty=duty, doctor=doctor, locked=(duty, doctor) in decided)
                    for duty, doctor in sorted(decided | set(chosen))
                )
            )


def canvas_and_audit_agree(instance: Instance, *rules: Rule, may_be_empty: bool = True) -> tuple[int, int]:
    """Assert agreement on every roster; return (rosters allowed, rosters forbidden), both to be checked > 0."""
    canvas = canvas_of(instance, rules)
    program = canvas.program()
    pairs = canvas.pairs
    column_of = {
        (instance.duties[pairs["duty"][pair]].id, instance.doctors[pairs["doctor"][pair]].id): column
        for column, pair in enumerate(program.pair.tolist())
    }
    nothing = program.values(np.zeros(program.pairs, dtype=bool))
    assert not (may_be_empty and len(program.broken(nothing))), (
        "leaving every free duty empty must be allowed, whatever was decided"
    )
    fixed = {(duty, doctor) for duty, who in fixed_pairs(instance).items() for doctor in who}
    allowed = forbidden = 0
    for roster in every_roster(instance):
        cells = {(one.duty, one.doctor) for one in roster.assignments} - fixed
        report = audit(instance, rules, roster)
        found = [one for one in report.findings if one.severity == "erreur" and not _only_fixed(one, cells)]
        if not cells <= set(column_of):
            assert found, f"not admitted, yet the audit is silent: {sorted(cells - set(column_of))}"
            forbidden += 1
            continue
        held = np.zeros(program.pairs, dtype=bool)
        held[[column_of[cell] for cell in cells]] = True
        column = program.values(held)
        broken = [canvas.rule_names[program.rows.rule[row]] for row in program.broken(column)]
        assert bool(broken) == bool(found), (sorted(cells), broken, [one.text for one in found])
        forbidden, allowed = forbidden + bool(broken), allowed + (not broken)
        if broken:
            continue
        costs = program.costs(column)
        for number, stage in enumerate(STAGES):
            if stage != "blend":
                assert int(costs[number]) == report.value(stage), (stage, sorted(cells))
    return allowed, forbidden


def _only_fixed(finding: object, free_cells: set[tuple[str, str]]) -> bool:
    """True if no freely chosen assignment takes part in a breach: the fixed ones alone make it."""
    duties = getattr(finding, "duties", ())
    doctors = getattr(finding, "doctors", ())
    if not duties or not doctors:
        return False
    return not any((duty, doctor) in free_cells for duty in duties for doctor in doctors)
