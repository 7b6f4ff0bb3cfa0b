"""What several rules select: pairs when admitting, columns when posting, timelines when auditing, words for all.

Admitting and posting on one side, auditing on the other: no function serves both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from rosterplan.domain.instance import Held, Instance, held_of_duty, held_of_history
from rosterplan.domain.people import Doctor
from rosterplan.domain.roster import Roster
from rosterplan.domain.rulebook import Scope
from rosterplan.domain.work import Duty, Line
from rosterplan.messages import say
from rosterplan.messages.trade import band_words, modality_word, status_word
from rosterplan.messages.words import listed, long_date
from rosterplan.rules.base import BoolArray, IntArray, Rule, soft_of

if TYPE_CHECKING:
    from rosterplan.canvas import Canvas, Cols, Soft
    from rosterplan.rules.admission import View

# Admitting


def concerned(view: View, scope: Scope, mask: BoolArray) -> BoolArray | None:
    """Return ``mask`` where the rule applies and True elsewhere; None where it does not concern the line."""
    if not scope.covers_line(view.line):
        return None
    if scope.bands:
        mask = mask | ~np.isin(view.bands, scope.bands)
    if scope.doctors or scope.statuses or scope.establishments:
        inside = np.array([scope.covers_doctor(doctor) for doctor in view.doctors], dtype=bool)
        mask = mask | ~inside[:, None]
    return mask


# Posting


def in_scope(canvas: Canvas, scope: Scope) -> Cols:
    """Return the pairs a rule with this scope concerns, past ones included."""
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


def at_most(
    canvas: Canvas,
    rule: Rule,
    cols: Cols,
    by: Sequence[str],
    hi: int | IntArray,
    *,
    coef: int | IntArray = 1,
    rolling: tuple[str, int] | None = None,
) -> None:
    """Post Σ coef·column ≤ hi per group, or per window of ``rolling`` (attribute, span), as firmly as the rule holds.

    Strict: for all. Soft: each unit above costs the weight. Unless accepted: strict, but for who accepts more, of
    whom e units above cost weight × e². ``by`` has the doctor. ``hi``, ``coef``: one number, or one per column.
    """
    strict = np.array([rule.hard_on(rule.lifted_by(doctor)) for doctor in canvas.instance.doctors], dtype=bool)
    for firm in (True, False):
        chosen = strict[cols["doctor"]] == firm
        part = cols.where(chosen)
        if len(part) == 0:
            continue
        top, times = (one if isinstance(one, int) else one[chosen] for one in (hi, coef))
        over = None if firm else _beyond(rule)
        if rolling is None:
            canvas.limit(rule.code, part, by, hi=top, coef=times, over=over)
        else:
            canvas.window(rule.code, part, by, rolling[0], rolling[1], top, coef=times, over=over)


def _beyond(rule: Rule) -> Soft:
    """Return what passing a cap costs: squared where it is accepted, linear where the rule is soft."""
    from rosterplan.canvas import Soft

    strength = rule.strength
    assert strength.stage is not None
    return Soft(strength.stage, strength.weight, squared=strength.kind == "hard-unless-accepted")


def not_both(canvas: Canvas, rule: Rule, first: IntArray, second: IntArray) -> None:
    """Forbid, or charge if the rule is soft, each two columns at the same place of ``first`` and ``second``."""
    bond = np.arange(len(first), dtype=np.int64)
    cols = bonded(np.concatenate((first, second)), np.concatenate((bond, bond)))
    canvas.limit(rule.code, cols, ("bond",), hi=1, over=soft_of(rule.strength))


def bonded(columns: IntArray, bond: IntArray) -> Cols:
    """Return columns, repeated where they have several bonds, with the attribute ``bond`` alone."""
    from rosterplan.canvas import Cols

    return Cols(columns, {"bond": bond})


def only_with(canvas: Canvas, rule: Rule, cols: Cols, partners: Cols, by: Sequence[str]) -> None:
    """Forbid, or charge if the rule is soft, each pair of ``cols`` taken without a partner equal in ``by``.

    What a person decided is never forbidden for want of a partner; the past is neither forbidden nor charged.
    """
    spared = "past" if rule.strength.kind == "soft" else "fixed"
    cols = cols.where(cols[spared] == 0)
    if len(cols) == 0:
        return
    keys = [np.concatenate((cols[name], partners[name])) for name in by]
    _, group = np.unique(np.stack(keys), axis=1, return_inverse=True)
    mine, theirs = group[: len(cols)], group[len(cols) :]
    bond, partner = equal_in(mine, theirs)
    members = np.concatenate((cols.id, partners.id[partner]))
    bonds = np.concatenate((np.arange(len(cols), dtype=np.int64), bond))
    coef = np.concatenate((np.ones(len(cols), dtype=np.int64), -np.ones(len(bond), dtype=np.int64)))
    canvas.limit(rule.code, bonded(members, bonds), ("bond",), hi=0, coef=coef, over=soft_of(rule.strength))


def equal_in(mine: IntArray, theirs: IntArray) -> tuple[IntArray, IntArray]:
    """Return every (i, j) with mine[i] = theirs[j], by i."""
    order = np.argsort(theirs, kind="stable")
    low, high = (np.searchsorted(theirs[order], mine, side) for side in ("left", "right"))
    return _spread(low, high, order)


def starting_within(
    group: IntArray, low: IntArray, high: IntArray, other_group: IntArray, time: IntArray
) -> tuple[IntArray, IntArray]:
    """Return every (i, j) of one group with low[i] ≤ time[j] < high[i], by i."""
    if len(group) == 0 or len(time) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    origin, width = int(time.min()), int(time.max() - time.min()) + 2
    order = np.lexsort((time, other_group))
    key = other_group[order] * width + time[order] - origin
    heads, tails = (np.clip(side - origin, 0, width - 1) + group * width for side in (low, high))
    return _spread(np.searchsorted(key, heads, "left"), np.searchsorted(key, tails, "left"), order)


def _spread(low: IntArray, high: IntArray, order: IntArray) -> tuple[IntArray, IntArray]:
    """Return (i, order[k]) for every k in [low[i], high[i])."""
    lengths = np.maximum(high - low, 0)
    first = np.repeat(np.arange(len(low), dtype=np.int64), lengths)
    heads = np.repeat(low - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return first, order[heads + np.arange(int(lengths.sum()), dtype=np.int64)]


# Auditing


def assigned(instance: Instance, roster: Roster, scope: Scope) -> Iterator[tuple[Duty, Doctor]]:
    """Yield who holds what within a scope, in the order of the roster."""
    for one in roster.assignments:
        duty, doctor = instance.duty_by_id[one.duty], instance.doctor_by_id[one.doctor]
        if (
            scope.covers_band(duty.band)
            and scope.covers_doctor(doctor)
            and scope.covers_line(instance.line_by_id[duty.line])
        ):
            yield duty, doctor


def timelines(instance: Instance, roster: Roster, scope: Scope) -> dict[str, list[Held]]:
    """Return what each doctor in scope holds, past included, by start then end."""
    lines, doctors = instance.line_by_id, instance.doctor_by_id
    found: dict[str, list[Held]] = defaultdict(list)
    for doctor, past in instance.once("past timelines", lambda: _past_of(instance)).items():
        if doctor in doctors and scope.covers_doctor(doctors[doctor]):
            found[doctor] += past
    for doctor, duties in roster.duties_of.items():
        if scope.covers_doctor(doctors[doctor]):
            found[doctor] += [held_of_duty(doctor, instance.duty_by_id[duty]) for duty in duties]
    all_duties = not (scope.lines or scope.sectors or scope.modalities or scope.bands)
    kept: dict[str, list[Held]] = {}
    for doctor, held in found.items():
        inside = [
            one for one in held if all_duties or (scope.covers_band(one.band) and _line_in_scope(one, lines, scope))
        ]
        if inside:
            kept[doctor] = sorted(inside, key=lambda one: (one.start_minute, one.end_minute, one.line))
    return kept


def _past_of(instance: Instance) -> dict[str, tuple[Held, ...]]:
    """Return what each doctor held in the past, in the order given."""
    found: dict[str, list[Held]] = defaultdict(list)
    for past in instance.history:
        found[past.doctor].append(held_of_history(past))
    return {doctor: tuple(held) for doctor, held in found.items()}


def _line_in_scope(held: Held, lines: dict[str, Line], scope: Scope) -> bool:
    """True if a line is in scope; of a past line unknown today only the id is known."""
    line = lines.get(held.line)
    if line is None:
        return not (scope.sectors or scope.modalities) and (not scope.lines or held.line in scope.lines)
    return scope.covers_line(line)


def overrun_cost(rule: Rule, doctor: Doctor, total: int, cap: int, past: int) -> int:
    """Return what passing a cap costs, 0 where it is forbidden instead; what the past alone passes is free."""
    if rule.hard_on(rule.lifted_by(doctor)):
        return 0
    beyond = max(0, total - max(cap, past))
    return rule.strength.weight * (beyond * beyond if rule.strength.kind == "hard-unless-accepted" else beyond)


def current(held: Sequence[Held]) -> tuple[str, ...]:
    """Return the ids of the duties of this roster among those held."""
    return tuple(one.duty for one in held if one.duty is not None)


# Words


def described(instance: Instance, held: Held) -> str:
    """« la garde du samedi 2 janvier 2027 (CAPS de Clisson) »."""
    line = instance.line_by_id.get(held.line)
    name = line.name if line else held.line
    return say(fr=f"la garde du {long_date(held.date)} ({name})", en=f"the duty of {long_date(held.date)} ({name})")


def applies(scope: Scope) -> str:
    """« (lignes A et B ; statut PH) », or nothing where the rule applies to all."""
    named = (
        (scope.lines, ("ligne", "lignes"), ("line", "lines"), listed(scope.lines)),
        (scope.sectors, ("secteur", "secteurs"), ("sector", "sectors"), listed(scope.sectors)),
        (scope.bands, ("catégorie", "catégories"), ("band", "bands"), band_words(scope.bands)),
        (scope.modalities, ("modalité", "modalités"), ("modality", "modalities"), _worded(modality_word, scope.modalities)),
        (scope.statuses, ("statut", "statuts"), ("status", "statuses"), _worded(status_word, scope.statuses)),
        (
            scope.establishments, ("établissement", "établissements"), ("establishment", "establishments"),
            listed(scope.establishments),
        ),
        (scope.doctors, ("médecin", "médecins"), ("doctor", "doctors"), listed(scope.doctors, most=5)),
    )  # fmt: skip
    parts = [
        f"{say(fr=french[len(names) > 1], en=english[len(names) > 1])} {text}"
        for names, french, english, text in named
        if names
    ]
    return f" ({say(fr=' ; ', en='; ').join(parts)})" if parts else ""


def _worded(word: Callable[[str], str], codes: Sequence[str]) -> str:
    """Return codes in words, as a list in a sentence."""
    return listed([word(code) for code in codes])


def leniency(rule: Rule) -> str:
    """« , si possible » for a soft rule, « , sauf accord du médecin » where more may be accepted, else nothing."""
    if rule.strength.kind == "soft":
        return say(fr=", si possible", en=", where possible")
    if rule.strength.kind == "hard-unless-accepted":
        return say(fr=", sauf accord du médecin", en=", unless the doctor agrees")
    return ""
