"""Sheet `Indicateurs`: completeness by sector and period of the day, volunteers, fragile sectors, the duties by kind."""

from __future__ import annotations

from rosterplan.messages import say
from rosterplan.report.facts import Facts
from rosterplan.report.indicators import (
    FAMILIES,
    SectorCoverage,
    asked_of,
    coverage,
    coverage_by_family,
    coverage_of,
    family_word,
    needs_of,
    sector_coverages,
)
from rosterplan.report.tableau.book import Book, Cell, Column, Row, head, section, set_columns, table
from rosterplan.report.tableau.names import INDICATORS
from rosterplan.report.tableau.page import set_page
from rosterplan.report.trade import band_word

_LAST = 12


def write_indicators(book: Book, facts: Facts) -> None:
    """Write the figures the authorities follow."""
    sheet = book.workbook.get_worksheet_by_name(INDICATORS)
    title = say(fr="Indicateurs de suivi", en="Indicators")
    row = head(book, sheet, title, _subtitle(), last_column=_LAST, lines=2)
    columns = _columns()
    set_columns(sheet, columns)
    row = section(
        book, sheet, row, say(fr="Complétude du tableau par secteur", en="Completeness by sector"), last_column=_LAST
    )
    sectors = sector_coverages(facts)
    rows = [_row(sector) for sector in sectors] + [_total(facts)]
    row = table(book, sheet, row, columns, rows)
    row = section(book, sheet, row + 1, say(fr="Par catégorie de garde", en="By kind of duty"), last_column=_LAST)
    kinds = (
        Column(say(fr="Catégorie", en="Kind"), 0),
        Column("Points", 0, ("whole",)),
        Column(say(fr="À pour-\nvoir", en="Needed"), 0, ("whole",)),
        Column(say(fr="Complétude", en="Completeness"), 0, ("percent",)),
    )
    table(book, sheet, row, kinds, [_kind(facts, band) for band in facts.bands])
    set_page(book, sheet, title)


def _subtitle() -> str:
    return say(
        fr="Complétude : positions pourvues ÷ positions à pourvoir. La nuit profonde va de 0 h à 8 h ; une garde de nuit entière y est "
        "comptée. Un secteur est dit fragile sous 10 volontaires, très fragile sous 5.",
        en="Completeness: positions filled ÷ positions needed. Deep night is 0:00 to 8:00; a whole-night duty is counted there. A sector is "
        "fragile under 10 volunteers, very fragile under 5.",
    )


def _columns() -> tuple[Column, ...]:
    whole, percent = ("whole",), ("percent",)
    pairs = [
        column
        for family in FAMILIES
        for column in (
            Column(f"{family_word(family)}\n" + say(fr="pourvues / total", en="filled / total"), 13, ("centre",)),
            Column("%", 7, percent),
        )
    ]
    return (
        Column(say(fr="Secteur ou ligne", en="Sector or line"), 34, ("strong",)),
        Column(say(fr="Volon-\ntaires", en="Volun-\nteers"), 9, whole),
        Column(say(fr="De garde", en="On duty"), 9, whole),
        *pairs,
        Column(say(fr="À pourvoir", en="Needed"), 11, whole),
        Column(say(fr="Non\npourvues", en="Unfilled"), 10, whole),
        Column(say(fr="Complé-\ntude", en="Complete-\nness"), 9, percent),
        Column(say(fr="Fragilité", en="Fragility"), 24),
    )


def _row(sector: SectorCoverage) -> Row:
    pairs: list[Cell] = []
    for family in FAMILIES:
        found = sector.families[family]
        pairs += [f"{found.filled} / {found.needed}" if found.needed else "", found.share]
    cells = (
        sector.name, sector.volunteers, sector.serving, *pairs, sector.whole.needed, sector.whole.missing or None,
        sector.whole.share, sector.fragile,
    )  # fmt: skip
    return Row(cells, ("holiday",) if sector.whole.missing else ())


def _total(facts: Facts) -> Row:
    families = coverage_by_family(facts, asked_of(facts))
    whole = coverage(facts)
    pairs: list[Cell] = []
    for family in FAMILIES:
        found = families[family]
        pairs += [f"{found.filled} / {found.needed}" if found.needed else "", found.share]
    volunteers = sum(1 for doctor in facts.instance.doctors if doctor.volunteer)
    serving = len(facts.roster.duties_of)
    name = say(fr="Ensemble", en="Whole department")
    return Row((name, volunteers, serving, *pairs, whole.needed, whole.missing or None, whole.share, ""), ("total",))


def _kind(facts: Facts, band: str) -> Row:
    seats = [seat for seat in facts.needed_seats if seat.duty.band == band]
    found = coverage_of([*seats, *(need for need in needs_of(facts) if need.part.band == band)])
    points = sorted({seat.duty.points for seat in seats})
    weight: Cell = points[0] if len(points) == 1 else "–".join(str(value) for value in (points[:1] + points[-1:]))
    return Row((band_word(band), weight, found.needed, found.share))
