"""Progress is drawn on a terminal, written as JSON lines on request, and silent in a pipe; Ctrl-C is polite once."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from dataclasses import replace

import pytest
from rich.console import Console

from rosterplan.cli.interrupts import stopping_politely
from rosterplan.cli.progress import picture, watched
from rosterplan.messages import speaking
from rosterplan.model.progress import Progress

COVERAGE = Progress("coverage", 6, 5, covered=1888, positions=1894, block=3, blocks=12, seconds=42.4, remaining=None)
FAIRNESS = Progress(
    "fairness", 418_200, 417_000, covered=1894, positions=1894, block=0, blocks=0, seconds=65, remaining=20
)


def drawn(*events: Progress, since_seconds: float = 0) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(picture("Calcul du tableau 44", events, since_seconds))
    return console.file.getvalue()


def test_the_terminal_shows_cover_each_stage_against_its_bound_blocks_and_time():
    shown = drawn(COVERAGE, FAIRNESS)
    assert "1894 gardes pourvues sur 1894" in shown
    assert [line.split() for line in shown.splitlines() if line.strip().startswith("Couverture")] == [
        ["Couverture", "6", "5"]
    ]
    assert "41,82" in shown
    assert "41,70" in shown
    assert "1 min 05 s de calcul, encore 20 s au plus" in shown
    assert "bloc 3 sur 12 · 42 s de calcul · Ctrl-C pour s’arrêter et garder le meilleur" in drawn(COVERAGE)


def test_large_figures_are_read_in_thousands(capsys):
    blend = replace(FAIRNESS, stage="blend", value=17_495, bound=1_391)
    assert "17\u202f495" in drawn(blend)
    with watched("Calcul", lines=False, silent=False) as listener:
        listener(blend)
    assert "Vœux et confort : 17\u202f495 (au mieux 1\u202f391)" in capsys.readouterr().err


def test_the_clock_runs_between_events():
    assert "1 min 12 s de calcul, encore 13 s au plus" in drawn(FAIRNESS, since_seconds=7)
    assert "encore 0 s au plus" in drawn(FAIRNESS, since_seconds=30)


def test_before_the_first_event_the_person_is_told_to_wait():
    assert "Calcul du tableau 44 : préparation, 3 s" in drawn(since_seconds=3)


def test_english_is_drawn_on_request():
    with speaking("en"):
        assert "1888 of 1894 duties filled" in drawn(COVERAGE)


def test_a_pipe_hears_a_line_per_stage_and_one_now_and_then_within_a_long_one(capsys):
    with watched("Calcul", lines=False, silent=False) as listener:
        listener(COVERAGE)
        listener(replace(COVERAGE, value=5, seconds=50.0))
        listener(FAIRNESS)
        listener(replace(FAIRNESS, seconds=94.9))
        listener(replace(FAIRNESS, value=417_500, seconds=95.0))
    assert capsys.readouterr() == (
        "",
        "42 s · 1888 gardes pourvues sur 1894 · Couverture : 6 (au mieux 5) (plus petit = mieux)\n"
        "1 min 05 s · 1894 gardes pourvues sur 1894 · Juste répartition : 41,82 (au mieux 41,70) · encore 20 s au plus\n"
        "1 min 35 s · 1894 gardes pourvues sur 1894 · Juste répartition : 41,75 (au mieux 41,70) · encore 20 s au plus\n",
    )


PROGRAM = Progress(
    "blend", 1391, 740, covered=1894, positions=1894, block=1, blocks=0, seconds=12, remaining=None, step="program"
)
TOWARDS = replace(PROGRAM, block=3, blocks=12, seconds=27, step="towards")


def test_a_pipe_hears_of_each_step_that_shows_nothing_yet(capsys):
    with watched("Calcul", lines=False, silent=False) as listener:
        listener(replace(PROGRAM, step=None, block=2, blocks=9, seconds=10))
        listener(PROGRAM)
        listener(replace(PROGRAM, seconds=17))
        listener(TOWARDS)
    covered = "1894 gardes pourvues sur 1894 · Vœux et confort : 1\u202f391 (au mieux 740)"
    assert capsys.readouterr().err.splitlines() == [
        f"10 s · {covered} (plus petit = mieux)",
        f"12 s · {covered} · recherche du meilleur résultat possible, tour 2",
        f"27 s · {covered} · tableau refait pour s’en approcher, bloc 3 sur 12",
    ]


def test_the_terminal_says_which_step_is_under_way():
    assert "recherche du meilleur résultat possible, tour 2 · 12 s de calcul" in drawn(PROGRAM)
    assert "tableau refait pour s’en approcher, bloc 3 sur 12 · 27 s de calcul" in drawn(TOWARDS)
    with speaking("en"):
        assert "looking for the best that can be reached, round 2 · 12 s of computing" in drawn(PROGRAM)
        assert "roster made anew to come near it, block 3 of 12" in drawn(TOWARDS)


def test_json_lines_name_the_step(capsys):
    with watched("Calcul", lines=True, silent=True) as listener:
        listener(PROGRAM)
        listener(COVERAGE)
    assert [json.loads(line)["step"] for line in capsys.readouterr().err.splitlines()] == ["program", None]


def test_who_asked_for_silence_hears_nothing(capsys):
    with watched("Calcul", lines=False, silent=True) as listener:
        listener(COVERAGE)
    assert capsys.readouterr() == ("", "")


def test_json_lines_go_to_stderr_one_per_event(capsys):
    with watched("Calcul", lines=True, silent=True) as listener:
        listener(COVERAGE)
        listener(FAIRNESS)
    out, err = capsys.readouterr()
    assert out == ""
    assert [json.loads(line)["stage"] for line in err.splitlines()] == ["coverage", "fairness"]


def test_a_terminal_is_drawn_on_in_the_language_spoken(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    with speaking("en"), watched("Computing", lines=False, silent=False) as listener:
        listener(COVERAGE)
    assert "duties filled" in terminal.getvalue()
    assert "gardes" not in terminal.getvalue()


def test_the_first_ctrl_c_asks_and_the_second_ends():
    with pytest.raises(KeyboardInterrupt), stopping_politely() as asked:
        os.kill(os.getpid(), signal.SIGINT)
        assert asked.is_set()
        os.kill(os.getpid(), signal.SIGINT)


def test_ctrl_c_is_given_back_to_the_program_afterwards():
    before = signal.getsignal(signal.SIGINT)
    with stopping_politely():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
