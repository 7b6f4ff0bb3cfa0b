"""Write planning folders: `python -m benchmarks.folders [53-pdsa …] [--to instances]`."""

from __future__ import annotations

import argparse
import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

from benchmarks.folders import answers
from benchmarks.folders.departments import DEPARTMENTS, Department
from benchmarks.folders.plan import plan_of
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import read_folder
from rosterplan.sheets.forms_content import Asked, Questionnaire, questionnaire
from rosterplan.sheets.forms_sector import sectors_with_duties
from rosterplan.sheets.write_plan import write_plan


def write_folder(department: Department, folder: Path) -> None:
    """Write ``plan.xlsx`` and the answers of a department; what stood there is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_plan(plan_of(department), folder / "plan.xlsx")
    reading = read_folder(folder)
    if reading.instance is None:
        raise SystemExit("\n".join(f"{one.sheet}!{one.cell} {one.found} / {one.wanted}" for one in reading.problems))
    questions = questionnaire(reading.instance, rule_book(reading.instance))
    _answer(department, questions, folder / "disponibilites")


def _answer(department: Department, questions: Questionnaire, place: Path) -> None:
    """Individual forms in some sectors, a sheet for the whole sector in the others, the rest typed in or silent."""
    random = Random(department.seed + 1)
    made_on = department.start - timedelta(days=90)
    by_sector: dict[str, list[Asked]] = {}
    for asked in questions.asked:
        by_sector.setdefault(asked.doctor.sectors[0].sector, []).append(asked)
    spoken: list[Asked] = []
    written: list[Asked] = []
    silent: set[str] = set()
    for sector, doctors in by_sector.items():
        kept = random.sample(doctors, min(3, len(doctors) // 4))
        spoken += kept[:1]
        written += kept[1:2]
        silent |= {asked.doctor.id for asked in kept}
        if sector not in department.forms_of:
            continue
        for number, asked in enumerate(doctors):
            if asked.doctor.id in silent:
                continue
            empty = number == 2 and len(doctors) > 4
            content = (
                answers.empty_form(questions, asked, made_on)
                if empty
                else answers.filled_form(questions, asked, made_on, random)
            )
            doctor = asked.doctor
            answers.write(place / f"{doctor.last_name.upper()} {doctor.first_name} ({doctor.id}).xlsx", content)
    for content_of in sectors_with_duties(questions):
        if content_of.sector.id not in department.forms_of and not content_of.sector.id.startswith("NUIT"):
            data = answers.filled_sector(questions, content_of, made_on, random, silent)
            answers.write(place / f"secteur {content_of.sector.name}.xlsx", data)
    if spoken:
        answers.write(place / "Saisie.xlsx", answers.typed_answers(questions, spoken, made_on, random))
    if written:
        answers.write(place / "réponses du secrétariat.csv", answers.written_csv(written, random))


def main() -> None:
    """Write the folders asked for, all by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=sorted(DEPARTMENTS))
    parser.add_argument("--to", type=Path, default=Path("instances"))
    asked = parser.parse_args()
    for name in asked.names:
        write_folder(DEPARTMENTS[name], asked.to / name)
        print(name)


if __name__ == "__main__":
    main()
