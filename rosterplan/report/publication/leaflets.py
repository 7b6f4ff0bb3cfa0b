"""For doctors and houses: the roster month by month, a sheet per line, per doctor, per establishment. No phone anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rosterplan.domain.asked import unit_of
from rosterplan.domain.people import Establishment
from rosterplan.messages import say
from rosterplan.messages.counted import all_filled, begun
from rosterplan.messages.words import day_name, plural
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.publication.booklet import Page, open_booklet, write_table
from rosterplan.report.publication.edition import Edition
from rosterplan.report.publication.sectors import hole_columns, hole_rows, holes_words
from rosterplan.report.tableau.book import Column, Row
from rosterplan.report.tableau.months import write_months
from rosterplan.report.tableau.names import Names
from rosterplan.report.tableau.wall import write_walls
from rosterplan.report.trade import band_word


def doctors_xlsx(edition: Edition) -> bytes:
    """The roster as doctors receive it: a sheet per month with who serves each line, then what is unfilled."""
    facts = edition.served
    unfilled = say(fr="Gardes non pourvues", en="Unfilled duties")
    pages = [
        *(Page(_month(days[0])) for days in facts.months),
        Page(unfilled, holes_words(edition.holes, unit_of(edition.facts.instance))),
    ]
    booklet = open_booklet(
        edition, say(fr="Tableau de garde pour les médecins", en="Roster for doctors"), _said(edition), pages
    )
    months = {(days[0].year, days[0].month): booklet.sheets[number].name for number, days in enumerate(facts.months)}
    write_months(booklet.book, facts, Names(months, {}, {}))
    write_table(
        booklet, booklet.sheets[-1], unfilled,
        say(fr="Les plus importantes d’abord. Vous pouvez en prendre une ? Dites-le à la coordination.",
            en="The most important first. Can you take one? Tell the coordination."),
        hole_columns(), hole_rows(edition, edition.holes), nothing=f"{begun(all_filled(unit_of(edition.facts.instance)))}.",
    )  # fmt: skip
    return booklet.content()


def lines_xlsx(edition: Edition) -> bytes:
    """A sheet per line, as pinned up where the duty is held: a page per month."""
    facts = edition.served
    lines = facts.instance.lines
    title = say(fr="Feuilles par ligne de garde", en="Sheets by line")
    about = say(fr="Une feuille par ligne de garde, une page par mois, à afficher sur le lieu de la garde.",
                en="A sheet per line, a page per month, to be pinned up where the duty is held.")  # fmt: skip
    booklet = open_booklet(edition, title, (about,), [Page(line.name) for line in lines])
    sheets = {line.id: sheet.name for line, sheet in zip(lines, booklet.sheets, strict=True)}
    write_walls(booklet.book, facts, Names({}, sheets, {}))
    return booklet.content()


def personal_xlsx(edition: Edition) -> bytes:
    """A sheet per doctor with any duty: his or her own duties, and what was replaced, exchanged or given away."""
    facts = edition.facts
    served = edition.served.seats_of_doctor
    here = [doctor for doctor in facts.directory if served[doctor.id] or facts.seats_of_doctor[doctor.id]]
    title = say(fr="Feuilles par médecin", en="Sheets by doctor")
    about = say(fr="Une feuille par médecin, à lui envoyer : ses gardes, dans l’ordre du calendrier.",
                en="A sheet per doctor, to be sent to him or her: the duties, in the order of the calendar.")  # fmt: skip
    pages = [Page(facts.name_of[doctor.id], _count(served[doctor.id])) for doctor in here]
    booklet = open_booklet(edition, title, (about,), pages)
    for sheet, doctor in zip(booklet.sheets, here, strict=True):
        own = {(seat.duty.id, seat.rank): seat for seat in facts.seats_of_doctor[doctor.id]}
        taken = {
            (seat.duty.id, seat.rank): seat
            for seat in facts.needed_seats
            if seat.assignment and seat.assignment.replaced_by == doctor.id
        }
        seats = sorted({**own, **taken}.values(), key=lambda seat: (seat.duty.start_minute, seat.line.id))
        rows = [_personal_row(edition, seat, doctor.id) for seat in seats]
        write_table(booklet, sheet, facts.name_of[doctor.id], f"{edition.label} – {_count(served[doctor.id])}",
                    _personal_columns(), rows)  # fmt: skip
    return booklet.content()


def houses_xlsx(edition: Edition) -> bytes | None:
    """A sheet per establishment: its turns, and the duties its doctors hold; None where the plan has no establishment."""
    houses = edition.facts.instance.establishments
    if not houses:
        return None
    facts = edition.served
    title = say(fr="Feuilles par établissement", en="Sheets by establishment")
    about = say(fr="Une feuille par établissement : les gardes dont c’est le tour, et celles que tiennent ses médecins.",
                en="A sheet per establishment: the duties that are its turn, and those its doctors hold.")  # fmt: skip
    booklet = open_booklet(edition, title, (about,), [Page(house.name) for house in houses])
    for sheet, house in zip(booklet.sheets, houses, strict=True):
        rows = [_house_row(facts, seat, house) for seat in facts.needed_seats if _concerns(seat, house)]
        write_table(booklet, sheet, house.name, edition.label, _house_columns(), rows,
                    nothing=say(fr="Aucune garde.", en="No duty."))  # fmt: skip
    return booklet.content()


def _said(edition: Edition) -> tuple[str, ...]:
    said = [
        say(fr="Le médecin indiqué est celui qui tient la garde, remplacements et échanges compris.",
            en="The doctor shown is the one who holds the duty, replacements and exchanges included."),
    ]  # fmt: skip
    if edition.state == "projet":
        to = say(fr=f" à {edition.reply_to}", en=f" to {edition.reply_to}") if edition.reply_to else ""
        said.append(
            say(fr=f"Ceci est un projet. Une garde ne convient pas ? Dites-le{to} sans attendre : le tableau part au conseil de "
                   "l’Ordre 45 jours avant le premier jour.",
                en=f"This is a draft. Does a duty not suit you? Say so{to} without delay: the roster goes to the council of the "
                   "Ordre 45 days before the first day.")
        )  # fmt: skip
    else:
        said.append(
            say(fr="Le médecin inscrit reste responsable de sa garde. Un empêchement, un échange ? Prévenez la coordination, qui "
                   "tient le tableau à jour pour le SAMU et pour l’Ordre.",
                en="The doctor listed stays responsible for the duty. Prevented, or an exchange? Tell the coordination, which "
                   "keeps the roster up to date for the SAMU and the Ordre.")
        )  # fmt: skip
    return tuple(said)


def _personal_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Date", en="Date"), 12, ("date", "strong")),
        Column(say(fr="Jour", en="Day"), 10),
        Column(say(fr="Horaires", en="Hours"), 14),
        Column(say(fr="Ligne", en="Line"), 30, ("shrink",)),
        Column(say(fr="Lieu", en="Place"), 36, ("shrink",)),
        Column(say(fr="Catégorie", en="Kind"), 20),
        Column(say(fr="Changement", en="Change"), 40, ("shrink",)),
    )


def _personal_row(edition: Edition, seat: Seat, doctor: str) -> Row:
    taken = seat.assignment is not None and seat.assignment.replaced_by == doctor
    remark = edition.remark(seat)
    if taken and seat.doctor:
        listed = edition.facts.name_of[seat.doctor.id]
        remark = say(fr=f"à la place de {listed}", en=f"in place of {listed}")
    return Row((seat.duty.date, day_name(seat.duty.date), seat.hours, seat.line.name, seat.place,
                band_word(seat.duty.band), remark), _shade(edition.facts, seat))  # fmt: skip


def _house_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Date", en="Date"), 12, ("date", "strong")),
        Column(say(fr="Jour", en="Day"), 10),
        Column(say(fr="Horaires", en="Hours"), 14),
        Column(say(fr="Ligne", en="Line"), 30, ("shrink",)),
        Column(say(fr="Médecin", en="Doctor"), 32, ("strong",)),
        Column(say(fr="Établissement du médecin", en="Doctor’s establishment"), 32, ("shrink",)),
        Column(say(fr="Tour", en="Turn"), 14),
    )


def _house_row(facts: Facts, seat: Seat, house: Establishment) -> Row:
    names = {one.id: one.name for one in facts.instance.establishments}
    unfilled = say(fr="NON POURVUE", en="UNFILLED")
    turn = say(fr="son tour", en="its turn") if house.id in seat.duty.establishments else ""
    return Row(
        (
            seat.duty.date, day_name(seat.duty.date), seat.hours, seat.line.name,
            facts.name_of[seat.doctor.id] if seat.doctor else unfilled,
            names.get(seat.doctor.establishment or "", "") if seat.doctor else "", turn,
        ),
        _shade(facts, seat) if seat.doctor else ("alert",),
    )  # fmt: skip


def _concerns(seat: Seat, house: Establishment) -> bool:
    """True for a duty that is the house's turn, that one of its doctors holds, or that any of its houses may fill."""
    own = seat.doctor is not None and seat.doctor.establishment == house.id
    open_turn = not seat.duty.establishments and house.id in seat.line.establishments and seat.doctor is None
    return own or house.id in seat.duty.establishments or open_turn


def _shade(facts: Facts, seat: Seat) -> tuple[str, ...]:
    if seat.duty.date in facts.holidays:
        return ("holiday",)
    return ("weekend",) if seat.duty.date.weekday() >= 5 else ()


def _count(seats: Sequence[Seat]) -> str:
    return plural(len(seats), say(fr="garde", en="duty"), say(fr="gardes", en="duties"))


def _month(day: date) -> str:
    from rosterplan.messages.words import month_name

    return month_name(day, year=True).capitalize()
