"""What a file says was really served: a corrected workbook, a roster.json, or a list with a row per duty."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterplan.cli.exits import Exit, Refused
from rosterplan.messages import say
from rosterplan.messages.words import plural

if TYPE_CHECKING:
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.roster import Roster
    from rosterplan.domain.versions import InForce, Served
    from rosterplan.sheets.tableau.read import TableauReading

MOST_SHOWN = 20
"""Duties a long list is silent about that are named."""


@dataclass(frozen=True)
class FromFile:
    """What was served, the hash of the file that says so, and how many duties it speaks of (all, but for a short list)."""

    served: tuple[Served, ...]
    sha256: str
    named: int


def served_from(now: InForce, file: Path) -> FromFile:
    """Return what a file says was served, beside the roster in force.

    A list (csv, or a table without `_origine`) has a row per duty, no doctor where nobody came. It may hold only what
    differs: duties it is silent about were served as planned. A long list that leaves some out is refused: whether
    nobody came, or they were forgotten, cannot be known.
    """
    from rosterplan.cli.rosters import refuse_roster
    from rosterplan.domain.versions import served_as_listed
    from rosterplan.sheets.tableau.read import read_tableau

    if not file.is_file():
        raise Refused(say(fr=f"Le fichier {file} n’existe pas.", en=f"There is no file {file}."))
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    if file.suffix.casefold() == ".json":
        from rosterplan.cli.rosters import roster_of

        roster = roster_of(now.instance, file.parent, str(file), seed=1).roster
        return FromFile(served_as_listed(now.roster, _expected(roster)), sha256, len(now.instance.duties))
    read = read_tableau(file, now.instance, every_row=True)
    if any(problem.severity == "erreur" for problem in read.problems):
        raise refuse_roster(file, read.problems)
    if not read.choice:
        return FromFile(served_as_listed(now.roster, _corrected(now, read)), sha256, len(now.instance.duties))
    _refuse_forgotten(now, file, read.named)
    came = {duty: set(read.roster.doctors_of.get(duty, ())) for duty in read.named}
    return FromFile(served_as_listed(now.roster, {**_expected(now.roster), **came}), sha256, len(read.named))


def _expected(roster: Roster) -> dict[str, set[str]]:
    """Return who is to serve each duty."""
    from rosterplan.domain.versions import serving

    found: dict[str, set[str]] = {}
    for one in roster.assignments:
        found.setdefault(one.duty, set()).add(serving(one))
    return found


def _corrected(now: InForce, read: TableauReading) -> Mapping[str, set[str]]:
    """Return who served where cells of the workbook were changed: what was written there names the doctor listed."""
    from rosterplan.domain.versions import serving

    there = _expected(now.roster)
    expected = {(one.duty, one.doctor): serving(one) for one in now.roster.assignments}
    for change in read.changed:
        came = there.setdefault(change.duty, set())
        if change.before is not None:
            came.discard(expected.get((change.duty, change.before), change.before))
        if change.after is not None:
            came.add(change.after)
    return there


def _refuse_forgotten(now: InForce, file: Path, named: frozenset[str]) -> None:
    """Refuse a list of most of the duties held that says nothing of the others."""
    held = {one.duty for one in now.roster.assignments}
    left = sorted(held - named, key=lambda duty: (now.instance.duty_by_id[duty].start_minute, duty))
    if not left or 2 * len(held & named) <= len(held):
        return
    count = plural(len(left), say(fr="garde prévue", en="duty planned"), say(fr="gardes prévues", en="duties planned"))
    lines = [f"  – {_duty_words(now.instance, duty)}" for duty in left[:MOST_SHOWN]]
    if len(left) > MOST_SHOWN:
        lines.append("  – …")
    head = say(fr=f"{file} a une ligne pour la plupart des gardes, mais aucune pour {count} :",
               en=f"{file} has a row for most duties, but none for {count}:")  # fmt: skip
    end = say(fr="Ajoutez une ligne pour chacune, sans médecin si personne ne l’a tenue. Rien n’a été fait.",
              en="Add a row for each, without a doctor if nobody served it. Nothing was done.")  # fmt: skip
    raise Refused("\n".join([head, *lines, end]), Exit.INPUT)


def _duty_words(instance: Instance, duty: str) -> str:
    from rosterplan.report.changes import duty_words

    return duty_words(instance, duty)
