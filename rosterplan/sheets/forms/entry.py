"""The grid `Saisie`: where the coordinator types the answers received by phone or on paper, a row each."""

from __future__ import annotations

from datetime import date
from typing import Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.messages import say
from rosterplan.messages.words import DAYS_EN, DAYS_FR
from rosterplan.sheets.cells.tables import Column
from rosterplan.sheets.forms.origin import OriginRow, origin_head
from rosterplan.sheets.forms.questionnaire import Questionnaire, concerned
from rosterplan.sheets.forms.style import (
    Book,
    ask_choice,
    banner,
    colour_values,
    finished,
    hidden_rows,
    new_book,
    print_on_a4,
)
from rosterplan.sheets.forms.words import LISTS_SHEET, ORIGIN_SHEET, offered_values, period_words

ENTRY_SHEET: Final = "Saisie"
ENTRY_HEADING_ROW: Final = 5
ENTRY_ROWS: Final = 400

ENTRY_COLUMNS: Final = (
    Column("doctor", "Médecin", ("nom", "docteur", "doctor", "identifiant"), required=True, width=30),
    Column(
        "when",
        "Date, « du » ou n°",
        ("date", "du", "date ou du", "n°", "numéro", "date ou n°", "from", "number", "date, from or number"),
        width=18,
    ),
    Column("until", "Au (inclus)", ("au", "jusqu'au", "to", "until"), width=13),
    Column("weekday", "Tous les", ("jour", "jour de la semaine", "chaque", "weekday", "every"), width=12),
    Column(
        "which",
        "Gardes (toutes si vide)",
        (
            "gardes",
            "garde",
            "ligne",
            "garde/ligne",
            "garde ou ligne",
            "catégorie",
            "horaires",
            "line",
            "duty",
            "duties",
            "duties (all if empty)",
        ),
        width=22,
    ),
    Column("value", "Réponse", ("valeur", "disponibilité", "value", "answer"), width=17),
    Column("maximum", "Maximum de gardes", ("maximum", "max"), width=12),
    Column("source", "Reçu par", ("source", "canal", "received by"), width=12),
    Column("received", "Reçu le", ("date de réception", "reçue le", "received on", "received"), width=12),
    Column("typist", "Noté par", ("saisi par", "saisie par", "typed by"), width=14),
)
"""The columns of the grid; a csv of one's own may have any of them, in any order."""


def sources() -> list[str]:
    """How an answer may have come in."""
    return say(fr="téléphone|papier|courriel|oral", en="phone|paper|mail|oral").split("|")


def no_constraint() -> str:
    """« aucune contrainte »: the answer that leaves everything open."""
    return say(fr="aucune contrainte", en="no constraint")


def entry_form(questions: Questionnaire, *, made_on: date) -> bytes:
    """The workbook of the grid `Saisie`, empty; equal inputs give equal bytes."""
    book, buffer = new_book(title=say(fr="Saisie des réponses", en="Typing in answers"), made_on=made_on)
    sheet = book.workbook.add_worksheet(ENTRY_SHEET)
    lists = _lists(questions)
    _write_top(sheet, book, questions)
    _write_grid(sheet, book)
    _drop_downs(sheet, book, lists)
    hidden_rows(book, LISTS_SHEET, _in_columns(lists))
    hidden_rows(book, ORIGIN_SHEET, _origin_rows(questions))
    return finished(book, buffer)


def _lists(questions: Questionnaire) -> dict[str, list[str]]:
    which = dict.fromkeys(choice for one in questions.asked for choice in concerned(questions.instance, one))
    return {
        "doctor": sorted(one.doctor.label for one in questions.asked),
        "weekday": say(fr="|".join(DAYS_FR), en="|".join(DAYS_EN)).split("|"),
        "which": list(which),
        "value": [*offered_values(), no_constraint()],
        "source": sources(),
    }


def _in_columns(lists: dict[str, list[str]]) -> list[tuple[str, ...]]:
    longest = max(map(len, lists.values()))
    return [tuple(words[row] if row < len(words) else "" for words in lists.values()) for row in range(longest)]


def _origin_rows(questions: Questionnaire) -> list[OriginRow]:
    rows = origin_head(questions, "entry", sheet=ENTRY_SHEET)
    return rows + [("duty", duty, "", code) for duty, code in questions.codes.items()]


def _write_top(sheet: Worksheet, book: Book, questions: Questionnaire) -> None:
    title = say(
        fr="Saisie des réponses reçues par téléphone ou sur papier", en="Typing in answers by phone or on paper"
    )
    banner(sheet, book, len(ENTRY_COLUMNS) - 1, title, period_words(questions.instance.period))
    lines = (
        say(fr="Une ligne par réponse. Exemples : « C41 » ou « C41, C45, A3 à A7 » (numéros de la feuille papier) ; « 14/02 » (toute "
               "la journée) ; « 10/02 » et « 20/02 » (une période) ; « mercredi » (tous les mercredis).",
            en="One row per answer. Examples: “C41” or “C41, C45, A3 to A7” (numbers of the paper sheet); “14/02” (the whole day); "
               "“10/02” and “20/02” (a period); “Wednesday” (every Wednesday)."),
        say(fr="Pour une même garde, la réponse reçue le plus tard l’emporte ; la plus ancienne reste ici et vous est signalée. "
               "« aucune contrainte » sans date : le médecin a répondu et accepte tout. Aucun motif de santé.",
            en="For one duty the answer received last wins; the older one stays here and is reported. “no constraint” without a "
               "date: the doctor has answered and accepts everything. No medical reason."),
    )  # fmt: skip
    for row, text in enumerate(lines, 2):
        sheet.set_row(row, 25)
        sheet.merge_range(row, 0, row, len(ENTRY_COLUMNS) - 1, "", book.style("text"))
        sheet.write_string(row, 0, text, book.style("text"))
    sheet.set_row(4, 5)


def _write_grid(sheet: Worksheet, book: Book) -> None:
    looks = {"until": "date_answer", "received": "date_answer", "maximum": "number_answer", "doctor": "left_answer"}
    english = {"doctor": "Doctor", "when": "Date, “from” or number", "until": "To (included)", "weekday": "Every",
               "which": "Duties (all if empty)", "value": "Answer", "maximum": "Maximum", "source": "Received by",
               "received": "Received on", "typist": "Typed by"}  # fmt: skip
    sheet.set_row(ENTRY_HEADING_ROW, 28)
    for number, column in enumerate(ENTRY_COLUMNS):
        sheet.set_column(number, number, column.width)
        heading = say(fr=column.heading, en=english[column.key])
        sheet.write_string(ENTRY_HEADING_ROW, number, heading, book.style("head"))
        look = book.style(looks.get(column.key, "answer"))
        for row in range(ENTRY_HEADING_ROW + 1, ENTRY_HEADING_ROW + 1 + ENTRY_ROWS):
            sheet.write_blank(row, number, None, look)
    print_on_a4(sheet, landscape=True, footer=ENTRY_SHEET)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(ENTRY_HEADING_ROW)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(ENTRY_HEADING_ROW + 1, 1)
    sheet.autofilter(ENTRY_HEADING_ROW, 0, ENTRY_HEADING_ROW + ENTRY_ROWS, len(ENTRY_COLUMNS) - 1)


def _drop_downs(sheet: Worksheet, book: Book, lists: dict[str, list[str]]) -> None:
    first, last = ENTRY_HEADING_ROW + 1, ENTRY_HEADING_ROW + ENTRY_ROWS
    places = {column.key: number for number, column in enumerate(ENTRY_COLUMNS)}
    for number, (key, words) in enumerate(lists.items()):
        letter = chr(ord("A") + number)
        source = f"={LISTS_SHEET}!${letter}$1:${letter}${len(words)}"
        area = (first, places[key], last, places[key])
        error = say(fr="Ce mot n’est pas dans la liste.", en="This word is not in the list.")
        ask_choice(sheet, [area], source, error, strict=False)
    colour_values(sheet, book, [(first, places["value"], last, places["value"])])
