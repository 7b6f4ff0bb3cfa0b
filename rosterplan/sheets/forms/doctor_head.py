"""The first part of a doctor's form: how to answer, a few questions, absences by period and habits by weekday."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.instance import Period
from rosterplan.messages import say
from rosterplan.messages.words import DAYS_EN, DAYS_FR, listed, long_date
from rosterplan.sheets.forms.questionnaire import Asked, Questionnaire
from rosterplan.sheets.forms.style import VALUE_COLOURS, Book, ask_choice, ask_value, banner, colour_values
from rosterplan.sheets.forms.words import LISTS_SHEET, Value, offered, period_words

LAST_COLUMN: Final = 7
RANGE_ROWS: Final = 6

FIRST_LEGEND_ROW, QUESTIONS_ROW, RANGES_ROW = 4, 11, 17
FIRST_RANGE_ROW: Final = RANGES_ROW
CALENDAR_SECTION_ROW: Final = RANGES_ROW + RANGE_ROWS

RANGE_COLUMNS: Final = {"start": 1, "end": 2, "value": 3, "which": 4}
WEEKDAY_COLUMNS: Final = {"weekday": 5, "value": 6, "which": 7}


_LONGEST_LINES: Final = 40


@dataclass(frozen=True)
class Field:
    """A single question of the form: where its answer stands, and what was written there before sending."""

    name: str
    row: int
    column: int
    prefilled: str = ""


def fields_of(asked: Asked) -> tuple[Field, ...]:
    """The four single questions of a doctor's form."""
    doctor = asked.doctor
    return (
        Field("none", QUESTIONS_ROW, 3),
        Field("maximum", QUESTIONS_ROW, 7, "" if doctor.maximum is None else str(doctor.maximum)),
        Field("phone", QUESTIONS_ROW + 1, 3, doctor.phone),
        Field("filled_on", QUESTIONS_ROW + 1, 7),
    )


def subtitle_of(questions: Questionnaire, asked: Asked) -> str:
    """The period and the doctor's lines by name, as many as the width of the page allows."""
    names = [questions.instance.line_by_id[line].name for line in asked.lines]
    lines = listed(names)
    if len(lines) > _LONGEST_LINES:
        lines = listed(names, most=1)
    return f"{period_words(questions.instance.period)} – {lines}"


def write_head(sheet: Worksheet, book: Book, asked: Asked, questions: Questionnaire, which: int) -> dict[int, float]:
    """The head of the form, down to the title of the calendar; returns the heights of its rows [points].

    ``which`` is the number of choices of « gardes concernées » listed in the hidden sheet of lists.
    """
    plan = questions.instance.plan
    title = say(fr="Mes disponibilités", en="My availability")
    banner(sheet, book, LAST_COLUMN, title, subtitle_of(questions, asked))
    heights = {0: 28.0, 1: 18.0, 2: 26.0, 3: 25.0}
    sheet.merge_range(2, 0, 2, 3, "", book.style("name"))
    sheet.write_string(2, 0, asked.doctor.name, book.style("name"))
    if plan.answer_deadline:
        until = long_date(plan.answer_deadline)
        sheet.merge_range(2, 4, 2, LAST_COLUMN, "", book.style("deadline"))
        sheet.write_string(
            2, 4, say(fr=f"Réponse au plus tard le {until}", en=f"Answer by {until}"), book.style("deadline")
        )
    heights |= _how_to(sheet, book, questions.reply_to)
    heights |= _questions(sheet, book, asked)
    heights |= _ranges(sheet, book, questions.instance.period, which)
    return heights | _calendar_title(sheet, book, asked, questions)


def _calendar_title(sheet: Worksheet, book: Book, asked: Asked, questions: Questionnaire) -> dict[int, float]:
    """The title of the calendar, and which letter stands for which line where the doctor has several."""
    first = questions.codes[asked.duties[0].id]
    _section(sheet, book, CALENDAR_SECTION_ROW, say(
        fr=f"3. Calendrier, garde par garde ({first}… : numéro à donner si vous répondez par téléphone)",
        en=f"3. Calendar, duty by duty ({first}…: the number to give if you answer by phone)",
    ))  # fmt: skip
    if len(asked.lines) == 1:
        return {CALENDAR_SECTION_ROW: 22.0, CALENDAR_SECTION_ROW + 1: 4.0}
    _line(sheet, book, CALENDAR_SECTION_ROW + 1, letters_of_lines(asked, questions), "small")
    return {CALENDAR_SECTION_ROW: 22.0, CALENDAR_SECTION_ROW + 1: 13.0}


def letters_of_lines(asked: Asked, questions: Questionnaire) -> str:
    """« A : MMG du Nord · C : Nuits mobiles »."""
    names = [(questions.line_letter(line), questions.instance.line_by_id[line].name) for line in asked.lines]
    return " · ".join(f"{letter} : {name}" for letter, name in names)


def _section(sheet: Worksheet, book: Book, row: int, text: str) -> None:
    for column in range(LAST_COLUMN + 1):
        sheet.write_blank(row, column, None, book.style("section"))
    sheet.write_string(row, 0, text, book.style("section"))


def _how_to(sheet: Worksheet, book: Book, reply_to: str) -> dict[int, float]:
    back = reply_to or say(fr="votre coordinateur", en="your coordinator")
    _line(sheet, book, 3, say(
        fr="Dans chaque case blanche utile, choisissez une réponse dans la liste ; laissez les autres vides. "
        f"Enregistrez, puis renvoyez ce fichier à {back}, sans ajouter ni déplacer de ligne.",
        en="In each white cell that matters, choose an answer in the list; leave the others empty. "
        f"Save, then send this file back to {back}, without adding or moving rows.",
    ), "text")  # fmt: skip
    for step, (value, meaning) in enumerate(_meanings()):
        row = FIRST_LEGEND_ROW + step
        fill, ink = VALUE_COLOURS[value]
        chip = book.style("centred", bg_color=fill, font_color=ink, bold=True)
        sheet.merge_range(row, 0, row, 1, "", chip)
        word = offered(value) if value != "neutral" else say(fr="(case vide)", en="(empty cell)")
        sheet.write_string(row, 0, word, chip)
        sheet.merge_range(row, 2, row, LAST_COLUMN, "", book.style("text", indent=1))
        sheet.write_string(row, 2, meaning, book.style("text", indent=1))
    last = FIRST_LEGEND_ROW + 5
    _line(sheet, book, last, say(
        fr="Seuls les mots sont lus : une couleur ou un commentaire ne suffit pas. N’indiquez jamais de motif de santé.",
        en="Only words are read: a colour or a comment is not enough. Never give a medical reason.",
    ), "small")  # fmt: skip
    return dict.fromkeys(range(FIRST_LEGEND_ROW, last + 1), 13.5)


def _meanings() -> tuple[tuple[Value, str], ...]:
    return (
        ("impossible", say(fr="Cette garde ne me sera jamais attribuée.", en="I will never be given this duty.")),
        ("avoid", say(fr="À me donner seulement si personne d’autre ne convient.", en="Only if nobody else fits.")),
        ("neutral", say(fr="Ni souhaitée ni exclue : je peux être de garde.", en="Neither wished nor refused: I may be on duty.")),
        ("wish", say(fr="Je préfère tenir cette garde-ci.", en="I would rather hold this one.")),
        ("only", say(fr="Je ne tiens que les gardes ainsi marquées : toutes les autres deviennent impossibles.",
                     en="I hold only the duties so marked: all the others become impossible.")),
    )  # fmt: skip


def _line(sheet: Worksheet, book: Book, row: int, text: str, style: str) -> None:
    sheet.merge_range(row, 0, row, LAST_COLUMN, "", book.style(style))
    sheet.write_string(row, 0, text, book.style(style))


def _questions(sheet: Worksheet, book: Book, asked: Asked) -> dict[int, float]:
    _section(sheet, book, QUESTIONS_ROW - 1, say(fr="1. Pour commencer", en="1. To begin with"))
    labels = {
        "none": say(fr="Je n’ai aucune contrainte", en="I have no constraint"),
        "maximum": say(fr="Maximum de gardes (facultatif)", en="Most duties I accept (optional)"),
        "phone": say(fr="Téléphone pendant mes gardes", en="Phone during my duties"),
        "filled_on": say(fr="Formulaire rempli le", en="Form filled in on"),
    }
    looks = {"none": "answer", "maximum": "number_answer", "phone": "text_answer", "filled_on": "date_answer"}
    for field in fields_of(asked):
        left = field.column - 3
        sheet.merge_range(field.row, left, field.row, field.column - 1, "", book.style("label"))
        sheet.write_string(field.row, left, labels[field.name], book.style("label"))
        look = book.style(looks[field.name])
        if field.name == "maximum" and field.prefilled:
            sheet.write_number(field.row, field.column, int(field.prefilled), look)
        elif field.prefilled:
            sheet.write_string(field.row, field.column, field.prefilled, look)
        else:
            sheet.write_blank(field.row, field.column, None, look)
    yes = say(fr="oui", en="yes")
    ask_choice(
        sheet,
        [(QUESTIONS_ROW, 3, QUESTIONS_ROW, 3)],
        [yes],
        say(fr=f"Écrivez « {yes} », ou rien.", en=f"Write “{yes}” or nothing."),
    )
    return {QUESTIONS_ROW - 1: 20.0, QUESTIONS_ROW: 17.0, QUESTIONS_ROW + 1: 17.0}


def _ranges(sheet: Worksheet, book: Book, period: Period, which: int) -> dict[int, float]:
    _section(sheet, book, RANGES_ROW - 3, say(
        fr="2. Périodes et jours de la semaine (facultatif, avant le calendrier)",
        en="2. Periods and weekdays (optional, before the calendar)",
    ))  # fmt: skip
    head, first, last = book.style("head"), FIRST_RANGE_ROW, FIRST_RANGE_ROW + RANGE_ROWS - 1
    sheet.merge_range(first - 2, 1, first - 2, 4, "", head)
    sheet.write_string(
        first - 2, 1, say(fr="Par période : vacances, congrès…", en="By period: holidays, congress…"), head
    )
    sheet.merge_range(first - 2, 5, first - 2, 7, "", head)
    sheet.write_string(
        first - 2, 5, say(fr="Par jour : « jamais le mercredi »", en="By weekday: “never on Wednesday”"), head
    )
    answer = say(fr="réponse", en="answer")
    concerned = say(fr="gardes (toutes si vide)", en="duties (all if empty)")
    for column, text in enumerate([say(fr="du", en="from"), say(fr="au (inclus)", en="to (included)"), answer, concerned,
                                   say(fr="tous les", en="every"), answer, concerned], 1):  # fmt: skip
        sheet.write_string(first - 1, column, text, head)
    for row in range(first, last + 1):
        sheet.write_string(row, 0, str(row - first + 1), book.style("number"))
        for column in range(1, LAST_COLUMN + 1):
            sheet.write_blank(row, column, None, book.style("date_answer" if column in (1, 2) else "answer"))
    values = [(first, RANGE_COLUMNS["value"], last, RANGE_COLUMNS["value"]),
              (first, WEEKDAY_COLUMNS["value"], last, WEEKDAY_COLUMNS["value"])]  # fmt: skip
    ask_value(sheet, values)
    colour_values(sheet, book, values)
    _range_choices(sheet, period, first, last, which)
    return {first - 3: 22.0, first - 2: 14.0, first - 1: 25.0} | dict.fromkeys(range(first, last + 1), 15.0)


def _range_choices(sheet: Worksheet, period: Period, first: int, last: int, which: int) -> None:
    sheet.data_validation(first, 1, last, 2, {
        "validate": "date", "criteria": "between", "minimum": period.start, "maximum": period.end,
        "error_type": "warning", "error_title": say(fr="Date hors de la période", en="Date outside the period"),
        "error_message": say(fr="Vérifiez l’année. Une absence qui déborde de la période peut être gardée.",
                             en="Check the year. An absence that runs beyond the period may be kept."),
    })  # fmt: skip
    sheet.data_validation(QUESTIONS_ROW, 7, QUESTIONS_ROW, 7, {
        "validate": "integer", "criteria": "between", "minimum": 0, "maximum": 200,
        "error_title": say(fr="Nombre attendu", en="A number is wanted"),
        "error_message": say(fr="Écrivez un nombre entier de gardes pour toute la période.",
                             en="Write a whole number of duties for the whole period."),
    })  # fmt: skip
    days = list(say(fr="|".join(DAYS_FR), en="|".join(DAYS_EN)).split("|"))
    ask_choice(sheet, [(first, 5, last, 5)], days, say(fr="Choisissez un jour.", en="Choose a weekday."))
    areas = [(first, 4, last, 4), (first, 7, last, 7)]
    ask_choice(
        sheet, areas, f"={LISTS_SHEET}!$A$1:$A${which}", say(fr="Choisissez dans la liste.", en="Choose in the list.")
    )
