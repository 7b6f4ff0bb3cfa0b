"""For the public: where to go and when, sector by sector; no doctor's name unless the place is his or her own practice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rosterplan.messages import say
from rosterplan.messages.words import day_name
from rosterplan.report.facts import Seat
from rosterplan.report.places import HOME_VISITS
from rosterplan.report.publication.booklet import Page, open_booklet, write_table
from rosterplan.report.publication.edition import Edition
from rosterplan.report.publication.sectors import by_sector
from rosterplan.report.tableau.book import Column, Row


def poster_xlsx(edition: Edition) -> bytes:
    """The posters: a sheet per sector. Duties held away from any place open to the public say to call 15."""
    sectors = {
        name: rows for name, seats in by_sector(edition).items() if (rows := list(_rows(edition, seats)))
    }  # fmt: skip
    title = say(fr="Affiches pour le public", en="Posters for the public")
    booklet = open_booklet(edition, title, (_about(), _advice()), [Page(name) for name in sectors])
    for sheet, (name, rows) in zip(booklet.sheets, sectors.items(), strict=True):
        heading = say(fr=f"Médecin de garde – {name}", en=f"Doctor on duty – {name}")
        write_table(booklet, sheet, heading, _advice(), _columns(), rows, landscape=False, lines=2)
    return booklet.content()


def _rows(edition: Edition, seats: Sequence[Seat]) -> Iterator[Row]:
    """A row per duty open to the public, in time order; positions of one duty at one place are one row."""
    shown = set()
    for seat in sorted(seats, key=lambda seat: (seat.duty.start_minute, seat.line.id, seat.rank)):
        if seat.duty.modality not in ("fixe", "mobile"):
            continue
        where = _where(edition, seat)
        if (seat.start, seat.end, where) in shown:
            continue
        shown.add((seat.start, seat.end, where))
        look = (
            ("holiday",)
            if seat.duty.date in edition.facts.holidays
            else ("weekend",)
            if seat.duty.date.weekday() >= 5
            else ()
        )
        yield Row((seat.duty.date, day_name(seat.duty.date), seat.hours, *where), look)


def _where(edition: Edition, seat: Seat) -> tuple[str, str]:
    """Where to go, and the phone of that place; nobody's own phone."""
    doctor = edition.serving(seat)
    if doctor is None:
        return say(fr="Appelez le 15", en="Call 15"), "15"
    site = edition.site(seat, doctor)
    if seat.line.site_follows_doctor and seat.duty.modality == "fixe":
        address = f", {site.address}" if site and site.address else ""
        return f"{edition.name(doctor)}{address}", seat.line.phone or (site.phone if site else "")
    if site is None:
        place = say(fr=HOME_VISITS, en="home visits") if seat.duty.modality == "mobile" else seat.line.name
        return say(fr=f"{place}, sur appel au 15", en=f"{place}, call 15"), "15"
    place = ", ".join(part for part in (site.name, site.address) if part)
    return place, seat.line.phone or site.phone


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Date", en="Date"), 12, ("date", "strong")),
        Column(say(fr="Jour", en="Day"), 10),
        Column(say(fr="Horaires", en="Hours"), 14, ("strong",)),
        Column(say(fr="Où aller", en="Where to go"), 56, ("shrink",)),
        Column(say(fr="Téléphone", en="Phone"), 16, ("centre",)),
    )


def _advice() -> str:
    return say(fr="Avant de vous déplacer, appelez toujours le 116 117 ou le 15 : un médecin vous dira quoi faire et où aller. "
                  "En cas d’urgence vitale, appelez le 15.",
               en="Before going anywhere, always call 116 117 or 15: a doctor will tell you what to do and where to go. In a "
                  "life-threatening emergency, call 15.")  # fmt: skip


def _about() -> str:
    return say(fr="À afficher, ou à donner aux mairies et aux pharmacies. Le nom d’un médecin n’y figure que s’il reçoit à son propre cabinet.",
               en="To be pinned up, or given to town halls and pharmacies. A doctor’s name appears only where he or she receives at "
                  "his or her own practice.")  # fmt: skip
