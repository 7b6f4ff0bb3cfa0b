"""Answers that came another way: a sheet for a whole sector, the grid `Saisie`, a secretary's csv, an ods, a stray note."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

import openpyxl

from benchmarks.folders.files import Cell, ods, saved
from benchmarks.folders.hand import day_typed, name_typed, span_typed, weekday_typed, word_typed
from benchmarks.folders.minds import Mind
from rosterplan.sheets.forms.entry import ENTRY_COLUMNS, ENTRY_SHEET, entry_form
from rosterplan.sheets.forms.questionnaire import Questionnaire
from rosterplan.sheets.forms.sector import HEADING_ROW, SectorSheet, sector_form
from rosterplan.sheets.forms.words import ORIGIN_SHEET

CODES_IN_A_ROW = 4
LAST_DAY = 19
"""The last answers come the day before they were due [days after the forms were sent]."""
GREY_SHARE = 0.4
"""Sheets of a sector in which somebody answers in a cell that is not his or hers."""


def sector_answers(
    questions: Questionnaire, content: SectorSheet, minds: Mapping[str, Mind], made_on: date, random: Random
) -> bytes:
    """The sheet of a sector; doctors without a mind left their column empty, one answered in a grey cell too."""
    book = openpyxl.load_workbook(io.BytesIO(sector_form(questions, content, made_on=made_on)))
    sheet = book.worksheets[0]
    rows = list(book[ORIGIN_SHEET].iter_rows(values_only=True))
    row_of = {str(name): int(str(cell)) for kind, name, cell, *_ in rows if kind == "duty"}
    column_of = {str(name): str(cell) for kind, name, cell, *_ in rows if kind == "column"}
    for doctor, column in column_of.items():
        if doctor not in minds:
            continue
        mind = minds[doctor]
        for duty in mind.asked.duties:
            if duty.id in row_of and (word := _word(mind, duty.id)):
                sheet[f"{column}{row_of[duty.id]}"] = word_typed(word, random)
        if mind.free:
            sheet[f"{column}{HEADING_ROW + 2}"] = "oui"
        if mind.maximum is not None:
            sheet[f"{column}{HEADING_ROW + 3}"] = mind.maximum
    grey = _first_grey(content, minds, row_of, column_of)
    if grey and random.random() < GREY_SHARE:
        sheet[grey] = "impossible"
    return saved(book, made_on + timedelta(days=random.randrange(8, 19)))


def _word(mind: Mind, duty: str) -> str | None:
    """What the doctor writes in the row of a duty; a column has no rows for periods, so leave is written day by day."""
    found = next(one for one in mind.asked.duties if one.id == duty)
    if mind.refuses(found):
        return "impossible"
    return next((word for said, word in mind.duties if said.id == duty), None)


def _first_grey(
    content: SectorSheet, minds: Mapping[str, Mind], row_of: Mapping[str, int], column_of: Mapping[str, str]
) -> str | None:
    """A cell of a duty that an answering doctor may not hold: exempt that day, or not yet on the list."""
    for asked in content.asked:
        closed = [duty for duty in content.duties if duty.id not in asked.duty_ids]
        if closed and asked.doctor.id in minds:
            return f"{column_of[asked.doctor.id]}{row_of[closed[0].id]}"
    return None


def typed_answers(
    questions: Questionnaire, minds: Sequence[Mind], thoughts: Sequence[Mind], made_on: date, random: Random
) -> bytes:
    """The grid `Saisie`: periods, weekdays, numbers of the paper sheet, one who has no constraint; then second thoughts."""
    book = openpyxl.load_workbook(io.BytesIO(entry_form(questions, made_on=made_on)))
    sheet = book[ENTRY_SHEET]
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == ENTRY_COLUMNS[0].heading)
    place = {column.key: number for number, column in enumerate(ENTRY_COLUMNS, 1)}
    number = head + 1
    for rank, mind in enumerate((*minds, *thoughts)):
        received = made_on + timedelta(days=random.randrange(4, 19) if rank < len(minds) else LAST_DAY)
        for answer in _entries(questions, mind, received, random):
            for name, value in answer.items():
                sheet.cell(number, place[name]).value = value
            number += 1
    return saved(book, made_on + timedelta(days=LAST_DAY))


def _entries(
    questions: Questionnaire, mind: Mind, received: date, random: Random
) -> list[dict[str, date | str | int | None]]:
    """The rows typed for one doctor."""
    about: dict[str, date | str | int | None] = {
        "doctor": name_typed(mind.asked.doctor, random), "source": random.choice(("téléphone", "papier", "courriel", "Tél.")),
        "received": day_typed(received, random, as_text=True), "typist": "coordination",
    }  # fmt: skip
    if mind.free:
        return [about | {"value": "aucune contrainte"}]
    rows: list[dict[str, date | str | int | None]] = []
    for span in mind.leave:
        first, last = span_typed(span, random)
        rows.append({"when": first, "until": last, "value": "impossible"})
    if mind.weekday is not None:
        rows.append({"weekday": weekday_typed(mind.weekday, random), "value": "impossible"})
    for word in ("impossible", "à éviter", "souhaité", "seulement"):
        codes = [questions.codes[duty.id] for duty, said in mind.duties if said == word]
        rows += [
            {"when": ", ".join(codes[step : step + CODES_IN_A_ROW]), "value": word_typed(word, random)}
            for step in range(0, len(codes), CODES_IN_A_ROW)
        ]
    if mind.maximum is not None:
        rows.append({"maximum": mind.maximum})
    if not rows:
        return [about | {"value": "aucune contrainte"}]
    return [about | row for row in rows]


def second_thought(mind: Mind) -> Mind | None:
    """What a doctor adds by telephone to an earlier answer: a day refused becomes merely unwelcome."""
    refused = next((duty for duty, word in mind.duties if word == "impossible"), None)
    return None if refused is None else Mind(mind.asked, duties=((refused, "à éviter"),))


def secretary_csv(minds: Sequence[Mind], random: Random) -> bytes:
    """A csv of a secretary's own, as a French Excel saves it; one column more than is read."""
    lines = ["Médecin;Du;Au;Réponse;Reçu le;Remarque"]
    for mind in minds:
        name = f"{mind.asked.doctor.first_name} {mind.asked.doctor.last_name}"
        told = date(2026, 10, random.randrange(9, 22))
        spans = list(mind.leave) or [(duty.date, duty.date) for duty, word in mind.duties if word == "impossible"]
        rows = [f"{name};{first:%d/%m/%Y};{last:%d/%m/%Y};impossible" for first, last in spans]
        rows = rows or [f"{name};;;aucune contrainte"]
        lines += [f"{row};{told:%d/%m/%Y};{random.choice(('', 'vu au cabinet', 'à rappeler le soir'))}" for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def association_ods(minds: Sequence[Mind], day: date, random: Random) -> bytes:
    """A table kept by hand in LibreOffice: a date per row, who gave a few dates and nothing else."""
    rows: list[Sequence[Cell]] = [("Médecin", "Date", "Réponse", "Reçu le", "Commentaire")]
    for mind in minds:
        name = name_typed(mind.asked.doctor, random)
        rows += [(name, duty.date, word_typed(word, random), day, None) for duty, word in mind.duties]
        rows.append((None, None, None, None, None))
    return ods("Dates données", rows, day)


def stray_note(mind: Mind) -> bytes:
    """A message saved as a text file: nothing in it is read, and it is said so."""
    duty = mind.asked.duties[len(mind.asked.duties) // 2]
    text = f"Message du {mind.asked.doctor.name} : impossible le {duty.date:%d/%m/%Y}, sinon tout va bien.\r\n"
    return text.encode("utf-8")
