"""The answers of a period: every file of `disponibilites/` read together, all problems at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from rosterplan.domain.file_names import ANSWERS_FOLDER
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Availability, Instance
from rosterplan.domain.tableau_layout import LISTE, ORIGINE
from rosterplan.messages import say
from rosterplan.rules.base import Rule
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.answers.doctor_form import read_doctor_form
from rosterplan.sheets.answers.doubts import empty_form
from rosterplan.sheets.answers.leaves import read_leaves
from rosterplan.sheets.answers.lost import rebuilt_origin
from rosterplan.sheets.answers.merge import DoctorAnswer, merged
from rosterplan.sheets.answers.origin import origin_of
from rosterplan.sheets.answers.rows import read_entry_form, read_free_table, table_sheet
from rosterplan.sheets.answers.said import FileReading
from rosterplan.sheets.answers.sector_form import read_sector_form
from rosterplan.sheets.beside import Beside
from rosterplan.sheets.cells.guard import candidate_files
from rosterplan.sheets.cells.place import Place, problem_at
from rosterplan.sheets.cells.text import fold
from rosterplan.sheets.cells.workbook import Workbook, read_workbook
from rosterplan.sheets.forms.questionnaire import Asked, Questionnaire, questionnaire
from rosterplan.sheets.plan.content import LeaveColumns
from rosterplan.sheets.plan.layout import RULES_SHEET
from rosterplan.sheets.plan.layout_plan import PLAN_NAME
from rosterplan.sheets.plan.layout_work import HOURS

MANY_FILES: Final = 24
"""Fewer are read sooner than a second process starts."""

_IGNORED: Final = frozenset({"thumbs.db", "desktop.ini", "lisezmoi.txt", "readme.txt", "readme.md"})


@dataclass(frozen=True)
class AnswersReading:
    """What doctors answered, doctor by doctor, with every problem; ``files`` are those read, by name."""

    questions: Questionnaire
    doctors: tuple[DoctorAnswer, ...] = ()
    files: tuple[FileReading, ...] = ()
    set_aside_files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def of_doctor(self) -> Mapping[str, DoctorAnswer]:
        """What each doctor who answered said, by doctor id."""
        return {answer.doctor.id: answer for answer in self.doctors}

    @property
    def availability(self) -> tuple[Availability, ...]:
        """What doctors said, as rows of the instance: doctors in its order, duties by start."""
        return tuple(row for answer in self.doctors for row in answer.availability())

    @property
    def answered(self) -> tuple[str, ...]:
        """Ids of the doctors an answer came from, empty forms included."""
        return tuple(answer.doctor.id for answer in self.doctors)

    @property
    def empty(self) -> tuple[DoctorAnswer, ...]:
        """Doctors whose form came back without a word."""
        return tuple(answer for answer in self.doctors if answer.empty)

    @property
    def missing(self) -> tuple[Asked, ...]:
        """Doctors asked from whom no answer came, or none that could be read."""
        return tuple(asked for asked in self.questions.asked if asked.doctor.id not in self.of_doctor)


def read_answers(
    folder: Path,
    instance: Instance,
    rules: Sequence[Rule],
    *,
    without: Collection[str] = (),
    leaves: tuple[LeaveColumns, ...] = (),
    holidays: Mapping[date, str] | None = None,
) -> AnswersReading:
    """The answers found in ``folder`` (a planning folder or its `disponibilites/`); nothing there is changed.

    ``without`` names files to set aside; ``leaves`` the columns of the leave exports of establishments;
    ``holidays`` the days off as the plan names them, those of the law without. User data never raises: what cannot be read is among the problems.
    """
    known = Known(questionnaire(instance, rules, holidays=holidays), leaves)
    place = folder / ANSWERS_FOLDER if (folder / ANSWERS_FOLDER).is_dir() else folder
    aside = {Path(name).name.casefold() for name in without}
    paths = [path for path in candidate_files(place) if path.name.casefold() not in aside]
    files = _read_answer_files(paths, known)
    problems = [problem for file in files for problem in file.problems]
    problems += _unread(place, aside)
    doctors = merged([answer for file in files for answer in file.answers], known, problems)
    problems += [_empty(answer) for answer in doctors if answer.empty]
    set_aside = tuple(path.name for path in candidate_files(place) if path.name.casefold() in aside)
    return AnswersReading(known.questions, doctors, files, set_aside, tuple(problems))


def _read_answer_files(paths: Sequence[Path], known: Known) -> tuple[FileReading, ...]:
    """What each file holds, in the order given; every other one is read beside where they are many."""
    other = Beside(lambda: [_read_answer_file(path, known) for path in paths[1::2]], worth_it=len(paths) >= MANY_FILES)
    ours = [_read_answer_file(path, known) for path in paths[::2]]
    theirs = other.result()
    return tuple(theirs[place // 2] if place % 2 else ours[place // 2] for place in range(len(paths)))


def _read_answer_file(path: Path, known: Known) -> FileReading:
    """What one file holds: a doctor's form, a sector's sheet, the grid `Saisie`, or a free table."""
    workbook = read_workbook(path)
    if not workbook.readable:
        return FileReading(path.name, "unread", problems=workbook.problems, sha256=workbook.sha256)
    saved = workbook.saved
    origin = origin_of(workbook)
    if origin is not None and origin.form == "doctor":
        return read_doctor_form(workbook, path, origin, known, saved)
    if origin is not None and origin.form == "sector":
        return read_sector_form(workbook, path, origin, known, saved)
    if origin is not None and origin.form == "entry":
        return read_entry_form(workbook, origin, known, saved)
    return _without_origin(workbook, path, known, saved)


def _without_origin(workbook: Workbook, path: Path, known: Known, saved: date | None) -> FileReading:
    """A leave export, a free table, or a form that lost its hidden sheet; else a file nobody can read as an answer."""
    if _not_an_answer(workbook):
        return FileReading(path.name, "unread", problems=(_misplaced(path.name),), sha256=workbook.sha256)
    export = read_leaves(workbook, known.leaves, known, saved)
    if export is not None:
        return export
    sheet = table_sheet(workbook)
    if sheet is not None:
        return read_free_table(workbook, sheet, known, saved)
    rebuilt = rebuilt_origin(workbook, known)
    if rebuilt is None:
        return FileReading(path.name, "unread", problems=(_unrecognised(path.name),), sha256=workbook.sha256)
    reading = read_doctor_form(workbook, path, rebuilt[0], known, saved)
    return replace(reading, problems=(rebuilt[1], *reading.problems))


def _not_an_answer(workbook: Workbook) -> bool:
    """True for a `tableau.xlsx` or a `plan.xlsx` of ours: their tables look like answers, and are none."""
    names = {fold(name) for name in workbook.sheets}
    plan = {fold(name) for name in (PLAN_NAME, RULES_SHEET.name, HOURS.name)}
    return {fold(LISTE), fold(ORIGINE)} <= names or plan <= names


def _misplaced(name: str) -> Problem:
    return problem_at(
        Place(name, ""), "file-misplaced", found=say(fr="un tableau de garde ou un plan, non une réponse", en="a roster or a plan, not an answer"),
        wanted=say(fr="des réponses de médecins", en="answers of doctors"),
        remedy=say(fr="Sortez ce fichier de disponibilites/, ou écartez-le avec --sans.",
                   en="Take this file out of disponibilites/, or set it aside with --sans."),
    )  # fmt: skip


def with_answers(instance: Instance, reading: AnswersReading) -> Instance:
    """The instance with what doctors answered: availability, who answered, maxima and phones declared on the forms.

    What is assumed of the others is not in it (``answers.missing.with_assumptions``).
    """
    doctors = tuple(
        doctor.model_copy(update=_declared(reading.of_doctor.get(doctor.id))) for doctor in instance.doctors
    )
    return instance.changed(availability=reading.availability, answered=reading.answered, doctors=doctors)


def _declared(answer: DoctorAnswer | None) -> dict[str, object]:
    if answer is None:
        return {}
    said: dict[str, object] = {} if answer.maximum is None else {"maximum": answer.maximum}
    return said | ({"phone": answer.phone} if answer.phone else {})


def _empty(answer: DoctorAnswer) -> Problem:
    return empty_form(answer.doctor, answer.answers[0], len(answer.asked.duties), answer.asked.doctor_days)


def _unread(place: Path, aside: Collection[str]) -> Iterator[Problem]:
    """A word for what stands in the folder and is not read: other formats, folders, names given to set aside in vain."""
    if not place.is_dir():
        return
    names = {path.name.casefold() for path in place.iterdir()}
    read = {path.name for path in candidate_files(place)}
    for path in sorted(place.iterdir()):
        name = path.name
        if name in read or name.startswith((".", "~$")) or name.casefold() in _IGNORED | set(aside):
            continue
        yield problem_at(
            Place(name, ""), "file-not-read", severity="avertissement",
            found=say(fr="un dossier", en="a folder") if path.is_dir() else say(fr=f"un fichier « {path.suffix or name} »", en=f"a “{path.suffix or name}” file"),
            wanted=say(fr="des fichiers .xlsx, .ods ou .csv", en=".xlsx, .ods or .csv files"),
            remedy=_remedy_of_unread(path),
        )  # fmt: skip
    for name in sorted(set(aside) - names):
        yield problem_at(
            Place(name, ""), "set-aside-unknown", severity="avertissement", found=say(fr="fichier introuvable", en="no such file"),
            wanted=say(fr=f"un fichier de {ANSWERS_FOLDER}/", en=f"a file of {ANSWERS_FOLDER}/"),
            remedy=say(fr="Vérifiez le nom donné à --sans.", en="Check the name given to --sans."),
        )  # fmt: skip


def _remedy_of_unread(path: Path) -> str:
    if path.is_dir():
        return say(
            fr="Sortez-en les fichiers et posez-les à côté : rien n’en est lu.",
            en="Take the files out of it and put them beside: nothing in it is read.",
        )
    return say(
        fr="Rien n’en est lu : recopiez la réponse dans la grille Saisie.",
        en="Nothing in it is read: copy the answer into the grid Saisie.",
    )


def _unrecognised(name: str) -> Problem:
    return problem_at(
        Place(name, ""), "file-unrecognised", found=say(fr="un classeur qui n’est pas un formulaire", en="a workbook that is not a form"),
        wanted=say(fr="un formulaire renvoyé, une feuille de secteur, la grille Saisie, ou un tableau « Médecin ; Date ; Réponse »",
                   en="a returned form, a sector sheet, the grid Saisie, or a table “Médecin ; Date ; Réponse”"),
        remedy=say(fr="Si la feuille cachée « _origine » a été supprimée, recopiez la réponse dans la grille Saisie ou redemandez le formulaire.",
                   en="If the hidden sheet “_origine” was deleted, copy the answer into the grid Saisie or ask for the form again."),
    )  # fmt: skip
