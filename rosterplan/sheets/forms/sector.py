"""The sheet of a whole sector: doctors in columns, duties in rows; and the table of a sector that chooses in a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.tableau_layout import DOCTOR, DUTY
from rosterplan.domain.work import Duty, Sector
from rosterplan.messages import say
from rosterplan.messages.words import long_date, short_date
from rosterplan.sheets.forms.origin import OriginRow, origin_head
from rosterplan.sheets.forms.questionnaire import Asked, Questionnaire
from rosterplan.sheets.forms.style import (
    HOLIDAY,
    WEEKEND,
    Book,
    ask_choice,
    ask_value,
    banner,
    colour_values,
    finished,
    hidden_rows,
    new_book,
    print_on_a4,
    protect,
)
from rosterplan.sheets.forms.words import LISTS_SHEET, ORIGIN_SHEET, duty_hours, period_words

HEADING_ROW: Final = 4
"""Row of the doctors' names; two rows of questions follow, then the duties."""
FIRST_DUTY_ROW: Final = HEADING_ROW + 3
FIRST_DOCTOR_COLUMN: Final = 4
_A4_DOCTORS: Final = 14
_DOCTORS_PER_PAGE: Final = 20
_A3: Final = 8


@dataclass(frozen=True)
class SectorSheet:
    """A sector with its duties by start and the doctors who may hold at least one of them."""

    sector: Sector
    duties: tuple[Duty, ...]
    asked: tuple[Asked, ...]


def _sector_sheet(questions: Questionnaire, sector: Sector) -> SectorSheet:
    """The duties and doctors of a sector; both empty if nobody may hold anything there."""
    lines = {line.id for line in questions.instance.lines if line.sector == sector.id}
    duties = sorted(
        (duty for duty in questions.instance.duties if duty.line in lines),
        key=lambda duty: (duty.start_minute, duty.line, duty.id),
    )
    asked = tuple(one for one in questions.asked if lines & set(one.lines))
    return SectorSheet(sector, tuple(duties), asked)


def _answers_sheet_name() -> str:
    """« Réponses »."""
    return say(fr="Réponses", en="Answers")


def _choice_sheet_name() -> str:
    """« Choix en réunion »."""
    return say(fr="Choix en réunion", en="Choice in a meeting")


def _question_labels() -> dict[str, str]:
    """The two questions above the duties of the sheet, by name."""
    return {
        "none": say(fr="Aucune contrainte (oui)", en="No constraint (yes)"),
        "maximum": say(fr="Maximum de gardes", en="Most duties"),
    }


def sector_form(questions: Questionnaire, content: SectorSheet, *, made_on: date) -> bytes:
    """The workbook of a sector: a sheet of answers, a sheet of choice; equal inputs give equal bytes."""
    name = content.sector.name
    book, buffer = new_book(title=say(fr=f"Secteur {name}", en=f"Sector {name}"), made_on=made_on)
    _write_answers(book.workbook.add_worksheet(_answers_sheet_name()), book, questions, content)
    _write_choice(book.workbook.add_worksheet(_choice_sheet_name()), book, questions, content)
    hidden_rows(book, LISTS_SHEET, [(one.doctor.label,) for one in content.asked])
    hidden_rows(book, ORIGIN_SHEET, _origin_rows(questions, content))
    return finished(book, buffer)


def _origin_rows(questions: Questionnaire, content: SectorSheet) -> list[OriginRow]:
    rows = origin_head(questions, "sector", sheet=_answers_sheet_name(), sector=content.sector.id)
    rows.append(("choice", _choice_sheet_name(), "", ""))
    rows += [("field", name, "", label) for name, label in _question_labels().items()]
    for column, one in enumerate(content.asked, FIRST_DOCTOR_COLUMN):
        rows.append(("column", one.doctor.id, xl_col_to_name(column), one.doctor.label))
    for row, duty in enumerate(content.duties, FIRST_DUTY_ROW):
        rows.append(("duty", duty.id, str(row + 1), questions.codes[duty.id]))
    return rows


def _write_answers(sheet: Worksheet, book: Book, questions: Questionnaire, content: SectorSheet) -> None:
    last_column = FIRST_DOCTOR_COLUMN + len(content.asked) - 1
    title = say(
        fr=f"Disponibilités du secteur {content.sector.name}", en=f"Availability in sector {content.sector.name}"
    )
    banner(sheet, book, max(last_column, 8), title, period_words(questions.instance.period))
    deadline = questions.instance.plan.answer_deadline
    by = (
        ""
        if deadline is None
        else say(fr=f"Réponse au plus tard le {long_date(deadline)}. ", en=f"Answer by {long_date(deadline)}. ")
    )
    sheet.set_row(2, 18)
    sheet.write_string(2, 0, by + say(
        fr="Chaque médecin remplit sa colonne ; une case vide n’est ni souhaitée ni exclue ; les cases grises ne le concernent pas.",
        en="Each doctor fills one column; an empty cell is neither wished nor refused; grey cells do not concern that doctor.",
    ), book.style("text", text_wrap=False))  # fmt: skip
    sheet.set_row(3, 5)
    sheet.set_row(HEADING_ROW, 120)
    heads = (
        say(fr="N°", en="No."),
        say(fr="Date", en="Date"),
        say(fr="Horaires", en="Hours"),
        say(fr="Ligne", en="Line"),
    )
    for column, text in enumerate(heads):
        sheet.write_string(HEADING_ROW, column, text, book.style("head"))
    for column, one in enumerate(content.asked, FIRST_DOCTOR_COLUMN):
        sheet.write_string(HEADING_ROW, column, one.doctor.label, book.style("head", rotation=90))
    _write_questions(sheet, book, last_column)
    for row, duty in enumerate(content.duties, FIRST_DUTY_ROW):
        _write_duty(sheet, book, questions, row, duty)
        for column, one in enumerate(content.asked, FIRST_DOCTOR_COLUMN):
            sheet.write_blank(row, column, None, book.style("answer" if duty.id in one.duty_ids else "closed"))
    last_row = FIRST_DUTY_ROW + len(content.duties) - 1
    area = [(FIRST_DUTY_ROW, FIRST_DOCTOR_COLUMN, last_row, last_column)]
    ask_value(sheet, area)
    colour_values(sheet, book, area)
    _set_up_answers(sheet, questions, content, last_row, last_column)


def _write_questions(sheet: Worksheet, book: Book, last_column: int) -> None:
    for row, (name, label) in enumerate(_question_labels().items(), HEADING_ROW + 1):
        sheet.merge_range(row, 0, row, FIRST_DOCTOR_COLUMN - 1, "", book.style("head", align="right"))
        sheet.write_string(row, 0, label, book.style("head", align="right"))
        for column in range(FIRST_DOCTOR_COLUMN, last_column + 1):
            sheet.write_blank(row, column, None, book.style("answer" if name == "none" else "number_answer"))
    yes = say(fr="oui", en="yes")
    area = [(HEADING_ROW + 1, FIRST_DOCTOR_COLUMN, HEADING_ROW + 1, last_column)]
    ask_choice(sheet, area, [yes], say(fr=f"Écrivez « {yes} », ou rien.", en=f"Write “{yes}” or nothing."))


def _write_duty(sheet: Worksheet, book: Book, questions: Questionnaire, row: int, duty: Duty) -> None:
    holiday = questions.holidays.get(duty.date)
    shade = {"bg_color": HOLIDAY} if holiday else {"bg_color": WEEKEND} if duty.date.weekday() >= 5 else {}
    day = short_date(duty.date) + (f" – {holiday}" if holiday else "")
    sheet.write_string(row, 0, questions.codes[duty.id], book.style("centred", **shade))
    sheet.write_string(row, 1, day, book.style("cell", **shade))
    sheet.write_string(row, 2, duty_hours(duty), book.style("cell", **shade))
    sheet.write_string(row, 3, questions.line(duty).name, book.style("cell", **shade))


def _set_up_answers(
    sheet: Worksheet, questions: Questionnaire, content: SectorSheet, last_row: int, last_column: int
) -> None:
    widths = (6, 24, 16, 22)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_column(FIRST_DOCTOR_COLUMN, max(last_column, FIRST_DOCTOR_COLUMN), 10.5)
    print_on_a4(sheet, landscape=True, footer=f"{content.sector.name} – {questions.instance.id}")
    if len(content.asked) > _A4_DOCTORS:
        sheet.set_paper(_A3)
    sheet.print_area(0, 0, last_row, max(last_column, 8))
    sheet.fit_to_pages(-(-len(content.asked) // _DOCTORS_PER_PAGE), 0)
    sheet.repeat_rows(HEADING_ROW)
    sheet.repeat_columns(0, FIRST_DOCTOR_COLUMN - 1)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(FIRST_DUTY_ROW, FIRST_DOCTOR_COLUMN)
    protect(sheet)


def _write_choice(sheet: Worksheet, book: Book, questions: Questionnaire, content: SectorSheet) -> None:
    """One row per position: who takes it, chosen in a list; read back with `solve --from`."""
    title = say(
        fr=f"Choix en réunion – secteur {content.sector.name}", en=f"Choice in a meeting – sector {content.sector.name}"
    )
    banner(sheet, book, 5, title, period_words(questions.instance.period))
    sheet.set_row(2, 18)
    sheet.write_string(2, 0, say(
        fr="Si le secteur se répartit les gardes lui-même : choisissez le médecin de chaque garde. Une case vide reste à pourvoir.",
        en="If the sector shares out its duties itself: choose the doctor of each duty. An empty cell remains to be filled.",
    ), book.style("text", text_wrap=False))  # fmt: skip
    heads = (
        say(fr="N°", en="No."),
        say(fr="Date", en="Date"),
        say(fr="Horaires", en="Hours"),
        say(fr="Ligne", en="Line"),
        DOCTOR,
        DUTY,
    )
    for column, text in enumerate(heads):
        sheet.write_string(HEADING_ROW, column, text, book.style("head"))
    row = HEADING_ROW + 1
    for duty in content.duties:
        for _ in range(max(duty.need_max, 1)):
            _write_duty(sheet, book, questions, row, duty)
            sheet.write_blank(row, 4, None, book.style("left_answer"))
            sheet.write_string(row, 5, duty.id, book.style("small", text_wrap=False))
            row += 1
    ask_choice(sheet, [(HEADING_ROW + 1, 4, max(row - 1, HEADING_ROW + 1), 4)], f"={LISTS_SHEET}!$A$1:$A${max(len(content.asked), 1)}",
               say(fr="Choisissez un médecin dans la liste.", en="Choose a doctor in the list."), strict=False)  # fmt: skip
    for column, width in enumerate((6, 24, 16, 22, 30, 44)):
        sheet.set_column(column, column, width)
    print_on_a4(sheet, footer=f"{content.sector.name} – {questions.instance.id}")
    sheet.print_area(0, 0, row - 1, 4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    protect(sheet)


def sectors_with_duties(questions: Questionnaire) -> Sequence[SectorSheet]:
    """The sheet of each sector that has duties somebody may hold, in the order of the instance."""
    sheets = (_sector_sheet(questions, sector) for sector in questions.instance.sectors)
    return [sheet for sheet in sheets if sheet.duties and sheet.asked]
