"""The poster of a season to pin up in practices: dates, hours, who, where, which number to call, who may come. One A4 page."""

from __future__ import annotations

from collections.abc import Sequence

from rosterplan.domain.work import Line
from rosterplan.messages import say
from rosterplan.messages.words import hours, long_date
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.hospital.page import new_page
from rosterplan.report.tableau.book import Column, Row, open_book, paragraph, table
from rosterplan.report.tableau.page import page_points
from rosterplan.report.trade import period_word

_AROUND_POINTS = 190
"""What the title, the number to call and the notes take."""

_LEAST_POINTS, _MOST_POINTS = 15.0, 27.0


def season_poster_xlsx(facts: Facts) -> bytes:
    """A page per line of astreinte."""
    title = say(fr="Affiche de la saison", en="Poster of the season")
    book, buffer = open_book(f"{title} – {facts.instance.id}", facts.instance.id)
    for line in facts.instance.lines:
        seats = [seat for seat in facts.seats_of_line[line.id] if seat.doctor is not None]
        if not seats:
            continue
        columns = _columns(line)
        width = sum(column.width for column in columns)
        sheet, row = new_page(
            book, line.id, line.name, period_word(facts.instance.period), columns, landscape=False, one_page=True
        )
        call = line.phone or _only_phone(facts, line)
        if call:
            first = say(fr=f"Appelez d’abord : {call}", en=f"Call first: {call}")
            sheet.set_row(row, 30)
            sheet.merge_range(row, 0, row, len(columns) - 1, "", book.pen("title"))
            sheet.write_string(row, 0, first, book.pen("title"))
            row += 1
        last = len(columns) - 1
        row = paragraph(book, sheet, row, line.notice or _who_may_come(), last_column=last, width=width) + 1
        height = _row_height(columns, len(seats))
        row = table(book, sheet, row, columns, [_row(facts, seat, height) for seat in seats])
        paragraph(book, sheet, row + 1, _emergency(), last_column=last, width=width)
        sheet.print_area(0, 0, row + 1, len(columns) - 1)
    if not book.workbook.worksheets():
        new_page(book, title, title, say(fr="Aucune garde pourvue.", en="No duty is filled."), _columns(None))
    book.workbook.close()
    return buffer.getvalue()


def _columns(line: Line | None) -> tuple[Column, ...]:
    """When, who, where; the number of the practice too where each doctor receives in his or her own."""
    own = line is not None and line.site_follows_doctor
    phone = (Column(say(fr="Téléphone", en="Phone"), 17, ("poster", "centre", "shrink")),) if own else ()
    return (
        Column(say(fr="Jour", en="Day"), 31, ("poster", "strong", "shrink")),
        Column(say(fr="Heures", en="Hours"), 13, ("poster", "centre")),
        Column(say(fr="Médecin", en="Doctor"), 27, ("poster", "shrink")),
        Column(say(fr="Où", en="Where"), 36, ("poster", "shrink")), *phone,
    )  # fmt: skip


def _row_height(columns: Sequence[Column], rows: int) -> float:
    """The height at which so many rows fill the page, within what reads well [points]."""
    room = page_points([column.width for column in columns], landscape=False) - _AROUND_POINTS
    return max(_LEAST_POINTS, min(_MOST_POINTS, room / rows))


def _row(facts: Facts, seat: Seat, height: float) -> Row:
    doctor = seat.doctor
    assert doctor is not None
    own = seat.line.site_follows_doctor
    site = facts.instance.site_by_id.get((doctor.site if own else seat.duty.site or seat.line.site) or "")
    holiday = facts.holidays.get(seat.duty.date)
    day = long_date(seat.duty.date, year=False) + (f" ({holiday})" if holiday else "")
    look = ("holiday",) if holiday else ("weekend",) if seat.duty.date.weekday() == 6 else ()
    who = (day, hours(seat.start, seat.end), facts.name_of[doctor.id])
    if own:
        return Row(
            (*who, (site.address or site.name) if site else seat.place, site.phone if site else ""), look, height
        )
    return Row(
        (*who, ", ".join(part for part in (site.name, site.address) if part) if site else seat.place), look, height
    )


def _only_phone(facts: Facts, line: Line) -> str:
    site = facts.instance.site_by_id.get(line.site or "")
    return site.phone if site and not line.site_follows_doctor else ""


def _who_may_come() -> str:
    return say(
        fr="Pour un enfant malade qui n’a pas besoin des urgences mais qui ne peut attendre la réouverture des cabinets. "
        "Sur rendez-vous seulement : le médecin de garde répond et vous dit si vous devez venir.",
        en="For a child who is ill, does not need an emergency department, and cannot wait until practices open again. "
        "By appointment only: the doctor on duty answers and tells you whether to come.",
    )


def _emergency() -> str:
    return say(
        fr="En cas d’urgence vitale, appelez le 15. En dehors de ces heures, appelez le 116 117.",
        en="In a life-threatening emergency, call 15. Outside these hours, call 116 117.",
    )
