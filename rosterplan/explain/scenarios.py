"""What if: the same plan with sectors merged, lines closed or opened, doctors gone or more, a rule changed. No solver here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import RuleRow
from rosterplan.domain.work import Duty, Line, duty_id
from rosterplan.explain.newcomers import joined, newcomer, shared_again
from rosterplan.messages import say
from rosterplan.messages.trade import band_word
from rosterplan.messages.words import listed, plural
from rosterplan.rules import BY_CODE
from rosterplan.rules.base import Rule, read_rule


class NoScenario(ValueError):
    """A change that cannot be made; its text says why, for people."""


@dataclass(frozen=True)
class Scenario:
    """A plan changed in some ways; ``areas`` are the sectors to plan again (None: all), ``steps`` say what was changed."""

    instance: Instance
    steps: tuple[str, ...] = ()
    areas: frozenset[str] | None = field(default_factory=frozenset)

    def with_(self, instance: Instance, said: str, areas: Iterable[str] | None) -> Scenario:
        """Return the scenario one step further."""
        both = None if areas is None or self.areas is None else self.areas | frozenset(areas)
        return Scenario(instance, (*self.steps, said), both)


def area_of(line: Line) -> str:
    """Return the sector of a line, or the line itself."""
    return line.sector or line.id


def closed(scenario: Scenario, line: str, band: str) -> Scenario:
    """Return the scenario without the duties of a line, or those of one band."""
    instance = scenario.instance
    gone = {duty.id for duty in instance.duties if duty.line == line and band in ("", duty.band)}
    if not gone:
        raise NoScenario(
            say(fr=f"La ligne {line} n’a aucune garde de cette catégorie.", en=f"Line {line} has no duty of this band.")
        )
    of = instance.line_by_id[line]
    what = f"{of.name} ({band_word(band)})" if band else of.name
    count = plural(len(gone), say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
    said = say(fr=f"{what} fermée ({count} en moins)", en=f"{what} closed ({count} fewer)")
    return scenario.with_(shared_again(_without_duties(instance, gone)), said, {area_of(of)})


def opened(scenario: Scenario, line: str, band: str, model: str) -> Scenario:
    """Return the scenario with duties of a line at the times another line has them; an unknown line is made anew."""
    instance = scenario.instance
    known = instance.line_by_id.get(line)
    like = instance.line_by_id.get(model or _model_for(instance, line, band))
    if like is None:
        raise NoScenario(
            say(
                fr=f"Quels horaires pour {line} ? Donnez une ligne modèle : --open {line}@LIGNE.",
                en=f"What hours for {line}? Give a model line: --open {line}@LINE.",
            )
        )
    target = known or like.model_copy(update={"id": line, "name": line, "site": None})
    taken = {duty.id for duty in instance.duties}
    more = [_alike(duty, target) for duty in instance.duties if duty.line == like.id and band in ("", duty.band)]
    more = [duty for duty in more if duty.id not in taken]
    if not more:
        raise NoScenario(say(fr=f"{like.name} n’a aucune garde de cette catégorie à prendre pour modèle, ou {line} les a déjà.",
                             en=f"{like.name} has no duty of this band to copy, or {line} has them already."))  # fmt: skip
    duties = tuple(sorted((*instance.duties, *more), key=lambda duty: (duty.start_minute, duty.line, duty.id)))
    changed = instance.changed(duties=duties)
    if known is None:
        groups = tuple(
            group.model_copy(update={"lines": (*group.lines, line)}) if like.id in group.lines else group
            for group in instance.groups
        )
        changed = changed.changed(lines=(*instance.lines, target), groups=groups)
    what = f"{target.name} ({band_word(band)})" if band else target.name
    count = plural(len(more), say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
    said = say(fr=f"{what} ouverte ({count} de plus)", en=f"{what} opened ({count} more)")
    return scenario.with_(shared_again(changed), said, {area_of(target)})


def _model_for(instance: Instance, line: str, band: str) -> str:
    """Return the line with most duties of the band, of the same modality as ``line`` if it exists."""
    known = instance.line_by_id.get(line)
    counts = Counter(
        duty.line
        for duty in instance.duties
        if band and duty.band == band and duty.line != line
        and (known is None or instance.line_by_id[duty.line].modality == known.modality)
    )  # fmt: skip
    return max(sorted(counts), key=counts.__getitem__, default="")


def _alike(duty: Duty, line: Line) -> Duty:
    """Return a duty of ``line`` at the same hours."""
    start: datetime = duty.start
    name = duty_id(line.id, start, duty.end)
    return duty.model_copy(
        update={
            "id": name,
            "line": line.id,
            "site": line.site,
            "modality": line.modality,
            "doctor": None,
            "establishments": (),
        }
    )


def without(scenario: Scenario, doctor: str) -> Scenario:
    """Return the scenario without a doctor; the sectors he or she served are planned again."""
    instance = scenario.instance
    gone = instance.doctor_by_id[doctor]
    areas = {member.sector for member in gone.sectors} | {
        area_of(instance.line_by_id[name]) for name in gone.lines if name in instance.line_by_id
    }
    changed = instance.changed(
        doctors=tuple(one for one in instance.doctors if one.id != doctor),
        availability=tuple(one for one in instance.availability if one.doctor != doctor),
        fixed=tuple(one for one in instance.fixed if one.doctor != doctor),
        locks=tuple(one for one in instance.locks if one.doctor != doctor),
        history=tuple(one for one in instance.history if one.doctor != doctor),
        service_hours=tuple(one for one in instance.service_hours if one.doctor != doctor),
        answered=tuple(name for name in instance.answered if name != doctor),
    )
    return scenario.with_(
        shared_again(changed),
        say(
            fr=f"sans le {gone.name}" if gone.name.startswith("Dr ") else f"sans {gone.name}", en=f"without {gone.name}"
        ),
        areas,
    )


def with_more(scenario: Scenario, count: int, sector: str) -> Scenario:
    """Return the scenario with so many more doctors of a sector, free every day, who hold whatever its lines ask."""
    instance = scenario.instance
    lines = [line for line in instance.lines if line.sector == sector]
    if not lines:
        raise NoScenario(
            say(fr=f"Le secteur {sector} n’a pas de ligne de garde.", en=f"Sector {sector} has no duty line.")
        )
    taken, number = set(instance.doctor_by_id), 0
    more: list[Doctor] = []
    while len(more) < count:
        number += 1
        name = f"NOUVEAU-{sector}-{number}"
        if name not in taken:
            more.append(newcomer(lines, name, f"{sector} {number}"))
    name = next(one.name for one in instance.sectors if one.id == sector)
    who = plural(count, say(fr="médecin", en="doctor"))
    return scenario.with_(
        joined(instance, more), say(fr=f"{who} de plus à {name}", en=f"{who} more in {name}"), {sector}
    )


def ruled(scenario: Scenario, code: str, parameter: str, value: Any) -> Scenario:
    """Return the scenario with a parameter of a rule changed, in every row of that rule; a rule absent is added."""
    instance, kind = scenario.instance, BY_CODE.get(code)
    if kind is None:
        raise NoScenario(
            say(
                fr=f"Pas de règle « {code} ». La liste : rosterplan rules.",
                en=f"No rule “{code}”. The list: rosterplan rules.",
            )
        )
    names = {about.title or name: name for name, about in kind.model_fields.items()} | {
        name: name for name in kind.model_fields
    }
    if parameter not in names:
        known = listed(sorted(set(names) - {"row", "scope", "strength", "source", "published"}), most=12)
        raise NoScenario(
            say(
                fr=f"La règle « {code} » n’a pas de paramètre « {parameter} ». Elle a : {known}.",
                en=f"Rule “{code}” has no parameter “{parameter}”. It has: {known}.",
            )
        )
    rows = [row for row in instance.rules if row.code == code] or [RuleRow(code=code, source=kind.law)]
    changed = [row.model_copy(update={"params": {**row.params, names[parameter]: value}}) for row in rows]
    try:
        for row in changed:
            read_rule(row, BY_CODE)
    except ValidationError:
        raise NoScenario(
            say(
                fr=f"« {value} » n’est pas une valeur possible de {code}.{parameter}.",
                en=f"“{value}” is no possible value of {code}.{parameter}.",
            )
        ) from None
    others = tuple(row for row in instance.rules if row.code != code)
    sentence = read_rule(changed[0], BY_CODE).words().rstrip(".")
    return scenario.with_(instance.changed(rules=(*others, *changed)), sentence, _areas_of(instance, changed))


def _areas_of(instance: Instance, rows: Sequence[RuleRow]) -> frozenset[str] | None:
    """Return the sectors a rule concerns; None for all of them."""
    if any(not (row.scope.lines or row.scope.sectors) for row in rows):
        return None
    lines = [line for line in instance.lines if any(row.scope.covers_line(line) for row in rows)]
    return frozenset(area_of(line) for line in lines)


def rules_of(scenario: Scenario) -> tuple[Rule, ...]:
    """Return the rule book of a scenario."""
    return tuple(read_rule(row, BY_CODE) for row in scenario.instance.rules)


def kept_of(scenario: Scenario, today: Roster) -> tuple[frozenset[str], Roster]:
    """Return the lines that stay as today and today’s roster without what the scenario no longer knows.

    A sector where someone of today is gone is planned again too: nobody can stay there in his or her place.
    """
    instance = scenario.instance
    known = tuple(
        one for one in today.assignments if one.duty in instance.duty_by_id and one.doctor in instance.doctor_by_id
    )
    if scenario.areas is None:
        return frozenset(), Roster(assignments=known)
    broken = {
        area_of(instance.line_by_id[instance.duty_by_id[one.duty].line])
        for one in today.assignments
        if one.duty in instance.duty_by_id and one.doctor not in instance.doctor_by_id
    }
    areas = scenario.areas | broken
    return frozenset(line.id for line in instance.lines if area_of(line) not in areas), Roster(assignments=known)


def _without_duties(instance: Instance, gone: set[str]) -> Instance:
    return instance.changed(
        duties=tuple(duty for duty in instance.duties if duty.id not in gone),
        availability=tuple(one for one in instance.availability if one.duty not in gone),
        fixed=tuple(one for one in instance.fixed if one.duty not in gone),
        locks=tuple(one for one in instance.locks if one.duty not in gone),
    )
