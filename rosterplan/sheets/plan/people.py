"""Rows of the sheets `Médecins` and `Établissements`, both ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rosterplan.domain.findings import Problem
from rosterplan.domain.instance import Period
from rosterplan.domain.people import DateSpan, Doctor, Establishment
from rosterplan.messages import say
from rosterplan.messages.words import listed
from rosterplan.sheets.cells.dates import out_of_order, read_date
from rosterplan.sheets.cells.names import Names
from rosterplan.sheets.cells.tables import Record, as_text
from rosterplan.sheets.cells.text import bare
from rosterplan.sheets.cells.values import (
    read_choice,
    read_choices,
    read_integer,
    read_list,
    read_number,
    read_rpps,
    read_text,
    read_yes_no,
)
from rosterplan.sheets.cells.vocabulary import HOUSE_STATUSES, MODALITIES, PROFESSIONS, STATUSES, word_of
from rosterplan.sheets.cells.workbook import CellValue
from rosterplan.sheets.plan.building import build
from rosterplan.sheets.plan.spans import (
    exemptions_in_words,
    memberships_in_words,
    read_exemptions,
    read_memberships,
    read_spans,
    spans_in_words,
)
from rosterplan.sheets.plan.travel import read_travel, travel_in_words

Cells = Mapping[str, CellValue]
"""What a row holds, by column key."""


@dataclass(frozen=True)
class Known:
    """What rows may refer to, by every name it may be called; ``skills`` as the lines spell them."""

    period: Period
    establishments: Names
    sites: Names
    sectors: Names
    lines: Names
    bands: Names
    feasts: Names
    rules: Names
    skills: Mapping[str, str]


def read_establishment(record: Record, sites: Names, problems: list[Problem]) -> Establishment | None:
    """The establishment of a row."""
    fields = {
        "id": record.read("id", read_text, problems, required=True),
        "name": record.read("name", read_text, problems) or record.text("id"),
        "status": record.read("status", partial(read_choice, choices=HOUSE_STATUSES), problems),
        "full_time_equivalents": record.read("full_time_equivalents", partial(read_number, lowest=0), problems),
        "site": record.read("site", sites.find, problems),
    }
    return build(Establishment, record, fields, problems) if fields["id"] else None


def establishment_cells(house: Establishment) -> Cells:
    """The row of an establishment."""
    return {
        "id": house.id,
        "name": house.name,
        "status": word_of(house.status, HOUSE_STATUSES),
        "full_time_equivalents": house.full_time_equivalents,
        "site": house.site,
    }


def read_doctor(record: Record, known: Known, problems: list[Problem]) -> Doctor | None:
    """The doctor of a row; None, with problems, where the row says who it is too badly to be kept."""
    identity = {
        "id": record.read("id", read_text, problems, required=True),
        "last_name": record.read("last_name", read_text, problems, required=True),
    }
    fields: dict[str, object] = {
        **identity,
        **_attributes(record, problems),
        **_places(record, known, problems),
        **_presence(record, known, problems),
    }
    if (typed := record.value("rpps")) is not None:
        fields["rpps"], odd = read_rpps(typed)
        problems += [record.place("rpps", odd)] if odd else []
    return build(Doctor, record, fields, problems) if all(identity.values()) else None


def _attributes(record: Record, problems: list[Problem]) -> dict[str, object]:
    read: dict[str, Callable[[CellValue], object]] = {
        "first_name": read_text,
        "profession": partial(read_choice, choices=PROFESSIONS),
        "status": partial(read_choice, choices=STATUSES),
        "modalities": partial(read_choices, choices=MODALITIES),
        "quota": partial(read_number, lowest=0, highest=2),
        "maximum": partial(read_integer, lowest=0),
        "practice": read_text,
        "volunteer": read_yes_no,
        "accepts_beyond_cap": read_yes_no,
        "phone": read_phone,
        "email": read_text,
    }
    return {key: record.read(key, parse, problems) for key, parse in read.items()}


def _places(record: Record, known: Known, problems: list[Problem]) -> dict[str, object]:
    return {
        "establishment": record.read("establishment", known.establishments.find, problems),
        "sectors": record.read("sectors", partial(read_memberships, sectors=known.sectors), problems),
        "lines": record.read("lines", known.lines.find_all, problems),
        "refused_sites": record.read("refused_sites", known.sites.find_all, problems),
        "site": record.read("site", known.sites.find, problems),
        "travel": record.read("travel", partial(read_travel, sites=known.sites), problems),
        "skills": record.read("skills", partial(_skills, known=known), problems),
        "consents": record.read("consents", known.rules.find_all, problems),
    }


def _skills(value: CellValue, known: Known) -> tuple[str, ...]:
    """The skills listed, spelt as the lines that ask for them."""
    return tuple(dict.fromkeys(known.skills.get(bare(skill), skill) for skill in read_list(value)))


def _presence(record: Record, known: Known, problems: list[Problem]) -> dict[str, object]:
    day = partial(read_date, period=known.period, date1904=record.sheet.date1904)
    first, last = record.read("on_list_from", day, problems), record.read("on_list_to", day, problems)
    if first and last and (wrong_order := out_of_order(first, last)):
        problems.append(record.place("on_list_to", wrong_order))
        last = None
    absences = record.read("long_absences", partial(read_spans, period=known.period), problems)
    problems += [
        record.place("long_absences", odd) for span in absences or () if (odd := _odd_absence(span, known.period))
    ]
    exempt = partial(read_exemptions, period=known.period, bands=known.bands)
    return {
        "on_list": DateSpan(start=first, end=last),
        "long_absences": absences,
        "exemptions": record.read("exemptions", exempt, problems),
        "licence_until": record.read("licence_until", day, problems),
        "practice_ended": record.read("practice_ended", day, problems),
    }


def _odd_absence(span: DateSpan, period: Period) -> Problem | None:
    """A warning for an absence of more than a year: most often one of its years is wrong."""
    if not span.start or not span.end or (span.end - span.start).days <= 366:
        return None
    return Problem(
        severity="avertissement",
        code="absence-over-a-year",
        found=say(
            fr=f"du {span.start:%d/%m/%Y} au {span.end:%d/%m/%Y}",
            en=f"from {span.start:%d/%m/%Y} to {span.end:%d/%m/%Y}",
        ),
        wanted=say(fr="une absence de moins d’un an", en="an absence of less than a year"),
        remedy=say(
            fr=f"Vérifiez l’année : la période est celle de {period.start.year}.",
            en=f"Check the year: the period is in {period.start.year}.",
        ),
    )


def read_phone(value: CellValue) -> str:
    """The number as typed; a leading zero that a spreadsheet dropped is put back."""
    text = " ".join(as_text(value).split())
    return f"0{text}" if isinstance(value, int) and len(text) == 9 else text


def doctor_cells(doctor: Doctor) -> Cells:
    """The row of a doctor: what goes without saying is left empty."""
    return {
        "id": doctor.id,
        "last_name": doctor.last_name,
        "first_name": doctor.first_name,
        "profession": None if doctor.profession == "medecin" else word_of(doctor.profession, PROFESSIONS),
        "status": word_of(doctor.status, STATUSES),
        "establishment": doctor.establishment,
        "sectors": memberships_in_words(doctor.sectors),
        "lines": " ; ".join(doctor.lines),
        "modalities": " ; ".join(word_of(modality, MODALITIES) for modality in doctor.modalities),
        "skills": " ; ".join(doctor.skills),
        "refused_sites": " ; ".join(doctor.refused_sites),
        "quota": doctor.quota,
        "on_list_from": doctor.on_list.start,
        "on_list_to": doctor.on_list.end,
        "long_absences": spans_in_words(doctor.long_absences),
        "exemptions": exemptions_in_words(doctor.exemptions),
        "licence_until": doctor.licence_until,
        "practice_ended": doctor.practice_ended,
        "maximum": doctor.maximum,
        "practice": doctor.practice,
        "volunteer": None if doctor.volunteer else "non",
        "accepts_beyond_cap": "oui" if doctor.accepts_beyond_cap else None,
        "consents": " ; ".join(doctor.consents),
        "site": doctor.site,
        "travel": travel_in_words(doctor.travel),
        "phone": doctor.phone,
        "email": doctor.email,
        "rpps": doctor.rpps,
    }


def namesakes(read: Sequence[tuple[Record, Doctor]]) -> list[Problem]:
    """A warning for each doctor whose full name, or RPPS number, an earlier row bears under another identifier."""
    problems = []
    for key, wanted in (("last_name", say(fr="un médecin par ligne", en="one doctor per row")),
                        ("rpps", say(fr="un numéro RPPS par médecin", en="one RPPS number per doctor"))):  # fmt: skip
        first: dict[str, Doctor] = {}
        for record, doctor in read:
            mark = bare(doctor.last_name + doctor.first_name) if key == "last_name" else doctor.rpps
            earlier = first.setdefault(mark, doctor) if mark else doctor
            if earlier.id != doctor.id:
                found = doctor.name if key == "last_name" else doctor.rpps
                problems.append(record.place(key, _namesake(found, wanted, (earlier.id, doctor.id))))
    return problems


def _namesake(found: str, wanted: str, ids: Sequence[str]) -> Problem:
    both = listed(list(ids))
    return Problem(
        severity="avertissement",
        code="doctors-alike",
        found=f"« {found} »",
        wanted=wanted,
        remedy=say(
            fr=f"{both} : s’il s’agit de deux personnes, écrivez partout leur identifiant ; sinon, supprimez une ligne.",
            en=f"{both}: if they are two persons, write their identifier everywhere; otherwise delete one row.",
        ),
    )
