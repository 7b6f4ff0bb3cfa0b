"""The availability form of one doctor: a calendar of the duties he or she may hold, on one or two A4 pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.instance import Instance
from rosterplan.domain.work import Duty
from rosterplan.messages import say
from rosterplan.messages.words import DAYS_EN, DAYS_FR
from rosterplan.sheets.forms.calendar import Month, Week, calendar_of
from rosterplan.sheets.forms.doctor_head import (
    CALENDAR_SECTION_ROW,
    FIRST_RANGE_ROW,
    LAST_COLUMN,
    RANGE_COLUMNS,
    RANGE_ROWS,
    WEEKDAY_COLUMNS,
    fields_of,
    write_head,
)
from rosterplan.sheets.forms.origin import OriginRow, origin_head
from rosterplan.sheets.forms.pages import pages_of
from rosterplan.sheets.forms.questionnaire import Asked, Questionnaire, concerned
from rosterplan.sheets.forms.style import (
    HOLIDAY,
    WEEKEND,
    WORKDAY,
    Book,
    ask_value,
    colour_values,
    finished,
    hidden_rows,
    new_book,
    print_on_a4,
    protect,
)
from rosterplan.sheets.forms.words import (
    LISTS_SHEET,
    ORIGIN_SHEET,
    begins_after_midnight,
    duty_hours,
    month_title,
    short_line_name,
)

FIRST_CALENDAR_ROW = CALENDAR_SECTION_ROW + 2
FIRST_DAY_COLUMN = 1
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def _form_sheet_name() -> str:
    """« Disponibilités »: the sheet a doctor fills in."""
    return say(fr="Disponibilités", en="Availability")


def _duty_label(questions: Questionnaire, duty: Duty) -> str:
    """« C41 · 20 h – 24 h »: what is printed above the answer to a duty."""
    return f"{questions.codes[duty.id]} · {duty_hours(duty)}"


def doctor_form(questions: Questionnaire, asked: Asked, *, made_on: date) -> bytes:
    """The form of a doctor as an xlsx workbook; equal inputs give equal bytes."""
    title = say(fr=f"Disponibilités – {asked.doctor.name}", en=f"Availability – {asked.doctor.name}")
    book, buffer = new_book(title=title, made_on=made_on)
    sheet = book.workbook.add_worksheet(_form_sheet_name())
    choices = list(concerned(questions.instance, asked))
    heights = write_head(sheet, book, asked, questions, len(choices))
    months = calendar_of(questions.instance.period, asked.duties, FIRST_CALENDAR_ROW)
    for month in months:
        heights |= _write_month(sheet, book, questions, asked, month)
    areas = _answer_areas(months)
    ask_value(sheet, areas)
    colour_values(sheet, book, areas)
    _set_up(sheet, heights, months, asked, questions.instance)
    hidden_rows(book, LISTS_SHEET, [(choice,) for choice in choices])
    hidden_rows(book, ORIGIN_SHEET, origin_rows(questions, asked))
    return finished(book, buffer)


def origin_rows(questions: Questionnaire, asked: Asked) -> list[OriginRow]:
    """What the hidden sheet holds: of whom and what, then (kind, name, cell, text) of every answer."""
    rows = origin_head(questions, "doctor", sheet=_form_sheet_name(), doctor=asked.doctor.id)
    rows += [
        ("field", field.name, xl_rowcol_to_cell(field.row, field.column), field.prefilled) for field in fields_of(asked)
    ]
    for row in range(FIRST_RANGE_ROW, FIRST_RANGE_ROW + RANGE_ROWS):
        rows.append(("range", "", xl_rowcol_to_cell(row, RANGE_COLUMNS["start"]), ""))
        rows.append(("weekday", "", xl_rowcol_to_cell(row, WEEKDAY_COLUMNS["weekday"]), ""))
    for month in calendar_of(questions.instance.period, asked.duties, FIRST_CALENDAR_ROW):
        for week in month.weeks:
            for row, weekday, duty in week.cells():
                cell = xl_rowcol_to_cell(row, FIRST_DAY_COLUMN + weekday)
                rows.append(("duty", duty.id, cell, questions.codes[duty.id]))
    return rows


def _answer_areas(months: Sequence[Month]) -> list[Area]:
    """The cells of the calendar where a value may be chosen; neighbours in a row are one area."""
    areas: list[Area] = []
    for month in months:
        for week in month.weeks:
            for row, weekday, _ in sorted(week.cells(), key=lambda cell: (cell[0], cell[1])):
                column = FIRST_DAY_COLUMN + weekday
                if areas and areas[-1][2] == row and areas[-1][3] == column - 1:
                    areas[-1] = (*areas[-1][:3], column)
                else:
                    areas.append((row, column, row, column))
    return areas


def _write_month(
    sheet: Worksheet, book: Book, questions: Questionnaire, asked: Asked, month: Month
) -> dict[int, float]:
    sheet.merge_range(month.row, 0, month.row, LAST_COLUMN, "", book.style("month"))
    sheet.write_string(month.row, 0, month_title(month.year, month.number), book.style("month"))
    sheet.write_blank(month.row + 1, 0, None, book.style("weekday"))
    for weekday, name in enumerate(say(fr="|".join(DAYS_FR), en="|".join(DAYS_EN)).split("|")):
        sheet.write_string(month.row + 1, FIRST_DAY_COLUMN + weekday, name, book.style("weekday"))
    heights = {month.row: 17.0, month.row + 1: 13.0, month.end_row: 6.0}
    for week in month.weeks:
        heights |= _write_week(sheet, book, questions, asked, week)
    return heights


def _write_week(sheet: Worksheet, book: Book, questions: Questionnaire, asked: Asked, week: Week) -> dict[int, float]:
    first = next(day for day in week.days if day)
    number = first.isocalendar().week
    sheet.write_string(week.row, 0, say(fr=f"sem. {number}", en=f"week {number}"), book.style("number"))
    for weekday, day in enumerate(week.days):
        if day:
            _write_day(sheet, book, questions, week, weekday, day)
    heights = {week.row: 13.0}
    for rank, slot in enumerate(week.slots):
        label, answer = week.slot_row(rank), week.slot_row(rank) + 1
        in_two_lines = any(duty is not None and begins_after_midnight(duty) for duty in slot)
        heights |= {label: 20.0 if in_two_lines else 11.0, answer: 15.5}
        if len(asked.lines) > 1:
            line = next(questions.line(duty) for duty in slot if duty)
            sheet.merge_range(label, 0, answer, 0, "", book.style("beside"))
            sheet.write_string(label, 0, short_line_name(line), book.style("beside"))
    return heights


def _write_day(sheet: Worksheet, book: Book, questions: Questionnaire, week: Week, weekday: int, day: date) -> None:
    column = FIRST_DAY_COLUMN + weekday
    holiday = questions.holidays.get(day)
    shade = {"bg_color": HOLIDAY} if holiday else {"bg_color": WEEKEND if weekday >= 5 else WORKDAY}
    text = f"{day.day} {holiday}" if holiday else str(day.day)
    small = {"font_size": 7} if holiday and len(text) > 14 else {}
    sheet.write_string(week.row, column, text, book.style("day", **shade, **small))
    last = len(week.slots) - 1
    for rank, slot in enumerate(week.slots):
        label, answer = week.slot_row(rank), week.slot_row(rank) + 1
        duty = slot[weekday]
        foot = {"bottom": 1} if rank == last else {}
        if duty is None:
            sheet.write_blank(label, column, None, book.style("blank", **shade))
            sheet.write_blank(answer, column, None, book.style("blank", **shade, **foot))
        else:
            sheet.write_string(label, column, _duty_label(questions, duty), book.style("hours", **shade))
            sheet.write_blank(answer, column, None, book.style("answer"))


def _set_up(
    sheet: Worksheet, heights: dict[int, float], months: Sequence[Month], asked: Asked, instance: Instance
) -> None:
    sheet.set_column(0, 0, 8.5)
    sheet.set_column(FIRST_DAY_COLUMN, LAST_COLUMN, 11.3)
    for row, height in heights.items():
        sheet.set_row(row, height)
    row_count = months[-1].end_row
    # the title of the calendar stays with its first week: a page may start at the title, never between the two
    weeks = [month.row if week is month.weeks[0] else week.row for month in months for week in month.weeks]
    weeks[0] = CALENDAR_SECTION_ROW
    starts = [CALENDAR_SECTION_ROW, *(month.row for month in months[1:])]
    pages = pages_of(heights, row_count, months=starts, weeks=weeks)
    print_on_a4(sheet, footer=f"{asked.doctor.name} – {instance.id} / {asked.doctor.id}")
    sheet.print_area(0, 0, row_count - 1, LAST_COLUMN)
    sheet.set_print_scale(pages.percent)
    sheet.set_h_pagebreaks(list(pages.breaks))
    sheet.hide_gridlines(2)
    protect(sheet)
    sheet.freeze_panes(3, 0)
    sheet.activate()
