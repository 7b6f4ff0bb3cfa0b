"""The état récapitulatif: what each doctor of a hospital line is counted and paid for, month by month."""

from __future__ import annotations

from collections.abc import Iterable

from rosterplan.domain.people import Doctor
from rosterplan.messages import say
from rosterplan.messages.words import month_name
from rosterplan.report.facts import Facts
from rosterplan.report.hospital.page import new_page
from rosterplan.report.hospital.people import counted, euros, status_name
from rosterplan.report.tableau.book import Book, Column, Row, table


def write_statements(book: Book, facts: Facts, doctors: Iterable[Doctor]) -> None:
    """The état récapitulatif: per doctor and month, periods, half-days, hours and forfaits."""
    columns = (
        Column(say(fr="Médecin", en="Doctor"), 28, ("strong",)), Column(say(fr="Établissement", en="House"), 18), Column(say(fr="Statut", en="Status"), 13),
        Column(say(fr="Mois", en="Month"), 16), Column(say(fr="Gardes", en="On site"), 9, ("whole",)), Column(say(fr="Astreintes", en="On call"), 10, ("whole",)),
        Column(say(fr="Demi-\njournées", en="Half-\ndays"), 12, ("whole",)), Column(say(fr="Heures\nsur place", en="Hours\non site"), 12, ("tenths",)),
        Column(say(fr="Forfaits (€)", en="Forfaits (€)"), 13, ("money",)), Column(say(fr="Sans tarif", en="Without a rate"), 10, ("whole",)),
    )  # fmt: skip
    title = say(fr="État récapitulatif", en="Statement per doctor")
    about = say(
        fr="Heures et demi-journées sont comptées toutes deux : une nuit vaut deux demi-journées, un dimanche deux, un samedi après-midi une. Les "
        "déplacements d’astreinte se relèvent après coup et s’y ajoutent.",
        en="Hours and half-days are both counted: a night is two half-days, a Sunday two, a Saturday afternoon one. Call-outs of astreintes are "
        "taken down afterwards and come on top.",
    )  # fmt: skip
    sheet, row = new_page(book, title, title, about, columns)
    rows = []
    for doctor in doctors:
        for days in facts.months:
            mine = [seat for seat in facts.seats_of_doctor[doctor.id] if days[0] <= seat.duty.date <= days[-1]]
            if mine:
                total = counted(facts, doctor, mine)
                rows.append(Row((
                    doctor.directory_name, doctor.establishment, status_name(doctor.status), month_name(days[0], year=True), total.gardes or None,
                    total.astreintes or None, total.half_days or None, total.hours or None, euros(total.cents), total.unpaid or None,
                )))  # fmt: skip
    end = table(book, sheet, row, columns, rows)
    sheet.autofilter(row, 0, end - 1, len(columns) - 1)
    sheet.repeat_rows(row)
