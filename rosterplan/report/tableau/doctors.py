"""Sheet `Médecins`: everyone's load side by side, and the way to each doctor's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rosterplan.domain.people import Doctor
from rosterplan.domain.work import weekend_of
from rosterplan.messages import say
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.share_lines import ONE_DUTY, ShareTable
from rosterplan.report.tableau.book import Book, Cell, Column, Link, Row, head, set_columns, table
from rosterplan.report.tableau.names import DOCTORS, Names
from rosterplan.report.tableau.page import set_page
from rosterplan.report.trade import band_word, status_word


def write_doctors(book: Book, facts: Facts, shares: ShareTable, names: Names, pages: Mapping[str, int]) -> None:
    """Write one row per doctor; ``pages[doctor]`` is the row where the doctor's own page begins [0-based]."""
    sheet = book.workbook.get_worksheet_by_name(DOCTORS)
    columns = _columns(facts)
    title = say(fr="Charge par médecin", en="Load by doctor")
    row = head(book, sheet, title, _subtitle(), last_column=len(columns) - 1, lines=2)
    set_columns(sheet, columns)
    rows = [
        _row(facts, doctor, shares, Link(facts.name_of[doctor.id], names.doctor[doctor.id], f"A{pages[doctor.id] + 1}"))
        for doctor in facts.directory
    ]
    end = table(book, sheet, row, columns, rows)
    sheet.autofilter(row, 0, max(end - 1, row + 1), len(columns) - 1)
    sheet.freeze_panes(row + 1, 1)
    set_page(book, sheet, title, repeat=row)


def _subtitle() -> str:
    return say(
        fr="Gardes tenues par catégorie, renfort compris. « Écart » : gardes tenues moins cible, toutes catégories ; « Solde » : "
        "avance (+) ou retard (–) à la fin de la période, en gardes.",
        en="Duties held by kind, helping out included. “Gap”: held minus target, all kinds; “Balance”: ahead (+) or behind (–) at "
        "the end of the period, in duties.",
    )


def _columns(facts: Facts) -> tuple[Column, ...]:
    return (
        Column(say(fr="Médecin", en="Doctor"), 30),
        Column(say(fr="Secteur", en="Sector"), 28, ("shrink",)),
        Column(say(fr="Renfort", en="Helps out"), 22, ("shrink",)),
        Column(say(fr="Statut", en="Status"), 12),
        *(Column(band_word(band), 10, ("whole",)) for band in facts.bands),
        Column(say(fr="Gardes", en="Duties"), 8, ("whole", "strong")),
        Column("Points", 8, ("whole", "strong")),
        Column(say(fr="Heures", en="Hours"), 8, ("whole",)),
        Column(say(fr="Week-ends\ntouchés", en="Weekends\ntouched"), 10, ("whole",)),
        Column(say(fr="Écart", en="Gap"), 8, ("signed",)),
        Column(say(fr="Solde", en="Balance"), 8, ("signed",)),
    )


def _row(facts: Facts, doctor: Doctor, shares: ShareTable, link: Link) -> Row:
    seats = facts.seats_of_doctor[doctor.id]
    count = Counter(seat.duty.band for seat in seats)
    lines = shares.of_doctor.get(doctor.id, ())
    cells: tuple[Cell | Link, ...] = (
        link,
        ", ".join(own_sectors(facts, doctor)),
        ", ".join(renfort_sectors(facts, doctor)),
        status_word(doctor.status),
        *(count[band] or None for band in facts.bands),
        len(seats),
        sum(seat.duty.points for seat in seats),
        sum(seat.duty.minutes for seat in seats) / 60,
        weekends_touched(seats),
        sum(line.gap for line in lines) / ONE_DUTY if lines else None,
        sum(line.closing for line in lines) / ONE_DUTY if lines else None,
    )
    return Row(cells)


def weekends_touched(seats: Sequence[Seat]) -> int:
    """Weekends with a duty dated on their Saturday or Sunday."""
    return len({weekend_of(seat.duty.date) for seat in seats} - {None})


def own_sectors(facts: Facts, doctor: Doctor) -> list[str]:
    """Names of the sectors where the doctor does a share."""
    return [facts.sector_name[member.sector] for member in doctor.sectors if member.participation > 0]


def renfort_sectors(facts: Facts, doctor: Doctor) -> list[str]:
    """Names of the sectors where the doctor only helps out."""
    return [facts.sector_name[member.sector] for member in doctor.sectors if member.participation == 0]
