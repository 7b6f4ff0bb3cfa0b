"""The files of a publication: who reads what, with holes, a doctor who replaces another, a practice that is the place."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from rosterplan.domain.people import DateSpan, Establishment, Exemption
from rosterplan.domain.work import Site
from rosterplan.messages import speaking
from rosterplan.report.facts import Facts
from rosterplan.report.publication.agenda import line_calendars
from rosterplan.report.publication.ars import ars_xlsx
from rosterplan.report.publication.cdom import cdom_xlsx
from rosterplan.report.publication.edition import Edition
from rosterplan.report.publication.files import publication_files
from rosterplan.report.publication.leaflets import houses_xlsx, personal_xlsx
from rosterplan.report.publication.poster import poster_xlsx
from rosterplan.report.publication.samu import samu_xlsx
from rosterplan.report.publication.volunteers import call_txt, report_xlsx
from tests.report_factory import department

PHONE, OWN_SITE = "06 39 98 12 34", "02 61 91 00 01"
TODAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Holes, a practice that is the place of a line, an exempt doctor, one who is no volunteer, one replaced."""
    case = department(sectors=3, doctors=18, end=date(2027, 1, 31), seed=5)
    instance = case.instance
    first, second, third, *others = instance.doctors
    cabinet = Site(id="CAB", name="Cabinet des Tilleuls", address="1 rue des Tilleuls", phone=OWN_SITE)
    house = Establishment(id="CH", name="Centre hospitalier")
    people = tuple(
        doctor.model_copy(update={"phone": PHONE, "site": "CAB", "establishment": "CH" if number % 2 else None})
        for number, doctor in enumerate((first, second, third, *others))
    )
    people = (
        people[0].model_copy(update={"volunteer": False}),
        people[1].model_copy(update={"exemptions": (Exemption(),)}),
        *people[2:],
    )
    lines = tuple(
        line.model_copy(update={"site": None, "site_follows_doctor": True}) if line.modality == "fixe" and line.sector == "S01" else line
        for line in instance.lines
    )  # fmt: skip
    changed = instance.changed(doctors=people, lines=lines, sites=(*instance.sites, cabinet), establishments=(house,),
                               duties=tuple(duty.model_copy(update={"site": None}) for duty in instance.duties))  # fmt: skip
    one = case.roster.assignments[0]
    other = next(doctor.id for doctor in people if doctor.id != one.doctor)
    held = (one.model_copy(update={"replaced_by": other, "kind": "remplacement"}), *case.roster.assignments[1:])
    roster = case.roster.model_copy(update={"assignments": held})
    facts = Facts(
        instance=changed, rules=case.rules, roster=roster, result=case.result, audit=case.audit, input_sha256="0" * 64
    )
    assert facts.holes
    return Edition(
        facts=facts,
        number=3,
        state="definitif",
        rank=0,
        when=datetime(2026, 11, 16, 9, tzinfo=UTC),
        reply_to="gardes@exemple.invalid",
    )


def text_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def sheets_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def replaced_one(edition: Edition):
    one = next(one for one in edition.facts.roster.assignments if one.replaced_by)
    return one, edition.facts.name_of[one.doctor], edition.facts.name_of[one.replaced_by]


def test_a_phone_of_a_person_is_in_the_file_of_the_samu_alone(edition) -> None:
    for name, content in publication_files(edition, versions={}, today=TODAY).items():
        text = text_of(content) if name.endswith(".xlsx") else content.decode()
        assert (PHONE in text) == (name == "samu.xlsx"), name


def test_the_samu_calls_who_serves(edition) -> None:
    one, listed, taker = replaced_one(edition)
    duty = edition.facts.instance.duty_by_id[one.duty]
    book = sheets_of(samu_xlsx(edition))
    assert len(book.sheetnames) == 1 + 31
    (sheet,) = [book[name] for name in book.sheetnames if name.startswith(f"{duty.date:%d-%m}")]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert any(row[3] == taker and row[4] == PHONE and listed in str(row[8]) for row in rows)


def test_the_cdom_has_a_sheet_per_sector_the_listed_doctor_and_what_changed(edition) -> None:
    _, listed, taker = replaced_one(edition)
    book = sheets_of(cdom_xlsx(edition))
    sectors = [sector.name for sector in edition.facts.instance.sectors]
    assert book.sheetnames == ["Sommaire", *sectors, "Gardes non pourvues", "Médecins participants"]
    rows = [[cell.value for cell in row] for name in sectors for row in book[name].iter_rows(min_row=5)]
    assert any(row[4] == listed and row[8] == f"remplacé par {taker}" for row in rows)
    assert any(row[4] == "NON POURVUE" for row in rows)


def test_the_numbers_of_the_cdom_do_not_depend_on_who_holds_what(edition) -> None:
    empty = replace(
        edition, facts=replace(edition.facts, roster=edition.facts.roster.model_copy(update={"assignments": ()}))
    )

    def keys(of: Edition) -> list[tuple[object, ...]]:
        book = sheets_of(cdom_xlsx(of))
        return [
            tuple(c.value for c in row[:4]) for name in book.sheetnames[1:-2] for row in book[name].iter_rows(min_row=5)
        ]

    assert set(keys(empty)) <= set(keys(edition))


def test_the_list_of_participants_leaves_out_who_is_no_volunteer(edition) -> None:
    people = [row[0].value for row in sheets_of(cdom_xlsx(edition))["Médecins participants"].iter_rows(min_row=5)]
    outside = edition.facts.name_of[edition.facts.instance.doctors[0].id]
    assert outside not in people and len(people) == 17


def test_the_ars_reads_figures_and_no_name(edition) -> None:
    text = text_of(ars_xlsx(edition))
    assert not any(doctor.last_name.upper() in text for doctor in edition.facts.instance.doctors)
    total = [cell.value for cell in [*sheets_of(ars_xlsx(edition))["Complétude"].iter_rows(min_row=5)][-1]]
    assert total[0] == "Ensemble"
    assert total[-4] - total[-3] == sum(hole.missing for hole in edition.holes if hole.duty)


def test_the_poster_names_a_doctor_only_at_his_or_her_own_practice(edition) -> None:
    book = sheets_of(poster_xlsx(edition))
    own, other = (edition.facts.instance.sectors[number].name for number in (0, 1))
    assert "Dr " in " ".join(str(cell.value) for row in book[own].iter_rows(min_row=5) for cell in row)
    elsewhere = " ".join(str(cell.value) for row in book[other].iter_rows(min_row=5) for cell in row)
    assert "Dr " not in elsewhere and "Maison médicale de garde" in elsewhere


def test_the_report_of_holes_lists_who_could_serve_volunteer_or_not_but_nobody_exempt(edition) -> None:
    rows = [
        [cell.value for cell in row]
        for row in sheets_of(report_xlsx(edition))["Médecins pouvant les assurer"].iter_rows(min_row=5)
    ]
    names = {row[0]: row for row in rows}
    exempt = edition.facts.name_of[edition.facts.instance.doctors[1].id]
    assert exempt not in names
    assert all(row[5] == OWN_SITE for row in rows), "the phone of the practice, never the person's"
    assert {row[6] for row in rows} <= {"oui", "non"}


def test_the_call_reads_as_french_most_important_first(edition) -> None:
    text = call_txt(edition).decode()
    first = next(iter(edition.holes))
    assert text.startswith("Objet : gardes à pourvoir – ")
    assert "Répondez à gardes@exemple.invalid" in text
    assert text.index("1. ") < text.index("Merci de votre aide.")
    assert str(first.of.start.year) in text
    assert " du du " not in text and "  " not in text
    assert "'" not in text, "a typewriter apostrophe"


def test_a_doctor_reads_own_duties_and_what_was_taken_from_a_colleague(edition) -> None:
    _, listed, taker = replaced_one(edition)
    book = sheets_of(personal_xlsx(edition))
    mine = [[cell.value for cell in row] for row in book[listed[:31]].iter_rows(min_row=5)]
    theirs = [[cell.value for cell in row] for row in book[taker[:31]].iter_rows(min_row=5)]
    assert any(str(row[6]) == f"remplacé par {taker}" for row in mine)
    assert any(str(row[6]) == f"à la place de {listed}" for row in theirs)


def test_an_establishment_reads_the_duties_of_its_doctors(edition) -> None:
    content = houses_xlsx(edition)
    assert content is not None
    houses = {row[5].value for row in sheets_of(content)["Centre hospitalier"].iter_rows(min_row=5)}
    assert houses == {"Centre hospitalier"}
    without = replace(edition, facts=replace(edition.facts, instance=edition.facts.instance.changed(establishments=())))
    assert houses_xlsx(without) is None


def test_a_line_calendar_says_who_serves_and_what_is_unfilled(edition) -> None:
    text = "".join(content.decode() for content in line_calendars(edition).values())
    assert "NON POURVUE" in text and "DTSTART:2027" in text and "TZID" not in text


def test_states_decide_who_is_told(edition) -> None:
    names = {
        state: set(publication_files(replace(edition, state=state), versions={}, today=TODAY))
        for state in ("projet", "cdom", "definitif")
    }
    assert not names["projet"] & {"cdom.xlsx", "samu.xlsx", "ars.xlsx", "affiches.xlsx"}
    assert "appel-aux-volontaires.txt" in names["cdom"] and "samu.xlsx" not in names["cdom"]
    assert {"samu.xlsx", "ars.xlsx", "affiches.xlsx", "rapport-R6315-4.xlsx"} <= names["definitif"]


def test_english_files_hold_no_french_heading(edition) -> None:
    with speaking("en"):
        book = sheets_of(cdom_xlsx(edition))
    assert book["Unfilled duties"]["A4"].value == "Rank"


def test_equal_editions_give_equal_bytes(edition) -> None:
    assert samu_xlsx(edition) == samu_xlsx(edition)
    assert line_calendars(edition) == line_calendars(edition)


def test_a_doctor_who_left_is_no_participant(edition) -> None:
    facts = edition.facts
    gone = facts.instance.doctors[4].model_copy(update={"on_list": DateSpan(end=date(2026, 12, 31))})
    people = tuple(gone if one.id == gone.id else one for one in facts.instance.doctors)
    changed = replace(edition, facts=replace(facts, instance=facts.instance.changed(doctors=people)))
    names = [row[0].value for row in sheets_of(cdom_xlsx(changed))["Médecins participants"].iter_rows(min_row=5)]
    assert facts.name_of[gone.id] not in names
