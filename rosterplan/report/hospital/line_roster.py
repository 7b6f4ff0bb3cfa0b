"""Who is on call, line by line, for all partners: from, to, doctor, phone, house, site. No load, no reason, no count."""

from __future__ import annotations

from rosterplan.messages import say
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.hospital.page import new_page
from rosterplan.report.tableau.book import Column, Row, open_book, table
from rosterplan.report.trade import modality_word, period_word


def line_roster_xlsx(facts: Facts) -> bytes:
    """A sheet per line with duties, in time order."""
    title = say(fr="Qui est de garde, ligne par ligne", en="Who is on duty, line by line")
    book, buffer = open_book(f"{title} – {facts.instance.id}", facts.instance.id)
    houses = {house.id: house.name for house in facts.instance.establishments}
    columns = (
        Column(say(fr="Date", en="Date"), 17, (say(fr="long-date", en="long-date-en"),)), Column(say(fr="Heures", en="Hours"), 16),
        Column(say(fr="Médecin", en="Doctor"), 30, ("strong",)), Column(say(fr="Téléphone", en="Phone"), 17),
        Column(say(fr="Établissement", en="House"), 30), Column(say(fr="Lieu", en="Site"), 30),
        Column(say(fr="Téléphone du lieu", en="Phone of the site"), 17),
    )  # fmt: skip
    for line in facts.instance.lines:
        seats = facts.seats_of_line[line.id]
        if not seats:
            continue
        about = f"{period_word(facts.instance.period)} – {modality_word(line.modality)}" + (
            f" – {line.phone}" if line.phone else ""
        )
        sheet, row = new_page(book, line.id, line.name, about, columns)
        end = table(book, sheet, row, columns, [_row(facts, seat, houses) for seat in seats])
        sheet.autofilter(row, 0, end - 1, len(columns) - 1)
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)
    book.workbook.close()
    return buffer.getvalue()


def _row(facts: Facts, seat: Seat, houses: dict[str, str]) -> Row:
    doctor = seat.doctor
    site = facts.instance.site_by_id.get(
        (doctor.site if doctor and seat.line.site_follows_doctor else seat.duty.site or seat.line.site) or ""
    )
    if doctor is None:
        turn = ", ".join(houses.get(house, house) for house in seat.duty.establishments)
        return Row((seat.duty.date, seat.hours, say(fr="NON POURVUE", en="UNFILLED"), "", turn, site.name if site else "", site.phone if site else ""), ("alert",))  # fmt: skip
    return Row(
        (
            seat.duty.date, seat.hours, facts.name_of[doctor.id], doctor.phone, houses.get(doctor.establishment or "", ""),
            site.name if site else seat.place, site.phone if site else "",
        ),
        ("weekend",) if seat.duty.date.weekday() >= 5 or seat.duty.date in facts.holidays else (),
    )  # fmt: skip
