"""A planning folder, or an instance.json in its place, as one instance: the plan, the answers, the corrections."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

from rosterplan.domain.file_names import ANSWERS_FOLDER, CORRECTIONS_FILE, ELSEWHERE_FOLDER, PLAN_FILE
from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Instance
from rosterplan.rules.book import rule_book
from rosterplan.sheets.answers.missing import Unanswered, problem_of_missing, unanswered_doctors, with_assumptions
from rosterplan.sheets.answers.read import AnswersReading, read_answers, with_answers
from rosterplan.sheets.elsewhere import read_elsewhere
from rosterplan.sheets.instance_json import read_instance_json
from rosterplan.sheets.plan.read import PlanReading, read_plan
from rosterplan.sheets.tableau.corrections import read_corrections

_PLAN_FILES: Final = (PLAN_FILE, "plan.xlsm", "plan.ods", "plan.xls")
MISSING: Final = "answer-missing"


@dataclass(frozen=True)
class Source:
    """A file that was read, as it stood: name within the folder, and SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True)
class FolderReading:
    """Everything a folder says.

    ``draft`` is the best instance that could be made, beside any error: what checks look at, and forms are made from.
    ``instance`` is the same where nothing forbids to plan. ``plan`` and ``answers`` are None for an instance.json.
    """

    path: Path
    draft: Instance | None
    problems: tuple[Problem, ...]
    sources: tuple[Source, ...]
    plan: PlanReading | None = None
    answers: AnswersReading | None = None
    unanswered: tuple[Unanswered, ...] = ()

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid to plan, missing answers included."""
        return tuple(problem for problem in self.problems if problem.severity == "erreur")

    @property
    def instance(self) -> Instance | None:
        """The instance to plan; None while there is an error."""
        return None if self.errors else self.draft

    @property
    def only_answers_missing(self) -> bool:
        """True if nothing but missing answers forbids to plan."""
        return bool(self.errors) and all(problem.code == MISSING for problem in self.errors)


def read_input(path: Path, *, without: Collection[str] = (), today: date | None = None) -> FolderReading:
    """The folder at ``path``, or the instance.json if it is a file."""
    if path.is_file():
        instance, problems = read_instance_json(path)
        return FolderReading(path, instance, problems, (_source(path, path.name),))
    return read_folder(path, without=without, today=today)


def read_folder(path: Path, *, without: Collection[str] = (), today: date | None = None) -> FolderReading:
    """The planning folder at ``path``; every problem of every file, nothing changed, user data never raises.

    ``without`` names files of `disponibilites/` to set aside; ``today`` only words how late an answer is.
    """
    book = next((path / name for name in _PLAN_FILES if (path / name).is_file()), path / PLAN_FILE)
    plan = read_plan(book)
    sources = [Source(book.name, plan.workbook.sha256)] if plan.workbook.sha256 else []
    if plan.draft is None:
        return FolderReading(path, None, plan.problems, tuple(sources), plan)
    problems = list(plan.problems)
    leaves = plan.content.leaves if plan.content else ()
    holidays = plan.content.holidays if plan.content else None
    answers = read_answers(
        path / ANSWERS_FOLDER, plan.draft, rule_book(plan.draft), without=without, leaves=leaves, holidays=holidays
    )
    problems += answers.problems
    sources += [Source(f"{ANSWERS_FOLDER}/{file.file}", file.sha256) for file in answers.files]
    draft = with_answers(plan.draft, answers)
    unanswered = unanswered_doctors(draft, answers.missing)
    problems += [problem_of_missing(one, draft.plan.answer_deadline, today) for one in unanswered]
    draft = with_assumptions(draft, unanswered)
    elsewhere = read_elsewhere(path / ELSEWHERE_FOLDER, draft)
    problems += elsewhere.problems
    sources += [_source(path / ELSEWHERE_FOLDER / name, f"{ELSEWHERE_FOLDER}/{name}") for name in elsewhere.files]
    if elsewhere.held:
        draft = draft.changed(history=(*draft.history, *elsewhere.held))
    if (path / CORRECTIONS_FILE).is_file():
        corrections = read_corrections(path / CORRECTIONS_FILE, draft)
        problems += corrections.problems
        sources.append(_source(path / CORRECTIONS_FILE, CORRECTIONS_FILE))
        draft = draft.changed(locks=corrections.locks)
    return FolderReading(path, draft, tuple(problems), tuple(sources), plan, answers, unanswered)


def _source(path: Path, name: str) -> Source:
    try:
        return Source(name, sha256(path.read_bytes()).hexdigest())
    except OSError:
        return Source(name, "")
