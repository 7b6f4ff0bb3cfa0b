"""The paper sheet: one A4 page per doctor with numbered duties to circle, typed afterwards into the grid `Saisie`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import DAYS_EN, DAYS_FR, long_date
from rosterplan.sheets.forms.calendar import Month, Week, calendar_of
from rosterplan.sheets.forms.doctor_head import letters_of_lines, subtitle_of
from rosterplan.sheets.forms.questionnaire import Asked, Questionnaire
from rosterplan.sheets.forms.style import HOLIDAY, WEEKEND, Book, banner, finished, new_book, print_on_a4
from rosterplan.sheets.forms.words import duty_hours, month_title, safe_sheet_name

_FIRST_CALENDAR_ROW: Final = 6
_LAST_COLUMN: Final = 7
_SLOTS_ON_ONE_PAGE: Final = 3


def paper_sheets(questions: Questionnaire, asked: Sequence[Asked], *, made_on: date) -> bytes:
    """A workbook to print, one sheet per doctor; numbers are those of the forms and of the grid `Saisie`."""
    title = say(fr="Feuilles de disponibilités à imprimer", en="Availability sheets to print")
    book, buffer = new_book(title=title, made_on=made_on)
    taken: frozenset[str] = frozenset()
    for one in asked:
        name = safe_sheet_name(f"{one.doctor.last_name} {one.doctor.first_name}", taken)
        taken |= {name.casefold()}
        _write_doctor(book.workbook.add_worksheet(name), book, questions, one)
    return finished(book, buffer)


def _write_doctor(sheet: Worksheet, book: Book, questions: Questionnaire, asked: Asked) -> None:
    title = say(fr="Mes disponibilités", en="My availability")
    banner(sheet, book, _LAST_COLUMN, title, subtitle_of(questions, asked))
    sheet.set_row(2, 26)
    sheet.write_string(2, 0, asked.doctor.name, book.style("name"))
    deadline = questions.instance.plan.answer_deadline
    if deadline:
        until = long_date(deadline)
        text = say(fr=f"À rendre au plus tard le {until}", en=f"To be returned by {until}")
        sheet.merge_range(2, 4, 2, _LAST_COLUMN, "", book.style("deadline"))
        sheet.write_string(2, 4, text, book.style("deadline"))
    _write_legend(sheet, book, questions, asked)
    months = calendar_of(questions.instance.period, asked.duties, _FIRST_CALENDAR_ROW, rows_per_slot=1)
    for month in months:
        _write_month(sheet, book, questions, month)
    last = _write_lines_to_fill(sheet, book, months[-1].end_row + 1)
    sheet.set_column(0, 0, 7)
    sheet.set_column(1, _LAST_COLUMN, 11.5)
    print_on_a4(sheet, footer=f"{asked.doctor.name} – {questions.instance.id} / {asked.doctor.id}")
    sheet.print_area(0, 0, last, _LAST_COLUMN)
    slots = max((len(week.slots) for month in months for week in month.weeks), default=0)
    sheet.fit_to_pages(1, 1 if slots <= _SLOTS_ON_ONE_PAGE else 2)
    sheet.hide_gridlines(2)


def _write_legend(sheet: Worksheet, book: Book, questions: Questionnaire, asked: Asked) -> None:
    signs = (
        say(fr="ENTOUREZ les gardes impossibles", en="CIRCLE the duties you cannot hold"),
        say(fr="SOULIGNEZ celles à éviter", en="UNDERLINE those to avoid"),
        say(fr="Une ÉTOILE ★ pour celles souhaitées", en="A STAR ★ on those you wish"),
    )
    look = book.style("head", font_size=10)
    sheet.set_row(3, 20)
    for (first, last), sign in zip(((0, 2), (3, 4), (5, _LAST_COLUMN)), signs, strict=True):
        sheet.merge_range(3, first, 3, last, "", look)
        sheet.write_string(3, first, sign, look)
    sheet.set_row(4, 15)
    sheet.write_string(4, 0, say(
        fr="Une garde sans marque n’est ni souhaitée ni exclue. Ne donnez pas de motif de santé.",
        en="A duty without a mark is neither wished nor refused. Give no medical reason.",
    ), book.style("small", text_wrap=False))  # fmt: skip
    if len(asked.lines) == 1:
        sheet.set_row(5, 5)
        return
    sheet.write_string(5, 0, letters_of_lines(asked, questions), book.style("text", text_wrap=False))


def _write_month(sheet: Worksheet, book: Book, questions: Questionnaire, month: Month) -> None:
    sheet.set_row(month.row, 17)
    sheet.merge_range(month.row, 0, month.row, _LAST_COLUMN, "", book.style("month"))
    sheet.write_string(month.row, 0, month_title(month.year, month.number), book.style("month"))
    sheet.write_blank(month.row + 1, 0, None, book.style("weekday"))
    for weekday, name in enumerate(say(fr="|".join(DAYS_FR), en="|".join(DAYS_EN)).split("|")):
        sheet.write_string(month.row + 1, 1 + weekday, name, book.style("weekday"))
    for week in month.weeks:
        _write_week(sheet, book, questions, week)
    sheet.set_row(month.end_row, 6)


def _write_week(sheet: Worksheet, book: Book, questions: Questionnaire, week: Week) -> None:
    first = next(day for day in week.days if day)
    sheet.write_string(week.row, 0, say(fr="sem. ", en="wk ") + str(first.isocalendar().week), book.style("number"))
    for rank in range(len(week.slots)):
        sheet.set_row(week.slot_row(rank), 15)
    for weekday, day in enumerate(week.days):
        if day is None:
            continue
        holiday = questions.holidays.get(day)
        shade: dict[str, Any] = {"bg_color": HOLIDAY} if holiday else {"bg_color": WEEKEND} if weekday >= 5 else {}
        text = f"{day.day} {holiday}" if holiday else str(day.day)
        sheet.write_string(
            week.row, 1 + weekday, text, book.style("day", font_size=7 if holiday else 9, bold=False, **shade)
        )
        for rank, slot in enumerate(week.slots):
            foot = {"bottom": 1} if rank == len(week.slots) - 1 else {}
            _write_duty(sheet, book, questions, (week.slot_row(rank), 1 + weekday), slot[weekday], {**shade, **foot})


def _write_duty(
    sheet: Worksheet,
    book: Book,
    questions: Questionnaire,
    cell: tuple[int, int],
    duty: Duty | None,
    look: dict[str, Any],
) -> None:
    """« A31  12 h – 24 h », the number large enough to be circled."""
    style = book.style("hours", text_wrap=False, **look)
    if duty is None:
        sheet.write_blank(*cell, None, style)
        return
    number = book.style("name", font_size=11, font_color="#000000")
    small = book.style("number", font_size=7)
    sheet.write_rich_string(*cell, number, questions.codes[duty.id], small, f"  {duty_hours(duty)}", style)


def _write_lines_to_fill(sheet: Worksheet, book: Book, row: int) -> int:
    """Lines to write on below the calendar; returns the last row."""
    lines = (
        say(fr="Absent(e) du ……………………… au ………………………      du ……………………… au ………………………",
            en="Away from ……………………… to ………………………      from ……………………… to ………………………"),
        say(fr="Jamais le (jour de la semaine) ………………………………………    Uniquement ces dates ……………………………………………………………………",
            en="Never on (weekday) ………………………………………    Only these dates ……………………………………………………………………"),
        say(fr="Maximum de gardes pour la période ……………    Téléphone pendant mes gardes ……………………………………………",
            en="Most duties in the period ……………    Phone during my duties ……………………………………………"),
        say(fr="Date ………………………………    Signature", en="Date ………………………………    Signature"),
    )  # fmt: skip
    for step, text in enumerate(lines):
        sheet.set_row(row + step, 22)
        sheet.write_string(row + step, 0, text, book.style("text", text_wrap=False, valign="bottom"))
    return row + len(lines) - 1
