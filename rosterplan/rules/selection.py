"""What several rules select: columns in a scope when posting, timelines in a scope when auditing, words for both.

Posting and auditing each have their own half here: no function serves both.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from rosterplan.domain.instance import Held, Instance, held_of_duty, held_of_history
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Scope
from rosterplan.messages import say
from rosterplan.messages.words import listed, long_date

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols


def in_scope(canvas: Canvas, scope: Scope) -> Cols:
    """Return the pairs a rule with this scope concerns, past ones included (for `post`)."""
    pairs, codes = canvas.pairs, canvas.codes
    kept = np.ones(len(pairs), dtype=bool)
    narrowed = (
        ("line", scope.lines), ("sector", scope.sectors), ("band", scope.bands), ("modality", scope.modalities),
        ("status", scope.statuses), ("establishment", scope.establishments), ("doctor", scope.doctors),
    )  # fmt: skip
    for kind, names in narrowed:
        if names:
            kept &= np.isin(pairs[kind], codes.numbers(kind, names))
    return pairs.where(kept)


def timelines(instance: Instance, roster: Roster, scope: Scope) -> dict[str, list[Held]]:
    """Return what each doctor in scope holds, past included, by start then end (for `audit`)."""
    lines = instance.line_by_id
    found: dict[str, list[Held]] = defaultdict(list)
    for past in instance.history:
        if past.doctor in instance.doctor_by_id:
            found[past.doctor].append(held_of_history(past))
    for doctor, duties in roster.duties_of.items():
        found[doctor] += [held_of_duty(doctor, instance.duty_by_id[duty]) for duty in duties]
    kept: dict[str, list[Held]] = {}
    for doctor, held in found.items():
        if not scope.covers_doctor(instance.doctor_by_id[doctor]):
            continue
        inside = [one for one in held if scope.covers_band(one.band) and _line_in_scope(lines.get(one.line), scope)]
        if inside:
            kept[doctor] = sorted(inside, key=lambda one: (one.start_minute, one.end_minute, one.line))
    return kept


def _line_in_scope(line: object, scope: Scope) -> bool:
    """True if a line is in scope; a past line unknown today is so only where no line is named."""
    from rosterplan.domain.work import Line

    if isinstance(line, Line):
        return scope.covers_line(line)
    return not (scope.lines or scope.sectors or scope.modalities)


def described(instance: Instance, held: Held) -> str:
    """« la garde du samedi 2 janvier 2027 (CAPS de Clisson) »."""
    line = instance.line_by_id.get(held.line)
    name = line.name if line else held.line
    return say(fr=f"la garde du {long_date(held.date)} ({name})", en=f"the duty of {long_date(held.date)} ({name})")


def applies(scope: Scope) -> str:
    """« (lignes A et B ; statut PH) », or nothing where the rule applies to all."""
    parts = []
    if scope.lines:
        parts.append(say(fr="lignes ", en="lines ") + listed(scope.lines))
    if scope.sectors:
        parts.append(say(fr="secteurs ", en="sectors ") + listed(scope.sectors))
    if scope.bands:
        parts.append(say(fr="catégories ", en="bands ") + listed(scope.bands))
    if scope.modalities:
        parts.append(say(fr="modalités ", en="modalities ") + listed(scope.modalities))
    if scope.statuses:
        parts.append(say(fr="statuts ", en="statuses ") + listed(scope.statuses))
    if scope.establishments:
        parts.append(say(fr="établissements ", en="establishments ") + listed(scope.establishments))
    if scope.doctors:
        parts.append(say(fr="médecins ", en="doctors ") + listed(scope.doctors, most=5))
    return f" ({' ; '.join(parts)})" if parts else ""
