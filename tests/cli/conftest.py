"""The command line as a person runs it: arguments in, exit code and both streams out; small folders to run it on."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from rosterplan.cli.main import run
from rosterplan.domain.instance import MissingAnswers, Period
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import read_folder
from rosterplan.sheets.forms.all_forms import all_forms
from rosterplan.sheets.forms.questionnaire import questionnaire
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook

WEEK = Period(start=date(2027, 4, 5), end=date(2027, 4, 11))
"""Easter Monday to Sunday: 9 duties of two lines, 12 doctors."""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


def spoken(*arguments: object) -> Said:
    """Run the command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    return Said(code, out.getvalue(), err.getvalue())


@pytest.fixture
def rosterplan(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """The command line, in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    return spoken


def written_folder(path: Path, missing_answers: MissingAnswers = "disponible") -> Path:
    """A planning folder of one week in which nobody has answered."""
    content = template("pdsa", "petit", WEEK)
    plan = content.plan.model_copy(update={"missing_answers": missing_answers})
    (path / "disponibilites").mkdir(parents=True)
    (path / "plan.xlsx").write_bytes(plan_workbook(content.model_copy(update={"plan": plan})))
    return path


def returned_form(folder: Path, doctor: str) -> Path:
    """The form of a doctor, sent back as it is."""
    instance = read_folder(folder).draft
    questions = questionnaire(instance, rule_book(instance))
    form = next(file for file in all_forms(questions, made_on=instance.period.start) if file.doctor == doctor)
    path = folder / "disponibilites" / f"{doctor}.xlsx"
    path.write_bytes(form.content)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `petit` of the current folder."""
    monkeypatch.chdir(tmp_path)
    written_folder(tmp_path / "petit")
    return Path("petit")


@pytest.fixture(scope="session")
def solved_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """A folder with its roster beside, computed once, and what `solve` said."""
    place = tmp_path_factory.mktemp("solved")
    written_folder(place / "petit")
    said = spoken("solve", place / "petit", "--out", place / "reports" / "petit", "--workers", 1)
    return place, said


@pytest.fixture
def solved(solved_once: tuple[Path, Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `petit` of the current folder, with its roster under `reports/petit`; a copy to spoil."""
    shutil.copytree(solved_once[0], tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("petit")


@pytest.fixture(scope="session")
def definitive_once(solved_once: tuple[Path, Said], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, its roster, three versions up to the definitive one, and the ledger; made once."""
    place = tmp_path_factory.mktemp("definitive")
    shutil.copytree(solved_once[0], place, dirs_exist_ok=True)
    for state in ("projet", "cdom", "definitif"):
        asked = ("--out", place / "reports" / "petit", "--state", state, "--today", "2027-02-01")
        assert spoken("publish", place / "petit", *asked).code == 0
    return place


@pytest.fixture
def definitive(definitive_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `petit` of the current folder, published up to its definitive version; a copy to spoil."""
    shutil.copytree(definitive_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("petit")


def edited(
    workbook: Path, target: Path, change: Callable[[openpyxl.worksheet.worksheet.Worksheet, dict[str, int]], None]
) -> Path:
    """Save a copy of a roster workbook whose sheet `Liste` a person changed; ``change`` gets the columns by heading."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["Liste"]
    columns = {cell.value: cell.column for cell in sheet[4] if cell.value}
    change(sheet, columns)
    book.save(target)
    return target
