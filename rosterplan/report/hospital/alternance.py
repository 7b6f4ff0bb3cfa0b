"""The workbook of `alternate`: the rows to copy into `plan.xlsx`, the whole calendar, the balance it reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rosterplan.domain.calendar.alternation import Held, Proposal
from rosterplan.domain.calendar.turns import HouseTurn
from rosterplan.messages import say
from rosterplan.messages.trade import feast_word
from rosterplan.report.hospital.page import new_page
from rosterplan.report.tableau.book import Book, Column, Row, open_book, put, section, table
from rosterplan.report.trade import band_word

ROWS_SHEET = "Échanges de périodes"


def alternation_xlsx(
    identifier: str, proposals: Sequence[Proposal], names: Mapping[str, str], held: Mapping[str, Held]
) -> bytes:
    """The proposal of each line; ``names`` of houses, ``held`` before by line. Equal proposals give equal bytes."""
    title = say(fr="Alternance proposée", en="Proposed alternation")
    book, buffer = open_book(f"{title} – {identifier}", identifier)
    _rows(book, proposals)
    for one in proposals:
        _calendar(book, one, names, held[one.line.id])
    book.workbook.close()
    return buffer.getvalue()


def _rows(book: Book, proposals: Sequence[Proposal]) -> None:
    """The rows as the sheet of `plan.xlsx` takes them."""
    columns = (
        Column("Ligne", 22), Column("Du", 14, ("date",)), Column("Au", 14, ("date",)), Column("Fête", 18),
        Column("Année", 9, ("whole",)), Column("Établissement", 22, ("strong",)),
    )  # fmt: skip
    sheet, row = new_page(
        book, ROWS_SHEET, say(fr="À recopier dans plan.xlsx", en="To copy into plan.xlsx"),
        say(
            fr="Recopiez ces lignes dans la feuille « Échanges de périodes » de plan.xlsx. Rien n’y a été écrit : c’est une "
            "proposition. Les périodes qui suivent le rythme de la feuille « Lignes » n’ont pas besoin de ligne.",
            en="Copy these rows into sheet “Échanges de périodes” of plan.xlsx. Nothing was written there: this is a "
            "proposal. Periods that follow the rhythm of sheet “Lignes” need no row.",
        ),
        columns,
    )  # fmt: skip
    table(book, sheet, row, columns, [_row(turn) for one in proposals for turn in one.turns])


def _row(turn: HouseTurn) -> Row:
    return Row((turn.line, turn.first, turn.last, turn.feast, turn.year, turn.establishment))


def _calendar(book: Book, one: Proposal, names: Mapping[str, str], held: Held) -> None:
    """Balance per band first, then every turn."""
    houses = one.line.establishments
    columns = (
        Column("", 26),
        Column("", 16),
        Column("", 26),
        *(Column("", 18) for _ in range(max(0, 2 * len(houses) - 2))),
    )
    sheet, row = new_page(
        book, one.line.id, one.line.name,
        say(fr="Gardes de chaque établissement, par catégorie : passées, proposées, et part visée.",
            en="Duties of each house by band: past, proposed, and the part aimed at."),
        columns, landscape=False,
    )  # fmt: skip
    bands = sorted({band for _, band in one.counts})
    heads = (Column(say(fr="Catégorie", en="Band"), 0), *(
        Column(f"{names.get(house, house)}\n{what}", 0, ("whole",)) for house in houses
        for what in (say(fr="passées", en="past"), say(fr="proposées", en="proposed"))
    ))  # fmt: skip
    rows = [
        Row((band_word(band), *(value for house in houses for value in (held.duties.get((house, band), 0), one.counts.get((house, band), 0)))))
        for band in bands
    ]  # fmt: skip
    row = table(book, sheet, row, heads, rows)
    parts = " ; ".join(f"{names.get(house, house)} {100 * part:.0f} %" for house, part in one.parts.items())
    put(book, sheet, row, 0, say(fr=f"Parts visées : {parts}", en=f"Parts aimed at: {parts}"), book.pen("label"))
    row = section(book, sheet, row + 2, say(fr="Fêtes", en="Feasts"), last_column=2)
    for turn in one.turns:
        if turn.feast:
            put(book, sheet, row, 0, feast_word(turn.feast), book.pen("cell"))
            put(book, sheet, row, 1, turn.year, book.pen("cell", "whole"))
            put(book, sheet, row, 2, names.get(turn.establishment, turn.establishment), book.pen("cell", "strong"))
            row += 1
    row = section(book, sheet, row + 1, say(fr="Tours", en="Turns"), last_column=2)
    turns = (Column(say(fr="Du", en="From"), 0, ("date",)), Column(say(fr="Au", en="To"), 0, ("date",)),
             Column(say(fr="Établissement", en="House"), 0, ("strong",)))  # fmt: skip
    table(book, sheet, row, turns, [Row((first, last, names.get(house, house))) for first, last, house in one.calendar])
