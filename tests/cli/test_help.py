"""Help pages, whole, in both languages: what a person reads first. Written anew with ROSTERPLAN_WRITE_HELP=1."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rosterplan.cli.app import COMMANDS

PAGES = Path(__file__).parent / "help"
PROGRAM = "rosterplan"


def page(rosterplan, name: str, language: str) -> str:
    command = [] if name == PROGRAM else [name]
    said = rosterplan(*command, "--help", "--lang", language)
    assert said.code == 0
    assert said.err == ""
    return said.out


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", [PROGRAM, *COMMANDS])
def test_the_help_page_is_the_one_agreed(rosterplan, name, language):
    file = PAGES / f"{name}.{language}.txt"
    shown = page(rosterplan, name, language)
    if os.environ.get("ROSTERPLAN_WRITE_HELP"):
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [PROGRAM, *COMMANDS])
def test_french_help_holds_no_word_of_typer(rosterplan, name):
    shown = page(rosterplan, name, "fr")
    assert not any(
        word in shown
        for word in ("Show this", "[default", "[required", "TEXT", "INTEGER", "PATH", "Commands", "Usage:")
    )


def test_help_has_a_french_name_too(rosterplan):
    assert rosterplan("--aide").out == rosterplan("--help").out


def test_no_help_page_is_wider_than_a_terminal(rosterplan):
    assert max(len(line) for name in (PROGRAM, *COMMANDS) for line in page(rosterplan, name, "fr").splitlines()) <= 80
