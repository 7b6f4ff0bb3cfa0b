"""Sheet `Liste`: a row per position, the one sheet read back after correction by hand (domain/tableau_layout.py)."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.tableau_layout import (
    DOCTOR,
    DUTY,
    LISTE,
    LISTE_COLUMNS,
    LISTE_HEADER_ROW,
    LOCK,
    LOCKED,
)
from rosterplan.messages import say
from rosterplan.messages.words import day_name
from rosterplan.report.facts import Facts, Seat
from rosterplan.report.pools import Pools
from rosterplan.report.tableau.book import Book, Column, Row, head, set_columns, table
from rosterplan.report.tableau.names import LISTS
from rosterplan.report.tableau.page import set_page
from rosterplan.report.trade import band_word

_WIDTHS: dict[str, tuple[float, tuple[str, ...]]] = {
    "Date": (11, ("date",)),
    "Jour": (9.5, ()),
    "Horaires": (12.5, ()),
    "Ligne": (26, ("shrink",)),
    "Catégorie": (18, ()),
    "Points": (7, ("whole",)),
    DOCTOR: (31, ("strong",)),
    LOCK: (7.5, ("centre",)),
    "Remarque": (42, ("shrink",)),
    "Secteur": (26, ()),
    "Lieu": (38, ()),
    DUTY: (40, ("id",)),
}
_COLUMNS = tuple(Column(name, *_WIDTHS[name]) for name in LISTE_COLUMNS)
_AT = {name: number for number, name in enumerate(LISTE_COLUMNS)}


def write_liste(book: Book, facts: Facts, pools: Pools) -> None:
    """Write the list of all positions with its drop-downs, and the hidden sheet of the names they offer."""
    sheet = book.workbook.get_worksheet_by_name(LISTE)
    head(book, sheet, say(fr="Liste des gardes", en="List of duties"), _how_to(), last_column=_AT["Remarque"], lines=2)
    set_columns(sheet, _COLUMNS)
    top = LISTE_HEADER_ROW - 1
    end = table(book, sheet, top, _COLUMNS, [_row(facts, seat) for seat in facts.seats])
    last = max(end - 1, top + 1)
    sheet.autofilter(top, 0, last, len(_COLUMNS) - 1)
    sheet.freeze_panes(top + 1, _AT["Horaires"] + 1)
    _offer_doctors(book, sheet, facts, pools, top + 1)
    _offer_lock(sheet, top + 1, last)
    _colour(book, sheet, top + 1, last)
    set_page(book, sheet, say(fr="Liste des gardes", en="List of duties"), repeat=top)
    sheet.print_area(0, 0, last, _AT["Remarque"])


def _how_to() -> str:
    return say(
        fr=f"Seule cette feuille est relue, et seulement les colonnes « {DOCTOR} » et « {LOCK} » (« {DUTY} » sert de repère : ne la "
        f"modifiez pas). Choisissez un autre médecin dans la liste, ou videz la case. « {LOCKED} » dans « {LOCK} » : la case "
        "restera telle quelle, même vide. Vous pouvez trier et filtrer.",
        en=f"Only this sheet is read back, and only the columns “{DOCTOR}” and “{LOCK}” (“{DUTY}” is the reference: leave it as it "
        f"is). Choose another doctor in the list, or empty the cell. “{LOCKED}” in “{LOCK}”: the cell will stay as it is, even "
        "empty. You may sort and filter.",
    )


def _row(facts: Facts, seat: Seat) -> Row:
    duty = seat.duty
    free_day = duty.date in facts.holidays or duty.date.weekday() >= 5
    return Row(
        (
            duty.date, day_name(duty.date), seat.hours, seat.line.name, band_word(duty.band), duty.points,
            seat.doctor.label if seat.doctor else "", LOCKED if seat.locked else "", _remark(facts, seat),
            seat.sector_name, seat.place, duty.id,
        ),
        ("weekend",) if free_day else (),
    )  # fmt: skip


def _remark(facts: Facts, seat: Seat) -> str:
    """What a person should know of this position: a broken rule, who decided it, who replaces, why it is empty."""
    parts = []
    if seat.doctor:
        broken = facts.findings_of_seat.get((seat.duty.id, seat.doctor.id), ())
        parts += [say(fr="Règle non respectée : ", en="Rule broken: ") + finding.text for finding in broken]
    if seat.lock and (seat.lock.who or seat.lock.why):
        by = seat.lock.who
        decided = say(fr=f"décidé par {by}" if by else "décidé à la main", en=f"decided by {by or 'hand'}")
        parts.append(decided + (f" : {seat.lock.why}" if seat.lock.why else ""))
    if seat.assignment and seat.assignment.replaced_by:
        replacing = facts.name_of.get(seat.assignment.replaced_by, seat.assignment.replaced_by)
        parts.append(say(fr=f"remplacé par {replacing}", en=f"replaced by {replacing}"))
    if seat.unfilled:
        parts.append(say(fr="non pourvue", en="unfilled"))
    elif seat.doctor is None:
        parts.append(say(fr="facultative", en="optional"))
    if seat.duty.date in facts.holidays:
        parts.append(facts.holidays[seat.duty.date])
    return " · ".join(parts)


def _offer_doctors(book: Book, sheet: Worksheet, facts: Facts, pools: Pools, first: int) -> None:
    """A drop-down per line with the doctors who may serve it; another name is accepted after a warning."""
    lists = book.workbook.add_worksheet(LISTS)
    lists.hide()
    rows_of: dict[str, list[int]] = {}
    for number, seat in enumerate(facts.seats):
        rows_of.setdefault(seat.line.id, []).append(first + number)
    for number, line in enumerate(line for line in facts.instance.lines if line.id in rows_of):
        labels = [doctor.label for doctor in pools.of_line[line.id]]
        lists.write_string(0, number, line.id)
        for row, label in enumerate(labels, start=1):
            lists.write_string(row, number, label)
        if labels:
            letter = xl_col_to_name(number)
            source = f"='{LISTS}'!${letter}$2:${letter}${len(labels) + 1}"
            _validate(sheet, _runs(rows_of[line.id]), _AT[DOCTOR], source)


def _validate(sheet: Worksheet, runs: Sequence[tuple[int, int]], column: int, source: str) -> None:
    (top, bottom), *others = runs
    sheet.data_validation(
        top, column, bottom, column,
        {
            "validate": "list", "source": source, "error_type": "warning",
            "error_title": say(fr="Médecin hors de la liste", en="Not in the list"),
            "error_message": say(
                fr="Ce médecin ne sert pas cette ligne d’ordinaire. Si vous le gardez, il sera repris et signalé.",
                en="This doctor does not usually serve this line. If you keep the name, it will be taken and flagged.",
            ),
            "other_cells": [[start, column, end, column] for start, end in others],
        },
    )  # fmt: skip


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Rows as the fewest (first, last) stretches."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _offer_lock(sheet: Worksheet, first: int, last: int) -> None:
    sheet.data_validation(
        first, _AT[LOCK], last, _AT[LOCK],
        {
            "validate": "list", "source": [LOCKED],
            "error_title": LOCK,
            "error_message": say(fr=f"Écrivez « {LOCKED} », ou laissez vide.", en=f"Write “{LOCKED}”, or leave empty."),
        },
    )  # fmt: skip


def _colour(book: Book, sheet: Worksheet, first: int, last: int) -> None:
    """Empty needed cells and locked cells show at once, also after a change by hand."""
    doctor, lock, remark = (xl_col_to_name(_AT[name]) for name in (DOCTOR, LOCK, "Remarque"))
    optional = say(fr="facultative", en="optional")
    rules = (
        (f'=AND(${doctor}{first + 1}="",ISERROR(SEARCH("{optional}",${remark}{first + 1})))', book.pen("alert")),
        (f'=${lock}{first + 1}="{LOCKED}"', book.pen("held")),
    )
    for criteria, look in rules:
        plain = book.workbook.add_format({"bg_color": look.bg_color, "font_color": look.font_color})
        sheet.conditional_format(
            first, _AT[DOCTOR], last, _AT[LOCK], {"type": "formula", "criteria": criteria, "format": plain}
        )
