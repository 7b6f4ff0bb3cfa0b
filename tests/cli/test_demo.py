"""`demo`: the bundled department is copied once, planned, and its workbook shown."""

from __future__ import annotations

from pathlib import Path

from rosterplan.cli import demo as demo_module
from rosterplan.cli.demo import bundled
from tests.cli.conftest import written_folder


def test_the_bundled_department_is_a_whole_folder():
    files = bundled()
    assert "plan.xlsx" in files
    assert sum(name.startswith("disponibilites/") for name in files) > 30


def test_demo_copies_plans_and_says_where_the_workbook_is(rosterplan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written_folder(tmp_path / "source")
    small = {"plan.xlsx": (tmp_path / "source" / "plan.xlsx").read_bytes()}
    monkeypatch.setattr(demo_module, "bundled", lambda: small)
    said = rosterplan("demo", "--workers", 1)
    assert said.code == 0, said.err
    assert Path("demo-53-pdsa/plan.xlsx").read_bytes() == small["plan.xlsx"]
    workbook = Path("reports/demo-53-pdsa/tableau.xlsx")
    assert f"Le classeur à ouvrir : {workbook}" in said.out
    assert workbook.is_file()


def test_a_demo_already_copied_is_planned_as_it_stands(rosterplan, solved, monkeypatch):
    before = (solved / "plan.xlsx").read_bytes()
    said = rosterplan("demo", solved, "--workers", 1)
    assert said.code == 0
    assert "Le dossier petit existe déjà : il est calculé tel quel." in said.out
    assert (solved / "plan.xlsx").read_bytes() == before
