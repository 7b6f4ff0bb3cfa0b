"""What a replan starts from: the events, the roster that stands, what was lost of it, and the day before which nothing moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rosterplan.cli.exits import Exit, Refused
from rosterplan.cli.naming import doctor_named
from rosterplan.messages import say
from rosterplan.messages.words import long_date

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.cli.standing import Standing
    from rosterplan.domain.events import Event
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.roster import Assignment, Roster
    from rosterplan.model.repair_case import Case
    from rosterplan.rules.base import Rule


@dataclass(frozen=True)
class Prepared:
    """A case to repair, the rules without stability, the events it comes from, and decisions by hand they make void."""

    case: Case
    rules: tuple[Rule, ...]
    events: tuple[Event, ...]
    void: tuple[Assignment, ...]
    renewed: bool

    @property
    def instance(self) -> Instance:
        """The instance with the events in it."""
        return self.case.instance


def events_asked(
    instance: Instance,
    absent: Sequence[str],
    new: Sequence[str],
    leave: Sequence[str],
    file: Path | None,
    first_day: date,
) -> tuple[Event, ...]:
    """Return the events of the options and of the file, refused in words where one cannot be read."""
    from rosterplan.domain.events import Event

    found = []
    for typed in absent:
        parts = typed.rsplit(":", 2)
        if len(parts) != 3:
            raise Refused(say(fr=f"--absent « {typed} » : écrivez MÉDECIN:DU:AU, par exemple M017:2027-02-03:2027-02-10.",
                              en=f"--absent “{typed}”: write DOCTOR:FROM:TO, for instance M017:2027-02-03:2027-02-10."))  # fmt: skip
        start, end = _day(parts[1], "--absent"), _day(parts[2], "--absent")
        if end < start:
            raise Refused(say(fr=f"--absent « {typed} » : la fin précède le début.", en=f"--absent “{typed}”: the end comes before the start."))  # fmt: skip
        found.append(Event(kind="absence", doctor=doctor_named(instance, parts[0]), start=start, end=end))
    for typed in new:
        name, mark, day = typed.rpartition(":")
        start = _day(day, "--new") if mark else first_day
        found.append(Event(kind="arrivee", doctor=doctor_named(instance, name if mark else typed), start=start))
    for typed in leave:
        name, mark, day = typed.rpartition(":")
        if not mark:
            raise Refused(say(fr=f"--leave « {typed} » : écrivez MÉDECIN:DATE, la date à partir de laquelle il n’est plus là.",
                              en=f"--leave “{typed}”: write DOCTOR:DATE, the date from which he or she is gone."))  # fmt: skip
        found.append(Event(kind="depart", doctor=doctor_named(instance, name), start=_day(day, "--leave")))
    return (*found, *(_of_file(instance, file) if file else ()))


def _of_file(instance: Instance, file: Path) -> tuple[Event, ...]:
    from rosterplan.cli.rosters import refuse_roster
    from rosterplan.sheets.changes_csv import read_changes

    if not file.is_file():
        raise Refused(say(fr=f"Le fichier {file} n’existe pas.", en=f"There is no file {file}."))
    events, problems = read_changes(file, instance)
    if problems:
        raise refuse_roster(file, problems)
    return events


def prepared(
    common: Common, standing: Standing, rules: Sequence[Rule], events: tuple[Event, ...], first_day: date
) -> Prepared:
    """Return the case of these events on the roster that stands; published dues stay, but for who comes, leaves or is long away."""
    from rosterplan.domain.events import dues_after, instance_after, taken_away, void_decisions
    from rosterplan.domain.versions import as_served, responsible, serving
    from rosterplan.model.repair import Case, lost_of
    from rosterplan.rules.stability import Stability

    before, roster = standing.instance, as_served(standing.roster)
    try:
        after = instance_after(before, events)
    except ValueError:
        raise Refused(say(fr="Un médecin quitterait la liste avant d’y être inscrit : vérifiez les dates.",
                          en="A doctor would leave the list before being on it: check the dates.")) from None  # fmt: skip
    after = _without_handed_on(after, standing.roster)
    stability = next((rule for rule in rules if isinstance(rule, Stability)), Stability())
    weighing = stability.against(roster, common.today)
    others = _with_needed(tuple(rule for rule in rules if not isinstance(rule, Stability)), events)
    lost = lost_of(after, others, roster, first_day, lambda duty, doctor: taken_away(before, events, duty, doctor))
    dues = dues_after(before, after, roster.dues, events, common.seed)
    case = Case(
        after, others, roster.model_copy(update={"dues": dues}), lost, first_day,
        {duty.id: weighing.weight_of(after, duty) for duty in after.duties}, frozenset(one.doctor for one in events), common.seed,
        credit={(one.duty, serving(one)): responsible(one) for one in standing.roster.assignments if one.replaced_by},
    )  # fmt: skip
    return Prepared(case, others, events, void_decisions(before, roster, events), dues != roster.dues)


def _without_handed_on(instance: Instance, standing: Roster) -> Instance:
    """Return the instance without the locks of duties handed on since: who serves them now was agreed later."""
    gone = {(one.duty, one.doctor) for one in standing.assignments if one.replaced_by}
    return instance.changed(
        locks=tuple(lock for lock in instance.locks if (lock.duty, lock.doctor) not in gone),
        fixed=tuple(one for one in instance.fixed if (one.duty, one.doctor) not in gone),
    )


def as_listed(roster: Roster, standing: Roster) -> Roster:
    """Return the roster with the titular listed again wherever who replaces him or her still serves."""
    from rosterplan.domain.versions import serving

    agreed = {(one.duty, serving(one)): one for one in standing.assignments if one.replaced_by}
    listed = tuple(agreed.get((one.duty, one.doctor), one) for one in roster.assignments)
    return roster.model_copy(update={"assignments": listed})


def _with_needed(rules: tuple[Rule, ...], events: Sequence[Event]) -> tuple[Rule, ...]:
    """Return the rules with those that keep an absent doctor, or one who has left, off the roster."""
    from rosterplan.rules.availability import DeclaredDates
    from rosterplan.rules.eligible import Eligible

    codes = {rule.code for rule in rules}
    needed: list[Rule] = []
    if events and DeclaredDates.code not in codes:
        needed.append(DeclaredDates())
    if any(event.kind != "absence" for event in events) and Eligible.code not in codes:
        needed.append(Eligible())
    return (*rules, *needed)


def first_day_of(instance: Instance, asked: date | None, today: date) -> date:
    """Return the first day that may change: the one asked for, else today, or the first day of the period."""
    first = asked or max(today, instance.period.start)
    if first > instance.period.end:
        raise Refused(say(fr=f"La période s’achève le {long_date(instance.period.end)} : plus rien n’y peut changer à partir du {long_date(first)}.",
                          en=f"The period ends on {long_date(instance.period.end)}: nothing of it can change from {long_date(first)} on."))  # fmt: skip
    return first


def _day(typed: str, option: str) -> date:
    import typer

    from rosterplan.cli.options import day

    try:
        return day(typed)
    except typer.BadParameter as bad:
        raise Refused(f"{option}{say(fr=' :', en=':')} {bad.message}", Exit.USAGE) from None
