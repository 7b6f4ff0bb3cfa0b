"""Many folders side by side: one process and one output folder each, one summary, the worst exit code; here or on Dask."""

from __future__ import annotations

import importlib.util
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import written_folder

with_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason="the optional extra is absent: python -m pip install -e '.[cluster]'",
)


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders `un` and `deux` of one week, and `casse`, whose plan cannot be read."""
    monkeypatch.chdir(tmp_path)
    written_folder(tmp_path / "un")
    shutil.copytree(tmp_path / "un", tmp_path / "deux")
    (tmp_path / "casse").mkdir()
    (tmp_path / "casse" / "plan.xlsx").write_bytes(b"PK nothing")
    return tmp_path


def test_each_folder_gets_its_own_files_and_the_worst_code_is_the_answer(rosterplan, three, solved_once):
    said = rosterplan("solve", "un", "casse", "deux", "--jobs", 2, "--workers", 1)
    assert said.code == 3, said.out + said.err
    expected = (solved_once[0] / "reports" / "petit" / "roster.json").read_bytes()
    for name in ("un", "deux"):
        assert Path(f"reports/{name}/roster.json").read_bytes() == expected
        assert Path(f"reports/{name}/tableau.xlsx").is_file()
        assert f"· {name} : 9 gardes attribuées, aucune non pourvue, " in said.out
    assert not Path("reports/casse").exists()
    assert "Calcul de 3 dossiers, 2 à la fois." in said.out
    assert said.out.rstrip().endswith("complet : un et deux.\nfichiers à corriger (rosterplan check) : casse.")


def test_programs_get_one_value_with_every_folder_in_the_order_given(rosterplan, three):
    said = rosterplan("solve", "casse", "un", "--workers", 1, "--out", "sorties", "--json")
    answer = json.loads(said.out)
    assert (said.code, said.err) == (3, "")
    assert [(one["folder"], one["code"]) for one in answer["folders"]] == [("casse", 3), ("un", 0)]
    assert "plan.xlsx" in answer["folders"][0]["words"]
    sound = answer["folders"][1]
    assert (sound["assigned"], sound["missing"], sound["out"]) == (9, 0, str(Path("sorties") / "un"))
    assert [stage["name"] for stage in sound["stages"]][:2] == ["coverage", "caps"]
    assert Path("sorties/un/tableau.xlsx").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("un", "deux", "--complete"), "--complete : pour un seul dossier à la fois."),
        (("un", "deux", "--only", "X", "--sans", "y.xlsx"), "--only et --sans : pour un seul dossier à la fois."),
        (("un", "deux", "--progress"), "--progress : pour un seul dossier à la fois."),
        (("un", "absent"), "Le dossier absent n’existe pas."),
        (("un", "autre/un"), "écriraient tous deux dans"),
        (("un", "un"), "écriraient tous deux dans"),
        (("un", "deux", "--jobs", "0"), "« 0 » n’est pas un nombre entier d’au moins 1."),
    ],
)
def test_what_makes_no_sense_for_many_folders_is_refused_before_anything_begins(rosterplan, three, arguments, words):
    shutil.copytree("un", "autre/un")
    said = rosterplan("solve", *arguments)
    assert said.code == 2
    assert words in said.err
    assert not Path("reports").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a console of its own is needed to send Ctrl-C")
def test_ctrl_c_reaches_every_folder_and_begins_no_other(three):
    command = [sys.executable, "-m", "rosterplan.cli", "solve", "un", "deux", "--jobs", "1", "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = process.stdout.readline().decode()
    time.sleep(0.3)  # the first folder is starting
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert "Calcul de 2 dossiers, 1 à la fois." in first
    assert (process.returncode, errors) == (5, b"")
    assert "deux : arrêté avant un premier tableau" in out.decode()
    assert not Path("reports/deux").exists()


def test_a_cluster_without_the_extra_says_what_to_install(rosterplan, three, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = rosterplan("solve", "un", "deux", "--cluster", "local")
    assert said.code == 2
    assert 'python -m pip install "rosterplan[cluster]"' in said.err


@with_dask
def test_two_workers_of_a_local_cluster_give_the_same_bytes_as_processes_here(rosterplan, three, solved_once):
    said = rosterplan("solve", "un", "casse", "deux", "--cluster", "local", "--jobs", 2, "--workers", 1)
    assert said.code == 3, said.out + said.err
    expected = (solved_once[0] / "reports" / "petit" / "roster.json").read_bytes()
    for name in ("un", "deux"):
        assert Path(f"reports/{name}/roster.json").read_bytes() == expected
        assert sorted(path.name for path in Path(f"reports/{name}").iterdir()) == [
            "journal.jsonl", "rapport-de-calcul.json", "roster.json", "tableau.xlsx",
        ]  # fmt: skip


@with_dask
def test_an_address_where_nobody_answers_is_said(rosterplan, three, monkeypatch):
    monkeypatch.setattr("rosterplan.cli.cluster.CONNECT_SECONDS", 1)
    said = rosterplan("solve", "un", "deux", "--cluster", "tcp://127.0.0.1:1")
    assert said.code == 2
    assert "Aucun ordonnanceur ne répond à tcp://127.0.0.1:1" in said.err
