"""The whole workbook, from facts to bytes: sheets in the order of their tabs."""

from __future__ import annotations

from collections.abc import Mapping

from rosterplan.domain.circuit import circuit_of
from rosterplan.domain.tableau_layout import LISTE
from rosterplan.messages import say
from rosterplan.messages.palette import BLUE, NAVY, RED_INK, SKY, SLATE
from rosterplan.report.facts import Facts
from rosterplan.report.pools import pools_of
from rosterplan.report.share_lines import share_table
from rosterplan.report.tableau.book import SUMMARY, Book, open_book
from rosterplan.report.tableau.calculation_sheet import write_calculation
from rosterplan.report.tableau.charts import write_charts
from rosterplan.report.tableau.doctor_pages import write_doctor_pages
from rosterplan.report.tableau.doctors import write_doctors
from rosterplan.report.tableau.indicators_sheet import write_indicators
from rosterplan.report.tableau.liste import write_liste
from rosterplan.report.tableau.months import write_months
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
    names_of,
)
from rosterplan.report.tableau.ordre import write_ordre
from rosterplan.report.tableau.origin import write_origin
from rosterplan.report.tableau.rule_book import write_rules
from rosterplan.report.tableau.shares import write_shares
from rosterplan.report.tableau.summary import write_summary
from rosterplan.report.tableau.unfilled import write_holes
from rosterplan.report.tableau.wall import write_walls
from rosterplan.report.tableau.wishes import write_wishes
from rosterplan.report.trade import period_word, version_word
from rosterplan.report.wish_lines import wish_counts, wish_lines

_WALL, _MONTH, _DOCTOR = BLUE, SKY, SLATE


def tableau_xlsx(facts: Facts, *, versions: Mapping[str, str] | None = None) -> bytes:
    """The workbook of a roster; the same facts give the same bytes. ``versions`` names what computed the roster."""
    names = names_of(facts)
    book, buffer = open_book(_title(facts), _footer(facts))
    to_the_ordre = circuit_of(facts.instance.kinds).under_law
    _add_sheets(book, names, to_the_ordre=to_the_ordre)
    pools = pools_of(facts)
    shares = share_table(facts)
    wishes = wish_lines(facts, pools)
    write_summary(book, facts, wishes, names)
    write_liste(book, facts, pools)
    write_months(book, facts, names)
    write_walls(book, facts, names)
    if to_the_ordre:
        write_ordre(book, facts)
    write_holes(book, facts)
    write_shares(book, facts, shares)
    write_charts(book, facts, shares)
    write_wishes(book, facts, wishes, wish_counts(facts))
    write_indicators(book, facts)
    write_rules(book, facts)
    write_calculation(book, facts, versions or {})
    pages = write_doctor_pages(book, facts, shares, wishes, names)
    write_doctors(book, facts, shares, names, pages)
    write_origin(book, facts)
    book.workbook.close()
    return buffer.getvalue()


def _add_sheets(book: Book, names: Names, *, to_the_ordre: bool) -> None:
    """Create the visible sheets in the order of their tabs, coloured by family; the summary is shown first."""
    tabs: dict[str, str] = {SUMMARY: NAVY, LISTE: RED_INK}
    tabs |= dict.fromkeys(names.month.values(), _MONTH)
    tabs |= dict.fromkeys(names.line.values(), _WALL)
    tabs |= dict.fromkeys(
        (*([ORDRE] if to_the_ordre else []), HOLES, DOCTORS, SHARES, CHARTS, WISHES, INDICATORS, RULES, CALCULATION),
        NAVY,
    )
    tabs |= dict.fromkeys(names.doctor.values(), _DOCTOR)
    for name, colour in tabs.items():
        book.workbook.add_worksheet(name).set_tab_color(colour)
    book.workbook.get_worksheet_by_name(SUMMARY).activate()


def _title(facts: Facts) -> str:
    return f"{say(fr='Tableau de garde', en='Duty roster')} – {facts.instance.id}"


def _footer(facts: Facts) -> str:
    return f"{period_word(facts.instance.period)} – {version_word(facts.version)}"
