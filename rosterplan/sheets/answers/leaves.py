"""Leave exports of establishments, as their own programs write them: three columns are read, only of their own doctors.

Reasons are never read: a day of leave is a day on which the doctor holds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rosterplan.domain.findings import Problem
from rosterplan.messages import say
from rosterplan.messages.words import listed, plural
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.answers.reach import reach_of
from rosterplan.sheets.answers.said import Answer, FileReading, Statement
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import Column, Record, Table, read_table
from rosterplan.sheets.cells.text import bare
from rosterplan.sheets.cells.workbook import Workbook
from rosterplan.sheets.plan.content import LeaveColumns


def read_leaves(
    workbook: Workbook, maps: Sequence[LeaveColumns], known: Known, saved_on: date | None
) -> FileReading | None:
    """The leaves of an export whose columns `Congés` names; None for a file that is none."""
    for columns in maps:
        if columns.file and not bare(workbook.file).startswith(bare(columns.file)):
            continue
        headings = {"doctor": columns.doctor, "when": columns.first, "until": columns.last}
        wanted = tuple(Column(key, heading, required=True) for key, heading in headings.items() if heading)
        for sheet in workbook.sheets.values():
            if sheet.empty:
                continue
            table = read_table(sheet, wanted)
            if {column.key for column in wanted} <= set(table.column_of):
                return _leaves(workbook, table, columns.establishment, known, saved_on)
    return None


def _leaves(workbook: Workbook, table: Table, house: str, known: Known, saved_on: date | None) -> FileReading:
    """One answer per doctor of the house, and a word on who is not one."""
    answers: dict[str, list[Statement]] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    strangers: list[str] = []
    others: list[str] = []
    for record in table.records:
        found = known.names.find(record.text("doctor"))
        if isinstance(found, Problem):
            strangers.append(record.text("doctor"))
            continue
        doctor = known.instance.doctor_by_id[found]
        if doctor.establishment != house:
            others.append(doctor.directory_name)
            continue
        statements = _statements(record, known, found, saved_on, problems)
        if statements:
            answers.setdefault(found, []).extend(statements)
            places.setdefault(found, statements[0].place)
    problems += _about_others(workbook.file, table, house, sorted(set(strangers)), sorted(set(others)))
    read = tuple(Answer(doctor, places[doctor], "table", saved_on, tuple(said)) for doctor, said in answers.items())
    return FileReading(workbook.file, "table", read, tuple(problems), workbook.sha256)


def _statements(
    record: Record, known: Known, doctor: str, saved_on: date | None, problems: list[Problem]
) -> list[Statement]:
    asked = known.asked(doctor)
    if asked is None or record.value("when") is None:
        return []
    reached = reach_of(record, known, asked, {})
    if isinstance(reached, Problem):
        problems.append(reached)
        return []
    place = Place(record.sheet.file, record.sheet.name, record.cell("when"))
    return [
        Statement(doctor, "impossible", one.reach, one.duties, place, "table", saved_on, one.start, one.end)
        for one in reached
    ]


def _about_others(
    file: str, table: Table, house: str, strangers: Sequence[str], others: Sequence[str]
) -> list[Problem]:
    """Agents who are not in the plan are normal (information); a doctor of another house is left out, and said."""
    place, found = Place(file, table.sheet.name), []
    if strangers:
        count = plural(len(strangers), say(fr="personne", en="person"), say(fr="personnes", en="persons"))
        found.append(problem_at(
            place, "leave-of-nobody", severity="information",
            found=say(fr=f"{count} hors du planning : {listed(strangers, most=4)}", en=f"{count} outside the plan: {listed(strangers, most=4)}"),
            wanted=say(fr="des médecins de la feuille Médecins", en="doctors of sheet Médecins"),
            remedy=say(fr="Rien à faire si ces personnes ne tiennent pas de garde.", en="Nothing to do if they hold no duty."),
        ))  # fmt: skip
    if others:
        found.append(problem_at(
            place, "leave-of-another-house", severity="avertissement",
            found=say(fr=f"des congés de médecins d’un autre établissement : {listed(others, most=4)}", en=f"leaves of doctors of another house: {listed(others, most=4)}"),
            wanted=say(fr=f"ceux de {house} seulement", en=f"those of {house} only"),
            remedy=say(fr="Ces lignes sont laissées de côté : chaque établissement n’envoie que les siens.", en="These rows are left out: each house sends its own only."),
        ))  # fmt: skip
    return found
