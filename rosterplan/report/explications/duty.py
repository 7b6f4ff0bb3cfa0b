"""A duty explained: who holds it and why, then who could take it over, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rosterplan.domain.explanations import DutyExplained, Takeover
from rosterplan.messages import say
from rosterplan.messages.words import decimal, hours, long_date, signed
from rosterplan.report.explications.page import Page, Part
from rosterplan.report.facts import Facts
from rosterplan.report.share_lines import share_table
from rosterplan.report.tableau.book import Cell, Column
from rosterplan.report.trade import band_word


def duty_page(facts: Facts, found: Sequence[DutyExplained]) -> Page:
    """The sheet `Garde`."""
    duty = facts.instance.duty_by_id[found[0].duty]
    when = hours(duty.start.astimezone(facts.zone), duty.end.astimezone(facts.zone))
    title = f"{facts.instance.line_by_id[duty.line].name}, {long_date(duty.date)}, {when} ({band_word(duty.band)})"
    parts = tuple(Part(_heading(facts, one), tuple(_why(facts, one)), _columns(), _rows(facts, one)) for one in found)
    subtitle = say(
        fr="Qui tient la garde et pourquoi ; puis qui pourrait la reprendre, du plus juste au moins juste.",
        en="Who holds the duty and why; then who could take it over, the fairest first.",
    )
    return Page(say(fr="Garde", en="Duty"), title, subtitle, parts)


def _heading(facts: Facts, one: DutyExplained) -> str:
    if one.holder is None:
        return say(fr="Personne ne tient cette garde", en="Nobody holds this duty")
    held = say(fr=f"Tenue par {_the(facts.name_of[one.holder])}", en=f"Held by {facts.name_of[one.holder]}")
    there = [
        at.replaced_by
        for at in facts.roster.assignments
        if (at.duty, at.doctor) == (one.duty, one.holder) and at.replaced_by
    ]
    if not there:
        return held
    return held + say(
        fr=f", assurée par {_the(facts.name_of[there[0]])} (changement noté)",
        en=f", served by {facts.name_of[there[0]]} (change recorded)",
    )


def _the(name: str) -> str:
    return f"le {name}" if name.startswith("Dr ") else name


def _why(facts: Facts, one: DutyExplained) -> Iterator[str]:
    """Yield why this doctor: decided by hand, wished, his share in this kind of duty, and no fairer hand-over."""
    duty = facts.instance.duty_by_id[one.duty]
    if one.decided:
        yield say(
            fr="La case a été décidée à la main : elle n’a pas été calculée.",
            en="The cell was decided by hand, not computed.",
        )
    if one.wished:
        yield say(fr="Il s’agit d’un souhait de ce médecin.", en="The doctor wished for it.")
    group = facts.instance.group_of_line.get(duty.line, "")
    for line in share_table(facts).of_band.get((group, duty.band), ()):
        if line.doctor == one.holder and line.renfort:
            yield say(
                fr="La garde est tenue en renfort, hors de toute part.", en="It is held to help out, outside any share."
            )
        elif line.doctor == one.holder:
            yield say(
                fr=f"Sa part de « {band_word(duty.band)} » : {line.arithmetic} ; objectif {decimal(line.target)}, tenues {line.held}.",
                en=f"Share of “{band_word(duty.band)}”: {line.arithmetic}; target {decimal(line.target)}, held {line.held}.",
            )
    free = [other for other in one.takeovers if not other.obstacles]
    kept = len(one.takeovers) - len(free)
    yield say(
        fr=f"{len(free)} médecin{'s' if len(free) > 1 else ''} de la ligne pourrai{'en' if len(free) > 1 else ''}t la prendre sans enfreindre de règle ; {kept} en "
        f"{'sont empêchés' if kept > 1 else 'est empêché'}.",
        en=f"{len(free)} could take it without breaking a rule; {kept} are kept from it.",
    )
    if free and one.holder is not None:
        best = free[0].change.get("fairness", 0)
        yield (
            say(
                fr="Aucune de ces reprises ne rendrait le partage plus juste.", en="None would make the sharing fairer."
            )
            if best >= 0
            else say(
                fr=f"La première rendrait le partage plus juste ({_cost(best)}).",
                en=f"The first would make the sharing fairer ({_cost(best)}).",
            )
        )


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Médecin", en="Doctor"), 28, ("strong",)),
        Column(say(fr="Juste répartition", en="Fairness"), 14, ("centre",)),
        Column(say(fr="Souhaits et confort", en="Wishes and comfort"), 14, ("centre",)),
        Column(say(fr="Ce qui l’empêche", en="What stands in the way"), 80, ("wrap",)),
    )


def _rows(facts: Facts, one: DutyExplained) -> tuple[tuple[Cell, ...], ...]:
    return tuple(_row(facts, other) for other in one.takeovers)


def _row(facts: Facts, other: Takeover) -> tuple[Cell, ...]:
    text = " ".join(obstacle.text for obstacle in other.obstacles) or say(fr="rien", en="nothing")
    blend = other.change.get("blend", 0)
    return (
        facts.name_of[other.doctor],
        _cost(other.change.get("fairness", 0)),
        f"{blend:+d}".replace("-", "−") if blend else "0",
        text,
    )


def _cost(ten_thousandths: int) -> str:
    return signed(round(ten_thousandths / 100))
