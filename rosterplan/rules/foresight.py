"""Shortages foreseen per line and month before any solving: supply under caps against need; fragile sectors.

The supply of a line in a month is the most places its doctors can fill when each keeps the dates left by every
rule that says who may, and holds no more duties than every cap allows: an upper bound, reached by no roster if less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from rosterplan.domain.findings import Note
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty, Line
from rosterplan.messages import say
from rosterplan.messages.words import listed, month_name, plural, short_date
from rosterplan.rules.admission import Admitted, admitted
from rosterplan.rules.base import Rule

FRAGILE, VERY_FRAGILE = 10, 5
"""Volunteers below which a sector is fragile: 36 % and 20 % of French territories in 2021 (Ordre des médecins)."""


def foreseen(instance: Instance, rules: Sequence[Rule]) -> tuple[Note, ...]:
    """Return what every rule foresees, then shortages per line and month, then fragile sectors."""
    tables = tuple(admitted(instance, [rule for rule in rules if rule.strength.kind != "soft"]))
    told = [note for rule in rules for note in rule.foresee(instance)]
    return (*told, *_shortages(instance, rules, tables), *_fragile(instance, tables))


def _shortages(instance: Instance, rules: Sequence[Rule], tables: Sequence[Admitted]) -> Iterator[Note]:
    """Yield a note for each line and month whose supply is below its need."""
    decided = _decided(instance)
    for table in tables:
        months: dict[tuple[int, int], list[int]] = defaultdict(list)
        for column, duty in enumerate(table.duties):
            months[duty.date.year, duty.date.month].append(column)
        for _, columns in sorted(months.items()):
            duties = [table.duties[column] for column in columns]
            first, last = min(duty.date for duty in duties), max(duty.date for duty in duties)
            may = [np.flatnonzero(table.mask[:, column]).tolist() for column in columns]
            held = [decided.get(duty.id, frozenset()) for duty in duties]
            room = [
                _room(instance, rules, doctor, table.line, first, last) - sum(doctor.id in who for who in held)
                for doctor in table.doctors
            ]
            given = [len(who) for who in held]
            places = [max(0, duty.need_min - have) for duty, have in zip(duties, given, strict=True)]
            free = [
                [row for row in rows if table.doctors[row].id not in who] for rows, who in zip(may, held, strict=True)
            ]
            filled = _most_filled(places, free, room)
            if filled < sum(places):
                empty = [duty for duty, place, rows in zip(duties, places, free, strict=True) if len(rows) < place]
                need = sum(duty.need_min for duty in duties)
                yield _shortage(table.line, first, need, need - sum(places) + filled, empty)


def _room(instance: Instance, rules: Sequence[Rule], doctor: Doctor, line: Line, first: date, last: date) -> int:
    """Return the most duties of a line a doctor may hold from ``first`` to ``last`` under every cap."""
    caps = [rule.most_held(instance, doctor, line, first, last) for rule in rules]
    return min((cap for cap in caps if cap is not None), default=10**6)


def _decided(instance: Instance) -> dict[str, frozenset[str]]:
    """Return who a person put on each duty: locks first, else imposed assignments."""
    locked = {lock.duty for lock in instance.locks}
    pairs = [(lock.duty, lock.doctor) for lock in instance.locks if lock.doctor]
    pairs += [(one.duty, one.doctor) for one in instance.fixed if one.duty not in locked]
    found: dict[str, set[str]] = defaultdict(set)
    for duty, doctor in pairs:
        found[duty].add(doctor)
    return {duty: frozenset(doctors) for duty, doctors in found.items()}


def _most_filled(places: Sequence[int], may: Sequence[Sequence[int]], room: Sequence[int]) -> int:
    """Return the most places filled: each doctor once per duty and ``room`` times in all (augmenting paths)."""
    holders: list[set[int]] = [set() for _ in places]
    held: list[set[int]] = [set() for _ in room]

    def place(duty: int, tried: set[int]) -> bool:
        """Give the duty one more doctor, moving others if that makes room."""
        for doctor in may[duty]:
            if doctor in tried or doctor in holders[duty]:
                continue
            tried.add(doctor)
            if len(held[doctor]) < room[doctor]:
                held[doctor].add(duty)
                holders[duty].add(doctor)
                return True
            for other in sorted(held[doctor]):
                holders[other].discard(doctor)
                if place(other, tried):
                    held[doctor].discard(other)
                    held[doctor].add(duty)
                    holders[duty].add(doctor)
                    return True
                holders[other].add(doctor)
        return False

    return sum(place(duty, set()) for duty, count in enumerate(places) for _ in range(count))


def _shortage(line: Line, day: date, need: int, supply: int, empty: Sequence[Duty]) -> Note:
    """Return what is said of a line short in a month."""
    month = month_name(day, year=True)
    lacking = need - supply
    days = listed([short_date(duty.date) for duty in empty], most=6)
    nobody = say(fr=f" ; sans assez de médecins possibles : {days}", en=f"; without enough possible doctors: {days}")
    return Note(
        code="shortage", line=line.id, month=f"{day.year}-{day.month:02}", need=need, supply=supply,
        text=say(
            fr=f"{line.name}, {month} : {plural(need, 'garde')} à pourvoir, {supply} au plus peuvent l’être "
            f"(il en manque {lacking}){nobody if empty else ''}.",
            en=f"{line.name}, {month}: {plural(need, 'place')} to fill, {supply} at most can be "
            f"({lacking} missing){nobody if empty else ''}.",
        ),
    )  # fmt: skip


def _fragile(instance: Instance, tables: Sequence[Admitted]) -> Iterator[Note]:
    """Yield a note for each sector with few doctors who may hold a duty of its lines."""
    pool: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        if table.line.sector and table.duties:
            pool[table.line.sector].update(doctor.id for doctor in table.doctors)
    for sector in instance.sectors:
        count = len(pool[sector.id]) if sector.id in pool else FRAGILE
        if count >= FRAGILE:
            continue
        doctors = plural(count, say(fr="médecin", en="doctor"))
        few = count < VERY_FRAGILE
        yield Note(
            code="fragile-sector", severity="avertissement" if few else "information", supply=count,
            text=say(
                fr=f"{sector.name} : secteur {'très ' if few else ''}fragile, {doctors} pour ses lignes.",
                en=f"{sector.name}: a {'very ' if few else ''}fragile sector, {doctors} for its lines.",
            ),
        )  # fmt: skip
