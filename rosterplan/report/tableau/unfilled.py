"""Sheet `Gardes non pourvues`: each hole, whether it is proven, and what keeps each doctor of its pool from it."""

from __future__ import annotations

from collections.abc import Iterable

from rosterplan.domain.asked import unit_of
from rosterplan.domain.explanations import Candidate
from rosterplan.messages import say
from rosterplan.messages.words import day_name, hours
from rosterplan.report.facts import Facts
from rosterplan.report.hole_proof import proof_cell, proofs_told
from rosterplan.report.holes import Hole
from rosterplan.report.kept_words import kept_words, nothing
from rosterplan.report.places import place_of
from rosterplan.report.proof_words import filled_sentence
from rosterplan.report.tableau.book import Book, Column, Row, head, lines_of, paragraph, section, set_columns, table
from rosterplan.report.tableau.names import HOLES
from rosterplan.report.tableau.page import set_page
from rosterplan.report.trade import band_word

_LAST = 8


def write_holes(book: Book, facts: Facts) -> None:
    """Write the holes, those of highest priority first, then what keeps each doctor, where the facts know it."""
    sheet = book.workbook.get_worksheet_by_name(HOLES)
    title = say(fr="Gardes non pourvues", en="Unfilled duties")
    columns = _columns()
    row = head(book, sheet, title, _subtitle(facts), last_column=_LAST, lines=2)
    set_columns(sheet, columns)
    if not facts.shown_holes:
        none = filled_sentence(unit_of(facts.instance))
        paragraph(book, sheet, row, none, last_column=_LAST, width=sum(column.width for column in columns))
        set_page(book, sheet, title)
        return
    ranked = sorted(facts.shown_holes, key=lambda hole: (-hole.priority, hole.of.start_minute, hole.of.line))
    rows = [_row(facts, hole, _summary(facts, hole)) for hole in ranked]
    row = table(book, sheet, row, columns, rows)
    row = section(book, sheet, row + 1, say(fr="Médecin par médecin", en="Doctor by doctor"), last_column=_LAST)
    details = [_detail(facts, hole, one) for hole in facts.shown_holes for one in _tried(facts, hole) or ()]
    end = table(book, sheet, row, _detail_columns(), details)
    sheet.autofilter(row, 0, max(end - 1, row + 1), _LAST)
    set_page(book, sheet, title, repeat=row)


def _subtitle(facts: Facts) -> str:
    if not facts.shown_holes:
        return ""
    count, proofs = len(facts.shown_holes), proofs_told(facts.shown_holes)
    return say(
        fr=f"{count} au total ; {proofs}. Pour chacune, ce qui retient les "
        "médecins qui servent la ligne ; les assouplissements les moins coûteux sont donnés par la commande « expliquer ».",
        en=f"{count} in all; {proofs}. For each, what keeps the doctors who serve "
        "the line; the cheapest concessions are given by the command `explain`.",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Date", en="Date"), 11, ("date", "strong")),
        Column(say(fr="Jour", en="Day"), 10),
        Column(say(fr="Horaires", en="Hours"), 13),
        Column(say(fr="Ligne", en="Line"), 25, ("shrink",)),
        Column(say(fr="Lieu", en="Place"), 32, ("shrink",)),
        Column(say(fr="Catégorie", en="Kind"), 26),
        Column(say(fr="Manque", en="Missing"), 9, ("whole",)),
        Column(say(fr="Prouvé ?", en="Proven?"), 32),
        Column(
            say(fr="Ce qui retient les médecins de la ligne", en="What keeps the doctors of the line"), 60, ("wrap",)
        ),
    )


def _detail_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Date", en="Date"), 0, ("date",)),
        Column(say(fr="Jour", en="Day"), 0),
        Column(say(fr="Horaires", en="Hours"), 0),
        Column(say(fr="Ligne", en="Line"), 0, ("shrink",)),
        Column(say(fr="Médecin", en="Doctor"), 0, ("strong",)),
        Column(say(fr="Règle qui l’empêche", en="Rule that forbids"), 0, ("shrink",)),
        Column(say(fr="Manque", en="Missing"), 0, ("whole",)),
        Column(say(fr="Source", en="Source"), 0, ("wrap",)),
        Column(say(fr="Précision", en="Detail"), 0, ("wrap",)),
    )


def _row(facts: Facts, hole: Hole, summary: str) -> Row:
    start, end = hole.of.start.astimezone(facts.zone), hole.of.end.astimezone(facts.zone)
    line = facts.instance.line_by_id[hole.of.line]
    place = place_of(facts.instance, hole.duty, None) if hole.duty else ""
    band = band_word(hole.duty.band) if hole.duty else say(fr="besoin", en="demand")
    day = start.date()
    cells = (day, day_name(day), hours(start, end), line.name, place, band, hole.missing, proof_cell(hole), summary)
    return Row(cells, height=12.5 * lines_of(summary, _columns()[-1].width - 2) + 4)


def _summary(facts: Facts, hole: Hole) -> str:
    """« À proposer à : Dr A et Dr B. Empêchés : Indisponibilités (3), Repos (2). »."""
    if not facts.hole_duties[hole.of.id]:
        return say(fr="besoin non couvert par les gardes de la ligne", en="need not met by the duties of the line")
    tried = _tried(facts, hole)
    if tried is None:
        return say(fr="non examinée ici : voyez « expliquer »", en="not examined here: see `explain`")
    return kept_words(facts, tried)


def _tried(facts: Facts, hole: Hole) -> tuple[Candidate, ...] | None:
    """The doctors who could fill a hole, each once, by the duty that asks least of him or her; None = not known."""
    duties = [duty.id for duty in facts.hole_duties[hole.of.id]]
    if facts.kept is None or any(duty not in facts.kept for duty in duties):
        return None
    return _each_once(one for duty in duties for one in facts.kept[duty])


def _each_once(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    for one in candidates:
        known = found.get(one.doctor)
        if known is None or len(one.obstacles) < len(known.obstacles):
            found[one.doctor] = one
    return tuple(found.values())


def _detail(facts: Facts, hole: Hole, one: Candidate) -> Row:
    """A row per doctor: the rule counted above, then all that keeps him or her."""
    start, end = hole.of.start.astimezone(facts.zone), hole.of.end.astimezone(facts.zone)
    line, name, day = facts.instance.line_by_id[hole.of.line].name, facts.name_of[one.doctor], start.date()
    title, source, text = say(fr="aucune", en="none"), "", nothing()
    if one.obstacles:
        title, source, text = one.obstacles[0].title, one.obstacles[0].source, one.text
    cells = (day, day_name(day), hours(start, end), line, name, title, hole.missing, source, text)
    *_, wide, widest = _columns()  # the last two columns of both tables
    height = 12.5 * max(lines_of(source, wide.width - 2), lines_of(text, widest.width - 2)) + 4
    return Row(cells, () if one.obstacles else ("good",), height=height)
