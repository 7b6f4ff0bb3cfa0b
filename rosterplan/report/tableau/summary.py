"""Sheet `Sommaire`: what this workbook is, its key figures, the deadlines, where everything stands, what colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.asked import unit_of
from rosterplan.domain.calendar.deadlines import back_plan
from rosterplan.domain.circuit import circuit_of
from rosterplan.domain.tableau_layout import LISTE
from rosterplan.messages import say
from rosterplan.messages.counted import label_filled, label_unfilled
from rosterplan.messages.trade import step_word
from rosterplan.messages.words import long_date, plural
from rosterplan.report.claim_words import claim_sentence
from rosterplan.report.facts import Facts
from rosterplan.report.indicators import asked_of, coverage, coverage_by_family, family_word
from rosterplan.report.tableau.book import Book, Link, paragraph, put, section
from rosterplan.report.tableau.names import (
    CALCULATION,
    CHARTS,
    DOCTORS,
    HOLES,
    INDICATORS,
    ORDRE,
    RULES,
    SHARES,
    WISHES,
    Names,
)
from rosterplan.report.tableau.page import set_page
from rosterplan.report.trade import days_word, period_word, version_word
from rosterplan.report.wish_lines import WishLine

_LAST: Final = 3
_WIDTHS: Final = (41.0, 14.0, 34.0, 32.0)
_CHARACTERS: Final = sum(_WIDTHS)


def write_summary(book: Book, facts: Facts, wishes: Sequence[WishLine], names: Names) -> None:
    """Write the first page of the workbook."""
    sheet = book.workbook.get_worksheet_by_name("Sommaire")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    title = say(fr="Tableau de garde", en="Duty roster")
    put(book, sheet, 0, 0, f"{title} – {period_word(facts.instance.period)}", book.pen("title"))
    about = " · ".join((facts.instance.id, days_word(facts.instance.period), version_word(facts.version)))
    put(book, sheet, 1, 0, about, book.pen("label"))
    row = _figures(book, sheet, 3, facts, wishes)
    row = _deadlines(book, sheet, row, facts)
    row = _contents(book, sheet, row + 1, facts, names)
    _legend(book, sheet, row + 1)
    set_page(book, sheet, say(fr="Sommaire", en="Summary"), landscape=False, one_page=True)


def _figures(book: Book, sheet: Worksheet, row: int, facts: Facts, wishes: Sequence[WishLine]) -> int:
    row = section(book, sheet, row, say(fr="En bref", en="In brief"), last_column=_LAST)
    for value, words in _key_figures(facts, wishes):
        put(book, sheet, row, 0, words, book.pen("label"))
        put(book, sheet, row, 1, value, book.pen("value"))
        row += 1
    status = claim_sentence(facts)
    return paragraph(book, sheet, row, status, last_column=_LAST, width=_CHARACTERS, look="text") + 1


def _key_figures(facts: Facts, wishes: Sequence[WishLine]) -> list[tuple[str, str]]:
    """(value, what it is), the most important first."""
    whole, unit = coverage(facts), unit_of(facts.instance)
    families = coverage_by_family(facts, asked_of(facts))
    split = " · ".join(
        f"{family_word(family)} : {_percent(found.share)}"
        for family, found in families.items()
        if found.share is not None
    )
    counts = [len(facts.seats_of_doctor[doctor.id]) for doctor in facts.instance.doctors if doctor.volunteer]
    serving = sum(1 for count in counts if count)
    load = f"{min(counts)} – {median(counts):g} – {max(counts)}" if counts else "–"
    followed = sum(wish.granted for wish in wishes)
    broken = sum(1 for finding in facts.audit.findings if finding.severity == "erreur")
    proven = sum(1 for hole in facts.holes if hole.proven)
    missing = f"{whole.missing}"
    if proven:  # nought proved of single duties says nothing: the sentence below tells what is proved of them all
        named = plural(proven, say(fr="prouvée inévitable", en="proven unavoidable"),
                       say(fr="prouvées inévitables", en="proven unavoidable"))  # fmt: skip
        missing += say(fr=f" (dont {named})", en=f" ({named})")
    elif facts.holes and all(hole.one_of for hole in facts.holes):
        missing += say(fr=" (minimum prouvé)", en=" (proven minimum)")
    return [
        (f"{whole.filled} / {whole.needed}", label_filled(unit)),
        (missing, label_unfilled(unit)),
        (split, say(fr="complétude", en="completeness")),
        (f"{serving} / {len(counts)}", say(fr="médecins de garde / volontaires", en="doctors on duty / volunteers")),
        (
            load.replace(".", say(fr=",", en=".")),
            say(fr="gardes par médecin : min – médiane – max", en="duties per doctor: min – median – max"),
        ),
        (f"{followed} / {len(wishes)}", say(fr="vœux suivis / exprimés", en="wishes followed / made")),
        (str(broken), say(fr="règles non respectées", en="rules broken")),
    ]


def _deadlines(book: Book, sheet: Worksheet, row: int, facts: Facts) -> int:
    """The back-plan of the period; what the law sets bears its article."""
    deadline = facts.instance.plan.answer_deadline
    chosen = {"reponses": deadline} if deadline else None
    plan = back_plan(facts.instance.period, circuit_of(facts.instance.kinds).steps, chosen)
    row = section(book, sheet, row, say(fr="Échéances", en="Deadlines"), last_column=_LAST)
    for step in plan:
        put(book, sheet, row, 0, step_word(step.code), book.pen("label"))
        put(book, sheet, row, 1, long_date(step.due), book.pen("value"))
        put(book, sheet, row, 3, step.step.source if step.step.legal else "", book.pen("small"))
        row += 1
    return row


def _contents(book: Book, sheet: Worksheet, row: int, facts: Facts, names: Names) -> int:
    row = section(book, sheet, row, say(fr="Dans ce classeur", en="In this workbook"), last_column=_LAST)
    for name, words in _entries(facts, names):
        put(book, sheet, row, 0, Link(name, name), book.pen("link"))
        put(book, sheet, row, 1, words, book.pen("label"))
        row += 1
    return row


def _entries(facts: Facts, names: Names) -> list[tuple[str, str]]:
    """(sheet, what it holds), in the order of the tabs."""
    lines = list(dict.fromkeys(names.line.values()))
    pages = list(dict.fromkeys(names.doctor.values()))
    own = say(fr="grille à afficher sur place", en="grid to pin up on the spot")
    first_page = [(pages[0], _pages_word(facts, pages))] if pages else []
    return [
        (
            LISTE,
            say(
                fr="toutes les gardes ; la seule feuille à corriger à la main",
                en="every duty; the only sheet to correct by hand",
            ),
        ),
        *((name, say(fr="vue d’ensemble du mois", en="overview of the month")) for name in names.month.values()),
        *((name, own) for name in lines),
        *(
            [(ORDRE, say(fr="à transmettre au conseil départemental", en="to send to the departmental council"))]
            if circuit_of(facts.instance.kinds).under_law
            else []
        ),
        (HOLES, say(fr="ce qui manque, et pourquoi", en="what is missing, and why")),
        (DOCTORS, say(fr="charge de chacun", en="everyone’s load")),
        (SHARES, say(fr="parts, soldes et écarts", en="shares, balances and gaps")),
        (CHARTS, say(fr="part et gardes tenues, en images", en="shares and duties held, in pictures")),
        (WISHES, say(fr="ce qui a été suivi, et ce qui ne l’a pas été", en="what was followed, and what was not")),
        (INDICATORS, say(fr="complétude par secteur, secteurs fragiles", en="completeness by sector, fragile sectors")),
        (RULES, say(fr="chaque règle en une phrase, avec sa source", en="each rule in a sentence, with its source")),
        (CALCULATION, say(fr="ce qui est prouvé, et ce qui ne l’est pas", en="what is proven, and what is not")),
        *first_page,
    ]


def _pages_word(facts: Facts, pages: Sequence[str]) -> str:
    if len(pages) == len(facts.instance.doctors):
        return say(
            fr="et les suivantes : une feuille par médecin, à envoyer",
            en="and those after: a sheet per doctor, ready to send",
        )
    return say(fr="une page par médecin, à envoyer", en="a page per doctor, ready to send")


def _legend(book: Book, sheet: Worksheet, row: int) -> None:
    row = section(book, sheet, row, say(fr="Légende", en="Key"), last_column=_LAST)
    for look, sample, words in (
        ("weekend", say(fr="samedi, dimanche", en="Saturday, Sunday"), say(fr="fin de semaine", en="weekend")),
        ("holiday", say(fr="jour férié", en="public holiday"), say(fr="férié ; ailleurs, ligne à regarder", en="holiday; elsewhere, a row to look at")),
        ("alert", say(fr="NON POURVUE", en="UNFILLED"), say(fr="garde sans médecin, ou règle non respectée", en="duty without a doctor, or rule broken")),
        ("held", say(fr="oui", en="yes"), say(fr="case verrouillée par une personne", en="cell locked by a person")),
        ("good", say(fr="prouvé", en="proven"), say(fr="prouvé, suivi ou possible", en="proven, followed or possible")),
    ):  # fmt: skip
        put(book, sheet, row, 0, sample, book.pen("cell", "centre", look))
        put(book, sheet, row, 1, words, book.pen("beside"))
        row += 1


def _percent(share: float | None) -> str:
    """« 97 % »."""
    if share is None:
        return "–"
    return f"{round(100 * share)} %"
