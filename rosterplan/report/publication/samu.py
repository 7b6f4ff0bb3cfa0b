"""For the SAMU: a sheet per day with line, hours, doctor, phone and place. The only file that holds personal phones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from rosterplan.messages import say
from rosterplan.messages.words import day_name, long_date
from rosterplan.report.facts import Seat
from rosterplan.report.publication.booklet import Page, open_booklet, write_table
from rosterplan.report.publication.edition import Edition
from rosterplan.report.tableau.book import Column, Row
from rosterplan.report.trade import modality_word


def samu_xlsx(edition: Edition) -> bytes:
    """The workbook for the SAMU; who serves is shown, in place of the doctor listed."""
    days = edition.facts.days
    seats_of = _by_day(edition)
    pages = [Page(_tab(day), edition.facts.holidays.get(day, "")) for day in days]
    booklet = open_booklet(edition, say(fr="Tableau de garde pour le SAMU", en="Roster for the SAMU"), _said(), pages)
    for sheet, day in zip(booklet.sheets, days, strict=True):
        rows = [_row(edition, seat, day) for seat in seats_of.get(day, ())]
        holiday = edition.facts.holidays.get(day)
        title = long_date(day).capitalize() + (f" – {holiday}" if holiday else "")
        write_table(booklet, sheet, title, edition.label, _columns(), rows,
                    nothing=say(fr="Aucune garde ce jour.", en="No duty this day."))  # fmt: skip
    return booklet.content()


def _by_day(edition: Edition) -> dict[date, list[Seat]]:
    """Positions of each day; a duty still going on at midnight is shown on the next day too, first."""
    found: dict[date, list[Seat]] = {}
    for seat in edition.facts.needed_seats:
        for day in _days_of(edition, seat):
            found.setdefault(day, []).append(seat)
    for day, seats in found.items():
        seats.sort(key=lambda seat: (seat.duty.date == day, seat.duty.start_minute, seat.line.name, seat.rank))
    return found


def _days_of(edition: Edition, seat: Seat) -> Iterator[date]:
    """Yield the day a duty begins, then each later day it still goes on."""
    day = seat.duty.date
    yield day
    while datetime.combine(day + timedelta(days=1), time(), edition.facts.zone) < seat.end:
        day += timedelta(days=1)
        yield day


def _row(edition: Edition, seat: Seat, day: date) -> Row:
    doctor = edition.serving(seat)
    site = edition.site(seat, doctor)
    place = ", ".join(part for part in (site.name, site.address) if part) if site else seat.place
    phones = [phone for phone in (seat.line.phone, site.phone if site else "") if phone]
    remarks = [say(fr="commencée la veille", en="begun the day before")] if seat.duty.date != day else []
    if doctor and seat.doctor and doctor is not seat.doctor:
        listed = edition.facts.name_of[seat.doctor.id]
        remarks.append(say(fr=f"à la place de {listed}", en=f"in place of {listed}"))
    return Row(
        (
            seat.hours, seat.line.name, seat.sector_name, edition.name(doctor), doctor.phone if doctor else "",
            place, " / ".join(dict.fromkeys(phones)), modality_word(seat.duty.modality), ", ".join(remarks),
        ),
        () if doctor else ("alert",),
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Horaires", en="Hours"), 14, ("strong",)),
        Column(say(fr="Ligne", en="Line"), 24, ("shrink",)),
        Column(say(fr="Secteur", en="Sector"), 18, ("shrink",)),
        Column(say(fr="Médecin", en="Doctor"), 28, ("strong",)),
        Column(say(fr="Téléphone du médecin", en="Doctor’s phone"), 18, ("centre", "strong")),
        Column(say(fr="Lieu", en="Place"), 34, ("shrink",)),
        Column(say(fr="Téléphone du lieu", en="Phone of the place"), 17, ("centre",)),
        Column(say(fr="Modalité", en="Modality"), 15),
        Column(say(fr="Remarque", en="Remark"), 27, ("shrink",)),
    )


def _tab(day: date) -> str:
    """« 01-01 ven »: short enough to find a day among ninety tabs."""
    return f"{day:%d-%m} {day_name(day)[:3]}"


def _said() -> tuple[str, ...]:
    return (
        say(fr="Une feuille par jour. Le médecin indiqué est celui qui doit être appelé : s’il remplace un confrère, la remarque le dit.",
            en="A sheet per day. The doctor shown is the one to call: where he or she replaces a colleague, the remark says so."),
        say(fr="Ce classeur contient des numéros personnels : il est destiné au seul SAMU. Ne le transmettez à personne d’autre.",
            en="This workbook holds personal phone numbers: it is for the SAMU alone. Pass it on to nobody else."),
    )  # fmt: skip
