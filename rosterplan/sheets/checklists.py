"""The lists a coordinator works from after `check`: problems to correct, what was understood, whom to chase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from rosterplan.domain.findings import Problem, Severity
from rosterplan.domain.instance import Period
from rosterplan.messages import say
from rosterplan.messages.palette import AMBER, RED
from rosterplan.messages.words import long_date, plural
from rosterplan.sheets.answers.letters import reminder_text, understood_lines, understood_text
from rosterplan.sheets.answers.merge import DoctorAnswer
from rosterplan.sheets.answers.missing import Unanswered, effect_words, policy_words, unanswered_doctors
from rosterplan.sheets.answers.read import AnswersReading
from rosterplan.sheets.answers.said import Statement, source_words
from rosterplan.sheets.forms.questionnaire import main_sector
from rosterplan.sheets.forms.style import Book, banner, finished, new_book, print_on_a4, write_row
from rosterplan.sheets.forms.words import period_words

SEVERITIES: Final[tuple[Severity, ...]] = ("erreur", "avertissement", "information")
_COLOURS: Final[dict[Severity, str]] = {"erreur": RED, "avertissement": AMBER, "information": "#EAEFF5"}
_HEADING_ROW: Final = 4
_CELL: Final = re.compile(r"([A-Z]*)([0-9]*)")


def in_reading_order(problems: Sequence[Problem]) -> list[Problem]:
    """Problems by file, sheet and cell (A2 before A10, A10 before B1 only in one row), errors first at one place."""
    return sorted(
        problems,
        key=lambda one: (one.file.casefold(), one.sheet.casefold(), *_place(one.cell), SEVERITIES.index(one.severity)),
    )


def _place(cell: str) -> tuple[int, int, str]:
    found = _CELL.match(cell)
    letters, digits = (found[1], found[2]) if found else ("", "")
    return int(digits or 0), len(letters), letters


def severity_words(severity: Severity, count: int) -> str:
    """« 3 erreurs »."""
    french = {"erreur": "erreur", "avertissement": "avertissement", "information": "information"}
    english = {"erreur": "error", "avertissement": "warning", "information": "remark"}
    return plural(count, say(fr=french[severity], en=english[severity]))


def problems_xlsx(problems: Sequence[Problem], period: Period, *, made_on: date) -> bytes:
    """The annotated list of problems: where, what was found, what was wanted, what to do; a column to tick."""
    title = say(fr="Points à corriger ou à vérifier", en="Points to correct or check")
    book, buffer = new_book(title=title, made_on=made_on)
    sheet = book.workbook.add_worksheet(say(fr="À corriger", en="To correct"))
    counts = [(severity, sum(one.severity == severity for one in problems)) for severity in SEVERITIES]
    summary = " · ".join(severity_words(severity, count) for severity, count in counts if count)
    heads = (say(fr="Gravité", en="Severity"), say(fr="Fichier", en="File"), say(fr="Feuille", en="Sheet"), say(fr="Cellule", en="Cell"),
             say(fr="Trouvé", en="Found"), say(fr="Attendu", en="Wanted"), say(fr="Que faire", en="What to do"), say(fr="Fait", en="Done"))  # fmt: skip
    widths = (13, 26, 18, 9, 38, 34, 46, 7)
    _top(sheet, book, title, period, summary or say(fr="Aucun problème.", en="No problem."), heads, widths)
    for row, one in enumerate(in_reading_order(problems), _HEADING_ROW + 1):
        texts = (one.severity, one.file, one.sheet, one.cell, one.found, one.wanted, one.remedy, "")
        write_row(sheet, row, 0, texts, book.style("wrapped"))
        sheet.write_string(
            row,
            0,
            severity_words(one.severity, 1).partition(" ")[2],
            book.style("wrapped", bg_color=_COLOURS[one.severity], bold=True),
        )
        sheet.set_row(row, _height(texts, widths))
    _bottom(sheet, len(problems), len(heads))
    return finished(book, buffer)


def understood_xlsx(reading: AnswersReading, *, made_on: date) -> bytes:
    """« Voici ce que nous avons compris »: a row per doctor with a message ready to send, then every statement."""
    title = say(fr="Voici ce que nous avons compris", en="What we understood")
    instance = reading.questions.instance
    book, buffer = new_book(title=title, made_on=made_on)
    sheet = book.workbook.add_worksheet(say(fr="Par médecin", en="By doctor"))
    heads = (say(fr="Médecin", en="Doctor"), say(fr="Courriel", en="Mail"), say(fr="Téléphone", en="Phone"), say(fr="Reçu le", en="Received"),
             say(fr="Compris", en="Understood"), say(fr="Gardes possibles", en="Possible duties"), say(fr="Message prêt à envoyer", en="Message ready to send"))  # fmt: skip
    widths = (26, 26, 15, 11, 52, 11, 70)
    said = (
        plural(len(reading.doctors), say(fr="réponse", en="answer"))
        + say(fr=" sur ", en=" of ")
        + str(len(reading.questions.asked))
    )
    _top(sheet, book, title, instance.period, said, heads, widths)
    for row, answer in enumerate(reading.doctors, _HEADING_ROW + 1):
        _write_understood(sheet, book, row, answer, reading, widths)
    _bottom(sheet, len(reading.doctors), len(heads))
    _write_statements(book.workbook.add_worksheet(say(fr="Détail", en="Detail")), book, reading)
    return finished(book, buffer)


def _write_understood(
    sheet: Worksheet, book: Book, row: int, answer: DoctorAnswer, reading: AnswersReading, widths: Sequence[int]
) -> None:
    instance = reading.questions.instance
    doctor = answer.doctor
    received = "" if answer.received is None else f"{answer.received:%d/%m/%Y}"
    understood = "\n".join(understood_lines(answer, instance))
    possible = f"{len(answer.open_duties())} / {len(answer.asked.duties)}"
    texts = (
        doctor.label,
        doctor.email,
        doctor.phone,
        received,
        understood,
        possible,
        understood_text(answer, instance),
    )
    write_row(sheet, row, 0, texts, book.style("wrapped"))
    sheet.set_row(row, _height(texts, widths))


def _write_statements(sheet: Worksheet, book: Book, reading: AnswersReading) -> None:
    """Every statement that was read, with its source, date and cell; those set aside are marked."""
    heads = (say(fr="Médecin", en="Doctor"), say(fr="Compris", en="Understood"), say(fr="Gardes", en="Duties"), say(fr="Source", en="Source"),
             say(fr="Reçu le", en="Received"), say(fr="Fichier", en="File"), say(fr="Feuille", en="Sheet"), say(fr="Cellule", en="Cell"),
             say(fr="Retenu", en="Kept"))  # fmt: skip
    widths = (28, 48, 9, 16, 12, 30, 18, 10, 10)
    title = say(fr="Réponses lues, une par ligne", en="Answers read, one per row")
    _top(sheet, book, title, reading.questions.instance.period, "", heads, widths)
    row = _HEADING_ROW
    for answer in reading.doctors:
        kept = [(statement, _kept(answer, statement)) for statement in answer.statements]
        aside = [(statement, say(fr="non", en="no")) for older in answer.set_aside for statement in older.statements]
        for statement, verdict in (*kept, *aside):
            row += 1
            write_row(sheet, row, 0, _statement(answer, statement, verdict, reading), book.style("cell"))
    _bottom(sheet, row - _HEADING_ROW, len(heads))


def _kept(answer: DoctorAnswer, statement: Statement) -> str:
    """« oui », « non », or « en partie » where a later answer replaced some of its duties."""
    kept = sum(answer.resolved[duty].value == statement.value for duty in statement.duties)
    if kept == len(statement.duties):
        return say(fr="oui", en="yes")
    return say(fr="en partie", en="in part") if kept else say(fr="non", en="no")


def _statement(answer: DoctorAnswer, statement: Statement, verdict: str, reading: AnswersReading) -> tuple[str, ...]:
    received = "" if statement.received is None else f"{statement.received:%d/%m/%Y}"
    words = statement.words()
    if statement.reach == "duty":
        words += f" [{', '.join(reading.questions.codes[duty] for duty in statement.duties)}]"
    place = statement.place
    return (answer.doctor.label, words, str(len(statement.duties)), source_words(statement.source), received,
            place.file, place.sheet, place.cell, verdict)  # fmt: skip


def relances_xlsx(reading: AnswersReading, *, made_on: date) -> bytes:
    """Who has not answered, how to reach them, the text to send, and what the plan assumes meanwhile; then empty forms."""
    title = say(fr="Médecins à relancer", en="Doctors to chase")
    instance = reading.questions.instance
    book, buffer = new_book(title=title, made_on=made_on)
    sheet = book.workbook.add_worksheet(say(fr="À relancer", en="To chase"))
    unanswered = unanswered_doctors(instance, reading.missing)
    deadline = instance.plan.answer_deadline
    by = (
        ""
        if deadline is None
        else say(fr=f"Date limite : {long_date(deadline)}. ", en=f"Deadline: {long_date(deadline)}. ")
    )
    heads = (say(fr="Médecin", en="Doctor"), say(fr="Secteur", en="Sector"), say(fr="Téléphone", en="Phone"), say(fr="Courriel", en="Mail"),
             say(fr="Gardes", en="Duties"), say(fr="Ce qui est supposé", en="What is assumed"), say(fr="Texte à envoyer", en="Text to send"),
             say(fr="Relancé le", en="Chased on"))  # fmt: skip
    widths = (28, 20, 15, 28, 8, 30, 64, 11)
    _top(
        sheet,
        book,
        title,
        instance.period,
        by + policy_words(instance) + " " + effect_words(unanswered),
        heads,
        widths,
    )
    for row, one in enumerate(unanswered, _HEADING_ROW + 1):
        doctor, sector = one.asked.doctor, main_sector(instance, one.asked)
        texts = (doctor.label, sector.name if sector else "", doctor.phone, doctor.email, str(len(one.asked.duties)),
                 one.words(), reminder_text(one.asked, instance), "")  # fmt: skip
        write_row(sheet, row, 0, texts, book.style("wrapped"))
        sheet.set_row(row, _height(texts, widths))
    _bottom(sheet, len(unanswered), len(heads))
    _write_empty(book.workbook.add_worksheet(say(fr="Formulaires vides", en="Empty forms")), book, reading)
    return finished(book, buffer)


def _write_empty(sheet: Worksheet, book: Book, reading: AnswersReading) -> None:
    """Doctors whose form came back without a word: counted available, to be confirmed by phone."""
    heads = (say(fr="Médecin", en="Doctor"), say(fr="Téléphone", en="Phone"), say(fr="Courriel", en="Mail"), say(fr="Fichier", en="File"),
             say(fr="Ce qui est supposé", en="What is assumed"))  # fmt: skip
    widths = (28, 16, 28, 34, 46)
    title = say(fr="Formulaires revenus vides, à confirmer", en="Forms that came back empty, to be confirmed")
    _top(sheet, book, title, reading.questions.instance.period, "", heads, widths)
    for row, answer in enumerate(reading.empty, _HEADING_ROW + 1):
        assumed = Unanswered(answer.asked, "disponible").words()
        doctor = answer.doctor
        texts = (doctor.label, doctor.phone, doctor.email, answer.answers[0].place.file, assumed)
        write_row(sheet, row, 0, texts, book.style("wrapped"))
    _bottom(sheet, len(reading.empty), len(heads))


def _top(
    sheet: Worksheet, book: Book, title: str, period: Period, summary: str, heads: Sequence[str], widths: Sequence[int]
) -> None:
    """The top of a list: title, period, one sentence, headings."""
    banner(sheet, book, len(heads) - 1, title, period_words(period))
    sheet.set_row(2, 30 if len(summary) > 150 else 18)
    sheet.merge_range(2, 0, 2, len(heads) - 1, "", book.style("text"))
    sheet.write_string(2, 0, summary, book.style("text"))
    sheet.set_row(3, 5)
    sheet.set_row(_HEADING_ROW, 20)
    write_row(sheet, _HEADING_ROW, 0, heads, book.style("head"))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _bottom(sheet: Worksheet, count: int, columns: int) -> None:
    """The filter and the printing of a list: A4 landscape, one page wide, headings repeated."""
    sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + max(count, 1), columns - 1)
    sheet.freeze_panes(_HEADING_ROW + 1, 1)
    print_on_a4(sheet, landscape=True)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.hide_gridlines(2)


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """The height of a row whose cells wrap [points]: programs do not all compute it themselves."""
    return max(_lines(text, width) for text, width in zip(texts, widths, strict=True)) * 12.0 + 3


def _lines(text: str, width: Any) -> int:
    return sum(max(1, -(-len(line) // int(width * 1.2))) for line in text.split("\n"))
