"""The folder a command works on: found, read, and refused in words where it cannot be planned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rosterplan.cli.exits import Refused
from rosterplan.cli.problems import refuse_errors
from rosterplan.domain.file_names import PLAN_FILE
from rosterplan.messages import say
from rosterplan.messages.trade import call_bands

if TYPE_CHECKING:
    from rosterplan.cli.options import Common
    from rosterplan.domain.findings import Problem
    from rosterplan.domain.instance import Instance
    from rosterplan.domain.rates import Rate
    from rosterplan.rules.base import Rule
    from rosterplan.sheets.folder import FolderReading


@dataclass(frozen=True)
class Opened:
    """A folder, or an instance.json in its place, as it was read; ``out`` is where its outputs go."""

    path: Path
    out: Path
    reading: FolderReading

    @property
    def plan_problems(self) -> tuple[Problem, ...]:
        """The problems of the plan itself, those of answers and corrections left out."""
        return self.reading.problems if self.reading.plan is None else self.reading.plan.problems

    @property
    def called(self) -> str:
        """The folder as the person would type it."""
        return shown(self.path)


@dataclass(frozen=True)
class Plannable:
    """A folder without errors: its instance and its rule book."""

    opened: Opened
    instance: Instance
    rules: tuple[Rule, ...]

    @property
    def out(self) -> Path:
        """Where outputs go."""
        return self.opened.out


def open_folder(common: Common, folder: Path | None, without: Sequence[str] = ()) -> Opened:
    """Return what the folder says, errors included; a folder that does not exist is refused.

    From then on, bands of the coordinator's own are called as that plan labels them.
    """
    from rosterplan.sheets.folder import read_input

    path = located(folder)
    reading = read_input(path, without=tuple(without), today=common.today)
    content = reading.plan.content if reading.plan is not None else None
    call_bands({band.id: band.name for band in content.choices.bands} if content is not None else {})
    return Opened(path, common.out or default_out(path, reading.draft), reading)


def plannable(common: Common, folder: Path | None, without: Sequence[str] = ()) -> Plannable:
    """Return the instance of a folder and its rules; a folder with errors is refused, with all of them."""
    from rosterplan.rules.book import rule_book

    opened = open_folder(common, folder, without)
    if opened.reading.instance is None:
        raise refuse_errors(common, opened.reading, opened.called)
    return Plannable(opened, opened.reading.instance, rule_book(opened.reading.instance))


def draft_rules(common: Common, opened: Opened) -> tuple[Instance, tuple[Rule, ...]]:
    """Return the plan of a folder and its rules, whatever the answers are worth; errors of the plan are refused."""
    from rosterplan.rules.book import rule_book

    draft = opened.reading.draft
    if draft is None or any(problem.severity == "erreur" for problem in opened.plan_problems):
        raise refuse_errors(common, opened.reading, opened.called)
    return draft, rule_book(draft)


def holidays_of(opened: Opened) -> Mapping[date, str] | None:
    """Return the holidays of the period as the plan chooses them, local days included; None for an instance.json."""
    from rosterplan.domain.calendar.holidays import holidays_between

    plan = opened.reading.plan
    if plan is None or plan.content is None:
        return None
    content = plan.content
    local = {day.date: day.name for day in content.choices.local_holidays}
    return holidays_between(content.period.start, content.period.end, content.choices.territory, local)


def rates_of(opened: Opened) -> tuple[Rate, ...]:
    """Return the rates of the sheet `Tarifs`; none for an instance.json, which holds no amounts."""
    plan = opened.reading.plan
    return () if plan is None or plan.content is None else plan.content.rates


def located(folder: Path | None) -> Path:
    """Return the folder or file asked for, or the current folder if it holds a plan."""
    if folder is None:
        if (Path.cwd() / PLAN_FILE).is_file():
            return Path()
        raise Refused(
            say(fr=f"Il manque DOSSIER, le dossier du trimestre ; le dossier courant ne contient pas {PLAN_FILE}.",
                en=f"FOLDER, the folder of the quarter, is missing; the current folder holds no {PLAN_FILE}.")
        )  # fmt: skip
    if not folder.exists():
        raise Refused(say(fr=f"Le dossier {folder} n’existe pas.", en=f"There is no folder {folder}."))
    if folder.name == PLAN_FILE:
        return folder.parent
    return folder


def default_out(path: Path, instance: Instance | None) -> Path:
    """Return `reports/<name>`: the folder's own name, or the id of the plan for an instance.json.

    Someone who has entered the folder finds what was written from beside it.
    """
    name = path.resolve().name
    if path.is_file():
        name = instance.id if instance is not None else path.stem
    out = Path("reports") / (re.sub(r"[^\w.-]+", "-", name).strip(".-") or "plan")
    beside = Path("..") / out
    inside = path.is_dir() and path.resolve() == Path.cwd()
    return beside if inside and not out.exists() and beside.exists() else out


def shown(path: Path) -> str:
    """Return a path as a person would type it, quoted where it holds a space."""
    text = str(path)
    return f'"{text}"' if " " in text else text
