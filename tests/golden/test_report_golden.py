"""Whole outputs of one small folder, compared as text; UPDATE_GOLDEN=1 writes what is expected."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from rosterplan.cli.kept import with_kept
from rosterplan.domain.file_names import CALCULATION_FILE, ROSTER_FILE, TABLEAU_FILE
from rosterplan.report.facts import Facts
from rosterplan.report.outputs import roster_files
from tests.report_factory import department
from tests.workbook_text import workbook_text

HERE = Path(__file__).parent / "report"
SAMPLES = Path(__file__).parents[2] / "reports" / "samples"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def outputs(**size: object) -> dict[str, bytes]:
    case = department(**size)
    facts = Facts(case.instance, case.rules, case.roster, case.result, case.audit, input_sha256="0" * 64)
    return roster_files(with_kept(facts), versions={"python": "3.11"})


@pytest.fixture(scope="module")
def small() -> dict[str, bytes]:
    return outputs(sectors=2, doctors=15, end=date(2027, 1, 17), nights=1, name="99-pdsa-janvier")


@pytest.mark.parametrize(
    ("file", "expected"),
    [(TABLEAU_FILE, "tableau.txt"), (ROSTER_FILE, "roster.json"), (CALCULATION_FILE, "rapport-de-calcul.json")],
)
def test_a_small_folder_gives_exactly_this(small: dict[str, bytes], file: str, expected: str) -> None:
    found = workbook_text(small[file]) if file == TABLEAU_FILE else small[file].decode()
    path = HERE / expected
    if UPDATE:
        HERE.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_the_sample_in_reports_is_what_the_program_writes_today() -> None:
    found = outputs(name="99-pdsa-exemple")
    for name in (TABLEAU_FILE, CALCULATION_FILE):
        if UPDATE:
            SAMPLES.mkdir(parents=True, exist_ok=True)
            (SAMPLES / name).write_bytes(found[name])
    kept = (SAMPLES / TABLEAU_FILE).read_bytes()
    if found[TABLEAU_FILE] != kept:  # another release of the writer may pack the same workbook otherwise
        assert workbook_text(found[TABLEAU_FILE]) == workbook_text(kept)
    assert found[CALCULATION_FILE] == (SAMPLES / CALCULATION_FILE).read_bytes()
