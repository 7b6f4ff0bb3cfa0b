"""The three workbooks of a closing, from what was served: for the Ordre, for who pays, and for the coordination."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from rosterplan.domain.fairness import WISHES, Key
from rosterplan.domain.people import Doctor
from rosterplan.domain.rates import Rate, rate_of
from rosterplan.domain.roster import Assignment, Roster
from rosterplan.domain.versions import Served
from rosterplan.messages import say
from rosterplan.messages.words import day_name, plural
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.hospital.files import definitive_files
from rosterplan.report.indicators import FAMILIES, Family, family_of, family_word
from rosterplan.report.publication.booklet import Page, open_booklet, write_table
from rosterplan.report.publication.edition import Edition
from rosterplan.report.tableau.book import Column, Row
from rosterplan.report.trade import band_word

SERVED_FILE: Final = "gardes-effectuees.xlsx"
PAY_FILE: Final = "forfaits.xlsx"
BALANCES_FILE: Final = "soldes.xlsx"

TAX_FREE_DAYS: Final = 60
"""Duty days a year whose pay is exempt from income tax in under-served zones (CGI 151 ter): told, never applied."""


@dataclass(frozen=True)
class Closing:
    """A quarter that closes: the edition in force, what was served, dated rates, and accounts before and after.

    ``days_of_year`` counts each doctor's duty days of the calendar year of the period's end, this period included.
    """

    edition: Edition
    served: Sequence[Served]
    rates: Sequence[Rate]
    before: Mapping[Key, int]
    after: Mapping[Key, int]
    days_of_year: Mapping[str, int]

    @cached_property
    def facts(self) -> Facts:
        """The positions as really served."""
        there = dict.fromkeys((one.duty, one.doctor) for one in self.served)
        roster = Roster(assignments=tuple(Assignment(duty=duty, doctor=doctor) for duty, doctor in there))
        return replace(self.edition.facts, roster=roster)

    @cached_property
    def listed(self) -> dict[tuple[str, str], str]:
        """Name of the doctor who was listed, where another one served."""
        names = self.edition.facts.name_of
        return {(one.duty, one.doctor): names.get(one.listed, one.listed) for one in self.served
                if one.listed and one.listed != one.doctor}  # fmt: skip


def closing_files(closing: Closing) -> dict[str, bytes]:
    """The workbooks of a closing, by name; the statement of forfaits only where the plan has rates."""
    files = {SERVED_FILE: served_xlsx(closing), BALANCES_FILE: balances_xlsx(closing)}
    files |= definitive_files(closing.facts, closing.rates)
    return {**files, PAY_FILE: pay_xlsx(closing)} if closing.rates else files


def served_xlsx(closing: Closing) -> bytes:
    """By time band, the doctors who really served: for the CDOM within a month where R.6315-2 holds."""
    facts = closing.facts
    seats: dict[Family, list[Seat]] = {family: [] for family in FAMILIES}
    missing: list[Seat] = []
    for seat in facts.needed_seats:
        (seats[family_of(facts, seat)] if seat.doctor else missing).append(seat)
    lost = say(fr="Gardes non tenues", en="Duties not served")
    by_doctor = say(fr="Par médecin", en="By doctor")
    pages = [Page(family_word(family), _duties(len(seats[family]))) for family in FAMILIES]
    pages += [Page(by_doctor), Page(lost, _duties(len(missing)))]
    said = _served_said(closing)
    booklet = open_booklet(closing.edition, say(fr="Gardes effectuées", en="Duties served"), (said,), pages)
    none = say(fr="Aucune garde.", en="No duty.")
    for sheet, family in zip(booklet.sheets, FAMILIES, strict=False):
        rows = [_served_row(closing, seat) for seat in seats[family]]
        write_table(booklet, sheet, family_word(family), _served_about(), _served_columns(), rows, nothing=none)
    write_table(booklet, booklet.sheets[3], by_doctor, say(fr="Nombre de gardes tenues, par plage horaire.", en="Number of duties served, by time band."),
                _count_columns(), _count_rows(facts, seats), nothing=none)  # fmt: skip
    write_table(booklet, booklet.sheets[4], lost, say(fr="Gardes prévues que personne n’a tenues.", en="Duties planned that nobody served."),
                _served_columns(), [_served_row(closing, seat) for seat in missing],
                nothing=say(fr="Toutes les gardes ont été tenues.", en="Every duty was served."))  # fmt: skip
    return booklet.content()


def _served_said(closing: Closing) -> str:
    """What the list is, and to whom it is due."""
    if closing.edition.circuit.under_law:
        return say(
            fr="Liste, par plage horaire, des médecins ayant effectivement participé à la permanence des soins ; elle est due au conseil "
               "départemental de l’Ordre dans le mois qui suit la période (code de la santé publique, R.6315-2).",
            en="List, by time band, of the doctors who really took part in out-of-hours care; it is due to the departmental council of the "
               "Ordre within the month after the period (code de la santé publique, R.6315-2).",
        )  # fmt: skip
    return say(fr="Liste, par plage horaire, des médecins qui ont effectivement tenu les gardes.", en="List, by time band, of the doctors who really held the duties.")  # fmt: skip


def pay_xlsx(closing: Closing) -> bytes:
    """The statement of forfaits: what each doctor who served is owed, by dated rates; what no rate pays is told apart."""
    facts = closing.facts
    paid: dict[str, list[tuple[Seat, Rate]]] = defaultdict(list)
    unpaid: list[Seat] = []
    for seat in facts.needed_seats:
        if seat.doctor is None:
            continue
        rate = rate_of(closing.rates, seat.duty, seat.doctor.status)
        if rate is None:
            unpaid.append(seat)
        else:
            paid[seat.doctor.id].append((seat, rate))
    totals, details = say(fr="Par médecin", en="By doctor"), say(fr="Garde par garde", en="Duty by duty")
    without = say(fr="Sans tarif", en="Without a rate")
    validated = say(fr="la validation du SAMU et de l’ARS", en="validation by the SAMU and the ARS")
    if not closing.edition.circuit.under_law:
        validated = say(fr="la validation de qui paie", en="validation by whoever pays")
    said = (
        say(fr="Le forfait est dû au médecin qui a tenu la garde, d’après les tarifs de la feuille « Tarifs » en vigueur ce jour-là.",
            en="The forfait is owed to the doctor who served, under the rates of sheet “Tarifs” in force that day."),
        say(fr=f"Relevé préparatoire : le paiement suit {validated}.", en=f"Preparatory statement: payment follows {validated}."),
    )  # fmt: skip
    booklet = open_booklet(closing.edition, say(fr="État des forfaits", en="Statement of forfaits"), said,
                           [Page(totals), Page(details), Page(without, _duties(len(unpaid)))])  # fmt: skip
    write_table(booklet, booklet.sheets[0], totals, _tax_words(), _total_columns(closing), _total_rows(closing, paid),
                nothing=say(fr="Aucune garde payée.", en="No duty paid."), lines=2)  # fmt: skip
    write_table(booklet, booklet.sheets[1], details, say(fr="Dans l’ordre des médecins puis du temps.", en="By doctor, then by time."),
                _detail_columns(), _detail_rows(facts, paid), nothing=say(fr="Aucune garde payée.", en="No duty paid."))  # fmt: skip
    write_table(booklet, booklet.sheets[2], without, say(fr="Aucune ligne de la feuille « Tarifs » ne vise ces gardes à leur date.",
                en="No row of sheet “Tarifs” is meant for these duties at their date."), _served_columns(),
                [_served_row(closing, seat) for seat in unpaid], nothing=say(fr="Chaque garde a son tarif.", en="Every duty has its rate."))  # fmt: skip
    return booklet.content()


def balances_xlsx(closing: Closing) -> bytes:
    """The accounts as the period closes: before, after, by doctor, group and band."""
    facts = closing.edition.facts
    title = say(fr="Soldes à la clôture", en="Balances at closing")
    keys = sorted({*closing.before, *closing.after} - {key for key in closing.after if key[1] == WISHES})
    rank = facts.rank_of
    rows = [
        Row((
            facts.name_of.get(doctor, doctor), facts.group_name.get(group, group), band_word(band),
            closing.before.get((doctor, group, band), 0) / 100, closing.after.get((doctor, group, band), 0) / 100,
        ))
        for doctor, group, band in sorted(keys, key=lambda key: (key[1], rank.get(key[0], len(rank)), key[2]))
        if closing.before.get((doctor, group, band), 0) or closing.after.get((doctor, group, band), 0)
    ]  # fmt: skip
    columns = (
        Column(say(fr="Médecin", en="Doctor"), 34, ("strong",)),
        Column(say(fr="Groupe", en="Group"), 28, ("shrink",)),
        Column(say(fr="Catégorie", en="Kind"), 22),
        Column(say(fr="Solde avant", en="Balance before"), 13, ("signed",)),
        Column(say(fr="Solde après", en="Balance after"), 13, ("signed",)),
    )
    said = say(
        fr="Solde = gardes tenues − part, en gardes : + d’avance, − en retard. Dans chaque groupe et chaque catégorie, les soldes "
           "s’annulent. Ils sont repris au trimestre suivant.",
        en="Balance = duties held − due, in duties: + ahead, − behind. In each group and kind the balances sum to nothing. They are "
           "carried into the next quarter.",
    )  # fmt: skip
    booklet = open_booklet(closing.edition, title, (said,), [Page(title)])
    write_table(booklet, booklet.sheets[0], title, say(fr="Réservé à la coordination.", en="For the coordination."), columns, rows,
                nothing=say(fr="Tous les soldes sont nuls.", en="Every balance is nil."), landscape=False)  # fmt: skip
    return booklet.content()


def _duties(count: int) -> str:
    return plural(count, say(fr="garde", en="duty"), say(fr="gardes", en="duties"))


def _served_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Date", en="Date"), 12, ("date",)),
        Column(say(fr="Jour", en="Day"), 10),
        Column(say(fr="Horaires", en="Hours"), 14),
        Column(say(fr="Secteur", en="Sector"), 24, ("shrink",)),
        Column(say(fr="Ligne", en="Line"), 28, ("shrink",)),
        Column(say(fr="Médecin", en="Doctor"), 32, ("strong",)),
        Column(say(fr="N° RPPS", en="RPPS no."), 14, ("centre",)),
        Column(say(fr="À la place de", en="In place of"), 30, ("shrink",)),
        Column(say(fr="Lieu", en="Place"), 32, ("shrink",)),
    )


def _served_about() -> str:
    return say(fr="Le médecin est celui qui a tenu la garde ; si un autre était inscrit au tableau, il est nommé à côté.",
               en="The doctor is the one who served; where another was listed, he or she is named beside.")  # fmt: skip


def _served_row(closing: Closing, seat: Seat) -> Row:
    doctor = seat.doctor
    return Row((
        seat.duty.date, day_name(seat.duty.date), seat.hours, seat.sector_name, seat.line.name,
        closing.facts.name_of[doctor.id] if doctor else "", doctor.rpps if doctor else "",
        closing.listed.get((seat.duty.id, doctor.id), "") if doctor else "", seat.place,
    ))  # fmt: skip


def _count_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Médecin", en="Doctor"), 34, ("strong",)),
        Column(say(fr="N° RPPS", en="RPPS no."), 14, ("centre",)),
        *(Column(family_word(family), 16, ("whole",)) for family in FAMILIES),
        Column(say(fr="Gardes", en="Duties"), 10, ("whole",)),
        Column(say(fr="Heures", en="Hours"), 10, ("tenths",)),
    )


def _count_rows(facts: Facts, seats: Mapping[Family, Sequence[Seat]]) -> list[Row]:
    counts = {family: Counter(seat.doctor.id for seat in found if seat.doctor) for family, found in seats.items()}
    rows = []
    for doctor in facts.directory:
        held = facts.seats_of_doctor[doctor.id]
        if held:
            numbers = [counts[family][doctor.id] for family in FAMILIES]
            rows.append(Row((facts.name_of[doctor.id], doctor.rpps, *numbers, len(held), _hours(held))))
    return rows


def _hours(seats: Sequence[Seat]) -> float:
    return sum(seat.duty.minutes for seat in seats) / 60


def _total_columns(closing: Closing) -> tuple[Column, ...]:
    year = closing.edition.facts.instance.period.end.year
    return (
        Column(say(fr="Médecin", en="Doctor"), 34, ("strong",)),
        Column(say(fr="N° RPPS", en="RPPS no."), 14, ("centre",)),
        Column(say(fr="Gardes payées", en="Duties paid"), 11, ("whole",)),
        Column(say(fr="Heures", en="Hours"), 10, ("tenths",)),
        Column(say(fr="Montant (€)", en="Amount (€)"), 14, ("hundredths", "strong")),
        Column(say(fr=f"Jours de garde en {year}", en=f"Duty days in {year}"), 14, ("whole",)),
    )


def _total_rows(closing: Closing, paid: Mapping[str, Sequence[tuple[Seat, Rate]]]) -> list[Row]:
    facts = closing.facts
    rows = []
    for doctor in facts.directory:
        lines = paid.get(doctor.id, ())
        if lines:
            cents = sum(rate.amount(seat.duty) for seat, rate in lines)
            days = closing.days_of_year.get(doctor.id, 0)
            look = ("alert",) if days > TAX_FREE_DAYS else ()
            seats = [seat for seat, _ in lines]
            rows.append(
                Row((facts.name_of[doctor.id], doctor.rpps, len(lines), _hours(seats), cents / 100, days), look)
            )
    if rows:
        everything = [pair for lines in paid.values() for pair in lines]
        cents = sum(rate.amount(seat.duty) for seat, rate in everything)
        total = say(fr="Ensemble", en="All")
        rows.append(Row((total, "", len(everything), _hours([seat for seat, _ in everything]), cents / 100, None), ("total",)))  # fmt: skip
    return rows


def _tax_words() -> str:
    return say(
        fr=f"Au-delà de {TAX_FREE_DAYS} jours de garde dans l’année, l’exonération d’impôt de l’article 151 ter du CGI (zones sous-dotées) ne joue "
           "plus : la ligne est signalée. Les jours comptés sont ceux des trimestres clos et de celui-ci.",
        en=f"Beyond {TAX_FREE_DAYS} duty days in the year the tax exemption of article 151 ter of the CGI (under-served zones) no longer applies: "
           "the row is marked. The days counted are those of closed quarters and of this one.",
    )  # fmt: skip


def _detail_columns() -> tuple[Column, ...]:
    return (
        Column(say(fr="Médecin", en="Doctor"), 32, ("strong",)),
        Column(say(fr="Date", en="Date"), 12, ("date",)),
        Column(say(fr="Jour", en="Day"), 10),
        Column(say(fr="Horaires", en="Hours"), 14),
        Column(say(fr="Ligne", en="Line"), 28, ("shrink",)),
        Column(say(fr="Catégorie", en="Kind"), 18),
        Column(say(fr="Heures", en="Hours"), 9, ("tenths",)),
        Column(say(fr="Tarif", en="Rate"), 34, ("shrink",)),
        Column(say(fr="Montant (€)", en="Amount (€)"), 13, ("hundredths",)),
    )


def _detail_rows(facts: Facts, paid: Mapping[str, Sequence[tuple[Seat, Rate]]]) -> list[Row]:
    return [_detail(facts, doctor, seat, rate) for doctor in facts.directory for seat, rate in paid.get(doctor.id, ())]


def _detail(facts: Facts, doctor: Doctor, seat: Seat, rate: Rate) -> Row:
    per = say(fr="par heure", en="per hour") if rate.per == "heure" else say(fr="par garde", en="per duty")
    euros = f"{rate.cents / 100:.2f}".replace(".", say(fr=",", en="."))
    name = " – ".join(part for part in (rate.name, f"{euros} € {per}") if part)
    return Row((
        facts.name_of[doctor.id], seat.duty.date, day_name(seat.duty.date), seat.hours, seat.line.name,
        band_word(seat.duty.band), seat.duty.minutes / 60, name, rate.amount(seat.duty) / 100,
    ))  # fmt: skip
