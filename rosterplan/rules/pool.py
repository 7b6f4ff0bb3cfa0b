"""The smallest pool a capped line can live with, month by month, foreseen before any solving.

A pure count: what the doctors of a line may hold under the cap, against what the calendar asks for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import numpy as np

from rosterplan.domain.findings import Note
from rosterplan.domain.instance import Instance
from rosterplan.domain.people import Doctor
from rosterplan.domain.work import Duty, Line
from rosterplan.messages import say
from rosterplan.messages.trade import band_words, status_word
from rosterplan.messages.words import plural
from rosterplan.rules.admission import admitted
from rosterplan.rules.base import Rule
from rosterplan.rules.eligible import Eligible


def pool_notes(
    rule: Rule,
    instance: Instance,
    most: Callable[[Doctor], int],
    number: Callable[[date], int],
    when: Callable[[date], str],
) -> Iterator[Note]:
    """Yield, per line, house at turn and period, a note where no roster can cover the line without accepted overruns.

    ``most``: what the cap allows a doctor in a period; ``number`` and ``when``: the period of a day, and its words.
    """
    for table in admitted(instance, (Eligible(scope=rule.scope.model_copy(update={"bands": (), "statuses": ()})),)):
        line = table.line
        if not rule.scope.covers_line(line):
            continue
        turns: dict[tuple[tuple[str, ...], int], list[int]] = defaultdict(list)
        for column, duty in enumerate(table.duties):
            if rule.scope.covers_band(duty.band):
                turns[duty.establishments, number(duty.date)].append(column)
        for (_, _), columns in turns.items():
            duties = [table.duties[column] for column in columns]
            able = np.flatnonzero(table.mask[:, columns].any(axis=1)).tolist()
            pool = [table.doctors[row] for row in able]
            asked = 0 if rule.scope.bands else fewest_shifts(instance, line, duties)
            yield from _told(rule, line, duties, pool, most, when, asked)


def fewest_shifts(instance: Instance, line: Line, duties: Sequence[Duty]) -> int:
    """Return how few of the ``duties`` of a line may meet its needs by interval: the hours asked, by the longest shift.

    Hours that a shift of another line, or dated before, may cover are left out: it is never too many.
    """
    if not duties or any(other.counts_for == line.id for other in instance.lines):
        return 0
    longest = max(duty.minutes for duty in duties)
    first = min(duty.start_minute for duty in duties) + longest
    last = max(duty.end_minute for duty in duties)
    minutes = 0
    for demand in instance.demands:
        inside = first <= demand.start_minute and demand.end_minute <= last
        if demand.line == line.id and inside and not demand.in_all:
            minutes += demand.need * demand.minutes
    return -(-minutes // longest)


def _told(
    rule: Rule,
    line: Line,
    duties: list[Duty],
    pool: list[Doctor],
    most: Callable[[Doctor], int],
    when: Callable[[date], str],
    asked: int,
) -> Iterator[Note]:
    """Yield what is said of one line in one period; ``asked`` shifts at least meet its needs by interval."""
    need = sum(duty.need_min for duty in duties) + asked
    bound = [doctor for doctor in pool if rule.scope.covers_doctor(doctor) and not rule.lifted_by(doctor)]
    lifted = [doctor for doctor in pool if rule.scope.covers_doctor(doctor) and rule.lifted_by(doctor)]
    capacity = sum(most(doctor) for doctor in (*bound, *lifted))
    if need <= capacity or len(bound) + len(lifted) < len(pool):
        return
    each = max((most(doctor) for doctor in pool), default=0)
    wanted = -(-need // each) if each else 0
    beyond, day = need - capacity, min(duty.date for duty in duties)
    yield Note(
        code=rule.code, severity="information" if lifted else "avertissement", line=line.id,
        month=f"{day.year}-{day.month:02}", need=need, supply=capacity if not lifted else need,
        text=_words(line, duties, pool, need=need, wanted=wanted, beyond=beyond, lifted=len(lifted), when=when(day), least=asked > 0),
    )  # fmt: skip


def _words(
    line: Line,
    duties: list[Duty],
    pool: list[Doctor],
    *,
    need: int,
    wanted: int,
    beyond: int,
    lifted: int,
    when: str,
    least: bool,
) -> str:
    """« mai 2026 : 9 gardes de la catégorie « Dimanche et férié », il faut 5 PH sans volontaire, vous en avez 4… »"""
    statuses = {doctor.status for doctor in pool}
    who = status_word(statuses.pop()) if len(statuses) == 1 else say(fr="médecins", en="doctors")
    named = band_words(tuple(dict.fromkeys(duty.band for duty in duties)))
    over = plural(beyond, say(fr="dépassement accepté", en="accepted overrun"),
                  say(fr="dépassements acceptés", en="accepted overruns"))  # fmt: skip
    have = say(
        fr=f"vous en avez {len(pool)}{f', dont {lifted} au-delà du plafond' if lifted else ''}",
        en=f"you have {len(pool)}{f', of whom {lifted} beyond the cap' if lifted else ''}",
    )
    end = (
        say(fr=f"il faudra au moins {over}.", en=f"at least {over} will be needed.")
        if lifted
        else say(
            fr=f"{plural(beyond, 'garde restera vide', 'gardes resteront vides')}, ou {over} par les médecins.",
            en=f"{plural(beyond, 'duty stays', 'duties stay')} empty, or {over} by the doctors.",
        )
    )
    some = say(fr="au moins ", en="at least ") if least else ""
    return say(
        fr=f"{line.name}, {when} : {some}{plural(need, 'garde')} ({named}) ; il faut {wanted} {who} sans volontaire au-delà du "
        f"plafond, {have} ; {end}",
        en=f"{line.name}, {when}: {some}{plural(need, 'duty', 'duties')} ({named}); {wanted} {who} are needed without volunteers "
        f"beyond the cap, {have}; {end}",
    )
