"""Answers in rows: the grid `Saisie` and free tables (csv of an association), a doctor, days or numbers, a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import of_person, plural
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.answers.origin import Origin, foreign
from rosterplan.sheets.answers.reach import Reached, reach_of
from rosterplan.sheets.answers.said import Answer, FileReading, Source, Statement
from rosterplan.sheets.answers.values import at, months_before, read_value
from rosterplan.sheets.cells.dates import read_date
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import Record, Table, as_text, read_table
from rosterplan.sheets.cells.text import fold
from rosterplan.sheets.cells.values import read_integer
from rosterplan.sheets.cells.workbook import Sheet, Workbook
from rosterplan.sheets.forms.entry import ENTRY_COLUMNS
from rosterplan.sheets.forms.questionnaire import Asked
from rosterplan.sheets.forms.words import LISTS_SHEET, ORIGIN_SHEET, Value, plain

_NO_CONSTRAINT: Final = frozenset(
    {"aucune contrainte", "aucune", "pas de contrainte", "rien a signaler", "ras", "no constraint", "none"}
)
_SOURCES: Final[Mapping[str, Source]] = {
    "telephone": "phone", "tel": "phone", "phone": "phone", "appel": "phone", "sms": "phone", "papier": "paper", "paper": "paper",
    "feuille": "paper", "courrier": "paper", "courriel": "mail", "mail": "mail", "e-mail": "mail", "email": "mail", "mel": "mail",
    "oral": "spoken", "spoken": "spoken", "reunion": "spoken", "de vive voix": "spoken",
}  # fmt: skip


@dataclass(frozen=True)
class _Reader:
    """What the rows of one file are read with: its numbers, and the date of rows that bear none."""

    known: Known
    codes: Mapping[str, str]
    saved_on: date | None


def table_sheet(workbook: Workbook) -> Sheet | None:
    """The first sheet with a column of doctors and one of answers or maxima; None if there is none."""
    for name, sheet in workbook.sheets.items():
        if fold(name) in (ORIGIN_SHEET, LISTS_SHEET) or sheet.empty:
            continue
        columns = read_table(sheet, ENTRY_COLUMNS).column_of
        if "doctor" in columns and {"value", "maximum"} & set(columns):
            return sheet
    return None


def read_entry_form(workbook: Workbook, origin: Origin, known: Known, saved_on: date | None) -> FileReading:
    """The rows of a grid `Saisie`; its numbers mean what they meant when the paper sheets were printed."""
    if (other := foreign(origin, known, Place(workbook.file, ""))) is not None:
        return FileReading(workbook.file, "entry", problems=(other,), sha256=workbook.sha256)
    sheet = table_sheet(workbook)
    if sheet is None:
        return FileReading(workbook.file, "entry", problems=(_no_table(workbook),), sha256=workbook.sha256)
    codes = {row.text.upper(): row.name for row in origin.of("duty")}
    return replace(_read_rows(workbook, sheet, _Reader(known, codes, saved_on)), kind="entry")


def read_free_table(workbook: Workbook, sheet: Sheet, known: Known, saved_on: date | None) -> FileReading:
    """The rows of a table of one's own; its numbers mean what the forms of today would print."""
    codes = {code.upper(): duty for code, duty in known.duty_of_code.items()}
    return _read_rows(workbook, sheet, _Reader(known, codes, saved_on))


def _read_rows(workbook: Workbook, sheet: Sheet, reader: _Reader) -> FileReading:
    """One answer per doctor, source and date of reception."""
    table = read_table(sheet, ENTRY_COLUMNS)
    problems = [
        problem for problem in table.problems if problem.code != "column-missing" or "doctor" not in table.column_of
    ]
    answers: dict[tuple[str, Source, date | None], Answer] = {}
    undated = 0
    for record in table.records:
        read = _row(record, reader, problems)
        if read is None:
            continue
        undated += record.value("received") is None
        key = (read.doctor, read.source, read.received)
        answers[key] = _joined(answers[key], read) if key in answers else read
    if undated and "received" in table.column_of:
        problems.append(_undated(table, undated, reader.saved_on))
    return FileReading(workbook.file, "table", tuple(answers.values()), tuple(problems), workbook.sha256)


def _joined(first: Answer, second: Answer) -> Answer:
    return replace(
        first,
        statements=first.statements + second.statements,
        maximum=first.maximum if second.maximum is None else second.maximum,
        no_constraint=first.no_constraint or second.no_constraint,
    )


def _row(record: Record, reader: _Reader, problems: list[Problem]) -> Answer | None:
    """The answer of one row; None, with the reason among the problems, if it cannot be understood."""
    asked = _doctor(record, reader.known, problems)
    if asked is None:
        return None
    before = months_before(reader.known.period)
    received = record.read("received", lambda raw: read_date(raw, before, date1904=record.sheet.date1904), problems)
    received = received or reader.saved_on
    maximum = record.read("maximum", lambda raw: read_integer(raw, 0, 400), problems)
    answer = Answer(asked.doctor.id, _place(record), _source(record), received, maximum=maximum)
    if not _says_when(record):
        return _without_days(record, answer, problems)
    value = _value(record, problems)
    reached = reach_of(record, reader.known, asked, reader.codes)
    if isinstance(reached, Problem):
        problems.append(reached)
    if value is None or isinstance(reached, Problem):
        return None
    if not any(one.duties for one in reached):
        problems.append(_without_duty(record, asked))
    return replace(answer, statements=tuple(_statement(answer, value, one) for one in reached))


def _without_days(record: Record, answer: Answer, problems: list[Problem]) -> Answer | None:
    """The answer of a row that names no day: a maximum alone, or « aucune contrainte »; a refusal needs its days."""
    if record.value("value") is None and answer.maximum is not None:
        return answer
    value = _value(record, problems)
    if value == "neutral":
        return replace(answer, no_constraint=True)
    if value is not None:
        problems.append(_when_missing(record))
    return None


def _says_when(record: Record) -> bool:
    return any(record.value(key) is not None for key in ("when", "until", "weekday", "which"))


def _statement(answer: Answer, value: Value, one: Reached) -> Statement:
    return Statement(
        answer.doctor, value, one.reach, one.duties, answer.place, answer.source, answer.received,
        one.start, one.end, one.weekdays, one.which,
    )  # fmt: skip


def _doctor(record: Record, known: Known, problems: list[Problem]) -> Asked | None:
    found = record.read("doctor", known.names.find, problems, required=True)
    if found is None:
        return None
    asked = known.asked(found)
    if asked is None:
        name = known.instance.doctor_by_id[found].name
        problems.append(record.place("doctor", Problem(
            severity="avertissement", code="doctor-without-duty", found=name,
            wanted=say(fr="un médecin qui peut tenir au moins une garde", en="a doctor who may hold at least one duty"),
            remedy=say(fr="Vérifiez ses secteurs, dates et dispenses ; cette ligne est sans effet.",
                       en="Check sectors, dates and exemptions; this row has no effect."),
        )))  # fmt: skip
    return asked


def _value(record: Record, problems: list[Problem]) -> Value | None:
    """The value of a row; « aucune contrainte » beside a date is « disponible »."""
    raw = record.value("value")
    place = Place(record.sheet.file, record.sheet.name, record.cell("value"))
    if raw is None:
        problems.append(problem_at(
            place, "answer-missing", found=say(fr="une ligne sans réponse", en="a row without an answer"),
            wanted=say(fr="impossible, à éviter, souhaité, seulement ou disponible", en="unavailable, avoid, wished, only or available"),
            remedy=say(fr="Écrivez la réponse, ou effacez la ligne.", en="Write the answer, or erase the row."),
        ))  # fmt: skip
        return None
    if plain(as_text(raw)) in _NO_CONSTRAINT:
        return "neutral"
    value = read_value(raw, place)
    if isinstance(value, Problem):
        problems.append(value)
        return None
    return value


def _source(record: Record) -> Source:
    return _SOURCES.get(plain(record.text("source")), "table")


def _place(record: Record) -> Place:
    key = "when" if record.value("when") is not None else "doctor"
    return Place(record.sheet.file, record.sheet.name, record.cell(key))


def _when_missing(record: Record) -> Problem:
    return record.place("when", Problem(
        severity="erreur", code="dates-missing", found=say(fr="une réponse sans date ni numéro", en="an answer without date or number"),
        wanted=say(fr="une date, un numéro, une période ou un jour de la semaine", en="a date, a number, a period or a weekday"),
        remedy=say(fr="Pour toute la période, écrivez son premier et son dernier jour.",
                   en="For the whole period, write its first and last day."),
    ))  # fmt: skip


def _without_duty(record: Record, asked: Asked) -> Problem:
    return at(_place(record), Problem(
        severity="information", code="no-duty-reached",
        found=say(fr=f"aucune garde {of_person(asked.doctor.name)} à ces dates", en=f"no duty of {asked.doctor.name} on these days"),
        wanted=say(fr="au moins une garde concernée", en="at least one duty concerned"),
        remedy=say(fr="La ligne est notée, sans effet sur le planning.", en="The row is noted, without effect on the plan."),
    ))  # fmt: skip


def _undated(table: Table, count: int, saved_on: date | None) -> Problem:
    day = say(fr="la plus ancienne", en="the oldest") if saved_on is None else f"{saved_on:%d/%m/%Y}"
    sheet = table.sheet
    return problem_at(
        Place(sheet.file, sheet.name), "rows-undated", severity="avertissement",
        found=say(fr=f"{plural(count, 'ligne')} sans date de réception", en=f"{plural(count, 'row')} without a date of reception"),
        wanted=say(fr="une date dans « Reçu le »", en="a date in “Received on”"),
        remedy=say(fr=f"Date retenue : {day}, celle du fichier. Elle décide quand deux réponses se contredisent.",
                   en=f"Date taken: {day}, that of the file. It decides when two answers contradict each other."),
    )  # fmt: skip


def _no_table(workbook: Workbook) -> Problem:
    return problem_at(
        Place(workbook.file, ""), "table-missing", found=say(fr="aucune colonne « Médecin » et « Réponse »", en="no column “Médecin” and “Réponse”"),
        wanted=say(fr="la grille Saisie telle qu’elle a été créée", en="the grid Saisie as it was made"),
        remedy=say(fr="Remettez les titres des colonnes.", en="Put the headings of the columns back."),
    )  # fmt: skip
