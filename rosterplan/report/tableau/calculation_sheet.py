"""Sheet `Calcul`: the report of the calculation for doctors: what is proven, what is not, and how each bound is known."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

import rosterplan
from rosterplan.domain.asked import unit_of
from rosterplan.domain.fairness import SCALE
from rosterplan.domain.result import Level, StageResult
from rosterplan.messages import say
from rosterplan.report.claim_words import claim_sentence
from rosterplan.report.facts import Facts
from rosterplan.report.proof_words import (
    StageWords,
    agreement_sentence,
    fairness_limit,
    given_holes,
    level_sentence,
    squared,
    stage_words,
)
from rosterplan.report.tableau.book import (
    Book,
    Column,
    Row,
    head,
    lines_of,
    paragraph,
    put,
    section,
    set_columns,
    table,
)
from rosterplan.report.tableau.names import CALCULATION
from rosterplan.report.tableau.page import set_page
from rosterplan.report.trade import band_word, thousands

_LAST = 6
_CHARACTERS = 178


def write_calculation(book: Book, facts: Facts, versions: Mapping[str, str]) -> None:
    """Write status, stages, coverage by priority, fairness and what the calculation was made with."""
    sheet = book.workbook.get_worksheet_by_name(CALCULATION)
    title = say(fr="Rapport de calcul", en="Report of the calculation")
    row = head(book, sheet, title, _subtitle(), last_column=_LAST, lines=2)
    columns = _columns()
    set_columns(sheet, columns)
    status = claim_sentence(facts)
    row = paragraph(book, sheet, row, status, last_column=_LAST, width=_CHARACTERS)
    row = paragraph(book, sheet, row, agreement_sentence(facts), last_column=_LAST, width=_CHARACTERS)
    row = section(book, sheet, row + 1, say(fr="Objectif par objectif", en="Stage by stage"), last_column=_LAST)
    row = table(book, sheet, row, columns, [_row(words) for words in stage_words(facts)])
    row = _levels(book, sheet, row + 1, facts)
    row = _fairness(book, sheet, row, facts)
    _made_with(book, sheet, row + 1, facts, versions)
    set_page(book, sheet, title)


def _subtitle() -> str:
    return say(
        fr="Les objectifs sont servis dans cet ordre : un objectif n’est jamais sacrifié à un suivant, sauf la marge de juste répartition "
        "choisie. « Prouvé » veut dire : démontré par le calcul qu’aucun tableau conforme aux règles ne fait mieux.",
        en="Stages are served in this order: none is sacrificed to a later one, but for the chosen margin of fair sharing. “Proven” means: "
        "the calculation demonstrates that no roster within the rules does better.",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Objectif", en="Stage"), 24, ("strong", "wrap", "top")),
        Column(say(fr="Ce qui est mesuré", en="What is measured"), 32, ("wrap", "top")),
        Column(say(fr="Valeur", en="Value"), 11, ("right", "top")),
        Column(say(fr="Limite\nconnue", en="Known\nbound"), 11, ("right", "top")),
        Column(say(fr="Prouvé ?", en="Proven?"), 10, ("centre", "top")),
        Column(say(fr="Ce qu’on sait", en="What is known"), 62, ("wrap", "top")),
        Column(say(fr="Comment on le sait", en="How it is known"), 28, ("wrap", "top")),
    )


def _row(words: StageWords) -> Row:
    stage = words.stage
    proven = stage.proven and stage.bound is not None
    fairness = stage.name == "fairness"
    bound = None if stage.bound is None else squared(stage.bound) if fairness else thousands(stage.bound)
    value = squared(stage.value) if fairness else thousands(stage.value)
    informative = stage.name in ("wishes", "comfort")
    answer = say(fr="oui", en="yes") if proven else "–" if informative else say(fr="non", en="no")
    cells = (words.name, words.measures, value, bound or "–", answer, words.verdict, stage.how)
    tallest = max(lines_of(text, column.width - 2) for text, column in zip(cells, _columns(), strict=True))
    return Row(cells, ("good",) if proven else (), height=12.5 * tallest + 5)


def _levels(book: Book, sheet: Worksheet, row: int, facts: Facts) -> int:
    """What is known of each coverage priority, highest first."""
    levels = [level for stage in facts.result.stages for level in stage.levels]
    if not levels:
        return row
    title = say(fr="Couverture, priorité par priorité", en="Coverage, priority by priority")
    row = section(book, sheet, row, title, last_column=_LAST)
    for level in sorted(levels, key=lambda level: -level.priority):
        put(
            book,
            sheet,
            row,
            0,
            say(fr=f"Priorité {level.priority}", en=f"Priority {level.priority}"),
            book.pen("value"),
        )
        put(book, sheet, row, 1, _bands_of(facts, level), book.pen("label"))
        put(book, sheet, row, 2, level_sentence(level, unit_of(facts.instance)), book.pen("body-line"))
        row += 1
    return row + 1


def _bands_of(facts: Facts, level: Level) -> str:
    """The bands seen missing at this priority."""
    bands = {hole.duty.band for hole in facts.holes if hole.duty and hole.priority == level.priority}
    return ", ".join(band_word(band) for band in facts.bands if band in bands)


def _fairness(book: Book, sheet: Worksheet, row: int, facts: Facts) -> int:
    """F̂, its bound, F of this roster and what the dial allowed, in squared duties."""
    stage: StageResult | None = next((one for one in facts.result.stages if one.name == "fairness"), None)
    if stage is None:
        return row
    best = stage.value if stage.best is None else stage.best
    dial = f"{100 * facts.instance.plan.fairness_tolerance:g}".replace(".", say(fr=",", en="."))
    limit = fairness_limit(facts.result, facts.instance.plan.fairness_tolerance, len(facts.instance.doctors))
    unknown = say(fr="inconnue", en="unknown")
    lines = (
        (squared(best), say(fr="meilleur équilibre trouvé (F̂), en gardes²", en="best balance found (F̂), in duties²")),
        (
            unknown if stage.bound is None else squared(stage.bound),
            say(fr="limite : aucun tableau ne descend dessous", en="bound: no roster goes below")
            + (f", {given_holes(unit_of(facts.instance))}" if facts.holes else ""),
        ),
        (squared(stage.value), say(fr="équilibre de ce tableau (F)", en="balance of this roster (F)")),
        (
            squared(round((limit or 0) * SCALE)),
            say(fr=f"maximum admis au profit des vœux et du confort (marge choisie : {dial} %)", en=f"most allowed for wishes and comfort (chosen margin: {dial} %)"),
        ),
    )  # fmt: skip
    row = section(
        book, sheet, row, say(fr="Juste répartition, en chiffres", en="Fair sharing, in figures"), last_column=_LAST
    )
    for value, words in lines:
        put(book, sheet, row, 0, value, book.pen("value"))
        put(book, sheet, row, 1, words, book.pen("label"))
        row += 1
    return row


def _made_with(book: Book, sheet: Worksheet, row: int, facts: Facts, versions: Mapping[str, str]) -> None:
    row = section(book, sheet, row, say(fr="Pour refaire ce calcul", en="To run this again"), last_column=_LAST)
    result = facts.result
    lines = (
        (say(fr="Graine, effort", en="Seed, effort"), f"{result.seed}, {result.effort}"),
        (say(fr="Empreinte de l’entrée", en="Hash of the input"), facts.input_sha256),
        (
            say(fr="Versions", en="Versions"),
            ", ".join(
                f"{name} {version}" for name, version in {"rosterplan": rosterplan.__version__, **versions}.items()
            ),
        ),
    )
    for label, value in lines:
        put(book, sheet, row, 0, label, book.pen("label"))
        put(book, sheet, row, 1, value, book.pen("body-line"))
        row += 1
    same = say(
        fr="Mêmes fichiers, même graine, même effort, mêmes versions : le même tableau, quel que soit le nombre de processeurs.",
        en="Same files, same seed, same effort, same versions: the same roster, whatever the number of processors.",
    )
    cut = say(
        fr="Calcul interrompu : un nouvel essai peut donner un autre tableau.",
        en="Cut short: another run may give another roster.",
    )
    put(book, sheet, row, 0, cut if result.status == "stopped" else same, book.pen("label"))
