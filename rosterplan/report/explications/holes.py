"""Holes explained: the holes, who is kept by what, and what fills them, as pages and as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rosterplan.domain.asked import unit_of
from rosterplan.domain.explanations import HoleExplained, Remedy
from rosterplan.messages import say
from rosterplan.messages.counted import to_fill, unfilled
from rosterplan.messages.words import hours, long_date, plural, signed
from rosterplan.report.explications.page import Page, Part
from rosterplan.report.facts import Facts
from rosterplan.report.hole_proof import proof_cell, proof_clause, proofs_told
from rosterplan.report.kept_words import kept_words, nothing
from rosterplan.report.tableau.book import Cell, Column
from rosterplan.report.trade import band_word


def hole_pages(facts: Facts, holes: Sequence[HoleExplained]) -> tuple[Page, ...]:
    """The sheets `Gardes non pourvues`, `Solutions` and `Médecin par médecin`."""
    of_duties = unit_of(facts.instance) == "duty"  # elsewhere a hole is a créneau that would meet part of a need
    count = unfilled(len(holes)) if of_duties else to_fill(len(holes), "slot")
    told = say(
        fr=f"{count} ; avec ces règles et ces dates, {proofs_told(holes)}.",
        en=f"{count}; with these rules and dates, {proofs_told(holes)}.",
    )
    ways = say(
        fr="Pour chaque garde, ce qui la pourvoit au moindre effort, deux gardes au plus changeant de main : chaque solution a été "
        "contrôlée règle par règle. Les messages peuvent être envoyés tels quels ; ils ne nomment aucun collègue.",
        en="For each duty, what fills it with the least effort, two duties at most changing hands: each way was checked rule by rule. "
        "The messages may be sent as they are; they name no colleague.",
    )
    return (
        Page(say(fr="Gardes non pourvues", en="Unfilled duties"), say(fr="Gardes non pourvues", en="Unfilled duties"), told,
             (Part(columns=_hole_columns(), rows=tuple(_hole_row(facts, hole) for hole in holes)),)),
        Page(say(fr="Solutions", en="Ways to fill"), say(fr="Solutions, des plus simples aux plus lourdes", en="Ways to fill, simplest first"), ways,
             (Part(columns=_way_columns(), rows=tuple(row for hole in holes for row in _way_rows(facts, hole))),)),
        Page(say(fr="Médecin par médecin", en="Doctor by doctor"), say(fr="Ce qui retient chaque médecin", en="What keeps each doctor"), told,
             (Part(columns=_doctor_columns(), rows=tuple(row for hole in holes for row in _doctor_rows(facts, hole))),)),
    )  # fmt: skip


def hole_lines(facts: Facts, holes: Sequence[HoleExplained], *, whole: bool) -> Iterator[str]:
    """Yield each hole for a terminal; ``whole``: every doctor in a line of his own, and the messages."""
    for hole in holes:
        day, when, line, band = _where(facts, hole)
        missing = f"{say(fr='il manque', en='missing:')} {plural(hole.missing, say(fr='médecin', en='doctor'))}"
        yield f"{day} {when}, {line} ({band}) : {missing}{proof_clause(hole)}"
        if hole.need:
            yield f"  {hole.need}"
        if whole:
            yield from (f"  {facts.name_of[one.doctor]} : {one.text or nothing()}" for one in hole.candidates)
        else:
            yield f"  {kept_words(facts, hole.candidates)}"
        if not hole.remedies:
            yield "  " + no_way()
        for rank, remedy in enumerate(hole.remedies, 1):
            yield f"  {rank}. {remedy.text}{_effect(remedy)}"
            if whole:
                yield from (f"     {_to(facts, request.doctor)}{request.text}" for request in remedy.requests)
        yield ""


def no_way() -> str:
    """What is said where nothing in reach fills a hole."""
    return say(
        fr="Rien ne la pourvoit, même si deux gardes changent de main de proche en proche : il faut un volontaire de plus, ou ouvrir moins.",
        en="Nothing fills it, even if two duties change hands one after the other: it takes one more volunteer, or fewer openings.",
    )


def _effect(remedy: Remedy) -> str:
    """« [juste répartition : +0,64] »: what it changes in squared duties, plus = less even."""
    by = remedy.change.get("fairness", 0)
    return f" [{say(fr='juste répartition', en='fairness')} : {_cost(by)}]" if by else ""


def _cost(ten_thousandths: int) -> str:
    return signed(round(ten_thousandths / 100))


def _to(facts: Facts, doctor: str) -> str:
    name = facts.name_of[doctor]
    return say(fr=f"À écrire {'au' if name.startswith('Dr ') else 'à'} {name} : ", en=f"To write to {name}: ")


def _where(facts: Facts, hole: HoleExplained) -> tuple[str, str, str, str]:
    duty = facts.instance.duty_by_id[hole.duty]
    when = hours(duty.start.astimezone(facts.zone), duty.end.astimezone(facts.zone))
    day = long_date(hole.day)
    return day[0].upper() + day[1:], when, facts.instance.line_by_id[hole.line].name, band_word(hole.band)


def _common(facts: Facts, hole: HoleExplained) -> tuple[Cell, ...]:
    _, when, line, _ = _where(facts, hole)
    return hole.day, when, line


def _hole_row(facts: Facts, hole: HoleExplained) -> tuple[Cell, ...]:
    first = hole.remedies[0].text if hole.remedies else no_way()
    return (
        *_common(facts, hole),
        band_word(hole.band),
        hole.missing,
        proof_cell(hole),
        f"{hole.need} {kept_words(facts, hole.candidates)}".strip(),
        first,
    )


def _way_rows(facts: Facts, hole: HoleExplained) -> Iterator[tuple[Cell, ...]]:
    for rank, remedy in enumerate(hole.remedies, 1):
        messages = "\n".join(_to(facts, request.doctor) + request.text for request in remedy.requests)
        change = remedy.change.get("fairness", 0)
        yield (*_common(facts, hole), rank, remedy.text, _cost(change), messages)


def _doctor_rows(facts: Facts, hole: HoleExplained) -> Iterator[tuple[Cell, ...]]:
    for one in hole.candidates:
        name = facts.name_of[one.doctor]
        if not one.obstacles:
            yield (*_common(facts, hole), name, say(fr="aucune", en="none"), nothing(), "")
        for obstacle in one.obstacles:
            yield (*_common(facts, hole), name, obstacle.title, obstacle.text, f"{obstacle.source} ({obstacle.row})")


def _hole_columns() -> tuple[Column, ...]:
    return (
        *_common_columns(),
        Column(say(fr="Catégorie", en="Kind"), 18, ("shrink",)),
        Column(say(fr="Manque", en="Missing"), 9, ("whole",)),
        Column(say(fr="Prouvée ?", en="Proven?"), 20, ("wrap",)),
        Column(say(fr="Ce qui retient les médecins de la ligne", en="What keeps the doctors of the line"), 48, ("wrap",)),
        Column(say(fr="Le plus simple", en="The simplest way"), 62, ("wrap",)),
    )  # fmt: skip


def _way_columns() -> tuple[Column, ...]:
    return (
        *_common_columns(),
        Column(say(fr="Rang", en="Rank"), 7, ("whole",)),
        Column(say(fr="Solution", en="Way"), 60, ("wrap",)),
        Column(say(fr="Juste répartition", en="Fairness"), 12, ("centre",)),
        Column(say(fr="Messages prêts à envoyer", en="Messages ready to send"), 76, ("wrap",)),
    )


def _doctor_columns() -> tuple[Column, ...]:
    return (
        *_common_columns(),
        Column(say(fr="Médecin", en="Doctor"), 26, ("strong",)),
        Column(say(fr="Règle qui l’empêche", en="Rule that forbids"), 32, ("shrink",)),
        Column(say(fr="Précision", en="Detail"), 66, ("wrap",)),
        Column("Source", 44, ("wrap",)),
    )


def _common_columns() -> tuple[Column, ...]:
    return (
        Column("Date", 11, ("date", "strong")),
        Column(say(fr="Horaires", en="Hours"), 13),
        Column(say(fr="Ligne", en="Line"), 26, ("shrink",)),
    )
