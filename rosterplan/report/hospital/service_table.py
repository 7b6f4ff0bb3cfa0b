"""The tableau de service of one establishment: month by month, its doctors and the days, its signatures, what each is paid for.

An establishment sees its own doctors alone. Prévisionnel before the month, définitif once it is over: the same page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.people import Doctor, Establishment
from rosterplan.messages import say
from rosterplan.messages.words import month_name
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.hospital.page import new_page
from rosterplan.report.hospital.people import counted, status_name
from rosterplan.report.hospital.statements import write_statements
from rosterplan.report.tableau.book import A3, A4, Book, Column, open_book, paragraph, put
from rosterplan.report.trade import band_word

_DAY_WIDTH, _NARROW_DAY_WIDTH = 4.8, 3.4
_MOST_STACKED = 22
"""Doctors of a house up to which a cell stands on two lines, code over part of the day, and a month on A4; A3 above."""

_LETTERS = {"garde": "G", "astreinte": "A", "regulation": "R"}


def service_table_xlsx(facts: Facts, house: Establishment, *, definitive: bool) -> bytes | None:
    """The workbook of a house: a sheet per month, then the état récapitulatif of its doctors; None for a house without any."""
    doctors = [doctor for doctor in facts.directory if doctor.establishment == house.id]
    if not doctors:
        return None
    state = say(fr="définitif", en="definitive") if definitive else say(fr="prévisionnel", en="provisional")
    title = say(fr=f"Tableau de service {state} – {house.name}", en=f"Table of service, {state} – {house.name}")
    book, buffer = open_book(title, facts.instance.id)
    codes = _codes(facts, doctors)
    for month in facts.months:
        _month(book, facts, house, doctors, month, codes, title)
    write_statements(book, facts, doctors)
    book.workbook.close()
    return buffer.getvalue()


def _codes(facts: Facts, doctors: Sequence[Doctor]) -> dict[str, str]:
    """A short code per line these doctors hold or may hold: « G1 », « A2 », with its modality's letter."""
    houses = {doctor.establishment for doctor in doctors}
    names = {line for doctor in doctors for line in doctor.lines}
    mine = [line for line in facts.instance.lines if houses & set(line.establishments) or line.id in names]
    held = {seat.line.id for doctor in doctors for seat in facts.seats_of_doctor[doctor.id]}
    shown = [line for line in facts.instance.lines if line in mine or line.id in held]
    return {line.id: f"{_LETTERS.get(line.modality, 'L')}{number}" for number, line in enumerate(shown, 1)}


def _month(
    book: Book,
    facts: Facts,
    house: Establishment,
    doctors: Sequence[Doctor],
    days: Sequence[date],
    codes: dict[str, str],
    title: str,
) -> None:
    bands, stacked = facts.bands, len(doctors) <= _MOST_STACKED
    columns = (
        Column(say(fr="Médecin", en="Doctor"), 23), Column(say(fr="Statut", en="Status"), 11),
        *(Column(str(day.day), _NARROW_DAY_WIDTH if stacked else _DAY_WIDTH) for day in days),
        *(Column(band_word(band), 8.5) for band in bands),
        Column(say(fr="Demi-\njournées", en="Half-\ndays"), 8.5), Column(say(fr="Heures", en="Hours"), 7.5),
    )  # fmt: skip
    name = month_name(days[0], year=True)
    about = say(
        fr="Arrêté par le directeur sur proposition du chef de pôle. N : nuit, J : journée, S : samedi après-midi, 24 : jour et nuit, x : indisponible. Les demi-journées et les "
        "heures sont celles des gardes sur place ; une astreinte compte ses déplacements, relevés après coup.",
        en="Decided by the director, proposed by the head of the division. N: night, J: day, S: Saturday afternoon, 24: day and night, x: unavailable. Half-days and hours are "
        "those of on-site duties; an astreinte counts its call-outs, taken down afterwards.",
    )  # fmt: skip
    sheet, row = new_page(book, name, f"{title}, {name}", about, columns, one_page=True, paper=A4 if stacked else A3)
    _headings(book, sheet, row, columns, days)
    for doctor in doctors:
        row += 1
        _doctor(book, facts, sheet, row, doctor, days, codes, stacked=stacked)
    used = {seat.line.id for doctor in doctors for seat in facts.seats_of_doctor[doctor.id]}
    legend = " ; ".join(
        f"{code} : {facts.instance.line_by_id[line].name}" for line, code in codes.items() if line in used
    )
    width = sum(column.width for column in columns)
    row = paragraph(book, sheet, row + 2, legend, last_column=len(columns) - 1, width=width)
    _signatures(book, sheet, row + 1, house)


def _headings(book: Book, sheet: Worksheet, row: int, columns: Sequence[Column], days: Sequence[date]) -> None:
    sheet.set_row(row, 38)
    for number, column in enumerate(columns):
        put(book, sheet, row, number, column.heading, book.pen("head"))
    for number, day in enumerate(days, 2):
        letter = say(fr="LMMJVSD", en="MTWTFSS")[day.weekday()]
        put(book, sheet, row, number, f"{letter}\n{day.day}", book.pen("head"))
    sheet.freeze_panes(row + 1, 2)


def _doctor(
    book: Book,
    facts: Facts,
    sheet: Worksheet,
    row: int,
    doctor: Doctor,
    days: Sequence[date],
    codes: dict[str, str],
    *,
    stacked: bool,
) -> None:
    """One doctor's month: a cell per day, then what it counts."""
    mine = [seat for seat in facts.seats_of_doctor[doctor.id] if days[0] <= seat.duty.date <= days[-1]]
    put(book, sheet, row, 0, doctor.directory_name, book.pen("cell", "strong", "shrink"))
    put(book, sheet, row, 1, status_name(doctor.status), book.pen("cell"))
    longest = 1
    for number, day in enumerate(days, 2):
        held = _held([seat for seat in mine if seat.duty.date == day], codes, stacked=stacked)
        if not held and _away(facts, doctor, day):
            held = [say(fr="x", en="x")]
        off = ("holiday",) if day in facts.holidays else ("weekend",) if day.weekday() >= 5 else ()
        put(book, sheet, row, number, "\n".join(held), book.pen("cell", "centre", "wrap", *off))
        longest = max(longest, len(held))
    sheet.set_row(row, 12.5 * longest + 3.5)
    total = counted(facts, doctor, mine)
    for number, value in enumerate(
        (*(total.by_band[band] for band in facts.bands), total.half_days, total.hours), 2 + len(days)
    ):
        put(book, sheet, row, number, value or None, book.pen("cell", "whole", "strong"))


def _held(seats: Sequence[Seat], codes: dict[str, str], *, stacked: bool) -> list[str]:
    """The lines of a day's cell: « G1 N », or where ``stacked`` a line's code over its parts of the day, « G1 », « J+N »."""
    if not stacked:
        return [f"{codes[seat.line.id]} {_part(seat)}" for seat in seats]
    parts: dict[str, list[str]] = {}
    for seat in seats:
        parts.setdefault(codes[seat.line.id], []).append(_part(seat))
    return [line for code, said in parts.items() for line in (code, "+".join(said))]


def _away(facts: Facts, doctor: Doctor, day: date) -> bool:
    """True if the doctor said he or she is away all that day; why is known to nobody."""
    return not doctor.present(day) or any(
        said.value == "impossible" and said.start is not None and said.end is not None and said.start <= day <= said.end
        for said in facts.instance.availability_of.get(doctor.id, ())
    )


def _part(seat: Seat) -> str:
    """« N », « J », « S » or « 24 »: the part of the day."""
    if seat.duty.minutes >= 20 * 60:
        return "24"
    if seat.start.hour >= 16 or seat.start.hour < 6:
        return "N"
    return "S" if seat.duty.date.weekday() == 5 and seat.start.hour >= 12 else "J"


def _signatures(book: Book, sheet: Worksheet, row: int, house: Establishment) -> None:
    """Two boxes to sign: the chef de pôle proposes, the director decides."""
    for left, who in (
        (0, say(fr="Le chef de pôle", en="Head of the division")),
        (12, say(fr="Le directeur", en="The director")),
    ):
        sheet.merge_range(row, left, row, left + 9, "", book.pen("head-left"))
        put(book, sheet, row, left, f"{who} – {house.name}", book.pen("head-left"))
        sheet.merge_range(row + 1, left, row + 1, left + 9, "", book.pen("cell", "top"))
        put(book, sheet, row + 1, left, say(fr="Date et signature", en="Date and signature"), book.pen("cell", "top"))
    sheet.set_row(row + 1, 60)
