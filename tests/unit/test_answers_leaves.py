"""Leave exports of establishments: their own column names, their own doctors alone, reasons never read."""

from __future__ import annotations

from datetime import date

import pytest

from rosterplan.domain.instance import Period
from rosterplan.sheets.folder import read_folder
from rosterplan.sheets.plan.content import LeaveColumns
from rosterplan.sheets.plan.read import read_plan
from rosterplan.sheets.plan.template import template
from rosterplan.sheets.plan.write import plan_workbook

MONTH = Period(start=date(2027, 3, 1), end=date(2027, 3, 31))
MAPS = (
    LeaveColumns(establishment="CH-EXEMPLE", file="export CH", doctor="Agent", first="Départ", last="Retour"),
    LeaveColumns(establishment="CLINIQUE-EXEMPLE", doctor="Code", first="Jour"),
)
EXPORT = (
    "Service;Agent;Départ;Retour;Motif\r\n"
    "Chirurgie;EXEMPLE Anne;05/03/2027;08/03/2027;congé maladie\r\n"
    "Chirurgie;DUPONT Luc;05/03/2027;08/03/2027;CA\r\n"
    "Chirurgie;EXEMPLE Gaëlle;10/03/2027;12/03/2027;CA\r\n"
    "Chirurgie;EX02;15/03/2027;16/03/2027;RTT\r\n"
)


def folder(tmp_path, **files):
    content = template("pdses", "essai", MONTH).model_copy(update={"leaves": MAPS})
    (tmp_path / "disponibilites").mkdir()
    (tmp_path / "plan.xlsx").write_bytes(plan_workbook(content))
    for name, text in files.items():
        (tmp_path / "disponibilites" / f"{name.replace('_', ' ')}.csv").write_bytes(text.encode("cp1252"))
    return tmp_path


def away(reading):
    days = {}
    for said in reading.draft.availability:
        if said.value == "impossible":
            duty = reading.draft.duty_by_id.get(said.duty or "")
            span = (duty.date, duty.date) if duty else (said.start, said.end)
            days.setdefault(said.doctor, set()).update({span[0].day, span[1].day})
    return {doctor: (min(found), max(found)) for doctor, found in days.items()}


def test_the_columns_are_mapped_once_and_kept_in_the_plan(tmp_path):
    assert read_plan(folder(tmp_path) / "plan.xlsx").content.leaves == MAPS


def test_an_export_gives_the_leaves_of_its_own_doctors_by_name_or_identifier(tmp_path):
    reading = read_folder(folder(tmp_path, export_CH_mars=EXPORT))
    assert away(reading) == {"EX01": (5, 8), "EX02": (15, 16)}
    assert not reading.errors
    codes = {problem.code: problem for problem in reading.problems if problem.code.startswith("leave")}
    assert codes["leave-of-another-house"].severity == "avertissement"
    assert "EXEMPLE Gaëlle" in codes["leave-of-another-house"].found
    assert codes["leave-of-nobody"].severity == "information" and "DUPONT Luc" in codes["leave-of-nobody"].found


def test_a_reason_is_read_nowhere(tmp_path):
    reading = read_folder(folder(tmp_path, export_CH_mars=EXPORT))
    told = reading.draft.model_dump_json() + "".join(problem.model_dump_json() for problem in reading.problems)
    assert "maladie" not in told and "RTT" not in told


def test_without_a_column_of_the_end_each_row_is_a_day(tmp_path):
    reading = read_folder(folder(tmp_path, absences="Code;Jour;Motif\r\nEX07;04/03/2027;CA\r\nEX07;05/03/2027;CA\r\n"))
    assert away(reading) == {"EX07": (4, 5)}


@pytest.mark.parametrize(("name", "text"), [
    ("autre", EXPORT), ("export_CH", "Agent;Début;Retour\r\nEXEMPLE Anne;05/03/2027;08/03/2027\r\n"),
], ids=["a name that is not the house's", "a column renamed"])  # fmt: skip
def test_another_file_is_not_taken_for_an_export(tmp_path, name, text):
    reading = read_folder(folder(tmp_path, **{name: text}))
    assert away(reading) == {}
    assert any(problem.severity != "information" for problem in reading.problems)


def test_a_date_that_cannot_be_read_is_said_with_its_cell(tmp_path):
    reading = read_folder(folder(tmp_path, export_CH="Agent;Départ;Retour\r\nEX01;bientôt;08/03/2027\r\n"))
    (problem,) = [problem for problem in reading.problems if problem.severity == "erreur"]
    assert (
        problem.file == "export CH.csv" and problem.cell == "B2" and problem.found == "« bientôt »"
    ) or "bientôt" in problem.found
