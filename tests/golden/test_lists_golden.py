"""The three lists of `check` for a small department, whole, as text; UPDATE_GOLDEN=1 writes what is expected."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from rosterplan.sheets.answers.missing import problem_of_missing, unanswered_doctors
from rosterplan.sheets.checklists import problems_xlsx, relances_xlsx, understood_xlsx
from tests.forms_factory import (
    FIXED,
    MADE_ON,
    asking,
    cells_of,
    department,
    field_cells,
    reading_of,
    the_duty,
    write_form,
)
from tests.workbook_text import workbook_text

HERE = Path(__file__).parent / "lists"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Two forms back, one with a clash, a wrong year and a maximum, one empty; a file that is none; the others silent."""
    folder, instance = tmp_path_factory.mktemp("reponses"), department()
    questions = asking(instance)
    cells, fields = cells_of(questions, "M001"), field_cells(questions, "M001")
    monday, saturday = (cells[the_duty(instance, FIXED, date(2027, 1, day))] for day in (4, 9))
    wished = {monday: "souhaité", saturday: "impossible", fields["maximum"]: 3}
    periods = {
        "B18": "4/1",
        "C18": "6/1",
        "D18": "impossible",
        "B19": "10/01/2017",
        "C19": "12/01/2017",
        "D19": "impossible",
    }
    write_form(questions, "M001", folder / "a.xlsx", {**wished, **periods})
    write_form(questions, "M002", folder / "b.xlsx")
    (folder / "c.xlsx").write_bytes(b"%PDF-1.4")
    reading = reading_of(folder, instance)
    missing = [problem_of_missing(one, None, MADE_ON) for one in unanswered_doctors(instance, reading.missing)]
    return {
        "points-a-corriger": problems_xlsx([*reading.problems, *missing], instance.period, made_on=MADE_ON),
        "ce-que-nous-avons-compris": understood_xlsx(reading, made_on=MADE_ON),
        "relances": relances_xlsx(reading, made_on=MADE_ON),
    }


@pytest.mark.parametrize("name", ["points-a-corriger", "ce-que-nous-avons-compris", "relances"])
def test_the_list_is_the_one_that_was_looked_at(lists: dict[str, bytes], name: str) -> None:
    found, path = workbook_text(lists[name]), HERE / f"{name}.txt"
    if UPDATE:
        HERE.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
