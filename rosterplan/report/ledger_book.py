"""The ledger as a workbook: accounts to be read, then every table, from which the same ledger can be made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.fairness import WISHES, Key
from rosterplan.domain.ledger_layout import BALANCES, TABLE_PREFIX, Value, cells_of_values
from rosterplan.messages import say
from rosterplan.messages.trade import band_word
from rosterplan.report.tableau.book import Book, Column, Row, open_book, paragraph, put, set_columns, table
from rosterplan.report.tableau.page import set_page


def ledger_xlsx(
    balances: Mapping[Key, int],
    names: Mapping[str, str],
    tables: Mapping[str, Sequence[Sequence[Value]]],
    *,
    groups: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook; the same ledger gives the same bytes. Text is always written as text."""
    title = say(fr="Compte de répartition", en="Ledger of fair sharing")
    book, buffer = open_book(title, title)
    _write_balances(book, book.workbook.add_worksheet(BALANCES), title, balance_rows(balances, names, groups or {}))
    for name, rows in tables.items():
        sheet = book.workbook.add_worksheet(TABLE_PREFIX + name)
        for number, row in enumerate(rows):
            _write_row(sheet, number, row)
        sheet.freeze_panes(1, 0)
    book.workbook.close()
    return buffer.getvalue()


def balance_rows(
    balances: Mapping[Key, int], names: Mapping[str, str], groups: Mapping[str, str]
) -> list[tuple[str, str, str, float]]:
    """(doctor, group, band, balance in duties) of everyone, by name."""
    rows = [
        (names.get(doctor, doctor), *_account_words(groups, group, band), amount / 100)
        for (doctor, group, band), amount in balances.items()
    ]
    return sorted(rows)


def _account_words(groups: Mapping[str, str], group: str, band: str) -> tuple[str, str]:
    """(group, band) in words; the account of wishes is of no group."""
    if group == WISHES:
        return "–", say(fr="Vœux refusés", en="Wishes refused")
    return groups.get(group, group), band_word(band)


def _write_balances(book: Book, sheet: Worksheet, title: str, amounts: Sequence[tuple[str, str, str, float]]) -> None:
    columns = (
        Column(say(fr="Médecin", en="Doctor"), 34, ("strong",)),
        Column(say(fr="Groupe", en="Group"), 26, ("shrink",)),
        Column(say(fr="Catégorie", en="Kind"), 22),
        Column(say(fr="Solde (gardes)", en="Balance (duties)"), 14, ("signed",)),
    )
    sheet.set_row(0, 24)
    put(book, sheet, 0, 0, title, book.pen("title"))
    about = say(fr="Solde = gardes tenues − part, depuis le début du registre : + d’avance, − en retard. Les feuilles suivantes sont le "
                   "registre lui-même : elles servent à l’importer ailleurs, ne les modifiez pas.",
                en="Balance = duties held − due since the ledger began: + ahead, − behind. The sheets that follow are the ledger "
                   "itself: they serve to import it elsewhere, do not change them.")  # fmt: skip
    row = paragraph(book, sheet, 1, about, last_column=3, width=96, look="text")
    set_columns(sheet, columns)
    rows = [Row(cells) for cells in amounts]
    end = table(book, sheet, row + 1, columns, rows)
    sheet.autofilter(row + 1, 0, max(end - 1, row + 2), 3)
    sheet.freeze_panes(row + 2, 0)
    set_page(book, sheet, title, repeat=row + 1, landscape=False)


def _write_row(sheet: Worksheet, number: int, row: Sequence[Value]) -> None:
    """Write a row of a table, each cell as what it is."""
    for column, cell in enumerate(cells_of_values(row)):
        if isinstance(cell, str):
            sheet.write_string(number, column, cell)
        elif cell is not None:
            sheet.write_number(number, column, cell)
