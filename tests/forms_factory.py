"""A small department for the tests of forms and answers: three lines, seven doctors (two namesakes), four weeks.

Names are invented; no RPPS. Dates: Monday 4 January to Sunday 31 January 2027, without a public holiday.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import openpyxl

from rosterplan.domain.calendar.clock import moment
from rosterplan.domain.instance import Instance, MissingAnswers, Period, Plan
from rosterplan.domain.people import Doctor, Membership
from rosterplan.domain.work import Duty, Line, Sector, duty_id
from rosterplan.messages import language
from rosterplan.rules.eligible import Eligible
from rosterplan.rules.volunteers_only import VolunteersOnly
from rosterplan.sheets.answers.context import Known
from rosterplan.sheets.answers.read import AnswersReading, read_answers
from rosterplan.sheets.forms.doctor import doctor_form, origin_rows
from rosterplan.sheets.forms.questionnaire import Questionnaire, questionnaire

PARIS = ZoneInfo("Europe/Paris")
START, END = date(2027, 1, 4), date(2027, 1, 31)
MADE_ON = date(2026, 10, 5)
RULES = (VolunteersOnly(), Eligible())

FIXED, MOBILE = "MMG-NORD", "NUIT"


def a_duty(line: str, day: date, start: int, end: int, band: str, **more: object) -> Duty:
    first, last = moment(day, start, PARIS), moment(day, end, PARIS)
    return Duty.model_validate(
        {"id": duty_id(line, first, last), "line": line, "start": first, "end": last, "date": day, "band": band,
         "points": 2, **more}
    )  # fmt: skip


def days(start: date = START, end: date = END) -> list[date]:
    return [start + timedelta(days=step) for step in range((end - start).days + 1)]


def duties_of_mmg(line: str, start: date = START, end: date = END) -> list[Duty]:
    """Evenings 20–24, Saturdays 12–24, Sundays 8–16 and 16–24."""
    made: list[Duty] = []
    for day in days(start, end):
        if day.weekday() == 6:
            made += [a_duty(line, day, 480, 960, "dimanche"), a_duty(line, day, 960, 1440, "dimanche")]
        elif day.weekday() == 5:
            made.append(a_duty(line, day, 720, 1440, "samedi"))
        else:
            made.append(a_duty(line, day, 1200, 1440, "soiree"))
    return made


def doctors() -> tuple[Doctor, ...]:
    def one(number: int, last: str, first: str, *sectors: str, **more: object) -> Doctor:
        fields = {
            "id": f"M{number:03}", "last_name": last, "first_name": first, "modalities": ("fixe", "mobile"),
            "sectors": tuple(Membership(sector=sector) for sector in sectors), "phone": f"02 40 00 00 {number:02}",
            "email": f"m{number}@exemple.invalid", **more,
        }  # fmt: skip
        return Doctor.model_validate(fields)

    return (
        one(1, "Le Gall", "Anne", "NORD"),
        one(2, "Guérin", "Hélène", "NORD", "MOBILE"),
        one(3, "Martin", "Paul", "NORD"),
        one(4, "Martin", "Paul", "SUD"),
        one(5, "Cœur", "Zoé", "SUD"),
        one(6, "Dupré", "Noé", "MOBILE", maximum=9),
        one(7, "Retrait", "Léo", "NORD", volunteer=False),
    )


def department(
    *, start: date = START, end: date = END, name: str = "99-pdsa-2027T1", missing: MissingAnswers = "a-relancer"
) -> Instance:
    sectors = (Sector(id="NORD", name="Nord"), Sector(id="SUD", name="Sud"), Sector(id="MOBILE", name="Mobile"))
    lines = (
        Line(id=FIXED, name="MMG du Nord", sector="NORD"),
        Line(id="MMG-SUD", name="MMG du Sud", sector="SUD"),
        Line(id=MOBILE, name="Nuits mobiles", sector="MOBILE", modality="mobile"),
    )
    nights = [a_duty(MOBILE, day, 1200, 1920, "nuit", modality="mobile") for day in days(start, end)]
    return Instance(
        id=name,
        period=Period(start=start, end=end),
        sectors=sectors,
        lines=lines,
        doctors=doctors(),
        duties=(*duties_of_mmg(FIXED, start, end), *duties_of_mmg("MMG-SUD", start, end), *nights),
        plan=Plan(answer_deadline=date(2026, 10, 23), missing_answers=missing),
    )


def asking(instance: Instance | None = None) -> Questionnaire:
    return questionnaire(instance or department(), RULES)


def known(instance: Instance | None = None) -> Known:
    return Known(asking(instance))


def the_duty(instance: Instance, line: str, day: date, start_hour: int | None = None) -> str:
    """The id of the one duty of a line on a day, at an hour where there are two."""
    found = [
        duty.id
        for duty in instance.duties
        if (duty.line, duty.date) == (line, day) and start_hour in (None, duty.start.hour)
    ]
    assert len(found) == 1
    return found[0]


def cells_of(questions: Questionnaire, doctor: str) -> dict[str, str]:
    """Duty id → address of its answer on a doctor's form."""
    rows = origin_rows(questions, questions.asked_of[doctor])
    return {name: cell for kind, name, cell, _ in rows if kind == "duty"}


def field_cells(questions: Questionnaire, doctor: str) -> dict[str, str]:
    """Name of a single question → address of its answer."""
    rows = origin_rows(questions, questions.asked_of[doctor])
    return {name: cell for kind, name, cell, _ in rows if kind == "field"}


@dataclass(frozen=True)
class _Kept:
    """A questionnaire that counts as equal to any other, so that the form of a doctor is made once."""

    questions: Questionnaire

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _empty_form(_instance: str, _start: date, doctor: str, kept: _Kept, _language: str) -> bytes:
    return doctor_form(kept.questions, kept.questions.asked_of[doctor], made_on=MADE_ON)


def write_form(questions: Questionnaire, doctor: str, path: Path, filled: Mapping[str, object] | None = None) -> Path:
    """The form of a doctor as a person returns it: ``filled`` gives what is typed in which cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        _empty_form(questions.instance.id, questions.instance.period.start, doctor, _Kept(questions), language())
    )
    return type_into(path, filled) if filled else path


def changed(instance: Instance, **fields: object) -> Instance:
    """The instance with other fields, and nothing computed from the former ones."""
    kept = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance.model_construct(**{**kept, **fields})


def type_into_first_sheet(path: Path, filled: Mapping[str, object]) -> bool:
    """Write values in cells of the first sheet, as a spreadsheet program stores them; False if a cell is not there."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    page = parts["xl/worksheets/sheet1.xml"].decode()
    for address, value in filled.items():
        page, count = re.subn(
            rf'<c r="{address}"( s="\d+")?(?:/>|[^>/]*>.*?</c>)',
            lambda cell, raw=value: _stored(cell, raw),
            page,
            count=1,  # type: ignore[misc]
        )
        if not count:
            return False
    parts["xl/worksheets/sheet1.xml"] = page.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return True


def _stored(cell: re.Match[str], value: object) -> str:
    address = cell[0].split('"')[1]
    start = f'<c r="{address}"{cell[1] or ""}'
    match value:
        case None:
            return f"{start}/>"
        case bool():
            return f'{start} t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f"{start}><v>{value}</v></c>"
        case datetime():
            return f"{start}><v>{(value - datetime(1899, 12, 30)).days}</v></c>"
        case str() if value.startswith("="):
            return f"{start}><f>{escape(value[1:])}</f></c>"
        case _:
            return f'{start} t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def type_into(path: Path, filled: Mapping[str, object], sheet: str | None = None) -> Path:
    if sheet is None and type_into_first_sheet(path, filled):
        return path
    book = openpyxl.load_workbook(path)
    page = book[sheet] if sheet else book.worksheets[0]
    for address, value in filled.items():
        page[address] = value
    book.save(path)
    return path


def reading_of(folder: Path, instance: Instance | None = None, **more: object) -> AnswersReading:
    return read_answers(folder, instance or department(), RULES, **more)  # type: ignore[arg-type]


def said_by(reading: AnswersReading, doctor: str) -> dict[str, list[str]]:
    """Duty id → values of the instance's rows, for one doctor."""
    said: dict[str, list[str]] = {}
    for row in reading.availability:
        if row.doctor == doctor and row.duty:
            said.setdefault(row.duty, []).append(row.value)
    return said


def codes(reading: AnswersReading) -> list[str]:
    return [problem.code for problem in reading.problems]
