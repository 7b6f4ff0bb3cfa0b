"""Another body's roster in `ailleurs/`: its hours are taken, by name, and everything else is said."""

from datetime import date
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
    assert told[0].severity == "information" and "1 gardes" in told[0].found
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


def test_what_cannot_be_read_is_said(folder: Path) -> None:
    (folder / "ailleurs" / "liste.pdf").write_bytes(b"%PDF")
    (folder / "ailleurs" / "abime.xlsx").write_bytes(b"PK broken")
    codes = {(problem.code, problem.severity) for problem in read_folder(folder).problems}
    assert ("elsewhere-format", "avertissement") in codes
    assert any(severity == "erreur" for _, severity in codes)
