"""Every form of a period, ready to be sent, printed or typed into: a file per doctor, per sector, and the grid `Saisie`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rosterplan.messages import say
from rosterplan.sheets.forms.doctor import doctor_form
from rosterplan.sheets.forms.entry import ENTRY_SHEET, entry_form
from rosterplan.sheets.forms.paper import paper_sheets
from rosterplan.sheets.forms.questionnaire import Asked, Questionnaire, main_sector
from rosterplan.sheets.forms.sector import sector_form, sectors_with_duties
from rosterplan.sheets.forms.words import safe_file_name


@dataclass(frozen=True)
class FormFile:
    """A file to write: its path under the output folder, with « / », and its bytes; ``doctor`` is whose form it is."""

    path: str
    content: bytes
    doctor: str | None = None


def all_forms(questions: Questionnaire, *, made_on: date) -> Iterator[FormFile]:
    """Every form, one at a time: doctors, then paper sheets and sheets of sectors, then the grid `Saisie`."""
    by_sector: dict[str, list[Asked]] = {}
    for asked in questions.asked:
        sector = main_sector(questions.instance, asked)
        folder = safe_file_name(sector.name) if sector else say(fr="sans secteur", en="no sector")
        by_sector.setdefault(folder, []).append(asked)
    for folder, doctors in by_sector.items():
        for asked in doctors:
            path = f"{say(fr='formulaires', en='forms')}/{folder}/{_form_file_name(asked)}"
            yield FormFile(path, doctor_form(questions, asked, made_on=made_on), asked.doctor.id)
    for folder, doctors in by_sector.items():
        path = f"{say(fr='papier', en='paper')}/{folder}.xlsx"
        yield FormFile(path, paper_sheets(questions, doctors, made_on=made_on))
    for content in sectors_with_duties(questions):
        path = f"{say(fr='secteurs', en='sectors')}/{safe_file_name(content.sector.name)}.xlsx"
        yield FormFile(path, sector_form(questions, content, made_on=made_on))
    yield FormFile(f"{ENTRY_SHEET}.xlsx", entry_form(questions, made_on=made_on))


def _form_file_name(asked: Asked) -> str:
    """« LE GALL Anne (M017).xlsx »: unique, since ids are."""
    return f"{safe_file_name(asked.doctor.directory_name)} ({safe_file_name(asked.doctor.id)}).xlsx"
