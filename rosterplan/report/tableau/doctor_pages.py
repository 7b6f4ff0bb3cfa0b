"""A page per doctor: his or her duties, how the part was reckoned, what became of the wishes. A4, ready to send."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.people import Doctor
from rosterplan.messages import say
from rosterplan.messages.words import decimal, plural, signed
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.share_lines import ShareLine, ShareTable, cause_word
from rosterplan.report.tableau.book import SUMMARY, Book, Column, Link, Row, paragraph, put, section, set_columns, table
from rosterplan.report.tableau.doctors import own_sectors, renfort_sectors, weekends_touched
from rosterplan.report.tableau.names import DOCTORS, Names
from rosterplan.report.tableau.page import set_cut_pages
from rosterplan.report.trade import band_word, period_word, status_word
from rosterplan.report.wish_lines import WishLine

_WIDTHS: Final = (17.0, 15.0, 20.0, 29.0, 17.0, 7.5, 7.5)
_LAST: Final = len(_WIDTHS) - 1
_CHARACTERS: Final = sum(_WIDTHS)
"""Width of the page [characters]."""

_PAGE_POINTS: Final = 650.0
"""Height of a page; a doctor with more goes on to a second one [points]."""


def write_doctor_pages(
    book: Book, facts: Facts, shares: ShareTable, wishes: Sequence[WishLine], names: Names
) -> dict[str, int]:
    """Write everyone's page in the sheet ``names`` gives; return the row where each begins [0-based]."""
    asked: dict[str, list[WishLine]] = defaultdict(list)
    for wish in wishes:
        asked[wish.doctor].append(wish)
    starts: dict[str, int] = {}
    for sheet_name in dict.fromkeys(names.doctor.values()):
        sheet = book.workbook.get_worksheet_by_name(sheet_name)
        set_columns(sheet, [Column("", width) for width in _WIDTHS])
        here = [doctor for doctor in names.doctor if names.doctor[doctor] == sheet_name]
        row, breaks = 0, []
        for doctor_id in here:
            if row:
                breaks.append(row)
            starts[doctor_id] = row
            doctor = facts.instance.doctor_by_id[doctor_id]
            row = _page(book, sheet, row, facts, doctor, shares.of_doctor.get(doctor_id, ()), asked[doctor_id])
        label = facts.name_of[here[0]] if len(here) == 1 else say(fr="Feuilles des médecins", en="Doctors’ sheets")
        set_cut_pages(book, sheet, label, widths=_WIDTHS, height=_PAGE_POINTS, breaks=breaks, landscape=False)
    return starts


def _page(
    book: Book,
    sheet: Worksheet,
    row: int,
    facts: Facts,
    doctor: Doctor,
    lines: Sequence[ShareLine],
    asked: Sequence[WishLine],
) -> int:
    """Write one doctor's page from ``row``; return the first row after it."""
    seats = facts.seats_of_doctor[doctor.id]
    sheet.set_row(row, 24)
    put(book, sheet, row, 0, facts.name_of[doctor.id], book.pen("title"))
    put(book, sheet, row, 4, Link(say(fr="← Médecins", en="← Doctors"), DOCTORS), book.pen("link"))
    helping = ", ".join(renfort_sectors(facts, doctor))
    renfort = (say(fr="renfort : ", en="helps out: ") + helping) if helping else ""
    own = ", ".join(own_sectors(facts, doctor))
    about = " · ".join(filter(None, (period_word(facts.instance.period), own, renfort, status_word(doctor.status))))
    put(book, sheet, row + 1, 0, about, book.pen("label"))
    put(book, sheet, row + 1, 4, Link(say(fr="← Sommaire", en="← Summary"), SUMMARY), book.pen("link"))
    row = section(book, sheet, row + 3, _totals(seats), last_column=_LAST)
    row = _duties(book, sheet, row, facts, seats)
    if lines:
        row = _shares(book, sheet, row + 1, facts, lines)
    if asked:
        row = _wishes(book, sheet, row + 1, asked)
    return row + 1


def _totals(seats: Sequence[Seat]) -> str:
    """« 8 gardes · 27 points · 52 h · 3 week-ends touchés »."""
    hours = sum(seat.duty.minutes for seat in seats) / 60
    points = sum(seat.duty.points for seat in seats)
    weekends = plural(weekends_touched(seats), say(fr="week-end", en="weekend"), say(fr="week-ends", en="weekends"))
    return " · ".join(
        (
            plural(len(seats), say(fr="garde", en="duty"), say(fr="gardes", en="duties")),
            plural(points, "point"),
            f"{hours:g} h".replace(".", say(fr=",", en=".")),
            weekends,
        )
    )


def _duties(book: Book, sheet: Worksheet, row: int, facts: Facts, seats: Sequence[Seat]) -> int:
    if not seats:
        return paragraph(book, sheet, row, say(fr="Aucune garde.", en="No duty."), last_column=_LAST, width=_CHARACTERS)
    columns = (
        Column(say(fr="Date", en="Date"), 0, (say(fr="long-date", en="long-date-en"), "strong")),
        Column(say(fr="Horaires", en="Hours"), 0),
        Column(say(fr="Ligne", en="Line"), 0, ("shrink",)),
        Column(say(fr="Lieu", en="Place"), 0, ("shrink",)),
        Column(say(fr="Catégorie", en="Kind"), 0),
        Column("Points", 0, ("whole",)),
        Column(say(fr="Heures", en="Hours"), 0, ("whole",)),
    )
    return table(book, sheet, row, columns, [_duty(facts, seat) for seat in seats])


def _duty(facts: Facts, seat: Seat) -> Row:
    day, duty = seat.duty.date, seat.duty
    shade = ("holiday",) if day in facts.holidays else ("weekend",) if day.weekday() >= 5 else ()
    return Row(
        (day, seat.hours, seat.line.name, seat.place, band_word(duty.band), duty.points, duty.minutes / 60), shade
    )


def _shares(book: Book, sheet: Worksheet, row: int, facts: Facts, lines: Sequence[ShareLine]) -> int:
    """The juste répartition of one doctor: a line of arithmetic per band, under the name of its group."""
    row = section(book, sheet, row, say(fr="Juste répartition", en="Fair sharing"), last_column=_LAST)
    row = paragraph(book, sheet, row, said_to_doctors(), last_column=_LAST, width=_CHARACTERS, look="text")
    headings = {
        0: say(fr="Catégorie", en="Kind"),
        1: say(fr="Cause d’un écart", en="Cause of a gap"),
        2: say(fr="Part : coefficient × gardes ÷ coefficients", en="Share: coefficient × duties ÷ coefficients"),
        4: say(fr="Solde → cible → tenues → solde", en="Balance → target → held → balance"),
    }
    row = _spread(book, sheet, row, headings, ("head-left",))
    group = ""
    for line in lines:
        if line.group != group:
            group = line.group
            row = _spread(book, sheet, row, {0: facts.group_name.get(group, group)}, ("under", "strong"))
        texts = {
            0: band_word(line.band),
            1: cause_word(line.cause),
            2: line.arithmetic,
            4: _course(line),
        }
        row = _spread(book, sheet, row, texts, ("under",))
    return row


def _wishes(book: Book, sheet: Worksheet, row: int, asked: Sequence[WishLine]) -> int:
    granted = sum(1 for wish in asked if wish.granted)
    title = say(
        fr=f"Vœux : {granted} suivi{'s' if granted > 1 else ''} sur {len(asked)}",
        en=f"Wishes: {granted} of {len(asked)} followed",
    )
    row = section(book, sheet, row, title, last_column=_LAST)
    for wish in asked:
        kind = say(fr="souhaité", en="wished") if wish.value == "wish" else say(fr="à éviter", en="to avoid")
        outcome = say(fr="suivi", en="followed") if wish.granted else say(fr="non suivi", en="not followed")
        told = " : ".join(part for part in (outcome, wish.why) if part)
        row = _spread(book, sheet, row, {0: f"{wish.day:%d/%m/%Y}", 1: kind, 2: wish.what, 4: told}, ("under",))
    return row


def _spread(book: Book, sheet: Worksheet, row: int, texts: Mapping[int, str], look: tuple[str, ...]) -> int:
    """Write short texts on one ruled line, each running over the empty cells beside it; return the next row."""
    for column in range(_LAST + 1):
        put(book, sheet, row, column, texts.get(column), book.pen(*look))
    return row + 1


def said_to_doctors() -> str:
    """How parts are made, in the words every doctor receives."""
    return say(
        fr="Chacun fait sa part des gardes réellement tenues, selon son coefficient et son temps de présence. L’écart du trimestre est "
        "reporté. Une garde d’écart peut venir de l’arrondi ; au-delà, la cause est écrite.",
        en="Everyone does a share of the duties really held, by coefficient and time of presence. The gap of the quarter is carried "
        "over. A gap of one duty may come from rounding; beyond that, the cause is written.",
    )


def _course(line: ShareLine) -> str:
    """« +0,90 → 7,86 → 8 → +0,45 »; in renfort, the duties held alone."""
    if line.renfort:
        return plural(line.held, say(fr="garde", en="duty"), say(fr="gardes", en="duties"))
    return f"{signed(line.opening)} → {decimal(line.target)} → {line.held} → {signed(line.closing)}"
