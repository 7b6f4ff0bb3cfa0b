"""`corrections.xlsx` of a planning folder: the locks and hand edits, each with who decided it and why, both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from rosterplan.domain.file_names import CORRECTIONS_FILE
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Instance, Lock
from rosterplan.domain.tableau_layout import DOCTOR, DUTY
from rosterplan.messages import say
from rosterplan.messages.words import short_date
from rosterplan.sheets.cells.names import Names, names_of_doctors
from rosterplan.sheets.cells.tables import Record, as_text, read_table
from rosterplan.sheets.cells.text import fold
from rosterplan.sheets.cells.workbook import read_workbook
from rosterplan.sheets.forms.style import banner, finished, new_book, print_on_a4, write_row
from rosterplan.sheets.forms.words import duty_hours, period_words
from rosterplan.sheets.tableau.duties import POSITION_COLUMNS, Duties
from rosterplan.sheets.tableau.read import LEFT_EMPTY

CORRECTIONS_SHEET: Final = "Corrections"
_HEADING_ROW: Final = 4
_WIDTHS: Final = (16, 18, 26, 32, 24, 40, 44)


@dataclass(frozen=True)
class CorrectionsReading:
    """The locks of a folder, in the order of its rows, and what was wrong in them."""

    locks: tuple[Lock, ...] = ()
    problems: tuple[Problem, ...] = ()


def _left_empty() -> str:
    """« laissée vide »: a duty somebody decided to give to nobody."""
    return say(fr="laissée vide", en="left empty")


def corrections_xlsx(instance: Instance, locks: Sequence[Lock], *, made_on: date) -> bytes:
    """The workbook of these locks; what ``read_corrections`` reads back is equal to them."""
    title = say(fr="Corrections et gardes verrouillées", en="Corrections and locked duties")
    book, buffer = new_book(title=title, made_on=made_on)
    sheet = book.workbook.add_worksheet(CORRECTIONS_SHEET)
    banner(sheet, book, len(_WIDTHS) - 1, title, period_words(instance.period))
    sheet.set_row(2, 18)
    sheet.write_string(2, 0, say(
        fr="Chaque ligne est une décision signée : le calcul ne la change jamais. Effacez une ligne pour rendre la garde au calcul.",
        en="Each row is a signed decision: the solver never changes it. Erase a row to give the duty back to the solver.",
    ), book.style("text", text_wrap=False))  # fmt: skip
    heads = (say(fr="Date", en="Date"), say(fr="Horaires", en="Hours"), say(fr="Ligne", en="Line"), DOCTOR,
             say(fr="Décidé par", en="Who"), say(fr="Motif", en="Why"), DUTY)  # fmt: skip
    write_row(sheet, _HEADING_ROW, 0, heads, book.style("head"))
    for row, lock in enumerate(locks, _HEADING_ROW + 1):
        duty = instance.duty_by_id[lock.duty]
        who = _left_empty() if lock.doctor is None else instance.doctor_by_id[lock.doctor].label
        texts = (
            short_date(duty.date),
            duty_hours(duty),
            instance.line_by_id[duty.line].name,
            who,
            lock.who,
            lock.why,
            duty.id,
        )
        write_row(sheet, row, 0, texts, book.style("cell", text_wrap=True))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    print_on_a4(sheet, landscape=True, footer=f"{instance.id} – {CORRECTIONS_FILE}")
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.freeze_panes(_HEADING_ROW + 1, 0)
    sheet.hide_gridlines(2)
    return finished(book, buffer)


def read_corrections(path: Path, instance: Instance) -> CorrectionsReading:
    """The locks of ``path``; none if there is no such file. User data never raises; the file is never changed."""
    if not path.exists():
        return CorrectionsReading()
    workbook = read_workbook(path)
    if not workbook.readable:
        return CorrectionsReading(problems=workbook.problems)
    problems: list[Problem] = []
    locks: dict[tuple[str, str | None], Lock] = {}
    duties, names = Duties(instance), names_of_doctors(instance.doctors)
    for sheet in list(workbook.sheets.values())[:1]:
        table = read_table(sheet, POSITION_COLUMNS)
        problems += table.problems
        for record in table.records:
            lock = _lock(record, duties, names, problems)
            if lock is not None:
                locks[lock.duty, lock.doctor] = lock
    return CorrectionsReading(tuple(locks.values()), tuple(problems))


def _lock(record: Record, duties: Duties, names: Names, problems: list[Problem]) -> Lock | None:
    """The lock of a row; a row without a doctor leaves the duty empty only if it says so."""
    duty = duties.of(record)
    if isinstance(duty, Problem):
        problems.append(duty)
        return None
    said = record.value("doctor")
    doctor: str | None = None
    if said is None or fold(as_text(said)).strip(" .()") not in LEFT_EMPTY:
        found = _missing(record) if said is None else names.find(said)
        if isinstance(found, Problem):
            problems.append(record.place("doctor", found))
            return None
        doctor = found
    return Lock(duty=duty.id, doctor=doctor, who=record.text("who"), why=record.text("why"))


def _missing(record: Record) -> Problem:
    return record.place("doctor", Problem(
        severity="erreur", code="doctor-missing", found=say(fr="une correction sans médecin", en="a correction without a doctor"),
        wanted=say(fr=f"un médecin, ou « {_left_empty()} »", en=f"a doctor, or “{_left_empty()}”"),
        remedy=say(fr="Complétez la case, ou effacez la ligne.", en="Complete the cell, or erase the row."),
    ))  # fmt: skip


def with_corrections(earlier: Iterable[Lock], later: Iterable[Lock], freed: Collection[str] = ()) -> tuple[Lock, ...]:
    """Both sets of locks, where the later ones replace every earlier one on the same duty; duties ``freed`` have none."""
    new = tuple(later)
    replaced = {lock.duty for lock in new} | set(freed)
    return (*(lock for lock in earlier if lock.duty not in replaced), *new)
