"""However a command ends, the person reads words and the program gets its exit code; a traceback is never printed."""

from __future__ import annotations

import errno
import subprocess
import sys
from types import MappingProxyType

import pytest

from rosterplan.cli import app
from rosterplan.cli.exits import Exit, Refused


def ending_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make the command `schema` end with ``error``."""

    def command(_common: object) -> int:
        raise error

    command.__annotations__ = {}
    monkeypatch.setattr(app, "COMMANDS", MappingProxyType({"schema": command}))


ENDINGS = {
    "our own fault": (
        KeyError("M017"),
        101,
        "une erreur qui vient de lui, pas de vos fichiers (KeyError, test_endings.py:",
    ),
    "ctrl-c": (KeyboardInterrupt(), 5, "Interrompu. Rien n’a été écrit."),
    "a full disk": (OSError(errno.ENOSPC, "No space left on device"), 2, "Le disque est plein."),
    "a file open elsewhere": (
        PermissionError(errno.EACCES, "denied", "tableau.xlsx"),
        2,
        "Accès refusé : tableau.xlsx.",
    ),
    "a file that vanished": (
        FileNotFoundError(errno.ENOENT, "gone", "plan.xlsx"),
        2,
        "Fichier inaccessible : plan.xlsx",
    ),
    "a refusal": (Refused("Non.", Exit.CONTRADICTION), 4, "Non."),
}


@pytest.mark.parametrize("case", ENDINGS)
def test_every_ending_has_its_exit_code_and_its_words(rosterplan, monkeypatch, case):
    error, code, words = ENDINGS[case]
    ending_with(monkeypatch, error)
    said = rosterplan("schema")
    assert said.code == code
    assert words in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


def test_a_crash_writes_its_report_only_where_asked(rosterplan, monkeypatch, tmp_path):
    ending_with(monkeypatch, ZeroDivisionError("half"))
    monkeypatch.chdir(tmp_path)
    silent = rosterplan("schema")
    assert "--crash-report" in silent.err
    assert list(tmp_path.iterdir()) == []
    said = rosterplan("schema", "--crash-report", "panne.txt")
    assert said.code == 101
    report = (tmp_path / "panne.txt").read_text(encoding="utf-8")
    assert "ZeroDivisionError: half" in report
    assert "rosterplan schema --crash-report panne.txt" in report
    assert "panne.txt" in said.err


def test_a_crash_report_that_cannot_be_written_is_said(rosterplan, monkeypatch, tmp_path):
    ending_with(monkeypatch, ZeroDivisionError("half"))
    said = rosterplan("schema", f"--crash-report={tmp_path / 'nowhere' / 'panne.txt'}")
    assert said.code == 101
    assert "n’a pas pu être écrit" in said.err


def test_a_reader_who_leaves_the_pipe_is_no_error():
    code = "import sys; from rosterplan.cli.main import run; sys.exit(run(['schema']))"
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    program.stdout.close()
    said = program.stderr.read().decode()
    program.stderr.close()
    assert program.wait(30) == 0
    assert said == ""
