"""Who answers how: forms in some sectors, one sheet for all in others, the rest by telephone, by a table, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from random import Random

from benchmarks.folders.departments import Department
from benchmarks.folders.doctor_forms import ORDER_OF_SLIPS, returned
from benchmarks.folders.files import write
from benchmarks.folders.minds import Mind, few_dates_of, mind_of
from benchmarks.folders.tables import (
    association_ods,
    second_thought,
    secretary_csv,
    sector_answers,
    stray_note,
    typed_answers,
)
from rosterplan.sheets.forms.questionnaire import Asked, Questionnaire
from rosterplan.sheets.forms.sector import sectors_with_duties

FORMS_SENT_DAYS = 90
EVERY_THIRD = 3
"""One form in three has a slip, each slip in its turn; never that of a doctor on whom a duty is imposed."""

FEW = 6
"""A smaller sector is asked to the last doctor, by form."""


@dataclass
class Sorted:
    """The doctors of a department, by the way their answer came."""

    forms: list[Mind] = field(default_factory=list)
    columns: dict[str, Mind] = field(default_factory=dict)
    typed: list[Mind] = field(default_factory=list)
    csv: list[Mind] = field(default_factory=list)
    ods: list[Mind] = field(default_factory=list)
    silent: list[Mind] = field(default_factory=list)


def write_answers(department: Department, questions: Questionnaire, place: Path) -> None:
    """Write `disponibilites/` of a department."""
    made_on = department.start - timedelta(days=FORMS_SENT_DAYS)
    ways = _sorted(department, questions)
    random = Random(f"{department.id}/files")
    _write_forms(questions, ways.forms, place, made_on, random)
    for content in sectors_with_duties(questions):
        minds = {doctor: mind for doctor, mind in ways.columns.items() if mind.asked in content.asked}
        home = {doctor: mind for doctor, mind in minds.items() if _home(mind.asked) == content.sector.id}
        if home:
            data = sector_answers(questions, content, home, made_on, random)
            write(place / f"secteur {content.sector.name}.xlsx", data)
    _write_tables(department, questions, ways, place, made_on)


def _write_forms(questions: Questionnaire, minds: list[Mind], place: Path, made_on: date, random: Random) -> None:
    slips = cycle(ORDER_OF_SLIPS)
    for number, mind in enumerate(minds):
        doctor = mind.asked.doctor
        careful = len(minds) <= FEW or doctor.id in {one.doctor for one in questions.instance.fixed}
        slip = next(slips) if number % EVERY_THIRD == 1 and not careful else None
        if slip == "clash" and not mind.leave:
            slip = None
        for one in returned(questions, mind, made_on, random, slip):
            name = f"{doctor.last_name.upper()} {doctor.first_name} ({doctor.id}){one.suffix}.xlsx"
            write(place / name, one.content)


def _write_tables(department: Department, questions: Questionnaire, ways: Sorted, place: Path, made_on: date) -> None:
    random = Random(f"{department.id}/tables")
    if ways.typed:
        thoughts = [thought for mind in ways.typed if (thought := second_thought(mind))]
        data = typed_answers(questions, ways.typed, thoughts[:2], made_on, random)
        write(place / "Saisie.xlsx", data)
    if ways.csv:
        write(place / "réponses du secrétariat.csv", secretary_csv(ways.csv, random))
    if ways.ods:
        write(place / "dates données.ods", association_ods(ways.ods, made_on + timedelta(days=15), random))
    if len(ways.silent) > 2:
        write(place / "message téléphonique.txt", stray_note(ways.silent[0]))


def _home(asked: Asked) -> str:
    return asked.doctor.sectors[0].sector


def _even_share(minds: dict[str, Mind]) -> float:
    """The duties of a sector over its doctors; help from neighbours makes it a little too large."""
    return len({duty.id for mind in minds.values() for duty in mind.asked.duties}) / len(minds)


def _sorted(department: Department, questions: Questionnaire) -> Sorted:
    """Sort the doctors sector by sector; same department, same ways."""
    ways = Sorted()
    kept = {one.duty for one in questions.instance.fixed}
    holders = {one.doctor for one in questions.instance.fixed}
    by_sector: dict[str, list[Asked]] = {}
    for asked in questions.asked:
        by_sector.setdefault(_home(asked), []).append(asked)
    for sector, doctors in by_sector.items():
        random = Random(f"{department.id}/{sector}")
        minds = {
            asked.doctor.id: mind_of(
                asked, Random(f"{department.id}/{asked.doctor.id}"), questions.instance.period,
                kept if asked.doctor.id in holders else (),
            )
            for asked in doctors
        }  # fmt: skip
        if department.answering.present is not None:
            _meeting(department, minds, holders, ways, random)
        else:
            _by_the_rules(department, sector, minds, holders, ways, random)
    return ways


def _by_the_rules(
    department: Department, sector: str, minds: dict[str, Mind], holders: set[str], ways: Sorted, random: Random
) -> None:
    """Of each sector a doctor by telephone, one by the secretary's csv, one by the ods, one silent; the rest as asked."""
    names = [name for name in minds if name not in holders]
    drawn = random.sample(names, 4) if len(minds) > FEW else []
    for name, mind in minds.items():
        if name not in drawn:
            if sector in department.answering.forms_of:
                ways.forms.append(mind)
            else:
                ways.columns[name] = mind
    if drawn:
        typed, table, few, silent = (minds[name] for name in drawn)
        ways.typed.append(typed)
        ways.csv.append(table)
        ways.ods.append(few_dates_of(few.asked, random, _even_share(minds)))
        ways.silent.append(silent)


def _meeting(department: Department, minds: dict[str, Mind], holders: set[str], ways: Sorted, random: Random) -> None:
    """Those who came fill the sector's sheet; some others gave a few dates, by three ways; of the rest nothing is heard."""
    answering = department.answering
    order = sorted(random.sample(list(minds), len(minds)), key=lambda name: name not in holders)
    present, others = order[: answering.present], order[answering.present :]
    ways.columns |= {name: minds[name] for name in sorted(present)}
    few, silent = others[: answering.few_dates], others[answering.few_dates :]
    given = [few_dates_of(minds[name].asked, random, _even_share(minds)) for name in few]
    ways.forms += given[0::3]
    ways.typed += given[1::3]
    ways.ods += given[2::3]
    ways.silent += [minds[name] for name in silent]
