"""A solver process that dies, hangs or errs costs one block's improvement, never the run."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from rosterplan.model import crew as crew_module
from rosterplan.model.crew import Crew
from rosterplan.model.task import Outcome, Task
from tests.property.test_canvas import a_canvas


def a_task() -> Task:
    return Task(a_canvas(3).program(), (("coverage", 1),), 1.0, 1)


def outcome_of(crew: Crew, ticket: int, seconds: float = 60) -> Outcome:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for found, outcome in crew.outcomes():
            if found == ticket:
                return outcome
    raise AssertionError("no outcome in time")


def test_a_process_that_dies_loses_its_task_and_is_replaced():
    with Crew(1) as crew:
        first = crew.submit(a_task())
        os.kill(crew._hands[0].process.pid, signal.SIGKILL)
        assert outcome_of(crew, first).verdict == "lost"
        again = outcome_of(crew, crew.submit(a_task()))
        assert again.verdict == "optimal" and again.held is not None


def test_a_process_that_hangs_is_given_up_and_replaced(monkeypatch):
    monkeypatch.setattr(crew_module, "START_SECONDS", 0.0)
    monkeypatch.setattr(crew_module, "PATIENCE_SECONDS_PER_EFFORT", 0.0)
    with Crew(1) as crew:
        assert outcome_of(crew, crew.submit(a_task())).verdict == "lost"
        monkeypatch.undo()
        assert outcome_of(crew, crew.submit(a_task())).verdict == "optimal"


def test_a_task_the_solver_cannot_read_is_lost_and_says_why():
    task = a_task()
    broken = Task(task.program, (("coverage", 1),), 1.0, 1, missing_cap=np.array([], dtype=np.int64), limits=())
    with Crew(1) as crew:
        lost = outcome_of(crew, crew.submit(broken))
        assert lost.verdict == "lost" and "IndexError" in lost.note
        assert outcome_of(crew, crew.submit(task)).verdict == "optimal"


def test_ctrl_c_while_a_process_wakes_up_costs_nothing_and_prints_nothing(capfd, ctrl_c_heard):
    with Crew(1) as crew:
        ticket = crew.submit(a_task())
        for _ in range(20):
            os.kill(crew._hands[0].process.pid, signal.SIGINT)
            time.sleep(0.02)
        assert outcome_of(crew, ticket).verdict == "optimal"
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what a process holds against a limit")
def test_a_process_that_would_hold_too_much_memory_ends_and_is_replaced():
    huge = replace(a_task(), missing_cap=np.zeros(25 * 2**20, dtype=np.int64))
    with Crew(1, memory_bytes=400 * 2**20) as crew:
        assert outcome_of(crew, crew.submit(a_task())).verdict == "optimal"
        lost = outcome_of(crew, crew.submit(huge))
        assert (lost.verdict, lost.note) == ("lost", crew_module.NO_MEMORY)
        assert outcome_of(crew, crew.submit(a_task())).verdict == "optimal"
