"""Duties our doctors hold on another body's roster: its `tableau.xlsx`, put as it is into `ailleurs/`.

Effection and régulation are planned by two bodies that share doctors, each with identifiers of its own: doctors are
matched by their names. What is read counts as held already, like the past: no roster can change it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from rosterplan.domain.base import minute_of
from rosterplan.domain.file_names import ELSEWHERE_FOLDER
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Instance, PastDuty
from rosterplan.messages import say
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.tables import as_text, read_table
from rosterplan.sheets.cells.text import fold
from rosterplan.sheets.cells.workbook import Workbook, read_workbook
from rosterplan.sheets.tableau.duties import POSITION_COLUMNS, sheet_of_positions

BAND: Final = "ailleurs"
"""What a duty held elsewhere counts as: it is nobody's share here."""

AROUND = timedelta(days=31)
"""Duties so long before the period count for rest and caps."""

_DUTY: Final = re.compile(r"(?P<line>.+)/(?P<start>\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d)/(?P<minutes>\d{1,5})(/.*)?")
_IDENTIFIER: Final = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True)
class Elsewhere:
    """What the files of `ailleurs/` say: duties held, problems, and the files read."""

    held: tuple[PastDuty, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()


def read_elsewhere(folder: Path, instance: Instance) -> Elsewhere:
    """What every workbook of `ailleurs/` says of the doctors of an instance; user data never raises."""
    if not folder.is_dir():
        return Elsewhere()
    held: list[PastDuty] = []
    problems: list[Problem] = []
    names: list[str] = []
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith((".", "~$")):
            continue
        if path.suffix.casefold() not in (".xlsx", ".xlsm", ".ods"):
            problems.append(_not_a_workbook(path.name))
            continue
        names.append(path.name)
        found, said = _of_workbook(read_workbook(path), instance)
        held += found
        problems += said
    return Elsewhere(tuple(held), tuple(problems), tuple(names))


def _of_workbook(workbook: Workbook, instance: Instance) -> tuple[list[PastDuty], list[Problem]]:
    """The duties of one workbook, and a word on what was and was not recognised."""
    if not workbook.readable:
        return [], list(workbook.problems)
    sheet, problems = sheet_of_positions(workbook)
    if sheet is None:
        return [], problems
    doctors: dict[str, list[str]] = defaultdict(list)
    for doctor in instance.doctors:
        doctors[fold(doctor.directory_name)].append(doctor.id)
    first, last = instance.period.start - AROUND, instance.period.end + timedelta(days=1)
    held: list[PastDuty] = []
    unclear: set[str] = set()
    rows = 0
    for record in read_table(sheet, POSITION_COLUMNS).records:
        duty, who = record.value("duty"), record.value("doctor")
        found = _DUTY.fullmatch(as_text(duty)) if duty is not None else None
        if found is None or who is None:
            continue
        rows += 1
        name = _IDENTIFIER.sub("", re.sub(r"^Dr\s+", "", as_text(who)))
        ours = doctors.get(fold(name), [])
        if len(ours) > 1:
            unclear.add(name)
        start = datetime.fromisoformat(found["start"])
        if len(ours) != 1 or not first <= start.date() <= last or found["line"] in instance.line_by_id:
            continue
        end = start + timedelta(minutes=int(found["minutes"]))
        if minute_of(end) > minute_of(start):
            held.append(PastDuty(doctor=ours[0], line=found["line"], start=start, end=end, band=BAND))
    return held, [*problems, *_words(workbook.file, rows, held, unclear)]


def _words(file: str, rows: int, held: list[PastDuty], unclear: set[str]) -> list[Problem]:
    place = Place(f"{ELSEWHERE_FOLDER}/{file}", "")
    told = [
        problem_at(
            place, "elsewhere-namesakes", severity="avertissement",
            found=say(fr=f"« {name} », nom de plusieurs médecins d’ici", en=f"“{name}”, the name of several doctors here"),
            wanted=say(fr="un nom qui ne soit que d’un médecin", en="a name only one doctor bears"),
            remedy=say(fr="Ses gardes d’ailleurs ne sont pas comptées : écrivez-les sur la feuille « Historique » ou dans ses indisponibilités.",
                       en="Those duties are not counted: write them on sheet “Historique” or as unavailable dates."),
        )
        for name in sorted(unclear)
    ]  # fmt: skip
    people = len({one.doctor for one in held})
    summary = problem_at(
        place, "elsewhere-read", severity="information" if held else "avertissement",
        found=say(fr=f"{len(held)} gardes tenues ailleurs par {people} médecins d’ici, sur {rows} lignes lues",
                  en=f"{len(held)} duties held elsewhere by {people} doctors of this plan, of {rows} rows read"),
        wanted=say(fr="le tableau d’un autre organisme, avec les mêmes noms", en="another body’s roster, with the same names"),
        remedy=say(fr="Ces heures sont prises : repos et plafonds en tiennent compte.", en="These hours are taken: rests and caps count them.")
        if held
        else say(fr="Vérifiez les noms et la période.", en="Check the names and the period."),
    )  # fmt: skip
    return [*told, summary]


def _not_a_workbook(name: str) -> Problem:
    return problem_at(
        Place(f"{ELSEWHERE_FOLDER}/{name}", ""), "elsewhere-format", severity="avertissement",
        found=say(fr=f"un fichier « {Path(name).suffix} »", en=f"a “{Path(name).suffix}” file"),
        wanted=say(fr="le tableau.xlsx d’un autre organisme", en="the tableau.xlsx of another body"),
        remedy=say(fr="Rien n’en est lu : demandez le classeur, où sont les noms.", en="Nothing of it is read: ask for the workbook, where the names are."),
    )  # fmt: skip
