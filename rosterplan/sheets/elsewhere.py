"""Duties our doctors hold on another body's roster, put as it is into `ailleurs/`: a workbook, a csv, or our own JSON.

Effection and régulation are planned by two bodies that share doctors, each with identifiers of its own: doctors are
matched by their names. What is read counts as held already, like the past: no roster can change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from rosterplan.domain.base import minute_of
from rosterplan.domain.file_names import ELSEWHERE_FOLDER
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Instance, PastDuty, Period
from rosterplan.messages import say
from rosterplan.messages.words import plural
from rosterplan.sheets.cells.names import Names, names_of_doctors
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.text import bare
from rosterplan.sheets.cells.workbook import read_workbook
from rosterplan.sheets.elsewhere_rows import Held, read_json, rows_of_roster, rows_of_workbook

BAND: Final = "ailleurs"
"""What a duty held elsewhere counts as: it is nobody's share here."""

AROUND = timedelta(days=31)
"""Duties so long before the period count for rest and caps."""

LONGEST_LINE: Final = 120
"""Signs of a line's name that are kept."""

_WORKBOOKS: Final = (".xlsx", ".xlsm", ".ods", ".xls", ".csv")


@dataclass(frozen=True)
class Elsewhere:
    """What the files of `ailleurs/` say: duties held, problems, and the files read."""

    held: tuple[PastDuty, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()


def read_elsewhere(folder: Path, instance: Instance) -> Elsewhere:
    """What every file of `ailleurs/` says of the doctors of an instance; user data never raises."""
    if not folder.is_dir():
        return Elsewhere()
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith((".", "~$"))]
    people = _people_of_instances(files)
    ours = _Ours(instance)
    held: dict[PastDuty, None] = {}
    problems: list[Problem] = []
    names: list[str] = []
    for path in files:
        found, said = _of_file(path, ours, people)
        held |= dict.fromkeys(found)  # the same duty in two files is held once
        problems += said
        if path.suffix.casefold() in (*_WORKBOOKS, ".json"):
            names.append(path.name)
    return Elsewhere(tuple(held), tuple(problems), tuple(names))


@dataclass(frozen=True)
class _Ours:
    """The doctors and lines of this plan, as another body may name them."""

    instance: Instance

    @cached_property
    def doctors(self) -> Names:
        return names_of_doctors(self.instance.doctors)

    @cached_property
    def lines(self) -> frozenset[str]:
        return frozenset(bare(name) for line in self.instance.lines for name in (line.id, line.name) if name)

    @cached_property
    def days(self) -> Period:
        period = self.instance.period
        return Period(start=period.start - AROUND, end=period.end + timedelta(days=1))

    def named(self, name: str) -> tuple[str, ...]:
        """The doctors a name may mean; an identifier means none, for it is the other body's."""
        return () if name in self.doctors.ids else self.doctors.called.get(bare(name), ())


def _people_of_instances(files: Sequence[Path]) -> dict[str, Any]:
    """The doctors of every instance.json put there, by the id of the plan: a roster.json beside it has no names."""
    found = {}
    for path in files:
        document = read_json(path) if path.suffix.casefold() == ".json" else None
        if document and "doctors" in document:
            found[str(document.get("id"))] = document["doctors"]
    return found


def _of_file(path: Path, ours: _Ours, people: dict[str, Any]) -> tuple[list[PastDuty], list[Problem]]:
    if path.suffix.casefold() == ".json":
        if "doctors" in (read_json(path) or {}):
            return [], []
        rows = rows_of_roster(path, people)
        return ([], [_nameless(path.name)]) if rows is None else _taken(path.name, rows, ours)
    if path.suffix.casefold() not in _WORKBOOKS:
        return [], [_not_read(path.name)]
    workbook = read_workbook(path)
    if not workbook.readable:
        return [], [_in_its_folder(problem) for problem in workbook.problems]
    return _taken(path.name, rows_of_workbook(workbook, ZoneInfo(ours.instance.timezone), ours.days), ours)


def _taken(file: str, rows: Sequence[Held], ours: _Ours) -> tuple[list[PastDuty], list[Problem]]:
    """The duties our doctors hold, of rows read from a file, and a word on what was and was not recognised."""
    held: dict[PastDuty, None] = {}
    unclear: set[str] = set()
    for row in rows:
        doctors = ours.named(row.name)
        if len(doctors) > 1:
            unclear.add(row.name)
        if (
            len(doctors) != 1
            or not ours.days.start <= row.start.date() <= ours.days.end
            or bare(row.line) in ours.lines
        ):
            continue
        if minute_of(row.end) > minute_of(row.start):
            line = row.line if row.line.strip() else BAND
            held[PastDuty(doctor=doctors[0], line=line[:LONGEST_LINE], start=row.start, end=row.end, band=BAND)] = None
    return list(held), _words(file, len(rows), list(held), unclear)


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
        found=say(fr=f"{plural(len(held), 'garde tenue', 'gardes tenues')} ailleurs par {plural(people, 'médecin')} d’ici, sur {plural(rows, 'ligne lue', 'lignes lues')}",
                  en=f"{plural(len(held), 'duty', 'duties')} held elsewhere by {plural(people, 'doctor')} of this plan, of {plural(rows, 'row')} read"),
        wanted=say(fr="le tableau d’un autre organisme, avec les mêmes noms", en="another body’s roster, with the same names"),
        remedy=say(fr="Ces heures sont prises : repos et plafonds en tiennent compte.", en="These hours are taken: rests and caps count them.")
        if held
        else say(fr="Vérifiez les noms et la période ; les colonnes lues sont Date, Horaires (ou Début et Fin) et Médecin.", en="Check the names and the period; the columns read are Date, Horaires (or Début and Fin) and Médecin."),
    )  # fmt: skip
    return [*told, summary]


def _not_read(name: str) -> Problem:
    return problem_at(
        Place(f"{ELSEWHERE_FOLDER}/{name}", ""), "elsewhere-format", severity="avertissement",
        found=say(fr=f"un fichier « {Path(name).suffix} »", en=f"a “{Path(name).suffix}” file"),
        wanted=say(fr="le tableau d’un autre organisme : classeur, ods ou csv", en="another body’s roster: a workbook, ods or csv"),
        remedy=say(fr="Rien n’en est lu : demandez le classeur, où sont les noms.", en="Nothing of it is read: ask for the workbook, where the names are."),
    )  # fmt: skip


def _nameless(name: str) -> Problem:
    return problem_at(
        Place(f"{ELSEWHERE_FOLDER}/{name}", ""), "elsewhere-nameless", severity="avertissement",
        found=say(fr="un roster.json sans l’instance.json qui nomme ses médecins, ou illisible", en="a roster.json without the instance.json that names its doctors, or unreadable"),
        wanted=say(fr="les deux fichiers de la même version, ou son tableau.xlsx", en="both files of the same version, or its tableau.xlsx"),
        remedy=say(fr="Rien n’en est lu : les identifiants d’un autre organisme ne sont pas les vôtres.",
                   en="Nothing of it is read: another body’s identifiers are not yours."),
    )  # fmt: skip


def _in_its_folder(problem: Problem) -> Problem:
    """A file that cannot be read, named with its folder: answers may bear the same name."""
    return problem.model_copy(update={"file": f"{ELSEWHERE_FOLDER}/{problem.file}"})
