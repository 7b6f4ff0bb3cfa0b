"""A file of changes, csv or workbook, `type;doctor;from;to`: absences, arrivals and departures, with every problem at its cell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from rosterplan.domain.events import Event, EventKind
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Instance
from rosterplan.messages import say
from rosterplan.messages.words import listed, unaccented
from rosterplan.sheets.cells.dates import read_date
from rosterplan.sheets.cells.names import names_of_doctors
from rosterplan.sheets.cells.tables import as_text
from rosterplan.sheets.cells.workbook import Workbook, read_workbook

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 5_000

KINDS: Final[Mapping[str, EventKind]] = {
    "absence": "absence", "absent": "absence", "absente": "absence",
    "arrivee": "arrivee", "arrival": "arrivee", "nouveau": "arrivee", "nouvelle": "arrivee", "new": "arrivee",
    "depart": "depart", "departure": "depart", "leave": "depart", "part": "depart",
}  # fmt: skip
HEADINGS: Final[Mapping[str, str]] = {
    "type": "type", "doctor": "doctor", "medecin": "doctor", "from": "from", "du": "from", "debut": "from",
    "to": "to", "au": "to", "fin": "to",
}  # fmt: skip


def read_changes(path: Path, instance: Instance) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """Return the events of a file and its problems: a csv, or the first sheet of a workbook that holds anything."""
    workbook = read_workbook(path, largest_bytes=MOST_BYTES)
    if not workbook.readable:
        return (), workbook.problems
    rows = [row for row in _rows(workbook) if any(cell.strip() for cell in row[1])]
    if not rows or len(rows) > MOST_ROWS:
        wanted = say(fr=f"de 1 à {MOST_ROWS} lignes", en=f"1 to {MOST_ROWS} rows")
        return (), (_problem(path, "", f"{len(rows)}", wanted),)
    columns = {HEADINGS.get(unaccented(cell.strip()), ""): place for place, cell in enumerate(rows[0][1])}
    if not {"type", "doctor", "from"} <= columns.keys():
        wanted = say(fr="une première ligne « type;médecin;du;au »", en="a first row “type;doctor;from;to”")
        return (), (_problem(path, "1", ";".join(rows[0][1]), wanted),)
    events: list[Event] = []
    problems: list[Problem] = []
    for number, cells in rows[1:]:
        found = _event(path, number, {name: _cell(cells, place) for name, place in columns.items()}, instance)
        if isinstance(found, Event):
            events.append(found)
        else:
            problems += found
    return tuple(events), tuple(problems)


def _rows(workbook: Workbook) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet that is not empty, as text, numbered from 1."""
    sheet = next((sheet for sheet in workbook.sheets.values() if not sheet.empty), None)
    return (
        [] if sheet is None else [(number, [as_text(cell) for cell in row]) for number, row in enumerate(sheet.rows, 1)]
    )


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _event(path: Path, number: int, cells: Mapping[str, str], instance: Instance) -> Event | list[Problem]:
    """Return the event of a row, or its problems."""
    problems: list[Problem] = []
    kind = KINDS.get(unaccented(cells["type"]))
    if kind is None:
        known = listed(
            [say(fr=fr, en=en) for fr, en in (("absence", "absence"), ("arrivée", "arrival"), ("départ", "departure"))]
        )
        problems.append(_problem(path, f"{number} · type", cells["type"], known))
    doctor = names_of_doctors(instance.doctors).find(cells["doctor"])
    if isinstance(doctor, Problem):
        problems.append(doctor.model_copy(update={"file": path.name, "cell": f"{number}"}))
    dates = {}
    for name in ("from", "to"):
        if not cells.get(name):
            continue
        read = read_date(cells[name], instance.period)
        if isinstance(read, Problem):
            problems.append(read.model_copy(update={"file": path.name, "cell": f"{number} · {name}"}))
        else:
            dates[name] = read
    if kind == "absence" and not cells.get("to"):
        problems.append(
            _problem(
                path, f"{number} · au", "", say(fr="le dernier jour de l’absence", en="the last day of the absence")
            )
        )
    if not cells["from"]:
        problems.append(_problem(path, f"{number} · du", "", say(fr="une date", en="a date")))
    if problems:
        return problems
    assert kind is not None
    assert isinstance(doctor, str)
    try:
        return Event(kind=kind, doctor=doctor, start=dates["from"], end=dates["to"] if kind == "absence" else None)
    except ValidationError:
        order = say(fr="une fin qui ne précède pas le début", en="an end not before the start")
        return [_problem(path, f"{number}", f"{cells['from']} – {cells['to']}", order)]


def _problem(path: Path, cell: str, found: str, wanted: str) -> Problem:
    return Problem(
        severity="erreur", code="changes-file", file=path.name, cell=say(fr=f"ligne {cell}", en=f"row {cell}") if cell else "",
        found=found, wanted=wanted,
        remedy=say(fr="Corrigez la ligne et recommencez ; exemple : absence;M017;03/02/2027;10/02/2027",
                   en="Mend the row and start again; example: absence;M017;2027-02-03;2027-02-10"),
    )  # fmt: skip
