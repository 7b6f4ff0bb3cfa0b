"""Another body's roster in `ailleurs/`: its hours are taken, by name, and everything else is said."""

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from rosterplan.audit import audit
from rosterplan.domain.instance import Period
from rosterplan.domain.roster import roster_of
from rosterplan.rules.book import rule_book
from rosterplan.sheets.folder import read_folder
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook

DUTY = "CAPS-CLISSON/2027-01-04T20:00+01:00/240"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    content = template("regulation", "essai", Period(start=date(2027, 1, 4), end=date(2027, 1, 10)))
    twin = content.doctors[-1].model_copy(update={"first_name": "Bruno"})
    content = content.model_copy(update={"doctors": (*content.doctors[:-1], twin)})
    (tmp_path / "plan.xlsx").write_bytes(plan_workbook(content))
    (tmp_path / "ailleurs").mkdir()
    return tmp_path


def put(folder: Path, *rows: tuple[str, str | None]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Liste"
    sheet.append(("Date", "Médecin", "Garde"))
    for duty, who in rows:
        sheet.append((None, who, duty))
    book.save(folder / "ailleurs" / "tableau.xlsx")


def test_hours_held_elsewhere_are_taken_under_whatever_identifier(folder: Path) -> None:
    put(folder, (DUTY, "EXEMPLE Élsa (M417)"), (DUTY, "INCONNU Jean (M001)"), (DUTY, None))
    found = read_folder(folder)
    assert found.instance is not None
    assert [(one.doctor, one.line, one.start.hour, one.band) for one in found.instance.history] == [
        ("EX05", "CAPS-CLISSON", 20, "ailleurs")
    ]
    told = [problem for problem in found.problems if problem.code == "elsewhere-read"]
    assert told[0].severity == "information" and "1 garde tenue" in told[0].found
    same_evening = next(duty for duty in found.instance.duties if duty.start.hour == 20 and duty.date.day == 4)
    report = audit(found.instance, rule_book(found.instance), roster_of({same_evening.id: ("EX05",)}))
    assert any(finding.rule == "no-overlap" for finding in report.findings)


def test_a_name_of_two_doctors_is_said_and_not_guessed(folder: Path) -> None:
    put(folder, (DUTY, "EXEMPLE Bruno (M002)"))
    found = read_folder(folder)
    assert found.instance is not None and found.instance.history == ()
    assert {problem.code for problem in found.problems if problem.severity == "avertissement"} >= {
        "elsewhere-namesakes"
    }


def plain(folder: Path, name: str, *rows: tuple[object, ...]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "ailleurs" / name)


def held(folder: Path) -> list[tuple[str, str, str, str]]:
    found = read_folder(folder)
    assert found.instance is not None
    return [(one.doctor, one.line, f"{one.start:%d %H:%M}", f"{one.end:%d %H:%M}") for one in found.instance.history]


@pytest.mark.parametrize(
    "rows",
    [
        [("Date", "Horaires", "Médecin", "Poste"), (date(2027, 1, 4), "20 h – 8 h", "Dr EXEMPLE Élsa", "MMG")],
        [("Nom", "Prénom", "Jour", "Début", "Fin", "Secteur"), ("EXEMPLE", "Elsa", "lundi 4 janvier", "20h", "8h", "MMG")],
        [("Planning des gardes",), (), ("Ligne", "Début", "Fin", "Praticien"),
         ("MMG", datetime(2027, 1, 4, 20), datetime(2027, 1, 5, 8), "Elsa Exemple")],
        [("Date", "Heures", "Ligne", "Médecins"), ("04/01/2027", "20:00-08:00", "MMG", "INCONNU Jean\nEXEMPLE Elsa (M017)")],
    ],
    ids=("hours", "name-in-two", "moments", "several-in-a-cell"),
)  # fmt: skip
def test_a_plain_sheet_of_another_program_is_read_by_its_day_hours_and_doctor(folder: Path, rows) -> None:
    plain(folder, "planning.xlsx", *rows)
    assert held(folder) == [("EX05", "MMG", "04 20:00", "05 08:00")]


def test_a_csv_is_read_and_the_same_duty_in_two_files_is_held_once(folder: Path) -> None:
    rows = "Date;Horaires;Médecin\n04/01/2027;20h-8h;EXEMPLE Elsa\n05/01/2027;jamais;EXEMPLE Elsa\n"
    (folder / "ailleurs" / "gardes.csv").write_text(rows, encoding="utf-8")
    (folder / "ailleurs" / "gardes-bis.csv").write_text(rows, encoding="utf-8")
    assert held(folder) == [("EX05", "ailleurs", "04 20:00", "05 08:00")]


def test_an_identifier_of_the_other_body_is_nobody_here(folder: Path) -> None:
    plain(folder, "planning.xlsx", ("Date", "Horaires", "Médecin"), (date(2027, 1, 4), "20h-8h", "EX05"))
    assert held(folder) == []


def test_ones_own_roster_put_there_by_mistake_is_not_counted_twice(folder: Path) -> None:
    line = "Régulation au Centre 15 (exemple)"
    plain(
        folder,
        "moi.xlsx",
        ("Date", "Horaires", "Ligne", "Médecin"),
        (date(2027, 1, 4), "20h-24h", line, "EXEMPLE Elsa"),
    )
    assert held(folder) == []


def test_a_roster_json_is_read_with_the_instance_that_names_its_doctors_and_refused_without(folder: Path) -> None:
    duty = {"doctor": "M017", "line": "MMG", "start": "2027-01-04T20:00+01:00", "end": "2027-01-05T08:00+01:00"}
    taken = duty | {"start": "2027-01-06T20:00+01:00", "end": "2027-01-07T08:00+01:00", "replaced_by": "M002"}
    roster = {"schema": 1, "instance": "44", "assignments": [duty, taken]}
    (folder / "ailleurs" / "roster.json").write_text(json.dumps(roster), encoding="utf-8")
    assert held(folder) == [] and "elsewhere-nameless" in {one.code for one in read_folder(folder).problems}
    people = [{"id": "M017", "last_name": "EXEMPLE", "first_name": "Elsa"},
              {"id": "M002", "last_name": "EXEMPLE", "first_name": "Farid"}]  # fmt: skip
    other = {"id": "44", "doctors": people}
    (folder / "ailleurs" / "instance.json").write_text(json.dumps(other), encoding="utf-8")
    assert held(folder) == [("EX05", "MMG", "04 20:00", "05 08:00"), ("EX06", "MMG", "06 20:00", "07 08:00")]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"instance": "44"}', '{"instance": "44", "assignments": [3]}', '{"instance": "44", "assignments": [{"doctor": "M017", "line": "X", "start": "2027-01-04", "end": "x"}]}'])  # fmt: skip
def test_a_json_of_another_shape_is_said_and_never_raises(folder: Path, content: str) -> None:
    (folder / "ailleurs" / "roster.json").write_text(content, encoding="utf-8")
    (folder / "ailleurs" / "instance.json").write_text('{"id": "44", "doctors": [{"id": "M017", "last_name": "A", "first_name": "B"}]}')  # fmt: skip
    assert held(folder) == []


def test_what_cannot_be_read_is_said(folder: Path) -> None:
    (folder / "ailleurs" / "liste.pdf").write_bytes(b"%PDF")
    (folder / "ailleurs" / "abime.xlsx").write_bytes(b"PK broken")
    problems = read_folder(folder).problems
    assert ("elsewhere-format", "avertissement") in {(problem.code, problem.severity) for problem in problems}
    assert [problem.file for problem in problems if problem.severity == "erreur"] == ["ailleurs/abime.xlsx"]
