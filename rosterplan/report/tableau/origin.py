"""Hidden sheet `_origine`: the positions as they were written, so that a later reader sees what a person changed."""

from __future__ import annotations

from rosterplan.domain.tableau_layout import (
    LOCKED,
    ORIGINE,
    ORIGINE_CELLS,
    ORIGINE_COLUMNS,
    ORIGINE_HEADER_ROW,
    ORIGINE_SHEETS,
    ORIGINE_SHEETS_COLUMN,
    TABLEAU_SCHEMA,
    held_sha256,
    texts_sha256,
)
from rosterplan.report.facts import Facts
from rosterplan.report.tableau.book import Book


def write_origin(book: Book, facts: Facts) -> None:
    """Write what the workbook was made from, a row per position of `Liste`, and a fingerprint of each sheet’s texts."""
    sheet = book.workbook.add_worksheet(ORIGINE)
    said = {
        "schema": str(TABLEAU_SCHEMA),
        "instance": facts.instance.id,
        "input_sha256": facts.input_sha256,
        "roster_sha256": held_sha256(
            (seat.duty.id, seat.doctor.id, seat.locked) for seat in facts.seats if seat.doctor
        ),
    }
    for name, row in ORIGINE_CELLS._asdict().items():
        sheet.write_string(row - 1, 0, name)
        sheet.write_string(row - 1, 1, said[name])
    for column, name in enumerate(ORIGINE_COLUMNS):
        sheet.write_string(ORIGINE_HEADER_ROW - 1, column, name)
    for row, seat in enumerate(facts.seats, start=ORIGINE_HEADER_ROW):
        sheet.write_string(row, 0, seat.duty.id)
        sheet.write_number(row, 1, seat.rank)
        sheet.write_string(row, 2, seat.doctor.id if seat.doctor else "")
        sheet.write_string(row, 3, LOCKED if seat.locked else "")
    for step, name in enumerate(ORIGINE_SHEETS):
        sheet.write_string(ORIGINE_HEADER_ROW - 1, ORIGINE_SHEETS_COLUMN - 1 + step, name)
    for row, (name, texts) in enumerate(book.texts.items(), start=ORIGINE_HEADER_ROW):
        sheet.write_string(row, ORIGINE_SHEETS_COLUMN - 1, name)
        sheet.write_string(row, ORIGINE_SHEETS_COLUMN, texts_sha256((*at, text) for at, text in texts.items()))
    sheet.hide()
    sheet.protect()
