"""Régulation and shared agendas week by week: a sheet a week, shift by shift or slot by slot, with the needs not met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from rosterplan.domain.work import Demand, monday_of
from rosterplan.messages import say
from rosterplan.messages.words import hours, short_date
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.hospital.page import new_page
from rosterplan.report.tableau.book import Book, Column, Row, open_book, table

Placed = tuple[date, int, str, Row]
"""Day, start [minutes since 1970] and line of a row, to sort by, and the row."""

_ALERT = ("alert",)
_MOST_ON_A_PAGE, _ROW_POINTS = 50, 15


def shifts_xlsx(facts: Facts) -> bytes:
    """A sheet per week: each shift held, who holds it, on site or at a distance, and how to reach them."""
    columns = (
        _day(), Column(say(fr="Horaires", en="Hours"), 15, ("strong",)), Column(say(fr="Ligne", en="Line"), 38, ("shrink",)),
        Column(say(fr="Régulateurs", en="Regulators"), 34, ("wrap",)), Column(say(fr="Téléphone", en="Phone"), 17, ("wrap",)),
        Column(say(fr="Lieu", en="Place"), 34, ("shrink",)),
    )  # fmt: skip
    together: dict[str, list[Seat]] = defaultdict(list)
    for seat in facts.needed_seats:
        if seat.doctor is not None or seat.unfilled:
            together[seat.duty.id].append(seat)

    def rows() -> list[Placed]:
        return [_shift(facts, seats) for seats in together.values()]

    return _weekly(facts, say(fr="Vacations par semaine", en="Shifts by week"), columns, rows)


def slots_xlsx(facts: Facts) -> bytes:
    """A sheet per week: each slot opened, its doctor, the practice and its number."""
    return _weekly(facts, say(fr="Agenda par semaine", en="Agenda by week"), _slot_columns(), lambda: _slots(facts))


def week_xlsx(facts: Facts, monday: date, label: str) -> bytes:
    """One week of an agenda for who books it and who holds it: in time order, then doctor by doctor."""
    columns, title = _slot_columns(), say(fr="Agenda", en="Agenda")
    book, buffer = open_book(f"{title} – {facts.instance.id}", facts.instance.id)
    placed = sorted((*_slots(facts), *_not_met(facts)), key=lambda one: one[:3])
    inside = [one for one in placed if monday_of(one[0]) == monday]
    _week_sheet(book, title, label, columns, monday, inside)
    own = sorted((one for one in inside if one[3].look != _ALERT), key=lambda one: str(one[3].cells[3]))
    name = say(fr="Par médecin", en="By doctor")
    sheet, row = new_page(book, name, name, label, columns, one_page=True)
    table(book, sheet, row, columns, [one[3] for one in own])
    book.workbook.close()
    return buffer.getvalue()


def _slot_columns() -> tuple[Column, ...]:
    return (
        _day(), Column(say(fr="Créneau", en="Slot"), 17, ("strong",)), Column(say(fr="Commune", en="Commune"), 40, ("shrink",)),
        Column(say(fr="Médecin", en="Doctor"), 32), Column(say(fr="Téléphone", en="Phone"), 17),
        Column(say(fr="Adresse", en="Address"), 46, ("shrink",)),
    )  # fmt: skip


def _slots(facts: Facts) -> list[Placed]:
    return [_slot(facts, seat) for seat in facts.needed_seats if seat.doctor is not None]


def _weekly(facts: Facts, title: str, columns: Sequence[Column], rows: Callable[[], list[Placed]]) -> bytes:
    book, buffer = open_book(f"{title} – {facts.instance.id}", facts.instance.id)
    weeks: dict[date, list[Placed]] = defaultdict(list)
    for placed in sorted([*rows(), *_not_met(facts)], key=lambda one: one[:3]):
        weeks[monday_of(placed[0])].append(placed)
    for monday, inside in sorted(weeks.items()):
        _week_sheet(book, title, facts.instance.id, columns, monday, inside)
    if not weeks:
        new_page(book, title, title, say(fr="Rien à montrer.", en="Nothing to show."), columns)
    book.workbook.close()
    return buffer.getvalue()


def _week_sheet(
    book: Book, title: str, about: str, columns: Sequence[Column], monday: date, inside: Sequence[Placed]
) -> None:
    """The sheet of a week; one page where its rows can be read so."""
    span = f"{short_date(monday)} – {short_date(monday + timedelta(days=6))}"
    name = say(fr=f"Semaine {monday:%V} ({monday:%d-%m})", en=f"Week {monday:%V} ({monday:%d-%m})")
    short = sum(1 if one[3].height is None else one[3].height / _ROW_POINTS for one in inside) <= _MOST_ON_A_PAGE
    sheet, row = new_page(book, name, f"{title}, {span}", about, columns, one_page=short)
    end = table(book, sheet, row, columns, [placed[3] for placed in inside])
    sheet.autofilter(row, 0, end - 1, len(columns) - 1)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)


def _day() -> Column:
    return Column(say(fr="Jour", en="Day"), 16, (say(fr="long-date", en="long-date-en"),))


def _shift(facts: Facts, seats: Sequence[Seat]) -> Placed:
    """One shift with everyone who holds it; phones stand beside the names, line by line."""
    first = seats[0]
    people = [seat.doctor for seat in seats if seat.doctor]
    names = [facts.name_of[doctor.id] for doctor in people]
    missing = sum(seat.unfilled for seat in seats)
    names += [say(fr="NON POURVUE", en="UNFILLED")] * missing
    cells = (
        first.duty.date, first.hours, first.line.name, "\n".join(names), "\n".join(doctor.phone for doctor in people), first.place,
    )  # fmt: skip
    look = ("alert",) if missing else _colour(facts, first.duty.date)
    return first.duty.date, first.duty.start_minute, first.line.id, Row(cells, look, height=13.5 * len(names) + 3)


def _slot(facts: Facts, seat: Seat) -> Placed:
    doctor = seat.doctor
    assert doctor is not None
    site = facts.instance.site_by_id.get(doctor.site or "")
    phone, address = (site.phone, site.address or site.name) if site else ("", seat.place)
    cells = (seat.duty.date, seat.hours, seat.line.name, facts.name_of[doctor.id], phone or seat.line.phone, address)
    return seat.duty.date, seat.duty.start_minute, seat.line.id, Row(cells)


def _not_met(facts: Facts) -> list[Placed]:
    """A row per stretch of a need that is short, as the audit words it."""
    parts = {part.id: part for part in facts.instance.wanted}
    found: list[Placed] = []
    for finding in facts.audit.findings:
        short: list[Demand] = (
            [parts[one] for one in finding.duties if one in parts] if finding.stage == "coverage" else []
        )
        if not short:
            continue
        start, end = short[0].start.astimezone(facts.zone), short[-1].end.astimezone(facts.zone)
        missing = round(finding.amount / len(short))
        words = say(fr=f"BESOIN NON COUVERT : il manque {missing}", en=f"NEED NOT MET: {missing} missing")
        line = facts.instance.line_by_id[short[0].line].name
        row = Row((start.date(), hours(start, end), line, words, "", ""), _ALERT)
        found.append((start.date(), short[0].start_minute, short[0].line, row))
    return found


def _colour(facts: Facts, day: date) -> tuple[str, ...]:
    return ("holiday",) if day in facts.holidays else ("weekend",) if day.weekday() >= 5 else ()
