"""Forms filled as doctors fill them, with the dirt real forms have; every slip here is one the reader only warns of."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from rosterplan.domain.work import Duty
from rosterplan.messages.words import MONTHS_FR
from rosterplan.sheets.forms_content import Asked, Questionnaire
from rosterplan.sheets.forms_doctor import doctor_form
from rosterplan.sheets.forms_entry import ENTRY_COLUMNS, ENTRY_SHEET, entry_form
from rosterplan.sheets.forms_sector import SectorSheet, sector_form
from rosterplan.sheets.forms_words import ORIGIN_SHEET

Places = dict[tuple[str, str], str]
"""(kind, name) -> cell of the hidden sheet."""


def _text(day: date, random: Random) -> object:
    """The same day in one of the ways people type it."""
    ways: tuple[Callable[[], object], ...] = (
        lambda: day,
        lambda: f"{day:%d/%m/%Y}",
        lambda: f"{day.day} {MONTHS_FR[day.month - 1]} {day:%y}",
        lambda: f" {day:%d/%m/%y}",
        lambda: f"{day.day}-{MONTHS_FR[day.month - 1]}",
    )
    return random.choice(ways)()


def _value(word: str, random: Random) -> str:
    """A word of the drop-down as it comes back: capitals, stray spaces, a no-break space."""
    return random.choice((word, word, word, word.capitalize(), word + " ", "\u00a0" + word, word.upper()))


def _chosen(duties: tuple[Duty, ...], random: Random) -> dict[str, str]:
    """What a doctor says duty by duty: few refusals, fewer dislikes, one or two wishes."""
    said: dict[str, str] = {}
    many = len(duties)
    for word, share in (("impossible", 0.10), ("à éviter", 0.05)):
        for duty in random.sample(duties, int(many * share * random.random() * 2)):
            said[duty.id] = word
    for duty in random.sample(duties, min(2, many)):
        if random.random() < 0.4:
            said[duty.id] = "souhaité"
    return said


def _leave(duties: tuple[Duty, ...], random: Random) -> tuple[date, date]:
    first = random.choice(duties).date
    return first, first + timedelta(days=random.randrange(4, 12))


def filled_form(questions: Questionnaire, asked: Asked, made_on: date, random: Random) -> bytes:
    """A doctor's form come back."""
    book = openpyxl.load_workbook(io.BytesIO(doctor_form(questions, asked, made_on=made_on)))
    sheet, hidden = book.worksheets[0], book[ORIGIN_SHEET]
    duties, fields, ranges, weekdays = _places(hidden)
    for duty, word in _chosen(asked.duties, random).items():
        sheet[duties[duty]] = _value(word, random)
    sheet[fields["filled_on"]] = _text(made_on + timedelta(days=random.randrange(3, 18)), random)
    if random.random() < 0.7:
        _write_range(sheet, ranges[0], *_leave(asked.duties, random), random)
    if random.random() < 0.15:
        cell = sheet[weekdays[0]]
        cell.value = random.choice(("mercredi", "Jeudi", " lundi"))
        sheet.cell(cell.row, cell.column + 1).value = "impossible"
    if random.random() < 0.05:
        sheet[fields["maximum"]] = random.randrange(4, 9)
    return _saved(book)


def empty_form(questions: Questionnaire, asked: Asked, made_on: date) -> bytes:
    """A form sent back untouched."""
    return doctor_form(questions, asked, made_on=made_on)


def _places(hidden: Worksheet) -> tuple[dict[str, str], dict[str, str], list[str], list[str]]:
    duties: dict[str, str] = {}
    fields: dict[str, str] = {}
    ranges: list[str] = []
    weekdays: list[str] = []
    for kind, name, cell, *_ in hidden.iter_rows(values_only=True):
        if kind == "duty":
            duties[str(name)] = str(cell)
        elif kind == "field":
            fields[str(name)] = str(cell)
        elif kind == "range":
            ranges.append(str(cell))
        elif kind == "weekday":
            weekdays.append(str(cell))
    return duties, fields, ranges, weekdays


def _write_range(sheet: Worksheet, address: str, first: date, last: date, random: Random) -> None:
    cell = sheet[address]
    cell.value = _text(first, random)
    sheet.cell(cell.row, cell.column + 1).value = _text(last, random)
    sheet.cell(cell.row, cell.column + 2).value = "impossible"


def filled_sector(
    questions: Questionnaire, content: SectorSheet, made_on: date, random: Random, silent: set[str]
) -> bytes:
    """A sheet a whole sector answered on; ``silent`` doctors left their column empty."""
    book = openpyxl.load_workbook(io.BytesIO(sector_form(questions, content, made_on=made_on)))
    sheet, hidden = book.worksheets[0], book[ORIGIN_SHEET]
    row_of = {
        str(name): int(str(cell)) for kind, name, cell, *_ in hidden.iter_rows(values_only=True) if kind == "duty"
    }
    column_of = {
        str(name): str(cell) for kind, name, cell, *_ in hidden.iter_rows(values_only=True) if kind == "column"
    }
    for asked in content.asked:
        if asked.doctor.id in silent or asked.doctor.id not in column_of:
            continue
        mine = tuple(duty for duty in asked.duties if duty.id in row_of)
        first, last = _leave(mine, random)
        said = {duty.id: "impossible" for duty in mine if first <= duty.date <= last} | _chosen(mine, random)
        for duty, word in said.items():
            sheet[f"{column_of[asked.doctor.id]}{row_of[duty]}"] = _value(word, random)
    return _saved(book)


def typed_answers(questions: Questionnaire, doctors: list[Asked], made_on: date, random: Random) -> bytes:
    """The grid `Saisie` with answers taken on the telephone or from paper."""
    book = openpyxl.load_workbook(io.BytesIO(entry_form(questions, made_on=made_on)))
    sheet = book[ENTRY_SHEET]
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == ENTRY_COLUMNS[0].heading)
    place = {column.key: number for number, column in enumerate(ENTRY_COLUMNS, 1)}
    row = head + 1
    for asked in doctors:
        first, last = _leave(asked.duties, random)
        wanted: list[dict[str, object]] = [
            {"when": _text(first, random), "until": _text(last, random), "value": "impossible"},
            {"when": questions.codes[random.choice(asked.duties).id], "value": "à éviter"},
        ]
        for answer in wanted:
            cells = {"doctor": asked.doctor.name, "source": random.choice(("téléphone", "papier")),
                     "received": made_on + timedelta(days=9), "typist": "coordination"} | answer  # fmt: skip
            for name, value in cells.items():
                sheet.cell(row, place[name]).value = value  # type: ignore[assignment]
            row += 1
    return _saved(book)


def written_csv(doctors: list[Asked], random: Random) -> bytes:
    """A csv of a secretary's own, as a French Excel saves it."""
    lines = ["Médecin;Du;Au;Réponse"]
    for asked in doctors:
        first, last = _leave(asked.duties, random)
        lines.append(f"{asked.doctor.name};{first:%d/%m/%Y};{last:%d/%m/%Y};impossible")
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def _saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write(path: Path, content: bytes) -> None:
    """Write a file, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
