"""The monthly list of duties of each doctor in practice or clinic, which he or she signs and sends to the director."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.people import Doctor
from rosterplan.messages import say
from rosterplan.messages.words import month_name, plural
from rosterplan.report.facts import Facts
from rosterplan.report.hospital.page import new_page
from rosterplan.report.hospital.people import FREE, euros, paid_for
from rosterplan.report.tableau.book import Book, Column, Row, open_book, put, section, table
from rosterplan.report.trade import band_word


def liberals_xlsx(facts: Facts, *, definitive: bool) -> bytes | None:
    """A sheet per doctor who holds duties under such a status, month after month; None if there is none."""
    doctors = [doctor for doctor in facts.directory if doctor.status in FREE and facts.seats_of_doctor[doctor.id]]
    if not doctors:
        return None
    title = say(fr="Gardes et astreintes effectuées", en="Duties served") if definitive else say(
        fr="Gardes et astreintes prévues", en="Duties planned")  # fmt: skip
    book, buffer = open_book(f"{title} – {facts.instance.id}", facts.instance.id)
    columns = (
        Column(say(fr="Date", en="Date"), 18, (say(fr="long-date", en="long-date-en"),)), Column(say(fr="Heures", en="Hours"), 16),
        Column(say(fr="Ligne", en="Line"), 40), Column(say(fr="Catégorie", en="Band"), 20),
        Column(say(fr="Forfait (€)", en="Forfait (€)"), 13, ("money",)), Column(say(fr="Faite", en="Done"), 10),
    )  # fmt: skip
    for doctor in doctors:
        about = say(
            fr="À signer et à envoyer chaque mois au directeur de l’établissement de la ligne. Forfait : feuille Tarifs ; vide si elle n’en dit rien.",
            en="To be signed and sent each month to the director of the line’s house. Forfait: sheet Tarifs; empty where it says nothing.",
        )  # fmt: skip
        sheet, row = new_page(
            book, doctor.directory_name, f"{title} – {facts.name_of[doctor.id]}", about, columns, landscape=False
        )
        for days in facts.months:
            row = _month(facts, book, sheet, row, columns, doctor, days)
        put(
            book,
            sheet,
            row + 1,
            0,
            say(fr="Date et signature du médecin :", en="Date and signature of the doctor:"),
            book.pen("label"),
        )
    book.workbook.close()
    return buffer.getvalue()


def _month(
    facts: Facts, book: Book, sheet: Worksheet, row: int, columns: Sequence[Column], doctor: Doctor, days: Sequence[date]
) -> int:  # fmt: skip
    """Write the duties of a doctor in a month and what they come to; return the next free row."""
    mine = [seat for seat in facts.seats_of_doctor[doctor.id] if days[0] <= seat.duty.date <= days[-1]]
    if not mine:
        return row
    count = plural(len(mine), say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
    heading = f"{month_name(days[0], year=True)} : {count}"
    row = section(book, sheet, row, heading, last_column=len(columns) - 1)
    paid = [paid_for(facts, seat.duty, doctor) for seat in mine]
    rows = [
        Row((seat.duty.date, seat.hours, seat.line.name, band_word(seat.duty.band), None if cents is None else euros(cents), None))
        for seat, cents in zip(mine, paid, strict=True)
    ]  # fmt: skip
    known = sum(cents or 0 for cents in paid)
    total = Row((None, None, None, say(fr="Total", en="Total"), euros(known) if known else None, None), ("total",))
    return table(book, sheet, row, columns, [*rows, total]) + 1
