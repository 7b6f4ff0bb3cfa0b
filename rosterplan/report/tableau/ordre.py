"""Sheet `Ordre (CDOM)`: what R.6315-2 asks for, sector by sector, always in the same order for whoever types it again."""

from __future__ import annotations

from rosterplan.messages import say
from rosterplan.messages.words import day_name
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.tableau.book import Book, Column, Row, head, set_columns, table
from rosterplan.report.tableau.names import ORDRE
from rosterplan.report.tableau.page import set_page
from rosterplan.report.trade import modality_word, period_word


def write_ordre(book: Book, facts: Facts) -> None:
    """Write the tableau as it goes to the departmental council: a row per position, unfilled ones included."""
    sheet = book.workbook.get_worksheet_by_name(ORDRE)
    columns = _columns()
    row = head(book, sheet, _title(), _subtitle(), last_column=len(columns) - 1, lines=2)
    set_columns(sheet, columns)
    period = period_word(facts.instance.period)
    end = table(book, sheet, row, columns, [_row(facts, seat, period) for seat in _in_order(facts)])
    sheet.autofilter(row, 0, max(end - 1, row + 1), len(columns) - 1)
    sheet.freeze_panes(row + 1, 0)
    set_page(book, sheet, _title(), repeat=row)


def _title() -> str:
    return say(
        fr="Tableau de garde pour le conseil départemental de l’Ordre",
        en="Roster for the departmental council of the Ordre",
    )


def _subtitle() -> str:
    return say(
        fr="Contenu de l’article R.6315-2 du code de la santé publique : nom, modalité et lieu d’intervention de chaque médecin, "
        "par secteur et par plage horaire. Les gardes non pourvues y figurent (R.6315-4).",
        en="Content of article R.6315-2 of the code de la santé publique: name, modality and place of each doctor, by sector and "
        "hours. Unfilled duties are shown (R.6315-4).",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Période", en="Period"), 19),
        Column(say(fr="Secteur", en="Sector"), 24),
        Column(say(fr="Date", en="Date"), 11, ("date",)),
        Column(say(fr="Jour", en="Day"), 10),
        Column(say(fr="Horaires", en="Hours"), 13),
        Column(say(fr="Médecin", en="Doctor"), 30, ("strong",)),
        Column(say(fr="N° RPPS", en="RPPS no."), 13, ("centre",)),
        Column(say(fr="Modalité", en="Modality"), 16),
        Column(say(fr="Lieu", en="Place"), 34),
    )


def _in_order(facts: Facts) -> list[Seat]:
    """Sector by sector as the instance orders them, lines of no sector last; within, by line and time."""
    sectors = {sector.id: rank for rank, sector in enumerate(facts.instance.sectors)}
    lines = {line.id: rank for rank, line in enumerate(facts.instance.lines)}

    def order(seat: Seat) -> tuple[int, int, int, str, int]:
        sector = sectors.get(seat.line.sector or "", len(sectors))
        return sector, lines[seat.line.id], seat.duty.start_minute, seat.duty.id, seat.rank

    return sorted(facts.needed_seats, key=order)


def _row(facts: Facts, seat: Seat, period: str) -> Row:
    unfilled = say(fr="NON POURVUE", en="UNFILLED")
    return Row(
        (
            period, seat.sector_name or seat.line.name, seat.duty.date, day_name(seat.duty.date), seat.hours,
            facts.name_of[seat.doctor.id] if seat.doctor else unfilled, seat.doctor.rpps if seat.doctor else "",
            modality_word(seat.duty.modality), seat.place,
        ),
        () if seat.doctor else ("alert",),
    )  # fmt: skip
