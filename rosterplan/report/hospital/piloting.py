"""The tableau de bord de pilotage: each line, each house, each doctor, overruns, and what it costs from the dated rates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from rosterplan.domain.people import Doctor
from rosterplan.messages import say
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.hospital.contribution import write_contribution
from rosterplan.report.hospital.page import new_page
from rosterplan.report.hospital.people import average_word, counted, euros, paid_for, status_name
from rosterplan.report.hospital.statements import write_statements
from rosterplan.report.tableau.book import Book, Cell, Column, Row, open_book, paragraph, section, table
from rosterplan.report.trade import band_word, period_word


def piloting_xlsx(facts: Facts) -> bytes:
    """The workbook of those who steer the convention."""
    title = say(fr="Tableau de bord de pilotage", en="Piloting dashboard")
    book, buffer = open_book(f"{title} – {facts.instance.id}", facts.instance.id)
    _dashboard(book, facts, title)
    write_contribution(book, facts)
    _loads(book, facts)
    _overruns(book, facts)
    write_statements(book, facts, facts.directory)
    book.workbook.close()
    return buffer.getvalue()


def _dashboard(book: Book, facts: Facts, title: str) -> None:
    """Lines, then houses, then statuses."""
    columns = (
        Column("", 44, ("strong",)), *(Column("", 13, ("whole",)) for _ in range(5)), Column("", 15, ("money",)),
    )  # fmt: skip
    about = say(
        fr=f"{period_word(facts.instance.period)}. Coûts : forfaits de la feuille Tarifs en vigueur à la date de chaque garde, hors charges et "
        "temps de travail additionnel ; « sans tarif » compte les gardes pour lesquelles elle ne dit rien.",
        en=f"{period_word(facts.instance.period)}. Costs: rates of sheet Tarifs in force on the date of each duty, without charges and "
        "additional working time; “without a rate” counts the duties it says nothing of.",
    )  # fmt: skip
    sheet, row = new_page(book, say(fr="Tableau de bord", en="Dashboard"), title, about, columns, one_page=True)
    over = _overruns_of_line(facts)
    heads = ("gardes à\npourvoir", "pourvues", "non\npourvues", "au-delà d’un\nplafond", "sans\ntarif", "coût (€)")
    english = ("duties to\nfill", "filled", "unfilled", "beyond\na cap", "without\na rate", "cost (€)")
    row = section(book, sheet, row, say(fr="Par ligne", en="By line"), last_column=6)
    lines = [
        _line_row(facts, line.name, facts.seats_of_line[line.id], over[line.id])
        for line in facts.instance.lines
        if facts.seats_of_line[line.id]
    ]
    total = _line_row(facts, say(fr="Ensemble", en="All"), facts.needed_seats, sum(over.values()), ("total",))
    row = table(book, sheet, row, _headed(columns, say(fr="Ligne", en="Line"), heads, english), [*lines, total]) + 1
    row = section(book, sheet, row, say(fr="Par établissement", en="By house"), last_column=6)
    houses = [
        (house.name, [one for one in facts.directory if one.establishment == house.id])
        for house in facts.instance.establishments
    ]
    row = _people(book, facts, row, sheet, columns, say(fr="Établissement", en="House"), houses) + 1
    row = section(book, sheet, row, say(fr="Par statut", en="By status"), last_column=6)
    of_status: dict[str, list[Doctor]] = defaultdict(list)
    for doctor in facts.directory:
        of_status[doctor.status].append(doctor)
    statuses = [(status_name(status), people) for status, people in sorted(of_status.items())]
    _people(book, facts, row, sheet, columns, say(fr="Statut", en="Status"), statuses)


def _headed(columns: Sequence[Column], first: str, french: Sequence[str], english: Sequence[str]) -> tuple[Column, ...]:
    names = (first, *(say(fr=one, en=two) for one, two in zip(french, english, strict=True)))
    return tuple(Column(name, column.width, column.look) for name, column in zip(names, columns, strict=True))


def _line_row(facts: Facts, name: str, seats: Sequence[Seat], over: int, look: tuple[str, ...] = ()) -> Row:
    filled = [seat for seat in seats if seat.doctor]
    cents = [paid_for(facts, seat.duty, seat.doctor) for seat in filled if seat.doctor]
    missing = len(seats) - len(filled)
    cells: tuple[Cell, ...] = (
        name, len(seats), len(filled), missing, over, sum(one is None for one in cents), euros(sum(one or 0 for one in cents)),
    )  # fmt: skip
    return Row(cells, look or (("alert",) if missing else ()))


def _people(
    book: Book, facts: Facts, row: int, sheet: object, columns: Sequence[Column], first: str, parts: list[tuple[str, list[Doctor]]]
) -> int:  # fmt: skip
    """A row per part of the team: doctors, full-time equivalents, duties, their share, cost."""
    heads = ("médecins", "ETP", "gardes", "part des\ngardes", "gardes par\nETP", "coût (€)")
    english = ("doctors", "FTE", "duties", "share of\nduties", "duties per\nFTE", "cost (€)")
    looks = (("strong",), ("whole",), ("hundredths",), ("whole",), ("percent",), ("hundredths",), ("money",))
    every = sum(len(facts.seats_of_doctor[doctor.id]) for doctor in facts.directory) or 1
    rows = []
    for name, people in parts:
        seats = [(seat, doctor) for doctor in people for seat in facts.seats_of_doctor[doctor.id]]
        equivalents = sum(doctor.quota for doctor in people)
        cents = sum(paid_for(facts, seat.duty, doctor) or 0 for seat, doctor in seats)
        rows.append(
            Row(
                (
                    name,
                    len(people),
                    equivalents,
                    len(seats),
                    len(seats) / every,
                    len(seats) / equivalents if equivalents else None,
                    euros(cents),
                )
            )
        )
    named = _headed(columns, first, heads, english)
    return table(
        book, sheet, row, [Column(one.heading, one.width, look) for one, look in zip(named, looks, strict=True)], rows
    )


def _overruns_of_line(facts: Facts) -> Counter[str]:
    """Caps passed by consent, counted once on the line of the duties concerned."""
    found: Counter[str] = Counter()
    for finding in facts.audit.findings:
        if finding.stage == "caps" and finding.duties:
            found[facts.instance.duty_by_id[finding.duties[-1]].line] += max(1, round(finding.amount))
    return found


def _loads(book: Book, facts: Facts) -> None:
    """A row per doctor: duties per band, on site and on call, hours, and the 48 hours."""
    columns = (
        Column(say(fr="Médecin", en="Doctor"), 28, ("strong",)), Column(say(fr="Établissement", en="House"), 20), Column(say(fr="Statut", en="Status"), 13),
        Column(say(fr="Quotité", en="Part"), 8, ("hundredths",)), *(Column(band_word(band), 10, ("whole",)) for band in facts.bands),
        Column(say(fr="Gardes", en="On site"), 8, ("whole",)), Column(say(fr="Astreintes", en="On call"), 9, ("whole",)),
        Column(say(fr="Moyenne par semaine,\nservice compris", en="Average per week,\nservice included"), 40),
    )  # fmt: skip
    title = say(fr="Charge par médecin", en="Load per doctor")
    about = say(
        fr="« Non vérifié » : la feuille « Temps de service » ne couvre pas les mois de la moyenne ; rien n’est alors affirmé.",
        en="“Not verified”: sheet “Temps de service” does not cover the months of the average; then nothing is claimed.",
    )
    sheet, row = new_page(book, title, title, about, columns)
    rows = []
    for doctor in facts.directory:
        total = counted(facts, doctor, facts.seats_of_doctor[doctor.id])
        rows.append(
            Row((
                doctor.directory_name, doctor.establishment, status_name(doctor.status), doctor.quota,
                *(total.by_band[band] or None for band in facts.bands), total.gardes or None, total.astreintes or None, average_word(facts, doctor),
            ))
        )  # fmt: skip
    end = table(book, sheet, row, columns, rows)
    sheet.autofilter(row, 0, end - 1, len(columns) - 1)
    sheet.repeat_rows(row)


def _overruns(book: Book, facts: Facts) -> None:
    """Each cap passed by a doctor who accepts it."""
    columns = (
        Column(say(fr="Médecin", en="Doctor"), 28, ("strong",)),
        Column(say(fr="Au-delà de", en="Beyond"), 12, ("whole",)),
        Column(say(fr="Constat", en="Finding"), 100),
    )
    title = say(fr="Plafonds dépassés par accord", en="Caps passed by consent")
    about = say(
        fr="Seuls les médecins qui « acceptent au-delà du plafond » y figurent ; le calcul en fait le moins possible, et les répartit.",
        en="Only doctors who accept more than the cap are here; the calculation makes as few as possible, and spreads them.",
    )
    sheet, row = new_page(book, title, title, about, columns)
    found = [one for one in facts.audit.findings if one.stage == "caps"]
    if not found:
        paragraph(
            book, sheet, row, say(fr="Aucun plafond n’est dépassé.", en="No cap is passed."), last_column=2, width=140
        )
        return
    rows = [Row((facts.name_of.get(one.doctors[0], "") if one.doctors else "", one.amount, one.text)) for one in found]
    table(book, sheet, row, columns, rows)
