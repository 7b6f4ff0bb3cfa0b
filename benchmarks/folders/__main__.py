"""Write planning folders: `python -m benchmarks.folders [53-pdsa …] [--to instances]`; the same bytes every time."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.folders.agendas import AGENDAS, write_agenda
from benchmarks.folders.answers import write_answers
from benchmarks.folders.departments import DEPARTMENTS, LARGE, Department
from benchmarks.folders.hospital_leaves import leave_files
from benchmarks.folders.hospital_plan import hospital_plan
from benchmarks.folders.hospitals import HOSPITALS, Hospitals
from benchmarks.folders.plan import plan_of
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import read_folder
from rosterplan.sheets.forms.questionnaire import questionnaire
from rosterplan.sheets.plan.write import plan_workbook


def write_folder(department: Department, folder: Path) -> None:
    """Write ``plan.xlsx`` and the answers of a department; what stood there is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    plan = plan_of(department)
    (folder / "plan.xlsx").write_bytes(plan_workbook(plan))
    instance = read_folder(folder).draft
    if instance is None:
        raise SystemExit(f"{folder}: plan.xlsx cannot be read back")
    write_answers(
        department, questionnaire(instance, rule_book(instance), reply_to=plan.reply_to), folder / "disponibilites"
    )


def write_hospitals(hospitals: Hospitals, folder: Path) -> None:
    """Write ``plan.xlsx``, the leave exports and the wishes of shared hospital lines; what stood there is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "disponibilites").mkdir(parents=True)
    plan = hospital_plan(hospitals)
    (folder / "plan.xlsx").write_bytes(plan_workbook(plan))
    instance = read_folder(folder).draft
    if instance is None:
        raise SystemExit(f"{folder}: plan.xlsx cannot be read back")
    questions = questionnaire(instance, rule_book(instance), reply_to=plan.reply_to)
    for name, content in leave_files(hospitals, questions).items():
        (folder / "disponibilites" / name).write_bytes(content)


FOLDERS: dict[str, Callable[[Path], None]] = {
    **{name: partial(write_folder, one) for name, one in {**DEPARTMENTS, **LARGE}.items()},
    **{name: partial(write_hospitals, one) for name, one in HOSPITALS.items()},
    **{name: partial(write_agenda, one) for name, one in AGENDAS.items()},
}
"""Every folder of `instances/` and how it is written."""


def main() -> None:
    """Write the folders asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.folders", description=__doc__)
    parser.add_argument("names", nargs="*", default=sorted(FOLDERS))
    parser.add_argument("--to", type=Path, default=Path("instances"))
    asked = parser.parse_args()
    for name in asked.names:
        FOLDERS[name](asked.to / name)
        print(name)


if __name__ == "__main__":
    main()
