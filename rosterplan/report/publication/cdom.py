"""For the departmental council of the Ordre: the legal content of R.6315-2, a sheet per sector, always in one order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rosterplan.domain.asked import unit_of
from rosterplan.messages import say
from rosterplan.messages.counted import all_filled, begun
from rosterplan.messages.words import day_name
from rosterplan.report.facts import Seat
from rosterplan.report.publication.booklet import Page, open_booklet, write_table
from rosterplan.report.publication.edition import Edition
from rosterplan.report.publication.sectors import (
    by_sector,
    hole_columns,
    hole_rows,
    holes_words,
    participant_columns,
    participant_rows,
)
from rosterplan.report.tableau.book import Column, Row
from rosterplan.report.trade import modality_word


def cdom_xlsx(edition: Edition) -> bytes:
    """The workbook for the CDOM; no phone of anybody is in it."""
    sectors = by_sector(edition)
    holes, people = _holes_title(), _people_title()
    pages = [Page(name) for name in sectors]
    pages += [Page(holes, holes_words(edition.holes, unit_of(edition.facts.instance))), Page(people, say(fr="liste nominative (R.6315-2)", en="list by name (R.6315-2)"))]  # fmt: skip
    booklet = open_booklet(edition, _title(), _said(), pages)
    for sheet, (name, seats) in zip(booklet.sheets, sectors.items(), strict=False):
        write_table(booklet, sheet, name, _about_sector(), _columns(), list(_rows(edition, seats)), lines=2)
    write_table(booklet, booklet.sheets[-2], holes, _about_holes(), hole_columns(), hole_rows(edition, edition.holes),
                nothing=f"{begun(all_filled(unit_of(edition.facts.instance)))}.")  # fmt: skip
    write_table(booklet, booklet.sheets[-1], people, _about_people(), participant_columns(),
                participant_rows(edition.facts), nothing=say(fr="Aucun volontaire.", en="No volunteer."))  # fmt: skip
    return booklet.content()


def _rows(edition: Edition, seats: Sequence[Seat]) -> Iterator[Row]:
    """A row per position; the number counts duties, so that it does not depend on who holds them."""
    for number, (_, positions) in enumerate(groupby(seats, key=lambda seat: seat.duty.id), 1):
        for seat in positions:
            yield Row(
                (
                    number, seat.duty.date, day_name(seat.duty.date), seat.hours, edition.name(seat.doctor),
                    seat.doctor.rpps if seat.doctor else "", modality_word(seat.duty.modality), seat.place,
                    edition.remark(seat),
                ),
                () if seat.doctor else ("alert",),
            )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="N°", en="No."), 7, ("whole",)),
        Column(say(fr="Date", en="Date"), 12, ("date",)),
        Column(say(fr="Jour", en="Day"), 10),
        Column(say(fr="Horaires", en="Hours"), 14),
        Column(say(fr="Médecin", en="Doctor"), 32, ("strong",)),
        Column(say(fr="N° RPPS", en="RPPS no."), 14, ("centre",)),
        Column(say(fr="Modalité", en="Modality"), 17),
        Column(say(fr="Lieu", en="Place"), 36, ("shrink",)),
        Column(say(fr="Changement", en="Change"), 36, ("shrink",)),
    )


def _title() -> str:
    return say(fr="Tableau de garde pour le CDOM", en="Roster for the CDOM")


def _said() -> tuple[str, ...]:
    return (
        say(fr="Tableau établi en application de l’article R.6315-2 du code de la santé publique : nom, modalité et lieu "
               "d’intervention de chaque médecin, secteur par secteur. Les gardes non pourvues y sont signalées.",
            en="Roster drawn up under article R.6315-2 of the code de la santé publique: name, modality and place of each "
               "doctor, sector by sector. Unfilled duties are marked."),
        say(fr="L’ordre des lignes est le même d’une version à l’autre : il suffit de suivre les numéros pour ressaisir.",
            en="Rows stand in the same order from one version to the next: follow the numbers to type them again."),
    )  # fmt: skip


def _about_sector() -> str:
    return say(fr="Une ligne par médecin attendu, dans l’ordre des lignes de garde puis du temps. Le médecin inscrit reste responsable "
                  "de la garde ; la dernière colonne dit qui la tient à sa place.",
               en="A row per doctor wanted, by line then by time. The doctor listed stays responsible for the duty; the last "
                  "column says who holds it instead.")  # fmt: skip


def _holes_title() -> str:
    return say(fr="Gardes non pourvues", en="Unfilled duties")


def _about_holes() -> str:
    return say(fr="Les plus importantes d’abord, d’après les règles du tableau (R.6315-4).",
               en="The most important first, under the rules of the roster (R.6315-4).")  # fmt: skip


def _people_title() -> str:
    return say(fr="Médecins participants", en="Doctors taking part")


def _about_people() -> str:
    return say(fr="Médecins susceptibles de participer à la permanence des soins pendant la période (R.6315-2).",
               en="Doctors likely to take part in out-of-hours care during the period (R.6315-2).")  # fmt: skip
