"""For the ARS: how complete the roster is, by sector and by soirée, week-end et fériés, nuit profonde; and what is unfilled."""

from __future__ import annotations

from rosterplan.domain.asked import unit_of
from rosterplan.messages import say
from rosterplan.messages.counted import all_filled, begun
from rosterplan.report.indicators import (
    FAMILIES,
    Coverage,
    asked_of,
    coverage,
    coverage_by_family,
    family_word,
    sector_coverages,
)
from rosterplan.report.publication.booklet import Page, open_booklet, write_table
from rosterplan.report.publication.edition import Edition
from rosterplan.report.publication.sectors import hole_columns, hole_rows, holes_words
from rosterplan.report.tableau.book import Cell, Column, Row


def ars_xlsx(edition: Edition) -> bytes:
    """The workbook for the ARS: figures and unfilled duties, no name of anybody."""
    complete = say(fr="Complétude", en="Completeness")
    unfilled = say(fr="Gardes non pourvues", en="Unfilled duties")
    pages = [Page(complete, say(fr="par secteur et par période", en="by sector and period")), Page(unfilled, holes_words(edition.holes, unit_of(edition.facts.instance)))]  # fmt: skip
    title = say(fr="Tableau de garde : complétude, pour l’ARS", en="Roster: completeness, for the ARS")
    booklet = open_booklet(edition, title, _said(), pages)
    write_table(booklet, booklet.sheets[0], complete, _about(), _columns(), _rows(edition), lines=2)
    write_table(
        booklet, booklet.sheets[1], unfilled,
        say(fr="Les plus importantes d’abord, d’après les règles du tableau.", en="The most important first, under the rules of the roster."),
        hole_columns(), hole_rows(edition, edition.holes), nothing=f"{begun(all_filled(unit_of(edition.facts.instance)))}.",
    )  # fmt: skip
    return booklet.content()


def _rows(edition: Edition) -> list[Row]:
    facts = edition.facts
    rows = [
        Row((
            one.name, one.volunteers, *(cell for family in FAMILIES for cell in _cells(one.families[family])),
            *_cells(one.whole), one.fragile,
        ))
        for one in sector_coverages(facts)
        if one.whole.needed
    ]  # fmt: skip
    families = coverage_by_family(facts, asked_of(facts))
    whole = tuple(cell for family in FAMILIES for cell in _cells(families[family]))
    volunteers = sum(doctor.volunteer for doctor in facts.instance.doctors)
    rows.append(Row((say(fr="Ensemble", en="All"), volunteers, *whole, *_cells(coverage(facts)), ""), ("total",)))
    return rows


def _cells(covered: Coverage) -> tuple[Cell, ...]:
    return covered.needed, covered.filled, covered.share


def _columns() -> tuple[Column, ...]:
    needed, filled = say(fr="créneaux", en="duties"), say(fr="pourvus", en="filled")
    named = [family_word(family) for family in FAMILIES] + [say(fr="Ensemble", en="All")]
    counted = [
        column
        for name in named
        for column in (
            Column(f"{name}\n{needed}", 11, ("whole",)),
            Column(f"{name}\n{filled}", 11, ("whole",)),
            Column(f"{name}\n%", 11, ("percent",)),
        )
    ]
    return (
        Column(say(fr="Secteur", en="Sector"), 30, ("strong", "shrink")),
        Column(say(fr="Volontaires", en="Volunteers"), 11, ("whole",)),
        *counted,
        Column(say(fr="Fragilité", en="Fragility"), 26),
    )


def _about() -> str:
    return say(fr="Créneaux pourvus rapportés aux créneaux prévus, en pour cent arrondi à l’unité inférieure : 100 % veut dire que rien ne "
                  "manque. Un secteur est dit fragile au-dessous de dix volontaires.",
               en="Duties filled over duties planned, in whole percents rounded down: 100 % means that nothing is missing. A sector is "
                  "called fragile below ten volunteers.")  # fmt: skip


def _said() -> tuple[str, ...]:
    return (
        say(fr="Complétude du tableau par secteur, pour les soirées, les week-ends et jours fériés, et les nuits profondes (0 h – 8 h), "
               "puis la liste des gardes non pourvues.",
            en="Completeness of the roster by sector, for evenings, weekends and holidays, and deep nights (0:00–8:00), then the list "
               "of unfilled duties."),
    )  # fmt: skip
